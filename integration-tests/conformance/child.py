"""Runs one test module of the host's `test` package and notes what became of each test method.

In: `child.py MODULE OUTPUT`, in plain CPython, or in the VM by `tauraro OPTIONS child.py ...`.
Out: a JSON file with an outcome for each test method, and where the module itself ran.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import time
import traceback
import unittest
from pathlib import Path
from types import TracebackType
from typing import Any

# A test's outcomes, worst last: a method with subtests has the worst of them.
OUTCOMES = ("passed", "skipped", "expected failure", "unexpected success", "failed", "error")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Recorder(unittest.TestResult):
    """Remembers the outcome of each test by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[str, str] = {}
        self.details: dict[str, str] = {}
        self.log = open(os.devnull, "w")  # noqa: SIM115 - lives as long as the process

    def record(self, test: Any, outcome: str, err: Any = None) -> None:
        """Note an outcome unless a worse one is there."""
        name = test.id()
        before = self.outcomes.get(name, OUTCOMES[0])
        if OUTCOMES.index(outcome) >= OUTCOMES.index(before):
            self.outcomes[name] = outcome
            if err is not None:
                self.details[name] = "".join(traceback.format_exception(*err))[-4000:]

    def startTest(self, test: Any) -> None:
        super().startTest(test)
        self.outcomes.setdefault(test.id(), OUTCOMES[0])

    def addSuccess(self, test: Any) -> None:
        self.record(test, "passed")

    def addFailure(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "failed", err)

    def addError(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "error", err)

    def addSkip(self, test: Any, reason: str) -> None:
        self.record(test, "skipped")

    def addExpectedFailure(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "expected failure")

    def addUnexpectedSuccess(self, test: Any) -> None:
        self.record(test, "unexpected success")

    def addSubTest(self, test: Any, subtest: Any, err: ExcInfo | None) -> None:
        if err is not None:
            outcome = "failed" if isinstance(err[1], test.failureException) else "error"
            self.record(test, outcome, err)


def tier_of(filename: str | None) -> str:
    """The VM's tier that runs a file; `cpython` if it is not the VM that does."""
    trace = sys.modules.get("tauraro_vm.trace")
    module = None if trace is None or filename is None else trace.statistics.module_in(filename)
    return "cpython" if module is None else module.tier


def run_tests(name: str) -> dict[str, Any]:
    """Load and run one test module."""
    started = time.monotonic()
    recorder = Recorder()
    problem = tier = ""
    try:
        # Only what needs no network and not much memory: as the suite itself by default.
        importlib.import_module("test.support").use_resources = {}
        module = importlib.import_module(f"test.{name}")
        tier = tier_of(module.__file__)
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        suite.run(recorder)
    except unittest.SkipTest as skip:
        problem = f"skipped: {skip}"
    except BaseException:
        problem = traceback.format_exc()[-4000:]
    return {
        "outcomes": recorder.outcomes,
        "details": recorder.details,
        "problem": problem,
        "tier": tier,
        "seconds": round(time.monotonic() - started, 2),
    }


def main() -> None:
    """Run the module named on the command line."""
    name, output = sys.argv[1:]
    sys.argv[:] = [name]
    sys.path[0] = ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        result = run_tests(name)
        os.chdir("/")
    Path(output).write_text(json.dumps(result))
    sys.stdout.flush()
    os._exit(0)  # threads and processes that a test left behind must not hold up the run


if __name__ == "__main__":
    main()
