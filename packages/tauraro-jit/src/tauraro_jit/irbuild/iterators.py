"""Iterators as exits describe them: which kind, and the values that fill its slots."""

from __future__ import annotations

from ..ir.graph import Value
from ..native.region import IteratorKind
from .state import Kind, Typed

PLAIN = {
    Kind.RANGE: IteratorKind.RANGE,
    Kind.LIST: IteratorKind.LIST,
    Kind.TUPLE: IteratorKind.TUPLE,
}
ENUMERATED = {
    Kind.RANGE: IteratorKind.ENUMERATED_RANGE,
    Kind.LIST: IteratorKind.ENUMERATED_LIST,
    Kind.TUPLE: IteratorKind.ENUMERATED_TUPLE,
}


def kind_of(iterator: Typed) -> IteratorKind:
    """The kind of an iterator."""
    if iterator.kind is Kind.ENUMERATE:
        return ENUMERATED[iterator.parts[0].kind]
    return PLAIN[iterator.kind]


def slot_values(iterator: Typed) -> tuple[Value, ...]:
    """What its slots hold."""
    if iterator.kind is Kind.ENUMERATE:
        return (*iterator.values, *slot_values(iterator.parts[0]))
    if iterator.kind is Kind.RANGE:
        return iterator.values
    return iterator.values[0], iterator.values[3]
