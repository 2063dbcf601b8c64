"""Going through dicts and sets: their keys, values and items.

    for key, value in counts.items():      the next entry of the table that is in use
        ...

Where the host would raise, because the dict or set has another size than when the loop began, the
region is left to the head of the loop.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.dicts import dict_problem
from ..layout.sets import set_problem
from .builder import Decline, RegionBuilder, Unsupported
from .dicts import check_no_module, entry_shapes, is_namespace, reject_stores
from .instances import described
from .sequences import NUMBERS, unboxed
from .state import EMPTY, Kind, Shape, Typed, set_shape, value_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VIEWS: dict[type, str] = {
    type(iter({})): "keys",
    type(iter({}.values())): "values",
    type(iter({}.items())): "items",
    type(iter(set())): "set",
}
"""What the host's iterators go through."""


def table_of(iterator: Any) -> dict[Any, Any] | set[Any] | frozenset[Any] | None:
    """The dict or set that an iterator goes through; None if it has ended."""
    referred = gc.get_referents(iterator)
    return next((found for found in referred if isinstance(found, (dict, set, frozenset))), None)


def enter_entries(b: RegionBuilder, slot: int, iterator: Any) -> Typed:
    """Read an iterator from its four slots."""
    problem = set_problem()
    found = table_of(iterator)
    view = VIEWS[type(iterator)]
    if problem or found is None:
        raise Decline(problem or f"a for loop over {type(iterator).__name__}")
    pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
    if isinstance(found, dict):
        if is_namespace(b, found):
            raise Decline("a for loop over the names of a module")
        shape: Shape = (view, *entry_shapes(value_shape(found, b.request.classes)))
    else:
        shape = (view, set_shape(found, b.request.classes))
    numbers = tuple(b.emit(Op.SLOT_INT, attr=slot + k) for k in range(1, 4))
    return Typed(Kind.ENTRIES, (pointer, *numbers), shape)


def check_entries(b: RegionBuilder, iterator: Typed) -> None:
    """Guard that no dict that is gone through holds the names of a module."""
    if iterator.kind is Kind.ENTRIES and iterator.shape[0] != "set":
        check_no_module(b, iterator.values[0])
    for part in iterator.parts:
        check_entries(b, part)


def begin_entries(b: RegionBuilder, iterable: Typed) -> Typed:
    """The iterator of a dict, of a view of it, or of a set."""
    pointer = iterable.values[0]
    reject_stores(b, pointer)
    if iterable.kind is Kind.SET:
        size = b.emit(Op.SET_SIZE, pointer)
        shape: Shape = ("set", iterable.shape)
    else:
        if dict_problem():
            raise Unsupported(dict_problem())
        size = b.emit(Op.DICT_SIZE, pointer)
        is_view = iterable.kind is Kind.VIEW
        shape = iterable.shape if is_view else ("keys", *entry_shapes(iterable.shape))
    return Typed(Kind.ENTRIES, (pointer, b.const_int(0), size, size), shape)


def next_entry(
    b: RegionBuilder, iterator: Typed
) -> tuple[Value, Callable[[], tuple[Typed, Typed]]]:
    """The next item: whether there is none; how to take it."""
    pointer, position, size, left = iterator.values
    view = iterator.shape[0]
    reject_stores(b, pointer)
    is_set = view == "set"
    now = b.emit(Op.SET_SIZE if is_set else Op.DICT_SIZE, pointer)
    b.guard(b.emit(Op.INT_EQ, now, size))
    number = b.emit(Op.SET_NEXT if is_set else Op.DICT_NEXT_CHECKED, pointer, position)

    def take() -> tuple[Typed, Typed]:
        if not is_set:  # the host would say that the keys have changed
            b.guard(b.emit(Op.INT_NE, left, b.const_int(0)))
        entry = b.emit(Op.SET_ENTRY if is_set else Op.DICT_ENTRY, pointer, number)
        one = b.const_int(1)
        advanced = (pointer, b.emit(Op.ADD, number, one), size, b.emit(Op.SUB, left, one))
        return item_of(b, iterator.shape, entry), Typed(Kind.ENTRIES, advanced, iterator.shape)

    return b.emit(Op.INT_LT, number, b.const_int(0)), take


def first_entry(b: RegionBuilder, iterator: Typed) -> Typed:
    """next() of an iterator that nobody else has; where there is nothing the host raises."""
    finished, take = next_entry(b, iterator)
    b.guard(b.emit(Op.NOT, finished))
    return take()[0]


def item_of(b: RegionBuilder, shape: Shape, entry: Value) -> Typed:
    """What a view gives for an entry."""
    view, *shapes = shape
    if view in ("keys", "set"):
        return found_at(b, shapes[0], entry, 0)
    if view == "values":
        return found_at(b, shapes[1], entry, 1)
    return Typed(Kind.PAIR, parts=tuple(found_at(b, shapes[k], entry, k) for k in (0, 1)))


def found_at(b: RegionBuilder, shape: object, entry: Value, index: int) -> Typed:
    """A key or a value, which must be as its shape says."""
    assert isinstance(shape, tuple)
    name = str(shape[0])
    if shape == EMPTY or name in ("other", "optional"):
        raise Unsupported("an entry of a dict or set that is no number")
    pointer = b.emit(Op.ITEM, entry, b.const_int(index))
    return unboxed(b, name, pointer) if name in NUMBERS else described(b, shape, pointer)
