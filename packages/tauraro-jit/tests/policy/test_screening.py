"""Which loops are passed over without asking the compiler."""

from __future__ import annotations

import builtins
import dis
import math
import textwrap
import weakref
from collections import Counter, OrderedDict, defaultdict
from types import FunctionType
from typing import Any

import pytest

from tauraro_jit.policy.containers import problem_of_use
from tauraro_jit.policy.screening import CALCULATING, COMPARING, Screen, Screens


def small(x: int) -> int:
    return x * 2 + 1


def wordy(x: object) -> str:
    return repr(x).upper()


class Squares(dict[int, int]):
    """Has a method of its own."""

    def __getitem__(self, key: int) -> int:
        return key * key


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
    "for x in data:\n    if x > 5: wordy(x)",
    "for x in data:\n    if x > 5: continue\n    wordy(x)",
    "for x in data:\n    for y in data: wordy(y)",
]


@pytest.mark.parametrize("body", GOOD)
def test_loops_for_the_compiler_to_judge(body: str) -> None:
    assert problem(body, [1, 2, 3]) == ""


BAD = [
    ("for x in data: t = x.real", "attribute real"),
    ("for x in data: data.count(x)", "attribute count"),
    ("for x in data: t = repr(x)", "a call of repr"),
    ("for x in data: t = wordy(x)", "a call of wordy: a call of repr"),
    ("for x in data: import math", "IMPORT_NAME is not compiled"),
    ("for x in data: t = lambda: 1", "MAKE_FUNCTION is not compiled"),
    ("for x in data:\n    print(x)\n    t = 1 if x else 2", "a call of print"),
]


@pytest.mark.parametrize(("body", "expected"), BAD)
def test_loops_that_are_passed_over(body: str, expected: str) -> None:
    assert expected in problem(body, [1, 2, 3])


def test_types_that_the_host_has_met() -> None:
    body = "for x in data: t = data[x]"
    found = problem(body, Squares({1: 2}))
    # The host specializes for Python functions while it has numbers for them: 65,535 in a process.
    assert found in ("BINARY_SUBSCR_GETITEM is not compiled", "")
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


USES = [
    ("for x in data: data[x % 7] = data.get(x % 7, 0) + 1", {"data": {"get", "store"}}),
    ("for x in data: data[x] += 1", {"data": {"item", "store"}}),
    ("for x in data: t = x in data and 1", {"data": {"search"}}),
    ("for x in data:\n    data.add(x + 1)", {"data": {"add"}}),
    ("for x in data:\n    t = len(data)\n    if x.isdigit(): t = 1", {"x": {"character"}}),
    ("for x in data: t = (x + 1, data[(x, x)][x])", {"data": {"item"}}),
    ("for x in data:\n    if x: t = data[x]", {}),
]


@pytest.mark.parametrize(("body", "expected"), USES)
def test_what_is_used_as_a_container(body: str, expected: dict[str, set[str]]) -> None:
    screen, code = screen_of(body)
    uses = screen.uses(*screen._loops[0])
    assert {code.co_varnames[number]: found for number, found in uses.items()} == expected


@pytest.mark.parametrize(
    ("value", "uses", "expected"),
    [
        ({1: 2}, {"item", "store", "get"}, ""),
        ({}, {"store"}, ""),
        ({"a": [1]}, {"get"}, ""),
        ({"a": [1]}, {"store"}, ""),
        ({(1, 2): 1}, {"item"}, ""),
        (defaultdict(int), {"item"}, ""),
        (Counter("ab"), {"item", "get"}, ""),
        (OrderedDict(), {"item"}, "of type OrderedDict"),
        ({1, 2}, {"search", "add"}, ""),
        ({1, 2}, {"item"}, "of type set"),
        ({1.5}, {"search"}, "a set of float"),
        ({}, {"add"}, "of type dict"),
        ("text", {"item"}, ""),
        ("text", {"search"}, ""),
        ("text", {"character"}, ""),
        ("t", {"character"}, ""),
        ([1], {"item", "store", "search"}, ""),
        (Squares(), {"item", "get"}, ""),
        (b"ab", {"item"}, ""),
        (b"ab", {"item", "store"}, "of type bytes"),
        (bytearray(3), {"item", "store"}, ""),
        (bytearray(3), {"search"}, "of type bytearray"),
        (memoryview(b"ab"), {"item"}, ""),
    ],
)
def test_containers(value: object, uses: set[str], expected: str) -> None:
    assert problem_of_use(value, uses) == expected


