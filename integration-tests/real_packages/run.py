"""Run packages under CPython and in the VM, and report the tests that differ.

    cd integration-tests
    python -m real_packages.run --work FOLDER [--python python3.12] [--mode MODE ...] [NAME ...]

Exit code 1 if a test has another outcome in the VM than under CPython.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from .comparison import Difference, differences
from .environment import Environment, prepare
from .suites import CPYTHON, MODES, Result, run_entry
from .table import Entry, choose, read_table


def compare_entry(
    entry: Entry, environment: Environment, version: str, modes: list[str], timeout: float
) -> tuple[dict[str, Result], dict[str, list[Difference]]]:
    """Run an entry under CPython and in the modes: results and differences, by mode."""
    results = {
        mode: run_entry(entry, environment, mode, version, timeout) for mode in [CPYTHON, *modes]
    }
    expected = results[CPYTHON]
    return results, {mode: differences(expected, results[mode]) for mode in modes}


def print_row(entry: Entry, version: str, results: dict[str, Result]) -> None:
    """One line: how many tests passed in which mode, and the CPU seconds."""
    cells = "".join(f"{each.passed:>9} {each.seconds:>7.1f}s" for each in results.values())
    print(f"{entry.name:<18}{version:<10}{cells}", flush=True)


def print_differences(found: dict[str, list[Difference]], results: dict[str, Result]) -> int:
    """Print what differs; the number of differences."""
    count = 0
    for mode, each in found.items():
        for difference in each:
            count += 1
            print(f"  {mode}: {difference}", flush=True)
    for mode, result in results.items():
        if result.problem:
            print(f"  {mode}: {result.problem}", flush=True)
    return count


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="packages (default: all)")
    parser.add_argument("--work", type=Path, required=True, help="folder to work in")
    parser.add_argument("--python", default=sys.executable, help="the interpreter to run in")
    parser.add_argument("--mode", action="append", choices=list(MODES), help="default: two")
    parser.add_argument("--timeout", type=float, default=1800.0, help="seconds for one run")
    parser.add_argument("--json", type=Path, help="write all outcomes there")
    options = parser.parse_args(argv)
    try:
        entries = choose(read_table(), options.names)
    except ValueError as error:
        parser.error(str(error))
    modes = options.mode or ["default", "threshold"]
    environment = prepare(options.work, options.python, entries)
    versions = environment.versions()
    print(
        f"CPython {environment.version}; tests passed, CPU seconds: {CPYTHON}, {', '.join(modes)}"
    )
    count = 0
    collected = {}
    for entry in entries:
        version = versions.get(entry.name, "")
        results, found = compare_entry(entry, environment, version, modes, options.timeout)
        print_row(entry, version, results)
        count += print_differences(found, results)
        collected[entry.name] = {mode: asdict(result) for mode, result in results.items()}
    if options.json is not None:
        options.json.write_text(json.dumps(collected, indent=1))
    print(f"{len(entries)} packages, {count} differences")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
