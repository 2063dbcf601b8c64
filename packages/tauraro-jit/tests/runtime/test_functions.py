"""Functions that are entered where they begin: which ones, what tracers see of that, and how they
are left."""

from __future__ import annotations

import builtins
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import pytest
from region_kit import Program

from tauraro_jit.compiler import compile_region, control_of
from tauraro_jit.irbuild import RegionRequest
from tauraro_jit.native.region import FUNCTION, Place
from tauraro_jit.native.stack import COMPILING, can_compile, stack_size
from tauraro_jit.runtime.function_site import FunctionSite
from tauraro_jit.runtime.install import InstalledRegion, install
from tauraro_jit.runtime.marks import marks_of

# --- which functions

RECURSIVE = {
    "direct": ("def f(n): return f(n - 1)", ["f"]),
    "by turns": ("def f(n): return g(n)\ndef g(n): return f(n)", ["f", "g"]),
    "in a ring": ("def f(): g()\ndef g(): h()\ndef h(): f()\ndef other(): f()", ["f", "g", "h"]),
    "in an expression": ("def f(n): return [f(k) if k else 0 for k in range(n)]", ["f"]),
    "in a condition": ("if True:\n    def f(n): return f(n - 1)\nelse:\n    pass", ["f"]),
    "with a docstring": ("def f(n):\n    'doc'\n    return f(n - 1)", ["f"]),
    "defined twice": ("def f(n): return 1\ndef f(n): return f(n - 1)", ["f"]),
    "none": ("def f(n): return g(n)\ndef g(n): return n", []),
    "a method": ("class A:\n    def f(self): return f(self)", []),
    "inside a function": ("def g():\n    def f(n): return f(n - 1)\n    return f", ["f"]),
    "of another scope": ("def g():\n    def f(): pass\ndef h():\n    f()", []),
    "a generator": ("def f(n):\n    yield f(n - 1)", []),
    "a coroutine": ("async def f(n): return await f(n - 1)", []),
    "an attribute": ("def f(a): return a.f(1)", []),
    "nothing but a docstring": ("def f(): 'doc'", []),
}


def functions(code: CodeType) -> Iterator[CodeType]:
    """The code objects inside a code object."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from functions(each)


@pytest.mark.parametrize("name", RECURSIVE)
def test_which_functions_are_entered(name: str) -> None:
    source, expected = RECURSIVE[name]
    found = [
        code.co_name
        for code in functions(Program(source + "\n").code)
        if any(mark.is_function for mark in marks_of(code))
    ]
    assert found == expected


# --- what is seen of the test

BODIES = {
    "return": "return n if n < 1 else f(n - 1)",
    "if": "if n < 2:\n    return n\nreturn f(n - 1) + f(n - 2)",
    "docstring": "'''Doc.\n\nMore.\n'''\nif n < 2:\n    return n\nreturn f(n - 1)",
    "return on several lines": "return (n\n  if n < 2\n  else\n  f(n - 1))",
    "if on several lines": "if (n <\n    2):\n    return n\nreturn f(n - 1)",
    "while": "while n > 3:\n    n -= 1\nreturn n if n < 1 else f(n - 1)",
    "while True": "while True:\n    if n < 1: return n\n    return f(n - 1)",
    "for": "for i in range(2):\n    n -= 1\nreturn n if n < 1 else f(n - 1)",
    "with": "with open('/dev/null') as g:\n    n -= 1\nreturn n if n < 1 else f(n - 1)",
    "import": "import contextlib\nn -= 1\nreturn n if n < 1 else f(n - 1)",
    "try": "try:\n    n -= 1\nfinally:\n    n -= 1\nreturn n if n < 1 else f(n - 1)",
    "global": "global x\nx = n\nreturn n if n < 1 else f(n - 1)",
    "pass": "pass\nreturn n if n < 1 else f(n - 1)",
    "display": "a = [n,\n   2]\nreturn n if n < 1 else f(n - 1)",
    "def": "def g(y): return y\nn -= 1\nreturn g(n) if n < 1 else f(n - 1)",
    "class": "class A: pass\nreturn n if n < 1 else f(n - 1)",
    "match": "match n:\n    case 0: return 1\n    case _: return f(n - 1)",
    "assert": "assert n >= 0\nreturn n if n < 1 else f(n - 1)",
    "constant": "5\nreturn n if n < 1 else f(n - 1)",
    "del": "m = n\ndel n\nreturn m if m < 1 else f(m - 1)",
    "closure": "g = lambda: n\nreturn g() if n < 1 else f(n - 1)",
    "annotation": "n: int = n - 1\nreturn n if n < 1 else f(n - 1)",
    "nothing returned": "if n:\n    f(n - 1)",
}

Event = tuple[str, str, int]


def events(code: CodeType) -> list[Event]:
    """What a tracer is told while f(5) runs."""
    found: list[Event] = []

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename == "program.py":
            found.append((frame.f_code.co_name, event, frame.f_lineno))
        return trace

    namespace: dict[str, Any] = {"__name__": "program"}
    exec(code, namespace)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        namespace["f"](5)
    finally:
        sys.settrace(before)
    return found


def described(code: CodeType) -> list[object]:
    """What can be asked of a function without calling it."""
    return [
        (each.co_name, each.co_firstlineno, each.co_varnames, each.co_names, each.co_flags)
        for each in functions(code)
    ]


@pytest.mark.parametrize("name", BODIES)
def test_nothing_is_seen_of_the_test(name: str) -> None:
    """Tracers, docstrings and code objects are those of the plain source."""
    source = "def f(n):\n" + "".join(f"    {line}\n" for line in BODIES[name].split("\n"))
    program = Program(source)
    plain = compile(source, "program.py", "exec", dont_inherit=True)
    assert any(mark.is_function for mark in marks_of(next(functions(program.code))))
    assert events(program.code) == events(plain)
    assert described(program.code) == described(plain)
    namespace: dict[str, Any] = {}
    exec(plain, namespace)
    assert program.run()["f"].__doc__ == namespace["f"].__doc__


def test_warnings_are_given_once() -> None:
    """The compiler is called again for the line of the test, and says nothing."""
    source = "def f(n):\n    while n is 5:\n        n -= 1\n    return n if n < 1 else {}(n - 1)\n"
    assert given(source.format("f")) == given(source.format("abs"))


def given(source: str) -> list[str]:
    """The warnings for a program."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        Program(source)
    assert found
    return [str(each.message) for each in found]


