"""Range-check elimination."""

from __future__ import annotations

import textwrap

import pytest
from iropt.pass_cases import check, outcome, parse

from tauraro_jit.ir.dominance import Dominators
from tauraro_jit.ir.graph import Function
from tauraro_jit.ir.printer import print_function
from tauraro_jit.ir.verify import verify_function
from tauraro_jit.iropt.constants import Constants
from tauraro_jit.iropt.loops import Loops
from tauraro_jit.iropt.ranges import eliminate_range_checks


def run(function: Function) -> bool:
    """The pass with what it needs."""
    constants = Constants(function)
    constants.gather()
    return eliminate_range_checks(function, Loops(Dominators(function)), constants)


PROGRAM = """
    function "sum" slots 4
    exit 0 statement 9 line 2 "guard"
    exit 1 next 5 line 1 "asked"
        store 2 %22
        store 3 %20
    exit 2 next 1 line 1 "end"
        store 2 %11
        store 3 %9
    b0:
        %1:i64 = const_int[0]
        %2:i64 = const_int[1]
        %3:ptr = slot_object[0]
        %4:i64 = slot_int[1]
        %5:ptr = list_items %3
        %6:i64 = list_size %3
        jump b1({first}, {count}, %1)
    b1(%9:i64, %10:i64, %11:i64):
        %12:i1 = int_le %10, %1
        branch %12 b4 b2
    b2:
        %13:i1 = int_lt %9, %1
        %14:i64 = add %9, %6
        %15:i64 = select_int %13, %14, %9
        %16:i1 = uint_lt %15, %6
        guard %16 else x0
        %17:ptr = item %5, %15
        %18:i1 = is_type[int] %17
        guard %18 else x0
        %19:i64 = unbox_int_checked %17 else x0
        %20:i64 = add %9, %2
        %21:i64 = sub %10, %2
        %22:i64 = add %11, %19
        %23:i1 = poll
        branch %23 b3 b1(%20, %21, %22)
    b3:
        leave x1
    b4:
        leave x2
"""


def without_test(text: str) -> str:
    """The guard is gone, and the index is the counter itself."""
    text = text.replace("        guard %16 else x0\n", "")
    return text.replace("item %5, %15", "item %5, %9").replace("uint_lt %15", "uint_lt %9")


def test_a_counter_up_to_the_size_needs_no_test() -> None:
    before = PROGRAM.format(first="%1", count="%6")
    after = without_test(before)
    check(run, before, after, [[3, 4, 5], 0, 0, 0], [[], 0, 0, 0], [[1.5], 0, 0, 0])


def test_a_counter_up_to_another_end_is_tested_before_the_loop() -> None:
    before = PROGRAM.format(first="%1", count="%4")
    after = (
        without_test(before)
        .replace(
            "        jump b1(",
            "        %24:i1 = int_le %4, %6\n        guard %24 else x3\n        jump b1(",
        )
        .replace(
            "    b0:",
            """    exit 3 next 5 line 1 "guard before the loop"
        store 2 %1
        store 3 %1
    b0:""",
        )
    )
    check(run, before, after, [[3, 4, 5], 3, 0, 0], [[3, 4, 5], 2, 0, 0], [[3], -9, 0, 0])


def test_the_test_before_the_loop_fails_before_the_first_round() -> None:
    function = parse(PROGRAM.format(first="%1", count="%4"))
    assert run(function)
    verify_function(function)
    assert outcome(function, [[3, 4, 5], 4, 7, 8]) == "Resume.NEXT 5 [[3, 4, 5], 4, 0, 0]"


