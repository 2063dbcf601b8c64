"""for and while, break and continue, and the ends of statement regions."""

from __future__ import annotations

from collections.abc import Callable

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, ExitPoint, Jump, Leave, Operation, Value
from ..ir.ops import Op
from ..layout.buffers import buffer_iterators, iterated
from ..layout.iterators import inner_of
from ..native.region import ASKED, IteratorKind, IteratorState, Resume
from . import buffers
from .arithmetic import integer, is_true
from .builder import Decline, RegionBuilder, Unsupported, builds
from .calls import finish_call
from .effects import pending, settle
from .entries import VIEWS, begin_entries, check_entries, enter_entries, next_entry
from .fresh import as_object
from .iterators import TYPES, description_of, sequence_of
from .literals import character, is_constant_text, text_pointer
from .owned import relieve
from .sequences import load_element
from .state import Kind, Loop, State, Typed, element_shape, shape_at
from .variables import read, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Next = tuple[Value, Callable[[], tuple[Typed, Typed]]]
"""Whether an iterator is exhausted; and how to take its next item: the item and the iterator behind
it."""


COUNTABLE = 2**62
"""`enumerate` counts from less than that on."""


def enter_iterator(b: RegionBuilder) -> Typed | None:
    """Read the region's own iterator."""
    iterator: Any = b.request.iterator
    if iterator is None:
        return None
    description = description_of(iterator)
    if description is None:
        raise Decline(f"a for loop over {type(iterator).__name__}")
    kind, parts = description
    count = slot_count(iterator)
    slot = b.slot(("iterator", 0, kind, parts), count)
    b.own_iterator = IteratorState(kind, slot, parts)
    entered, end = enter_part(b, slot, iterator)
    assert end == slot + count
    return entered


def begin_loop(b: RegionBuilder) -> None:
    """Enter the region's own loop."""
    iterator = enter_iterator(b)
    b.state.loops = (Loop(b.request.loop_pc, iterator),)
    if iterator is not None:
        check_entries(b, iterator)
    if iterator is not None and iterator.kind is Kind.ENUMERATE:
        b.guard(b.emit(Op.INT_LT, iterator.values[0], b.const_int(COUNTABLE)))


def enter_part(b: RegionBuilder, slot: int, iterator: Any) -> tuple[Typed, int]:
    """Read an iterator, or one that it goes through, from its slots; the slot behind them."""
    kind = type(iterator)
    if kind is enumerate:
        number = b.emit(Op.SLOT_INT, attr=slot)
        inner, end = enter_part(b, slot + 1, inner_of(iterator)[0])
        return Typed(Kind.ENUMERATE, (number,), parts=(inner,)), end
    if kind is zip:
        parts = []
        for part in inner_of(iterator):
            entered, slot = enter_part(b, slot, part)
            parts.append(entered)
        return Typed(Kind.ZIP, parts=tuple(parts)), slot
    if TYPES.get(kind) is IteratorKind.RANGE:
        values = tuple(b.emit(Op.SLOT_INT, attr=slot + i) for i in range(3))
        return Typed(Kind.RANGE, values), slot + 3
    if TYPES.get(kind) is IteratorKind.STR:
        pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
        return Typed(Kind.STR, (pointer, b.emit(Op.SLOT_INT, attr=slot + 1))), slot + 2
    if kind in buffer_iterators():
        return buffers.enter_iterator(b, slot, iterated(iterator)), slot + 2
    if kind in VIEWS:
        return enter_entries(b, slot, iterator), slot + 4
    of_tuple = kind is reversed or TYPES[kind] is IteratorKind.TUPLE
    shape = element_shape(sequence_of(iterator)[0], b.request.classes)
    pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
    sequence = b.opened(Kind.TUPLE if of_tuple else Kind.LIST, pointer, shape)
    index = b.emit(Op.SLOT_INT, attr=slot + 1)
    if kind is reversed or TYPES[kind] is IteratorKind.REVERSED_LIST:
        return Typed(Kind.REVERSED, (index,), parts=(sequence,)), slot + 2
    return Typed(sequence.kind, (*sequence.values, index), shape), slot + 2


