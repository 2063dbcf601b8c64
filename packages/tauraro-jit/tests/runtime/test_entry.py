"""When a region is entered, and when not: the way of the call, tracing, signals, lifetimes."""

from __future__ import annotations

import functools
import gc
import itertools
import operator
import signal
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from textwrap import dedent
from types import FrameType
from typing import Any

import pytest
from region_kit import INT, NUMBER, Program, RegionMaker, Slots

from tauraro_jit.native.compile import compile_ir
from tauraro_jit.native.region import CompiledRegion, IteratorKind, Place
from tauraro_jit.runtime.install import InstalledRegion, install
from tauraro_jit.runtime.marks import marks_of
from tauraro_jit.runtime.observe import observe, stop_of
from tauraro_jit.runtime.switch import NoSite, Watch
from tauraro_jit.runtime.table import Refusal

RANGE = IteratorKind.RANGE

SOURCE = dedent("""
def f(n):
    x = 0
    for i in range(n):  # L
        x += i
        y = x  # T
    return x
""")


def install_sum(program: Program, body: Callable[[Slots], int] | None = None) -> InstalledRegion:
    """A region that does the first statement of each iteration."""
    maker = RegionMaker(program, program.line("# L"), RANGE, x=INT, i=INT)
    maker.exit(["x"], statement=program.line("# T"))

    def add(slots: Slots) -> int:
        slots["x"] = slots["x"] + slots["i"]
        return 0

    return maker.install(body or add)


def entry_of(program: Program) -> Any:
    """The function that the loop's code calls."""
    mark = program.mark(program.line("# L"))
    code = program.host_code(mark)
    return code.co_consts[marks_of(code)[mark].entry]


# --- the way of the call


def test_only_the_loop_can_enter() -> None:
    """Called in any other way, the entry does nothing."""
    program = Program(SOURCE)
    installed = install_sum(program)
    entry = entry_of(program)
    inner = entry.__defaults__[0]
    calls: list[Callable[[], object]] = [
        entry,
        lambda: entry(),
        lambda: entry(*()),
        functools.partial(entry),
        lambda: next(map(operator.call, [entry])),
        lambda: -inner,
        inner.__neg__,
        type("Callable", (), {"__call__": lambda _: entry()})(),
        type("Property", (), {"__neg__": property(lambda _: entry)})().__neg__,
    ]
    for call in calls:
        for _ in range(30):
            assert call() is None
    assert installed.entered == 0
    assert set(installed.refused) <= {Refusal.NOT_INLINED, Refusal.OTHER_CODE}
    assert sum(installed.refused.values()) == 30 * len(calls)
    assert program.run()["f"](5) == 10
    assert installed.entered == 5


def test_entry_called_from_c_inside_the_loop() -> None:
    """The loop's own code calls the entry by way of C: nothing may be written to its frame."""
    source = SOURCE.replace("y = x", "y = next(map(call, [0]))")
    program = Program(source)
    installed = install_sum(program)
    entry = entry_of(program)
    f = program.run(call=lambda _: entry())["f"]
    direct = program.run(call=functools.partial(lambda e, _: e(), entry))["f"]
    for _ in range(20):
        assert f(5) == direct(5) == 10
    assert installed.entered == 200
    assert set(installed.refused) <= {Refusal.NOT_INLINED, Refusal.OTHER_CODE}


def test_copies_of_the_code_do_not_enter() -> None:
    """`code.replace` keeps the tuple of constants, patches included. A copy is cold; should its
    test be switched on, it does not enter."""
    program = Program(SOURCE)
    f = program.run()["f"]
    installed = install_sum(program)
    cold = f.__code__.replace(co_name="cold")
    (slots,) = marks_of(f.__code__).values()
    data = bytearray(cold.co_code)
    data[slots.tests[0].offset + 1] = slots.tests[0].hot
    hot = cold.replace(co_name="hot", co_code=bytes(data))
    functions = [type(f)(code, f.__globals__) for code in (f.__code__, cold, hot)]
    assert [function(5) for function in functions] == [10, 10, 10]
    assert installed.entered == 5
    assert installed.refused == {Refusal.OTHER_CODE: 5}


# --- tracing


