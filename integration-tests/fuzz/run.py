"""Damage and mutate `.tbc` files, and report what becomes of them.

    python integration-tests/fuzz/run.py [--count 20000] [--seed TEXT] [--show-differences]

The exit status is 1 if a file was accepted that is damaged, a worker crashed, a stage failed, or a
frame of the VM showed in a traceback.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.campaign import Report, judge_mutants, library_files, program_files
from fuzz.damage import flips, is_refused, truncations
from tauraro_frontend.pipeline import compile_source

SHOWN = 20


def main() -> int:
    """Run everything; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--count", type=int, default=20_000, help="flips, and mutants (default: 20000)"
    )
    parser.add_argument("--seed", default="0", help="another seed gives other flips and mutants")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes at a time"
    )
    parser.add_argument(
        "--show-differences", action="store_true", help="list where the tiers differ"
    )
    options = parser.parse_args()
    accepted = damage_files(options.count, options.seed)
    report = mutate_programs(options.count, options.seed, options.workers)
    show(report, options.show_differences)
    return 1 if accepted or report.problems else 0


def damage_files(count: int, seed: str) -> int:
    """Damage files in every way; how many were accepted."""
    files = [*program_files(), *library_files(3)]
    compiled = [compile_source(file.read_bytes(), file.name) for file in files]
    start = time.perf_counter()
    tried = accepted = 0
    for number, data in enumerate(compiled):
        if number < len(program_files()):
            for damaged in truncations(data):
                tried += 1
                accepted += not is_refused(damaged)
    print(f"truncations: {tried} files, {tried - accepted} refused")
    flipped = refused = 0
    for number, data in enumerate(compiled):
        for damaged in flips(data, count // len(compiled) + 1, f"{seed}:{number}"):
            flipped += 1
            refused += is_refused(damaged)
    print(f"flipped bits: {flipped} files, {refused} refused ({time.perf_counter() - start:.0f} s)")
    return accepted + flipped - refused


def mutate_programs(count: int, seed: str, workers: int) -> Report:
    """Judge mutants, and show how far it has come."""
    start = time.perf_counter()

    def progress(done: int) -> None:
        seconds = time.perf_counter() - start
        print(f"\rmutants: {done} of {count}, {seconds:.0f} s", end="", flush=True)

    report = judge_mutants(seed, count, workers, progress)
    print()
    return report


def show(report: Report, all_differences: bool) -> None:
    """Print what became of the mutants."""
    for outcome, count in report.outcomes.most_common():
        print(f"  {outcome.lower():14} {count:6}")
    print(f"  the tiers differ for {len(report.differences)}")
    for number, text in report.differences if all_differences else ():
        print(f"    {number}: {text}")
    print(f"problems: {len(report.problems)}")
    for number, text in report.problems[:SHOWN]:
        print(f"  mutant {number}: {text}")


if __name__ == "__main__":
    sys.exit(main())
