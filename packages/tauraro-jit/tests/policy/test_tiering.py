"""When a loop is compiled, waits, or is given up."""

from __future__ import annotations

import builtins
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest
from region_kit import Program

from tauraro_jit.irbuild import RegionRequest, TooEarly, build_region
from tauraro_jit.native.region import Place
from tauraro_jit.policy.knocking import HOT
from tauraro_jit.policy.loops import HotLoop, Status
from tauraro_jit.policy.pace import ENOUGH, Pace
from tauraro_jit.policy.screening import Screens
from tauraro_jit.policy.tiering import (
    AGAIN,
    BUILDING,
    BUILDING_AT_ONCE,
    FEW,
    OFTEN,
    PATIENCE,
    SOON,
    Tiering,
)
from tauraro_jit.runtime.marks import marks_of
from tauraro_vm.tier.protocol import NativeOptions

LOOPS = """
def f(n):
    for i in range(n):
        for k in range(n):
            i + k
"""


class Installed:
    """Stands for native code: how it has fared so far."""

    def __init__(self, failures: int, seconds: float, entered: int | None = None) -> None:
        self.tables: tuple[Any, ...] = ()
        self.refused: dict[Any, int] = {}
        self.seconds = seconds
        self.entered = failures if entered is None else entered
        exit_ = type("Exit", (), {"reason": "guard", "line": 4})()
        self.exits = [(exit_, failures)]
        self.retired = False

    def retire(self) -> None:
        self.retired = True


@pytest.fixture
def nest(monkeypatch: pytest.MonkeyPatch) -> tuple[Tiering, HotLoop, HotLoop]:
    """A loop in a loop, and what looks after them; watching is noted only."""
    code = Program(LOOPS).run()["f"].__code__
    tiering = Tiering(lambda _: None, NativeOptions(), None, Screens())
    outer, inner = (
        HotLoop(code, mark, 3 + number, 5)
        for number, mark in enumerate(sorted(mark for mark in marks_of(code)))
    )
    monkeypatch.setattr(tiering, "loops_of", lambda _: [outer, inner])

    def watch(loop: HotLoop) -> None:
        loop.status = Status.WATCHED
        loop.begin_stage()

    monkeypatch.setattr(tiering, "watch", watch)
    return tiering, outer, inner


def see(tiering: Tiering, loop: HotLoop, seconds: float) -> None:
    tiering.interval = seconds
    tiering.seen(loop.code, 5)


def make_native(loop: HotLoop, installed: Any, cost: float) -> None:
    loop.status, loop.installed, loop.cost, loop.compilations = Status.NATIVE, installed, cost, 1
    loop.begin_stage()


def test_while_a_loop_waits_the_next_inner_one_is_tried(nest: Any) -> None:
    tiering, outer, inner = nest
    outer.wait(0.1, "it may leave")
    see(tiering, outer, 0.01)
    see(tiering, outer, 0.01)
    assert (outer.status, inner.status) == (Status.COLD, Status.WATCHED)
    see(tiering, outer, 0.1)
    assert outer.status is Status.WATCHED


def test_inner_loops_wait_with_one_that_waits_for_its_cost_alone(nest: Any) -> None:
    tiering, outer, inner = nest
    outer.wait(0.1, "it costs as much")
    outer.holds_inner = True
    for _ in range(3):
        see(tiering, outer, 0.01)
    assert (outer.status, inner.status) == (Status.COLD, Status.COLD)
    see(tiering, outer, 0.1)
    assert (outer.status, inner.status) == (Status.WATCHED, Status.COLD)
    outer.wait(0.2, "it may leave")
    assert not outer.holds_inner


@pytest.mark.parametrize(("seconds", "expected"), [(0.0, Status.COLD), (0.1, Status.WATCHED)])
def test_inner_loops_of_native_code_that_is_seldom_left_are_left_alone(
    nest: Any, monkeypatch: pytest.MonkeyPatch, seconds: float, expected: Status
) -> None:
    tiering, outer, inner = nest
    make_native(outer, Installed(0, 1.0), cost=0.1)
    outer.born = 5.0
    monkeypatch.setattr(time, "process_time", lambda: 5.5)
    for _ in range(PATIENCE + HOT):
        see(tiering, outer, seconds)
    assert inner.status is expected


