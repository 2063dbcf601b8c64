"""Run random programs under CPython and under Tauraro, and report where they differ.

    cd integration-tests
    python -m random_programs.run [--count 200] [--first 0] [--grammar hostile] [--mode compiled ...]

The exit status is 1 if a program differs. Its source is kept in the folder that is named.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from .compare import GRAMMARS, MODES, compare, version


def main() -> int:
    """Run everything; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="programs (default: 200)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default: 0)")
    parser.add_argument("--mode", action="append", choices=MODES, help="default: all")
    parser.add_argument("--grammar", choices=GRAMMARS, default="typed", help="default: typed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="at a time")
    options = parser.parse_args()
    modes = tuple(options.mode or MODES)
    folder = Path(tempfile.mkdtemp(prefix="tauraro-random-"))
    seeds = range(options.first, options.first + options.count)
    differences = done = 0
    with ThreadPoolExecutor(options.workers) as pool:
        one = partial(compare, modes=modes, folder=folder, grammar=options.grammar)
        for found in pool.map(one, seeds):
            done += 1
            for difference in found:
                differences += 1
                print(f"\nseed {difference.seed}, {difference.mode}:", flush=True)
                print(difference.text)
            if sys.stderr.isatty():
                print(f"\r{done} of {options.count}", end="", file=sys.stderr, flush=True)
    print(f"CPython {version()}: {done} programs, {len(modes)} modes, {differences} differences")
    print(f"sources: {folder}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
