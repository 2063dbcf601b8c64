"""Operators on numbers, exactly as the language defines them.

Results that do not fit in 64 bits, divisions by zero and the like leave the region before the
statement; the host computes or raises.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.buffers import CODES
from . import words
from .builder import RegionBuilder, Unsupported, builds
from .classes import MISSING
from .instances import model_of
from .raising import check
from .state import Kind, Typed
from .variables import read, write
from .words import exact, literal, low_bits

NUMBERS = {Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.WORD}
OBJECTS = {Kind.INSTANCE, Kind.LIST, Kind.TUPLE}
EXACT = 2**53
"""Integers up to this size are doubles exactly."""


def as_int(b: RegionBuilder, typed: Typed) -> Value:
    """The i64 of an int or bool, or of a word that is no more than that."""
    if typed.kind is Kind.BOOL:
        return b.emit(Op.BOOL_TO_INT, typed.values[0])
    return exact(b, typed).values[0]


def as_float(b: RegionBuilder, typed: Typed) -> Value:
    """The double of a number, rounded as the host does."""
    if typed.kind is Kind.FLOAT:
        return typed.values[0]
    if typed.kind is Kind.WORD:
        return b.emit(Op.UINT_TO_FLOAT, typed.values[0])
    return b.emit(Op.INT_TO_FLOAT, as_int(b, typed))


def exact_float(b: RegionBuilder, typed: Typed) -> Value:
    """The double of a number that must convert without rounding."""
    typed = exact(b, typed)
    if typed.kind is Kind.INT:
        value = typed.values[0]
        if not (isinstance(typed.known, int) and int(float(typed.known)) == typed.known):
            shifted = b.emit(Op.ADD, value, b.const_int(EXACT))
            b.guard(b.emit(Op.UINT_LT, shifted, b.const_int(2 * EXACT + 1)))
    return as_float(b, typed)


def integer(value: Value) -> Typed:
    """An int result."""
    return Typed(Kind.INT, (value,))


def real(value: Value) -> Typed:
    """A float result."""
    return Typed(Kind.FLOAT, (value,))


def truth(value: Value) -> Typed:
    """A bool result."""
    return Typed(Kind.BOOL, (value,))


def as_number(typed: Typed) -> Typed:
    """One of NumPy's scalars as the number that it is; anything else as it is."""
    if typed.kind is not Kind.SCALAR:
        return typed
    form = CODES[str(typed.shape[1])]
    value = typed.values[0]
    return real(value) if form in "fd" else truth(value) if form == "?" else integer(value)


def as_index(typed: Typed) -> Typed:
    """The same of a scalar that is an int."""
    number = as_number(typed)
    return number if number.kind is Kind.INT else typed


# --- binary operators

Binary = Callable[[RegionBuilder, Typed, Typed], Typed]


