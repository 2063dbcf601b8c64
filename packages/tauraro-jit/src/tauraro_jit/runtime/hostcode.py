"""What the host's bytecode says of itself: instructions, stack depths, handlers, back-edges.

In: a code object (as compiled: nothing here depends on what the interpreter has specialized).
Out: facts by byte offset. An instruction's offset is that of its first EXTENDED_ARG.

The sampler's thread imports this module: it imports as little as it can.
"""

from __future__ import annotations

import sys
from opcode import HAVE_ARGUMENT, hasjabs, hasjrel, opmap, opname, stack_effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

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
_JUMPS = frozenset(hasjrel)
_CACHE = opmap["CACHE"]
_EXTENDED_ARG = opmap["EXTENDED_ARG"]
_FIRST_WITH_ARGUMENT = HAVE_ARGUMENT + (sys.version_info >= (3, 13))  # since then, the last without

if hasjabs:
    raise ImportError("this version of Python has jumps to absolute places")


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
        self._starts: dict[int, list[int]] | None = None
        self._depths: dict[int, int] | None = None

    @property
    def back_edges(self) -> list[BackEdge]:
        """All backward jumps of loops, in order."""
        return [
            BackEdge(i.offset, i.target, i.name != "JUMP_BACKWARD")
            for i in self.instructions
            if i.target is not None
            and i.target <= i.offset
            and i.name != "JUMP_BACKWARD_NO_INTERRUPT"
        ]

    @property
    def starts(self) -> dict[int, list[int]]:
        """For each column, where a run of instructions with it begins."""
        if self._starts is None:
            self._starts = self._find_starts()
        return self._starts

    def _find_starts(self) -> dict[int, list[int]]:
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

    @property
    def depths(self) -> dict[int, int]:
        """The depth of the stack before each reachable instruction, where all paths agree."""
        if self._depths is None:
            self._depths = self._find_depths()
        return self._depths

    def _find_depths(self) -> dict[int, int]:
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
    effect = stack_effect(instruction.opcode, instruction.arg, jump=jump)
    if instruction.name == "RETURN_GENERATOR" and sys.version_info < (3, 13):
        effect += 1  # `dis` counts the generator, not the None that the first `send` pushes
    return effect


def _instructions(code: CodeType) -> Iterator[HostInstruction]:
    """What `dis` finds, without its import of 2 ms, and in a third of the time."""
    data = code.co_code
    columns = [column for _, _, column, _ in code.co_positions()]
    units = len(data) // 2
    start = prefix = index = 0
    while index < units:
        opcode, arg = data[2 * index], data[2 * index + 1] | prefix
        if opcode == _EXTENDED_ARG:
            prefix = arg << 8
            index += 1
            continue
        own = index
        index += 1
        while index < units and data[2 * index] == _CACHE:
            index += 1
        name = opname[opcode]
        target = None
        if opcode in _JUMPS:
            target = 2 * (index - arg if "BACKWARD" in name else index + arg)
        has_arg = opcode >= _FIRST_WITH_ARGUMENT
        yield HostInstruction(
            2 * start, name, opcode, arg if has_arg else None, target, columns[own]
        )
        start, prefix = index, 0


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
