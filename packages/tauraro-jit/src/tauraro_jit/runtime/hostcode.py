"""What the host's bytecode says of itself: instructions, stack depths, handlers, back-edges.

In: a code object (as compiled: nothing here depends on what the interpreter has specialized).
Out: facts by byte offset. An instruction's offset is that of its first EXTENDED_ARG.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Iterator
from functools import cached_property
from types import CodeType
from typing import NamedTuple

_NO_SUCCESSOR = frozenset(
    {
        "RETURN_VALUE",
        "RETURN_CONST",
        "RAISE_VARARGS",
        "RERAISE",
        "JUMP_FORWARD",
        "JUMP_BACKWARD",
        "JUMP_BACKWARD_NO_INTERRUPT",
        "INTERPRETER_EXIT",
    }
)
_JUMPS = frozenset(dis.hasjrel) | frozenset(dis.hasjabs)


class HostInstruction(NamedTuple):
    """An instruction: `target` is the offset it may jump to, `column` that of its position."""

    offset: int
    name: str
    opcode: int
    arg: int | None
    target: int | None
    column: int | None


class Protection(NamedTuple):
    """An entry of the exception table: errors in [start, end) go to `target`, with the stack cut to
    `depth`."""

    start: int
    end: int
    target: int
    depth: int
    lasti: bool


class BackEdge(NamedTuple):
    """A backward jump."""

    offset: int
    target: int
    conditional: bool


class HostCode:
    """The facts of one code object."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.instructions = list(_instructions(code))
        self.protections = list(parse_exception_table(code.co_exceptiontable))

    @cached_property
    def back_edges(self) -> list[BackEdge]:
        """All backward jumps of loops, in order."""
        return [
            BackEdge(i.offset, i.target, i.name != "JUMP_BACKWARD")
            for i in self.instructions
            if i.target is not None
            and i.target <= i.offset
            and i.name != "JUMP_BACKWARD_NO_INTERRUPT"
        ]

    @cached_property
    def starts(self) -> dict[int, list[int]]:
        """For each column, where a run of instructions with it begins."""
        found: dict[int, list[int]] = {}
        previous: int | None = None
        for instruction in self.instructions:
            column = instruction.column
            if column is not None and column != previous:
                found.setdefault(column, []).append(instruction.offset)
            previous = column
        return found

    def handler(self, offset: int) -> Protection | None:
        """The entry of the exception table that an instruction falls under."""
        for protection in self.protections:
            if protection.start <= offset < protection.end:
                return protection
        return None

    @cached_property
    def depths(self) -> dict[int, int]:
        """The depth of the stack before each reachable instruction, where all paths agree."""
        position = {i.offset: k for k, i in enumerate(self.instructions)}
        work = [(0, 0)]
        work += [(position[p.target], p.depth + 1 + p.lasti) for p in self.protections]
        depths: dict[int, int] = {}
        disputed: set[int] = set()
        while work:
            index, depth = work.pop()
            while index < len(self.instructions):
                instruction = self.instructions[index]
                if instruction.offset in depths:
                    if depths[instruction.offset] != depth:
                        disputed.add(instruction.offset)
                    break
                depths[instruction.offset] = depth
                if instruction.target is not None:
                    work.append((position[instruction.target], depth + _effect(instruction, True)))
                if instruction.name in _NO_SUCCESSOR:
                    break
                depth += _effect(instruction, False)
                index += 1
        return {offset: depth for offset, depth in depths.items() if offset not in disputed}


def _effect(instruction: HostInstruction, jump: bool) -> int:
    effect = dis.stack_effect(instruction.opcode, instruction.arg, jump=jump)
    if instruction.name == "RETURN_GENERATOR" and sys.version_info < (3, 13):
        effect += 1  # `dis` counts the generator, not the None that the first `send` pushes
    return effect


def _instructions(code: CodeType) -> Iterator[HostInstruction]:
    prefix: int | None = None
    for i in dis.get_instructions(code):
        start = i.offset if prefix is None else prefix
        if i.opname == "EXTENDED_ARG":
            prefix = start
            continue
        prefix = None
        start = getattr(i, "start_offset", start)
        target = i.argval if i.opcode in _JUMPS else None
        column = None if i.positions is None else i.positions.col_offset
        arg = i.arg if i.opcode >= dis.HAVE_ARGUMENT or i.opcode in _HAS_ARG else None
        yield HostInstruction(start, i.opname, i.opcode, arg, target, column)


_HAS_ARG: frozenset[int] = frozenset(getattr(dis, "hasarg", ()))


def parse_exception_table(table: bytes) -> Iterator[Protection]:
    """The entries of a code object's exception table (PEP 659's zero-cost exceptions)."""
    data = iter(table)

    def number(first: int) -> int:
        value = first & 63
        byte = first
        while byte & 64:
            byte = next(data)
            value = value << 6 | byte & 63
        return value

    for first in data:
        start = number(first) * 2
        length, target, packed = (number(next(data)) for _ in range(3))
        yield Protection(start, start + 2 * length, 2 * target, packed >> 1, bool(packed & 1))
