"""Compare every file of the host's standard library; exits 1 if a file differs.

python integration-tests/equality/run_all.py [--every N] [PATH ...]
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from compare import Comparison, Outcome, compare_file, stdlib_files


def main() -> int:
    """Run the comparison and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "paths", nargs="*", type=Path, help="files or folders (default: the stdlib)"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth file only")
    arguments = parser.parse_args()
    files = list(stdlib_files())
    if arguments.paths:
        files = [
            file
            for path in arguments.paths
            for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])
        ]
    files = files[:: arguments.every]
    counts: collections.Counter[Outcome] = collections.Counter()
    unequal: list[Comparison] = []
    with multiprocessing.Pool(os.cpu_count(), maxtasksperchild=200) as pool:
        for number, result in enumerate(pool.imap_unordered(compare_file, files, 8), 1):
            counts[result.outcome] += 1
            if result.outcome in (Outcome.DIFFERENT, Outcome.HOST_LIMIT):
                unequal.append(result)
            if sys.stderr.isatty():
                print(f"\r{number}/{len(files)}", end="", file=sys.stderr, flush=True)
    for result in sorted(unequal, key=lambda result: result.path):
        print(f"{result.outcome.value}: {result.path}: {result.detail}")
    version = ".".join(map(str, sys.version_info[:3]))
    summary = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
    print(f"CPython {version}: {len(files)} files: {summary}")
    return 1 if counts[Outcome.DIFFERENT] else 0


if __name__ == "__main__":
    sys.exit(main())
