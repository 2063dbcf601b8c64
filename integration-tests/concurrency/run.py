"""Run programs with threads, tasks and processes many times, and compare with CPython.

    cd integration-tests
    python -m concurrency.run [--times 100] [--mode threshold ...] [--jobs 2] [NAME ...]

Exit code 1 if a run differed or did not end.
"""

from __future__ import annotations

import argparse
import sys
import time

from .repeat import MODES, names, repeat


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="programs (default: all)")
    parser.add_argument("--times", type=int, default=10, help="runs of each (default: 10)")
    parser.add_argument("--mode", action="append", choices=list(MODES), help="default: two")
    parser.add_argument("--jobs", type=int, default=1, help="at a time (default: 1)")
    parser.add_argument("--timeout", type=float, default=120.0, help="seconds for one run")
    options = parser.parse_args(argv)
    if unknown := set(options.names) - set(names()):
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    modes = options.mode or ["default", "threshold"]
    count = 0
    for name in options.names or names():
        for mode in modes:
            started = time.monotonic()
            found = repeat(name, mode, options.times, options.jobs, options.timeout)
            count += found.total()
            seconds = time.monotonic() - started
            print(
                f"{name:24} {mode:10} {found.total():4} of {options.times:4} differ {seconds:7.1f}s"
            )
            for text, times in found.items():
                print(f"  {times} times: {text}", flush=True)
            sys.stdout.flush()
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"CPython {version}: {options.times} runs of each in {len(modes)} modes, {count} differ")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
