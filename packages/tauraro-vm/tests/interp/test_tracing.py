"""What trace functions see of functions that tier 0 has defined."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType, FunctionType
from typing import Any

import pytest
from interp.interp_running import FILENAME, host

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_vm.host.compile import host_code
from tauraro_vm.interp import interp_code
from tauraro_vm.interp.tracing import linked_code_of, tracing

SOURCE = """\
def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total

def gen():
    yield 1
    x = yield 2

def outer(a):
    def inner():
        return a + 1
    class C:
        b = a
        def m(self): return self.b
    return inner(), C().m(), (lambda: 1)() + (lambda: 2)(), [x for x in range(a)]

pair = (lambda x: x + 1), (lambda x: x * 10)

def work():
    return loop(3), list(gen()), outer(2), pair[0](4), pair[1](4)
"""


def tier0(source: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "traced"}
    code = interp_code(
        decode_module(compile_source(source, FILENAME)), FILENAME, host_code=host_code
    )
    exec(code, namespace)
    return namespace


def events_of(work: Any) -> tuple[Any, list[tuple[str, str, int]]]:
    """What a call gives, and what a trace function sees of it."""
    events: list[tuple[str, str, int]] = []

    def tracer(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != FILENAME:
            return None
        events.append((frame.f_code.co_qualname, event, frame.f_lineno))
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        value = work()
    finally:
        sys.settrace(before)
    return value, events


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    yield
    tier0("def f(): pass")  # ends what is over
    assert not tracing.is_on


def test_trace_functions_see_the_lines_of_the_program() -> None:
    expected: dict[str, Any] = {"__name__": "traced"}
    exec(host(SOURCE), expected)
    assert events_of(tier0(SOURCE)["work"]) == events_of(expected["work"])


def test_tier_0_comes_back() -> None:
    namespace = tier0(SOURCE)
    loop: FunctionType = namespace["loop"]
    shim = loop.__code__
    assert linked_code_of(shim) is not None
    events_of(namespace["work"])
    assert linked_code_of(loop.__code__) is None
    assert linked_code_of(tier0("def f(): pass")["f"].__code__) is not None
    assert loop.__code__ is shim
    assert loop(3) == 3


def test_a_function_that_got_other_code_keeps_it() -> None:
    namespace = tier0(SOURCE)
    loop: FunctionType = namespace["loop"]
    events_of(namespace["work"])
    loop.__code__ = (lambda n: "other").__code__
    tier0("def f(): pass")
    assert loop(3) == "other"


def test_what_is_defined_meanwhile_is_tier_1s() -> None:
    made: list[FunctionType] = []
    events_of(lambda: made.append(tier0("def f(): pass")["f"]))
    assert linked_code_of(made[0].__code__) is None


def test_without_tier_1_shims_stay() -> None:
    code = interp_code(decode_module(compile_source("def f(): pass", FILENAME)), FILENAME)
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    assert linked_code_of(namespace["f"].__code__) is not None
