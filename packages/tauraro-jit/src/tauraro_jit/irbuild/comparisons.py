"""Comparisons of numbers, strings, tuples whose parts are at hand, and of anything with None."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from . import arithmetic, strings
from .arithmetic import truth
from .builder import RegionBuilder, Unsupported
from .pairs import parts_of
from .state import Kind, Typed

UNEQUAL = {Kind.INT, Kind.WORD, Kind.FLOAT, Kind.BOOL, Kind.NONE}
"""What no string is equal to."""

STRICT = {"LtE": "Lt", "GtE": "Gt"}


def comparison(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Typed:
    """A comparison but for `in`."""
    if strings.is_text(left) and strings.is_text(right):
        return truth(strings.compare(b, operator, left, right))
    others = {left.kind, right.kind} & UNEQUAL
    if others and (strings.is_text(left) or strings.is_text(right)) and operator in ("Eq", "NotEq"):
        return truth(b.const_bool(operator == "NotEq"))
    if operator in arithmetic.INT_COMPARE:
        first, second = parts_of(b, left), parts_of(b, right)
        if first is not None and second is not None:
            return truth(compare_parts(b, operator, first, second))
    return arithmetic.compare(b, operator, left, right)


def compare_parts(
    b: RegionBuilder, operator: str, left: Sequence[Typed], right: Sequence[Typed]
) -> Value:
    """The first parts that are not equal decide; if there are none, the lengths do."""
    pairs = list(zip(left, right, strict=False))
    if operator in ("Eq", "NotEq"):
        same = b.const_bool(len(left) == len(right))
        for x, y in pairs if len(left) == len(right) else ():
            same = b.emit(Op.BOTH, same, equal(b, x, y))
        return same if operator == "Eq" else b.emit(Op.NOT, same)
    result = lengths(b, operator, len(left), len(right))
    for x, y in reversed(pairs):
        decided = comparison(b, STRICT.get(operator, operator), x, y).values[0]
        result = b.emit(Op.EITHER, decided, b.emit(Op.BOTH, equal(b, x, y), result))
    return result


def lengths(b: RegionBuilder, operator: str, left: int, right: int) -> Value:
    """How tuples compare of which one is the beginning of the other."""
    found = {"Lt": left < right, "LtE": left <= right, "Gt": left > right, "GtE": left >= right}
    return b.const_bool(found[operator])


def equal(b: RegionBuilder, left: Typed, right: Typed) -> Value:
    """Whether parts are equal. The host finds a nan equal to itself there, but not to another nan;
    which of these it would be, native code cannot tell."""
    if {left.kind, right.kind} & {Kind.NONE, Kind.KNOWN} and not strings.is_text(left):
        raise Unsupported("a comparison of tuples of other things than numbers and strings")
    for value in (left, right):
        if value.kind is Kind.FLOAT and not isinstance(value.known, float):
            number = value.values[0]
            b.guard(b.emit(Op.FLOAT_EQ, number, number))
    return comparison(b, "Eq", left, right).values[0]