@pytest.fixture(params=["settrace", "setprofile", "monitoring", "local monitoring"])
def tracer(request: pytest.FixtureRequest) -> Iterator[Callable[[Any], None]]:
    """Switches a tool on for a function; it is off again afterwards."""
    if "monitoring" in request.param and sys.version_info < (3, 12):
        pytest.skip("sys.monitoring is new in 3.12")
    tool = 4

    def follow(frame: FrameType, event: str, argument: object) -> Any:
        return follow

    def switch_on(function: Any) -> None:
        if request.param == "settrace":
            sys.settrace(follow)
        elif request.param == "setprofile":
            sys.setprofile(follow)
        else:
            monitoring = sys.monitoring
            monitoring.use_tool_id(tool, "test")
            monitoring.register_callback(tool, monitoring.events.LINE, lambda *_: None)
            if request.param == "monitoring":
                monitoring.set_events(tool, monitoring.events.LINE)
            else:
                monitoring.set_local_events(tool, function.__code__, monitoring.events.LINE)

    old = sys.gettrace(), sys.getprofile()
    yield switch_on
    sys.settrace(old[0])
    sys.setprofile(old[1])
    if "monitoring" in request.param:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)


def test_no_entry_while_a_tool_watches(tracer: Callable[[Any], None]) -> None:
    """Frames under a debugger, profiler or coverage tool stay in tier 1."""
    program = Program(SOURCE)
    installed = install_sum(program)
    f = program.run()["f"]
    assert f(5) == 10
    assert installed.entered == 5
    tracer(f)
    result = f(5)
    assert result == 10
    assert installed.entered == 5
    assert installed.refused == {Refusal.TRACED: 5}


def test_entered_again_when_the_tool_is_gone() -> None:
    """Tracing ends: the loop enters again, in the same frame."""
    program = Program(SOURCE.replace("y = x", "y = stop(i)"))
    installed = install_sum(program)
    old = sys.gettrace()

    def stop(i: int) -> None:
        if i == 4:
            sys.settrace(old)

    f = program.run(stop=stop)["f"]
    assert f(2) == 1
    entered = installed.entered
    sys.settrace(lambda *_: None)
    result = f(10)
    assert result == 45
    assert installed.refused[Refusal.TRACED] >= 5
    if old is None:
        assert installed.entered > entered


def test_installed_and_retired_while_a_tool_watches(tracer: Callable[[Any], None]) -> None:
    """The tool has replaced instructions by its own: switching the loop on and off is no harm."""
    program = Program(SOURCE)
    f = program.run()["f"]
    tracer(f)
    results = [f(5)]
    installed = install_sum(program)
    results.append(f(5))
    other = install_sum(program)
    results.append(f(5))
    other.retire()
    results.append(f(5))
    assert results == [10] * 4
    assert installed.entered == other.entered == 0
    assert installed.refused == other.refused == {Refusal.TRACED: 5}


def test_region_installed_under_a_tool_is_entered_without_it() -> None:
    """What was installed while a tool watched takes effect when it is gone."""
    program = Program(SOURCE)
    f = program.run()["f"]
    old = sys.gettrace()
    sys.settrace(lambda *_: None)
    try:
        f(5)
        installed = install_sum(program)
        f(5)
    finally:
        sys.settrace(old)
    assert f(5) == 10
    if old is None:
        assert installed.entered == 5


def test_trace_events_are_those_of_the_program() -> None:
    """A hot loop under `settrace` shows the same events as the plain program."""
    program = Program(SOURCE)
    install_sum(program)
    functions = [program.run()["f"]]
    names: dict[str, Any] = {}
    exec(compile(SOURCE, "program.py", "exec"), names)
    functions.append(names["f"])
    traces: list[list[tuple[str, str, int]]] = []
    for function in functions:
        events: list[tuple[str, str, int]] = []

        def follow(frame: FrameType, event: str, argument: object, into: Any = events) -> Any:
            into.append((frame.f_code.co_name, event, frame.f_lineno))
            return functools.partial(follow, into=into)

        old = sys.gettrace()
        sys.settrace(follow)
        try:
            function(4)
        finally:
            sys.settrace(old)
        traces.append([event for event in events if event[0] == "f"])
        assert "enter" not in {event[0] for event in events}
    assert traces[0] == traces[1]


# --- signals and errors


numbers = itertools.count()


def install_ir(program: Program, maker: RegionMaker, text: str, *keep: object) -> InstalledRegion:
    """Install a region of real native code, whose function is NAME."""
    name = f"by_hand_{next(numbers)}"
    native = compile_ir(text.replace("NAME", name), name)
    values = tuple(maker.values.values())
    region = CompiledRegion(
        native.address, maker.count, values, maker.own, tuple(maker.exits), keep
    )
    return install(program.site(maker.mark), region, maker.bytecode)


