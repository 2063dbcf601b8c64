"""Which loops are passed over without asking the compiler."""

from __future__ import annotations

import builtins
import math
import textwrap
from typing import Any

import pytest

from tauraro_jit.policy.screening import Screen, Screens


def small(x: int) -> int:
    return x * 2 + 1


def wordy(x: object) -> str:
    return str(x).upper()


def screen_of(body: str, warm: object = None) -> tuple[Screen, Any]:
    """The screen of a function `f(data)` with this body, after some calls of it."""
    text = "def f(data):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    names: dict[str, Any] = {"math": math, "small": small, "wordy": wordy, "LIMIT": 100}
    exec(text, names)
    function = names["f"]
    for _ in range(0 if warm is None else 60):
        function(warm)
    return Screen(function.__code__, names, vars(builtins)), function.__code__


def problem(body: str, warm: object = None) -> str:
    """The problem of the first loop of a function."""
    screen, _ = screen_of(body, warm)
    jumps = [i.target for i in screen._instructions if i.target is not None]
    loops = [screen.loop_at(target) for target in jumps]
    outer = max((loop for loop in loops if loop), key=lambda loop: loop[1] - loop[0])
    return screen.problem(*outer)


GOOD = [
    "for x in data: t = x * x + 1.5 % 2",
    "for i in range(9): t = math.sin(i) + abs(i) - len(data) + small(i)",
    "for i, x in enumerate(data): data[i] = x + LIMIT",
    "t = 0\nwhile t < LIMIT:\n    t += 1\n    if t == 7: print(t)",
    "for x in data:\n    if x > 5: wordy(x)\n    else: t = x",
    "out = []\nfor x in data: out.append(x)",
    "for x in data:\n    for y in data: wordy(y)",
]


@pytest.mark.parametrize("body", GOOD)
def test_loops_for_the_compiler_to_judge(body: str) -> None:
    assert problem(body, [1, 2, 3]) == ""


BAD = [
    ("for x in data: t = x.real", "attribute real"),
    ("for x in data: data.count(x)", "attribute count"),
    ("for x in data: t = str(x)", "a call of str"),
    ("for x in data: t = wordy(x)", "a call of wordy: a call of str"),
    ("for x in data: t = {x: 1}", "BUILD_MAP is not compiled"),
    ("for x in data: t = f'{x}'", "is not compiled"),
    ("for x in data:\n    print(x)\n    t = 1 if x else 2", "a call of print"),
]


@pytest.mark.parametrize(("body", "expected"), BAD)
def test_loops_that_are_passed_over(body: str, expected: str) -> None:
    assert expected in problem(body, [1, 2, 3])


@pytest.mark.parametrize(
    ("body", "warm"),
    [("for x in data: t = x + x", ["a", "b"]), ("for x in data: t = data[x]", {1: 2})],
)
def test_types_that_the_host_has_met(body: str, warm: object) -> None:
    assert problem(body, warm).endswith("is not compiled")
    assert problem(body) == ""


def test_a_line_that_was_seen() -> None:
    screen, code = screen_of("for x in data:\n    if x:\n        t = x.real\n    t = x + 1")
    offsets: dict[int, int] = {}
    for start, _, line in code.co_lines():
        offsets.setdefault(line or 0, start)
    assert screen.problem_here(offsets[4]) == "attribute real"
    assert screen.problem_here(offsets[5]) == ""


def test_innermost_loop_and_code_without_loops() -> None:
    screen, code = screen_of("for x in data:\n    for y in data: t = y\n    t = x.real")
    outer = max(screen._loops, key=lambda loop: loop[1])
    inner = min(screen._loops, key=lambda loop: loop[1] - loop[0])
    assert screen.loop_at(inner[0]) == inner != outer
    assert screen.problem(*inner) == ""
    assert screen.problem(*outer) == "attribute real"
    assert screen.loop_at(0) is None
    screens = Screens()
    assert screens.problem(code, inner[0]) == ""
    assert screens.of(code, {}, {}) is screens.of(code, {}, {})
