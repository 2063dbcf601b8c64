"""The verifier: each rule is broken once."""

from __future__ import annotations

import pytest

from tauraro_jit.ir.graph import Branch, Function, Jump, Leave, Operation, Value
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.parser import parse_function
from tauraro_jit.ir.types import I1, I64
from tauraro_jit.ir.verify import InvalidFunction, verify_function
from tauraro_jit.native.region import IteratorKind, IteratorState

TEXT = """\
function "good" slots 4
exit 0 statement 5 line 2 "guard"
    write global "s" int 0
    iterate 20 list 1
    store 0 %1
    store 1 %2
    store 2 %1
exit 1 next 1 line 1 "end"
    write global "s" int 0
    store 0 %7
b0:
    %1:i64 = slot_int[0]
    %2:ptr = slot_object[1]
    %3:i1 = is_type[list] %2
    guard %3 else x0
    branch %3 b1(%1) b2
b1(%4:i64):
    %5:i64 = add_checked %4, %1 else x0
    jump b3(%5)
b2:
    %6:ptr = list_items %2
    jump b3(%1)
b3(%7:i64):
    leave x1
"""


def test_good_function() -> None:
    verify_function(parse_function(TEXT))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("add_checked %4, %1 else x0", "add_checked %4, %1", "b1, add_checked .*: has no exit"),
        ("list_items %2", "list_items %2 else x0", "list_items .*: cannot have an exit"),
        ("add_checked %4, %1", "add_checked %4, %2", r"takes \(i64, i64\), not \(i64, ptr\)"),
        ("add_checked %4, %1", "add_checked %4", r"takes \(i64, i64\), not \(i64\)"),
        ("%6:ptr", "%6:i64", "gives i64, not ptr"),
        ("%5:i64 = add_checked", "add_checked", "gives nothing, not i64|unknown"),
        ("slot_int[0]", "slot_int", "the attribute is None, not int"),
        ("slot_int[0]", "slot_int[0.5]", "the attribute is 0.5, not int"),
        ("list_items %2", "list_items[3] %2", "the attribute is 3, not NoneType"),
        ("jump b3(%5)", "jump b3", r"b1, end: takes \(i64\), not \(\)"),
        ("jump b3(%5)", "jump b3(%3)", r"b1, end: takes \(i64\), not \(i1\)"),
        ("branch %3 b1(%1) b2", "branch %1 b1(%1) b2", r"b0, end: takes \(i1\), not \(i64\)"),
        ("jump b3(%1)", "jump b3(%5)", "b2, end: %5 is not defined on every way here"),
        ("add_checked %4, %1", "add_checked %5, %1", "%5 is used before it is defined"),
        ("jump b3(%1)", "jump b0", "a jump leads to the entry"),
        ("branch %3 b1(%1) b2", "jump b1(%1)", "b2: is never reached"),
        ("    jump b3(%1)\n", "    open\n", "b2: does not end"),
        ("store 0 %1", "store 9 %1", "x0: slot 9 is out of range"),
        ("store 2 %1", "store 1 %1", "x0: slot 1 is filled twice"),
        ("    store 2 %1\n", "", "x0: slot 2 holds nothing, not i64"),
        ("store 1 %2", "store 1 %1", "x0: slot 1 holds i64, not ptr"),
        ("    store 0 %7\n", "", "x1: slot 0 holds nothing, not i64"),
        ("store 0 %7", "store 0 %3", "x1: slot 0 holds i1, not i64"),
        ("store 0 %7", "store 0 %5", "b3, end: %5 is not defined on every way here"),
        (
            '    write global "s" int 0\n    iterate',
            '    write global "s" int 0\n    write global "s" int 0\n    iterate',
            "x0: a variable is written twice",
        ),
    ],
)
def test_broken_function(old: str, new: str, problem: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    if "%5:i64 = add_checked" in old:
        text = text.replace("jump b3(%5)", "jump b3(%1)")
    with pytest.raises(InvalidFunction, match=problem):
        verify_function(parse_function(text))


def test_the_own_iterator_is_in_each_exit() -> None:
    verify_function(parse_function(TEXT), None)
    with pytest.raises(InvalidFunction, match="x1: slot 1 holds nothing, not ptr"):
        verify_function(parse_function(TEXT), IteratorState(IteratorKind.LIST, 1))


def broken(function: Function, case: str) -> None:
    first, second = function.blocks[0], function.blocks[1]
    match case:
        case "number":
            function.blocks.reverse()
        case "foreign block":
            first.terminator = Jump(Function("other").block(), ())
        case "foreign exit":
            function.blocks[3].terminator = Leave(parse_function(TEXT).exits[1])
        case "foreign value":
            first.operations[3].args = (Value(3, I1),)
        case "defined twice":
            second.operations[0].result = first.operations[0].result
        case "number of a value":
            first.operations.append(Operation(Op.CONST_INT, (), Value(99, I64), 1))
        case "parameters of the entry":
            first.params = (function.value(I64),)
        case "exit's number":
            function.exits.reverse()
        case "condition":
            assert isinstance(first.terminator, Branch)
            first.terminator.condition = Value(99, I1)


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ("number", "b3: stands at 0"),
        ("foreign block", "b0: jumps to a strange b0"),
        ("foreign exit", "a strange exit x1"),
        ("foreign value", "%3 is not defined"),
        ("defined twice", "%1: is defined twice"),
        ("number of a value", "%99: has a number out of range"),
        ("parameters of the entry", "the entry has parameters"),
        ("exit's number", "x1: stands at 0"),
        ("condition", "%99 is not defined"),
    ],
)
def test_broken_graph(case: str, problem: str) -> None:
    function = parse_function(TEXT)
    broken(function, case)
    with pytest.raises(InvalidFunction, match=problem):
        verify_function(function)
