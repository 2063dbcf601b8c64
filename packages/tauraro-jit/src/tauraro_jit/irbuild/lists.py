"""Lists that grow and shrink: methods of lists of numbers.

Two names may mean the same list. So where a region has such methods nothing is kept of any list but
the object: items and size are read again when they are needed (`RegionBuilder.grows`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from . import reductions
from .arithmetic import as_int
from .builder import Growth, RegionBuilder, Unsupported
from .effects import shrink
from .frames import is_bound
from .fresh import SEQUENCES, as_object, content_of, shape_as_element
from .owned import end_harmlessly, make, watch
from .sequences import NUMBERS, load_element, position
from .state import EMPTY, Kind, Shape, Typed, shape_at
from .words import INTEGERS, exact

Method = Callable[[RegionBuilder, Typed, Sequence[Typed]], Typed]

APPENDS = {Kind.INT: Op.APPEND_INT, Kind.FLOAT: Op.APPEND_FLOAT, Kind.BOOL: Op.APPEND_BOOL}


TAKEN = ("list", "tuple", "str", "instance", "any")
"""Shapes of items that are no numbers and can be taken out of a list."""


def has_growth(b: RegionBuilder) -> bool:
    """Whether a loop calls a method by the name of one that changes the size of a list."""
    instructions = b.code.instructions[b.flow.start : b.flow.end + 1]
    names = {i.imm[0] for i in instructions if i.op is Bytecode.GETATTR}
    names |= {each.__name__ for each in b.request.samples.values() if is_bound(each)}
    return not names.isdisjoint(CHANGES)


def call_method(b: RegionBuilder, method: Typed, values: Sequence[Typed]) -> Typed:
    """The result of a method of a list."""
    name = method.known
    build = METHODS.get(str(name))
    if build is None:
        raise Unsupported(f"a call of {name}")
    return build(b, method.parts[0], values)


def change(b: RegionBuilder, op: Op, owner: Typed, *args: Value) -> None:
    """Change the size of a list."""
    if not b.grows:
        raise Growth("a list grows")
    b.effect(op, owner.values[0], *args)
    b.sizes = {}


def append(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if len(values) != 1:
        raise Unsupported("append of several values")
    value = as_object(b, values[0])
    content = content_of(b, value)
    change(b, APPENDS.get(value.kind, Op.APPEND), owner, content)
    if owner.shape == EMPTY:
        learn(b, owner, shape_as_element(value))
    return Typed(Kind.NONE)


def learn(b: RegionBuilder, owner: Typed, shape: Shape) -> None:
    """A list that was empty so far has elements of this shape. New lists that the same variable
    gets will have them, too: the region is built again with that."""
    for variables in (b.state.variables, b.invariants):
        for key, typed in variables.items():
            if typed.kind is Kind.LIST and typed.values == owner.values:
                variables[key] = Typed(Kind.LIST, typed.values, shape)
                b.shapes.setdefault(key, shape)


def pop(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """Of the last item, or of one by its index. It must be a number."""
    if not b.grows:
        raise Growth("a list shrinks")
    shape = shape_at(owner.shape, None)
    is_number = shape[0] in NUMBERS
    if len(values) > 1 or not (is_number or shape[0] in TAKEN):
        raise Unsupported("pop of something that is no number")
    if not is_number and not b.owns:
        raise Growth("an item is taken out of a list", owning=True)
    if values and values[0].known != -1 and is_number:
        if values[0].kind not in INTEGERS:
            raise Unsupported("pop of something that is no index")
        index = position(b, owner, values[0])
        item = load_element(b, shape, b.items(owner), index)
        change(b, Op.DELETE, owner, index)
        return item
    size = b.size(owner)
    b.guard(b.emit(Op.INT_NE, size, b.const_int(0)))
    index = b.emit(Op.SUB, size, b.const_int(1))
    if values and values[0].known != -1:
        raise Unsupported("pop of an item in the middle that is no number")
    item = load_element(b, shape, b.items(owner), index)
    if not is_number:
        watch(b, shape)
        end_harmlessly(b, item.values[0])
    shrink(b, owner.values[0], index, item)
    b.sizes = {}
    return item


def extend(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """By the items of a list or tuple."""
    if len(values) != 1 or values[0].kind not in SEQUENCES:
        raise Unsupported("extend by something else than a list or tuple")
    reject_stores(b)
    change(b, Op.EXTEND, owner, values[0].values[0])
    if owner.shape == EMPTY:
        learn(b, owner, shape_at(values[0].shape, None))
    return Typed(Kind.NONE)


def insert(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if len(values) != 2 or values[0].kind not in INTEGERS:
        raise Unsupported("insert at something that is no index")
    value = exact(b, values[1])
    if value.kind not in INSERTS:
        raise Unsupported(f"insert of {value.kind.name.lower()}")
    index = as_int(b, values[0])
    change(b, INSERTS[value.kind], owner, index, value.values[0])
    return Typed(Kind.NONE)


def remove(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """A number that is there."""
    place = reductions.index(b, owner, values).values[0]
    change(b, Op.DELETE, owner, place)
    return Typed(Kind.NONE)


def delete_item(b: RegionBuilder, owner: Typed, index: Typed) -> None:
    """`del owner[index]`, a number."""
    shape = shape_at(owner.shape, None)
    if index.kind not in INTEGERS or shape[0] not in NUMBERS:
        raise Unsupported("del of something that is no number")
    place = position(b, owner, index)
    load_element(b, shape, b.items(owner), place)
    change(b, Op.DELETE, owner, place)


def reverse(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if values:
        raise Unsupported("reverse with arguments")
    change(b, Op.REVERSE, owner)
    return Typed(Kind.NONE)


def clear(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if values:
        raise Unsupported("clear with arguments")
    end_harmlessly(b, owner.values[0])
    change(b, Op.CLEAR, owner)
    return Typed(Kind.NONE)


def copy(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if values:
        raise Unsupported("copy with arguments")
    reject_stores(b)
    found = make(b, Op.TO_LIST_CHECKED, owner.values[0])
    return b.opened(Kind.LIST, found, owner.shape)


def sort(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if values:
        raise Unsupported("sort with arguments")
    reductions.check_numbers(b, owner)
    change(b, Op.SORT, owner)
    return Typed(Kind.NONE)


def call_sorted(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """A sorted copy."""
    sequence = reductions.the_sequence(values)
    reductions.check_numbers(b, sequence)
    found = make(b, Op.TO_LIST_CHECKED, sequence.values[0])
    operation = Operation(Op.SORT, (found,), None, None, b.exit_point())
    b.block.operations.append(operation)
    return b.opened(Kind.LIST, found, shape_at(sequence.shape, None))


def reject_stores(b: RegionBuilder) -> None:
    """What is copied as a whole does not know of the stores that wait."""
    if b.state.waiting:
        raise Unsupported("a copy behind a store of the same statement")


INSERTS = {Kind.INT: Op.INSERT_INT, Kind.FLOAT: Op.INSERT_FLOAT, Kind.BOOL: Op.INSERT_BOOL}
METHODS: dict[str, Method] = {
    "append": append,
    "pop": pop,
    "extend": extend,
    "insert": insert,
    "remove": remove,
    "reverse": reverse,
    "clear": clear,
    "copy": copy,
    "sort": sort,
    "count": reductions.count,
    "index": reductions.index,
}
"""The methods that are built in place."""

SEARCHES = {"count", "index", "remove", "sort"}
"""Those that go through the list."""

CHANGES = METHODS.keys() - {"count", "index", "copy"}
"""Those that change the list."""
