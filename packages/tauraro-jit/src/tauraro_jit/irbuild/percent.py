"""`text % values` where the text is constant: the same parts as an f-string has.

The conversions are those of printf-style formatting (Library Reference, "String Formatting
Operations") that have a format of `format` which gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..ir.ops import Op
from .arithmetic import as_float, as_int, integer, real
from .builder import RegionBuilder, Unsupported
from .owned import make
from .pairs import parts_of
from .state import Kind, Typed
from .strings import is_text
from .texts import MOST_PARTS, formatted, pointer_of, text
from .variables import constant

DIGITS = "0123456789"
KINDS = "diouxXeEfFgGs"
INTEGER = (Kind.INT, Kind.BOOL)


def percent(b: RegionBuilder, left: Typed, right: Typed) -> Typed | None:
    """`left % right` of a constant string, else None."""
    template = left.known
    if not isinstance(template, str):
        return None
    found = parts_of(b, right)
    values = iter([right] if found is None else found)
    parts = list(pieces(b, template, values))
    if next(values, None) is not None:
        raise Unsupported("% with more values than the text has places for")
    if len(parts) > MOST_PARTS:
        raise Unsupported("% with many values")
    result = parts[0] if parts else constant(b, "")
    for part in parts[1:]:
        pointers = pointer_of(b, result), pointer_of(b, part)
        result = text(make(b, Op.STR_CONCAT_CHECKED, *pointers))
    return result


def pieces(b: RegionBuilder, template: str, values: Iterator[Typed]) -> Iterator[Typed]:
    """The parts of the result, in order."""
    at = 0
    while at < len(template):
        sign = template.find("%", at)
        if sign != at:
            end = len(template) if sign < 0 else sign
            yield constant(b, template[at:end])
            at = end
            continue
        if template.startswith("%%", at):
            yield constant(b, "%")
            at += 2
            continue
        conversion, at = conversion_at(template, at + 1)
        value = next(values, None)
        if value is None:
            raise Unsupported("% with fewer values than the text has places for")
        yield convert(b, value, conversion)


def conversion_at(template: str, at: int) -> tuple[tuple[str, str, str, str], int]:
    """Flags, width, precision and kind; the place behind them. (`re` takes 4 ms to import.)"""
    flags, at = run_of("-+ 0", template, at)
    width, at = run_of(DIGITS, template, at)
    precision = ""
    if template.startswith(".", at):
        digits, at = run_of(DIGITS, template, at + 1)
        precision = f".{digits or 0}"
    kind = template[at : at + 1]
    if not kind or kind not in KINDS:
        raise Unsupported("a conversion that is not compiled in a text with %")
    return (flags, width, precision, kind), at + 1


def run_of(characters: str, template: str, at: int) -> tuple[str, int]:
    """As many of these characters as there are, and the place behind them."""
    end = at
    while end < len(template) and template[end] in characters:
        end += 1
    return template[at:end], end


def convert(b: RegionBuilder, value: Typed, conversion: Sequence[str]) -> Typed:
    """One value as text."""
    flags, width, precision, kind = conversion
    is_left = "-" in flags
    if kind == "s":
        if set(flags) - {"-"} or ((width or precision) and not is_text(value)):
            raise Unsupported("%s of something else than a string, with a width")
        how = f"{'<' if is_left else '>'}{width}{precision}"
        return formatted(b, value, constant(b, how) if width or precision else None)
    if kind in "diuoxX":
        if precision or value.kind not in INTEGER:
            raise Unsupported(f"%{kind} of {value.kind.name.lower()}")
        number, kind = integer(as_int(b, value)), "d" if kind in "iu" else kind
    else:
        if value.kind not in (*INTEGER, Kind.FLOAT):
            raise Unsupported(f"%{kind} of {value.kind.name.lower()}")
        number, precision = real(as_float(b, value)), precision or ".6"
    shown = "+" if "+" in flags else " " if " " in flags else ""
    zero = "0" if "0" in flags and not is_left else ""
    if width:
        shown = f"{'<' if is_left else ''}{shown}{zero}{width}"
    how = f"{shown}{precision}{kind}"
    return formatted(b, number, constant(b, how))
