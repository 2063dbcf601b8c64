"""What became of the loops around a line, and why: for `tauraro why`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tauraro_frontend.bytecode.module import BytecodeModule

from ..runtime.marks import LoopMark
from .finding import Finder
from .knocking import HOT
from .loops import HotLoop, Status
from .programs import extent
from .report import loop_lines, times_of
from .tiering import Tiering

LOOPS = ("FOR", "LOOP")


class SourceLoop(NamedTuple):
    """A loop of a module, and its first and last line."""

    mark: LoopMark
    first: int
    last: int


def why_lines(finder: Finder, filename: str, line: int) -> Iterator[str]:
    """The loops around a line, outer ones first: tier, reason, ways out of native code. Where
    there is none, or it was never hot, that is told, and what it would take."""
    if finder.problem:
        yield f"    stopped looking for hot loops: {finder.problem}"
    tiering = finder.tiering()
    program = tiering.program(filename)
    if program is None:
        yield f"    {filename} was not loaded in the virtual machine"
        return
    functions = functions_around(tiering, filename, line)
    for hot in functions:
        yield from loop_lines(hot)
    loops = loops_around(program.module, line)
    if not loops and not functions:
        yield f"    {no_loop(program.module, line)}"
    for loop in loops:
        known = [
            hot
            for hot in tiering.loops.values()
            if hot.code.co_filename == filename and hot.mark == loop.mark
        ]
        for hot in known:
            yield from loop_lines(hot)
        if not known:
            name = program.module.codes[loop.mark.code_index].name
            yield f"    {filename}:{loop.first} in {name}: tier 1"
        if all(hot.status in (Status.COLD, Status.WATCHED) for hot in known):
            problems = passed_over(finder, filename, loop)
            for problem in problems:
                yield f"      hot, but native code would not help: {problem}"
            if not problems:
                yield f"      {not_hot(tiering, known)}"


def functions_around(tiering: Tiering, filename: str, line: int) -> list[HotLoop]:
    """The recursive functions around a line that were hot."""
    return [
        hot
        for hot in tiering.loops.values()
        if hot.mark.is_function
        and hot.status is not Status.COLD
        and hot.code.co_filename == filename
        and hot.line <= line <= hot.end_line
    ]


def loops_around(module: BytecodeModule, line: int) -> list[SourceLoop]:
    """The loops of a module that a line is part of, outer ones first."""
    found = []
    for index, code in enumerate(module.codes):
        for pc, instruction in enumerate(code.instructions):
            if instruction.op.name in LOOPS:
                mark = LoopMark(index, pc)
                first, last = extent(module, mark)
                if first <= line <= last:
                    found.append(SourceLoop(mark, first, last))
    return sorted(found, key=lambda loop: (loop.first, -loop.last))


def no_loop(module: BytecodeModule, line: int) -> str:
    """What is to be said of a line that is in no loop."""
    names = {
        instruction.op.name
        for code in module.codes
        for instruction in code.instructions
        for span in instruction.spans
        if span.line <= line <= span.end_line
    }
    if not names:
        return f"there is no code in line {line}"
    if "COMP" in names:
        return (
            f"line {line} is in no `for` or `while` statement: only these become native code, a "
            "comprehension runs in tier 1"
        )
    return (
        f"line {line} is in no loop: it runs in tier 1; only `for` and `while` statements, "
        "what they call, and recursive functions become native code"
    )


def passed_over(finder: Finder, filename: str, loop: SourceLoop) -> list[str]:
    """What in the lines of a loop that were found running is nothing for native code."""
    found = {
        f"line {line}: {problem}"
        for (_, line), (code, problem) in finder.passed.items()
        if code.co_filename == filename and loop.first <= line <= loop.last
    }
    return sorted(found)


def not_hot(tiering: Tiering, known: list[HotLoop]) -> str:
    """Why a loop was not compiled that nobody has declined, and what it would take."""
    if tiering.threshold is not None:
        return f"it did not come round {times_of(max(1, tiering.threshold))} (--jit-threshold)"
    if any(hot.status is Status.WATCHED for hot in known):
        return "it was hot, but did not come round once more"
    waiting = next((hot for hot in known if hot.due), None)
    if waiting is not None:
        return f"it has taken {waiting.spent:.2f} s; compiled after {waiting.due:.2f} s"
    samples = sum(hot.samples for hot in known)
    seen = f"it was found running {times_of(samples)}" if samples else "it was never found running"
    return (
        f"never hot: {seen}; a loop is compiled when it is found running {times_of(HOT)}, "
        "one look every 5 to 50 ms, or after N iterations with --jit-threshold=N"
    )
