"""Built-in functions and those of `math`, computed in place.

Whatever could raise or give an int of more than 64 bits leaves the region first.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable, Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from . import buffers, dicts, reductions, sets, strings
from .arithmetic import (
    BINARY,
    NUMBERS,
    SIZES,
    as_float,
    as_int,
    compare,
    integer,
    is_true,
    real,
    truth,
)
from .builder import RegionBuilder, Unsupported
from .iterators import MOST_PARTS
from .lists import call_sorted
from .state import Kind, Typed
from .variables import constant

Builtin = Callable[[RegionBuilder, Sequence[Typed]], Typed]
LIMIT = float(2**63)
ENTRIES = (Kind.DICT, Kind.SET, Kind.VIEW)
ITERABLE = (Kind.RANGE, Kind.LIST, Kind.TUPLE, Kind.REVERSED, Kind.STR, *ENTRIES)
"""What `enumerate` and `zip` go through."""


def numbers(values: Sequence[Typed], least: int, most: int) -> None:
    """Check the arguments of a function of numbers."""
    if not least <= len(values) <= most or not {value.kind for value in values} <= NUMBERS:
        raise Unsupported("a call with arguments that are no numbers")


def call_range(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """start, step and number of items."""
    if not 1 <= len(values) <= 3 or any(v.kind not in (Kind.INT, Kind.BOOL) for v in values):
        raise Unsupported("range of something else than ints")
    step = values[2].known if len(values) == 3 else 1
    if not isinstance(step, int) or step == 0 or abs(step) > 2**31:
        return variable_range(b, *(as_int(b, value) for value in values))
    start = b.const_int(0) if len(values) == 1 else as_int(b, values[0])
    stop = as_int(b, values[0] if len(values) == 1 else values[1])
    low, high = (start, stop) if step > 0 else (stop, start)
    span = b.emit(Op.SUB_CHECKED, high, low)
    size = abs(step)
    if size == 1:
        length = span
    else:
        up = b.emit(Op.ADD_CHECKED, span, b.const_int(size - 1))
        length = b.emit(Op.FLOOR_DIV, up, b.const_int(size))
    return Typed(Kind.RANGE, (start, b.const_int(step), length))


def variable_range(b: RegionBuilder, start: Value, stop: Value, step: Value) -> Typed:
    """A range whose step is known only when it is made."""
    up = b.emit(Op.INT_GT, step, b.const_int(0))
    b.guard(b.emit(Op.INT_NE, step, b.const_int(0)))
    down = b.emit(Op.SUB_CHECKED, b.const_int(0), step)
    size = b.emit(Op.SELECT_INT, up, step, down)
    low = b.emit(Op.SELECT_INT, up, start, stop)
    high = b.emit(Op.SELECT_INT, up, stop, start)
    span = b.emit(Op.SUB_CHECKED, high, low)
    rounded = b.emit(Op.ADD_CHECKED, span, b.emit(Op.SUB, size, b.const_int(1)))
    return Typed(Kind.RANGE, (start, step, b.emit(Op.FLOOR_DIV, rounded, size)))


def call_reversed(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """Of a range: the range from its last item down, or up, to its first."""
    if len(values) == 1 and values[0].kind in (Kind.LIST, Kind.TUPLE):
        last = b.emit(Op.SUB, b.size(values[0]), b.const_int(1))
        return Typed(Kind.REVERSED, (last,), parts=(values[0],))
    if len(values) != 1 or values[0].kind is not Kind.RANGE:
        raise Unsupported("reversed of something else than a range, list or tuple")
    start, step, length = values[0].values
    far = b.emit(Op.MUL_CHECKED, b.emit(Op.SUB, length, b.const_int(1)), step)
    last = b.emit(Op.ADD_CHECKED, start, far)
    return Typed(Kind.RANGE, (last, b.emit(Op.SUB_CHECKED, b.const_int(0), step), length))


def call_enumerate(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """The first number, and what is enumerated."""
    countable = (*ITERABLE, Kind.ZIP, Kind.BUFFER)
    if not 1 <= len(values) <= 2 or values[0].kind not in countable:
        raise Unsupported("enumerate of something else than a range, list or tuple")
    first = b.const_int(0)
    if len(values) == 2:
        if values[1].kind is not Kind.INT:
            raise Unsupported("enumerate from something else than an int")
        first = values[1].values[0]
        b.guard(b.emit(Op.INT_LT, first, b.const_int(2**62)))
    return Typed(Kind.ENUMERATE, (first,), parts=(values[0],))


def call_zip(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if not 1 <= len(values) <= MOST_PARTS or any(v.kind not in ITERABLE for v in values):
        raise Unsupported("zip of something else than ranges, lists and tuples")
    return Typed(Kind.ZIP, parts=tuple(values))


def call_divmod(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    # Used twice: the remainder needs low bits only, the quotient all of them.
    values = [Typed(value.kind, value.values, known=value.known) for value in values]
    parts = (BINARY["FloorDiv"](b, *values), BINARY["Mod"](b, *values))
    return Typed(Kind.PAIR, parts=parts)


def call_len(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and values[0].kind in SIZES:
        return integer(SIZES[values[0].kind](b, values[0]))
    if len(values) == 1 and strings.is_text(values[0]):
        return integer(strings.size(b, values[0]))
    if len(values) == 1 and values[0].kind is Kind.BUFFER:
        return integer(buffers.size_of(b, values[0]))
    if len(values) == 1 and values[0].kind in (Kind.PAIR, Kind.KEYWORDS):
        return constant(b, len(values[0].parts))
    if len(values) != 1 or values[0].kind not in (Kind.LIST, Kind.TUPLE):
        raise Unsupported("len of something else than a list or tuple")
    return integer(b.size(values[0]))


def call_abs(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    if values[0].kind is Kind.FLOAT:
        return real(b.emit(Op.CALL1, values[0].values[0], attr="fabs"))
    value = as_int(b, values[0])
    negated = b.emit(Op.SUB_CHECKED, b.const_int(0), value)
    return integer(b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, value, b.const_int(0)), negated, value))


def extremum(operator: str) -> Builtin:
    """min and max: the first of equals; all of one type, since the result is one of them."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        if len(values) == 1:
            return reductions.extremum(b, operator, reductions.the_sequence(values))
        numbers(values, 2, 8)
        if len({value.kind for value in values}) > 1 or values[0].kind is Kind.BOOL:
            raise Unsupported("min or max of different types")
        best = values[0]
        select = Op.SELECT_FLOAT if best.kind is Kind.FLOAT else Op.SELECT_INT
        for value in values[1:]:
            better = compare(b, operator, value, best).values[0]
            chosen = b.emit(select, better, value.values[0], best.values[0])
            best = Typed(best.kind, (chosen,))
        return best

    return build


