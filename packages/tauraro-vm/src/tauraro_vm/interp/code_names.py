"""The names that a code object of the host lists: its local variables, and the global names and
attributes that it uses.

In: the instructions of a function. Out: the names in the host's order, which is that in which its
compiler meets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.operands import Role, Scope, Variable

from .own_names import use_own_names

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

NAMED = frozenset(
    {
        Op.LOAD_NAME,
        Op.LOAD_GLOBAL,
        Op.LOAD_OUTER_GLOBAL,
        Op.STORE_NAME,
        Op.STORE_GLOBAL,
        Op.DEL_NAME,
        Op.DEL_GLOBAL,
        Op.GETATTR,
        Op.SETATTR,
        Op.DELATTR,
        Op.IMPORT_SUB,
        Op.IMPORT_FROM,
    }
)
"""Instructions whose first immediate is such a name."""

LOADS = frozenset({Op.LOAD_NAME, Op.LOAD_GLOBAL})
LOOPS = frozenset({Op.LOOP, Op.FOR})
SUBPATTERNS = frozenset({Op.PATTERN_SEQUENCE, Op.PATTERN_MAPPING, Op.PATTERN_CLASS})
LEAVING = frozenset({Op.BREAK, Op.CONTINUE, Op.RETURN})


class CodeNames:
    """The names of one code object: `variables` are those of its local variables, parameters
    first, `names` what it uses by name."""

    def __init__(self, code: LinkedCode) -> None:
        self.code = code
        self._variables: dict[str, None] = {}
        self._names: dict[str, None] = {}
        self.rests: list[tuple[set[int], Variable | None]] = []
        if code.signature is not None:
            self._variables.update((code.mangle(name), None) for name in code.signature.names())
        self.in_cells = set(code.moved) if code.scope is None else code.scope.free_locals.copy()
        for inner in code.scopes.values():
            if inner.around is code.scope:  # variables of this code are free variables there
                self.in_cells |= inner.free_locals
        scope = code.scope
        begin, end = 0, len(code.source.instructions)
        if scope is not None:
            begin, end = scope.start + 1, scope.end
        instructions = code.source.instructions
        if begin > 0:  # a comprehension: its COMP stores the first item
            self.visit_result(instructions[begin - 1])
        skipped = range(0)
        for pc in compilation_order(instructions):
            if pc in skipped or not begin <= pc < end:
                continue
            raw = instructions[pc]
            function = code.scopes.get(pc)
            if function is None:
                self.visit(raw, pc)
            else:
                self.visit_operands(raw)
                skipped = range(pc, function.end + 1)
                self.visit_result(instructions[function.end])
        self.variables = tuple(self._variables)
        self.names = tuple(self._names)

    def visit(self, raw: Instruction, pc: int) -> None:
        """Note the names of an instruction."""
        code = self.code
        self.visit_operands(raw)
        if raw.op in NAMED:
            name = raw.imm[0]
            if raw.op not in LOADS or name != "__debug__":
                self._names[code.mangle(name)] = None
        elif raw.op is Op.IMPORT:
            self._names[raw.imm[0]] = None
        elif raw.op is Op.COMP:
            self.visit_targets(pc)
        if raw.op in SUBPATTERNS or self.rests:
            self.visit_pattern(raw)
        if raw.op in SUBPATTERNS:
            return
        for immediate, value in zip(raw.op.format.immediates, raw.imm, strict=True):
            if immediate.kind == "variable" and value is not None:
                self.visit_variable(value)
        self.visit_result(raw)

    def visit_operands(self, raw: Instruction) -> None:
        """Note the local variables that an instruction reads."""
        for operand in raw.src:
            if operand & 3 == 2:
                self.visit_local(operand >> 2)

    def visit_result(self, raw: Instruction) -> None:
        """Note the local variable that an instruction stores."""
        if raw.dst is not None and raw.dst & 7:
            self.visit_local(raw.dst >> 3)

    def visit_local(self, number: int) -> None:
        """A local variable is used, unless the host has it in a cell only."""
        if number not in self.in_cells:
            self._variables[self.code.local_names[number]] = None

    def visit_variable(self, variable: Variable) -> None:
        """A capture or the variable of a handler."""
        if variable.scope is Scope.LOCAL:
            self.visit_local(variable.slot)
        elif variable.scope is not Scope.CELL:
            self._names[self.code.mangle(variable.name)] = None

    def visit_pattern(self, raw: Instruction) -> None:
        """Note the variables for the rests of mappings, each after the patterns for its values."""
        while self.rests and not self.rests[-1][0]:
            self.visit_rest(self.rests.pop()[1])
        for parts, _ in self.rests:
            parts.difference_update(each >> 2 for each in raw.src if each & 3 == 0)
        if raw.op in SUBPATTERNS:
            first, count = (raw.dst or 0) >> 3, raw.imm[0]
            rest = raw.imm[1] if raw.op is Op.PATTERN_MAPPING else None
            self.rests.append((set(range(first, first + count)), rest))

    def visit_rest(self, rest: Variable | None) -> None:
        """The patterns for a mapping's values have been visited."""
        if rest is not None:
            self.visit_variable(rest)

    def visit_targets(self, pc: int) -> None:
        """A comprehension that is no function: its variables come before all that is in it."""
        depth = 0
        for raw in self.code.source.instructions[pc:]:
            depth += raw.op is Op.COMP
            if raw.op is Op.COMP_END:
                depth -= 1
                if depth == 0:
                    return
            elif depth == 1 and raw.dst is not None and raw.dst & 7 == Role.TARGET + 1:
                self.visit_local(raw.dst >> 3)