NOTHING_DONE = "define i64 @NAME(ptr %slots) { ret i64 0 }"

POLL = """
declare i32 @raise(i32)
define i64 @NAME(ptr %all) {
  %slots = getelementptr i64, ptr %all, i64 SLOT
  %n = load i64, ptr %slots
  %more = add i64 %n, 1
  store i64 %more, ptr %slots
  %asked = icmp eq i64 %more, 1000
  br i1 %asked, label %signal, label %leave
signal:
  %status = call i32 @raise(i32 SIGNAL)
  br label %leave
leave:
  ret i64 0
}
"""


@pytest.mark.parametrize(
    "loop", ["for i in range(10 ** 12)", "while x >= 0", "while True", "while x >= 0 and True"]
)
def test_signals_are_handled_when_native_code_leaves(loop: str) -> None:
    """A region that leaves at the loop's head lets the host run signal handlers, though the loop
    enters again at once; an error they raise meets a whole frame."""
    source = dedent(f"""
    def f():
        x = 0
        y = 0
        {loop}:  # L
            y += 1
    """)

    class Interrupted(Exception):
        pass

    def handler(number: int, frame: FrameType | None) -> None:
        assert frame is not None
        frames.append((frame.f_code.co_name, frame.f_lineno))
        raise Interrupted

    frames: list[tuple[str, int | None]] = []
    program = Program(source)
    line = program.line("# L")
    maker = RegionMaker(program, line, RANGE if loop.startswith("for") else None, x=INT)
    maker.exit(["x"])
    slot = maker.values["x"].slot
    text = POLL.replace("SLOT", str(slot)).replace("SIGNAL", str(int(signal.SIGUSR1)))
    installed = install_ir(program, maker, text)
    old = signal.signal(signal.SIGUSR1, handler)
    try:
        with pytest.raises(Interrupted) as caught:
            program.run()["f"]()
    finally:
        signal.signal(signal.SIGUSR1, old)
    entry = caught.tb.tb_next
    while entry.tb_frame.f_code.co_name != "f":
        entry = entry.tb_next
    # The bodies of `while` loops run once between two entries at most.
    assert 1000 <= entry.tb_frame.f_locals["x"] <= 1001
    assert entry.tb_frame.f_locals["y"] == 0
    assert entry.tb_lineno in (line, line + 1)
    assert frames[0][0] == "f"
    assert installed.entered == entry.tb_frame.f_locals["x"]


def test_an_error_in_the_call_is_the_loops_own() -> None:
    """No room for one more frame: the error is raised in the loop's frame, and the entry does not
    show."""
    source = dedent("""
    def f(n):
        for i in range(3):  # L
            if n:  # T
                f(n - 1)
        return n
    """)
    program = Program(source)
    maker = RegionMaker(program, program.line("# L"), RANGE, i=INT)
    maker.exit([], statement=program.line("# T"))
    install_ir(program, maker, NOTHING_DONE)
    f = program.run()["f"]
    with pytest.raises(RecursionError) as caught:
        f(10**6)
    names = {frame.name for frame in traceback.extract_tb(caught.value.__traceback__)[1:]}
    assert "enter" not in names
    assert f(3) == 3


