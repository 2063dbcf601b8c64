"""Builds a region: request in, IR and frame contract out.

`prepare` reads the variables that the region mentions; then one block version after another is
filled from the work list, instruction by instruction.
"""

from __future__ import annotations

from operator import length_hint as hint

from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Block, Jump
from ..layout.iterators import inner_of
from ..native.region import Resume
from . import dicts
from .bodies import Bodies, BodyBuilder
from .buffers import register_types
from .builder import (
    HANDLERS,
    Anchor,
    BuiltRegion,
    Decline,
    Growth,
    RegionBuilder,
    RegionRequest,
    Unsupported,
)
from .calls import end_call
from .comprehensions import next_element
from .effects import settle
from .lists import has_growth
from .loops import begin_loop, enter_head
from .owned import makes_lists, own, replace_inputs
from .state import Key, Kind, Shape, State, element_shape
from .variables import assigned_first, mentioned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SHORT = 256
"""Items that are few."""

ATTEMPTS = 6
"""A region is built at most once more than that."""


def build_loop(request: RegionRequest, fill: Callable[[BodyBuilder], None]) -> BuiltRegion:
    """The IR of a loop. Raises Decline, with the reason, for a loop that is not compiled. Where a
    statement is in the way, or a first round of its own is too much, it is built without. `fill`
    builds the bodies that it calls."""
    b = RegionBuilder(request)
    b.bodies = Bodies(b, fill)
    b.has_first_round = is_short(request.iterator)
    b.grows, b.owns = has_growth(b), makes_lists(b)
    b.shapes = shapes_of(request)
    for _ in range(ATTEMPTS):
        rejected, has_first_round, known = b.rejected, b.has_first_round, b.words
        grows, owns, shapes = b.grows, b.owns, dict(b.shapes)
        words: set[Key] = set()
        try:
            built = build(b)
            words = become_words(b)
            if words <= known and b.shapes == shapes:
                return built
        except Growth as problem:
            grows, owns = grows or not problem.owning, owns or problem.owning
        except Decline as problem:
            if problem.statement is not None:
                rejected[problem.statement] = str(problem)
            elif has_first_round:
                has_first_round = False
            elif b.shapes == shapes:
                raise
        learned = b.shapes
        b = RegionBuilder(request)
        b.bodies = Bodies(b, fill)
        b.rejected, b.has_first_round, b.words = rejected, has_first_round, known | words
        b.grows, b.owns, b.shapes = grows, owns, learned
    return build(b)


def shapes_of(request: RegionRequest) -> dict[Key, Shape]:
    """What the lists hold that the variables of the program hold."""
    return {
        key: element_shape(sample, request.classes)
        for key, sample in request.samples.items()
        if isinstance(sample, list) and type(sample) is list and sample
    }


def become_words(b: RegionBuilder) -> set[Key]:
    """The variables that are entered as ints, and hold words when the loop comes round."""
    found = set()
    for (pc, *_), (_, state) in b.versions.items():
        if pc == ~b.request.loop_pc:
            found |= {key for key, typed in state.variables.items() if typed.kind is Kind.WORD}
    return {key for key in found if type(b.request.samples.get(key)) is int}


def build(b: RegionBuilder) -> BuiltRegion:
    """Build the region. Raises Decline."""
    prepare(b)
    start = b.start.pc
    first = b.version(start, b.state)
    while b.work or b.raising:
        try:
            step(b)
        except Unsupported as problem:  # where several ways meet: the region does without it
            raise Decline(str(problem), b.anchor.statement) from problem
        b.check_size()
    b.entry.terminator = Jump(*first)
    if not b.iterated:
        raise Decline(b.unsupported[0][1] if b.unsupported else "never runs a second time")
    if b.bodies is not None:
        b.bodies.attach()
    own(b)
    b.function.slots = b.slot_count
    return BuiltRegion(
        b.function,
        tuple(b.inputs),
        b.own_iterator,
        tuple(b.keep),
        tuple(b.unsupported),
    )


