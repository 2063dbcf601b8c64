"""Every operator and function on every combination of types and edge values: native code gives
exactly what the host gives, or leaves; and it leaves only where it must."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest

from tauraro_jit.irbuild import Decline

from .expressions import LEFT, Expression, every_value, same
from .machine import ENGINES, Engine
from .regions import Evaluated, Native

pytestmark = pytest.mark.filterwarnings("ignore:Bitwise inversion:DeprecationWarning")
ARITHMETIC = ["+", "-", "*", "/", "//", "%"]
BITWISE = ["<<", ">>", "&", "|", "^"]
COMPARE = ["<", "<=", ">", ">=", "==", "!="]
TYPES = (int, float, bool)
PAIRS = list(itertools.product(TYPES, TYPES))


def fits(value: Any) -> bool:
    """Whether native code can hold a value."""
    return type(value) is not int or -(2**63) <= value < 2**63


def exact(*values: Any) -> bool:
    """Whether ints convert to doubles without rounding, as far as native code looks."""
    return all(type(value) is not int or abs(value) <= 2**53 for value in values)


def check(
    text: str,
    types: tuple[type, ...],
    engine: Engine,
    may_leave: Callable[..., bool] = lambda *values: False,
    target: str = "r",
) -> None:
    """Compare for all values. Where the host has a result that fits, native code must have it too,
    unless `may_leave`."""
    expression = Expression(text, types, engine, target=target)
    for values in every_value(types):
        if text.endswith(f"<< {expression.names[-1]}") and values[-1] > 2**12:
            continue  # the host would run out of memory
        expected = expression.host(*values)
        found = expression.native(*values)
        if found is None:
            assert not all(map(fits, values)), f"{text} is not entered with {values}"
        elif found is LEFT:
            must = expected is LEFT or not fits(expected)
            assert must or may_leave(*values), f"{text} leaves with {values}, not {expected!r}"
        else:
            assert same(found, expected), f"{text} of {values}: {found!r}, not {expected!r}"


def names(types: tuple[type, ...]) -> str:
    return "-".join(found.__name__ for found in types)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize("operator", ARITHMETIC)
def test_arithmetic(operator: str, types: tuple[type, ...], engine: Engine) -> None:
    inexact = operator == "/" and float not in types
    overflow = operator in ("//", "%") and float not in types

    def may_leave(x: Any, y: Any) -> bool:
        return (inexact and not exact(x, y)) or (overflow and x == -(2**63) and y == -1)

    check(f"x {operator} y", types, engine, may_leave)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", [p for p in PAIRS if float not in p], ids=names)
@pytest.mark.parametrize("operator", BITWISE)
def test_bitwise(operator: str, types: tuple[type, ...], engine: Engine) -> None:
    def may_leave(x: Any, y: Any) -> bool:
        return operator == "<<" and y >= 63  # of zero

    check(f"x {operator} y", types, engine, may_leave)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize("operator", COMPARE)
def test_comparison(operator: str, types: tuple[type, ...], engine: Engine) -> None:
    mixed = float in types

    def may_leave(x: Any, y: Any) -> bool:
        return mixed and not exact(x, y)

    check(f"x {operator} y", types, engine, may_leave)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", [p for p in PAIRS if float in p], ids=names)
def test_power(types: tuple[type, ...], engine: Engine) -> None:
    """Of doubles where the base is positive and all is finite."""

    def may_leave(x: Any, y: Any) -> bool:
        return not x > 0 or not math.isfinite(x) or not math.isfinite(y)

    check("x ** y", types, engine, may_leave)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["x ** (y % 70 - 3)", "pow(x, y % 70 - 3)"])
def test_int_power(text: str, engine: Engine) -> None:
    check(text, (int, int), engine, lambda x, y: y % 70 < 3)


@pytest.mark.parametrize("engine", ENGINES)
def test_negative_int_power(engine: Engine) -> None:
    """A float, as libm's pow gives it."""
    check("x ** -2", (int,), engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["pow(x, y % 100, 97)", "pow(7, x % 50, y)"])