WHOLE = [
    ("for x in data:\n    if x > 5: data[x] = repr(x)", {7: 2}, "a call of repr"),
    ("for x in data:\n    if x in 'abc': t = lambda: 1", None, "is not compiled"),
    ("for x in data:\n    if x in 'abc': t = ord(x)", None, ""),
]


@pytest.mark.parametrize(("body", "warm", "expected"), WHOLE)
def test_all_of_a_loop_over_dicts_and_strings(body: str, warm: object, expected: str) -> None:
    found = problem(body, warm)
    assert expected in found if expected else not found


OPERANDS = [
    ("for x in data: t = LIMIT + one * two", ["one", "two"]),
    ("for x in data: t = -one", ["one"]),
    ("for x in data:\n    if one < 2: t = two + 1", ["one"]),
    ("for x in data:\n    one = 1\n    t = one + two", ["two"]),
    ("for x in data: t = x + 1", []),
    ("for x in data: t = one + (two if x else three)", []),
    ("while one != two:\n    two = one\n    one += three", ["one", "three"]),
    ("for x in data: data[one] = len(two)", []),
]


@pytest.mark.parametrize(("body", "expected"), OPERANDS)
def test_what_is_calculated_with_from_the_start(body: str, expected: list[str]) -> None:
    screen, code = screen_of("one = two = three = 1\n" + body)
    loop = screen._loops[0]
    names = CALCULATING | COMPARING
    found = {code.co_varnames[number] for number in screen.operands(*loop, names)}
    assert found == set(expected)


def test_a_loop_is_passed_over_later() -> None:
    screen, _ = screen_of("for x in data: t = x + 1")
    loop = screen._loops[0]
    assert screen.judge(loop[0]) == ""
    assert not screen.is_passed(loop[0])
    screen.pass_over(loop, "strange")
    assert screen.judge(loop[0]) == "strange"
    assert screen.is_passed(loop[0])
    assert screen.judge(0) is None
    assert not screen.is_passed(0)


def test_jumps_with_a_prefix_belong_to_their_loop() -> None:
    """The back-edge of a long loop has a prefix, and frames name the place behind that."""
    body = "s = 0\nwhile True:\n" + "    s += data * 3 - s\n" * 200 + "    if s > 5: break"
    screen, code = screen_of(body)
    edge = max(each.offset for each in dis.get_instructions(code) if each.opname == "JUMP_BACKWARD")
    found = screen.loop_at(edge)
    assert found is not None
    assert found == screen.loop_at(found[0])


class Namespace(dict[str, object]):
    """A namespace that tells whether it is still there."""


def test_nothing_of_a_program_is_kept() -> None:
    made: dict[str, FunctionType] = {}
    exec("def f(n):\n    for i in range(n):\n        undefined(i)\n", made)
    code = made["f"].__code__
    namespace, screens = Namespace(undefined=print), Screens()
    screen = screens.of(code, namespace, {})
    loop = next(found for offset in range(0, 80, 2) if (found := screen.loop_at(offset)))
    problem = screen.problem(*loop)
    assert problem == "a call of undefined"
    gone = weakref.ref(namespace), weakref.ref(code)
    screens.let_go()
    del namespace
    assert gone[0]() is None
    assert screen.problem(*loop) == screens.problem(code, loop[0]) == problem, "it was judged"
    assert screen.problem(2, 4) == "", "without names nothing is judged"
    assert screens.of(code, {}, {}) is screen
    del code
    made.clear()
    assert gone[1]() is None
