"""Where the time goes: between two looks, to the lines seen at the second, less native time."""

from __future__ import annotations

from types import CodeType

import pytest

from tauraro_jit.policy import profile as profiles
from tauraro_jit.policy.profile import Profile
from tauraro_vm.tier.sampler import FIRST


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the profile reads: the first item."""
    now = [100.0]

    class Time:
        @staticmethod
        def perf_counter() -> float:
            return now[0]

    monkeypatch.setattr(profiles, "time", Time)
    return now


def code() -> CodeType:
    return compile("pass", "app.py", "exec")


def seconds(profile: Profile) -> dict[int, float]:
    return {line.number: round(line.seconds, 6) for line in profile.lines}


def test_time_belongs_to_the_lines_seen_at_its_end(clock: list[float]) -> None:
    profile, one = Profile(), code()
    clock[0] += 2
    profile.seen([(one, 3)], 0.0)
    clock[0] += 1
    profile.seen([(one, 4)], 0.0)
    clock[0] += 0.5
    profile.seen([(one, 3)], 0.0)
    assert seconds(profile) == {3: 2.5, 4: 1.0}
    assert profile.seconds == pytest.approx(3.5 + FIRST)


def test_native_time_belongs_to_no_line(clock: list[float]) -> None:
    profile, one = Profile(), code()
    clock[0] += 5
    profile.seen([(one, 3)], 4.0)
    clock[0] += 1
    profile.seen([(one, 3)], 5.5)  # measured a little later than our clock
    clock[0] += 1
    profile.seen([(one, 3)], 5.5)
    assert seconds(profile) == {3: 2.0}


def test_time_in_which_nothing_is_seen_is_nobodys(clock: list[float]) -> None:
    profile, one = Profile(), code()
    clock[0] += 5
    profile.seen([], 0.0)
    clock[0] += 1
    profile.seen([(one, 7)], 0.0)
    assert seconds(profile) == {7: 1.0}


def test_equal_lines_of_different_code_are_apart(clock: list[float]) -> None:
    profile, one, other = Profile(), code(), code()
    clock[0] += 1
    profile.seen([(one, 7), (other, 7)], 0.0)
    assert [(line.code is one, line.seconds) for line in profile.lines] == [
        (True, 0.5),
        (False, 0.5),
    ]
