"""Heaps: `heappush` and `heappop` of lists of numbers, strings, or tuples of those.

Whether all comparisons can be made without running code of the program is found out first; then
the items are moved, by the same comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from .builder import Growth, RegionBuilder, Unsupported
from .effects import Effect, shrink
from .fresh import as_object, content_of, shape_as_element
from .lists import change, learn
from .owned import end_harmlessly, make
from .sequences import NUMBERS, load_element
from .state import EMPTY, Kind, Typed, shape_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .effects import Field

BOXES = {Kind.INT: Op.BOX_INT_CHECKED, Kind.FLOAT: Op.BOX_FLOAT_CHECKED}

ORDERED = ("int", "float", "str", "tuple")
"""What heaps consist of."""


class Turn(Effect):
    """The first item of a heap is not yet at its end; `index` is the list, `items` its items."""

    __slots__ = ()

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        b.append_effect(Op.HEAP_TURN, self.index)
        b.facts = {fact for fact in b.facts if fact[0] != "number"}

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        assert self.index is not None
        yield self.index

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        return Turn(next(values), next(values), self.value, self.field)

    def is_apart(self, b: RegionBuilder, items: Value, field: Field | None) -> None:
        """What is read must be no item of this list."""
        if field is None:
            if self.items is items:
                raise Unsupported("an item of a heap that has just changed")
            b.guard(b.emit(Op.NOT, b.emit(Op.IS_OBJECT, self.items, items)))


TURNS = (-5, 0)
"""The field of all of these: there is no such attribute."""


def the_heap(b: RegionBuilder, values: Sequence[Typed], count: int) -> Typed:
    """The list that is the first of so many arguments."""
    if len(values) != count or values[0].kind is not Kind.LIST:
        raise Unsupported("a heap that is no list")
    if b.state.waiting:
        raise Unsupported("a heap behind a store of the same statement")
    if not b.grows:
        raise Growth("a list grows")
    if not b.owns:
        raise Growth("an item is taken out of a list", owning=True)
    return values[0]


def call_push(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """heappush(heap, item)"""
    heap = the_heap(b, values, 2)
    item = as_object(b, values[1])
    shape = shape_as_element(item)
    if shape[0] not in ORDERED:
        raise Unsupported(f"a heap of {item.kind.name.lower()}")
    box = BOXES.get(item.kind)
    pointer = content_of(b, item) if box is None else make(b, box, item.values[0])
    check = Operation(Op.HEAP_FITS_CHECKED, (heap.values[0], pointer), None, None, b.exit_point())
    b.block.operations.append(check)
    change(b, Op.HEAP_PUSH, heap, pointer)
    b.facts = {fact for fact in b.facts if fact[0] != "number"}
    if heap.shape == EMPTY:
        learn(b, heap, shape)
    return Typed(Kind.NONE)


def call_pop(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """heappop(heap) of one that is not empty."""
    heap = the_heap(b, values, 1)
    shape = shape_at(heap.shape, None)
    if shape[0] not in ORDERED:
        raise Unsupported("a heap of other things than numbers, strings and tuples")
    found, size = heap.values[0], b.size(heap)
    b.guard(b.emit(Op.INT_NE, size, b.const_int(0)))
    items = b.items(heap)
    item = load_element(b, shape, items, b.const_int(0))
    if shape[0] not in NUMBERS:
        end_harmlessly(b, item.values[0])
    check = Operation(Op.HEAP_OPENS_CHECKED, (found,), None, None, b.exit_point())
    b.block.operations.append(check)
    b.state.waiting = (*b.state.waiting, Turn(items, found, Typed(Kind.NONE), TURNS))
    shrink(b, found, b.emit(Op.SUB, size, b.const_int(1)), item)
    b.sizes = {}
    return item


CALLS: dict[str, Callable[[RegionBuilder, Sequence[Typed]], Typed]] = {
    "heappush": call_push,
    "heappop": call_pop,
}
"""By their names in `_heapq`."""
