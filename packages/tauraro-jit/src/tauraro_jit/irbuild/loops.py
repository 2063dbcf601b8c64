"""for and while, break and continue, and the ends of statement regions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, ExitPoint, Jump, Leave, Value
from ..ir.ops import Op
from ..native.region import IteratorState, Resume
from .arithmetic import integer, is_true
from .builder import Decline, RegionBuilder, Unsupported, builds
from .calls import finish_call
from .iterators import ENUMERATED, PLAIN
from .sequences import load_element
from .state import Kind, Loop, State, Typed, element_shape, shape_at
from .variables import read, write

ASKED = "the interpreter is asked for"

Next = tuple[Value, Callable[[], tuple[Typed, Typed]]]
"""Whether an iterator is exhausted; and how to take its next item: the item and the iterator behind
it."""


COUNTABLE = 2**62
"""`enumerate` counts from less than that on."""

SLOTS = {Kind.RANGE: 3, Kind.LIST: 2, Kind.TUPLE: 2}
KINDS: dict[type, Kind] = {
    type(iter(range(0))): Kind.RANGE,
    type(iter([])): Kind.LIST,
    type(iter(())): Kind.TUPLE,
}


def enter_iterator(b: RegionBuilder) -> Typed | None:
    """Read the region's own iterator."""
    iterator: Any = b.request.iterator
    if iterator is None:
        return None
    counted = type(iterator) is enumerate
    inner = iterator.__reduce__()[1][0] if counted else iterator
    kind = KINDS.get(type(inner))
    if kind is None:
        raise Decline(f"a for loop over {type(inner).__name__}")
    tag = ENUMERATED[kind] if counted else PLAIN[kind]
    slot = b.slot(("iterator", 0, tag), SLOTS[kind] + counted)
    b.own_iterator = IteratorState(tag, slot)
    if not counted:
        return enter_plain(b, kind, slot, inner)
    number = b.emit(Op.SLOT_INT, attr=slot)
    return Typed(Kind.ENUMERATE, (number,), parts=(enter_plain(b, kind, slot + 1, inner),))


def begin_loop(b: RegionBuilder) -> None:
    """Enter the region's own loop."""
    iterator = enter_iterator(b)
    b.state.loops = (Loop(b.request.loop_pc, iterator),)
    if iterator is not None and iterator.kind is Kind.ENUMERATE:
        b.guard(b.emit(Op.INT_LT, iterator.values[0], b.const_int(COUNTABLE)))


def enter_plain(b: RegionBuilder, kind: Kind, slot: int, iterator: Any) -> Typed:
    """Read the iterator of a range, list or tuple."""
    if kind is Kind.RANGE:
        values = tuple(b.emit(Op.SLOT_INT, attr=slot + i) for i in range(3))
        return Typed(kind, values)
    reduced: Any = iterator.__reduce__()
    sequence = reduced[1][0] if len(reduced) > 2 else ()
    opened = b.opened(kind, b.emit(Op.SLOT_OBJECT, attr=slot), element_shape(sequence))
    index = b.emit(Op.SLOT_INT, attr=slot + 1)
    return Typed(kind, (*opened.values, index), opened.shape)


def next_item(b: RegionBuilder, iterator: Typed) -> Next:
    """The next item of an iterator."""
    if iterator.kind is Kind.RANGE:
        following, step, left = iterator.values

        def take_number() -> tuple[Typed, Typed]:
            fewer = b.emit(Op.SUB, left, b.const_int(1))
            # the value behind the last item may overflow, and is never used then
            values = (b.emit(Op.ADD, following, step), step, fewer)
            return integer(following), Typed(Kind.RANGE, values)

        return b.emit(Op.INT_LE, left, b.const_int(0)), take_number
    if iterator.kind is Kind.ENUMERATE:
        return next_pair(b, iterator)
    pointer, items, size, index = iterator.values

    def take_element() -> tuple[Typed, Typed]:
        item = load_element(b, shape_at(iterator.shape, None), items, index)
        values = (pointer, items, size, b.emit(Op.ADD, index, b.const_int(1)))
        return item, Typed(iterator.kind, values, iterator.shape)

    return b.emit(Op.INT_GE, index, size), take_element


def next_pair(b: RegionBuilder, iterator: Typed) -> Next:
    """The next item of `enumerate`: a number and an item."""
    (number,) = iterator.values
    finished, take = next_item(b, iterator.parts[0])

    def take_pair() -> tuple[Typed, Typed]:
        item, advanced = take()
        following = b.emit(Op.ADD, number, b.const_int(1))
        pair = Typed(Kind.PAIR, parts=(integer(number), item))
        return pair, Typed(Kind.ENUMERATE, (following,), parts=(advanced,))

    return finished, take_pair


def enter_head(b: RegionBuilder, pc: int) -> int:
    """The head of the loop at pc, which is the anchor: the next item of `for`, the test of
    `while`."""
    loop = b.state.loops[-1]
    if loop.iterator is None:
        return pc + 1
    finished, take = next_item(b, loop.iterator)
    if len(b.state.loops) == 1:
        ended = leave_jump(b, b.leave_to(Resume.NEXT, pc, b.state, "the loop has ended"))
    else:
        ended = Jump(*b.version(behind_loop(b, pc), without_loop(b)))
    body = b.function.block()
    b.block.terminator = Branch(finished, ended, Jump(body, ()))
    b.block = body
    item, advanced = take()
    b.state.loops = (*b.state.loops[:-1], loop.at(advanced))
    write(b, b.code.instructions[pc], item)
    return pc + 1


