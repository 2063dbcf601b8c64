"""Common subexpressions."""

from __future__ import annotations

from iropt.pass_cases import check, with_dominators

from tauraro_jit.iropt.commoning import common_subexpressions

COMMON = with_dominators(common_subexpressions)


def test_dominated_equal_operations_go() -> None:
    """Checked ones too; addition commutes."""
    check(
        COMMON,
        """
        function "equal" slots 3
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %7
            store 1 %8
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:ptr = slot_object[2]
            %4:i64 = add_checked %1, %2 else x0
            %5:i64 = list_size %3
            jump b1
        b1:
            %6:i64 = add_checked %2, %1 else x0
            %7:i64 = sub %6, %4
            %8:i64 = list_size %3
            leave x1
        """,
        """
        function "equal" slots 3
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 0 %7
            store 1 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:ptr = slot_object[2]
            %4:i64 = add_checked %1, %2 else x0
            %5:i64 = list_size %3
            jump b1
        b1:
            %7:i64 = sub %4, %4
            leave x1
        """,
        [1, 2, [7, 8]],
        [2**63 - 1, 1, []],
    )


def test_branches_do_not_share() -> None:
    check(
        COMMON,
        """
        function "branches" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i1 = int_lt %1, %1
            branch %2 b1 b2
        b1:
            %3:i64 = add %1, %1
            jump b3(%3)
        b2:
            %4:i64 = add %1, %1
            jump b3(%4)
        b3(%5:i64):
            leave x0
        """,
        None,
        [5],
    )


def stores(second: str, stored: str) -> str:
    return f"""
        function "stores" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 1 {stored}
        b0:
            %1:ptr = slot_object[0]
            %2:i64 = const_int[0]
            %3:ptr = list_items %1
            %4:i64 = list_size %1
            %5:i1 = uint_lt %2, %4
            guard %5 else x0
            %6:ptr = item %3, %2
            %7:i1 = is_type[int] %6
            guard %7 else x0
            %8:i64 = unbox_int_checked %6 else x0
            %9:i64 = add %8, %8
            store_int %3, %2, %9 else x0
            {second}
            leave x1
        """


RELOAD = """%10:ptr = item %3, %2
            %11:i1 = is_type[int] %10
            guard %11 else x0
            %12:i64 = unbox_int_checked %10 else x0"""


def test_a_store_ends_what_is_known_of_elements() -> None:
    check(COMMON, stores(RELOAD, "%12"), None, [[21], 0], [[1.5], 0])


def test_without_a_store_elements_are_known() -> None:
    before = stores(RELOAD, "%12").replace("            store_int %3, %2, %9 else x0\n", "")
    after = stores("guard %7 else x0", "%8").replace(
        "            store_int %3, %2, %9 else x0\n", ""
    )
    check(COMMON, before, after, [[21], 0])


def test_a_slot_that_holds_a_list_keeps_it() -> None:
    """Over a store, and over the back-edge of a loop that stores."""
    before = """
        function "rows" slots 3
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
            store 1 %15
        b0:
            %1:ptr = slot_object[0]
            %2:i64 = const_int[0]
            %3:ptr = list_items %1
            %4:i64 = list_size %1
            %5:i1 = uint_lt %2, %4
            guard %5 else x0
            %6:ptr = item %3, %2
            %7:i1 = is_type[list] %6
            guard %7 else x0
            %8:ptr = list_items %6
            %9:ptr = item %8, %2
            %10:i1 = is_type[int] %9
            guard %10 else x0
            store_int %8, %2, %4 else x0
            jump b1
        b1:
            {again}
            branch %7 b2 b1
        b2:
            leave x1
    """
    again = """%12:ptr = item %3, %2
            %13:i1 = is_type[list] %12
            guard %13 else x0
            %14:ptr = list_items %12
            %15:ptr = item %14, %2
            store_int %14, %2, %4"""
    known = """guard %7 else x0
            %15:ptr = item %8, %2
            store_int %8, %2, %4"""
    check(COMMON, before.format(again=again), before.format(again=known), [[[5]], 0, 0])


def test_a_list_that_grows_is_read_again() -> None:
    """So is each other: it may be the same. What has been computed stays."""
    check(
        COMMON,
        """
        function "grows" slots 3
        exit 0 next 1 line 1 "end"
            store 0 %11
        exit 1 statement 9 line 2 "guard"
        b0:
            %1:i64 = slot_int[0]
            %2:ptr = slot_object[1]
            %3:ptr = slot_object[2]
            %4:i64 = list_size %2
            %5:i64 = list_size %3
            %6:i64 = add %4, %5
            append_int %2, %1 else x1
            %7:i64 = list_size %2
            %8:i64 = list_size %3
            %9:i64 = add %4, %5
            %10:i64 = list_size %3
            %11:i64 = add %9, %10
            leave x0
        """,
        """
        function "grows" slots 3
        exit 0 next 1 line 1 "end"
            store 0 %11
        exit 1 statement 9 line 2 "guard"
        b0:
            %1:i64 = slot_int[0]
            %2:ptr = slot_object[1]
            %3:ptr = slot_object[2]
            %4:i64 = list_size %2
            %5:i64 = list_size %3
            %6:i64 = add %4, %5
            append_int %2, %1 else x1
            %7:i64 = list_size %2
            %8:i64 = list_size %3
            %11:i64 = add %6, %8
            leave x0
        """,
        [7, [1], [2, 3]],
    )


def test_a_slot_of_a_list_may_be_another_one_when_something_was_put() -> None:
    check(
        COMMON,
        """
        function "put" slots 3
        exit 0 next 1 line 1 "end"
            store 2 %8
        exit 1 statement 9 line 2 "guard"
        b0:
            %1:i64 = slot_int[0]
            %2:ptr = slot_object[1]
            %3:ptr = slot_object[2]
            %4:ptr = list_items %2
            %5:ptr = item %4, %1
            %6:i1 = is_type[list] %5
            guard %6 else x1
            put %4, %1, %3 else x1
            %7:ptr = list_items %2
            %8:ptr = item %7, %1
            leave x0
        """,
        None,
        [0, [[1], [2]], [3]],
    )