def compilation_order(instructions: Sequence[Instruction]) -> list[int]:
    """The pcs in the order in which the host compiles: the else part of a try statement before its
    handlers, its finally part also where the statement is left before; annotations that are not
    evaluated not at all."""
    order: list[int] = []
    regions: list[OpenRegion] = []
    finally_parts = find_finally_parts(instructions)
    quoted = 0
    for pc, raw in enumerate(instructions):
        op, kind = raw.op, raw.op.region[:1]
        if kind == "+":
            regions.append(OpenRegion(op, finally_parts.get(pc, ())))
        elif kind and op in (Op.HANDLER, Op.ELSE):
            regions[-1].parts.setdefault(op, len(order))
        elif op in (Op.FINALLY, Op.END):
            regions[-1].move_else(order)
        if kind == "-":
            regions.pop()
        quoted += op is Op.QUOTE
        if not quoted:
            order.append(pc)
        quoted -= op is Op.QUOTE_END
        if op in LEAVING:
            for region in reversed(regions):
                if op is not Op.RETURN and region.op in LOOPS:
                    break
                order.extend(region.finally_part)
    return order


class OpenRegion:
    """A region whose end has not been reached: where its parts begin in the order, and the pcs of
    its finally part, unless that has been reached."""

    __slots__ = ("finally_part", "op", "parts")

    def __init__(self, op: Op, finally_part: Sequence[int]) -> None:
        self.op = op
        self.finally_part = finally_part
        self.parts: dict[Op, int] = {}

    def move_else(self, order: list[int]) -> None:
        """The handlers and the else part are complete: put the latter first."""
        self.finally_part = ()
        if Op.HANDLER in self.parts and Op.ELSE in self.parts:
            first, second = self.parts.pop(Op.HANDLER), self.parts.pop(Op.ELSE)
            order[first:] = order[second:] + order[first:second]


def find_finally_parts(instructions: Sequence[Instruction]) -> dict[int, range]:
    """The pcs of the finally part of each try statement that has one, by the pc of its TRY."""
    found: dict[int, range] = {}
    begun: list[list[int]] = []  # TRY or another beginning, and FINALLY
    for pc, raw in enumerate(instructions):
        kind = raw.op.region[:1]
        if kind == "+":
            begun.append([pc])
        elif raw.op is Op.FINALLY:
            begun[-1].append(pc)
        elif kind == "-":
            begin, *middle = begun.pop()
            if middle:
                found[begin] = range(middle[0] + 1, pc)
    return found