def test_unknown_first_value_and_count() -> None:
    """Both bounds are tested; first + count may overflow."""
    text = PROGRAM.format(first="%4", count="%6")
    function = parse(text)
    assert run(function)
    verify_function(function)
    printed = print_function(function)
    assert "guard %16" not in printed
    assert "add_checked %4, %6 else x3" in printed
    assert outcome(function, [[3, 4], 0, 7, 8]) == outcome(parse(text), [[3, 4], 0, 7, 8])
    for first in (-1, 1, 2**63 - 1):
        left = outcome(function, [[3, 4], first, 7, 8])
        assert left == f"Resume.NEXT 5 [[3, 4], {first}, 0, {first}]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("const_int[1]", "const_int[-1]", id="counts down"),
        pytest.param("add %9, %2", "add %9, %10", id="no constant step"),
        pytest.param("sub %10, %2", "sub %10, %11", id="no constant count"),
        pytest.param("int_le %10, %1", "int_le %10, %2", id="another end"),
        pytest.param("uint_lt %15, %6", "uint_lt %15, %10", id="size changes"),
        pytest.param("int_lt %9, %1", "int_lt %9, %2", id="another wrap"),
    ],
)
def test_other_loops_keep_the_test(old: str, new: str) -> None:
    text = textwrap.dedent(PROGRAM.format(first="%1", count="%6").replace(old, new)).lstrip()
    function = parse(text)
    verify_function(function)
    assert not run(function)
    assert print_function(function) == text


def test_a_test_that_not_every_round_makes_is_not_moved() -> None:
    """A `break` (b5) may end the loop before the index runs out; known bounds still count."""
    before = PROGRAM.replace(
        "        guard %16 else x0\n",
        """        %24:i1 = int_eq %9, %2
        branch %24 b4 b5
    b5:
        guard %16 else x0
""",
    )
    lines = before.format(first="%1", count="%4").splitlines()
    start = next(i for i, line in enumerate(lines) if line.strip() == "b5:")
    end = next(i for i, line in enumerate(lines) if line.strip() == "b3:")
    lines += lines[start:end]  # blocks stand in order
    text = "\n".join([*lines[:start], *lines[end:]]) + "\n"
    text = textwrap.dedent(text.replace("\n\n", "\n")).lstrip()
    function = parse(text)
    verify_function(function)
    assert not run(function)
    known = parse(text.replace("jump b1(%1, %4, %1)", "jump b1(%1, %6, %1)"))
    assert run(known)
    verify_function(known)


WHILE = """
    function "while" slots 3
    exit 0 statement 9 line 2 "guard"
    exit 1 next 5 line 1 "asked"
        store 2 %20
    exit 2 next 1 line 1 "end"
        store 2 %9
    b0:
        %1:i64 = const_int[0]
        %2:i64 = const_int[1]
        %3:ptr = slot_object[0]
        %4:i64 = slot_int[1]
        %5:ptr = list_items %3
        %6:i64 = list_size %3
        jump b1(%2)
    b1(%9:i64):
        %12:i1 = int_lt %9, %4
        branch %12 b2 b4
    b2:
        %14:i64 = sub_checked %9, %2 else x0
        %16:i1 = uint_lt %14, %6
        guard %16 else x0
        %17:ptr = item %5, %14
        %18:i1 = is_type[int] %17
        guard %18 else x0
        %20:i64 = add_checked %9, %2 else x0
        %23:i1 = poll
        branch %23 b3 b1(%20)
    b3:
        leave x1
    b4:
        leave x2
"""


def test_while_loop_and_offset() -> None:
    """l[i - 1] for i from 1 up to n: n - 1 <= len(l)."""
    function = parse(WHILE)
    assert run(function)
    verify_function(function)
    printed = print_function(function)
    assert "guard %16" not in printed
    for slots in ([[5, 6, 7], 3, 0], [[5, 6, 7], 4, 0], [[], 1, 0], [[], 0, 0]):
        assert outcome(function, slots) == outcome(parse(WHILE), slots)
    assert outcome(function, [[5, 6, 7], 5, 0]) == "Resume.NEXT 5 [[5, 6, 7], 5, 1]"


def test_an_index_that_begins_below_zero_keeps_the_test() -> None:
    function = parse(WHILE.replace("jump b1(%2)", "jump b1(%1)"))
    assert not run(function)
