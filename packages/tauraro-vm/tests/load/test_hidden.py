"""Frames that nobody sees."""

from __future__ import annotations

import inspect
import opcode
import sys
import traceback
from types import FrameType

import pytest

from tauraro_vm.load import hidden
from tauraro_vm.load.hidden import hide_frame


def visible_below(frame: FrameType | None) -> list[str]:
    """The functions on the stack from `frame` on, down to the test."""
    names = []
    while frame is not None and not frame.f_code.co_name.startswith("test_"):
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def look() -> list[str]:
    return visible_below(sys._getframe())


@hide_frame
def through(function, *arguments):  # type: ignore[no-untyped-def]
    return function(*arguments)


def test_opcodes_are_those_of_the_host() -> None:
    assert opcode.opname[hidden._NOP] == "NOP"
    assert opcode.opname[hidden._RESUME] == "RESUME"


def test_stack_walks_skip_it() -> None:
    assert through(look) == ["look"]
    assert through(through, through, look) == ["look"]
    assert through(lambda: through(look)) == ["look", "<lambda>"]
    assert "through" not in through(lambda: [frame.function for frame in inspect.stack()])


def fail() -> None:
    raise KeyError("x")


def test_tracebacks_skip_it() -> None:
    with pytest.raises(KeyError) as caught:
        through(through, fail)
    names = [entry.name for entry in traceback.extract_tb(caught.value.__traceback__)]
    assert names == ["test_tracebacks_skip_it", "fail"]


def test_it_can_handle_exceptions() -> None:
    @hide_frame
    def guard(function):  # type: ignore[no-untyped-def]
        try:
            return function()
        except KeyError as error:
            return error.args[0]
        finally:
            seen.append("finally")

    seen: list[str] = []
    assert guard(fail) == "x"
    assert guard(lambda: 3) == 3
    assert seen == ["finally"] * 2


def test_tracing_skips_it() -> None:
    events: list[str] = []

    def trace(frame: FrameType, event: str, argument: object) -> None:
        events.append(frame.f_code.co_name)

    before = sys.gettrace()
    sys.settrace(trace)
    through(look)
    sys.settrace(before)
    assert "through" not in events
    assert "look" in events


def test_closures_and_keyword_arguments_work() -> None:
    seen = []

    @hide_frame
    def function(a, *rest, b=2, **others):  # type: ignore[no-untyped-def]
        seen.append((a, rest, b, others))
        return [a + x for x in rest]

    assert function(1, 2, 3, b=4, c=5) == [3, 4]
    assert seen == [(1, (2, 3), 4, {"c": 5})]


def test_it_can_be_called_often_and_recursively() -> None:
    @hide_frame
    def count(n: int) -> int:
        return 0 if n == 0 else 1 + count(n - 1)

    assert [count(50) for _ in range(200)] == [50] * 200


def test_generators_are_refused() -> None:
    def generator():  # type: ignore[no-untyped-def]
        yield 1

    async def coroutine() -> None: ...

    for function in (generator, coroutine):
        with pytest.raises(ValueError, match="is resumed"):
            hide_frame(function)
