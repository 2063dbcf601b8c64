"""What became of the loops, in words: for `--stats` and `why`."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finder
from .loops import HotLoop, Status

SHOWN = 10
"""Loops listed one by one."""


def report_lines(finder: Finder) -> Iterator[str]:
    """All loops that were hot: counted, then the hottest one by one."""
    if finder.problem:
        yield f"  tier 2 (native): stopped looking for hot loops: {finder.problem}"
    known = [] if finder.known is None else list(finder.known.loops.values())
    loops = [loop for loop in known if loop.status is not Status.COLD]
    if not loops:
        yield "  tier 2 (native): no hot loop"
        return
    counts = [(status, sum(loop.status is status for loop in loops)) for status in Status]
    words = ", ".join(f"{count} {status.value}" for status, count in counts if count)
    milliseconds = sum(loop.milliseconds for loop in loops)
    size = sum(loop.size for loop in loops)
    yield f"  tier 2 (native): {words}; {milliseconds:.0f} ms of compilation, {size:,} bytes"
    loops.sort(key=lambda loop: loop.samples, reverse=True)
    for loop in loops[:SHOWN]:
        yield from loop_lines(loop)
    if len(loops) > SHOWN:
        yield f"    and {len(loops) - SHOWN} more"


def loop_lines(loop: HotLoop) -> Iterator[str]:
    """One loop: where, what, why, and the ways out of native code that were taken."""
    code = loop.code
    place = f"{code.co_filename}:{loop.line}"
    reason = f": line {loop.reason_line}: {loop.reason}" if loop.reason else ""
    yield f"    {place} in {code.co_qualname}: {loop.status.value}{reason}"
    entered, exits, refused = totals(loop)
    if entered:
        ways = sorted(exits.items(), key=lambda item: -item[1])[:4]
        text = ", ".join(f"{times:,} x line {line}: {why}" for (line, why), times in ways)
        yield f"      entered {entered:,} times; left {text}"
    if refused:
        yield f"      not entered {refused}"
    if loop.compilation is not None:
        for line, why in loop.compilation.built.unsupported[:4]:
            yield f"      left at line {line}: {why}"


def totals(loop: HotLoop) -> tuple[int, dict[tuple[int, str], int], str]:
    """Entries, exits by line and reason, and refused entries in words."""
    entered = loop.entered
    exits = dict(loop.exits)
    refused = ""
    if loop.installed is not None:
        entered += loop.installed.entered
        for exit_, times in loop.installed.exits:
            if times:
                key = (exit_.line, exit_.reason)
                exits[key] = exits.get(key, 0) + times
        counts = loop.installed.refused
        refused = ", ".join(
            f"{times:,} x {reason.name.lower().replace('_', ' ')}"
            for reason, times in counts.items()
        )
    return entered, exits, refused


def why_lines(finder: Finder, filename: str, line: int) -> Iterator[str]:
    """The loops around a line, inner ones last."""
    for loop in () if finder.known is None else finder.known.loops.values():
        if loop.code.co_filename == filename and loop.line <= line <= loop.end_line:
            yield from loop_lines(loop)
