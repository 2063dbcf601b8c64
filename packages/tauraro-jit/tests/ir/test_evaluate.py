"""The evaluator: exact arithmetic, exits, objects by reference, and what is not defined."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tauraro_jit.ir.evaluate import evaluate
from tauraro_jit.ir.graph import Operation
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.parser import parse_function
from tauraro_jit.ir.semantics import EvaluationError

SLOTS = {"i64": "slot_int", "double": "slot_float", "ptr": "slot_object"}


def compute(operation: str, *arguments: Any, result: str = "i64") -> Any:
    """The result of one operation; `left` if it leaves."""
    kinds = {int: "i64", float: "double", bool: "i1"}
    lines = []
    for number, argument in enumerate(arguments, 1):
        kind = kinds.get(type(argument), "ptr")
        if kind == "i1":
            lines.append(f"%{number}:i1 = const_bool[{str(argument).lower()}]")
        else:
            lines.append(f"%{number}:{kind} = {SLOTS[kind]}[{number - 1}]")
    used = ", ".join(f"%{number}" for number in range(1, len(arguments) + 1))
    number = len(arguments) + 1
    exit_ = " else x0" if "_checked" in operation else ""
    text = f"""\
function "one" slots {number}
exit 0 statement 1 line 1 "left"
exit 1 next 1 line 1 "end"
    store {number - 1} %{number}
b0:
    {chr(10).join(lines)}
    %{number}:{result} = {operation} {used}{exit_}
    leave x1
"""
    slots = [*arguments, None]
    taken = evaluate(parse_function(text), slots)
    return slots[-1] if taken == 1 else "left"


TOP, LOW = 2**63 - 1, -(2**63)


@pytest.mark.parametrize(
    ("operation", "arguments", "expected"),
    [
        ("add", (TOP, 1), LOW),
        ("sub", (LOW, 1), TOP),
        ("mul", (2**40, 2**40 + 1), 2**40),
        ("add_checked", (TOP, 1), "left"),
        ("add_checked", (TOP, 0), TOP),
        ("sub_checked", (LOW, 1), "left"),
        ("mul_checked", (2**32, 2**31), "left"),
        ("mul_checked", (-(2**32), 2**31), LOW),
        ("floor_div", (-7, 2), -4),
        ("floor_mod", (-7, 2), 1),
        ("floor_mod", (7, -2), -1),
        ("and", (-1, 255), 255),
        ("xor", (LOW, -1), TOP),
        ("shl", (1, 63), LOW),
        ("shl", (3, 63), LOW),
        ("ashr", (LOW, 63), -1),
    ],
)
def test_integers(operation: str, arguments: tuple[int, ...], expected: object) -> None:
    assert compute(operation, *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"), [((0, 1), 1), ((-1, 1), 0), ((1, -1), 1), ((1, 1), 0)]
)
def test_unsigned_comparison(arguments: tuple[int, int], expected: int) -> None:
    assert compute("uint_lt", *arguments, result="i1") == expected


@pytest.mark.parametrize(
    ("operation", "arguments", "expected"),
    [
        ("fdiv", (1.0, 0.0), math.inf),
        ("fdiv", (1.0, -0.0), -math.inf),
        ("fdiv", (0.0, 0.0), math.nan),
        ("fdiv", (math.inf, 0.0), math.inf),
        ("frem", (math.inf, 1.0), math.nan),
        ("frem", (-7.5, 2.0), -1.5),
        ("fneg", (0.0,), -0.0),
        ('call1["floor"]', (-0.0,), -0.0),
        ('call1["ceil"]', (-0.5,), -0.0),
        ('call1["trunc"]', (math.inf,), math.inf),
        ('call1["roundeven"]', (2.5,), 2.0),
        ('call1["roundeven"]', (-0.5,), -0.0),
        ('call1["exp"]', (1e4,), math.inf),
        ('call1["sinh"]', (-1e4,), -math.inf),
        ('call1["sqrt"]', (-1.0,), math.nan),
        ('call1["log"]', (0.0,), -math.inf),
        ('call2["pow"]', (10.0, 400.0), math.inf),
        ('call2["copysign"]', (0.0, -3.0), -0.0),
        ("int_to_float", (2**53 + 1,), float(2**53)),
        ("int_to_float", (TOP,), 2.0**63),
    ],
)
def test_doubles(operation: str, arguments: tuple[Any, ...], expected: float) -> None:
    found = compute(operation, *arguments, result="double")
    assert repr(found) == repr(expected)


@pytest.mark.parametrize(
    ("operation", "arguments", "result"),
    [
        ("floor_div", (1, 0), "i64"),
        ("floor_mod", (LOW, -1), "i64"),
        ("shl", (1, 64), "i64"),
        ("ashr", (1, -1), "i64"),
        ("float_to_int", (2.0**63,), "i64"),
        ("float_to_int", (math.nan,), "i64"),
        ("item", ([1], 1), "ptr"),
        ("item", ([1], -1), "ptr"),
        ("list_size", ("abc",), "i64"),
        ("list_items", ((1,),), "ptr"),
        ("unbox_float", ([],), "double"),
        ("unbox_int_checked", (None,), "i64"),
    ],
)
def test_what_is_not_defined(operation: str, arguments: tuple[Any, ...], result: str) -> None:
    with pytest.raises(EvaluationError):
        compute(operation, *arguments, result=result)


def test_long_ints_leave() -> None:
    items = [2**60 - 1, -(2**60) + 1, 2**60]
    text = """\
