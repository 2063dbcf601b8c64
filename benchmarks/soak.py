"""Run benchmark programs many times in one process: memory that grows, references that are lost.

    tauraro benchmarks/soak.py [--times 50] [--group numeric] [NAME ...]

Run it with the interpreter to look at; under `tauraro` hot loops are native from the first
repetitions on. For each program it prints the interpreter's allocated blocks and the collector's
objects after the first, a middle and the last repetition. Exit code: 1 if one has grown.
"""

import argparse
import contextlib
import gc
import importlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

PROGRAMS = Path(__file__).resolve().parent / "programs"
BLOCKS = 100
OBJECTS = 10
"""Growth from the middle to the end that is no leak: what is cached, or waits to be collected."""


def repetition(name: str) -> Callable[[], object]:
    """What runs a program once. One without a function `main` is loaded anew each time."""
    sys.argv = [name, "tiny"]
    module: ModuleType = importlib.import_module(name)
    if not hasattr(module, "main"):
        return lambda: importlib.reload(module)
    size = module.SIZES["tiny"]
    arguments = size if isinstance(size, tuple) else (size,)
    return lambda: module.main(*arguments)


def soak(name: str, times: int) -> list[tuple[int, int]]:
    """Blocks and objects after each repetition of a program."""
    counts = []
    with contextlib.redirect_stdout(io.StringIO()):
        run = repetition(name)
        for _ in range(times):
            run()
            gc.collect()
            counts.append((sys.getallocatedblocks(), len(gc.get_objects())))
    return counts


def main() -> int:
    """Soak the chosen programs; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="programs (default: all)")
    parser.add_argument("--times", type=int, default=50, help="repetitions (default: 50)")
    parser.add_argument("--group", default="numeric", help="folder of programs (default: numeric)")
    options = parser.parse_args()
    folder = PROGRAMS / options.group
    sys.path.insert(0, str(folder))
    grown = 0
    for name in options.names or sorted(path.stem for path in folder.glob("*.py")):
        counts = soak(name, options.times)
        first, middle, last = counts[0], counts[len(counts) // 2], counts[-1]
        grows = last[0] - middle[0] > BLOCKS or last[1] - middle[1] > OBJECTS
        grown += grows
        print(
            f"{name:20} blocks {first[0]:7} {middle[0]:7} {last[0]:7}  "
            f"objects {first[1]:6} {middle[1]:6} {last[1]:6}{'  GROWS' if grows else ''}",
            flush=True,
        )
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
