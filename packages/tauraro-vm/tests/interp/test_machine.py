"""The machine itself: linking, starting anywhere, limits, counters, and what it refuses."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from interp.interp_running import FILENAME, linked, namespace_of, tier0

from tauraro_frontend.bytecode.isa import OPS, Op
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, CodeObject, Instruction
from tauraro_frontend.errors import BytecodeError
from tauraro_vm.interp import (
    Returned,
    StepLimit,
    Stopped,
    drive,
    frame_at,
    interp_code,
    limit,
    statistics,
)
from tauraro_vm.interp.instruction import HANDLERS, check_complete, executes

LOOP = """
def f(values, divisor):
    total = 0
    for value in values:
        try: total += divisor // value
        except ZeroDivisionError as error: total -= len(error.args)
    return total
"""


def pc_of(code: Any, op: Op) -> int:
    """The first instruction of an opcode."""
    return next(pc for pc, raw in enumerate(code.source.instructions) if raw.op is op)


def started(code: Any, *arguments: object) -> list[Any]:
    """The registers of a frame that begins with these arguments."""
    registers: list[Any] = code.template.copy()
    registers[: len(arguments)] = arguments
    return registers


def test_each_opcode_has_one_function() -> None:
    check_complete()
    assert set(HANDLERS) == set(OPS)
    with pytest.raises(TypeError, match="NOP is executed twice"):
        executes(Op.NOP)(lambda frame, registers, ins: None)


def test_a_driven_frame_returns_what_the_function_would() -> None:
    code = linked(LOOP, "f")
    frame = frame_at(code, 0, started(code, [5, 0, 2], 10), {})
    assert drive(frame) == Returned(6)


def test_a_frame_starts_at_any_instruction_with_any_registers() -> None:
    code = linked(LOOP, "f")
    frame = frame_at(code, 0, started(code, [5, 0, 2], 10), {})
    statement = pc_of(code, Op.TRY)
    assert drive(frame, {statement}) == Stopped(statement)
    total = code.local_names.index("total")
    copy = frame_at(code, statement, list(frame.registers), {})
    copy.registers[total] = 100
    assert drive(copy) == Returned(100 + 2 - 1 + 5)


def test_a_frame_stops_in_a_handler_and_goes_on_there() -> None:
    code = linked(LOOP, "f")
    handler = pc_of(code, Op.EXCEPT)
    frame = frame_at(code, 0, started(code, [0, 1], 10), {})
    assert drive(frame, {handler}) == Stopped(handler)
    assert isinstance(frame.handled, ZeroDivisionError)
    assert drive(frame) == Returned(9)


def test_exceptions_leave_a_driven_frame_through_its_with_statements() -> None:
    code = linked("def f(manager):\n    with manager: raise KeyError('left')", "f")
    seen: list[object] = []

    class Manager:
        def __enter__(self) -> None: ...

        def __exit__(self, *details: object) -> None:
            seen.append(details[0])

    with pytest.raises(KeyError, match="left"):
        drive(frame_at(code, 0, started(code, Manager()), {}))
    assert seen == [KeyError]


def test_a_generator_cannot_be_driven() -> None:
    code = linked("def f():\n    yield 1", "f")
    with pytest.raises(TypeError, match="YIELD needs the frame's shim"):
        drive(frame_at(code, 0, started(code), {}))


def test_statistics_count_instructions_and_code_objects() -> None:
    code = tier0("def f(n): return n\nfor i in range(10): f(i)")
    statistics.reset()
    exec(code, {"__name__": "program"})
    few = statistics.instructions
    assert {(FILENAME, "<module>"), (FILENAME, "f")} <= set(statistics.code_objects)
    exec(tier0("def f(n): return n\nfor i in range(100): f(i)"), {"__name__": "program"})
    assert statistics.instructions > 5 * few > 0


def test_a_limit_ends_a_program_that_catches_everything() -> None:
    source = """
while True:
    try:
        while True: pass
    except BaseException: caught = True
    finally: finished = True
"""
    names: dict[str, object] = {}
    with pytest.raises(StepLimit), limit(1000):
        exec(tier0(source), names)
    assert "caught" not in names
    assert "finished" not in names


def test_limits_nest_and_end() -> None:
    code = tier0("for i in range(20): pass")
    with limit(10_000):
        with pytest.raises(StepLimit), limit(10):
            exec(code, {})
        exec(code, {})
    with limit(5):
        pass
    exec(code, {})


def test_threads_run_the_same_module_at_once() -> None:
    code = tier0(
        "for _ in range(200):\n    total = [i for i in range(10)]\nresult.append(total[-1])"
    )
    result: list[int] = []
    threads = [threading.Thread(target=exec, args=(code, {"result": result})) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert result == [9] * 4


def test_a_program_may_replace_builtin_names() -> None:
    names = namespace_of("""
        import builtins
        saved = {name: getattr(builtins, name) for name in ("len", "zip", "type", "list", "dict")}
        for name in saved: delattr(builtins, name)
        try:
            a, *b = {**{"x": 1}, **{"y": 2}}, [*"ab"], {i: i for i in (1, 2)}
            def f(*args, **kwargs): return args, kwargs
            result = f(*b, k=a, **a)
        finally:
            for name in saved: setattr(builtins, name, saved[name])
    """)
    assert names["result"] == ((["a", "b"], {1: 1, 2: 2}), {"k": {"x": 1, "y": 2}, "x": 1, "y": 2})


def test_instructions_that_make_no_program_are_refused() -> None:
    code = CodeObject(CodeKind.MODULE, "<module>", "", None)
    code.instructions = [Instruction(Op.END, None, (), (), ())]
    with pytest.raises(BytecodeError, match="cannot be linked"):
        interp_code(BytecodeModule("x", bytes(8), [], [code]))
