"""NumPy's scalars, as elements of its arrays give them: numbers with a type of their own.

    total += a[i]          np.float64 + np.float64, unboxed as long as the loop runs
    if a[i] > limit: ...   np.bool_, which only a branch looks at

Results are NumPy's: of float64 and int64, with each other and with Python's numbers. Where NumPy
would warn (overflow, division by zero, what is not a number) the region is left. Of other types
elements are loaded, compared and converted only.
"""

from __future__ import annotations

import builtins
import math
import sys
from collections.abc import Sequence

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..layout.buffers import CODES, SIZES, buffer_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .arithmetic import as_float, as_number, binary, exact_float, integer, real, truth
from .builder import RegionBuilder, Unsupported
from .frames import ENTERS, OUTPUTS
from .state import Key, Kind, Typed
from .variables import STORABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CALCULATED = ("d", "l")
"""Letters of the types that are calculated with."""

ENTERED = "?bBhHiIld"
"""Letters of the types of scalars that variables may hold when a region is entered."""

SMALLEST = sys.float_info.min
"""Of the numbers of full precision."""

INT_OPERATORS = {"Add", "Sub", "Mult", "FloorDiv", "Mod", "BitAnd", "BitOr", "BitXor"}
FLOAT_OPERATORS = {"Add": Op.FADD, "Sub": Op.FSUB, "Mult": Op.FMUL, "Div": Op.FDIV}
PYTHON = (Kind.INT, Kind.FLOAT)
"""Kinds of Python's numbers that are combined with scalars."""

CONVERTING = frozenset(
    [
        builtins.float,
        builtins.int,
        builtins.bool,
        builtins.range,
        math.sqrt,
        math.fabs,
        math.sin,
        math.cos,
        math.tan,
        math.atan,
        math.exp,
        math.sinh,
        math.cosh,
        math.tanh,
    ]
)
"""Functions that take a scalar for the number that it is, and give one of Python's."""


def scalar(code: str, number: Typed, *more: Value) -> Typed:
    """A number as a scalar of the type that a letter says."""
    return Typed(Kind.SCALAR, (number.values[0], *more), ("scalar", code))


def code_of(typed: Typed) -> str:
    """The letter of a scalar's type."""
    return str(typed.shape[1])


def type_of(code: str) -> Any:
    """A type of scalars."""
    return sys.modules["numpy"].dtype(code).type


# --- in variables


def enter_scalar(b: RegionBuilder, key: Key, sample: Any) -> Typed:
    """A variable that holds a scalar."""
    code = sample.dtype.char
    if code not in ENTERED or buffer_problem("ndarray"):
        return Typed(Kind.OPAQUE)
    slot = b.slot((key, Kind.SCALAR, code), 1)
    if code == "?":
        b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, type_of(code)))
        found = b.emit(Op.SLOT_OBJECT, attr=slot)
        return condition(b, b.emit(Op.IS_OBJECT, found, b.const_object(type_of("?")(True))))
    b.inputs.append(FrameValue(*key, SlotType.SCALAR, slot, type_of(code)))
    if code == "d":
        return scalar(code, real(b.emit(Op.SLOT_FLOAT, attr=slot)))
    return scalar(code, integer(low_bytes(b, CODES[code], b.emit(Op.SLOT_INT, attr=slot))))


def low_bytes(b: RegionBuilder, form: str, value: Value) -> Value:
    """The int in the low bytes of a word."""
    rest = b.const_int(64 - 8 * SIZES[form])
    if SIZES[form] == 8:
        return value
    high = b.emit(Op.SHIFT_LEFT, value, rest)
    return b.emit(Op.SHIFT_RIGHT if form.islower() else Op.USHIFT_RIGHT, high, rest)


def output_scalar(
    b: RegionBuilder, key: Key, typed: Typed, stores: list[tuple[int, Value]]
) -> FrameValue:
    """How a variable that holds a scalar is written: the bits of the number are its own."""
    code = code_of(typed)
    slot = b.slot((key, Kind.SCALAR, code), 1)
    stores.append((slot, typed.values[-1]))
    if CODES[code] == "?":
        return FrameValue(*key, SlotType.OBJECT, slot, type_of(code))
    return FrameValue(*key, SlotType.SCALAR, slot, type_of(code))


def bool_object(b: RegionBuilder, value: Value) -> Value:
    """The one of NumPy's two bools that a condition means."""
    false, true = type_of("?")(False), type_of("?")(True)
    distance = b.const_int(id(true) - id(false))
    number = b.emit(Op.BOOL_TO_INT, value)
    return b.emit(Op.ADDRESS, b.const_object(false), number, distance)


def condition(b: RegionBuilder, value: Value) -> Typed:
    """A result that is one of NumPy's bools."""
    return scalar("?", truth(value), bool_object(b, value))


def register_scalars() -> None:
    """Scalars can be read if the program has imported NumPy."""
    numpy = sys.modules.get("numpy")
    dtype = getattr(numpy, "dtype", None)
    if dtype is not None and not buffer_problem("ndarray"):
        for code in ENTERED:
            ENTERS.setdefault(dtype(code).type, enter_scalar)


