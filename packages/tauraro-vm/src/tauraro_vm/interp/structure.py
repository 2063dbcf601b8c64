"""Resolves the nesting of regions into jumps and unwind parts.

In: the instructions of a code object, verified to be well nested. Out: for each instruction where
it jumps, the part it stands in and the part it ends; extra instructions that advance loops and call
exit methods. One function per kind of region boundary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span
from tauraro_frontend.bytecode.operands import Role, Scope, Variable

from .instruction import Instruction as Linked
from .leaves import AWAIT, CALL1, CALL2, CALL3, RERAISE, Request, Shape
from .ops_control import advance, advance_async
from .ops_with import call_exit, call_exit_with_exception
from .own_names import use_own_names
from .regions import (
    ComprehensionPart,
    ElsePart,
    ExitPart,
    FinallyPart,
    HandlerBody,
    HandlerTest,
    HandlerVariable,
    LoopPart,
    Part,
    TryBody,
    TryRegion,
    WithPart,
)

if TYPE_CHECKING:
    from .link import CodeLinker

use_own_names(globals())


@dataclass(slots=True)
class Open:
    """A region whose end has not been reached. `outer` is the part around it, `pending` the
    instructions that jump to a place not yet known: the region's end, or in a match the next
    alternative; `written` the temporaries that a pattern has written."""

    begin: Linked
    outer: Part | None
    part: Part | None = None
    region: TryRegion | None = None
    divider: Linked | None = None
    pending: list[Linked] = field(default_factory=list)
    ends: list[Linked] = field(default_factory=list)
    loops: list[Linked] = field(default_factory=list)
    written: list[int] = field(default_factory=list)


class Resolver:
    """The walk over one code object. `part` is the innermost part at the current instruction,
    `withs` the number of with statements around it."""

    def __init__(self, linker: CodeLinker) -> None:
        self.linker = linker
        self.open: list[Open] = []
        self.withs = 0
        self.part: Part | None = None

    def following(self, linked: Linked) -> Linked:
        """The instruction after a given one."""
        return linked.next

    def enter(self, linked: Linked, part: Part | None = None) -> Open:
        """Open a region; `part`, if given, is where its first instructions stand."""
        entry = Open(linked, self.part, part)
        self.open.append(entry)
        if part is not None:
            self.part = part
        return entry

    def close(self) -> Open:
        """Close the innermost region."""
        entry = self.open.pop()
        self.part = entry.outer
        return entry

    def leaf_of_line(self, pc: int) -> int:
        """The leaf at which an exception of the instruction is raised again: at its line, or at
        that of the comprehension around it."""
        span = self.linker.places[pc]
        for entry in self.open:
            if entry.begin.op is Op.COMP:
                span = self.linker.spans[entry.begin.pc].own or span
                break
        return self.linker.leaf(RERAISE, Span(span.line, 0, span.line, 0))

    def innermost(self, *ops: Op) -> Open:
        """The innermost open region that one of these opcodes began."""
        return next(entry for entry in reversed(self.open) if entry.begin.op in ops)


Boundary = Callable[[Resolver, Linked, Instruction], None]
BOUNDARIES: dict[Op, Boundary] = {}


def at(*ops: Op) -> Callable[[Boundary], Boundary]:
    """Register the function for a region boundary."""

    def register(boundary: Boundary) -> Boundary:
        for op in ops:
            BOUNDARIES[op] = boundary
        return boundary

    return register


def resolve_structure(linker: CodeLinker) -> None:
    """Resolve the structure of the linker's code object."""
    resolver = Resolver(linker)
    for pc, raw in enumerate(linker.source.instructions):
        linked = linker.instructions[pc]
        linked.part = resolver.part
        if resolver.withs and linker.around[pc] is None:
            linked.again = resolver.leaf_of_line(pc)
        boundary = BOUNDARIES.get(raw.op)
        if boundary is not None:
            linker.stand_at(pc)
            boundary(resolver, linked, raw)
        note_comprehension_variable(resolver, linked, raw)


# --- regions that yield a value


