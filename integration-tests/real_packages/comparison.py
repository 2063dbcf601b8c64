"""Two runs of an entry -> the tests that differ."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from .suites import Result

LINES = 60
"""How many lines of a difference are shown."""


@dataclass(frozen=True)
class Difference:
    """A test with another outcome than under CPython."""

    test: str
    expected: str
    outcome: str
    details: str

    def __str__(self) -> str:
        """For a reader: of long outcomes, the lines that differ."""
        if "\n" not in self.expected + self.outcome:
            return f"{self.test}: {self.outcome}, not {self.expected}\n{self.details}"
        one, two = self.expected.splitlines(), self.outcome.splitlines()
        lines = difflib.unified_diff(one, two, "CPython", "Tauraro", n=0, lineterm="")
        return "\n".join([f"{self.test}:", *(line[:300] for line in lines)][:LINES])


def differences(expected: Result, found: Result) -> list[Difference]:
    """What differs. A run without any outcome is one difference, not one for each test."""
    if expected.outcomes and not found.outcomes:
        return [Difference("*", f"{len(expected.outcomes)} tests", "none ran", found.problem)]
    return [
        Difference(test, outcome, ours, found.details.get(test, found.problem))
        for test, outcome in expected.outcomes.items()
        if (ours := found.outcomes.get(test, "missing")) != outcome
    ] + [
        Difference(test, "missing", ours, found.details.get(test, ""))
        for test, ours in found.outcomes.items()
        if test not in expected.outcomes
    ]