def checked(op: Op, float_op: Op) -> Binary:
    """`+`, `-`, `*`."""

    def build(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
        if Kind.FLOAT in (left.kind, right.kind):
            return real(b.emit(float_op, as_float(b, left), as_float(b, right)))
        result = b.emit(op, as_int(b, left), as_int(b, right))
        return Typed(Kind.INT, (result,), checks=(*left.checks, *right.checks, b.last()))

    return build


def true_div(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    """Of two ints the quotient of the exact doubles: correctly rounded as the host's is."""
    if Kind.FLOAT in (left.kind, right.kind):
        dividend, divisor = as_float(b, left), as_float(b, right)
    else:
        dividend, divisor = exact_float(b, left), exact_float(b, right)
    not_zero(b, b.emit(Op.FLOAT_NE, divisor, b.const_float(0.0)), right)
    return real(b.emit(Op.FDIV, dividend, divisor))


def not_zero(b: RegionBuilder, condition: Value, divisor: Typed) -> None:
    """A divisor is not zero."""
    if divisor.known is None:
        check(b, condition, ZeroDivisionError)
    else:
        b.guard(condition)


def nonzero_divisor(b: RegionBuilder, left: Value, right: Typed) -> Value:
    """Guards against zero, and against the one quotient that overflows."""
    divisor = as_int(b, right)
    if isinstance(right.known, int) and right.known not in (0, -1):
        return divisor
    not_zero(b, b.emit(Op.INT_NE, divisor, b.const_int(0)), right)
    smallest = b.emit(Op.INT_NE, left, b.const_int(-(2**63)))
    b.guard(b.emit(Op.EITHER, smallest, b.emit(Op.INT_NE, divisor, b.const_int(-1))))
    return divisor


def floor_div(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    if Kind.FLOAT in (left.kind, right.kind):
        return real(float_divmod(b, left, right)[0])
    dividend = as_int(b, left)
    if is_power_of_two(right):
        return integer(
            b.emit(Op.SHIFT_RIGHT, dividend, b.const_int(constant_int(right).bit_length() - 1))
        )
    return integer(b.emit(Op.FLOOR_DIV, dividend, nonzero_divisor(b, dividend, right)))


def constant_int(value: Typed) -> int:
    """The constant that `is_power_of_two` has found."""
    assert isinstance(value.known, int)
    return value.known


def is_power_of_two(value: Typed) -> bool:
    """Whether a value is a constant 1, 2, 4, ...: then shifts and masks do for division."""
    known = value.known
    return type(known) is int and known > 0 and known & (known - 1) == 0


def modulo(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    if Kind.FLOAT in (left.kind, right.kind):
        return real(float_divmod(b, left, right)[1])
    dividend = as_int(b, left)
    if is_power_of_two(right):
        low_bits(b, left)
        return integer(b.emit(Op.AND, dividend, b.const_int(constant_int(right) - 1)))
    return integer(b.emit(Op.FLOOR_MOD, dividend, nonzero_divisor(b, dividend, right)))


def float_divmod(b: RegionBuilder, left: Typed, right: Typed) -> tuple[Value, Value]:
    """Quotient and remainder of doubles as `float.__divmod__` defines them."""
    x, y = as_float(b, left), as_float(b, right)
    zero, one = b.const_float(0.0), b.const_float(1.0)
    not_zero(b, b.emit(Op.FLOAT_NE, y, zero), right)
    rest = b.emit(Op.FREM, x, y)
    quotient = b.emit(Op.FDIV, b.emit(Op.FSUB, x, rest), y)
    has_rest = b.emit(Op.FLOAT_NE, rest, zero)
    opposite = b.emit(Op.DIFFER, b.emit(Op.FLOAT_LT, y, zero), b.emit(Op.FLOAT_LT, rest, zero))
    adjust = b.emit(Op.BOTH, has_rest, opposite)
    adjusted = b.emit(Op.SELECT_FLOAT, adjust, b.emit(Op.FADD, rest, y), rest)
    lowered = b.emit(Op.SELECT_FLOAT, adjust, b.emit(Op.FSUB, quotient, one), quotient)
    signed_zero = b.emit(Op.CALL2, zero, y, attr="copysign")
    remainder = b.emit(Op.SELECT_FLOAT, has_rest, adjusted, signed_zero)
    floor = b.emit(Op.CALL1, lowered, attr="floor")
    far = b.emit(Op.FLOAT_GT, b.emit(Op.FSUB, lowered, floor), b.const_float(0.5))
    rounded = b.emit(Op.SELECT_FLOAT, far, b.emit(Op.FADD, floor, one), floor)
    zero_quotient = b.emit(Op.CALL2, zero, b.emit(Op.FDIV, x, y), attr="copysign")
    is_zero = b.emit(Op.FLOAT_EQ, lowered, zero)
    return b.emit(Op.SELECT_FLOAT, is_zero, zero_quotient, rounded), remainder


def power(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    """Small constant powers of ints by multiplication; powers of doubles and negative ones of ints
    through libm's pow."""
    exponent = right.known
    if Kind.WORD in (left.kind, right.kind):
        raise Unsupported("a power of an int of 64 bits without a sign")
    is_int = left.kind is not Kind.FLOAT and right.kind is not Kind.FLOAT
    if is_int and not (isinstance(exponent, int) and exponent < 0):
        base = as_int(b, left)
        if not isinstance(exponent, int) or exponent > 8:
            return integer(b.emit(Op.POWER_CHECKED, base, as_int(b, right)))
        result = b.const_int(1) if exponent == 0 else base
        for _ in range(exponent - 1):
            result = b.emit(Op.MUL_CHECKED, result, base)
        return integer(result)
    return float_power(b, as_float(b, left), as_float(b, right), right.known)


def float_power(b: RegionBuilder, base: Value, exponent: Value, known: object) -> Typed:
    """libm's pow where the host calls it: of numbers that are finite and give such a number, and
    not of zero or, unless the exponent is whole, of negative ones. `known` is the exponent if that
    is constant."""
    zero, infinity = b.const_float(0.0), b.const_float(math.inf)
    if not isinstance(known, (int, float)):
        b.guard(b.emit(Op.FLOAT_GT, base, zero))
        b.guard(b.emit(Op.FLOAT_LT, base, infinity))
        b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, exponent, attr="fabs"), infinity))
    elif not float(known).is_integer():
        b.guard(b.emit(Op.FLOAT_GE if known > 0 else Op.FLOAT_GT, base, zero))
    elif known < 0:
        b.guard(b.emit(Op.FLOAT_NE, base, zero))
    result = b.emit(Op.CALL2, base, exponent, attr="pow")
    b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, result, attr="fabs"), infinity))
    return real(result)


