"""LLVM IR text to code that runs, or to an error that says why."""

from __future__ import annotations

import ctypes
import itertools
import subprocess
import sys
import threading

import pytest

from tauraro_jit.native.compile import (
    CompileError,
    NativeFunction,
    assembly,
    compile_ir,
    load_object,
    object_code,
)

numbers = itertools.count()

SUM = """
define i64 @NAME(ptr %slots) {
entry:
  %n = load i64, ptr %slots
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %i1, %loop ]
  %s = phi i64 [ 0, %entry ], [ %s1, %loop ]
  %s1 = add i64 %s, %i
  %i1 = add i64 %i, 1
  %more = icmp slt i64 %i1, %n
  br i1 %more, label %loop, label %done
done:
  ret i64 %s1
}
"""


def name() -> str:
    return f"test_compile_{next(numbers)}"


def call(function: NativeFunction, *slots: int) -> int:
    memory = (ctypes.c_int64 * len(slots))(*slots)
    native = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(function.address)
    result: int = native(ctypes.addressof(memory))
    return result


@pytest.mark.parametrize("optimize", [0, 1, 2])
def test_compile(optimize: int) -> None:
    """Every level computes the same."""
    own = name()
    function = compile_ir(SUM.replace("NAME", own), own, optimize)
    assert call(function, 1000) == 499500
    assert function.size > 0


def test_objects_can_be_loaded_later() -> None:
    """The object file is bytes: compiling and loading are two steps."""
    own = name()
    code = object_code(SUM.replace("NAME", own))
    assert isinstance(code, bytes)
    assert call(load_object(code, own), 10) == 45


def test_symbols_of_the_host() -> None:
    """Functions and objects of the host and of its C library are found by name."""
    own = name()
    text = f"""
    declare i64 @PyLong_AsLongLong(ptr)
    declare ptr @PyLong_FromLongLong(i64)
    declare double @cbrt(double)
    @PyRangeIter_Type = external global i8
    define i64 @{own}(ptr %slots) {{
      %n = load i64, ptr %slots
      %object = call ptr @PyLong_FromLongLong(i64 %n)
      %same = call i64 @PyLong_AsLongLong(ptr %object)
      %x = sitofp i64 %same to double
      %root = call double @cbrt(double %x)
      %r = fptosi double %root to i64
      %type = ptrtoint ptr @PyRangeIter_Type to i64
      %sum = add i64 %r, %type
      ret i64 %sum
    }}"""
    assert call(compile_ir(text, own), 27) == 3 + id(type(iter(range(0))))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("this is no IR", "expected top-level entity"),
        ("define i64 @f(ptr %s) { ret i32 0 }", "doesn't match"),
        (
            "declare i64 @no_such_function()\n"
            "define i64 @missing() { %a = call i64 @no_such_function() ret i64 %a }",
            "no_such_function",
        ),
        (
            "@no_such_variable = external global i8\n"
            "define ptr @missing() { ret ptr @no_such_variable }",
            "no_such_variable",
        ),
        ("define i64 @another(ptr %s) { ret i64 0 }", "no function missing"),
    ],
)
def test_errors(text: str, reason: str) -> None:
    """A bad text is an exception, and so is an unknown symbol."""
    with pytest.raises(CompileError, match=reason):
        compile_ir(text, "missing")


def test_threads() -> None:
    """Several threads compile and load at once."""
    results: list[int] = []

    def work() -> None:
        for _ in range(5):
            own = name()
            results.append(call(compile_ir(SUM.replace("NAME", own), own), 100))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [4950] * 20


def test_assembly() -> None:
    """The machine code as text names the function."""
    text = assembly(SUM.replace("NAME", "shown"), 0)
    assert "shown:" in text
    assert "ret" in text
    with pytest.raises(CompileError):
        assembly("nothing")


def test_llvm_is_loaded_on_first_use() -> None:
    """Importing the runtime does not load LLVM."""
    code = (
        "import sys, tauraro_jit.native.compile, tauraro_jit.runtime.install;"
        "print('llvmlite' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
