"""Arithmetic of 64 bits without a sign: ints from 0 to 2**64 - 1, as hashes and random numbers
have them.

    h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF

What outgrows 64 bits leaves the region, unless only its low bits count. An int beside a word must
not be negative, unless only low bits count.
"""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from .builder import RegionBuilder, Unsupported
from .state import Kind, Typed

INTEGERS = {Kind.INT, Kind.BOOL, Kind.WORD}
BITS = 64
MODULUS = 2**BITS

UNCHECKED = {
    Op.ADD_CHECKED: Op.ADD,
    Op.SUB_CHECKED: Op.SUB,
    Op.MUL_CHECKED: Op.MUL,
    Op.UADD_CHECKED: Op.ADD,
    Op.USUB_CHECKED: Op.SUB,
    Op.UMUL_CHECKED: Op.MUL,
}


def low_bits(b: RegionBuilder, value: Typed) -> None:
    """Only the low 64 bits of `value` count: what made it need not leave on overflow."""
    for operation in value.checks:
        if operation.op in UNCHECKED:
            operation.op = UNCHECKED[operation.op]
            operation.exit = None
        elif operation.op is Op.GUARD:
            b.drop_guard(operation)


def signed(value: int) -> int:
    """The 64 bits of a word as a constant of the IR."""
    return value if value < MODULUS // 2 else value - MODULUS


def word(value: Value, *checks: Operation) -> Typed:
    """A result of 64 bits without a sign."""
    return Typed(Kind.WORD, (value,), checks=checks)


def natural(value: Value, *checks: Operation) -> Typed:
    """An int result."""
    return Typed(Kind.INT, (value,), checks=checks)


def literal(b: RegionBuilder, value: int) -> Typed:
    """An int constant of any size."""
    if not -MODULUS // 2 <= value < MODULUS:
        b.keep.append(value)
        return Typed(Kind.KNOWN, known=value)
    kind = Kind.INT if value < MODULUS // 2 else Kind.WORD
    return Typed(kind, (b.const_int(signed(value)),), known=value)


def bits(b: RegionBuilder, typed: Typed) -> tuple[Value, tuple[Operation, ...]]:
    """The 64 bits of an int, word or bool that is not negative; and what checks that."""
    value = typed.values[0]
    if typed.kind is Kind.BOOL:
        return b.emit(Op.BOOL_TO_INT, value), ()
    if typed.kind is Kind.WORD or is_known(typed):
        return value, typed.checks
    return value, (*typed.checks, not_negative(b, value))


def is_known(typed: Typed) -> bool:
    """Whether an int is a constant that is not negative."""
    return isinstance(typed.known, int) and typed.known >= 0


def not_negative(b: RegionBuilder, value: Value) -> Operation:
    """A guard that can be dropped where only low bits count."""
    return b.new_guard(b.emit(Op.INT_GE, value, b.const_int(0)))


def narrow(b: RegionBuilder, typed: Typed) -> Typed:
    """A word as an int: it must be below 2**63, unless only low bits count."""
    value = typed.values[0]
    return natural(value, *typed.checks, not_negative(b, value))


def is_mask(typed: Typed) -> bool:
    """Whether `x & typed` looks at the low 64 bits of x alone."""
    return not typed.checks and (typed.kind is Kind.WORD or is_known(typed))


# --- operators of which at least one operand is a word


Binary = Callable[[RegionBuilder, Typed, Typed], Typed]


