"""Whether a loop is entered for a few short rounds each time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tauraro_jit.policy.callers import Caller
from tauraro_jit.policy.pace import (
    ENOUGH,
    FIRST_LONG,
    LONG,
    SHORT,
    WORTH,
    Pace,
    has_few_items,
)
from tauraro_jit.runtime.activation import is_new_call


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clocks of the process and of the thread, which only go on where the test says so."""
    now = [5.0]
    monkeypatch.setattr(time, "process_time", lambda: now[0])
    monkeypatch.setattr(time, "thread_time", lambda: now[0])
    return now


def rounds_of(is_for: bool, body: float, between: float) -> bool | None:
    """What is told of a loop with three rounds of such a length in each call."""
    pace = Pace()
    for number in range(ENOUGH):
        items = enumerate([0] * (2 - number % 3), 5)
        iterator = items if is_for else None
        passed = body if number % 3 else between
        found = pace.is_short(iterator, number % 3 == 0, passed)
        assert found is None or number == ENOUGH - 1 or found is False
        if found is not None:
            return found
    return None


@pytest.mark.parametrize("is_for", [True, False])
def test_short_rounds(clock: list[float], is_for: bool) -> None:
    """Few items; or a `while` that comes round in other calls each few rounds. What happens between
    the calls does not count."""
    assert rounds_of(is_for, WORTH / 9, 1.0) is True
    assert rounds_of(is_for, WORTH, 0.0) is False
    assert rounds_of(is_for, 2 * LONG, 0.0) is False


def test_single_rounds(clock: list[float]) -> None:
    pace = Pace()
    for _ in range(ENOUGH - 1):
        assert pace.is_short(None, True, 0.0) is None
    assert pace.is_short(None, True, 0.0) is True


def test_many_rounds_in_one_call(clock: list[float]) -> None:
    pace = Pace()
    for number in range(SHORT * 2):
        assert pace.is_short(None, number == 0, 0.0) is None
    assert pace.is_short(None, False, 0.0) is False


def test_many_items(clock: list[float]) -> None:
    pace = Pace()
    assert pace.is_short(iter([1, 2]), True, 0.0) is None
    assert pace.is_short(iter([1] * 99), True, 0.0) is False


def test_nobody_waits_for_one_more_long_round(clock: list[float]) -> None:
    pace = Pace()
    clock[0] += 2 * FIRST_LONG
    assert pace.is_short(iter([1, 2]), True, 0.0) is False


def test_the_first_round_may_have_been_waited_for_elsewhere(clock: list[float]) -> None:
    pace = Pace()
    pace.waited = 2 * FIRST_LONG
    assert pace.is_short(None, True, 0.0) is False
    pace = Pace()
    pace.waited = 0.0
    clock[0] += 1.0  # the compiler was imported
    assert pace.is_short(None, True, 0.0) is None


FEW_ITEMS: list[tuple[Iterable[object], bool]] = [
    (iter(range(SHORT)), True),
    (iter(range(SHORT + 1)), False),
    (iter([1, 2]), True),
    (iter("text"), True),
    (iter("t\xe4xt" * 9), False),
    (iter({1: 2}.items()), True),
    (reversed([1]), True),
    (enumerate([1, 2]), True),
    (enumerate([1] * 99), False),
    (zip(range(99), "text", strict=False), True),
    (zip(range(99), [1] * 99, strict=False), False),
    ((number for number in (1, 2)), False),
    (map(str, [1]), False),
]


@pytest.mark.parametrize(("iterator", "expected"), FEW_ITEMS)
def test_few_items(iterator: Iterable[object], expected: bool) -> None:
    assert has_few_items(iterator) is expected
    assert not has_few_items(None)  # a `while`


def test_the_program_is_not_asked_how_many_items_are_left() -> None:
    class Mine:
        def __length_hint__(self) -> int:
            raise AssertionError

    assert not has_few_items(Mine())


def test_new_calls_have_no_frame_so_far() -> None:
    found = []

    def looked_at() -> None:
        found.append(is_new_call(looked_at.__code__))
        sys._getframe()
        found.append(is_new_call(looked_at.__code__))

    looked_at()
    looked_at()
    assert found == [True, False, True, False]
    assert not is_new_call(compile("1", "other.py", "eval"))


def test_what_watching_takes_does_not_count_for_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller comes round each tenth of a millisecond; watching the loops inside takes ten times
    as long."""
    seconds = 1.0
    monkeypatch.setattr(time, "thread_time", lambda: seconds)

    def found(takes: float) -> list[bool]:
        nonlocal seconds
        frame, watched, rounds = sys._getframe(), 0.0, []
        screen = SimpleNamespace(loop_at=lambda _: (2, 4))
        caller = Caller(frame.f_code, (2, 4), 3, cast("Any", screen))
        for _ in range(20):
            rounds.append(caller.comes_round(frame, watched))
            seconds += 1e-4 + takes
            watched += takes
        return rounds

    assert found(0.0)[-1]
    assert found(1e-3)[-1]
