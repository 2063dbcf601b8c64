"""Preheaders, and exits before loops."""

from __future__ import annotations

from iropt.pass_cases import check, parse, with_dominators

from tauraro_jit.ir.dominance import Dominators
from tauraro_jit.iropt.loops import ExitBefore, Loops, insert_preheaders

INSERT = with_dominators(insert_preheaders)

TWO_WAYS_IN = """
    function "in" slots 1
    exit 0 next 1 line 1 "end"
        store 0 %5
    b0:
        %1:i64 = slot_int[0]
        %2:i64 = const_int[3]
        %3:i1 = int_lt %1, %2
        branch %3 b1 b2(%2)
    b1:
        jump b2(%1)
    b2(%5:i64):
        %6:i64 = sub %5, %2
        %7:i1 = int_lt %6, %2
        branch %7 b3 b2(%6)
    b3:
        leave x0
"""


def test_a_loop_with_two_ways_in_gets_a_preheader() -> None:
    after = TWO_WAYS_IN.replace("b2(%2)", "b4(%2)").replace("jump b2(%1)", "jump b4(%1)")
    after = after.rstrip() + "\n    b4(%8:i64):\n        jump b2(%8)\n"
    check(INSERT, TWO_WAYS_IN, after, [1], [9])


ONE_WAY_IN = """
    function "one" slots 1
    exit 0 next 1 line 1 "end"
        store 0 %5
    b0:
        %1:i64 = slot_int[0]
        %2:i64 = const_int[3]
        jump b1(%1)
    b1(%5:i64):
        %6:i64 = sub %5, %2
        %7:i1 = int_lt %6, %2
        branch %7 b2 b1(%6)
    b2:
        leave x0
"""


def test_a_loop_with_a_preheader_stays() -> None:
    check(INSERT, ONE_WAY_IN, None, [9])


SHARED = """
    function "shared" slots 2
    exit 0 next 30 line 2 "asked"
        store 0 %8
    exit 1 next 10 line 1 "asked"
        store 0 %6
    exit 2 next 10 line 1 "end"
        store 0 %6
    b0:
        %1:i64 = slot_int[0]
        %2:i64 = const_int[3]
        %3:i64 = const_int[0]
        jump b1(%1, %2)
    b1(%6:i64, %7:i64):
        %10:i1 = int_lt %7, %3
        branch %10 b4 b2
    b2:
        %8:i64 = add %6, %7
        %9:i64 = sub %7, %2
        %11:i1 = poll
        branch %11 b3 b1(%8, %9)
    b3:
        leave x0
    b4:
        %12:i1 = poll
        branch %12 b5 b6
    b5:
        leave x1
    b6:
        %13:i64 = add %6, %6
        %14:i1 = int_lt %13, %2
        branch %14 b1(%13, %2) b7
    b7:
        leave x2
"""


def test_an_outer_loop_that_begins_with_the_inner_gets_its_own_header() -> None:
    """The latch b6 belongs to the outer loop: it does not leave to the inner one when asked."""
    after = SHARED.replace("jump b1(%1, %2)", "jump b8(%1, %2)")
    after = after.replace("b1(%13, %2)", "b8(%13, %2)").rstrip()
    after += "\n    b8(%15:i64, %16:i64):\n        jump b1(%15, %16)\n"
    check(INSERT, SHARED, after, [-1, 0], [5, 0])


def test_loops_inside_out_with_what_is_inside() -> None:
    function = parse(SHARED)
    insert_preheaders(function, Dominators(function))
    loops = Loops(Dominators(function)).found
    assert [loop.header.number for loop in loops] == [1, 8]
    assert [loop.preheader.number for loop in loops] == [8, 0]
    assert loops[0].inside == {6, 7, 8, 9, 10, 11}
    assert [block.number for block in loops[0].each_round(Dominators(function))] == [1, 2]


def test_the_exit_before_a_loop_stores_what_the_preheader_passes() -> None:
    function = parse(SHARED)
    insert_preheaders(function, Dominators(function))
    inner, outer = Loops(Dominators(function)).found
    exit_ = ExitBefore(function, inner)
    assert exit_.exists()
    assert len(function.exits) == 3
    point = exit_.take()
    assert exit_.take() is point
    assert (point.number, point.exit.pc) == (3, 30)
    assert not ExitBefore(function, outer).exists(), "its latch does not ask"


def test_no_exit_before_a_loop_whose_variables_do_not_go_through_the_header() -> None:
    text = SHARED.replace("store 0 %8", "store 0 %8\n        store 1 %9").replace(
        "b1(%8, %9)", "b1(%8, %7)"
    )
    function = parse(text)
    insert_preheaders(function, Dominators(function))
    inner, _ = Loops(Dominators(function)).found
    assert not ExitBefore(function, inner).exists()