def slot_count(iterator: Any) -> int:
    """The slots that an iterator takes."""
    kind = type(iterator)
    if kind in (enumerate, zip):
        return (kind is enumerate) + sum(slot_count(part) for part in inner_of(iterator))
    if kind in VIEWS:
        return 4
    return 3 if TYPES.get(kind) is IteratorKind.RANGE else 2


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
    if iterator.kind is Kind.ZIP:
        return next_tuple(b, iterator)
    if iterator.kind is Kind.REVERSED:
        return next_reversed(b, iterator)
    if iterator.kind is Kind.STR:
        return next_character(b, iterator)
    if iterator.kind is Kind.ENTRIES:
        return next_entry(b, iterator)
    if iterator.kind is Kind.BUFFER:
        return buffers.next_item(b, iterator)
    *sequence, index = iterator.values

    def take_element() -> tuple[Typed, Typed]:
        item = load_element(b, shape_at(iterator.shape, None), b.items(iterator), index)
        values = (*sequence, b.emit(Op.ADD, index, b.const_int(1)))
        return item, Typed(iterator.kind, values, iterator.shape)

    return b.emit(Op.INT_GE, index, b.size(iterator)), take_element


def next_character(b: RegionBuilder, iterator: Typed) -> Next:
    """The next item of a string."""
    pointer, index = iterator.values

    def take_character() -> tuple[Typed, Typed]:
        item = character(b.emit(Op.STR_AT_CHECKED, pointer, index))
        values = (pointer, b.emit(Op.ADD, index, b.const_int(1)))
        return item, Typed(Kind.STR, values)

    return b.emit(Op.INT_GE, index, b.emit(Op.STR_SIZE, pointer)), take_character


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


def next_tuple(b: RegionBuilder, iterator: Typed) -> Next:
    """The next item of `zip`, which ends with the shortest of its parts."""
    (finished, *others), takes = zip(*(next_item(b, part) for part in iterator.parts), strict=True)
    for other in others:
        finished = b.emit(Op.EITHER, finished, other)

    def take_all() -> tuple[Typed, Typed]:
        items, advanced = zip(*(take() for take in takes), strict=True)
        return Typed(Kind.PAIR, parts=items), Typed(Kind.ZIP, parts=advanced)

    return finished, take_all


def next_reversed(b: RegionBuilder, iterator: Typed) -> Next:
    """The next item from the end of a list or tuple. An index behind the end ends it, too."""
    (index,), (sequence,) = iterator.values, iterator.parts
    inside = b.emit(Op.UINT_LT, index, b.size(sequence))

    def take_last() -> tuple[Typed, Typed]:
        item = load_element(b, shape_at(sequence.shape, None), b.items(sequence), index)
        before = b.emit(Op.SUB, index, b.const_int(1))
        return item, Typed(Kind.REVERSED, (before,), parts=(sequence,))

    return b.emit(Op.NOT, inside), take_last


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
    relieve(b)
    loop = b.state.loops[-1]
    if len(b.state.loops) == 1:
        b.iterated = True
    if loop.depth and pending(b) > loop.waiting:
        raise Decline(f"a call of {b.code.name}, which stores in a loop", b.anchor.statement)
    own = not loop.depth
    exit_ = b.leave_to(Resume.NEXT, loop.pc, b.state, ASKED) if own else b.exit_point(ASKED)
    asked = b.emit(Op.POLL)
    leaving = leave_jump(b, exit_)
    if own:
        b.function.rounds[asked.number] = loop.pc
    else:
        leaving.target.operations.append(Operation(Op.INTERRUPTED, (), None))
    b.block.terminator = Branch(asked, leaving, Jump(*b.version(~loop.pc, b.state)))


