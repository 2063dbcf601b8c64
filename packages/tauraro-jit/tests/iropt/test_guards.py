"""Guards and branches whose outcome is known."""

from __future__ import annotations

from iropt.pass_cases import check, with_dominators

from tauraro_jit.ir.dominance import Dominators
from tauraro_jit.ir.graph import Function
from tauraro_jit.iropt.blocks import join_blocks
from tauraro_jit.iropt.guards import eliminate_guards

GUARDS = with_dominators(eliminate_guards)


def test_repeated_guard_and_known_branch_go() -> None:
    def run(function: Function, dominators: Dominators) -> None:
        eliminate_guards(function, dominators)
        join_blocks(function)

    check(
        with_dominators(run),
        """
        function "twice" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
        exit 2 next 2 line 1 "other end"
        b0:
            %1:i64 = slot_int[0]
            %2:i1 = int_lt %1, %1
            %3:i1 = not %2
            guard %3 else x0
            jump b1
        b1:
            guard %3 else x0
            branch %2 b2 b3
        b2:
            leave x2
        b3:
            leave x1
        """,
        """
        function "twice" slots 1
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
        exit 2 next 2 line 1 "other end"
        b0:
            %1:i64 = slot_int[0]
            %2:i1 = int_lt %1, %1
            %3:i1 = not %2
            guard %3 else x0
            leave x1
        """,
        [1],
    )


def test_a_guard_on_one_way_says_nothing_behind_the_join() -> None:
    check(
        GUARDS,
        """
        function "join" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i1 = int_lt %1, %2
            %4:i1 = int_lt %2, %1
            branch %3 b1 b2
        b1:
            guard %4 else x0
            jump b2
        b2:
            guard %4 else x0
            leave x1
        """,
        None,
        [1, 2],
        [2, 1],
        [2, 2],
    )


def test_what_a_branch_says() -> None:
    """`a and b` true: both are; on the other way it is not known which is false. In b3, which both
    lead to, nothing is known."""
    before = """
        function "branch" slots 2
        exit 0 statement 1 line 1 "guard"
        exit 1 next 1 line 1 "end"
        b0:
            %1:i64 = slot_int[0]
            %2:i64 = slot_int[1]
            %3:i1 = int_ne %1, %2
            %4:i1 = int_le %1, %2
            %5:i1 = both %3, %4
            branch %5 b1 b2
        b1:
            {guard}jump b3
        b2:
            guard %4 else x0
            jump b3
        b3:
            guard %3 else x0
            leave x1
    """
    guard = "guard %3 else x0\n            guard %4 else x0\n            "
    check(
        GUARDS,
        before.format(guard=guard),
        before.format(guard=""),
        [1, 2],
        [2, 1],
        [2, 2],
    )