def shift_left(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    value, count = as_int(b, left), as_int(b, right)
    if isinstance(right.known, int) and 0 <= right.known < 62:
        result = b.emit(Op.MUL_CHECKED, value, b.const_int(1 << right.known))
        return Typed(Kind.INT, (result,), checks=(*left.checks, b.last()))
    if right.known not in (62, 63):
        b.guard(b.emit(Op.UINT_LT, count, b.const_int(63)))
    result = b.emit(Op.SHIFT_LEFT, value, count)
    fits = b.new_guard(b.emit(Op.INT_EQ, b.emit(Op.SHIFT_RIGHT, result, count), value))
    return Typed(Kind.INT, (result,), checks=(*left.checks, fits))


def shift_right(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    value, count = as_int(b, left), as_int(b, right)
    b.guard(b.emit(Op.INT_GE, count, b.const_int(0)))
    limit = b.const_int(63)
    small = b.emit(Op.INT_LT, count, limit)
    return integer(b.emit(Op.SHIFT_RIGHT, value, b.emit(Op.SELECT_INT, small, count, limit)))


def bitwise(op: Op, bool_op: Op) -> Binary:
    """`&`, `|`, `^`: of two bools a bool."""

    def build(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
        if left.kind is Kind.BOOL and right.kind is Kind.BOOL:
            return truth(b.emit(bool_op, left.values[0], right.values[0]))
        if op is Op.AND:
            for value, mask in ((left, right), (right, left)):
                if isinstance(mask.known, int) and mask.known >= 0:
                    low_bits(b, value)
        result = b.emit(op, as_int(b, left), as_int(b, right))
        return Typed(Kind.INT, (result,), checks=(*left.checks, *right.checks))

    return build


BINARY: dict[str, Binary] = {
    "Add": checked(Op.ADD_CHECKED, Op.FADD),
    "Sub": checked(Op.SUB_CHECKED, Op.FSUB),
    "Mult": checked(Op.MUL_CHECKED, Op.FMUL),
    "Div": true_div,
    "FloorDiv": floor_div,
    "Mod": modulo,
    "Pow": power,
    "LShift": shift_left,
    "RShift": shift_right,
    "BitAnd": bitwise(Op.AND, Op.BOTH),
    "BitOr": bitwise(Op.OR, Op.EITHER),
    "BitXor": bitwise(Op.XOR, Op.DIFFER),
}
INTEGERS_ONLY = {"LShift", "RShift", "BitAnd", "BitOr", "BitXor"}


FOLD: dict[str, Callable[[int, int], int]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Pow": operator.pow,
    "LShift": operator.lshift,
}


def folded(b: RegionBuilder, operation: str, left: Typed, right: Typed) -> Typed | None:
    """The result of two constants (`2**31`, `1 << 20`), as the host's compiler folds them."""
    x, y = left.known, right.known
    if operation not in FOLD or type(x) is not int or type(y) is not int:
        return None
    if operation in ("Pow", "LShift") and (not 0 <= y <= 128 or abs(x) > 2**31):
        return None
    return literal(b, FOLD[operation](x, y))


def binary(b: RegionBuilder, operation: str, left: Typed, right: Typed) -> Typed:
    """left operation right"""
    constant = folded(b, operation, left, right)
    if constant is not None:
        return constant
    build = words.find_binary(operation, left, right) or find_binary(operation, left, right)
    return build(b, left, right)


def find_binary(operation: str, left: Typed, right: Typed) -> Binary:
    """What builds an operator for these operands."""
    build = BINARY.get(operation)
    kinds = {left.kind, right.kind}
    integers_only = operation in INTEGERS_ONLY
    if build is None or not kinds <= NUMBERS or (integers_only and Kind.FLOAT in kinds):
        names = f"{left.kind.name.lower()} and {right.kind.name.lower()}"
        raise Unsupported(f"{operation} of {names}")
    return build


# --- unary operators and truth


SIZES: dict[Kind, Callable[[RegionBuilder, Typed], Value]] = {}
"""Sizes of what is true if it is not empty."""


def is_true(b: RegionBuilder, typed: Typed) -> Value:
    """The truth value of something."""
    kind = typed.kind
    if kind is Kind.SCALAR:
        return is_true(b, as_number(typed))
    if kind is Kind.BOOL:
        return typed.values[0]
    if kind in (Kind.INT, Kind.WORD):
        return b.emit(Op.INT_NE, typed.values[0], b.const_int(0))
    if kind is Kind.FLOAT:
        return b.emit(Op.FLOAT_NE, typed.values[0], b.const_float(0.0))
    if kind in (Kind.LIST, Kind.TUPLE):
        return b.emit(Op.INT_NE, b.size(typed), b.const_int(0))
    if kind in (Kind.NONE, Kind.PAIR):
        return b.const_bool(bool(typed.parts))
    if kind is Kind.STR:
        return b.emit(Op.INT_NE, b.emit(Op.STR_SIZE, typed.values[0]), b.const_int(0))
    if kind is Kind.CHAR:
        return b.const_bool(True)
    if kind in SIZES:
        return b.emit(Op.INT_NE, SIZES[kind](b, typed), b.const_int(0))
    if kind is Kind.INSTANCE and typed.shape[0] == "instance":
        model = model_of(b, typed)
        if model.find("__bool__") is MISSING and model.find("__len__") is MISSING:
            return b.const_bool(True)
    raise Unsupported(f"the truth of {kind.name.lower()}")


def float_negation(b: RegionBuilder, value: Typed) -> Typed:
    """`-value` of a float; of a constant it is one."""
    known = -value.known if isinstance(value.known, float) else None
    return Typed(Kind.FLOAT, (b.emit(Op.FNEG, value.values[0]),), known=known)


def plus(b: RegionBuilder, value: Typed) -> Typed:
    """`+value`."""
    return value


@builds(Bytecode.UNARY)
def build_unary(b: RegionBuilder, pc: int, i: Instruction) -> int:
    value = read(b, i.src[0])
    operator = i.imm[0]
    if operator == "Not":
        write(b, i, truth(b.emit(Op.NOT, is_true(b, value))))
        return pc + 1
    if value.kind not in NUMBERS or (value.kind is Kind.FLOAT and operator == "Invert"):
        raise Unsupported(f"{operator} of {value.kind.name.lower()}")
    if value.kind is Kind.FLOAT:
        result = value if operator == "UAdd" else float_negation(b, value)
    else:
        number = integer(as_int(b, value)) if value.kind is Kind.BOOL else value
        result = {"USub": words.negation, "Invert": words.inversion}.get(operator, plus)(b, number)
    write(b, i, result)
    return pc + 1


# --- comparisons

INT_COMPARE = {
    "Eq": Op.INT_EQ,
    "NotEq": Op.INT_NE,
    "Lt": Op.INT_LT,
    "LtE": Op.INT_LE,
    "Gt": Op.INT_GT,
    "GtE": Op.INT_GE,
}
FLOAT_COMPARE = {
    "Eq": Op.FLOAT_EQ,
    "NotEq": Op.FLOAT_NE,
    "Lt": Op.FLOAT_LT,
    "LtE": Op.FLOAT_LE,
    "Gt": Op.FLOAT_GT,
    "GtE": Op.FLOAT_GE,
}


def compare(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Typed:
    """A comparison. An int and a float compare exactly, so the int must convert without
    rounding."""
    if operator in ("Is", "IsNot"):
        if {left.kind, right.kind} <= OBJECTS:
            same_object = b.emit(Op.IS_OBJECT, left.values[0], right.values[0])
            return truth(same_object if operator == "Is" else b.emit(Op.NOT, same_object))
        if Kind.NONE not in (left.kind, right.kind):
            raise Unsupported("identity of numbers")
        same = left.kind is right.kind
        return truth(b.const_bool(same is (operator == "Is")))
    if operator not in INT_COMPARE or not {left.kind, right.kind} <= NUMBERS:
        names = f"{left.kind.name.lower()} and {right.kind.name.lower()}"
        raise Unsupported(f"{operator} of {names}")
    if Kind.FLOAT in (left.kind, right.kind):
        x, y = exact_float(b, left), exact_float(b, right)
        return truth(b.emit(FLOAT_COMPARE[operator], x, y))
    if Kind.WORD in (left.kind, right.kind):
        return truth(words.compare(b, operator, left, right))
    return truth(b.emit(INT_COMPARE[operator], as_int(b, left), as_int(b, right)))