@builds(Bytecode.FOR)
def build_for(b: RegionBuilder, pc: int, i: Instruction) -> None:
    if i.imm[0]:
        raise Unsupported("async for")
    iterator = begin(b, read(b, i.src[0]))
    begin_inner(b, pc, iterator)


def begin_inner(b: RegionBuilder, pc: int, iterator: Typed | None) -> None:
    """Go on at the head of a loop inside the region's own, or in a function that it calls."""
    loop = Loop(pc, iterator, len(b.state.calls), waiting=pending(b))
    b.state.loops = (*b.state.loops, loop)
    b.go(~pc)


def begin(b: RegionBuilder, iterable: Typed) -> Typed:
    """The iterator of what is iterated over."""
    if iterable.kind in (Kind.ENUMERATE, Kind.ZIP):
        parts = tuple(begin(b, part) for part in iterable.parts)
        return Typed(iterable.kind, iterable.values, parts=parts)
    if iterable.kind in (Kind.RANGE, Kind.REVERSED):
        return iterable
    if iterable.kind is Kind.PAIR:
        iterable = as_object(b, iterable)
    if is_constant_text(iterable) or iterable.kind is Kind.STR:
        return Typed(Kind.STR, (text_pointer(b, iterable), b.const_int(0)))
    if iterable.kind is Kind.BUFFER:
        return buffers.begin(b, iterable)
    if iterable.kind in (Kind.DICT, Kind.VIEW, Kind.SET):
        return begin_entries(b, iterable)
    if iterable.kind not in (Kind.LIST, Kind.TUPLE):
        raise Unsupported(f"a for loop over {iterable.kind.name.lower()}")
    return Typed(iterable.kind, (*iterable.values, b.const_int(0)), iterable.shape)


@builds(Bytecode.LOOP)
def build_loop(b: RegionBuilder, pc: int, i: Instruction) -> None:
    begin_inner(b, pc, None)


@builds(Bytecode.LOOP_TEST)
def build_loop_test(b: RegionBuilder, pc: int, i: Instruction) -> None:
    loop = b.state.loops[-1]
    condition = is_true(b, read(b, i.src[0]))
    if len(b.state.loops) == 1:
        exit_ = b.exit_point("the loop has ended")
        then = b.jump(pc + 1, b.state)
        b.block.terminator = Branch(condition, then, leave_jump(b, exit_))
    else:
        b.branch(condition, pc + 1, b.state, behind_loop(b, loop.pc), without_loop(b))


@builds(Bytecode.CONTINUE)
def build_continue(b: RegionBuilder, pc: int, i: Instruction) -> None:
    reject_crossing(b, pc)
    if b.is_handled(pc, b.state):  # the statement that raised ends here
        settle(b)
    go_round(b)


@builds(Bytecode.BREAK)
def build_break(b: RegionBuilder, pc: int, i: Instruction) -> None:
    reject_crossing(b, pc)
    if b.is_handled(pc, b.state):
        raise Unsupported("break in an except clause")
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
        if region.op is Bytecode.WITH or region.final >= 0:
            raise Unsupported("break or continue out of try")
        region = b.flow.regions[region.parent]


def reject_finally(b: RegionBuilder, pc: int) -> None:
    """A return of a callee past a `finally`."""
    region = b.flow.region_of.get(pc)
    while region is not None:
        if region.op is Bytecode.WITH or region.final >= 0:
            raise Unsupported("a return out of try")
        region = b.flow.regions.get(region.parent)


@builds(Bytecode.RETURN, Bytecode.RESULT)
def build_return(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """The host returns; a call that is built in place goes on in its caller."""
    if b.state.calls:
        reject_finally(b, pc)
        finish_call(b, read(b, i.src[0]) if i.src else Typed(Kind.NONE))
        return
    b.block.terminator = Leave(b.exit_point("return"))


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
