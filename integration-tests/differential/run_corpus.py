"""Compare programs in the tiers with CPython and print a table: a command for people.

    cd integration-tests && python -m differential.run_corpus [NAME...] [--tier host] [--full]

In:  parts of program names (none: all), tiers or other modes, sizes.
Out: one line per program, with the first line that differs in each tier, or `not in the tier` where
     the output is equal but `--stats` does not show that the tier alone ran it; then the
     differences. The exit status is 1 if any program breaks the rule that is not known to.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .programs import Program, copy_programs, find_programs, reason_to_differ
from .running import (
    MODES,
    TIERS,
    TIMEOUT,
    Outcome,
    difference,
    run_program,
    split_stats,
    summary,
    tier_of,
)


@dataclass(frozen=True)
class Result:
    """One program's outcomes; `elsewhere` holds the tiers that did not run it themselves."""

    program: Program
    host: Outcome
    tiers: dict[str, Outcome]
    elsewhere: frozenset[str] = frozenset()

    def word(self, tier: str) -> str:
        """The tier's cell in the table."""
        return "not in the tier" if tier in self.elsewhere else summary(self.host, self.tiers[tier])

    def unexpected(self) -> list[str]:
        """The tiers that break the rule: equal, unless known to differ."""
        return [
            tier
            for tier in self.tiers
            if (self.word(tier) != "ok") != (reason_to_differ(self.program, tier) is not None)
        ]


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run_corpus", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a part of a program's name")
    parser.add_argument("--tier", action="append", choices=MODES, dest="tiers")
    parser.add_argument("--full", action="store_true", help="examples in their default sizes")
    parser.add_argument("--lines", type=int, default=12, help="lines shown of each difference")
    parser.add_argument("--jobs", type=int, default=2, help="programs that run at the same time")
    parser.add_argument("--timeout", type=float, default=TIMEOUT, help="seconds for one run")
    return parser


def compare(program: Program, workspace: Path, tiers: Sequence[str], timeout: float) -> Result:
    host = run_program(program, workspace, timeout=timeout)
    outcomes = {tier: run_program(program, workspace, tier, timeout=timeout) for tier in tiers}
    elsewhere = set()
    for tier, outcome in outcomes.items():
        if outcome == host and program.runs:
            told = run_program(program, workspace, tier, options=["--stats"], timeout=timeout)
            _, execution = split_stats(told)
            if execution is None or not execution.only_in(tier_of(tier)):
                elsewhere.add(tier)
    return Result(program, host, outcomes, frozenset(elsewhere))


def print_row(result: Result, tiers: Sequence[str]) -> None:
    cells = []
    for tier in tiers:
        word = result.word(tier)
        known = reason_to_differ(result.program, tier) is not None
        cells.append(f"{word} (known)" if known else word)
    print(f"{result.program.name:42} " + " ".join(f"{cell:28}" for cell in cells).rstrip())


def print_differences(results: Sequence[Result], lines: int) -> None:
    for result in results:
        for tier, outcome in result.tiers.items():
            text = difference(result.host, outcome).splitlines()
            if text:
                print(f"\n=== {result.program.name}, tier {tier}")
                print(*text[:lines], sep="\n")
                if len(text) > lines:
                    print(f"... {len(text) - lines} more lines")


def main(argv: Sequence[str] | None = None) -> int:
    options = build_parser().parse_args(argv)
    tiers = tuple(options.tiers or TIERS)
    programs = [
        program
        for program in find_programs(small=not options.full)
        if not options.names or any(name in program.name for name in options.names)
    ]
    results = []
    print(f"{'program':42} " + " ".join(f"{tier:28}" for tier in tiers).rstrip())
    with (
        tempfile.TemporaryDirectory(prefix="corpus-") as folder,
        ThreadPoolExecutor(max_workers=options.jobs) as pool,
    ):
        workspace = Path(folder)
        copy_programs(workspace)
        for result in pool.map(
            lambda program: compare(program, workspace, tiers, options.timeout), programs
        ):
            results.append(result)
            print_row(result, tiers)
            sys.stdout.flush()
    print_differences(results, options.lines)
    wrong = [result for result in results if result.unexpected()]
    print(f"\n{len(results)} programs, {len(results) - len(wrong)} as expected, {len(wrong)} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
