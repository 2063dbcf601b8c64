"""What became of the loops, and where the time went, in words: for `--stats`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..runtime.marks import marks_of
from .finding import Finder
from .loops import HotLoop, Status
from .profile import Line

SHOWN = 10
"""Loops and lines listed one by one."""


def report_lines(finder: Finder) -> Iterator[str]:
    """All loops that were hot: counted, then the hottest one by one; then the hottest lines."""
    if finder.problem:
        yield f"  tier 2 (native): stopped looking for hot loops: {finder.problem}"
    known = [] if finder.known is None else list(finder.known.loops.values())
    loops = [loop for loop in known if loop.status is not Status.COLD]
    if finder.known is not None and finder.known.gone:
        yield f"  tier 2 (native): hot loops of code that is gone: {finder.known.gone}"
    if loops:
        yield from summary_lines(loops)
    elif finder.passed:
        yield "  tier 2 (native): no hot loop that native code would help"
    else:
        yield "  tier 2 (native): no hot loop"
    if finder.known is not None and finder.known.verifier is not None:
        yield from finder.known.verifier.report_lines()
    yield from time_lines(finder, loops)


def summary_lines(loops: list[HotLoop]) -> Iterator[str]:
    """How many loops there are of each kind, and what compiling cost; then the hottest."""
    counts = [(status, sum(loop.status is status for loop in loops)) for status in Status]
    words = ", ".join(f"{count} {status.value}" for status, count in counts if count)
    milliseconds = sum(loop.milliseconds for loop in loops)
    size = sum(loop.size for loop in loops)
    yield f"  tier 2 (native): {words}; {milliseconds:.0f} ms of compilation, {size:,} bytes"
    loops.sort(key=lambda loop: (loop.totals().seconds, loop.samples), reverse=True)
    for loop in loops[:SHOWN]:
        yield from loop_lines(loop)
    if len(loops) > SHOWN:
        yield f"    and {len(loops) - SHOWN} more"


# --- loops


def loop_lines(loop: HotLoop) -> Iterator[str]:
    """One loop: where, what, why, and the ways out of native code that were taken."""
    code = loop.code
    kind = "function" if loop.mark.is_function else "in"
    yield f"    {code.co_filename}:{loop.line} {kind} {code.co_qualname}: {state_of(loop)}"
    if loop.compilations:
        versions = "" if loop.compilations == 1 else f"{loop.compilations} versions, "
        yield f"      compiled in {loop.milliseconds:.1f} ms, {versions}{loop.size:,} bytes"
    entered, _, refused, exits = loop.totals()
    if entered:
        ways = sorted(exits.items(), key=lambda item: -item[1])
        text = ", ".join(f"{times:,} x line {line}: {why}" for (line, why), times in ways[:4])
        more = f", and {len(ways) - 4} more ways" if len(ways) > 4 else ""
        yield f"      entered {times_of(entered)}; left {text or 'not yet'}{more}"
    if refused:
        text = ", ".join(
            f"{times:,} x {name.lower().replace('_', ' ')}" for name, times in refused.items()
        )
        yield f"      not entered {text}"
    for line, why in loop.unsupported[:4]:
        yield f"      left to tier 1: line {line}: {why}"


def state_of(loop: HotLoop) -> str:
    """What a loop is now, and why."""
    reason = f": line {loop.reason_line}: {loop.reason}" if loop.reason else ""
    return f"{loop.status.value}{reason}"


def times_of(number: int) -> str:
    """`1 time`, `2 times`."""
    return "1 time" if number == 1 else f"{number:,} times"


# --- the time


def time_lines(finder: Finder, loops: list[HotLoop]) -> Iterator[str]:
    """How much of the time was spent in native code, and the hottest lines with their tier."""
    profile = finder.profile
    if profile is None:
        yield "    where the time went was not looked at (--jit-threshold)"
        return
    whole = profile.seconds
    native = sum(loop.totals().seconds for loop in loops)
    native += 0.0 if finder.known is None else finder.known.seconds_gone
    share = 100 * native / whole
    yield f"    in native code: {share:.0f} % of the time, {native:.2f} of {whole:.2f} s"
    places = [
        (loop.totals().seconds, loop.code.co_filename, loop.line, state_of(loop)) for loop in loops
    ]
    hottest = sorted(profile.lines, key=lambda line: -line.seconds)[:SHOWN]
    places += [
        (line.seconds, line.code.co_filename, line.number, tier_of(finder, line))
        for line in hottest
    ]
    places.sort(key=lambda place: -place[0])
    shown = [place for place in places if place[0] > whole / 200]
    if shown:
        yield "    hottest lines:"
    for seconds, filename, number, words in itertools.islice(shown, SHOWN):
        yield f"    {100 * seconds / whole:5.1f} %  {filename}:{number}  {words}"


def tier_of(finder: Finder, line: Line) -> str:
    """What runs a line that was seen outside of native code, and why no native code does."""
    tiering = finder.known
    code = line.code
    if not finder.is_loaded(code.co_filename):
        return "left to the host"
    known = [] if tiering is None or not marks_of(code) else tiering.loops_of(code)
    around = [loop for loop in known if loop.line <= line.number <= loop.end_line]
    passed = finder.passed.get((id(code), line.number))
    if passed is not None and (not around or around[-1].status is Status.COLD):
        return f"tier 1: native code would not help the loop: {passed[1]}"
    if not around:
        return "tier 1, in no loop" if tiering is not None or not marks_of(code) else "tier 1"
    loop = around[-1]
    if loop.status is Status.NATIVE:
        return f"tier 1, outside of the native code of the {loop.noun}"
    if loop.status is Status.COLD and not loop.reason:
        return f"tier 1: the {loop.noun} is not hot"
    return f"tier 1: the {loop.noun}: {state_of(loop)}"