def test_modular_power(text: str, engine: Engine) -> None:
    check(text, (int, int), engine, lambda x, y: not 0 < y <= 2**32 and text.endswith("y)"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", [(int, int), (int, bool)], ids=names)
def test_gcd(types: tuple[type, ...], engine: Engine) -> None:
    check("math.gcd(x, y)", types, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["math.isqrt(x)", "math.isqrt(abs(x) % 2**40 - 1)"])
def test_isqrt(text: str, engine: Engine) -> None:
    check(text, (int,), engine)


FUNCTIONS = ["sqrt", "sin", "cos", "tan", "atan", "exp", "sinh", "cosh", "tanh", "log", "log2"]
FUNCTIONS += ["log10", "asin", "acos", "asinh", "expm1", "radians", "degrees"]
FUNCTIONS += ["isnan", "isinf", "isfinite"]
UNARY = ["-x", "+x", "~x", "not x", "abs(x)", "int(x)", "float(x)", "bool(x)", "round(x)"]
ROUNDING = ["math.floor(x)", "math.ceil(x)", "math.trunc(x)", "math.fabs(x)"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("text", UNARY + ROUNDING)
def test_unary(text: str, kind: type, engine: Engine) -> None:
    if text == "~x" and kind is float:
        with pytest.raises(Decline):
            Expression(text, (kind,), engine)
        return
    check(text, (kind,), engine, lambda x: abs(x) >= 2**63)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    "function",
    FUNCTIONS,
)
def test_math(function: str, kind: type, engine: Engine) -> None:
    """Infinite and undefined arguments may be left to the host."""
    check(f"math.{function}(x)", (kind,), engine, lambda x: not math.isfinite(x))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize("function", ["atan2", "copysign", "fmod", "pow"])
def test_math_of_two(function: str, types: tuple[type, ...], engine: Engine) -> None:
    def may_leave(x: Any, y: Any) -> bool:
        infinite = not math.isfinite(x) or not math.isfinite(y)
        return infinite or (function == "pow" and x <= 0)

    check(f"math.{function}(x, y)", types, engine, may_leave)


EXPONENTS = ["0", "1", "2", "3", "7", "2.0", "0.5", "1.5", "-1", "-2", "-0.5", "-1.5", "-3.0"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("exponent", EXPONENTS)
def test_constant_power(exponent: str, engine: Engine) -> None:
    """Of doubles: negative ones too where the exponent is whole."""

    def may_leave(x: float) -> bool:
        return not math.isfinite(x) or (x < 0 and not float(exponent).is_integer())

    check(f"x ** {exponent}", (float,), engine, may_leave)
    check(f"math.pow(x, {exponent})", (float,), engine, may_leave)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", [int, float])
@pytest.mark.parametrize("text", ["min(x, y)", "max(x, y)", "min(x, y, x)", "max(y, x, y)"])
def test_extremum(text: str, kind: type, engine: Engine) -> None:
    check(text, (kind, kind), engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize("target", ["r, s", "s, r"])
def test_divmod(target: str, types: tuple[type, ...], engine: Engine) -> None:
    def may_leave(x: Any, y: Any) -> bool:
        return float not in types and x == -(2**63) and y == -1

    check("divmod(x, y)", types, engine, may_leave, target=target)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize(
    "text",
    [
        "x and y",
        "x or y",
        "x if y else 7",
        "0 <= x < y",
        "x < y <= 10 != y",
        "not (x and y)",
        "(x > 1) & (y > 1)",
        "(x < y) == (y < x)",
        "(x < y) + (y < x) * 2",
    ],
)
def test_truth(text: str, types: tuple[type, ...], engine: Engine) -> None:
    def may_leave(x: Any, y: Any) -> bool:
        return not exact(x, y)

    check(text, types, engine, may_leave)


CONSTANTS = ["0", "1", "2", "3", "(-1)", "(-2)", "7", "8", "63", "64", "4294967295", "2 ** 31"]
CONSTANTS += ["9223372036854775807", "(-9223372036854775807 - 1)", "9007199254740993", "True"]
CONSTANTS += ["0.0", "(-0.0)", "0.5", "(-3.0)", "1e308", "9007199254740992.0"]
CONSTANT_OPERATORS = [*ARITHMETIC, *BITWISE, *COMPARE, "**"]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("operator", CONSTANT_OPERATORS)
def test_constant_operand(operator: str, kind: type) -> None:
    """On either side a constant, for which there are shortcuts."""
    for number, constant in enumerate(CONSTANTS):
        for text in (f"x {operator} {constant}", f"{constant} {operator} x"):
            if operator == "<<" and text[0] == "x" and len(constant) > 3:
                continue  # the host would run out of memory
            if operator == "**" and kind is int and (text[0] != "x" or len(constant) > 5):
                continue  # the same
            engine = Native if (number + len(text)) % 7 == 0 else Evaluated
            try:
                check(text, (kind,), engine, lambda x: True)
            except Decline:
                continue


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["x < 2 ** 62", "x == 9007199254740992", "x / 2 ** 60", "1 / x"])
def test_constants_that_are_doubles_exactly(text: str, engine: Engine) -> None:
    check(text, (float,), engine)


@pytest.mark.parametrize(
    "text",
    [
        "(x * y) & 255",
        "(x * y + x) & 0xFFFFFFFF",
        "(x - y) % 4096",
        "((x << 5) ^ y) & 0x7FFFFFFFFFFFFFFF",
        "(x * x * y - y * 3) & 1",
        "((x * y) & 255) + x * y",
        "(x * y) & -1",
        "-(x * y) & 255",
        "(x * 3 if y else x) & 255",
        "(x + 1) * (y - 1) // 2",
        "((x * y) >> 3) & 255",
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_low_bits(text: str, engine: Engine) -> None:
    """Where only low bits count the rest may overflow."""
    check(text, (int, int), engine, lambda x, y: True)


@pytest.mark.parametrize("engine", ENGINES)
def test_low_bits_do_not_leave(engine: Engine) -> None:
    assert Expression("(x * y + x) & 0xFFFFFFFF", (int, int), engine).native(2**40, 2**41) != LEFT