def to_int(b: RegionBuilder, value: Value) -> Typed:
    """A whole double as an int."""
    b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, value, attr="fabs"), b.const_float(LIMIT)))
    return integer(b.emit(Op.FLOAT_TO_INT, value))


def call_int(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and strings.is_text(values[0]):
        return strings.digit(b, values[0])
    numbers(values, 1, 1)
    if values[0].kind is Kind.FLOAT:
        return to_int(b, values[0].values[0])
    return values[0] if values[0].kind is Kind.WORD else integer(as_int(b, values[0]))


def call_float(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and strings.is_text(values[0]):
        return real(b.emit(Op.TEXT_TO_FLOAT_CHECKED, strings.as_pointer(b, values[0])))
    numbers(values, 1, 1)
    return real(as_float(b, values[0]))


def call_bool(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) != 1:
        raise Unsupported("bool without an argument")
    return truth(is_true(b, values[0]))


def rounding(function: str) -> Builtin:
    """math.floor, math.ceil, math.trunc, round: an int."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        numbers(values, 1, 1)
        if values[0].kind is not Kind.FLOAT:
            return integer(as_int(b, values[0]))
        return to_int(b, b.emit(Op.CALL1, values[0].values[0], attr=function))

    return build


def call_sqrt(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    value = as_float(b, values[0])
    b.guard(b.emit(Op.FLOAT_GE, value, b.const_float(0.0)))
    return real(b.emit(Op.CALL1, value, attr="sqrt"))


def libm(function: str, positive: bool = False) -> Builtin:
    """A function that is the C library's where argument and result are finite."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        numbers(values, 1, 1)
        value = as_float(b, values[0])
        infinity = b.const_float(math.inf)
        if positive:
            b.guard(b.emit(Op.FLOAT_GT, value, b.const_float(0.0)))
        b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, value, attr="fabs"), infinity))
        result = b.emit(Op.CALL1, value, attr=function)
        b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, result, attr="fabs"), infinity))
        return real(result)

    return build


def call_fabs(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    return real(b.emit(Op.CALL1, as_float(b, values[0]), attr="fabs"))


CALLS: dict[object, Builtin] = {
    builtins.range: call_range,
    builtins.reversed: call_reversed,
    builtins.enumerate: call_enumerate,
    builtins.zip: call_zip,
    builtins.sum: reductions.call_sum,
    builtins.sorted: call_sorted,
    builtins.dict: dicts.call_dict,
    builtins.set: sets.call_set,
    builtins.any: reductions.call_any,
    builtins.all: reductions.call_all,
    builtins.divmod: call_divmod,
    builtins.len: call_len,
    builtins.ord: strings.call_ord,
    builtins.chr: strings.call_chr,
    builtins.abs: call_abs,
    builtins.bytearray: buffers.call_bytearray,
    builtins.min: extremum("Lt"),
    builtins.max: extremum("Gt"),
    builtins.int: call_int,
    builtins.float: call_float,
    builtins.bool: call_bool,
    builtins.round: rounding("roundeven"),
    math.floor: rounding("floor"),
    math.ceil: rounding("ceil"),
    math.trunc: rounding("trunc"),
    math.sqrt: call_sqrt,
    math.fabs: call_fabs,
    math.sin: libm("sin"),
    math.cos: libm("cos"),
    math.tan: libm("tan"),
    math.atan: libm("atan"),
    math.exp: libm("exp"),
    math.sinh: libm("sinh"),
    math.cosh: libm("cosh"),
    math.tanh: libm("tanh"),
}


LAZY = (builtins.len, builtins.range, builtins.reversed, builtins.enumerate, builtins.zip)
"""Functions that do not look at the elements of lists."""
