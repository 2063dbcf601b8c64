"""Comprehensions that the host makes functions of (before 3.12 it does so with lists, sets and
dicts): what belongs to which.

In: the instructions of a code object. Out: one `ComprehensionScope` for each such comprehension, a
comprehension after those around it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import BytecodeModule, CodeObject, Instruction
from tauraro_frontend.bytecode.operands import Role

from .own_names import use_own_names

use_own_names(globals())

COMPREHENSIONS_ARE_FUNCTIONS = sys.version_info < (3, 12)
"""Whether the host makes functions of comprehensions, which shows in names and messages."""

PARAMETER = ".0"
"""What the host calls the only parameter of such a function."""

CELL_OPS = frozenset({Op.LOAD_CELL, Op.LOAD_CLASS_CELL, Op.STORE_CELL, Op.DEL_CELL})


@dataclass(slots=True)
class ComprehensionScope:
    """One comprehension. `start` is the pc of its COMP, which the code around it executes, `end`
    that of its COMP_END. `locals` and `cells` are the variables it binds, in the order of the
    program, `used_locals` and `used_cells` all that are used in it."""

    kind: str
    start: int
    around: ComprehensionScope | None
    end: int = -1
    is_async: bool = False
    locals: dict[int, None] = field(default_factory=dict)
    cells: dict[int, None] = field(default_factory=dict)
    used_locals: set[int] = field(default_factory=set)
    used_cells: set[int] = field(default_factory=set)

    @property
    def free_locals(self) -> set[int]:
        """The locals from around it."""
        return self.used_locals - self.locals.keys()

    @property
    def free_cells(self) -> set[int]:
        """The cells from around it."""
        return self.used_cells - self.cells.keys()

    def note(self, raw: Instruction, children: Iterable[CodeObject]) -> None:
        """Take note of what an instruction in the comprehension uses."""
        self.used_locals.update(operand >> 2 for operand in raw.src if operand & 3 == 2)
        self.note_result(raw)
        if raw.op in CELL_OPS:
            self.used_cells.add(raw.imm[0])
            if raw.op is Op.STORE_CELL and raw.imm[1] is Role.TARGET:
                self.cells[raw.imm[0]] = None
        for child in children:
            self.used_cells.update(cell.outer for cell in child.cells if cell.outer >= 0)
        self.is_async = self.is_async or raw.op is Op.AWAIT

    def note_result(self, raw: Instruction) -> None:
        """Take note of what an instruction stores."""
        if raw.dst is not None and raw.dst & 7:
            local = raw.dst >> 3
            self.used_locals.add(local)
            if raw.dst & 7 == Role.TARGET + 1:
                self.locals[local] = None

    def close(self, end: int) -> None:
        """The comprehension ends: what it uses without binding it comes from around it."""
        self.end = end
        around = self.around
        if around is not None:
            around.used_locals |= self.free_locals
            around.used_cells |= self.free_cells
            around.is_async = around.is_async or self.is_async


def comprehension_scopes(module: BytecodeModule, source: CodeObject) -> list[ComprehensionScope]:
    """The comprehensions of a code object that are functions of the host."""
    if not COMPREHENSIONS_ARE_FUNCTIONS:
        return []
    found: list[ComprehensionScope] = []
    innermost: ComprehensionScope | None = None
    class_cell = [number for number, cell in enumerate(source.cells) if cell.name == "__class__"]
    for pc, raw in enumerate(source.instructions):
        if raw.op is Op.COMP_END:
            if innermost is not None:
                innermost.close(pc)
                innermost = innermost.around
                if innermost is not None:
                    innermost.note_result(raw)
        elif raw.op is Op.COMP and raw.imm[0] != "generator":
            if innermost is not None:
                innermost.used_locals.update(each >> 2 for each in raw.src if each & 3 == 2)
            innermost = ComprehensionScope(raw.imm[0], pc, innermost, is_async=raw.imm[-1])
            innermost.note_result(raw)
            found.append(innermost)
        elif innermost is not None:
            innermost.note(raw, children_of(module, raw))
            if raw.op in (Op.LOAD_GLOBAL, Op.LOAD_NAME) and raw.imm[0] == "super":
                innermost.used_cells.update(class_cell)
            if raw.op is Op.COMP_FOR and raw.imm[-1]:
                innermost.is_async = True
    return found


def children_of(module: BytecodeModule, raw: Instruction) -> Iterator[CodeObject]:
    """The code objects that an instruction makes functions or classes of."""
    for immediate, value in zip(raw.op.format.immediates, raw.imm, strict=True):
        if immediate.kind == "code":
            yield module.codes[value]
