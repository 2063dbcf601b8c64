"""What two runs of a test module differ in.

In: the JSON results of `child`. Out: for each module how many methods CPython passes, how many of
those the VM passes, and the others by name.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

PASSING = ("passed", "expected failure")


@dataclass(slots=True)
class ModuleComparison:
    """One module. `differing` maps methods that CPython passes and the VM does not to the VM's
    outcome ("missing": it was not run), `details` to the end of the traceback."""

    name: str
    passed_by_host: int = 0
    passed_by_both: int = 0
    host_seconds: float = 0.0
    seconds: float = 0.0
    problem: str = ""
    differing: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Of what CPython passes, the share that the VM passes."""
        return self.passed_by_both / self.passed_by_host if self.passed_by_host else 1.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def compare(
    name: str, host: dict[str, Any], ours: dict[str, Any], tier: str = ""
) -> ModuleComparison:
    """Compare CPython's result of a module with the VM's in a tier."""
    comparison = ModuleComparison(
        name, host_seconds=host["seconds"], seconds=ours["seconds"], problem=ours["problem"]
    )
    expected_tier = "interp" if tier == "interp" else "host"
    if not comparison.problem and tier and ours["tier"] != expected_tier:
        comparison.problem = f"it ran in {ours['tier']}, not in {expected_tier}"
        ours = {**ours, "outcomes": {}}
    for method, outcome in host["outcomes"].items():
        if outcome not in PASSING:
            continue
        comparison.passed_by_host += 1
        found = ours["outcomes"].get(method, "missing")
        if found in PASSING:
            comparison.passed_by_both += 1
        else:
            short = method.removeprefix("test.")
            comparison.differing[short] = found
            comparison.details[short] = ours["details"].get(method, ours["problem"])
    return comparison
