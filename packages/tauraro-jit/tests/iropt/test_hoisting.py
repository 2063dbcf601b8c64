"""Loop-invariant code motion."""

from __future__ import annotations

from iropt.pass_cases import check, parse, with_loops

from tauraro_jit.ir.ops import Op
from tauraro_jit.iropt.hoisting import hoist_invariants

HOIST = with_loops(hoist_invariants)

HEAD = """
        function "rows" slots 6
        exit 0 statement 9 line 2 "guard"
            store 3 %7
        exit 1 next 5 line 1 "asked"
            store 2 %19
            store 3 %18
        exit 2 next 1 line 1 "end"
            store 2 %8
            store 3 %7
"""
BEFORE_LOOP = """
        b0:
            %1:ptr = slot_object[0]
            %2:i64 = slot_int[1]
            %3:i64 = slot_int[2]
            %4:i64 = const_int[0]
            %5:ptr = list_items %1
            %6:i64 = list_size %1
"""
LOOP_HEAD = """
        b1(%7:i64, %8:i64):
            %9:i1 = int_le %8, %4
            branch %9 b4 b2
        b2:
"""
ROW = """
            %10:i1 = uint_lt %2, %6
            guard %10 else {exit}
            %11:ptr = item %5, %2
            %12:i1 = is_type[list] %11
            guard %12 else {exit}
            %13:ptr = list_items %11
            %14:i64 = list_size %11
"""
ELEMENT = """
            %15:i1 = uint_lt %7, %14
            guard %15 else x0
            %16:ptr = item %13, %7
            %20:i1 = is_type[int] %16
            guard %20 else x0
            {store}
"""
TAIL = """
            %17:i64 = const_int[1]
            %18:i64 = add %7, %17
            %19:i64 = sub %8, %17
            %21:i1 = poll
            branch %21 b3 b1(%18, %19)
        b3:
            leave x1
        b4:
            leave x2
"""
NO_STORE = "%22:i64 = add %7, %7"
STORE = "store_int %13, %7, %7"


def lines(*parts: str) -> str:
    return "\n".join(line for part in parts for line in part.splitlines() if line.strip())


def unmoved(store: str) -> str:
    row = ROW.format(exit="x0")
    start = BEFORE_LOOP + "            jump b1(%4, %3)"
    return lines(HEAD, start, LOOP_HEAD, row, ELEMENT.format(store=store), TAIL)


def moved(store: str) -> str:
    """The row is found before the loop; the new exit goes to the head of the loop."""
    exits = (
        HEAD.rstrip()
        + """
        exit 3 next 5 line 1 "guard before the loop"
            store 2 %3
            store 3 %4
"""
    )
    start = BEFORE_LOOP.rstrip() + ROW.format(exit="x3").rstrip() + "\n            jump b1(%4, %3)"
    return lines(exits, start, LOOP_HEAD, ELEMENT.format(store=store), TAIL)


RUNS = [
    [[[1, 2, 3], [4, 5]], 0, 2, 0, 0, 0],
    [[[1, 2, 3], [4, 5]], 1, 3, 0, 0, 0],
]


def test_a_row_is_found_before_the_loop() -> None:
    check(HOIST, unmoved(NO_STORE), moved(NO_STORE), *RUNS)


def test_a_row_is_found_before_a_loop_that_stores() -> None:
    check(HOIST, unmoved(STORE), moved(STORE), *RUNS)


def test_an_element_that_the_loop_may_store_stays() -> None:
    """The same, but what is read is a number."""
    before = """
        function "number" slots 3
        exit 0 statement 9 line 2 "guard"
        exit 1 next 5 line 1 "asked"
            store 1 %15
        exit 2 next 1 line 1 "end"
            store 1 %7
            store 2 %7
        b0:
            %1:ptr = slot_object[0]
            %2:i64 = slot_int[1]
            %3:i64 = const_int[0]
            %5:ptr = list_items %1
            %6:i64 = list_size %1
            %4:i1 = uint_lt %3, %6
            guard %4 else x0
            jump b1(%2)
        b1(%7:i64):
            %9:i1 = int_le %7, %3
            branch %9 b4 b2
        b2:
            %11:ptr = item %5, %3
            %12:i1 = is_type[int] %11
            guard %12 else x0
            %13:i64 = unbox_int_checked %11 else x0
            {store}
            %15:i64 = sub %7, %6
            %16:i1 = poll
            branch %16 b3 b1(%15)
        b3:
            leave x1
        b4:
            leave x2
    """
    runs = [[[7, 1], 4, 0], [[2.5], 4, 0]]
    check(HOIST, before.format(store="store_int %5, %3, %7"), None, *runs)
    moved_reads = """%11:ptr = item %5, %3
            %12:i1 = is_type[int] %11
            guard %12 else {exit}
            %13:i64 = unbox_int_checked %11 else {exit}
"""
    source = before.format(store="%14:i64 = add %13, %6")
    after = (
        source.replace(f"            {moved_reads.format(exit='x0')}", "")
        .replace("            %14:i64 = add %13, %6\n", "")
        .replace(
            "            jump b1(%2)\n",
            f"            {moved_reads.format(exit='x3')}            %14:i64 = add %13, %6\n"
            "            jump b1(%2)\n",
        )
        .replace(
            "        b0:",
            """        exit 3 next 5 line 1 "guard before the loop"
            store 1 %2
        b0:""",
        )
    )
    check(HOIST, source, after, [[7, 1], 4, 0])


def test_what_not_every_round_executes_stays() -> None:
    """A guard on one way through the body, and a division, which has to stay behind it."""
    check(
        HOIST,
        """
        function "sometimes" slots 4
        exit 0 statement 9 line 2 "guard"
        exit 1 next 5 line 1 "asked"
            store 1 %12
        exit 2 next 1 line 1 "end"
            store 1 %5
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i64 = const_int[1]
            %4:i1 = int_ne %1, %3
            jump b1(%2)
        b1(%5:i64):
            %6:i1 = int_le %5, %3
            branch %6 b6 b2
        b2:
            %7:i1 = int_lt %5, %1
            branch %7 b3 b4
        b3:
            guard %4 else x0
            %9:i64 = floor_div %2, %1
            jump b4
        b4:
            %10:i64 = floor_div %2, %3
            %12:i64 = sub %5, %3
            %13:i1 = poll
            branch %13 b5 b1(%12)
        b5:
            leave x1
        b6:
            leave x2
        """,
        None,
        [3, 5, 0, 0],
        [1, 5, 0, 0],
    )


def test_what_a_growing_list_changes_stays() -> None:
    """The loop appends to a list, which may be any: sizes, item arrays and slots are read in each
    round."""
    function = parse(unmoved("append_int %1, %7"))
    HOIST(function)
    inside = {operation.op for operation in function.blocks[2].operations}
    assert inside >= {Op.ITEM, Op.LIST_ITEMS, Op.LIST_SIZE}
