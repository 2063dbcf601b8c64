"""Comprehensions: loops within a statement, which fill a list, a set or a dict that nothing else
refers to.

Wherever native code cannot go on it leaves before the statement, and the host makes it anew.
"""

from __future__ import annotations

from collections.abc import Callable

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, Jump
from ..ir.ops import Op
from ..native.region import ASKED, Place
from .arithmetic import is_true
from .builder import RegionBuilder, Unsupported, builds
from .calls import finish_call
from .dicts import add_entry, call_dict
from .fresh import add, as_object, shape_as_element
from .generators import DECIDING, STEPS, nothing_found, result
from .loops import begin, leave_jump, next_item, without_loop
from .owned import make, relieve
from .sets import add_key, call_set
from .state import EMPTY, Kind, Loop, Typed
from .variables import local_key, read, write


def place(pc: int) -> int:
    """The temporary of what the comprehension at pc has collected: one that no program has."""
    return -1000 - pc


def open_loop(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """Begin a loop of a comprehension."""
    iterator = begin(b, read(b, i.src[0]))
    b.state.loops = (*b.state.loops, Loop(pc, iterator, len(b.state.calls), collects=True))
    forget(b, pc)
    b.go(~pc)


def forget(b: RegionBuilder, pc: int) -> None:
    """The variables that a round of the loop at `pc` assigns have no value between the rounds."""
    prefix = f"c{len(b.state.calls)}:"
    for instruction in b.code.instructions[pc : b.flow.region_of[pc].end]:
        if instruction.dst is not None and instruction.dst & 7:
            b.state.variables.pop((Place.CALLEE, f"{prefix}{instruction.dst >> 3}"), None)


@builds(Bytecode.COMP)
def build_comprehension(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """What is made waits among the temporaries, where the program has none."""
    kind, is_async = i.imm
    function = b.reducers.get(b.state.calls)
    if kind == "generator" and function is not None and not is_async:
        b.state.temps[place(pc)] = nothing_found(b, function)
        open_loop(b, pc, i)
        b.state.variables.pop(local_key(b, 0), None)
        return
    if kind not in EMPTIES or is_async:
        raise Unsupported(f"a {kind} comprehension")
    if b.state.waiting:
        raise Unsupported("a comprehension behind a store of the same statement")
    b.state.temps[place(pc)] = EMPTIES[kind](b)
    open_loop(b, pc, i)


EMPTIES: dict[str, Callable[[RegionBuilder], Typed]] = {
    "list": lambda b: Typed(Kind.LIST, (make(b, Op.NEW_LIST_CHECKED),), EMPTY),
    "set": lambda b: call_set(b, ()),
    "dict": lambda b: call_dict(b, ()),
}
"""What a comprehension begins with."""


@builds(Bytecode.COMP_FOR)
def build_inner_loop(b: RegionBuilder, pc: int, i: Instruction) -> None:
    if i.imm[0]:
        raise Unsupported("an async comprehension")
    open_loop(b, pc, i)


def next_element(b: RegionBuilder, pc: int) -> int:
    """The head of a loop of a comprehension: its next item. Where it has ended the loop around
    comes round, or the list is finished."""
    loop = b.state.loops[-1]
    region = b.flow.region_of[pc]
    assert loop.iterator is not None
    finished, take = next_item(b, loop.iterator)
    ended, body = b.function.block(), b.function.block()
    b.block.terminator = Branch(finished, Jump(ended, ()), Jump(body, ()))
    state, b.state, b.block = b.state, without_loop(b), ended
    if pc == region.start:
        b.go(region.end)
    else:
        come_round(b)
    b.state, b.block = state, body
    item, advanced = take()
    b.state.loops = (*b.state.loops[:-1], loop.at(advanced))
    write(b, b.code.instructions[pc], item)
    return pc + 1


def come_round(b: RegionBuilder) -> None:
    """The back-edge of the innermost loop of a comprehension. It looks whether the interpreter is
    asked for unless each round adds to the list, and so takes long only with much memory."""
    pc = b.state.loops[-1].pc
    forget(b, pc)
    relieve(b)
    again = Jump(*b.version(~pc, b.state))
    if is_bounded(b, pc):
        b.block.terminator = again
        return
    asked = b.emit(Op.POLL)
    b.block.terminator = Branch(asked, leave_jump(b, b.exit_point(ASKED)), again)


def is_bounded(b: RegionBuilder, pc: int) -> bool:
    """Whether each round of a loop does no more than to add an element to a list."""
    if b.code.instructions[b.flow.region_of[pc].start].imm[0] in ("set", "dict"):
        return False  # it may be there
    following = range(pc + 1, b.flow.region_of[pc].end)
    inner = (Bytecode.COMP, Bytecode.COMP_FOR, Bytecode.COMP_IF, Bytecode.CALL)
    return all(b.code.instructions[at].op not in inner for at in following)


@builds(Bytecode.COMP_IF)
def build_filter(b: RegionBuilder, pc: int, i: Instruction) -> None:
    condition = is_true(b, read(b, i.src[0]))
    passed, skipped = b.function.block(), b.function.block()
    b.block.terminator = Branch(condition, Jump(passed, ()), Jump(skipped, ()))
    state, b.state, b.block = b.state, b.state.copy(), skipped
    come_round(b)
    b.state, b.block = state, passed
    b.go(pc + 1)


@builds(Bytecode.COMP_YIELD)
def build_element(b: RegionBuilder, pc: int, i: Instruction) -> None:
    start = b.flow.region_of[pc].start
    value, *others = (read(b, operand) for operand in i.src)
    kind = b.code.instructions[start].imm[0]
    if kind == "generator":
        reduce_element(b, place(start), value)
        return
    collection = b.state.temps[place(start)].values[0]
    if kind == "list":
        value = as_object(b, value)
        add(b, collection, value)
        shape = shape_as_element(value)
    elif kind == "set":
        shape = add_key(b, collection, value)
    else:
        shape = add_entry(b, collection, value, *others)
    b.collected[start, b.state.calls] = shape
    come_round(b)


def reduce_element(b: RegionBuilder, temporary: int, value: Typed) -> None:
    """One more element for the function that goes through a generator expression."""
    function = b.reducers[b.state.calls]
    step = STEPS.get(function)
    if step is not None:
        found = step(b, b.state.temps[temporary].parts, value)
        b.state.temps[temporary] = Typed(Kind.PAIR, parts=tuple(found))
        come_round(b)
        return
    decides = DECIDING[function]
    condition = is_true(b, value)
    decided, going = b.function.block(), b.function.block()
    ways = (decided, going) if decides else (going, decided)
    b.block.terminator = Branch(condition, *(Jump(way, ()) for way in ways))
    state, b.state, b.block = b.state, b.state.copy(), decided
    forget(b, next(loop.pc for loop in b.state.loops if is_of(b, loop)))
    b.state.loops = tuple(loop for loop in b.state.loops if not is_of(b, loop))
    code = b.code, b.flow
    finish_call(b, Typed(Kind.BOOL, (b.const_bool(decides),)))
    b.state, b.block, (b.code, b.flow) = state, going, code
    come_round(b)


def is_of(b: RegionBuilder, loop: Loop) -> bool:
    """Whether a loop is one of the generator expression that is being built."""
    return loop.collects and loop.depth == len(b.state.calls)


@builds(Bytecode.COMP_END)
def build_collection(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """All is collected; the variables of the comprehension are gone."""
    start = b.flow.region_of[pc].start
    if b.code.instructions[start].imm[0] == "generator":
        function = b.reducers[b.state.calls]
        finish_call(b, result(b, function, b.state.temps[place(start)].parts))
        return None
    found = b.state.temps.pop(place(start))
    shape = b.collected.get((start, b.state.calls), EMPTY)
    if found.kind is Kind.LIST:
        write(b, i, b.opened(Kind.LIST, found.values[0], shape))
    else:
        write(b, i, Typed(found.kind, found.values, shape))
    return pc + 1
