"""Buffers in the passes: what stays as it is, what a store or an append changes."""

from __future__ import annotations

import pytest
from iropt.pass_cases import check, parse, with_dominators, with_loops

from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.printer import print_function
from tauraro_jit.iropt.commoning import common_subexpressions
from tauraro_jit.iropt.hoisting import hoist_invariants

COMMON = with_dominators(common_subexpressions)
HOIST = with_loops(hoist_invariants)

TWICE = """
    function "twice" slots 2
    exit 0 statement 1 line 1 "guard"
    exit 1 next 1 line 1 "end"
        store 0 %{last}
        store 1 %11
    b0:
        %1:ptr = slot_object[0]
        %2:i64 = slot_int[1]
        %3:i64 = const_int[0]
        %4:i64 = const_int[1]
        %5:i1 = is_buffer["bytearray B 1 0 1"] %1
        guard %5 else x0
        %6:ptr = buffer_data["bytearray"] %1
        %7:i64 = buffer_size["bytearray"] %1, %3
        %8:ptr = address %6, %2, %4
        %9:i64 = peek_int["B"] %8
        {between}
        %11:i64 = buffer_size["bytearray"] %1, %3
        %12:i64 = peek_int["B"] %8
        leave x1
"""
RUN = [bytearray(b"abc"), 1]


def test_an_element_is_loaded_once() -> None:
    before = TWICE.format(between="%10:ptr = address %6, %2, %4", last="12")
    gone = ("%10:ptr", "%11:i64", "%12:i64")
    after = [line for line in before.splitlines() if not line.strip().startswith(gone)]
    known = "\n".join(after).replace("store 0 %12", "store 0 %9").replace("1 %11", "1 %7")
    check(COMMON, before, known, RUN)


def test_a_store_into_any_buffer_may_change_an_element() -> None:
    before = TWICE.format(between='poke_int["B"] %6, %9', last="12")
    after = [line for line in before.splitlines() if not line.strip().startswith("%11:i64")]
    check(COMMON, before, "\n".join(after).replace("1 %11", "1 %7"), RUN)


def test_what_is_appended_may_change_all() -> None:
    between = 'buffer_add_int["bytearray B 1 0 1"] %1, %2'
    function = parse(TWICE.format(between=between, last="12"))
    before = print_function(function)
    COMMON(function)
    assert print_function(function) == before


ROUNDS = """
    function "rounds" slots 4
    exit 0 statement 9 line 2 "guard"
        store 2 %7
    exit 1 next 5 line 1 "asked"
        store 2 %18
        store 3 %19
    exit 2 next 1 line 1 "end"
        store 2 %8
    b0:
        %1:ptr = slot_object[0]
        %2:i64 = slot_int[1]
        %3:i64 = slot_int[2]
        %4:i64 = const_int[0]
        %5:ptr = list_items %1
        %6:i64 = list_size %1
        %17:i64 = const_int[1]
        jump b1(%4, %3)
    b1(%7:i64, %8:i64):
        %9:i1 = int_le %8, %4
        branch %9 b4 b2
    b2:
        %10:i1 = uint_lt %2, %6
        guard %10 else x0
        %11:ptr = item %5, %2
        %12:i1 = is_type[bytearray] %11
        guard %12 else x0
        %13:ptr = buffer_data["bytearray"] %11
        %14:i64 = buffer_size["bytearray"] %11, %4
        %15:i1 = uint_lt %7, %14
        guard %15 else x0
        %16:ptr = address %13, %7, %17
        {store}
        %18:i64 = add %7, %17
        %19:i64 = sub %8, %17
        %21:i1 = poll
        branch %21 b3 b1(%18, %19)
    b3:
        leave x1
    b4:
        leave x2
"""


@pytest.mark.parametrize(
    ("store", "inside"),
    [
        ('poke_int["B"] %16, %8', set()),
        ("store_int %5, %2, %8", set()),
        ("append_int %1, %8", {Op.ITEM, Op.BUFFER_DATA, Op.BUFFER_SIZE}),
        ('buffer_add_int["bytearray B 1 0 1"] %11, %8', {Op.BUFFER_DATA, Op.BUFFER_SIZE}),
    ],
)
def test_where_a_buffer_of_a_list_is_looked_into(store: str, inside: set[Op]) -> None:
    """Before the loop, unless a list or buffer grows in it."""
    function = parse(ROUNDS.format(store=store))
    HOIST(function)
    reads = {Op.ITEM, Op.BUFFER_DATA, Op.BUFFER_SIZE}
    found = {operation.op for operation in function.blocks[2].operations} & reads
    assert found >= inside
    assert bool(found) is bool(inside)