def test_other_threads_run() -> None:
    """Two threads in the same region, each with its own frame."""
    program = Program(SOURCE)
    installed = install_sum(program)
    f = program.run()["f"]
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(f(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [sum(range(2000))] * 4
    assert installed.entered == 8000


# --- installing and retiring


def test_retire_and_install_again() -> None:
    """A loop can be switched off and on, and its region replaced, while it runs."""
    program = Program(SOURCE.replace("y = x", "y = change(i)"))
    first = install_sum(program)
    steps: dict[int, Callable[[], Any]] = {
        3: first.retire,
        6: lambda: seconds.append(install_sum(program)),
        9: lambda: seconds.append(install_sum(program)),
    }
    seconds: list[InstalledRegion] = []
    f = program.run(change=lambda i: steps.get(i, int)())["f"]
    assert f(12) == sum(range(12))
    assert [r.entered for r in (first, *seconds)] == [4, 3, 2]
    first.retire()
    assert f(1) == 0
    assert seconds[1].entered == 3
    seconds[1].retire()
    seconds[1].retire()
    assert f(1) == 0
    assert [r.entered for r in (first, *seconds)] == [4, 3, 3]


def test_retired_code_is_as_before() -> None:
    """Retiring puts the constants back."""
    program = Program(SOURCE)
    code = program.host_code(program.mark(program.line("# L")))
    before = code.co_consts[:]
    constants = list(before)
    installed = install_sum(program)
    assert list(code.co_consts) != constants
    installed.retire()
    assert list(code.co_consts) == constants


def test_code_and_region_are_freed_together() -> None:
    """Nothing keeps a code object alive because a region is installed in it."""
    for retire in (True, False):
        program = Program(SOURCE)
        maker = RegionMaker(program, program.line("# L"), RANGE, x=INT)
        maker.exit([], statement=program.line("# T") - 1)
        kept = Kept()
        installed = install_ir(program, maker, NOTHING_DONE, kept)
        region = weakref.ref(kept)
        code = weakref.ref(program.host_code(maker.mark))
        assert program.run()["f"](5) == 10
        if retire:
            installed.retire()
        del program, maker, kept
        gc.collect()
        assert code() is None
        del installed
        gc.collect()
        assert region() is None


class Kept:
    """Something a region keeps."""


def test_region_stays_while_a_frame_is_inside() -> None:
    """A region that is retired from within finishes what it does."""
    program = Program(SOURCE)
    done: list[InstalledRegion] = []

    def body(slots: Slots) -> int:
        slots["x"] = slots["x"] + slots["i"]
        if done:
            done.pop().retire()
            gc.collect()
        return 0

    done.append(install_sum(program, body))
    assert program.run()["f"](5) == 10


# --- watching


def test_watch_and_observe() -> None:
    """A Python function sees the frame's variables and its iterator before there is a region."""
    source = dedent("""
    def outer(a, b):
        c = 1.5
        def inner():
            nonlocal c
            d = [a]
            for i in range(3):  # L
                c += i
            unbound = 1
            return c
        return inner()
    """)
    program = Program(source)
    mark = program.mark(program.line("# L"))
    code = program.host_code(mark)
    bytecode = program.module.codes[mark.code_index]
    stop = stop_of(code, mark)
    seen = []

    def callback(frame: FrameType) -> None:
        seen.append(observe(frame, stop, bytecode, is_for=True))
        if len(seen) == 2:
            watch.stop()

    watch = Watch(code, mark, callback)
    assert program.run()["outer"](5, 6) == 4.5
    watch.stop()
    assert len(seen) == 2
    names = {
        bytecode.locals[key] if place is Place.LOCAL else bytecode.cells[int(key)].name: value
        for (place, key), value in seen[1].values.items()
        if isinstance(key, int)
    }
    assert names == {"a": 5, "c": 1.5, "d": [5], "i": 1}
    assert type(seen[0].iterator) is type(iter(range(1)))
    with pytest.raises(NoSite):
        observe(sys._getframe(), stop, bytecode, is_for=True)
    with pytest.raises(NoSite):
        Watch(test_watch_and_observe.__code__, mark, callback)


def test_a_watch_needs_nothing_that_a_program_can_take_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = Program("def f(n):\n    for i in range(n):  # L\n        pass\n    return i\n")
    mark = program.mark(program.line("# L"))
    code = program.host_code(mark)
    seen: list[FrameType] = []
    watch = Watch(code, mark, seen.append)
    function = program.run()["f"]
    with monkeypatch.context() as patched:
        for name in ("_getframe", "gettrace", "getprofile"):
            patched.delattr(sys, name)
        found = function(3)
    watch.stop()
    assert found == 2
    assert [frame.f_code for frame in seen] == [code] * 3


def test_number_inputs_through_a_generator_that_is_closed() -> None:
    """A generator that was left natively is closed: its `finally` sees the values."""
    source = dedent("""
    def g(out):
        x = 0
        try:
            for i in range(100):  # L
                x += i
                yield x  # T
        finally:
            out.append((x, i))
    """)
    program = Program(source)
    maker = RegionMaker(program, program.line("# L"), RANGE, x=NUMBER, i=INT)
    maker.exit(["x"], statement=program.line("# T"))

    def body(slots: Slots) -> int:
        slots["x"] = slots["x"] + slots["i"]
        return 0

    maker.install(body)
    g = program.run()["g"]
    for stop in range(20):
        out: list[tuple[int, int]] = []
        generator = g(out)
        for _ in range(stop + 1):
            next(generator)
        generator.close()
        assert out == [(sum(range(stop + 1)), stop)]
