"""Loops over instances: which are passed over without asking the compiler."""

from __future__ import annotations

import builtins
import textwrap
from typing import Any

import pytest

from tauraro_jit.policy.attributes import ClassNames, is_instance
from tauraro_jit.policy.screening import Screen

CLASSES = """
class Plain:
    RATE = 2
    def __init__(self):
        self.x = 1
        self.other = None
    def step(self, n):
        self.x += n
    def name(self):
        return repr(self.x)
    def __getitem__(self, place):
        return self.x + place
    @property
    def double(self):
        return self.x * 2
class Slotted:
    __slots__ = ("x",)
    def __init__(self):
        self.x = 1
    def step(self, n):
        self.x += n
plain = Plain()
"""


def problem(body: str, of: str = "Plain", *, rounds: int = 60) -> str:
    """What is not compiled of the first loop of a function that has met some instances."""
    text = "def f(data):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    names: dict[str, Any] = {}
    exec(CLASSES + text, names)
    data = [names[of]() for _ in range(4)]
    for _ in range(rounds):
        names["f"](data)
    screen = Screen(names["f"].__code__, names, vars(builtins))
    jumps = [each.target for each in screen._instructions if each.target is not None]
    loop = max(filter(None, map(screen.loop_at, jumps)), key=lambda loop: loop[1] - loop[0])
    return screen.problem(*loop)


GOOD = [
    "for p in data: p.x += 2",
    "for p in data: p.step(3)",
    "for p in data: p.x = p.double",
    "for p in data: t = p.RATE + Plain.RATE + plain.x",
    "for p in data: plain.step(p.x)",
    "for p in data: t = isinstance(p, Plain)",
    "for p in data: t = p[3]",
]


@pytest.mark.parametrize("rounds", [0, 60])
@pytest.mark.parametrize("body", GOOD)
def test_instances_are_for_the_compiler_to_judge(body: str, rounds: int) -> None:
    assert problem(body, rounds=rounds) == ""


@pytest.mark.parametrize("body", GOOD[:2])
def test_slots(body: str) -> None:
    assert problem(body, "Slotted") == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for p in data: t = p.name()", "a call of name: a call of repr"),
        ("for p in data: t = p.__class__", "attribute __class__"),
        ("for p in data: t = p.x.real", "attribute real"),
    ],
)
def test_what_is_passed_over(body: str, expected: str) -> None:
    assert problem(body) == expected


def test_names_of_classes() -> None:
    names: dict[str, object] = {}
    exec(CLASSES, names)
    classes = ClassNames(names)
    assert [function.__name__ for function in classes.functions("step")] == ["step", "step"]
    assert [function.__name__ for function in classes.functions("double")] == ["double"]
    assert classes.mentions("other")
    assert classes.mentions("RATE")
    assert not classes.mentions("missing")
    assert is_instance(names["plain"])
    assert not any(map(is_instance, [1, "text", names["Plain"], len, None]))
