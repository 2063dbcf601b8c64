"""Ints of 64 bits without a sign: native code gives what the host gives, or leaves."""

from __future__ import annotations

import itertools

import pytest

from tauraro_jit.irbuild import Decline
from tauraro_jit.native.region import SlotType

from .expressions import LEFT, Expression, Word, every_value, same
from .machine import ENGINES, Engine, Machine, run_plain
from .regions import Evaluated, Native, Scope

OPERATORS = ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "**"]
COMPARE = ["<", "<=", ">", ">=", "==", "!="]
PAIRS = [(Word, Word), (Word, int), (int, Word), (Word, bool), (bool, Word)]
FLOATS = [(Word, float), (float, Word)]
UNARY = ["-x", "~x", "+x", "abs(x)", "int(x)", "float(x)", "bool(x)", "not x", "min(x, x)"]
UNARY += ["x >> 1", "x >> 63", "x >> 64", "x >> 0", "x << 1", "x << 63", "x % 2 ** 64", "x % 256"]
UNARY += ["x // 1", "x // 3", "x % 3", "x & 255", "x & -1", "x and 7", "x if x else 3"]
WRAPPING = ["x * y", "x + y", "x - y", "x * y + y - x * 3", "x ^ y * 5", "x * y | y", "-x * y"]
WRAPPING += ["~x + y", "(x & y) * x", "(x << 13) ^ (y << 63)", "(x << 7 | 5) * y"]
MASK = "0xFFFFFFFFFFFFFFFF"


def check(text: str, types: tuple[type, ...], engine: Engine, *, leaves: bool = True) -> None:
    """Compare for all values; with `leaves` false native code must have each result."""
    expression = Expression(text, types, engine)
    for values in every_value(types):
        if "<<" in text and type(values[-1]) is int and values[-1] > 2**12 and MASK not in text:
            continue  # the host would run out of memory
        found = expression.native(*values)
        if found is None:
            assert any(
                kind is Word and not 0 <= value < 2**64
                for kind, value in zip(types, values, strict=True)
            ) or any(
                kind is int and not -(2**63) <= value < 2**63
                for kind, value in zip(types, values, strict=True)
            )
        elif found is LEFT:
            assert leaves, f"{text} leaves with {values}"
        else:
            expected = expression.host(*values)
            assert same(found, expected), f"{text} of {values}: {found!r}, not {expected!r}"


def names(types: tuple[type, ...]) -> str:
    return "-".join(found.__name__ for found in types)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS, ids=names)
@pytest.mark.parametrize("operator", OPERATORS)
def test_operator(operator: str, types: tuple[type, ...], engine: Engine) -> None:
    if operator in ("<<", "**") or (operator == ">>" and types[0] is not Word):
        with pytest.raises(Decline):
            Expression(f"x {operator} y", types, engine)
    else:
        check(f"x {operator} y", types, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", PAIRS + FLOATS, ids=names)
@pytest.mark.parametrize("operator", COMPARE)
def test_comparison(operator: str, types: tuple[type, ...], engine: Engine) -> None:
    check(f"x {operator} y", types, engine)


@pytest.mark.parametrize("types", FLOATS, ids=names)
@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "//", "%"])
def test_with_floats(operator: str, types: tuple[type, ...]) -> None:
    check(f"x {operator} y", types, Native)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    UNARY,
)
def test_of_one_word(text: str, engine: Engine) -> None:
    check(text, (Word,), engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("types", [*PAIRS, (int, int)], ids=names)
@pytest.mark.parametrize(
    "text",
    WRAPPING,
)
def test_low_bits_never_leave(text: str, types: tuple[type, ...], engine: Engine) -> None:
    check(f"({text}) & {MASK}", types, engine, leaves=False)
    check(f"({text}) % 2 ** 64", types, engine, leaves=False)


@pytest.mark.parametrize("types", PAIRS, ids=names)
def test_two_masks_are_none(types: tuple[type, ...]) -> None:
    """Products on both sides of `&`: neither cuts the other to 64 bits."""
    check("(x * y) & (x * 3)", types, Evaluated)
    check("((x * y) & (x * 3)) & 255", types, Evaluated)


PROGRAMS = {
    "fnv": """
h = 0xCBF29CE484222325
for i in range(40):
    h = ((h ^ (i & 0xFF)) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
""",
    "xorshift": """
x = 88172645463325252
s = 0
for i in range(40):
    x ^= (x << 13) & 0xFFFFFFFFFFFFFFFF
    x ^= x >> 7
    x ^= (x << 17) & 0xFFFFFFFFFFFFFFFF
    s += x % 1000
""",
    "splitmix": """
MASK = (1 << 64) - 1
state = 1
total = 0.0
for i in range(40):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z = z ^ (z >> 31)
    total += (z >> 11) * 2.0 ** -53
""",
    "rotation": """
x = 0x0123456789ABCDEF
for k in range(40):
    x = ((x << 5) | (x >> 59)) & 0xFFFFFFFFFFFFFFFF
    if x < 2 ** 63:
        x ^= 0x8000000000000001
""",
    "table": """
table = [k * k for k in range(256)]
h = 3
for k in range(40):
    h = (table[h & 255] ^ (h >> 8) * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    table[h >> 56] = h
""",
}


@pytest.mark.parametrize("optimized", [False, True])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, engine: Engine, optimized: bool) -> None:
    source = PROGRAMS[name]
    for scope, first in itertools.product(Scope, (1, 5)):
        run = Machine(source, engine, scope, optimized=optimized, first=first).run()
        assert run.outcome == run_plain(source).outcome
        assert run.exits, run.declined


@pytest.mark.parametrize("name", ["fnv", "xorshift", "splitmix", "rotation"])
def test_a_word_is_entered_as_one_and_stays_one(name: str) -> None:
    machine = Machine(PROGRAMS[name], Evaluated)
    run = machine.run()
    assert [left.reason for left in run.exits] == ["the loop has ended"]
    assert SlotType.WORD in {value.type for value in machine.regions[0][0].built.inputs}
