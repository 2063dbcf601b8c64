"""Which locals are certainly bound where they are read.

In: the instructions of a code object, one after the other. Out: an answer per local. Control flow
is structured, so what is bound where a region begins is bound in all its parts and after it; what
is bound only inside may not be. Locals that are ever unbound count as unsure everywhere.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeObject, Instruction
from tauraro_frontend.bytecode.operands import Scope


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

    def is_bound(self, local: int) -> bool:
        """Whether the local is certainly bound."""
        return local in self._bound

    def visit(self, instruction: Instruction) -> None:
        """Take note of what an instruction binds."""
        region = instruction.op.region
        if region:
            if region[0] == "+":
                self._outer.append(self._bound)
            elif self._outer:
                self._bound = self._outer[-1] if region[0] == "/" else self._outer.pop()
        dst = instruction.dst
        if dst is not None and dst & 7 and dst >> 3 not in self._unbindable:
            self._bound |= {dst >> 3}