def test_one_line() -> None:
    """The body stands on the line of the `def`."""
    source = "def f(n): return n if n < 1 else f(n - 1)\n"
    assert events(Program(source).code) == events(
        compile(source, "program.py", "exec", dont_inherit=True)
    )


# --- entering and leaving


def entered(
    program: Program, namespace: dict[str, Any], name: str, *samples: object
) -> InstalledRegion:
    """Compile a function for such arguments, and install it."""
    code = namespace[name].__code__
    (mark,) = (mark for mark in marks_of(code) if mark.is_function)
    values: dict[tuple[Place, int | str], object] = {
        (Place.LOCAL, n): sample for n, sample in enumerate(samples)
    }
    request = RegionRequest(
        program.module, mark.code_index, FUNCTION, values, None, namespace, vars(builtins)
    )
    region = compile_region(request).region
    site = FunctionSite(code, mark, program.twin)
    return install(site, region, program.module.codes[mark.code_index])


DOWN = "def down(n, step=1):\n    'Doc.'\n    return 0 if n <= 0 else step + down(n - step, step)\n"


def test_results() -> None:
    """Native code is entered by whoever calls; what it cannot do the host does."""
    program = Program(DOWN)
    namespace = program.run()
    down = namespace["down"]
    installed = entered(program, namespace, "down", 5, 1)
    assert down(7) == 7
    assert installed.entered == 1
    assert list(map(down, (3, 4))) == [3, 4]
    assert installed.entered == 3
    assert sorted([3, 1, 2], key=down) == [1, 2, 3]
    assert down(n=9, step=2) == 10
    before = installed.entered
    assert down(2.5) == 3
    assert down(2**70, 2**69) == 2**70
    assert down(3, 0.5) == 3.0
    assert installed.entered == before
    with pytest.raises(TypeError, match="'<='"):
        down("text")
    installed.retire()
    assert down(7) == 7
    assert installed.entered == before


def test_a_function_switches_itself_off() -> None:
    """It fails time and again: the interpreter does without, until it is asked to try again."""
    program = Program("def f(n, x):\n    return 10 // x if n < 0 else f(n - 1, x) + 1\n")
    namespace = program.run()
    f = namespace["f"]
    installed = entered(program, namespace, "f", 5, 1)
    control = control_of(installed.region)
    assert control is not None
    assert f(5, 1) == 16
    for _ in range(40):
        with pytest.raises(ZeroDivisionError):
            f(5, 0)
    assert installed.is_switched_off
    entries = installed.entered
    assert entries < 240
    assert f(5, 2) == 11
    assert installed.entered == entries
    installed.resume()
    assert not installed.is_switched_off
    assert f(5, 2) == 11
    assert installed.entered == entries + 1
    assert control.get("skip") == control.get("failures") == 0


def test_no_return_of_a_value() -> None:
    """Since 3.12 the host has an instruction of its own for returning None."""
    program = Program("def f(n):\n    if n:\n        f(n - 1)\n")
    namespace = program.run()
    installed = entered(program, namespace, "f", 3)
    assert namespace["f"](5) is None
    assert installed.entered == 1


# --- stacks


def test_size_of_stacks() -> None:
    """Threads have what they were given."""
    assert can_compile()
    assert 64 << 10 <= in_thread(64 << 10, stack_size) < COMPILING
    assert not in_thread(64 << 10, can_compile)
    assert in_thread(1 << 20, can_compile)


def in_thread(size: int, function: Callable[[], Any]) -> Any:
    """What a function gives on a thread with such a stack."""
    found: list[Any] = []
    before = threading.stack_size(size)
    try:
        thread = threading.Thread(target=lambda: found.append(function()))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    return found[0]
