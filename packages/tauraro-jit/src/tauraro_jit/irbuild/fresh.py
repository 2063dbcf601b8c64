"""Lists and tuples that are being made: nothing else refers to them so far.

Nothing is lost if the region is left in the middle: the host makes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..layout.strings import characters
from .builder import RegionBuilder, Unsupported
from .literals import as_text
from .owned import make
from .state import EMPTY, OTHER, Kind, Shape, Typed
from .words import exact

ADDS = {Kind.INT: Op.ADD_INT, Kind.FLOAT: Op.ADD_FLOAT, Kind.BOOL: Op.ADD_BOOL}
FILLS = {
    Kind.INT: Op.TUPLE_FILL_INT,
    Kind.FLOAT: Op.TUPLE_FILL_FLOAT,
    Kind.BOOL: Op.TUPLE_FILL_BOOL,
}
SEQUENCES = (Kind.LIST, Kind.TUPLE)
OBJECTS = (*SEQUENCES, Kind.STR, Kind.INSTANCE, Kind.DICT, Kind.SET)
"""What is an object; it is the first of the SSA values."""

LONGEST = 64
"""Items of a display at most."""


def shape_as_element(value: Typed) -> Shape:
    """The shape of a value as an element of a list."""
    if value.kind in ADDS:
        return (value.kind.name.lower(),)
    if value.kind in (*SEQUENCES, Kind.DICT, Kind.SET):
        return (value.kind.name.lower(), value.shape)
    if value.kind is Kind.INSTANCE:
        return value.shape
    return (value.kind.name.lower(),) if value.kind in (Kind.STR, Kind.NONE) else OTHER


def shape_of_all(values: Sequence[Typed]) -> Shape:
    """The shape of a list of these."""
    shapes = [shape_as_element(value) for value in values]
    if not shapes:
        return EMPTY
    return shapes[0] if len(set(shapes)) == 1 else ("each", *shapes)


KEPT: dict[Kind, Callable[[RegionBuilder, Typed], Typed]] = {}
"""How values of other kinds become objects."""


def as_object(b: RegionBuilder, value: Typed) -> Typed:
    """A value that can be stored: a display of a tuple becomes a tuple, a character a string."""
    if value.kind in KEPT:
        return KEPT[value.kind](b, value)
    if value.kind is not Kind.PAIR:
        value = as_text(b, value)
        if value.kind is not Kind.CHAR:
            return exact(b, value)
        if characters() is None:
            raise Unsupported("strings of one character, which do not lie side by side")
        return Typed(Kind.STR, (b.emit(Op.CHARACTER_CHECKED, value.values[0]),))
    numbers = [part.known for part in value.parts]
    if all(type(number) in (int, float) for number in numbers):
        constant = b.const_object(tuple(numbers))
        return b.opened(Kind.TUPLE, constant, shape_of_all(value.parts))
    items = [as_object(b, part) for part in value.parts]
    found = make(b, Op.NEW_TUPLE_CHECKED, b.const_int(len(items)))
    for number, item in enumerate(items):
        arguments = found, b.const_int(number), content_of(b, item)
        op = FILLS.get(item.kind, Op.TUPLE_FILL_OBJECT)
        b.block.operations.append(Operation(op, arguments, None, None, b.exit_point()))
    return b.opened(Kind.TUPLE, found, shape_of_all(items))


def add(b: RegionBuilder, found: Value, value: Typed) -> None:
    """Append to a list that is being made. Nothing is lost if the region is left behind that."""
    value = as_object(b, value)
    op = ADDS.get(value.kind, Op.ADD_OBJECT)
    content = content_of(b, value)
    operation = Operation(op, (found, content), None, None, b.exit_point())
    b.block.operations.append(operation)


def content_of(b: RegionBuilder, value: Typed) -> Value:
    """The number or object that is stored."""
    if value.kind is Kind.NONE:
        return b.emit(Op.CONST_OBJECT, attr=id(None))
    if value.kind not in ADDS and value.kind not in OBJECTS:
        raise Unsupported(f"a list of {value.kind.name.lower()}")
    return value.values[0]


def new_list(b: RegionBuilder, values: Sequence[Typed]) -> Value:
    """A list of these."""
    if len(values) > LONGEST:
        raise Unsupported("a long display")
    found = make(b, Op.NEW_LIST_CHECKED)
    for value in values:
        add(b, found, value)
    return found


def list_display(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`[a, b, c]`"""
    items = [as_object(b, value) for value in values]
    return b.opened(Kind.LIST, new_list(b, items), shape_of_all(items))
