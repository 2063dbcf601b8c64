"""Text form: printing and parsing back."""

from __future__ import annotations

import random

import pytest
from compile.machine import Machine
from compile.random_programs import random_program
from compile.regions import Evaluated, Scope

from tauraro_jit.ir.graph import Block, ExitPoint, Function, Leave, Operation
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.parser import ParseError, parse_function
from tauraro_jit.ir.printer import print_function
from tauraro_jit.ir.verify import verify_function
from tauraro_jit.native.region import (
    Exit,
    IteratorKind,
    IteratorState,
    LoopState,
    Place,
    Resume,
    SlotType,
    Value,
)

TEXT = """\
function "name with \\"quotes\\" and ]" slots 9
exit 0 statement 14 line 3 "a \\"guard\\""
    write global "s" int 3
    write local 2 object 4 list
    write cell 0 float 5
    iterate 20 range 6
    iterate 30
    store 3 %1
    store 4 %2
    store 5 %3
    store 6 %1
    store 7 %1
    store 8 %1
exit 1 next 1 line 1 "end"
b0:
    %1:i64 = slot_int[0]
    %2:ptr = slot_object[1]
    %3:double = const_float[-0.0]
    %4:double = const_float[inf]
    %5:double = const_float[nan]
    %6:double = const_float[1e+300]
    %7:i1 = const_bool[true]
    %8:double = call1["sin"] %3
    %9:i1 = is_type[list] %2
    guard %9 else x0
    %10:i64 = const_int[-9223372036854775808]
    branch %7 b1(%1, %3) b2
b1(%11:i64, %12:double):
    %13:i64 = add_checked %11, %1 else x0
    jump b1(%13, %12)
b2:
    leave x1
"""


def same_exit(a: ExitPoint | None, b: ExitPoint | None) -> bool:
    if a is None or b is None:
        return a is b
    stores = [[(slot, value.number) for slot, value in point.stores] for point in (a, b)]
    return a.number == b.number and a.exit == b.exit and stores[0] == stores[1]


def same_operation(a: Operation, b: Operation) -> bool:
    return (
        a.op is b.op
        and [v.number for v in a.args] == [v.number for v in b.args]
        and (a.result and (a.result.number, a.result.type))
        == (b.result and (b.result.number, b.result.type))
        and type(a.attr) is type(b.attr)
        and repr(a.attr) == repr(b.attr)
        and same_exit(a.exit, b.exit)
    )


def same_end(a: Block, b: Block) -> bool:
    if isinstance(a.terminator, Leave) and isinstance(b.terminator, Leave):
        return same_exit(a.terminator.exit, b.terminator.exit)
    jumps = [
        [(j.target.number, [v.number for v in j.args]) for j in block.successors()]
        for block in (a, b)
    ]
    return type(a.terminator) is type(b.terminator) and jumps[0] == jumps[1]


def same_function(a: Function, b: Function) -> bool:
    """Whether two functions are equal, part by part."""
    return (
        (a.name, a.slots, len(a.blocks)) == (b.name, b.slots, len(b.blocks))
        and all(map(same_exit, a.exits, b.exits))
        and all(
            [(p.number, p.type) for p in x.params] == [(p.number, p.type) for p in y.params]
            and len(x.operations) == len(y.operations)
            and all(map(same_operation, x.operations, y.operations))
            and same_end(x, y)
            for x, y in zip(a.blocks, b.blocks, strict=True)
        )
    )


def test_print_of_parse_is_the_text() -> None:
    function = parse_function(TEXT)
    assert print_function(function) == TEXT
    verify_function(function)


def test_parsed_exit() -> None:
    point = parse_function(TEXT).exits[0]
    outputs = (
        Value(Place.GLOBAL, "s", SlotType.INT, 3),
        Value(Place.LOCAL, 2, SlotType.OBJECT, 4, list),
        Value(Place.CELL, 0, SlotType.FLOAT, 5),
    )
    loops = (LoopState(20, IteratorState(IteratorKind.RANGE, 6)), LoopState(30, None))
    assert point.exit == Exit(Resume.STATEMENT, 14, outputs, loops, 'a "guard"', 3)


def test_new_values_of_a_parsed_function_are_new() -> None:
    function = parse_function(TEXT)
    assert function.value(function.blocks[1].params[0].type).number == 14


@pytest.mark.parametrize("seed", range(40))
def test_built_regions_parse_back(seed: int) -> None:
    source = random_program(random.Random(seed))
    machine = Machine(source, Evaluated, Scope.MODULE, entries=1)
    machine.run()
    for region, _ in machine.regions:
        text = print_function(region.function)
        assert same_function(parse_function(text), region.function)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: not understood"),
        ("function x slots 0", "line 1: not understood"),
        (TEXT.replace("add_checked", "add_chequed"), "line 29: unknown 'add_chequed'"),
        (TEXT.replace("else x0\n    jump", "else x7\n    jump"), "line 29: unknown 7"),
        (TEXT.replace("%13, %12", "%13, %99"), "line 30: unknown 99"),
        (TEXT.replace("jump b1", "jump b7"), "line 30: unknown 7"),
        (TEXT.replace("%13:i64", "%11:i64"), "line 29: %11 is defined twice"),
        (TEXT.replace("b2:", "b1:"), "line 31: b1 is defined twice"),
        (TEXT.replace("    leave x1", "    leave"), "line 32: not understood: leave"),
        (TEXT + "    leave x1\n", "line 33: behind the end of the block"),
        (TEXT.replace("statement 14", "somewhere 14"), "line 2: unknown 'SOMEWHERE'"),
        (TEXT.replace("write cell", "write hell"), "line 5: unknown 'HELL'"),
        (TEXT.replace("%1:i64", "%1:i32"), "unknown 'i32' is not a valid Type"),
    ],
)
def test_errors_name_the_line(text: str, problem: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_function(text)
    assert problem in str(caught.value)


def test_every_operation_has_a_distinct_name() -> None:
    assert len({op.text for op in Op}) == len(Op)
