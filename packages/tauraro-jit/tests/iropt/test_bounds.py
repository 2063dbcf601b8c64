"""Tests of constant indexes."""

from __future__ import annotations

from iropt.pass_cases import check

from tauraro_jit.ir.dominance import Dominators
from tauraro_jit.ir.graph import Function
from tauraro_jit.iropt.bounds import merge_bounds
from tauraro_jit.iropt.constants import Constants


def bounds(function: Function) -> None:
    """The pass, with what it needs. The tests that no guard needs any more stay."""
    constants = Constants(function)
    constants.gather()
    merge_bounds(function, Dominators(function), constants)


def test_the_largest_index_is_tested_first() -> None:
    check(
        bounds,
        """
        function "pair" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 statement 2 line 2 "guard"
        exit 2 next 3 line 3 "end"
            store 1 %9
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[2]
            %3:ptr = slot_object[0]
            %4:ptr = list_items %3
            %5:i64 = list_size %3
            %6:i1 = uint_lt %1, %5
            guard %6 else x0
            %7:ptr = item %4, %1
            %8:i1 = uint_lt %2, %5
            guard %8 else x1
            %9:ptr = item %4, %2
            leave x2
        """,
        """
        function "pair" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 statement 2 line 2 "guard"
        exit 2 next 3 line 3 "end"
            store 1 %9
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[2]
            %3:ptr = slot_object[0]
            %4:ptr = list_items %3
            %5:i64 = list_size %3
            %6:i1 = uint_lt %1, %5
            %10:i1 = uint_lt %2, %5
            guard %10 else x0
            %7:ptr = item %4, %1
            %8:i1 = uint_lt %2, %5
            %9:ptr = item %4, %2
            leave x2
        """,
        [[1, 2, 3], 0],
        [[], 0],
    )


def test_an_index_behind_a_larger_one_is_not_tested() -> None:
    check(
        bounds,
        """
        function "behind" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 3 line 3 "end"
            store 1 %7
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[2]
            %3:ptr = slot_object[0]
            %4:ptr = list_items %3
            %5:i64 = list_size %3
            %6:i1 = uint_lt %2, %5
            guard %6 else x0
            jump b1
        b1:
            %8:i1 = uint_lt %1, %5
            guard %8 else x0
            %7:ptr = item %4, %1
            leave x1
        """,
        """
        function "behind" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 3 line 3 "end"
            store 1 %7
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[2]
            %3:ptr = slot_object[0]
            %4:ptr = list_items %3
            %5:i64 = list_size %3
            %6:i1 = uint_lt %2, %5
            guard %6 else x0
            jump b1
        b1:
            %8:i1 = uint_lt %1, %5
            %7:ptr = item %4, %1
            leave x1
        """,
        [[1, 2, 3], 0],
        [[1], 0],
    )


def test_what_another_block_tests_is_no_reason_to_leave_earlier() -> None:
    check(
        bounds,
        """
        function "maybe" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 3 line 3 "end"
            store 1 %7
        exit 2 next 4 line 4 "other end"
            store 1 %9
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[2]
            %3:ptr = slot_object[0]
            %4:ptr = list_items %3
            %5:i64 = list_size %3
            %6:i1 = uint_lt %1, %5
            guard %6 else x0
            %7:ptr = item %4, %1
            %10:i1 = is_type[int] %7
            branch %10 b1 b2
        b1:
            leave x1
        b2:
            %8:i1 = uint_lt %2, %5
            guard %8 else x0
            %9:ptr = item %4, %2
            leave x2
        """,
        None,
        [[1], 0],
        [["", 2, 3], 0],
        [["", 2], 0],
    )
