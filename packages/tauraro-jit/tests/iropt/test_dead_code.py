"""Removal of what nobody uses."""

from __future__ import annotations

from iropt.pass_cases import check

from tauraro_jit.iropt.dead_code import remove_dead_code


def test_unused_operations_parameters_and_exits_go() -> None:
    """%5 and %8 only feed each other; the overflow check goes with its result, and its exit."""
    check(
        remove_dead_code,
        """
        function "dead" slots 2
        exit 0 statement 1 line 1 "guard"
            store 1 %5
        exit 1 next 1 line 1 "end"
            store 0 %4
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            jump b1(%1, %2)
        b1(%4:i64, %5:i64):
            %6:i64 = sub %4, %1
            %7:i1 = int_lt %4, %1
            %8:i64 = add_checked %5, %6 else x0
            branch %7 b1(%4, %8) b2
        b2:
            leave x1
        """,
        """
        function "dead" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %4
        b0:
            %1:i64 = slot_int[0]
            jump b1(%1)
        b1(%4:i64):
            %7:i1 = int_lt %4, %1
            branch %7 b1(%4) b2
        b2:
            leave x0
        """,
        [3, 4],
        [3, 2**63 - 1],
    )


def test_guards_stores_and_what_exits_need_stay() -> None:
    check(
        remove_dead_code,
        """
        function "live" slots 3
        exit 0 statement 1 line 1 "guard"
            store 1 %3
        exit 1 next 1 line 1 "end"
        b0:
            %1:ptr = slot_object[0]
            %2:i64 = slot_int[1]
            %3:i64 = add %2, %2
            %4:ptr = list_items %1
            %5:i64 = list_size %1
            %6:i1 = uint_lt %2, %5
            guard %6 else x0
            store_int %4, %2, %3 else x0
            leave x1
        """,
        None,
        [[1, 2, 3], 2, 0],
        [[1, 2, 3], 3, 0],
    )


def test_used_overflow_check_stays() -> None:
    check(
        remove_dead_code,
        """
        function "used" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %2
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = add_checked %1, %1 else x0
            leave x1
        """,
        None,
        [1],
        [2**62],
    )
