"""Lists and tuples that a region makes: they are kept alive for as long as something may use them.

What a region makes, and what it takes out of a list, it owns (see llvm/owned.py). Where a loop
comes round and there is much of it, it drops all but what variables, temporaries and iterators
mean. Objects that are just read from a list are not counted: what could end them is not done before
that.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import Branch, ExitPoint, Jump, Leave, Operation, Value
from ..ir.ops import OWNED, Op
from ..ir.types import PTR
from ..native.region import ASKED, Resume
from .builder import Growth, RegionBuilder, Unsupported
from .instances import check_class, version_key
from .state import Kind, Shape, State, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAKES = {Bytecode.COMP, Bytecode.SLICE, Bytecode.EXTEND}
MANY = 2**30
"""More references than an object has."""

NOTES = 2
"""Slots before the references that are owned."""

ROOM = 40
"""References that may be owned before some are dropped, and a few more."""


def makes_lists(b: RegionBuilder) -> bool:
    """Whether a loop makes lists, as far as its instructions tell."""
    instructions = b.code.instructions[b.flow.start : b.flow.end + 1]
    return any(
        i.op in MAKES or (i.op is Bytecode.BUILD and i.imm[0] == "list") for i in instructions
    )


def make(b: RegionBuilder, op: Op, *args: Value) -> Value:
    """A new object."""
    if b.function is not b.own_function:
        raise Unsupported("a function that makes lists")
    if not b.owns:
        raise Growth("a list is made", owning=True)
    return b.emit(op, *args)


def own(b: RegionBuilder) -> None:
    """Give the region the slots for what it owns: each operation that owns something is done once
    at most between two loops that come round, where it is looked after."""
    if not b.owns:
        return
    operations = [o for block in b.function.blocks for o in block.operations]
    count = sum(operation.op in OWNED for operation in operations)
    b.function.owned = max(1, b.slot_count)
    b.slot_count = b.function.owned + NOTES + ROOM + count
    b.function.endings = tuple(
        (model.cls, model.ending)
        for model in b.request.classes.models
        if model.ending is not None and version_key(model) in b.known
    )


def relieve(b: RegionBuilder) -> None:
    """Before a loop comes round: drop what nothing uses any more, if it is much. There is room for
    what is made between two such places, so no loop may come round without."""
    if not b.owns or b.function is not b.own_function:
        return
    if b.state.waiting:
        raise Unsupported("a loop behind a store of the same statement")
    due = b.emit(Op.DUE)
    dropping, going = b.function.block(), b.function.block()
    b.block.terminator = Branch(due, Jump(dropping, ()), Jump(going, ()))
    b.block = dropping
    count = b.emit(Op.OWNED)
    for pointer in live(b):
        dropping.operations.append(Operation(Op.OWN, (pointer,), None))
    stuck = b.emit(Op.RELEASE, count)
    leaving = b.function.block()
    leaving.terminator = Leave(way_out(b))
    dropping.terminator = Branch(stuck, Jump(leaving, ()), Jump(going, ()))
    b.block = going


def way_out(b: RegionBuilder) -> ExitPoint:
    """To the head of the loop, or to the start of the statement whose part it is."""
    loop = b.state.loops[-1]
    if loop.depth or loop.collects:
        return b.exit_point(ASKED)
    return b.leave_to(Resume.NEXT, loop.pc, b.state, ASKED)


def live(b: RegionBuilder) -> list[Value]:
    """The objects that are needed from here on: also those that an exit before the statement
    writes."""
    found: dict[int, Value] = {}
    for state in (b.state, b.anchor.state):
        for typed in entries(state):
            for pointer in objects(typed):
                found[pointer.number] = pointer
    return list(found.values())


def entries(state: State) -> Iterator[Typed]:
    """Everything that a state holds."""
    yield from state.variables.values()
    for temps in (state.temps, *state.saved):
        yield from temps.values()
    for loop in state.loops:
        if loop.iterator is not None:
            yield loop.iterator


def objects(typed: Typed) -> Iterator[Value]:
    """The objects that a value is made of."""
    if typed.values and typed.values[0].type is PTR:
        yield typed.values[0]
    for part in typed.parts:
        yield from objects(part)


def end_harmlessly(b: RegionBuilder, pointer: Value) -> None:
    """Leave if code of the program may run when an object ends: that would be later than the host
    does it."""
    b.guard(b.emit(Op.IS_HARMLESS, pointer, b.const_int(MANY)))


def end_alone(b: RegionBuilder, pointer: Value) -> None:
    """Leave if code of the program may run when a reference to an object goes: that does nothing if
    there are others."""
    b.guard(b.emit(Op.IS_HARMLESS, pointer, b.const_int(1)))


def watch(b: RegionBuilder, shape: Shape) -> None:
    """The classes of what may end are looked at where the region begins."""
    if shape[0] == "instance":
        check_class(b, b.request.classes.model(shape))
    for part in shape[1:]:
        if isinstance(part, tuple):
            watch(b, part)


def replace_inputs(b: RegionBuilder, values: Sequence[Typed]) -> None:
    """Lists and tuples in variables that the region assigns: the runtime holds them until it has
    been left, so nothing of the program may run when they end. `values` are all of them: those
    that were seen to hold other things than numbers and strings are not looked through."""
    held = [value for value in values if value.kind in (Kind.LIST, Kind.TUPLE)]
    for value in held:
        if is_plain(value.shape):
            count = b.const_int(2)  # the variable's and the runtime's
            for other in held:
                if other is not value:
                    same = b.emit(Op.IS_OBJECT, value.values[0], other.values[0])
                    double = b.emit(Op.SELECT_INT, same, b.const_int(2), b.const_int(0))
                    count = b.emit(Op.ADD, count, double)
            b.guard(b.emit(Op.IS_HARMLESS, value.values[0], count))


def is_plain(shape: Shape) -> bool:
    """Whether elements of this shape are numbers, strings, or lists and tuples of such."""
    name, *inner = shape
    if name in ("list", "tuple", "each"):
        return all(isinstance(part, tuple) and is_plain(part) for part in inner)
    return name in ("int", "float", "bool", "str", "none", "empty")
