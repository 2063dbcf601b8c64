"""Functions that a region calls: text, checks, meaning."""

from __future__ import annotations

from typing import Any

import pytest

from tauraro_jit.ir.evaluate import evaluate
from tauraro_jit.ir.graph import Function, Operation
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.parser import ParseError, parse_function
from tauraro_jit.ir.printer import print_function
from tauraro_jit.ir.verify import InvalidFunction, verify_function
from tauraro_jit.iropt.pipeline import optimize_function

FIB = """function "region" slots 4 control 2
exit 0 statement 0 line 2 "guard"
exit 1 return 0 line 2 "return"
    write result 0 int 1
    store 1 %2
b0:
    %1:i64 = slot_int[0]
    %2:i64 = invoke_int_checked["fib(int)"] %1 else x0
    leave x1

function "fib(int)" slots 1 control 2 takes i64 gives i64
exit 0 statement 0 line 2 "guard"
exit 1 statement 0 line 2 "the interpreter is asked for"
exit 2 return 0 line 0 "return"
    write result 0 int 0
    store 0 %1
exit 3 return 0 line 0 "return"
    write result 0 int 0
    store 0 %10
b0:
    %1:i64 = slot_int[-1]
    %2:i64 = const_int[2]
    %3:i1 = int_lt %1, %2
    branch %3 b1 b2
b1:
    leave x2
b2:
    room_checked else x0
    %4:i1 = poll
    branch %4 b3 b4
b3:
    leave x1
b4:
    %5:i64 = const_int[1]
    %6:i64 = sub_checked %1, %5 else x0
    %7:i64 = invoke_int_checked["fib(int)"] %6 else x0
    %8:i64 = sub_checked %6, %5 else x0
    %9:i64 = invoke_int_checked["fib(int)"] %8 else x0
    %10:i64 = add_checked %7, %9 else x0
    leave x3
"""

MIXED = """function "region" slots 4 control 2
exit 0 statement 0 line 2 "guard"
exit 1 return 0 line 2 "return"
    write result 0 float 1
    store 1 %5
exit 2 return 0 line 2 "return"
    write result 0 int 1
    store 1 %3
b0:
    %1:i64 = slot_int[0]
    %2:double = slot_float[1]
    %3:i64 = invoke_int_checked["pick(int, float)"] %1, %2 else x0
    %4:i1 = gave_float %3
    %5:double = bits_to_float %3
    branch %4 b1 b2
b1:
    leave x1
b2:
    leave x2

function "pick(int, float)" slots 1 control 2 takes i64, double gives i64, double
exit 0 return 0 line 0 "return"
    write result 0 int 0
    store 0 %1
exit 1 return 0 line 0 "return"
    write result 0 float 0
    store 0 %2
b0:
    %1:i64 = slot_int[-1]
    %2:double = slot_float[-2]
    %3:i64 = const_int[0]
    %4:i1 = int_lt %1, %3
    branch %4 b1 b2
b1:
    leave x0
b2:
    leave x1
"""


@pytest.mark.parametrize("text", [FIB, MIXED])
def test_text(text: str) -> None:
    function = parse_function(text)
    assert print_function(function) == text
    assert all(body.bodies is function.bodies for body in function.bodies.values())
    verify_all(function)


def verify_all(function: Function) -> None:
    """A region and its bodies."""
    for each in (function, *function.bodies.values()):
        verify_function(each)


@pytest.mark.parametrize("optimized", [False, True])
def test_recursion(optimized: bool) -> None:
    function = parse_function(FIB)
    for each in (function, *function.bodies.values()) if optimized else ():
        optimize_function(each)
        verify_function(each)
    slots: list[Any] = [12, None, None, None]
    assert function.exits[evaluate(function, slots)].exit.reason == "return"
    assert slots[1] == 144


def test_a_body_leaves() -> None:
    """Wherever something fails all callers leave, and no slot is changed."""
    function = parse_function(FIB)
    operations = list(function.leaving())
    assert {operation.op for operation in operations} >= {Op.POLL, Op.ROOM_CHECKED}
    for number in range(len(operations)):
        left = [5]

        def fail(operation: Operation, number: int = number, left: list[int] = left) -> bool:
            left[0] -= operation is operations[number]
            return left[0] == 0

        slots: list[Any] = [9, None, None, None]
        leaves = evaluate(function, slots, fail=fail) == 0
        assert leaves is (left[0] <= 0)
        assert slots == ([9, None, None, None] if leaves else [9, 34, None, None])


@pytest.mark.parametrize(("number", "found"), [(-3, -3), (4, 2.5)])
def test_two_types(number: int, found: float) -> None:
    function = parse_function(MIXED)
    slots: list[Any] = [number, 2.5, None, None]
    exit_ = function.exits[evaluate(function, slots)].exit
    assert (type(slots[1]), slots[1]) == (type(found), found)
    assert exit_.outputs[0].type.name == type(found).__name__.upper()


WRONG = {
    "no body other": ('invoke_int_checked["fib(int)"] %1', 'invoke_int_checked["other"] %1'),
    r"takes \(i64\), not \(\)": ('["fib(int)"] %6 else', '["fib(int)"] else'),
    "has no exit": ("room_checked else x0", "room_checked"),
    "returns another type": ("takes i64 gives i64", "takes i64 gives double"),
}


@pytest.mark.parametrize("problem", WRONG)
def test_checks(problem: str) -> None:
    with pytest.raises(InvalidFunction, match=problem):
        verify_all(parse_function(FIB.replace(*WRONG[problem])))


def test_lines_of_bodies() -> None:
    """A problem is told with its line in the whole text."""
    with pytest.raises(ParseError, match=r"line 21: not understood"):
        parse_function(FIB.replace("slot_int[-1]", "slot_int[-1"))