def leave_jump(b: RegionBuilder, exit_: ExitPoint) -> Jump:
    """A jump to a block that only leaves."""
    block = b.function.block()
    block.terminator = Leave(exit_)
    return Jump(block, ())


def without_loop(b: RegionBuilder) -> State:
    """The state behind the innermost loop."""
    state = b.state.copy()
    state.loops = state.loops[:-1]
    return state


def behind_loop(b: RegionBuilder, pc: int) -> int:
    """Where a loop that ends normally goes on: its else part, or behind it."""
    region = b.flow.regions[pc]
    return (region.end if region.otherwise < 0 else region.otherwise) + 1


def go_round(b: RegionBuilder) -> None:
    """The back-edge of the innermost loop: let signals and other threads in, then its head. A
    callee's loop does so by leaving before the caller's statement, which the host executes."""
    loop = b.state.loops[-1]
    if len(b.state.loops) == 1:
        b.iterated = True
    resume, pc, state = Resume.NEXT, loop.pc, b.state
    if loop.depth:
        resume, pc, state = b.anchor.resume, b.anchor.pc, b.anchor.state
    exit_ = b.leave_to(resume, pc, state, ASKED)
    asked = b.emit(Op.POLL)
    b.block.terminator = Branch(asked, leave_jump(b, exit_), Jump(*b.version(~loop.pc, b.state)))


@builds(Bytecode.FOR)
def build_for(b: RegionBuilder, pc: int, i: Instruction) -> None:
    if i.imm[0]:
        raise Unsupported("async for")
    iterator = begin(b, read(b, i.src[0]))
    b.state.loops = (*b.state.loops, Loop(pc, iterator, len(b.state.calls)))
    b.go(~pc)


def begin(b: RegionBuilder, iterable: Typed) -> Typed:
    """The iterator of what is iterated over."""
    if iterable.kind is Kind.ENUMERATE:
        return Typed(Kind.ENUMERATE, iterable.values, parts=(begin(b, iterable.parts[0]),))
    if iterable.kind is Kind.RANGE:
        return iterable
    if iterable.kind not in (Kind.LIST, Kind.TUPLE):
        raise Unsupported(f"a for loop over {iterable.kind.name.lower()}")
    return Typed(iterable.kind, (*iterable.values, b.const_int(0)), iterable.shape)


@builds(Bytecode.LOOP)
def build_loop(b: RegionBuilder, pc: int, i: Instruction) -> None:
    b.state.loops = (*b.state.loops, Loop(pc, None, len(b.state.calls)))
    b.go(~pc)


@builds(Bytecode.LOOP_TEST)
def build_loop_test(b: RegionBuilder, pc: int, i: Instruction) -> None:
    loop = b.state.loops[-1]
    condition = is_true(b, read(b, i.src[0]))
    if len(b.state.loops) == 1:
        exit_ = b.leave_to(Resume.NEXT, loop.pc, b.state, "the loop has ended")
        then = Jump(*b.version(pc + 1, b.state))
        b.block.terminator = Branch(condition, then, leave_jump(b, exit_))
    else:
        b.branch(condition, pc + 1, b.state, behind_loop(b, loop.pc), without_loop(b))


@builds(Bytecode.CONTINUE)
def build_continue(b: RegionBuilder, pc: int, i: Instruction) -> None:
    reject_crossing(b, pc)
    go_round(b)


@builds(Bytecode.BREAK)
def build_break(b: RegionBuilder, pc: int, i: Instruction) -> None:
    reject_crossing(b, pc)
    if len(b.state.loops) == 1:
        b.leave(Resume.STATEMENT, pc, b.state, "break")
        return
    region = b.flow.regions[b.state.loops[-1].pc]
    b.state = without_loop(b)
    b.go(region.end + 1)


def reject_crossing(b: RegionBuilder, pc: int) -> None:
    """`break` and `continue` out of a `try` inside the loop: its `finally` is the host's to run."""
    region = b.flow.region_of[pc]
    while region.op not in (Bytecode.LOOP, Bytecode.FOR):
        if region.op in (Bytecode.TRY, Bytecode.WITH):
            raise Unsupported("break or continue out of try")
        region = b.flow.regions[region.parent]


@builds(Bytecode.RETURN, Bytecode.RESULT)
def build_return(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """The host returns; a call that is built in place goes on in its caller."""
    if b.state.calls:
        finish_call(b, read(b, i.src[0]) if i.src else Typed(Kind.NONE))
        return
    anchor = b.anchor
    b.leave(anchor.resume, anchor.pc, anchor.state, "return")


@builds(Bytecode.ELSE)
def build_else(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """The end of the part before: of `if`, of a loop's body, of `try`."""
    region = b.flow.region_of[pc]
    if region.op in (Bytecode.LOOP, Bytecode.FOR):
        go_round(b)
    else:
        b.go(region.end + 1)


@builds(Bytecode.END)
def build_end(b: RegionBuilder, pc: int, i: Instruction) -> None:
    region = b.flow.region_of[pc]
    if region.op in (Bytecode.LOOP, Bytecode.FOR) and region.otherwise < 0:
        go_round(b)
    else:
        b.go(pc + 1)
