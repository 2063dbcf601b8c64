"""`tauraro.jit` and its friends: requests for native code, and honest answers."""

from __future__ import annotations

import inspect
import pickle
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import tauraro
from tauraro_frontend.bytecode.module import BytecodeModule
from tauraro_vm.host.compile import host_code
from tauraro_vm.load import native
from tauraro_vm.load.code import INTERP, Settings
from tauraro_vm.load.policy import Policy
from tauraro_vm.tier.protocol import Declined, DeclineReason, Region
from tauraro_vm.trace import statistics


class Tier:
    """A native tier that declines, and remembers what it was asked."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.answer: Declined | None = Declined(DeclineReason.NO_GAIN, 7)

    def compile(self, module: BytecodeModule, filename: str | None) -> CodeType:
        return host_code(module, filename)

    def loaded(self, code: CodeType) -> None:
        """Nothing is counted."""

    def request(self, region: Region) -> Declined | None:
        self.regions.append(region)
        return self.answer


@pytest.fixture
def tier(monkeypatch: pytest.MonkeyPatch) -> Tier:
    """The native tier of an ordinary program without requests."""
    found = Tier()
    settings = Settings(Policy())
    settings.native = found  # type: ignore[assignment]
    monkeypatch.setattr(native, "requests", [])
    monkeypatch.setattr(native, "installed_settings", lambda: settings)
    monkeypatch.setattr(statistics, "loaded", [])
    monkeypatch.setattr(statistics, "latest", {})
    return found


def plain(x: int, /, *rest: int, key: int = 1) -> int:
    """A function."""
    for each in rest:
        x += each * key
    return x


def outer(x: int) -> Any:
    def inner(y: int) -> int:
        return y + x

    def without(y: int) -> int:
        while y:
            y -= 1
        return y

    return inner, without


class Class:
    def method(self) -> None: ...


async def coroutine() -> None: ...


def test_requested_function_is_the_same(tier: Tier) -> None:
    code, signature = plain.__code__, inspect.signature(plain)
    assert tauraro.jit(plain) is plain
    assert plain.__code__ == code, "what the host has compiled"
    assert plain.__code__ is not code, "but prepared"
    assert inspect.signature(plain) == signature
    assert pickle.loads(pickle.dumps(plain)) is plain
    assert plain(1, 2, 3, key=2) == 11
    tauraro.jit(plain)
    assert [request.function for request in native.requests] == [plain]


def test_tier_is_asked_about_the_prepared_code(tier: Tier) -> None:
    tauraro.jit(plain)
    (region,) = tier.regions
    assert region.code.name == "plain"
    assert region.host_code is plain.__code__
    assert not tauraro.is_compiled(plain)
    assert "would not be faster" in tauraro.why_not(plain)
    tier.answer = None
    assert tauraro.is_compiled(plain)
    assert tauraro.why_not(plain) == ""
    assert len({id(region.host_code) for region in tier.regions}) == 1


def test_a_module_is_compiled_once(tier: Tier) -> None:
    tauraro.jit(plain)
    _, without = outer(1)
    tauraro.jit(without)
    assert [module.origin for module in statistics.loaded] == ["request"]
    assert [region.code.name for region in tier.regions] == ["plain", "without"]
    assert tauraro.tier_of(plain) == "host"
    assert tauraro.tier_of(outer) is None, "nobody has asked for that"


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (len, "it is no Python function"),
        (Class, "it is no Python function"),
        (Class.method, "it is a method"),
        (Class().method, "it is a method"),
        (outer(1)[0], "it is a closure"),
        (coroutine, "it is asynchronous"),
    ],
)
def test_what_is_declined_whatever_it_does(function: Any, reason: str, tier: Tier) -> None:
    assert tauraro.jit(function) is function
    assert reason in tauraro.why_not(function)
    assert not tauraro.is_compiled(function)
    assert tier.regions == []


def test_a_function_that_nobody_asked_for(tier: Tier) -> None:
    assert not tauraro.is_compiled(outer)
    assert tauraro.why_not(outer) == ""


def test_function_without_a_source(tier: Tier) -> None:
    namespace: dict[str, Any] = {}
    exec("def f(): pass", namespace)
    code = namespace["f"].__code__
    tauraro.jit(namespace["f"])
    assert "no bytecode" in tauraro.why_not(namespace["f"])
    assert namespace["f"].__code__ is code


def test_source_that_has_changed(tier: Tier, tmp_path: Path) -> None:
    file = tmp_path / "changing.py"
    namespace: dict[str, Any] = {"__name__": "changing"}
    exec(compile("def f(x):\n    return x + 1\n", str(file), "exec"), namespace)
    code = namespace["f"].__code__
    file.write_text("def f(x):\n    return x + 2\n")
    tauraro.jit(namespace["f"])
    assert "the source is not that which was loaded" in tauraro.why_not(namespace["f"])
    assert namespace["f"].__code__ is code


def test_where_there_is_no_native_code(tier: Tier, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(Policy(), INTERP)
    monkeypatch.setattr(native, "installed_settings", lambda: settings)
    code = plain.__code__
    tauraro.jit(plain)
    assert tauraro.why_not(plain)
    assert not tauraro.is_compiled(plain)
    assert plain.__code__ is code


def test_tier_of_functions_of_the_host(tier: Tier) -> None:
    assert tauraro.tier_of(plain) is None
    assert tauraro.tier_of(len) is None
