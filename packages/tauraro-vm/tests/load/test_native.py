"""`tauraro.jit` and its friends: requests for native code, and honest answers."""

from __future__ import annotations

import pytest

import tauraro
from tauraro_vm.load import native
from tauraro_vm.tier import discovery
from tauraro_vm.tier.discovery import TierStatus
from tauraro_vm.tier.protocol import Declined, DeclineReason, HostStatus, Region


@pytest.fixture(autouse=True)
def _no_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "requests", [])


class Tier:
    """A native tier that declines, and remembers what it was asked."""

    name, version, protocol_version = "fake", "1", 1

    def __init__(self) -> None:
        self.regions: list[Region] = []

    def compile(self, region: Region) -> Declined:
        self.regions.append(region)
        return Declined(DeclineReason.NO_GAIN, region.line)

    def describe(self) -> HostStatus:
        return HostStatus()


def inner_and_outer(x: int) -> int:
    def inner(y: int) -> int:
        return y + 1

    return inner(x)


def answer_with(monkeypatch: pytest.MonkeyPatch, status: TierStatus) -> None:
    monkeypatch.setattr(discovery, "find_native_tier", lambda: status)


def test_decorated_function_is_the_same() -> None:
    assert tauraro.jit(inner_and_outer) is inner_and_outer
    assert tauraro.jit(len) is len
    tauraro.jit(inner_and_outer)
    assert [request.function for request in native.requests] == [inner_and_outer, len]


def test_tier_is_asked_about_the_right_code(monkeypatch: pytest.MonkeyPatch) -> None:
    tier = Tier()
    answer_with(monkeypatch, TierStatus(tier, "fake", ()))  # type: ignore[arg-type]
    tauraro.jit(inner_and_outer)
    assert tier.regions == [], "asked too early"
    assert not tauraro.is_compiled(inner_and_outer)
    (region,) = tier.regions
    assert region.code.name == "inner_and_outer"
    assert region.line == inner_and_outer.__code__.co_firstlineno
    assert region.host_code is inner_and_outer.__code__
    assert not tauraro.is_compiled(inner_and_outer)
    assert len(tier.regions) == 1, "asked twice"
    outcome = native.requests[0].outcome
    assert isinstance(outcome, Declined)
    assert "would not be faster" in str(outcome)


def test_reasons_without_a_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, TierStatus(None, None, ()))
    tauraro.jit(inner_and_outer)
    tauraro.jit(len)
    texts = [str(request.outcome) for request in native.requests]
    assert "not installed" in texts[0]
    assert "no Python function" in texts[1]


def test_function_without_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, TierStatus(Tier(), "fake", ()))  # type: ignore[arg-type]
    namespace: dict[str, object] = {}
    exec("def f(): pass", namespace)
    function = namespace["f"]
    tauraro.jit(function)  # type: ignore[type-var]
    assert "no bytecode" in str(native.requests[0].outcome)
    assert not tauraro.is_compiled(function)  # type: ignore[arg-type]


def test_tier_of_functions_of_the_host() -> None:
    assert tauraro.tier_of(inner_and_outer) is None
    assert tauraro.tier_of(len) is None
