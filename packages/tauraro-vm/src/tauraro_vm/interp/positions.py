"""Which source span an instruction's request and its exceptions get: the one that the host gives to
its own instruction for the same purpose, which differs from version to version.

In: the instructions of a code object. Out: for each its span, and those of its leaf operands, told
apart by the span rules of the instruction table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span
from tauraro_frontend.bytecode.operands import Role
from tauraro_frontend.bytecode.spans import STATEMENT_ROLES, TARGETLESS_ROLES

from .own_names import use_own_names

use_own_names(globals())

NOWHERE = Span(1, 0, 1, 0)

PRECISE_TESTS = sys.version_info >= (3, 12)
"""Whether the host places a test at the expression tested, not at the statement."""

PRECISE_LOOPS = sys.version_info >= (3, 13)
"""Whether the host places iteration and context managers at their expression."""


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
    """Positions of the instructions of one code object, asked for in order. `open` are the spans of
    the regions around the instruction."""

    def __init__(self, instructions: Sequence[Instruction], first: Span) -> None:
        self.instructions = instructions
        self.last = first
        self.pc = -1
        self.open: list[Span | None] = []
        self.with_statement: Span | None = None
        self.tests: dict[int, Span] = {}
        self.chosen: list[Span] = []
        self._made: dict[int, Span] = {}

    def visit(self, instruction: Instruction) -> tuple[Span, Spans]:
        """The span of the next instruction, and its spans told apart."""
        self.pc += 1
        spans = read_spans(instruction)
        region = instruction.op.region
        if region.startswith("+"):
            self.open.append(spans.own)
        choose = CHOICES.get(instruction.op, own_span)
        span = choose(self, instruction, spans)
        if span is None or not is_plausible(span):
            span = self.last
        if region.startswith("-") and self.open:
            self.open.pop()
        self.last = span
        self.chosen.append(span)
        if instruction.op is Op.ASSERT:
            self.tests[self.pc] = self.operand(instruction, spans, 0) or span
        dst = instruction.dst
        if dst is not None and not dst & 7:
            self._made[dst >> 3] = spans.own or span
        return span, spans

    def operand(self, instruction: Instruction, spans: Spans, position: int) -> Span | None:
        """Where an operand is computed."""
        if position >= len(instruction.src):
            return None
        operand = instruction.src[position]
        if operand & 2:
            return spans.leaves.get(position)
        return self._made.get(operand >> 2)

    @property
    def region(self) -> Span | None:
        """The span of the innermost region."""
        return self.open[-1] if self.open else None

    def consumer(self, temporary: int, *ops: Op) -> Span | None:
        """The span of the next of these instructions that reads the temporary for the last time."""
        for later in self.instructions[self.pc + 1 :]:
            if later.op in ops and temporary << 2 in later.src:
                return read_spans(later).own
        return None

    def last_comparison(self, pc: int) -> Span | None:
        """The span of the comparison that the operand of the instruction at `pc` ends in."""
        while True:
            operand = self.instructions[pc].src[0]
            pc = next(
                (
                    earlier
                    for earlier in range(pc - 1, -1, -1)
                    if self.instructions[earlier].dst == operand << 1 and not operand & 3
                ),
                -1,
            )
            if pc < 0:
                return None
            op = self.instructions[pc].op
            if op is Op.COMPARE or op is Op.CHAIN_END:
                return self.chosen[pc]
            if op is not Op.BOOL_END and op is not Op.UNARY:
                return None

    def is_condition(self) -> bool:
        """Whether the innermost `and` or `or` is only tested for truth."""
        depth = 1
        temporary = -1
        for later in self.instructions[self.pc + 1 :]:
            if temporary < 0:
                depth += later.op is Op.BOOL
                depth -= later.op is Op.BOOL_END
                if depth == 0:
                    if later.dst is None or later.dst & 7:
                        return False
                    temporary = later.dst >> 3 << 2
            elif later.src != (temporary,):
                return False
            elif later.op in (Op.ARM, Op.BOOL_END):
                depth, temporary = 1 - (later.op is Op.BOOL_END), -1
                if depth == 0:
                    if later.dst is None or later.dst & 7:
                        return False
                    temporary = later.dst >> 3 << 2
            else:
                return later.op in TESTS
        return False


Choice = Callable[[Positions, Instruction, Spans], Span | None]

TESTS = frozenset({Op.IF, Op.COND, Op.LOOP_TEST, Op.ASSERT, Op.COMP_IF, Op.GUARD})


def own_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """The instruction's own span."""
    return spans.own or spans.target or spans.statement


def target_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where the target of a store stands; that of an augmented assignment was read before."""
    if spans.target is not None:
        return spans.target
    if instruction.op in (Op.SETATTR, Op.SETITEM):
        for earlier in reversed(positions.instructions[: positions.pc]):
            if earlier.op in (Op.GETATTR, Op.GETITEM) and earlier.src[0] == instruction.src[1] | 1:
                return read_spans(earlier).own
    return spans.own or spans.statement


def attribute_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """An attribute that stands on another line than its object: the attribute's name."""
    span = spans.own if instruction.op is Op.GETATTR else target_span(positions, instruction, spans)
    return None if span is None else at_name(span, span, instruction.imm[0])


