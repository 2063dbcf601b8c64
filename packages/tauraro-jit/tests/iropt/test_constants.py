"""Each constant once."""

from __future__ import annotations

from iropt.pass_cases import check, with_constants

from tauraro_jit.ir.graph import Function
from tauraro_jit.iropt.constants import Constants


def only_gather(function: Function, constants: Constants) -> None:
    """Gathering has been done."""


def test_equal_constants_are_one() -> None:
    check(
        with_constants(only_gather),
        """
        function "two" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = const_int[7]
            %3:i64 = add %1, %2
            jump b1
        b1:
            %4:i64 = const_int[7]
            %5:i64 = add %3, %4
            leave x0
        """,
        """
        function "two" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %5
        b0:
            %2:i64 = const_int[7]
            %1:i64 = slot_int[0]
            %3:i64 = add %1, %2
            jump b1
        b1:
            %5:i64 = add %3, %2
            leave x0
        """,
        [1],
    )


def test_zeros_of_different_sign_and_type_stay() -> None:
    check(
        with_constants(only_gather),
        """
        function "zeros" slots 4
        exit 0 next 1 line 1 "end"
            store 0 %1
            store 1 %2
            store 2 %3
            store 3 %4
        b0:
            %1:double = const_float[0.0]
            %2:double = const_float[-0.0]
            %3:i64 = const_int[0]
            %4:i1 = const_bool[false]
            leave x0
        """,
        None,
        [9, 9, 9, 9],
    )


def test_no_constants() -> None:
    check(
        with_constants(only_gather),
        """
        function "none" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %1
        b0:
            %1:i64 = slot_int[0]
            leave x0
        """,
        None,
        [4],
    )