def test_code_for_other_types_is_worth_it_after_a_while(nest: Any) -> None:
    tiering, outer, _ = nest
    make_native(outer, Installed(FEW, 1.0), cost=0.1)
    see(tiering, outer, AGAIN * 0.1 / 2)
    assert outer.status is Status.NATIVE
    outer.installed = Installed(2 * FEW, 1.0)
    see(tiering, outer, AGAIN * 0.1)
    assert outer.status is Status.WATCHED


def test_code_that_is_left_at_once_is_given_up(nest: Any) -> None:
    tiering, outer, _ = nest
    installed = Installed(OFTEN, 0.0)
    make_native(outer, installed, cost=0.1)
    see(tiering, outer, SOON)
    assert installed.retired
    assert outer.status is Status.COLD
    assert outer.due == pytest.approx(outer.spent + AGAIN * 0.1)


@pytest.mark.parametrize(
    "installed",
    [Installed(OFTEN, 1.0), Installed(OFTEN, 0.0, entered=3 * OFTEN), Installed(OFTEN - 1, 0.0)],
)
def test_code_that_helps_is_kept(nest: Any, installed: Installed) -> None:
    tiering, outer, _ = nest
    make_native(outer, installed, cost=1.0)
    see(tiering, outer, SOON)
    assert outer.status is Status.NATIVE
    assert not installed.retired


class Watching:
    """Stands for a watch."""

    is_new_call = True
    passed = 0.0

    def stop(self) -> None:
        pass


def arrive(nest: Any, monkeypatch: pytest.MonkeyPatch, items: int) -> bool:
    """A round of the inner loop begins; gives whether it is compiled then."""
    tiering, _, inner = nest
    seen = SimpleNamespace(iterator=iter(range(items)), values={})
    compiled = []
    monkeypatch.setattr(time, "process_time", lambda: 1.0)
    monkeypatch.setattr(time, "thread_time", lambda: 1.0)
    monkeypatch.setattr("tauraro_jit.policy.tiering.observed", lambda *_: seen)
    monkeypatch.setattr(tiering, "_program_of", lambda _: object())
    monkeypatch.setattr(tiering, "_compile", lambda *_: compiled.append(True))
    inner.watch = Watching()
    tiering.compile(inner, sys._getframe())
    return bool(compiled)


def test_a_loop_with_few_items_waits(nest: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, inner = nest
    monkeypatch.setattr(time, "process_time", lambda: 1.0)
    inner.pace = Pace()
    inner.spent = 1.0
    for _ in range(ENOUGH):
        assert inner.due == 0.0
        assert not arrive(nest, monkeypatch, 3)
    assert inner.status is Status.COLD
    assert inner.due > inner.spent
    assert inner.reason


def test_a_loop_with_many_items_at_times_does_not_wait(
    nest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "process_time", lambda: 1.0)
    nest[2].pace = Pace()
    for _ in range(ENOUGH - 1):
        assert not arrive(nest, monkeypatch, 3)
    assert arrive(nest, monkeypatch, 300)


def test_large_regions_wait_until_building_them_is_little(
    nest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiering, _, inner = nest

    def build(loop: HotLoop, _: object) -> None:
        raise TooEarly("not now")

    monkeypatch.setattr(tiering, "_compile", build)
    assert tiering._seconds_to_build(inner) == BUILDING_AT_ONCE
    tiering.compile(inner, sys._getframe())
    assert (inner.status, inner.reason) == (Status.COLD, "not now")
    inner.spent = inner.due
    assert tiering._seconds_to_build(inner) == pytest.approx(2 * BUILDING_AT_ONCE)
    tiering.compile(inner, sys._getframe())
    assert inner.due == pytest.approx(4 * BUILDING_AT_ONCE / BUILDING)


def test_building_ends_when_its_time_is_over() -> None:
    program = Program(LOOPS)
    function = program.run()["f"]
    mark = min(marks_of(function.__code__))
    module = program.module
    samples = {(Place.LOCAL, 0): 5}
    for seconds, expected in ((-1.0, "too early"), (60.0, "built")):
        request = RegionRequest(
            module,
            mark.code_index,
            mark.loop_pc,
            dict(samples),
            iter(range(5)),
            function.__globals__,
            vars(builtins),
            seconds,
        )
        try:
            build_region(request)
            found = "built"
        except TooEarly:
            found = "too early"
        finally:
            request.forget()
        assert found == expected


def test_a_loop_that_somebody_asked_for_does_not_wait(
    nest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiering, _, inner = nest
    inner.requested = True
    assert arrive(nest, monkeypatch, 3)
    assert tiering._seconds_to_build(inner) > 1e9
