"""Leaving assertions out at optimization levels 1 and 2, as the host's compiler does.

In: the linked instructions of a code object. Out: the same, with a jump over each assert statement
at the first instruction of its test.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers
from .own_names import use_own_names

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())


def leave_out_assertions(linker: CodeLinker) -> None:
    """Let control jump over the assert statements of the linker's code object."""
    source = linker.source.instructions
    for pc, raw in enumerate(source):
        if raw.op is Op.ASSERT:
            first = linker.instructions[start_of_test(source, pc)]
            first.jump = linker.instructions[pc].jump
            first.execute = skip


def skip(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    """Go on elsewhere."""
    return ins.jump


def start_of_test(source: Sequence[Raw], pc: int) -> int:
    """The first instruction that computes the operand of the ASSERT at `pc`.

    Walks back while instructions make temporaries that are still wanted, or belong to a region of
    which the end was seen.
    """
    wanted = {operand >> 2 for operand in source[pc].src if operand & 2 == 0}
    depth = 0
    while pc > 0 and (wanted or depth):
        pc -= 1
        raw = source[pc]
        if raw.op.region.startswith("-"):
            depth += 1
        elif raw.op.region.startswith("+"):
            depth -= 1
        written = raw.dst >> 3 if raw.dst is not None and not raw.dst & 7 else -1
        if written in wanted:
            wanted.discard(written)
        wanted.update(operand >> 2 for operand in raw.src if operand & 2 == 0)
    return pc
