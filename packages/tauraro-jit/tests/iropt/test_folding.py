"""Constant folding and algebra."""

from __future__ import annotations

import math

import pytest
from iropt.pass_cases import check, with_constants

from tauraro_jit.iropt.folding import fold_constants

FOLD = with_constants(fold_constants)


def test_constants_and_identities_fold() -> None:
    check(
        FOLD,
        """
        function "fold" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %6
            store 1 %8
        b0:
            %1:i64 = const_int[0]
            %2:i64 = const_int[6]
            %3:i64 = slot_int[0]
            %4:i64 = add_checked %3, %1 else x0
            %5:i64 = mul_checked %2, %2 else x0
            %6:i64 = sub %4, %5
            %7:i1 = int_lt %3, %1
            %8:i1 = not %7
            %9:i1 = int_eq %2, %2
            guard %9 else x0
            branch %9 b1 b1
        b1:
            leave x1
        """,
        """
        function "fold" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %6
            store 1 %8
        b0:
            %10:i64 = const_int[36]
            %11:i1 = const_bool[true]
            %1:i64 = const_int[0]
            %2:i64 = const_int[6]
            %3:i64 = slot_int[0]
            %6:i64 = sub %3, %10
            %7:i1 = int_lt %3, %1
            %8:i1 = int_ge %3, %1
            jump b1
        b1:
            leave x1
        """,
        [4, 0],
        [-(2**63), 0],
    )


def test_overflow_and_division_by_zero_are_left_alone() -> None:
    check(
        FOLD,
        """
        function "leaves" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %5
        b0:
            %1:i64 = const_int[9223372036854775807]
            %2:i64 = const_int[0]
            %3:i1 = const_bool[true]
            %4:i64 = slot_int[0]
            %5:i64 = add_checked %1, %1 else x0
            %6:i64 = floor_div %4, %2
            leave x1
        """,
        None,
        [1],
    )


def test_a_failing_guard_ends_its_block() -> None:
    check(
        FOLD,
        """
        function "never" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %2
        b0:
            %1:i1 = const_bool[false]
            guard %1 else x0
            %2:i64 = slot_int[0]
            leave x1
        """,
        """
        function "never" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %2
        b0:
            %1:i1 = const_bool[false]
            leave x0
        """,
        [1],
    )


@pytest.mark.parametrize("operation", ["fadd", "fmul", "fsub", "fdiv"])
@pytest.mark.parametrize("constant", ["0.0", "-0.0", "1.0"])
@pytest.mark.parametrize("constant_first", [False, True])
def test_doubles_fold_bit_for_bit(operation: str, constant: str, constant_first: bool) -> None:
    """Whatever is simplified, the results are the same for all doubles."""
    args = "%1, %2" if constant_first else "%2, %1"
    source = f"""
        function "double" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %3
        b0:
            %1:double = const_float[{constant}]
            %2:double = slot_float[0]
            %3:double = {operation} {args}
            leave x0
    """
    simple = (operation, constant, constant_first) in {
        ("fmul", "1.0", False),
        ("fmul", "1.0", True),
        ("fdiv", "1.0", False),
        ("fsub", "0.0", False),
    }
    after = source.replace("store 0 %3", "store 0 %2").replace(
        f"            %3:double = {operation} {args}\n", ""
    )
    values = [0.0, -0.0, 1.5, -3.0, math.inf, -math.inf, 5e-324, 1e308]
    check(FOLD, source, after if simple else None, *([value] for value in values))
