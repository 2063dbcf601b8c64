"""`tauraro compare FILE [ARG...]`: a program under the host and under Tauraro, their times side by
side.

Both run as processes of their own, one after the other, and read the same standard input if that is
a file. What the program prints is shown once, and compared.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

from .. import __version__
from .subcommand import SubcommandError, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE = "usage: tauraro compare [--runs=N] FILE [ARG...]"


class Timing:
    """How a process ended, what it printed, and its times in seconds."""

    def __init__(self, status: int, output: bytes, processor: float, clock: float) -> None:
        self.status = status
        self.output = output
        self.processor = processor
        self.clock = clock


def compare_command(words: Sequence[str]) -> int:
    """Run the program under both and print the times. Returns the program's exit status, or 1 if
    the two did not do the same."""
    try:
        runs, program = _arguments(words)
        return _compare(runs, program)
    except SubcommandError as error:
        return explain(error, "compare")


def _arguments(words: Sequence[str]) -> tuple[int, list[str]]:
    """The number of runs, and the program with its arguments. Raises SubcommandError."""
    rest = list(words)
    runs = 1
    while rest and rest[0].startswith("-"):
        word = rest.pop(0)
        if word in ("-h", "--help"):
            print(_USAGE)
            raise SubcommandError("", 0)
        name, _, value = word.partition("=")
        if name != "--runs" or not value.isdigit() or int(value) < 1:
            raise SubcommandError(f"unknown option {word}\n{_USAGE}", 2)
        runs = int(value)
    if not rest:
        raise SubcommandError(f"one file is needed\n{_USAGE}", 2)
    return runs, rest


def _compare(runs: int, program: list[str]) -> int:
    version = ".".join(map(str, sys.version_info[:3]))
    rivals = {
        f"CPython {version}": [sys.executable, *program],
        f"Tauraro {__version__}": [sys.executable, "-m", "tauraro_vm", *program],
    }
    timings: dict[str, list[Timing]] = {name: [] for name in rivals}
    shown = False
    for _ in range(runs):
        for name, command in rivals.items():
            timing = _run(command, name)
            if not shown:
                sys.stdout.buffer.write(timing.output)
                sys.stdout.buffer.flush()
                shown = True
            timings[name].append(timing)
    _print_times(timings)
    first, *others = [each for one in timings.values() for each in one]
    same = all((t.output, t.status) == (first.output, first.status) for t in others)
    if not same:
        print("The two did not print the same, or ended differently.", file=sys.stderr)
    return first.status if same else 1


def _run(command: list[str], name: str) -> Timing:
    """Run one process to its end."""
    if sys.stderr.isatty():
        print(f"\r{name} ...", end="\r", file=sys.stderr, flush=True)
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)],
        )
        _, status, usage = os.wait4(process, 0)
        clock = time.perf_counter() - start
        output.seek(0)
        processor = usage.ru_utime + usage.ru_stime
        return Timing(os.waitstatus_to_exitcode(status), output.read(), processor, clock)


def _print_times(timings: dict[str, list[Timing]]) -> None:
    """The best of each, with the ratio."""
    base = min(t.processor for t in next(iter(timings.values())))
    width = max(map(len, timings))
    lines = [f"{'':{width}}   processor time   elapsed"]
    for name, each in timings.items():
        best = min(t.processor for t in each)
        clock = min(t.clock for t in each)
        ratio = "" if best == base else f"   {base / best:.1f} times as fast"
        lines.append(f"{name:{width}}   {best:12.2f} s   {clock:5.2f} s{ratio}")
    print("\n" + "\n".join(lines), file=sys.stderr)
