"""Differences between the VM and CPython that are known.

In: expected.txt, one method a line: tiers, versions (each comma-separated, * for all), the method's
name (an asterisk at the end: all that begin so; a question mark before it: it passes now and then),
then the reason. Out: the reason for a method.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .comparison import ModuleComparison

EXPECTED = Path(__file__).with_name("expected.txt")


class Expected(NamedTuple):
    """One line of the list."""

    tiers: tuple[str, ...]
    versions: tuple[str, ...]
    method: str
    reason: str
    may_pass: bool = False

    def covers(self, tier: str, version: str, method: str) -> bool:
        """Whether the line speaks of a method in a tier on a version of the host."""
        return self.applies(tier, version) and self.names(method)

    def applies(self, tier: str, version: str) -> bool:
        """Whether the line speaks of a tier on a version of the host."""
        in_tier = self.tiers == ("*",) or tier in self.tiers
        return in_tier and (self.versions == ("*",) or version in self.versions)

    def names(self, method: str) -> bool:
        """Whether the line's pattern fits a method."""
        if self.method.endswith("*"):
            return method.startswith(self.method[:-1])
        return method == self.method


def read_expected(path: Path = EXPECTED) -> list[Expected]:
    """The lines of the list. Raises ValueError for a line without a reason."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(maxsplit=3)
        if len(parts) < 4:
            raise ValueError(f"no reason given: {line}")
        tiers, versions, method, reason = parts
        name = method.removeprefix("?")
        words = tuple(tiers.split(",")), tuple(versions.split(","))
        lines.append(Expected(*words, name, reason, name != method))
    return lines


def reason_for(lines: list[Expected], tier: str, version: str, method: str) -> str | None:
    """Why a method is expected to differ, or None."""
    for line in lines:
        if line.covers(tier, version, method):
            return line.reason
    return None


def listed_in_vain(
    lines: list[Expected], tier: str, version: str, comparisons: Iterable[ModuleComparison]
) -> list[Expected]:
    """The lines about modules that were compared that none of the differences needs."""
    modules = {each.name: each.differing for each in comparisons if each.passed_by_host}
    return [
        line
        for line in lines
        if line.applies(tier, version)
        and not line.may_pass
        and line.method.split(".")[0] in modules
        and not any(line.names(method) for method in modules[line.method.split(".")[0]])
    ]
