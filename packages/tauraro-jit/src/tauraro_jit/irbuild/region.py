"""Builds a region: request in, IR and frame contract out.

`prepare` reads the variables that the region mentions; then one block version after another is
filled from the work list, instruction by instruction.
"""

from __future__ import annotations

from operator import length_hint as hint
from typing import Any

from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Block, Jump
from ..native.region import Resume
from .builder import (
    HANDLERS,
    OPERATIONS,
    Anchor,
    BuiltRegion,
    Decline,
    RegionBuilder,
    RegionRequest,
    Unsupported,
)
from .calls import end_call
from .loops import begin_loop, enter_head
from .state import Key, Kind, State
from .variables import assigned_first, mentioned

SHORT = 256
"""Items that are few."""

ATTEMPTS = 4
"""A region is built at most once more than that."""


def build_region(request: RegionRequest) -> BuiltRegion:
    """The IR of a loop. Raises Decline, with the reason, for a loop that is not compiled. Where a
    statement is in the way, or a first round of its own is too much, it is built without."""
    b = RegionBuilder(request)
    b.has_first_round = is_short(request.iterator)
    for _ in range(ATTEMPTS):
        rejected, has_first_round, known = b.rejected, b.has_first_round, b.words
        words: set[Key] = set()
        try:
            built = build(b)
            words = become_words(b)
            if words <= known:
                return built
        except Decline as problem:
            if problem.statement is not None:
                rejected[problem.statement] = str(problem)
            elif has_first_round:
                has_first_round = False
            else:
                raise
        b = RegionBuilder(request)
        b.rejected, b.has_first_round, b.words = rejected, has_first_round, known | words
    return build(b)


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
    while b.work:
        block, pc, state = b.work.pop()
        run(b, block, pc, state)
        if b.operations > OPERATIONS:
            raise Decline("too large")
    b.entry.terminator = Jump(*first)
    if not b.iterated:
        raise Decline(b.unsupported[0][1] if b.unsupported else "never runs a second time")
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


def is_short(iterator: Any) -> bool:
    """Whether few items are left: then the first round counts. It is entered although variables
    that it assigns first have no value yet, or one of another type, which costs versions of its
    blocks without them."""
    return iterator is not None and hint(iterator) < SHORT


def run(b: RegionBuilder, block: Block, pc: int, state: State) -> None:
    """Fill a block from `pc` on, up to its terminator."""
    b.block = block
    b.state = state.copy()
    b.enter_code()
    b.facts = set()
    position: int | None = pc
    if pc < 0 and not state.calls:
        b.anchor = Anchor(Resume.NEXT, ~pc, state.copy())
    else:
        b.set_anchor(pc)
    while position is not None:
        pc = position
        if pc < 0:
            try:
                position = enter_head(b, ~pc)
            except Unsupported as problem:
                leave_for(b, b.code.instructions[~pc], problem)
                return
            continue
        if pc >= len(b.code.instructions):
            end_call(b)
            return
        at_start = b.flow.statements[pc] == pc and not b.state.calls
        if at_start and pc != b.anchor.pc:
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
