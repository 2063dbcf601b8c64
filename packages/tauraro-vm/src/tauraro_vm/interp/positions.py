"""Which source span an instruction's request and its exceptions get.

In: an instruction with its spans, and the spans of the instructions that made its temporaries. Out:
the span of the instruction and those of its leaf operands, by the span rules of the table.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span
from tauraro_frontend.bytecode.operands import Role
from tauraro_frontend.bytecode.spans import STATEMENT_ROLES, TARGETLESS_ROLES

NOWHERE = Span(1, 0, 1, 0)

AT_OPERAND = {
    Op.FOR: 0,
    Op.COMP_FOR: 0,
    Op.WITH: 0,
    Op.DECORATE: 0,
    Op.ARM: 0,
    Op.GUARD: 0,
    Op.COMP_IF: 0,
    Op.COMP_YIELD: 0,
    Op.LOOP_TEST: 0,
    Op.IF: 0,
    Op.COND: 0,
    Op.ASSERT: 0,
    Op.DICT_UPDATE: 1,
    Op.APPEND: 1,
    Op.DICT_ADD: 1,
    Op.ANNOTATE: 0,
}
"""Instructions whose exceptions belong to one of their operands."""


class Spans(NamedTuple):
    """The spans of one instruction, told apart: `own`, those of leaf operands by their position,
    the statement's and the target's of a store, and the one that only the last of several has."""

    own: Span | None
    leaves: dict[int, Span]
    statement: Span | None
    target: Span | None


def read_spans(instruction: Instruction) -> Spans:
    """Tell the spans of an instruction apart."""
    op, src = instruction.op, instruction.src
    remaining = iter(instruction.spans)
    imm = immediates(instruction)
    role = imm.get("role")
    own = statement = target = None
    leaves: dict[int, Span] = {}
    split = 1 if op.spans.count("leaves") == 2 else len(src)
    start = 0
    for rule in op.spans:
        if rule == "leaves":
            end = split if start == 0 else len(src)
            for position in range(start, end):
                if src[position] & 2:
                    leaves[position] = next(remaining, NOWHERE)
            start = end
        elif rule in ("self", "name"):
            span = next(remaining, NOWHERE)
            own = own or span
        elif rule == "keywords":
            for _ in imm["keywords"]:
                next(remaining, None)
        elif rule == "stmt":
            statement = next(remaining, None) if role in STATEMENT_ROLES else None
        elif rule == "target":
            target = next(remaining, None) if role not in TARGETLESS_ROLES else None
        elif rule == "last":
            statement = None if imm["more"] else next(remaining, None)
        elif rule == "single":
            if imm["single"]:
                next(remaining, None)
        elif imm["named" if rule == "plain" else rule] is not None:
            next(remaining, None)
    if instruction.dst is not None and instruction.dst & 7:
        stored = Role((instruction.dst & 7) - 1)
        if stored in STATEMENT_ROLES:
            statement = next(remaining, statement)
        if stored not in TARGETLESS_ROLES:
            target = next(remaining, target)
    return Spans(own, leaves, statement, target)


def immediates(instruction: Instruction) -> dict[str, Any]:
    """An instruction's immediates by name."""
    names = [immediate.name for immediate in instruction.op.format.immediates]
    return dict(zip(names, instruction.imm, strict=True))


class Positions:
    """Positions of the instructions of one code object, asked for in order."""

    def __init__(self, first: Span) -> None:
        self.last = first
        self._made: dict[int, Span] = {}

    def visit(self, instruction: Instruction) -> tuple[Span, Spans]:
        """The span of the instruction, and its spans told apart."""
        spans = read_spans(instruction)
        span = self._choose(instruction, spans)
        if span is None or not is_plausible(span):
            span = self.last
        self.last = span
        dst = instruction.dst
        if dst is not None and not dst & 7:
            self._made[dst >> 3] = span
        return span, spans

    def operand(self, instruction: Instruction, spans: Spans, position: int) -> Span | None:
        """Where an operand is computed."""
        if position >= len(instruction.src):
            return None
        operand = instruction.src[position]
        if operand & 2:
            return spans.leaves.get(position)
        return self._made.get(operand >> 2)

    def _choose(self, instruction: Instruction, spans: Spans) -> Span | None:
        position = AT_OPERAND.get(instruction.op)
        if position is not None:
            span = self.operand(instruction, spans, position)
            if span is not None:
                return span
        if instruction.op in PLACES:
            return spans.target or spans.own or spans.statement
        return spans.own or spans.target or spans.statement


PLACES = frozenset(
    {Op.STORE_NAME, Op.STORE_GLOBAL, Op.STORE_CELL, Op.SETATTR, Op.SETITEM, Op.UNPACK}
)
"""Instructions whose exceptions belong to their target."""


def is_plausible(span: Span) -> bool:
    """Whether the host's compiler accepts the span."""
    line, column, end_line, end_column = span
    if not (0 < line <= end_line < 1 << 30 and 0 <= column < 1 << 30 and 0 <= end_column < 1 << 30):
        return False
    return line < end_line or column <= end_column
