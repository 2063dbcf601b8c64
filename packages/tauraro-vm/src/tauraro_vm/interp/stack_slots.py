"""Puts the own variables of a function's shim at the bottom of the host's value stack, where
nothing shows them: neither `f_locals` nor the names of the code object.

In: a host code object with the variables in cells, the last of its cells, whose body stands in one
loop for each of them, and which stores them twice (so there is room):

    for first in "~":
        for second in "~":
            first = first = ...

Out: the same code object without those cells. A loop's iterator lies on the stack while its body
runs, so the host's compiler counts it in the depths of all that stands in the loop. What begins a
loop is replaced, instruction by instruction of the same length, with a push of any value, a load
with a COPY of that place of the stack, the two stores with a SWAP and a POP_TOP.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dis import stack_effect
from functools import lru_cache
from opcode import HAVE_ARGUMENT, hasjrel, opmap, opname
from types import CodeType

from .own_names import use_own_names

use_own_names(globals())

RESERVED = "~"
"""What the loops iterate over."""

NOP, CACHE, EXTENDED_ARG = opmap["NOP"], opmap["CACHE"], opmap["EXTENDED_ARG"]
GET_ITER = opmap["GET_ITER"]
MAKE_CELL, LOAD_DEREF, STORE_DEREF, LOAD_FAST = (
    opmap[name] for name in ("MAKE_CELL", "LOAD_DEREF", "STORE_DEREF", "LOAD_FAST")
)
COPY, SWAP, POP_TOP, RETURN_GENERATOR = (
    opmap[name] for name in ("COPY", "SWAP", "POP_TOP", "RETURN_GENERATOR")
)

OF_CELLS = frozenset(
    {MAKE_CELL, LOAD_DEREF, STORE_DEREF, LOAD_FAST, opmap.get("LOAD_CLOSURE", LOAD_FAST)}
)
"""Instructions that name a variable in a cell. (From 3.13 on, LOAD_FAST loads cells.)"""

JUMPS = frozenset(hasjrel)
BACKWARD = frozenset(op for op in hasjrel if "BACKWARD" in opname[op])
NO_NEXT = frozenset(
    opmap[name]
    for name in (
        "RETURN_VALUE",
        "RETURN_CONST",
        "RERAISE",
        "RAISE_VARARGS",
        "JUMP_FORWARD",
        "JUMP_BACKWARD",
        "JUMP_BACKWARD_NO_INTERRUPT",
    )
    if name in opmap
)
"""Instructions after which the next one does not follow."""


HostInstruction = tuple[int, int, int, int]
"""Where an instruction begins with the prefixes of its argument, where it is itself, its opcode and
its argument."""


def on_stack(code: CodeType, own: Sequence[str]) -> CodeType | None:
    """The code object with the variables `own` on the stack, in that order from the bottom; None if
    the code is not as it is described above."""
    cells = [name for name in code.co_cellvars if name not in code.co_varnames]
    first = len(code.co_varnames) + len(cells) - len(own)
    place = {first + at: own.index(name) for at, name in enumerate(cells[-len(own) :])}
    text = bytearray(code.co_code)
    found = instructions(text)
    heights = stack_heights(found, code.co_exceptiontable)
    begins_loop = False
    stored = 0
    for number, each in enumerate(found):
        _, at, op, argument = each
        if op == GET_ITER:
            begins_loop = True
        if begins_loop:
            begins_loop = op != STORE_DEREF
            replace(text, each, NOP)
            for cache in range(at + 2, found[number + 1][0], 2):
                text[cache] = NOP
        elif op not in OF_CELLS or argument < first:
            continue
        elif argument not in place:
            replace(text, each, op, argument - len(own))
        elif op == STORE_DEREF:
            stored += 1
            if stored % 2:
                if found[number - 1][2] != COPY:
                    return None
                replace(text, found[number - 1], SWAP, heights[number - 1] - place[argument])
            replace(text, each, POP_TOP if stored % 2 else NOP)
        elif op == LOAD_DEREF and heights[number] >= 0:
            replace(text, each, COPY, heights[number] - place[argument])
        else:
            replace(text, each, NOP)
    remaining = tuple(name for name in code.co_cellvars if name not in own)
    return code.replace(co_code=bytes(text), co_cellvars=remaining)


def replace(text: bytearray, instruction: HostInstruction, op: int, argument: int = 0) -> None:
    """Put another instruction in the place of one."""
    start, at, _, _ = instruction
    text[at] = op
    for place in range(at, start - 1, -2):
        text[place + 1] = argument & 0xFF
        argument >>= 8


def instructions(text: bytes | bytearray) -> list[HostInstruction]:
    """The instructions of bytecode."""
    found = []
    start, argument = -1, 0
    for at in range(0, len(text), 2):
        op = text[at]
        if op == CACHE:
            continue
        if start < 0:
            start = at
        argument = argument << 8 | text[at + 1]
        if op != EXTENDED_ARG:
            found.append((start, at, op, argument))
            start, argument = -1, 0
    return found


# --- the height of the stack before each instruction


def stack_heights(found: Sequence[HostInstruction], exception_table: bytes) -> list[int]:
    """The height of the stack before each instruction, -1 where it is never executed."""
    known = dict(handlers(exception_table))
    known[0] = 0
    while True:
        count = len(known)
        heights = heights_where_known(found, known)
        if -1 not in heights or len(known) == count:
            return heights


def heights_where_known(found: Sequence[HostInstruction], known: dict[int, int]) -> list[int]:
    """The same, -1 also where it is not found out by going through the code once. `known` are the
    heights at places that are jumped to; those that are found are added."""
    heights = []
    height = -1
    ends = [start for start, _, _, _ in found[1:]]
    for (start, _, op, argument), end in zip(found, [*ends, found[-1][1] + 2], strict=True):
        if height < 0:
            height = known.get(start, -1)
        heights.append(height)
        if height < 0:
            continue
        if op in JUMPS:
            target = end + 2 * (-argument if op in BACKWARD else argument)
            known[target] = height + effect(op, argument, True)
        height = -1 if op in NO_NEXT else height + effect(op, argument, False)
    return heights


@lru_cache(maxsize=1024)
def effect(op: int, argument: int, jumps: bool) -> int:
    """How an instruction changes the height of the stack."""
    if op == RETURN_GENERATOR:
        return 1
    return stack_effect(op, argument if op >= HAVE_ARGUMENT else None, jump=jumps)


def handlers(table: bytes) -> Iterator[tuple[int, int]]:
    """Where the handlers of an exception table begin, and the height of the stack there."""
    numbers = read_numbers(table)
    for _start, _length, target, kept in zip(numbers, numbers, numbers, numbers, strict=True):
        yield 2 * target, (kept >> 1) + (kept & 1) + 1


def read_numbers(table: bytes) -> Iterator[int]:
    """The numbers of an exception table: six bits in each byte, and one that says whether there are
    more."""
    number = 0
    for byte in table:
        number = number << 6 | byte & 0x3F
        if not byte & 0x40:
            yield number
            number = 0
