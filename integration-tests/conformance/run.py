"""Runs test modules of the host's `test` package in the VM and in CPython and compares them.

    python integration-tests/conformance/run.py --tier=interp
    python integration-tests/conformance/run.py --tier=interp --python=python3.13 test_list test_set

Without modules: all of `MODULES`. Exit code 1 if a method that CPython passes fails in the VM and
is not listed in expected.txt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.comparison import ModuleComparison, compare
from conformance.expected import Expected, read_expected, reason_for

NAMES = """
binop bool builtin class compare contextlib coroutines asyncgen dataclasses decorators descr
dict enum except_star exception_variations exceptions extcall float fstring funcattrs functools
generators genexps grammar int iter list named_expressions patma pow property raise range
richcmp scope set slice string super tuple unpack unpack_ex with yield_from
"""

MODULES = tuple(f"test_{name}" for name in NAMES.split())
"""The modules that show how much of the language a tier executes."""

CHILD = Path(__file__).with_name("child.py")


def run_child(python: str, how: str, name: str, timeout: float) -> dict[str, Any]:
    """The result of one module in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "result.json")
        command = [python, str(CHILD), how, name, str(output)]
        problem = ""
        try:
            process = subprocess.run(
                command, timeout=timeout, capture_output=True, text=True, check=False,
                stdin=subprocess.DEVNULL, errors="replace",
            )  # fmt: skip
            problem = f"exit code {process.returncode}: {process.stderr[-2000:]}"
        except subprocess.TimeoutExpired:
            problem = f"no end after {timeout:g} s"
        if output.exists():
            result: dict[str, Any] = json.loads(output.read_text())
            return result
    return {"outcomes": {}, "details": {}, "problem": problem, "seconds": 0.0}


def compare_module(python: str, tier: str, name: str, timeout: float) -> ModuleComparison:
    """Run one module both ways."""
    host = run_child(python, "cpython", name, timeout)
    return compare(name, host, run_child(python, tier, name, timeout))


def version_of(python: str) -> str:
    """The version (3.12) of an interpreter."""
    text = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run(
        [python, "-c", text], capture_output=True, text=True, check=True
    ).stdout.strip()


def print_table(comparisons: list[ModuleComparison]) -> None:
    """One line per module, and the sum."""
    print(f"{'module':<24}{'CPython':>8}{'VM':>8}{'':>8}{'seconds':>16}")
    for each in comparisons:
        times = f"{each.host_seconds:.1f} -> {each.seconds:.1f}"
        print(
            f"{each.name:<24}{each.passed_by_host:>8}{each.passed_by_both:>8}"
            f"{each.rate:>8.1%}{times:>16}"
        )
    host = sum(each.passed_by_host for each in comparisons)
    both = sum(each.passed_by_both for each in comparisons)
    print(f"{'all':<24}{host:>8}{both:>8}{both / max(host, 1):>8.1%}")


def report(
    comparisons: list[ModuleComparison], lines: list[Expected], tier: str, version: str
) -> int:
    """Print what differs; the number of differences that are not expected."""
    unexpected = 0
    for each in comparisons:
        for method, outcome in each.differing.items():
            reason = reason_for(lines, tier, version, method)
            unexpected += reason is None
            print(f"{outcome}: {method}{'' if reason is None else f' (expected: {reason})'}")
        if each.problem and not each.problem.startswith("skipped"):
            print(f"{each.name}: {each.problem}")
    return unexpected


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("--tier", choices=("interp", "host"), default="interp")
    parser.add_argument("--python", default=sys.executable, help="the interpreter to run in")
    parser.add_argument("--timeout", type=float, default=900.0, help="seconds per module and run")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write all results there")
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    options = parser.parse_args(argv)

    def one(name: str) -> ModuleComparison:
        return compare_module(options.python, options.tier, name, options.timeout)

    with ThreadPoolExecutor(options.jobs) as pool:
        comparisons = list(pool.map(one, options.modules))
    version = version_of(options.python)
    print_table(comparisons)
    unexpected = report(comparisons, read_expected(), options.tier, version)
    if options.json is not None:
        results = [
            {slot: getattr(each, slot) for slot in ModuleComparison.__slots__}
            for each in comparisons
        ]
        options.json.write_text(json.dumps(results, indent=1))
    print(f"{unexpected} differences that are not expected")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
