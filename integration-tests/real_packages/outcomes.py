"""A plugin of pytest: the outcome of each test, into the file that PACKAGES_OUTCOMES names.

The outcome of a test is the worst of its phases. A file that cannot be collected is a test that
failed, under its own name.
"""

from __future__ import annotations

import json
import os

import pytest

WORSE = ("passed", "skipped", "failed")

_outcomes: dict[str, str] = {}
_details: dict[str, str] = {}


def _note(name: str, outcome: str, text: str) -> None:
    before = _outcomes.get(name, WORSE[0])
    if WORSE.index(outcome) >= WORSE.index(before):
        _outcomes[name] = outcome
    if outcome == "failed":
        _details[name] = text[-3000:]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A phase of a test has ended."""
    _note(report.nodeid, report.outcome, report.longreprtext)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file has been collected, or could not be."""
    if report.outcome == "failed":
        _note(report.nodeid, report.outcome, report.longreprtext)


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    with open(os.environ["PACKAGES_OUTCOMES"], "w", encoding="utf-8") as file:
        json.dump({"outcomes": _outcomes, "details": _details}, file)
