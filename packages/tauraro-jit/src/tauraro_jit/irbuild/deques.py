"""Deques: items at both ends, taken and added.

As stores into dicts, these wait for the end of the statement; until then no deque that may be the
same is looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.deques import deque_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .arithmetic import SIZES
from .builder import Growth, RegionBuilder, Unsupported
from .dicts import reject_stores
from .effects import Effect
from .frames import ENTERS, OBJECT_TYPES, VALUE_TYPES
from .fresh import as_object, content_of, shape_as_element
from .heaps import BOXES
from .instances import described
from .owned import end_harmlessly, make
from .sequences import GET_ITEM, NUMBERS, unboxed
from .state import EMPTY, Key, Kind, Shape, Typed, most_frequent, shape_of
from .variables import STORABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FEW = 4
"""Items at an end that are looked at."""

OPS = {
    "append": Op.DEQUE_APPEND,
    "appendleft": Op.DEQUE_APPEND_LEFT,
    "pop": Op.DEQUE_POP,
    "popleft": Op.DEQUE_POP_LEFT,
}

CHANGES = (-6, 0)
"""The field of all changes: there is no such attribute."""


class Change(Effect):
    """An item is not yet at an end, or still there; `index` is the item as an object, if it is
    new."""

    __slots__ = ("name",)

    def __init__(self, items: Value, item: Value | None, name: str) -> None:
        super().__init__(items, item, Typed(Kind.NONE), CHANGES)
        self.name = name

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.name)

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        if self.index is not None:
            yield self.index

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        items = next(values)
        return type(self)(items, None if self.index is None else next(values), self.name)

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        given = () if self.index is None else (self.index,)
        b.append_effect(OPS[self.name], self.items, *given)


def enter_deque(b: RegionBuilder, key: Key, sample: deque[Any]) -> Typed:
    """A variable that holds a deque."""
    if deque_problem():
        return Typed(Kind.OPAQUE)
    slot = b.slot((key, Kind.DEQUE), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, deque))
    places = range(-min(FEW, len(sample)), min(FEW, len(sample)))
    shapes = [shape_of(sample[place], b.request.classes) for place in places]
    shape = most_frequent(shapes) if shapes else b.shapes.get(key, EMPTY)
    return Typed(Kind.DEQUE, (b.emit(Op.SLOT_OBJECT, attr=slot),), shape)


def size(b: RegionBuilder, owner: Typed) -> Value:
    """len of a deque."""
    reject_stores(b, owner.values[0])
    return b.emit(Op.DEQUE_SIZE, owner.values[0])


def get_item(b: RegionBuilder, owner: Typed, index: Typed) -> Typed:
    """The first or the last item."""
    if index.known not in (0, -1) or type(index.known) is not int:
        raise Unsupported("an item in the middle of a deque")
    return end_of(b, owner, index.known == 0)


def end_of(b: RegionBuilder, owner: Typed, is_first: bool) -> Typed:
    """The item at an end, which must be as the others."""
    shape: Shape = owner.shape
    name = str(shape[0])
    if name in ("other", "empty"):
        raise Unsupported("an item of a deque that is no number")
    b.guard(b.emit(Op.INT_NE, size(b, owner), b.const_int(0)))
    pointer = b.emit(Op.DEQUE_FIRST if is_first else Op.DEQUE_LAST, owner.values[0])
    return unboxed(b, name, pointer) if name in NUMBERS else described(b, shape, pointer)


def call_method(b: RegionBuilder, owner: Typed, name: str, values: Sequence[Typed]) -> Typed:
    """append, appendleft, pop, popleft"""
    if name not in OPS or len(values) != ("append" in name):
        raise Unsupported(f"a call of {name}")
    if not b.owns:
        raise Growth("an item is taken out of a deque", owning=True)
    pointer = owner.values[0]
    if not values:
        item = end_of(b, owner, name == "popleft")
        if item.values and item.kind not in BOXES and item.kind is not Kind.BOOL:
            end_harmlessly(b, item.values[0])
        b.state.waiting = (*b.state.waiting, Change(pointer, None, name))
        return item
    reject_stores(b, pointer)
    value = as_object(b, values[0])
    b.guard(b.emit(Op.DEQUE_IS_UNBOUNDED, pointer))
    box = BOXES.get(value.kind)
    if value.kind is Kind.BOOL:
        raise Unsupported("a bool in a deque")
    content = content_of(b, value) if box is None else make(b, box, value.values[0])
    b.state.waiting = (*b.state.waiting, Change(pointer, content, name))
    if owner.shape == EMPTY:
        learn(b, owner, shape_as_element(value))
    return Typed(Kind.NONE)


def learn(b: RegionBuilder, owner: Typed, shape: Shape) -> None:
    """A deque that was empty so far has such items, see `lists.learn`."""
    for variables in (b.state.variables, b.invariants):
        for name, typed in variables.items():
            if typed.kind is Kind.DEQUE and typed.values == owner.values:
                variables[name] = Typed(Kind.DEQUE, typed.values, shape)
                b.shapes.setdefault(name, shape)


ENTERS[deque] = enter_deque
OBJECT_TYPES[Kind.DEQUE] = deque
VALUE_TYPES[Kind.DEQUE] = VALUE_TYPES[Kind.DICT]
STORABLE.add(Kind.DEQUE)
GET_ITEM[Kind.DEQUE] = get_item
SIZES[Kind.DEQUE] = size