def call_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """A call of a method that stands on another line than its object begins at the name."""
    function = instruction.src[0]
    if spans.own is None or function & 3:
        return spans.own
    for earlier in range(positions.pc - 1, -1, -1):
        raw = positions.instructions[earlier]
        if raw.dst == function << 1:
            if raw.op is not Op.GETATTR:
                return spans.own
            attribute = read_spans(raw).own
            return attribute and at_name(spans.own, attribute, raw.imm[0])
    return spans.own


def at_name(span: Span, attribute: Span, name: str) -> Span:
    """The span moved to the name at the end of an attribute, if that is on a later line."""
    if span.line == attribute.end_line or len(name) > attribute.end_column:
        return span
    line, end = attribute.end_line, attribute.end_column
    return Span(line, end - len(name), max(line, span.end_line), end)


def region_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """The innermost region's span."""
    return positions.region


def first_operand(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where the first operand is computed."""
    return positions.operand(instruction, spans, 0)


def tested(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where a value is tested."""
    if PRECISE_TESTS:
        return positions.operand(instruction, spans, 0)
    return spans.own or positions.region


def arm_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where an operand of `and` or `or` is tested."""
    if PRECISE_TESTS and positions.is_condition():
        return positions.operand(instruction, spans, 0)
    return positions.region


def loop_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where a loop gets its iterator and its items."""
    if PRECISE_LOOPS:
        return positions.operand(instruction, spans, 0)
    return spans.own or positions.region


def element_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where a comprehension adds an element."""
    if not PRECISE_TESTS:
        return positions.region
    first = positions.operand(instruction, spans, 0)
    last = positions.operand(instruction, spans, len(instruction.src) - 1)
    if first is None or last is None:
        return positions.region
    return Span(first.line, first.column, last.end_line, last.end_column)


def manager_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where a context manager is entered and left."""
    if spans.statement is not None:
        positions.with_statement = spans.statement
    if PRECISE_LOOPS:
        return positions.operand(instruction, spans, 0)
    return positions.with_statement


def arguments_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where arguments are collected: at the call."""
    temporary = instruction.src[0] >> 2
    return positions.consumer(temporary, Op.CALL_EX, Op.CLASS_EX) or spans.own


def import_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """The import statement, which the last of its instructions carries."""
    if spans.statement is not None or instruction.op is not Op.IMPORT:
        return spans.statement
    for later in positions.instructions[positions.pc + 1 :]:
        if later.op is Op.IMPORT and not later.imm[-1]:
            return read_spans(later).statement
    return None


def assertion_span(positions: Positions, instruction: Instruction, spans: Spans) -> Span | None:
    """Where a failed assertion raises: on 3.13 where it was tested, on 3.11 at the last comparison
    of the test, if it ends in one."""
    begin = positions.pc - 1
    while begin > 0 and positions.instructions[begin].op is not Op.ASSERT:
        begin -= 1
    if PRECISE_LOOPS:
        return positions.tests.get(begin)
    if not PRECISE_TESTS:
        return positions.last_comparison(begin) or positions.region
    return positions.region


CHOICES: dict[Op, Choice] = {
    **dict.fromkeys(
        (Op.STORE_NAME, Op.STORE_GLOBAL, Op.STORE_CELL, Op.SETITEM, Op.UNPACK), target_span
    ),
    **dict.fromkeys((Op.GETATTR, Op.SETATTR, Op.DELATTR), attribute_span),
    Op.CALL: call_span,
    **dict.fromkeys((Op.CHAIN_COMPARE, Op.CHAIN_END), region_span),
    **dict.fromkeys((Op.IF, Op.COND, Op.LOOP_TEST, Op.ASSERT, Op.COMP_IF, Op.GUARD), tested),
    **dict.fromkeys((Op.FOR, Op.COMP, Op.COMP_FOR), loop_span),
    **dict.fromkeys((Op.EXTEND, Op.APPEND, Op.DICT_UPDATE, Op.DICT_ADD), first_operand),
    **dict.fromkeys(
        (Op.ARGS_EXTEND, Op.ARGS_APPEND, Op.KWARGS_ADD, Op.KWARGS_MERGE), arguments_span
    ),
    Op.ARM: arm_span,
    Op.COMP_YIELD: element_span,
    Op.WITH: manager_span,
    Op.DECORATE: first_operand,
    Op.IMPORT: import_span,
    Op.ANNOTATE: first_operand,
    Op.ASSERT_END: assertion_span,
}
"""How the span is chosen where it is not the instruction's own."""


def is_plausible(span: Span) -> bool:
    """Whether the host's compiler accepts the span."""
    line, column, end_line, end_column = span
    if not (0 < line <= end_line < 1 << 30 and 0 <= column < 1 << 30 and 0 <= end_column < 1 << 30):
        return False
    return line < end_line or column <= end_column