function "unbox" slots 3
exit 0 statement 1 line 1 "left"
exit 1 next 1 line 1 "end"
    store 2 %4
b0:
    %1:ptr = slot_object[0]
    %2:i64 = slot_int[1]
    %3:ptr = item %1, %2
    %4:i64 = unbox_int_checked %3 else x0
    leave x1
"""
    for index, expected in enumerate((1, 1, 0)):
        slots = [items, index, None]
        assert evaluate(parse_function(text), slots) == expected
        assert slots[2] == (items[index] if expected else None)


STORE = """\
function "store" slots 4
exit 0 statement 1 line 1 "memory"
exit 1 next 1 line 1 "end"
    store 3 %5
b0:
    %1:ptr = slot_object[0]
    %2:i64 = slot_int[1]
    %3:double = slot_float[2]
    %4:ptr = list_items %1
    %5:i1 = poll
    store_float %4, %2, %3 else x0
    leave x1
"""


def test_lists_are_changed_by_reference() -> None:
    values: list[Any] = [1, 2]
    slots = [values, 1, 0.5, None]
    assert evaluate(parse_function(STORE), slots) == 1
    assert values == [1, 0.5]
    assert slots[3] == 0


def test_only_numbers_are_replaced() -> None:
    with pytest.raises(EvaluationError):
        evaluate(parse_function(STORE), [[[]], 0, 0.5, None])


def test_injected_failures() -> None:
    """Asked in order, for polls too; an operation that is made to leave has done nothing."""
    asked: list[Op] = []

    def fail(operation: Operation) -> bool:
        asked.append(operation.op)
        return operation.op is Op.STORE_FLOAT

    values = [1, 2]
    assert evaluate(parse_function(STORE), [values, 1, 0.5, None], fail=fail) == 0
    assert values == [1, 2]
    assert asked == [Op.POLL, Op.STORE_FLOAT]


def test_parameters_are_assigned_at_once() -> None:
    text = """\
function "swap" slots 3
exit 0 next 1 line 1 "end"
    store 0 %4
    store 1 %5
b0:
    %1:i64 = slot_int[0]
    %2:i64 = slot_int[1]
    %3:i64 = slot_int[2]
    jump b1(%1, %2, %3)
b1(%4:i64, %5:i64, %6:i64):
    %7:i64 = const_int[1]
    %8:i64 = sub %6, %7
    %9:i1 = int_lt %8, %7
    branch %9 b2 b1(%5, %4, %8)
b2:
    leave x0
"""
    slots = [10, 20, 4]
    evaluate(parse_function(text), slots)
    assert slots[:2] == [20, 10]


def test_names_are_looked_up_in_known_objects() -> None:
    names, key = {"x": abs}, "x"
    text = f"""\
function "lookup" slots 2
exit 0 next 1 line 1 "end"
    store 0 %4
    store 1 %6
b0:
    %1:ptr = const_object[{id(names)}]
    %2:ptr = const_object[{id(key)}]
    %3:ptr = const_object[0]
    %4:ptr = lookup %1, %2
    %5:ptr = const_object[{id("y")}]
    %6:ptr = lookup %1, %5
    leave x0
"""
    slots: list[Any] = [None, None]
    evaluate(parse_function(text), slots, (names, key, "y"))
    assert slots[0] is abs
    assert repr(slots[1]) == "NULL"
