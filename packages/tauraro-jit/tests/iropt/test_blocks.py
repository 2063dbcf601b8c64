"""Joining and dropping of blocks."""

from __future__ import annotations

from iropt.pass_cases import check

from tauraro_jit.ir.graph import Function, Jump
from tauraro_jit.iropt.blocks import join_blocks


def test_chain_is_joined() -> None:
    check(
        join_blocks,
        """
        function "chain" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %3
        b0:
            %1:i64 = slot_int[0]
            jump b1(%1)
        b1(%2:i64):
            jump b2(%2)
        b2(%3:i64):
            leave x0
        """,
        """
        function "chain" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %1
        b0:
            %1:i64 = slot_int[0]
            leave x0
        """,
        [5],
    )


LOOP = """
    function "loop" slots 1
    exit 0 next 1 line 1 "end"
        store 0 %2
    b0:
        %1:i64 = slot_int[0]
        jump b1(%1)
    b1(%2:i64):
        %3:i64 = floor_div %2, %2
        %4:i1 = int_lt %2, %3
        branch %4 b1(%3) b2
    b2:
        leave x0
"""


def test_loop_header_and_branch_targets_stay() -> None:
    check(join_blocks, LOOP, None, [1], [-5])


def test_unreached_block_goes_and_the_rest_is_renumbered() -> None:
    def cut(function: Function) -> None:
        """Make b1 unreachable first."""
        function.blocks[0].terminator = Jump(function.blocks[2], ())
        join_blocks(function)

    check(
        cut,
        """
        function "cut" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %1
        exit 1 next 1 line 1 "end"
            store 0 %1
        b0:
            %1:i64 = slot_int[0]
            %2:i1 = int_ne %1, %1
            branch %2 b1 b2
        b1:
            leave x0
        b2:
            leave x1
        """,
        """
        function "cut" slots 1
        exit 0 next 1 line 1 "end"
            store 0 %1
        exit 1 next 1 line 1 "end"
            store 0 %1
        b0:
            %1:i64 = slot_int[0]
            %2:i1 = int_ne %1, %1
            leave x1
        """,
        [1],
    )