# --- operators


def are_known(left: Typed, right: Typed) -> bool:
    """Whether these are calculated with: at least one is a scalar."""
    return all(
        code_of(each) in CALCULATED if each.kind is Kind.SCALAR else each.kind in PYTHON
        for each in (left, right)
    )


def operate(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Typed:
    """left operator right, of which at least one is a scalar."""
    if not are_known(left, right):
        raise Unsupported(f"{operator} of NumPy's numbers of these types")
    x, y = as_number(left), as_number(right)
    if Kind.FLOAT not in (x.kind, y.kind) and operator != "Div":
        if operator not in INT_OPERATORS:
            raise Unsupported(f"{operator} of NumPy's ints")
        return scalar("l", binary(b, operator, x, y))
    op = FLOAT_OPERATORS.get(operator)
    if op is None:
        raise Unsupported(f"{operator} of NumPy's floats")
    for each in (left,) if op is Op.FDIV else (left, right):
        for check in each.checks:  # what is not finite makes the result so
            b.drop_guard(check)
    result, check = finite(b, op, as_float(b, x), as_float(b, y))
    return Typed(Kind.SCALAR, (result,), ("scalar", "d"), checks=(check,))


def finite(b: RegionBuilder, op: Op, x: Value, y: Value) -> tuple[Value, Operation]:
    """A result of which the processor has nothing to say: a finite number, and of full precision or
    exactly zero; and the guard that it is finite. Sums are exact where they are that small."""
    zero = b.const_float(0.0)
    if op is Op.FDIV:
        b.guard(b.emit(Op.FLOAT_NE, y, zero))
    result = b.emit(op, x, y)
    size = b.emit(Op.CALL1, result, attr="fabs")
    check = b.new_guard(b.emit(Op.FLOAT_LT, size, b.const_float(math.inf)))
    if op in (Op.FMUL, Op.FDIV):
        full = b.emit(Op.FLOAT_GE, size, b.const_float(SMALLEST))
        nothing = b.emit(Op.FLOAT_EQ, x, zero)
        if op is Op.FMUL:
            nothing = b.emit(Op.EITHER, nothing, b.emit(Op.FLOAT_EQ, y, zero))
        b.guard(b.emit(Op.EITHER, full, nothing))
    return result, check


COMPARE = {
    "Eq": (Op.INT_EQ, Op.FLOAT_EQ),
    "NotEq": (Op.INT_NE, Op.FLOAT_NE),
    "Lt": (Op.INT_LT, Op.FLOAT_LT),
    "LtE": (Op.INT_LE, Op.FLOAT_LE),
    "Gt": (Op.INT_GT, Op.FLOAT_GT),
    "GtE": (Op.INT_GE, Op.FLOAT_GE),
}


def compare(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Typed:
    """A comparison of which at least one operand is a scalar. Ints of fewer bits are compared with
    what fits in them alone: others NumPy refuses, or converts."""
    x, y = as_number(left), as_number(right)
    if operator not in COMPARE or not {x.kind, y.kind} <= set(PYTHON):
        raise Unsupported(f"{operator} of NumPy's numbers")
    of_int, of_float = COMPARE[operator]
    for one, other in ((left, right), (right, left)):
        if one.kind is Kind.SCALAR and code_of(one) not in CALCULATED:
            check_small(b, code_of(one), as_number(other))
    if x.kind is y.kind is Kind.INT:
        return condition(b, b.emit(of_int, x.values[0], y.values[0]))
    return condition(b, b.emit(of_float, exact_float(b, x), exact_float(b, y)))


def check_small(b: RegionBuilder, code: str, other: Typed) -> None:
    """What is compared with an element of another type must be of that type, too."""
    form = CODES[code]
    if form == "f" or other.kind is not Kind.INT:
        raise Unsupported("a comparison of NumPy's numbers of different types")
    bits = 8 * SIZES[form]
    if bits < 64:
        low = b.const_int(1 << bits - 1 if form.islower() else 0)
        moved = b.emit(Op.ADD, other.values[0], low)
        b.guard(b.emit(Op.UINT_LT, moved, b.const_int(1 << bits)))
    else:
        b.guard(b.emit(Op.INT_GE, other.values[0], b.const_int(0)))


# --- functions


def converted(b: RegionBuilder, function: object, values: Sequence[Typed]) -> Sequence[Typed]:
    """The arguments of a built-in function, as numbers if it takes scalars for these."""
    if all(value.kind is not Kind.SCALAR for value in values):
        return values
    try:
        is_known = function in CONVERTING
    except TypeError:  # an unhashable callable
        is_known = False
    if not is_known:
        return values
    if function is builtins.range and any(as_number(v).kind is not Kind.INT for v in values):
        raise Unsupported("range of something else than ints")
    return [as_number(value) for value in values]


OUTPUTS[Kind.SCALAR] = output_scalar
STORABLE.add(Kind.SCALAR)
