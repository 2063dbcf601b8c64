"""Which locals are certainly bound where they are read.

In: the instructions of a code object, one after the other. Out: an answer per local. Control flow
is structured, so what is bound where a region begins is bound in all its parts and after it; what
is bound only inside may not be. Locals that are ever unbound count as unsure everywhere.
"""

from __future__ import annotations

import sys

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeObject, Instruction
from tauraro_frontend.bytecode.operands import Scope

from .own_names import use_own_names

use_own_names(globals())


class BoundLocals:
    """The locals that are bound before the instruction that is visited next."""

    def __init__(self, code: CodeObject, parameters: int) -> None:
        self._unbindable = set()
        for instruction in code.instructions:
            if instruction.op is Op.DEL:
                self._unbindable.add(instruction.src[0] >> 2)
            elif instruction.op is Op.EXCEPT:
                variable = instruction.imm[0]
                if variable is not None and variable.scope is Scope.LOCAL:
                    self._unbindable.add(variable.slot)
        moved = {cell.param for cell in code.cells if cell.outer < 0}
        self._bound = frozenset(range(parameters)) - self._unbindable - moved
        self._outer: list[frozenset[int]] = []
        self._comprehensions = 0

    def is_bound(self, local: int) -> bool:
        """Whether the local is certainly bound."""
        return local in self._bound

    @property
    def sees_free(self) -> bool:
        """Whether the next instruction stands in a comprehension that is a function of the host."""
        return sys.version_info < (3, 12) and self._comprehensions > 0

    def visit(self, instruction: Instruction) -> None:
        """Take note of what an instruction binds."""
        region = instruction.op.region
        if region:
            if region[0] == "+":
                self._outer.append(self._bound)
            elif self._outer:
                self._bound = self._outer[-1] if region[0] == "/" else self._outer.pop()
        if instruction.op is Op.COMP:
            self._comprehensions += instruction.imm[0] != "generator" or self._comprehensions > 0
        elif instruction.op is Op.COMP_END and self._comprehensions:
            self._comprehensions -= 1
        dst = instruction.dst
        if dst is not None and dst & 7 and dst >> 3 not in self._unbindable:
            self._bound |= {dst >> 3}