def prepare(b: RegionBuilder) -> None:
    """Inputs: the variables that the region mentions, as the samples show them."""
    used, b.assigned = mentioned(b.code, b.flow, b.request)
    register_types()
    dicts.register_types()
    loop_pc = b.request.loop_pc
    body = min(pc for pc, first in b.flow.statements.items() if pc > loop_pc and first == pc)
    b.start = Anchor(Resume.STATEMENT, body, b.state)
    b.anchor = b.start
    begin_loop(b)
    unneeded = assigned_first(b.code, b.flow, body) if b.has_first_round else set()
    for key in sorted((used | b.assigned) - unneeded, key=repr):
        if key in b.request.samples:
            typed = b.enter(key, b.request.samples[key])
            if key in b.assigned:
                if typed.kind is not Kind.OPAQUE:
                    b.state.variables[key] = typed
            else:
                b.invariants[key] = typed
    replace_inputs(b, list(b.state.variables.values()))


def is_short(iterator: Any) -> bool:
    """Whether few items are left: then the first round counts. It is entered although variables
    that it assigns first have no value yet, or one of another type, which costs versions of its
    blocks without them."""
    if type(iterator) is zip:
        return all(hint(part) < SHORT for part in inner_of(iterator))
    return iterator is not None and hint(iterator) < SHORT


def step(b: RegionBuilder) -> None:
    """Fill the next block."""
    if b.raising:
        block, pc, state, anchor = b.raising.pop()
        run(b, block, pc, state, anchor)
    else:
        run(b, *b.work.pop())


def run(
    b: RegionBuilder, block: Block, pc: int, state: State, anchor: Anchor | None = None
) -> None:
    """Fill a block from `pc` on, up to its terminator. `anchor`: it is a handler, which belongs to
    the statement that raised."""
    b.block = block
    b.state = state.copy()
    b.enter_code()
    b.facts = set()
    b.sizes = {}
    position: int | None = pc
    in_collection = bool(state.loops) and state.loops[-1].collects
    if anchor is not None:
        b.anchor = anchor
    elif pc < 0 and not state.calls and not in_collection:
        b.anchor = Anchor(Resume.NEXT, ~pc, state.copy())
    else:
        b.set_anchor(~pc if pc < 0 else pc)
    while position is not None:
        pc = b.pc = position
        if pc < 0:
            try:
                position = next_element(b, ~pc) if in_collection else enter_head(b, ~pc)
            except Unsupported as problem:
                leave_for(b, b.code.instructions[~pc], problem)
                return
            continue
        if pc >= len(b.code.instructions):
            last = b.code.instructions[-1]
            try:
                end_call(b)
            except Unsupported as problem:  # what it returns is not for the caller
                leave_for(b, last, problem)
            return
        at_start = b.flow.statements[pc] == pc and not b.state.calls and pc not in b.flow.handled
        if at_start and pc != b.anchor.pc:
            settle(b)
            b.set_anchor(pc)
        instruction = b.code.instructions[pc]
        handler = HANDLERS.get(instruction.op)
        try:
            if at_start and pc in b.rejected:
                raise Unsupported(b.rejected[pc])
            if handler is None:
                raise Unsupported(f"{instruction.op.name} is not compiled")
            position = handler(b, pc, instruction)
        except Unsupported as problem:
            leave_for(b, instruction, problem)
            return


def leave_for(b: RegionBuilder, instruction: Instruction, problem: Unsupported) -> None:
    """End the block: an instruction is not compiled; the host executes the statement. A loop that
    cannot even take its items is not compiled at all."""
    spans = instruction.spans
    b.unsupported.append((spans[0].line if spans else 0, str(problem)))
    anchor = b.anchor
    own_target = anchor.pc == b.request.loop_pc and b.request.iterator is not None
    if anchor.dirty or (own_target and anchor.resume is Resume.NEXT):
        raise Decline(str(problem), anchor.statement) from None
    b.leave(anchor.resume, anchor.pc, anchor.state, str(problem))
