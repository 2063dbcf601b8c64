"""Numbers that are replaced by numbers of their type."""

from __future__ import annotations

from iropt.pass_cases import check

from tauraro_jit.iropt.elements import know_elements

HEAD = """
        function "elements" slots 4
        exit 0 statement 1 line 1 "guard"
        exit 1 statement 2 line 2 "guard"
        exit 2 next 3 line 3 "end"
            store 2 %20
        b0:
            %1:ptr = slot_object[0]
            %2:ptr = list_items %1
            %3:ptr = slot_object[3]
            %4:ptr = list_items %3
            %5:i64 = slot_int[1]
            %6:double = const_float[0.5]
            %7:i64 = const_int[7]
            %8:ptr = item %2, %5
            %9:i1 = is_type[float] %8
            guard %9 else x0
"""


def test_a_known_float_is_replaced_and_stays_known() -> None:
    check(
        know_elements,
        HEAD
        + """\
            store_float %2, %5, %6 else x0
            %10:ptr = item %2, %5
            %11:i1 = is_type[float] %10
            guard %11 else x1
            %20:double = unbox_float %10
            leave x2
        """,
        HEAD
        + """\
            replace_float %2, %5, %6 else x0
            %10:ptr = item %2, %5
            %11:i1 = is_type[float] %10
            %20:double = unbox_float %10
            leave x2
        """,
        [[1.5, 2.5], 1, 0.0, []],
        [[1.5, 2], 1, 0.0, []],
    )


def test_an_int_that_is_stored_elsewhere_may_have_taken_the_place() -> None:
    text = (
        HEAD
        + """\
            store_int %4, %7, %7 else x0
            store_float %2, %5, %6
            %20:double = const_float[1.5]
            leave x2
        """
    )
    numbers: list[object] = [1.5] * 8
    check(know_elements, text, None, [numbers, 7, 0.0, numbers], [numbers, 1, 0.0, [2] * 8])


def test_a_float_that_is_stored_elsewhere_changes_no_type() -> None:
    numbers: list[object] = [1.5] * 8
    check(
        know_elements,
        HEAD
        + """\
            store_float %4, %7, %6 else x0
            store_float %2, %5, %6
            %20:double = const_float[1.5]
            leave x2
        """,
        HEAD
        + """\
            store_float %4, %7, %6 else x0
            replace_float %2, %5, %6
            %20:double = const_float[1.5]
            leave x2
        """,
        [numbers, 7, 0.0, numbers],
        [numbers, 1, 0.0, [2] * 8],
    )


def test_what_was_read_before_a_store_says_nothing_behind_it() -> None:
    check(
        know_elements,
        """
        function "late" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 3 line 3 "end"
        b0:
            %1:ptr = slot_object[0]
            %2:ptr = list_items %1
            %3:i64 = slot_int[1]
            %4:double = const_float[0.5]
            %5:i64 = const_int[7]
            %6:ptr = item %2, %3
            %7:i1 = is_type[float] %6
            store_int %2, %3, %5
            guard %7 else x0
            store_float %2, %3, %4
            leave x1
        """,
        None,
        [[1.5, 2.5], 1],
    )
