"""More of `math`: functions that are the C library's where arguments and result are finite; and of
whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from .arithmetic import as_float, as_int, float_power, integer, power, real, truth
from .builder import RegionBuilder, Unsupported
from .built_in import CALLS, libm, numbers
from .state import Kind, Typed


def finite(b: RegionBuilder, value: Value) -> Value:
    """Leaves unless a value is finite."""
    b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, value, attr="fabs"), b.const_float(math.inf)))
    return value


def call_atan2(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    y, x = (finite(b, as_float(b, value)) for value in values)
    return real(b.emit(Op.CALL2, y, x, attr="atan2"))


def call_copysign(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    x, y = (as_float(b, value) for value in values)
    return real(b.emit(Op.CALL2, x, y, attr="copysign"))


def call_fmod(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    x, y = (finite(b, as_float(b, value)) for value in values)
    b.guard(b.emit(Op.FLOAT_NE, y, b.const_float(0.0)))
    return real(b.emit(Op.FREM, x, y))


def call_pow(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    x, y = (as_float(b, value) for value in values)
    return float_power(b, x, y, values[1].known)


def call_radians(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    return real(b.emit(Op.FMUL, as_float(b, values[0]), b.const_float(math.pi / 180.0)))


def call_degrees(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    return real(b.emit(Op.FMUL, as_float(b, values[0]), b.const_float(180.0 / math.pi)))


def call_isnan(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    value = as_float(b, values[0])
    return truth(b.emit(Op.FLOAT_NE, value, value))


def call_isinf(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    size = b.emit(Op.CALL1, as_float(b, values[0]), attr="fabs")
    return truth(b.emit(Op.FLOAT_EQ, size, b.const_float(math.inf)))


def call_isfinite(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    size = b.emit(Op.CALL1, as_float(b, values[0]), attr="fabs")
    return truth(b.emit(Op.FLOAT_LT, size, b.const_float(math.inf)))


def ints(b: RegionBuilder, values: Sequence[Typed], count: int) -> list[Value]:
    """The arguments of a function of ints."""
    numbers(values, count, count)
    if any(value.kind not in (Kind.INT, Kind.BOOL) for value in values):
        raise Unsupported("a call with arguments that are no ints")
    return [as_int(b, value) for value in values]


def call_builtin_pow(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 3:
        return integer(b.emit(Op.POWER_MOD_CHECKED, *ints(b, values, 3)))
    numbers(values, 2, 2)
    return power(b, *values)


def call_gcd(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    return integer(b.emit(Op.GCD_CHECKED, *ints(b, values, 2)))


def call_isqrt(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    return integer(b.emit(Op.ROOT_CHECKED, *ints(b, values, 1)))


CALLS.update(
    {
        pow: call_builtin_pow,
        math.gcd: call_gcd,
        math.isqrt: call_isqrt,
        math.atan2: call_atan2,
        math.copysign: call_copysign,
        math.fmod: call_fmod,
        math.pow: call_pow,
        math.radians: call_radians,
        math.degrees: call_degrees,
        math.isnan: call_isnan,
        math.isinf: call_isinf,
        math.isfinite: call_isfinite,
        math.log: libm("log", positive=True),
        math.log2: libm("log2", positive=True),
        math.log10: libm("log10", positive=True),
        math.asin: libm("asin"),
        math.acos: libm("acos"),
        math.asinh: libm("asinh"),
        math.expm1: libm("expm1"),
    }
)
