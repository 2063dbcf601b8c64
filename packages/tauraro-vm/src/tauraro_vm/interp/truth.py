"""Truth once: where control goes when an operand of `and`, `or` or a chained comparison decides.

In: linked instructions with their jumps. Out: for each ARM and CHAIN_COMPARE the instruction to go
on at (`jump`) and the register its value goes to (`move`, -1: none, it is dropped). A value whose
truth is known is not tested again by the condition it flows into, exactly where the host does not.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.isa import Op

from .own_names import use_own_names

if TYPE_CHECKING:
    from .instruction import Instruction as Linked
    from .link import CodeLinker

use_own_names(globals())

TESTS = frozenset({Op.IF, Op.COND, Op.LOOP_TEST, Op.ASSERT, Op.COMP_IF, Op.GUARD})

THREADS_VALUES = sys.version_info < (3, 12)
"""Whether the host's compiler threads jumps from one boolean operation used for its value to the
one around it."""


def thread_truth(linker: CodeLinker) -> None:
    """Resolve the jumps of the linker's code object."""
    threads = Threads(linker)
    for linked in linker.instructions:
        end = threads.ends.get(linked.pc)
        if end is not None:
            truth = linked.op is Op.ARM and threads.ends_or(linked)
            linked.jump, linked.move = threads.follow(end.next, end.dst, truth)


class Threads:
    """Follows a value through the instructions that consume it. `ends` are the ends of the regions
    of the deciding instructions, by pc."""

    def __init__(self, linker: CodeLinker) -> None:
        self.source = linker.source.instructions
        self.ends: dict[int, Linked] = {
            linked.pc: linked.jump
            for linked in linker.instructions
            if linked.op in (Op.ARM, Op.CHAIN_COMPARE)
        }

    def ends_or(self, arm: Linked) -> bool:
        """Whether the ARM belongs to an `or`: then a true operand decides."""
        return bool(self.source[arm.x.pc].imm[0] == "Or")

    def is_not(self, linked: Linked) -> bool:
        """Whether the instruction is `not`."""
        return linked.op is Op.UNARY and self.source[linked.pc].imm[0] == "Not"

    def follow(self, at: Linked, register: int, truth: bool) -> tuple[Linked, int]:
        """Where control goes with a value of known truth, and where the value goes."""
        while at.dead[:1] == (register,) and at.a == register:
            if at.op in TESTS:
                if at.op is Op.ASSERT:
                    truth = not truth  # its `next` is the failure
                return (at.next if truth else at.jump), -1
            if at.op is Op.ARM:
                if not THREADS_VALUES and not self.is_condition(at, register):
                    break
                if self.ends_or(at) is not truth:
                    return at.next, -1
                at = self.ends[at.pc]
                register = at.dst
                at = at.next
            elif at.op in (Op.BOOL_END, Op.COND_END):
                register = at.dst
                at = at.next
            elif at.op is Op.COND_ELSE:
                register = at.dst
                at = at.jump
            elif self.is_not(at) and self.is_condition(at, register):
                truth = not truth
                register = at.dst
                at = at.next
            else:
                break
        return at, register

    def is_condition(self, at: Linked, register: int) -> bool:
        """Whether the value in `register`, consumed at `at`, ends in a test for truth only."""
        while at.dead[:1] == (register,) and at.a == register:
            if at.op in TESTS:
                return True
            if at.op is Op.ARM:
                end = self.ends[at.pc]
                at, register = end.next, end.dst
            elif at.op in (Op.BOOL_END, Op.COND_END):
                at, register = at.next, at.dst
            elif at.op is Op.COND_ELSE:
                at, register = at.jump, at.dst
            elif self.is_not(at):
                at, register = at.next, at.dst
            else:
                return False
        return False
