"""Copy propagation through block parameters."""

from __future__ import annotations

from iropt.pass_cases import check

from tauraro_jit.iropt.parameters import propagate_parameters


def test_invariant_variable_leaves_the_loop() -> None:
    check(
        propagate_parameters,
        """
        function "loop" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i64 = const_int[1]
            jump b1(%1, %2)
        b1(%5:i64, %6:i64):
            %7:i64 = add %5, %6
            %8:i1 = int_lt %7, %6
            branch %8 b2(%7, %6) b3
        b2(%9:i64, %10:i64):
            jump b1(%9, %10)
        b3:
            leave x0
        """,
        """
        function "loop" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i64 = const_int[1]
            jump b1(%1)
        b1(%5:i64):
            %7:i64 = add %5, %2
            %8:i1 = int_lt %7, %2
            branch %8 b2 b3
        b2:
            jump b1(%7)
        b3:
            leave x0
        """,
        [1, 5],
        [0, 2**62],
    )


def test_different_values_stay() -> None:
    check(
        propagate_parameters,
        """
        function "join" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %4
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i1 = int_lt %1, %2
            branch %3 b1(%1) b1(%2)
        b1(%4:i64):
            leave x0
        """,
        None,
        [1, 2],
        [2, 1],
    )


def test_copies_around_nested_loops() -> None:
    """%4 and %7 only feed each other; %5 looks like a copy of %1 until %9 arrives."""
    check(
        propagate_parameters,
        """
        function "nest" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %4
            store 1 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = const_int[1]
            jump b1(%1, %1)
        b1(%4:i64, %5:i64):
            jump b2(%4, %5)
        b2(%7:i64, %8:i64):
            %9:i64 = sub %8, %2
            %10:i1 = int_lt %9, %2
            branch %10 b3 b2(%7, %9)
        b3:
            %11:i1 = int_lt %7, %2
            branch %11 b1(%7, %9) b4
        b4:
            leave x0
        """,
        """
        function "nest" slots 2
        exit 0 next 1 line 1 "end"
            store 0 %1
            store 1 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = const_int[1]
            jump b1(%1)
        b1(%5:i64):
            jump b2(%5)
        b2(%8:i64):
            %9:i64 = sub %8, %2
            %10:i1 = int_lt %9, %2
            branch %10 b3 b2(%9)
        b3:
            %11:i1 = int_lt %1, %2
            branch %11 b1(%9) b4
        b4:
            leave x0
        """,
        [3, 0],
    )
