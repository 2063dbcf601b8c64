"""What has to wait before LLVM is asked for code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from tauraro_jit.ir.graph import Function
from tauraro_jit.ir.parser import parse_function
from tauraro_jit.irbuild import BuiltRegion
from tauraro_jit.policy.loops import FASTER, GAIN, Totals
from tauraro_jit.policy.worth import (
    ENDING,
    FREE,
    RARE,
    are_mixed,
    gain_of,
    seconds_free,
    seconds_of_compilation,
    seconds_to_wait,
    share_of_leaving,
    stays,
)

LOOP = """
function "loop" slots 2
exit 0 next 1 line 1 "the loop has ended"
exit 1 statement 4 line 2 "{reason}"
exit 2 statement 4 line 2 "guard"
b0:
    %1:i64 = slot_int[0]
    %2:i64 = slot_int[1]
    jump b1(%1)
b1(%3:i64):
    %4:i1 = int_lt %3, %2
    branch %4 b2 b3
b2:
    %5:i64 = add_checked %3, %1 else x2
    %6:i1 = int_lt %5, %1
    branch %6 b4 b5
b3:
    leave x0
b4:
    leave x1
b5:
    jump b1(%5)
"""


class First:
    """A class of the program."""


class Second(First):
    """Another one."""


class Items(list[object]):
    """Has methods that say something else."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: object) -> object:
        raise AssertionError("nothing of the program is called")


def function(reason: str) -> Function:
    return parse_function(textwrap.dedent(LOOP.format(reason=reason)).strip())


def wait(reason: str, is_mixed: bool = False) -> float:
    region = BuiltRegion(function(reason), (), None, (), ())
    return seconds_to_wait(region, is_mixed)


@pytest.mark.parametrize("reason", ["guard", "break", "return", "the loop has ended"])
def test_ordinary_exits_cost_no_time(reason: str) -> None:
    assert share_of_leaving(function(reason)) == 0
    assert wait(reason) == 0


def test_each_way_is_as_likely_as_the_other() -> None:
    assert share_of_leaving(function("an element of none")) == pytest.approx(0.5)


def test_errors_and_reports_are_rare() -> None:
    for reason in ("a call of print", "RAISE is not compiled"):
        assert share_of_leaving(function(reason)) == pytest.approx(RARE)


def test_the_more_rounds_leave_the_longer_a_loop_waits() -> None:
    cost = seconds_of_compilation(function("guard"))
    rare, even = wait("a call of print"), wait("an element of none")
    assert cost < rare < even < wait("an element of none", is_mixed=True)
    assert wait("guard", is_mixed=True) > 0


OBJECTS = """
function "loop" slots 2
exit 0 next 1 line 1 "the loop has ended"
exit 1 statement 4 line 2 "guard"
b0:
    %1:i64 = slot_int[0]
    %2:ptr = slot_object[1]
    jump b1(%1)
b1(%3:i64):
    %4:i1 = int_lt %3, %1
    branch %4 b2 b3
b2:
    %5:ptr = dict_find_int_checked %2, %3 else x1
{owning}    jump b1(%3)
b3:
    leave x0
"""


def test_code_for_objects_costs_more() -> None:
    found = parse_function(textwrap.dedent(OBJECTS.format(owning="")).strip())
    owning = parse_function(textwrap.dedent(OBJECTS.format(owning="    own %2\n")).strip())
    costs = [seconds_of_compilation(each) for each in (function("guard"), found, owning)]
    assert costs == sorted(costs)
    assert costs[2] > costs[1] + ENDING
    regions = [BuiltRegion(each, (), None, (), ()) for each in (found, owning)]
    assert seconds_to_wait(regions[0]) == 0
    assert seconds_to_wait(regions[1]) == max(0.0, costs[2] - FREE)
    assert stays(regions[1])
    assert not stays(regions[1], is_mixed=True)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([First(), Second()], True),
        ((First(), Second()), True),
        (Items([First(), Second()]), True),
        ([First(), First()], False),
        ([1, 2.5, "a", None], False),
        ([], False),
        (range(3), False),
    ],
)
def test_items_of_several_classes(items: Iterable[object], expected: bool) -> None:
    iterator = list.__iter__(items) if isinstance(items, list) else iter(items)
    assert are_mixed(iterator) is expected


def test_an_iterator_that_has_ended() -> None:
    iterator = iter([First(), Second()])
    assert len(list(iterator)) == 2
    assert not are_mixed(iterator)
    assert not are_mixed(None)


def test_strings_that_the_host_makes_gain_little() -> None:
    few = "    %6:ptr = str_concat_checked %2, %2 else x1\n"
    more = "".join(few.replace("%6", f"%{n}") for n in range(6, 12))
    gains = [
        gain_of(parse_function(textwrap.dedent(OBJECTS.format(owning=text)).strip()))
        for text in ("", few, more)
    ]
    assert gains[0] == FASTER
    assert gains == sorted(gains, reverse=True)
    assert gains[2] < 0.5


def worked_on(effort: float, native: float, gain: float = FASTER) -> Any:
    """A loop that took so long to compile, and ran so long in native code."""
    totals = Totals(1, native, {}, {})
    return SimpleNamespace(effort=effort, gain=gain, totals=lambda: totals)


def test_what_was_done_in_vain_leaves_less_for_others() -> None:
    assert seconds_free([]) == FREE
    assert seconds_free([worked_on(FREE / 2, 0.0)]) == pytest.approx(FREE / 2)
    more = [worked_on(FREE / 2, 0.0), worked_on(FREE, 0.0)]
    assert seconds_free(more) == pytest.approx(-FREE / 2)


def test_what_has_paid_leaves_all_for_others() -> None:
    assert seconds_free([worked_on(FREE, FREE / GAIN)]) == pytest.approx(FREE)
    assert seconds_free([worked_on(FREE, 1.0)]) == FREE  # no more than at first
    slow = worked_on(FREE, FREE, gain=0.25)  # strings that the host makes
    assert seconds_free([slow]) == pytest.approx(FREE / 4)
    assert seconds_free([worked_on(FREE, FREE / GAIN)], busy=0.5) == pytest.approx(FREE / 2)
