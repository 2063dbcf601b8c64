"""Iterators: which kinds native code advances, and how exits describe them: their kind, and the
values that fill their slots."""

from __future__ import annotations

from ..layout.buffers import buffer_iterators, iterated, shape_of_buffer
from ..layout.iterators import inner_of
from ..native.region import IteratorKind
from .state import Kind, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..ir.graph import Value

SEQUENCES = {Kind.LIST: "LIST", Kind.TUPLE: "TUPLE", Kind.STR: "STR"}

MOST_PARTS = 8
"""Iterators that one `zip` goes through at most."""

TYPES: dict[type, IteratorKind] = {
    type(iter(range(0))): IteratorKind.RANGE,
    type(iter([])): IteratorKind.LIST,
    type(iter(())): IteratorKind.TUPLE,
    type(reversed([])): IteratorKind.REVERSED_LIST,
    zip: IteratorKind.ZIP,
    type(iter("a")): IteratorKind.STR,
    type(iter("\xe4")): IteratorKind.STR,
    type(iter({})): IteratorKind.DICT_KEYS,
    type(iter({}.values())): IteratorKind.DICT_VALUES,
    type(iter({}.items())): IteratorKind.DICT_ITEMS,
    type(iter(set())): IteratorKind.SET,
}
"""Types of iterators but for `enumerate`, and for `reversed` itself, which may be of anything."""

Description = tuple[IteratorKind, tuple[IteratorKind, ...]]
"""A kind, and that of each part of a `zip`."""


def describe(iterator: Typed) -> Description:
    """How exits describe an iterator."""
    kind = iterator.kind
    if kind is Kind.RANGE:
        return IteratorKind.RANGE, ()
    if kind is Kind.ZIP:
        return IteratorKind.ZIP, tuple(describe(part)[0] for part in iterator.parts)
    if kind is Kind.REVERSED:
        return IteratorKind["REVERSED_" + SEQUENCES[iterator.parts[0].kind]], ()
    if kind is Kind.BUFFER:
        return IteratorKind[str(iterator.shape[0]).upper()], ()
    if kind is Kind.ENTRIES:
        view = str(iterator.shape[0]).upper()
        return IteratorKind["SET" if view == "SET" else f"DICT_{view}"], ()
    if kind is Kind.ENUMERATE:
        return enumerated(describe(iterator.parts[0]))
    return IteratorKind[SEQUENCES[kind]], ()


def enumerated(description: Description) -> Description:
    """The enumeration of what another iterator gives."""
    kind, parts = description
    return IteratorKind["ENUMERATED_" + kind.name], parts


def slot_values(iterator: Typed) -> tuple[Value, ...]:
    """What its slots hold."""
    kind = iterator.kind
    if kind is Kind.RANGE:
        return iterator.values
    if kind is Kind.REVERSED:
        return iterator.parts[0].values[0], iterator.values[0]
    if kind is Kind.ENTRIES:
        return iterator.values
    if kind in (Kind.ENUMERATE, Kind.ZIP):
        parts = [value for part in iterator.parts for value in slot_values(part)]
        return (*iterator.values, *parts)
    return iterator.values[0], iterator.values[-1]


# --- iterators of the program


def sequence_of(iterator: Any) -> tuple[Any, int]:
    """The sequence that an iterator goes through, and where it is. One that has ended names none:
    then it is an empty one."""
    reduced = iterator.__reduce__()
    return (reduced[1][0], reduced[2]) if len(reduced) > 2 else ((), 0)


def description_of(iterator: Any) -> Description | None:
    """How exits describe an iterator of the program; None if native code cannot advance it."""
    if type(iterator) is enumerate:
        inner = description_of(inner_of(iterator)[0])
        known = inner is not None and not inner[0].name.startswith("ENUMERATED")
        return enumerated(inner) if inner is not None and known else None
    if type(iterator) is reversed:
        is_tuple = type(sequence_of(iterator)[0]) is tuple
        return (IteratorKind.REVERSED_TUPLE, ()) if is_tuple else None
    if type(iterator) in buffer_iterators():
        return buffer_description(iterator)
    kind = TYPES.get(type(iterator))
    if kind is not IteratorKind.ZIP:
        return None if kind is None else (kind, ())
    parts = [description_of(part) for part in inner_of(iterator)]
    leaves = [part[0] for part in parts if part is not None and part[0] in LEAVES]
    if not 1 <= len(leaves) == len(parts) <= MOST_PARTS:
        return None
    return kind, tuple(leaves)


def buffer_description(iterator: Any) -> Description | None:
    """How exits describe the iterator of a buffer."""
    shape = shape_of_buffer(iterated(iterator))
    if shape is None or shape.axes > 1:
        return None
    return IteratorKind[shape.family.upper()], ()


LEAVES = frozenset(
    {
        IteratorKind.RANGE,
        IteratorKind.LIST,
        IteratorKind.TUPLE,
        IteratorKind.REVERSED_LIST,
        IteratorKind.REVERSED_TUPLE,
        IteratorKind.STR,
        IteratorKind.DICT_KEYS,
        IteratorKind.DICT_VALUES,
        IteratorKind.DICT_ITEMS,
        IteratorKind.SET,
    }
)
"""Iterators that go through no other."""
