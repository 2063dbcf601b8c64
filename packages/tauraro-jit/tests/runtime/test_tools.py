"""What tools see of the functions that loops call."""

from __future__ import annotations

import cProfile
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_jit.runtime import silence
from tauraro_jit.runtime.instrument import compile_with_loops
from tauraro_jit.runtime.marks import marks_of
from tauraro_jit.runtime.switch import Watch, are_paused, resume_switches, switch_of
from tauraro_jit.runtime.tools import review_tools
from tauraro_vm.host.compile import host_code

SOURCE = b"""
def loop(n):
    total = 0
    for i in range(n):
        total += i
    return inner(total)

def inner(total):
    return total
"""

only_311 = pytest.mark.skipif(not silence.IS_NEEDED, reason="hidden functions end unheard")
needs_monitoring = pytest.mark.skipif(silence.IS_NEEDED, reason="sys.monitoring is new in 3.12")


@pytest.fixture
def loop() -> Callable[[int], int]:
    """A function with a loop that can be switched."""
    module = decode_module(compile_source(SOURCE, "program.py"))
    namespace: dict[str, Any] = {}
    exec(host_code(module, compiler=compile_with_loops), namespace)
    function: Callable[[int], int] = namespace["loop"]
    return function


@pytest.fixture
def calls(loop: Callable[[int], int]) -> list[int]:
    """Grows by one in each of the loop's iterations."""
    found: list[int] = []
    (mark,) = marks_of(loop.__code__)
    Watch(loop.__code__, mark, lambda frame: found.append(1))
    return found


@pytest.fixture
def tool() -> Iterator[int]:
    """The identity of a tool that is told of calls."""
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
    monitoring.use_tool_id(3, "test")
    yield 3
    if monitoring.get_tool(3) is not None:
        monitoring.free_tool_id(3)
    resume_switches()


def test_profilers_keep_to_the_programs_functions(
    loop: Callable[[int], int], calls: list[int]
) -> None:
    profile = cProfile.Profile()
    profile.runcall(loop, 5)
    entries: Any = profile.getstats()
    named = {each.code.co_name: each for each in entries if not isinstance(each.code, str)}
    assert set(named) == {"loop", "inner"}
    assert [each.code.co_name for each in named["loop"].calls] == ["inner"]
    assert loop(5) == 10
    assert len(calls) == 5, "none under the profiler"


def test_profile_functions_hear_of_the_programs_functions(
    loop: Callable[[int], int], calls: list[int]
) -> None:
    heard: list[tuple[str, str]] = []

    def follow(frame: Any, event: str, argument: object) -> None:
        heard.append((event, frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(follow)
    try:
        loop(5)
    finally:
        sys.setprofile(before)
    assert [each for each in heard if not each[0].startswith("c_")] == [
        ("call", "loop"),
        ("call", "inner"),
        ("return", "inner"),
        ("return", "loop"),
    ]
    assert calls == []


@only_311
def test_the_silence_ends(loop: Callable[[int], int], calls: list[int]) -> None:
    events: list[str] = []

    def follow(frame: Any, event: str, argument: object) -> Any:
        if frame.f_code.co_filename == "program.py":
            events.append(f"{event} {frame.f_lineno}")
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        loop(2)
    finally:
        sys.settrace(before)
    body = ["line 4", "line 5", "line 4", "line 5", "line 4", "line 6"]
    assert events == ["call 2", "line 3", *body, "call 8", "line 9", "return 9", "return 6"]


@only_311
def test_alone_there_is_nothing_to_silence() -> None:
    program = (
        "from tauraro_jit.runtime import silence\n"
        "print([-silence.probe() for _ in range(1000)].count(None))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("1000\n", "")


@needs_monitoring
def test_loops_ask_nothing_while_there_is_a_tool(
    loop: Callable[[int], int], calls: list[int], tool: int
) -> None:
    review_tools()
    assert are_paused()
    loop(5)
    assert calls == []
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
    monitoring.free_tool_id(tool)
    review_tools()
    assert not are_paused()
    loop(5)
    assert len(calls) == 5


@needs_monitoring
def test_changes_during_the_pause(loop: Callable[[int], int], calls: list[int], tool: int) -> None:
    (mark,) = marks_of(loop.__code__)
    switch = switch_of(loop.__code__, mark)
    function = switch.function
    review_tools()
    switch.off()
    resume_switches()
    loop(5)
    assert calls == []
    review_tools()
    assert function is not None
    switch.on(function)
    loop(5)
    assert calls == []
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
    monitoring.free_tool_id(tool)
    resume_switches()
    loop(5)
    assert len(calls) == 5
