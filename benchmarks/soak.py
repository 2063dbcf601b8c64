"""Run programs many times in one process: memory that grows, references that are lost.

    tauraro benchmarks/soak.py [--times 50] [--group numeric] [NAME ...]
    tauraro benchmarks/soak.py --scripts FOLDER [--minutes 10] [--without NAME] [NAME ...]

Run it with the interpreter to look at; under `tauraro` hot loops are native from the first
repetitions on.

Of benchmark programs it repeats one after the other, and prints for each the interpreter's
allocated blocks and the collector's objects after the first, a middle and the last repetition.

With `--scripts` it executes all programs of a folder in turn, round after round, each with a fresh
`__main__`, and prints blocks, objects and the memory of the process after each round. Programs may
raise and exit; what they change of the interpreter is put back.

Exit code: 1 if something has grown from the middle to the end. Compare with CPython: a program may
grow by itself.
"""

from __future__ import annotations

import argparse
import builtins
import contextlib
import gc
import importlib
import importlib.util
import io
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, ModuleType

PROGRAMS = Path(__file__).resolve().parent / "programs"
BLOCKS = 100
OBJECTS = 10
"""Growth from the middle to the end that is no leak: what is cached, or waits to be collected."""

ROUND_BLOCKS = 3000
ROUND_OBJECTS = 100
ROUND_KILOBYTES = 4096
"""The same for all scripts of a folder together."""


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


def soak_programs(folder: Path, names: list[str], times: int) -> bool:
    """Repeat each benchmark program; whether one has grown."""
    sys.path.insert(0, str(folder))
    grown = False
    for name in names or sorted(path.stem for path in folder.glob("*.py")):
        counts = soak(name, times)
        first, middle, last = counts[0], counts[len(counts) // 2], counts[-1]
        grows = last[0] - middle[0] > BLOCKS or last[1] - middle[1] > OBJECTS
        grown = grown or grows
        print(
            f"{name:20} blocks {first[0]:7} {middle[0]:7} {last[0]:7}  "
            f"objects {first[1]:6} {middle[1]:6} {last[1]:6}{'  GROWS' if grows else ''}",
            flush=True,
        )
    return grown


def put_back(
    namespace: dict[str, object],
    names: dict[str, object],
    list_of: Callable[..., list[str]] = list,
) -> None:
    """Give a namespace the names that it had. `list` itself may be among those that are gone."""
    namespace.update(names)
    for name in list_of(namespace):
        if name not in names:
            del namespace[name]


@contextlib.contextmanager
def interpreter_kept() -> Iterator[None]:
    """Puts back what programs like to change."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook
    modules, names, path, main = (
        dict(sys.modules), dict(vars(builtins)), list(sys.path), sys.modules["__main__"],
    )  # fmt: skip
    limit, streams = sys.getrecursionlimit(), (sys.stdout, sys.stderr)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(limit)
        sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook = hooks
        sys.stdout, sys.stderr = streams
        put_back(vars(builtins), names)
        for name in sys.modules.keys() - modules.keys():
            if getattr(sys.modules[name], "__file__", None) is None:
                del sys.modules[name]  # made by the program
        sys.modules["__main__"] = main
        sys.path[:] = path


def load_scripts(folder: Path, names: list[str], without: list[str]) -> dict[Path, CodeType]:
    """The code of the programs that can be compiled, through the host's loader, and so through
    whatever has a hand in that."""
    codes = {}
    for name in names or sorted(path.stem for path in folder.glob("*.py")):
        if name in without:
            continue
        path = folder / f"{name}.py"
        spec = importlib.util.spec_from_file_location("__main__", path)
        assert spec is not None
        get_code: Callable[[str], CodeType] = getattr(spec.loader, "get_code")  # noqa: B009
        with warnings.catch_warnings(), contextlib.suppress(SyntaxError, ValueError):
            warnings.simplefilter("ignore")
            codes[path] = get_code("__main__")
    return codes


def execute(path: Path, code: CodeType) -> None:
    """Execute a program as the main module, to whatever end."""
    main = ModuleType("__main__")
    main.__file__ = str(path)
    with interpreter_kept():
        sys.modules["__main__"] = main
        sys.argv = [str(path)]
        with contextlib.suppress(BaseException):
            exec(code, vars(main))


def kilobytes() -> int:
    """The memory of the process that is its own."""
    with open("/proc/self/statm") as file:
        words = file.read().split()
    return (int(words[1]) - int(words[2])) * os.sysconf("SC_PAGE_SIZE") // 1024


def soak_scripts(codes: dict[Path, CodeType], minutes: float) -> bool:
    """Execute all scripts in turn until the time is up; whether memory has grown."""
    counts: list[tuple[int, int, int]] = []
    end = time.monotonic() + 60 * minutes
    sys.stdin = io.StringIO()
    out = sys.stdout
    while time.monotonic() < end or len(counts) < 3:
        for path, code in codes.items():
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                execute(path, code)
        gc.collect()
        counts.append((sys.getallocatedblocks(), len(gc.get_objects()), kilobytes()))
        print("round {:4}: blocks {:8}  objects {:7}  KiB {:8}".format(len(counts), *counts[-1]),
              file=out, flush=True)  # fmt: skip
    middle, last = counts[len(counts) // 2], counts[-1]
    limits = ROUND_BLOCKS, ROUND_OBJECTS, ROUND_KILOBYTES
    grown = [b - a > limit for a, b, limit in zip(middle, last, limits, strict=True)]
    print(f"{len(codes)} scripts, {len(counts)} rounds{', GROWS' if any(grown) else ''}", file=out)
    return any(grown)


def main() -> int:
    """Soak the chosen programs; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="programs (default: all)")
    parser.add_argument("--times", type=int, default=50, help="repetitions (default: 50)")
    parser.add_argument("--group", default="numeric", help="folder of programs (default: numeric)")
    parser.add_argument("--scripts", type=Path, help="folder of scripts to execute in turn")
    parser.add_argument("--without", action="append", default=[], help="a script to leave out")
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: 10)")
    options = parser.parse_args()
    if options.scripts is not None:
        folder = options.scripts.resolve()
        codes = load_scripts(folder, options.names, options.without)
        return int(soak_scripts(codes, options.minutes))
    return int(soak_programs(PROGRAMS / options.group, options.names, options.times))


if __name__ == "__main__":
    sys.exit(main())