@at(Op.BOOL, Op.CHAIN, Op.COND, Op.ASSERT)
def begin_value(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.enter(linked)


@at(Op.ARM, Op.CHAIN_COMPARE)
def decide(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.open[-1].pending.append(linked)
    linked.x = resolver.open[-1].begin


@at(Op.BOOL_END, Op.CHAIN_END)
def end_decision(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    for arm in resolver.close().pending:
        arm.jump = linked


@at(Op.COND_ELSE)
def divide_conditional(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    entry.begin.jump = resolver.following(linked)
    entry.divider = linked


@at(Op.COND_END)
def end_conditional(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    divider = resolver.close().divider
    if divider is not None:
        divider.jump = resolver.following(linked)
        divider.dst = linked.dst


@at(Op.ASSERT_END)
def end_assert(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.close().begin.jump = resolver.following(linked)


@at(Op.QUOTE)
def begin_quote(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.enter(linked)


@at(Op.QUOTE_END)
def end_quote(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    begin = resolver.close().begin
    begin.jump = resolver.following(linked)
    begin.dst = linked.dst


# --- comprehensions


@at(Op.COMP)
def begin_comprehension(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    linker = resolver.linker
    function = linker.comprehensions.get(linked.pc)
    part = ComprehensionPart(resolver.part if function is None else None, raw.imm[0])
    linked.slot = linker.new_register()  # of the collection
    part.slots.append(linked.slot)
    entry = resolver.enter(linked, part)
    if function is not None:
        linker.stand_at(linked.pc + 1)
    add_comprehension_loop(resolver, entry, linked, linked)
    if function is not None:
        function.start = linked.jump
        function.start.fault = linker.leaf(CALL1, linker.places[linked.pc])
        function.collection, function.iterator = linked.slot, linked.jump.slot


@at(Op.COMP_FOR)
def inner_loop(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    add_comprehension_loop(resolver, entry, linked, entry.loops[-1])


def add_comprehension_loop(
    resolver: Resolver, entry: Open, linked: Linked, exhausted: Linked
) -> None:
    """A loop of a comprehension: `linked` starts it; when it is exhausted, the enclosing loop
    advances (the outermost one goes to the end)."""
    step = add_advance(resolver, linked)
    step.jump = exhausted
    step.part = entry.part
    assert isinstance(entry.part, ComprehensionPart)
    entry.part.slots.append(step.slot)
    linked.jump = step
    entry.loops.append(step)


@at(Op.COMP_IF, Op.COMP_YIELD)
def next_item(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    linked.jump = entry.loops[-1]
    linked.slot = entry.begin.slot


@at(Op.COMP_END)
def end_comprehension(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.close()
    entry.loops[0].jump = linked
    linked.slot = entry.begin.slot
    linked.ends = entry.part
    linked.part = entry.part
    if entry.begin.pc in resolver.linker.comprehensions:  # what a call of a function gives
        entry.begin.dst, entry.begin.next = linked.dst, linked.next


def add_advance(resolver: Resolver, linked: Linked) -> Linked:
    """The extra instruction that gets a loop's next item; its slot holds the iterator."""
    linker = resolver.linker
    is_async = linker.source.instructions[linked.pc].imm[-1]
    step = linker.extra(linked, advance_async if is_async else advance)
    shape = Shape(Request.NEXT_ASYNC, base=linked.dst) if is_async else CALL2
    step.leaf = linker.leaf(shape, linker.places[linked.pc])
    step.slot = linker.new_register()
    step.dst = linked.dst
    step.next = resolver.following(linked)
    return step


def note_comprehension_variable(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    """Record what a comprehension binds: its variables go when it ends."""
    part = resolver.part
    if not isinstance(part, ComprehensionPart):
        return
    dst = raw.dst
    if dst is not None and dst & 7 == Role.TARGET + 1:
        part.variables.append(dst >> 3)
    elif raw.op is Op.STORE_CELL and raw.imm[1] is Role.TARGET:
        part.cells.append(resolver.linker.cell_register(raw.imm[0]))


# --- if, loops


@at(Op.IF)
def begin_if(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.enter(linked)


@at(Op.LOOP)
def begin_loop(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    part = LoopPart(resolver.part, -1)
    part.head = resolver.following(linked)
    resolver.enter(linked, part)


@at(Op.LOOP_TEST)
def loop_test(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.open[-1].pending.append(linked)


@at(Op.FOR)
def begin_for(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    step = add_advance(resolver, linked)
    part = LoopPart(resolver.part, step.slot)
    step.part = part
    part.head = step
    linked.jump = step
    resolver.enter(linked, part).pending.append(step)


@at(Op.ELSE)
def divide(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    following = resolver.following(linked)
    if entry.begin.op is Op.TRY:
        region = entry.region
        assert region is not None
        linked.ends = resolver.part
        region.else_start = following
        resolver.part = ElsePart(region)
    elif entry.begin.op is Op.IF:
        entry.begin.jump = following
    else:
        linked.ends = entry.part
        for test in entry.pending:
            test.jump = following
        resolver.part = entry.outer
    entry.divider = linked


@at(Op.END)
def end_statement(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    ended = resolver.part
    if isinstance(ended, FinallyPart):
        place = resolver.linker.places[linked.pc]
        ended.region.finally_leaf = resolver.linker.leaf(RERAISE, place)
    entry = resolver.close()
    resolver.withs -= entry.begin.op is Op.WITH
    END_OF[entry.begin.op](entry, ended, linked, resolver.following(linked))
    linked.part = entry.outer


def end_if(entry: Open, ended: Part | None, linked: Linked, after: Linked) -> None:
    (entry.divider or entry.begin).jump = after


def end_loop(entry: Open, ended: Part | None, linked: Linked, after: Linked) -> None:
    part = entry.part
    assert isinstance(part, LoopPart)
    part.after = after
    if entry.divider is None:
        linked.ends = part
        for test in entry.pending:
            test.jump = after


def end_try(entry: Open, ended: Part | None, linked: Linked, after: Linked) -> None:
    assert entry.region is not None
    entry.region.after = after
    linked.ends = ended


def end_with(entry: Open, ended: Part | None, linked: Linked, after: Linked) -> None:
    part = entry.part
    assert isinstance(part, WithPart)
    linked.ends = part
    part.on_end.next = part.on_exception.next = part.on_reason.next = after


def end_match(entry: Open, ended: Part | None, linked: Linked, after: Linked) -> None:
    for instruction in entry.pending:
        instruction.jump = linked
    for instruction in entry.ends:
        instruction.jump = after
    linked.clears = (entry.begin.dst,)


END_OF: dict[Op, Callable[[Open, Part | None, Linked, Linked], None]] = {
    Op.IF: end_if,
    Op.LOOP: end_loop,
    Op.FOR: end_loop,
    Op.TRY: end_try,
    Op.WITH: end_with,
    Op.MATCH: end_match,
}


# --- with, try


@at(Op.WITH)
def begin_with(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    linker = resolver.linker
    part = WithPart(resolver.part, linker.new_register(), linker.new_register())
    linked.slot = part.slot
    part.on_end = linker.extra(linked, call_exit)
    part.on_reason = linker.extra(linked, call_exit)
    part.on_exception = linker.extra(linked, call_exit_with_exception)
    part.on_exception.part = ExitPart(resolver.part)
    place = linker.places[linked.pc]
    part.leaf = linker.leaf(RERAISE, place)
    for added in (part.on_end, part.on_reason, part.on_exception):
        added.ends = part
        added.slot = part.slot
        added.leaf = linker.leaf(CALL3, place)
        added.test_leaf = linker.leaf(CALL1, place)
        added.move = linker.leaf(AWAIT, place) if raw.imm[0] else -1
    resolver.enter(linked, part)
    resolver.withs += 1


@at(Op.TRY)
def begin_try(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    linker = resolver.linker
    star_slot = linker.new_register() if raw.imm[0] else -1
    region = TryRegion(resolver.part, linker.new_register(), star_slot)
    resolver.enter(linked, TryBody(region)).region = region


@at(Op.HANDLER)
def begin_handler(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    region = resolver.open[-1].region
    assert region is not None
    linked.ends = resolver.part
    resolver.part = HandlerTest(region, len(region.handlers))
    region.handlers.append(resolver.following(linked))


@at(Op.EXCEPT)
def begin_handler_body(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    test = resolver.part
    assert isinstance(test, HandlerTest)
    variable: Variable | None = raw.imm[0]
    bound = None
    if variable is not None:
        register = variable.slot
        if variable.scope is Scope.CELL:
            register = resolver.linker.cell_register(register)
        name = resolver.linker.code.mangle(variable.name)
        shown = resolver.linker.shown.get(register, -1)
        bound = HandlerVariable(variable.scope, register, name, shown)
    linked.x = bound
    place = resolver.linker.places[linked.pc]
    test.region.leaf = resolver.linker.leaf(RERAISE, place)
    resolver.part = HandlerBody(test.region, test.number, bound)


@at(Op.FINALLY)
def begin_finally(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    region = resolver.open[-1].region
    assert region is not None
    linked.ends = resolver.part
    region.finally_start = resolver.following(linked)
    resolver.part = FinallyPart(region)


# --- match


@at(Op.MATCH)
def begin_match(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.enter(linked)


@at(Op.CASE)
def begin_case(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    following = resolver.following(linked)
    for instruction in entry.pending:
        instruction.jump = following
    entry.pending.clear()
    entry.written.clear()
    if entry.divider is not None:  # reached from the body of the case before
        entry.ends.append(linked)
    entry.divider = linked


@at(Op.CASE_BODY)
def begin_case_body(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    linked.clears = (resolver.open[-1].begin.dst,)


PATTERNS = (
    Op.PATTERN_VALUE,
    Op.PATTERN_SINGLETON,
    Op.PATTERN_SEQUENCE,
    Op.PATTERN_MAPPING,
    Op.PATTERN_CLASS,
)


@at(Op.GUARD, *PATTERNS)
def may_fail(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    entry.pending.append(linked)
    linked.clears = tuple(entry.written)
    if raw.op.format.dst == "dsts":
        first = linked.dst
        count = raw.imm[0]
        entry.written.extend(range(first, first + count))


@at(Op.PATTERN_OR)
def begin_alternatives(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    resolver.enter(linked)


@at(Op.PATTERN_ARM)
def next_alternative(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.open[-1]
    for instruction in entry.pending:
        instruction.jump = resolver.following(linked)
    entry.pending.clear()
    entry.written.clear()
    entry.ends.append(linked)  # the alternative before it matched


@at(Op.PATTERN_OR_END)
def end_alternatives(resolver: Resolver, linked: Linked, raw: Instruction) -> None:
    entry = resolver.close()
    for instruction in entry.ends:
        instruction.jump = linked
    outer = resolver.open[-1]
    for instruction in entry.pending:
        instruction.clears += tuple(outer.written)
    outer.pending += entry.pending