def checked(op: Op) -> Binary:
    """`+`, `-`, `*`."""

    def build(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
        (x, before), (y, after) = bits(b, left), bits(b, right)
        result = b.emit(op, x, y)
        return word(result, *before, *after, b.last())

    return build


def conjunction(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    for value, mask in ((left, right), (right, left)):
        if is_mask(mask):
            low_bits(b, value)
    checks = (*left.checks, *right.checks)
    x, y = (bits(b, t)[0] if t.kind is Kind.BOOL else t.values[0] for t in (left, right))
    fits = any((is_known(t) and t.kind is Kind.INT) or t.kind is Kind.BOOL for t in (left, right))
    result = b.emit(Op.AND, x, y)
    return natural(result, *checks) if fits else word(result, *checks)


def joined(op: Op) -> Binary:
    """`|`, `^`."""

    def build(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
        (x, before), (y, after) = bits(b, left), bits(b, right)
        return word(b.emit(op, x, y), *before, *after)

    return build


def shift_left(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    count = right.known
    if left.kind is not Kind.WORD or not isinstance(count, int) or not 0 <= count < BITS:
        raise Unsupported("a word shifted by a variable")
    value, checks = bits(b, left)
    result = b.emit(Op.UMUL_CHECKED, value, b.const_int(signed(1 << count)))
    return word(result, *checks, b.last())


def shift_right(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    if right.kind is Kind.WORD:
        right = exact(b, right)
    if left.kind is not Kind.WORD:
        raise Unsupported("an int shifted by a word")
    value = left.values[0]
    if isinstance(right.known, int) and 0 < right.known < BITS:
        return natural(b.emit(Op.USHIFT_RIGHT, value, b.const_int(right.known)))
    count, _ = bits(b, right)
    small = b.emit(Op.UINT_LT, count, b.const_int(BITS))
    distance = b.emit(Op.SELECT_INT, small, count, b.const_int(0))
    shifted = b.emit(Op.USHIFT_RIGHT, value, distance)
    return word(b.emit(Op.SELECT_INT, small, shifted, b.const_int(0)))


def exact(b: RegionBuilder, typed: Typed) -> Typed:
    """The same as an int, if it is a word."""
    return Typed(Kind.INT, narrow(b, typed).values) if typed.kind is Kind.WORD else typed


def division(op: Op) -> Binary:
    """`//`, `%`."""

    def build(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
        x, y = bits(b, left)[0], bits(b, right)[0]
        if not is_known(right) or not right.known:
            b.guard(b.emit(Op.INT_NE, y, b.const_int(0)))
        result = b.emit(op, x, y)
        if op is Op.UMOD:
            small = right.kind is not Kind.WORD
        else:
            small = is_known(right) and right.known != 1
        return natural(result) if small else word(result)

    return build


BINARY: dict[str, Binary] = {
    "Add": checked(Op.UADD_CHECKED),
    "Sub": checked(Op.USUB_CHECKED),
    "Mult": checked(Op.UMUL_CHECKED),
    "FloorDiv": division(Op.UDIV),
    "Mod": division(Op.UMOD),
    "LShift": shift_left,
    "RShift": shift_right,
    "BitAnd": conjunction,
    "BitOr": joined(Op.OR),
    "BitXor": joined(Op.XOR),
}


def find_binary(operation: str, left: Typed, right: Typed) -> Binary | None:
    """What builds an operator for these operands, if words are involved."""
    kinds = {left.kind, right.kind}
    divisor = right.known if operation == "Mod" and type(right.known) is int else 0
    if divisor == MODULUS and left.kind in (Kind.INT, Kind.WORD):
        return low_word
    if Kind.WORD not in kinds or not kinds <= INTEGERS:
        return None
    if divisor > 0 and divisor & (divisor - 1) == 0:
        return low_part
    return BINARY.get(operation)


def low_word(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    """`left % 2**64`."""
    low_bits(b, left)
    return word(left.values[0])


def low_part(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    """`left % right`, a constant 1, 2, 4, ..."""
    assert isinstance(right.known, int)
    return conjunction(b, left, literal(b, right.known - 1))


def negation(b: RegionBuilder, value: Typed) -> Typed:
    """`-value`; of a constant it is one."""
    if isinstance(value.known, int):
        return literal(b, -value.known)
    value = narrow(b, value) if value.kind is Kind.WORD else value
    result = b.emit(Op.SUB_CHECKED, b.const_int(0), value.values[0])
    return natural(result, *value.checks, b.last())


def inversion(b: RegionBuilder, value: Typed) -> Typed:
    """`~value`."""
    value = narrow(b, value) if value.kind is Kind.WORD else value
    return natural(b.emit(Op.XOR, value.values[0], b.const_int(-1)), *value.checks)


def compare(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Value:
    """A comparison of words, or of a word and an int."""
    x, y = bits(b, left)[0], bits(b, right)[0]
    if operator in ("Eq", "NotEq"):
        return b.emit(Op.INT_EQ if operator == "Eq" else Op.INT_NE, x, y)
    if operator in ("Gt", "LtE"):
        x, y = y, x
    less = b.emit(Op.UINT_LT, x, y)
    return less if operator in ("Lt", "Gt") else b.emit(Op.NOT, less)
