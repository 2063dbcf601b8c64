"""The ways out in LLVM IR: whatever they share, each stores what it must and returns its number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauraro_jit.ir.graph import ExitPoint, Value
from tauraro_jit.ir.types import F64, I1, I64, PTR
from tauraro_jit.llvm.exits import write_exits
from tauraro_jit.native.region import Exit, Resume

TYPES = (I64, F64, I1, PTR)
EXIT = Exit(Resume.NEXT, 0, (), (), "guard", 1)
LABEL = re.compile(r"(\w+):")
PLACE = re.compile(r"  (%p\d+) = getelementptr i64, ptr %slots, i64 (\d+)")
WIDE = re.compile(r"  (%w\d+) = zext i1 %v(\d+) to i64")
STORE = re.compile(r"  store (\w+) (%\w+), ptr (%p\d+)")
PHI = re.compile(r"  (%[\w.]+) = phi i64 (.*)")
CHOICE = re.compile(r"\[ (%?[\w.]+), %(\w+) \]")

Stores = list[tuple[int, int]]
"""Slots and the numbers of the values that they get."""


def points(exits: list[Stores]) -> list[ExitPoint]:
    """Exits with these stores."""
    values = {n: Value(n, TYPES[n % len(TYPES)]) for stores in exits for _, n in stores}
    return [
        ExitPoint(number, EXIT, tuple((slot, values[n]) for slot, n in stores))
        for number, stores in enumerate(exits)
    ]


def blocks(lines: list[str]) -> dict[str, list[str]]:
    """The lines of each block."""
    found: dict[str, list[str]] = {}
    for line in lines:
        label = LABEL.fullmatch(line)
        if label:
            found[label[1]] = []
        else:
            found[list(found)[-1]].append(line)
    return found


def take(text: dict[str, list[str]], number: int) -> tuple[dict[int, int], int]:
    """What the slots hold when an exit was taken, and what it returned."""
    slots: dict[int, int] = {}
    names: dict[str, int] = {}
    before, label = "", f"x{number}"
    while True:
        for line in text[label]:
            if match := PLACE.fullmatch(line) or WIDE.fullmatch(line):
                names[match[1]] = int(match[2])
            elif match := STORE.fullmatch(line):
                source = match[2]
                value = names[source] if source.startswith("%w") else int(source[2:])
                assert match[1] == ("i64", "double", "i64", "ptr")[value % len(TYPES)]
                slots[names[match[3]]] = value
            elif match := PHI.fullmatch(line):
                chosen = {block: what for what, block in CHOICE.findall(match[2])}[before]
                names[match[1]] = names[chosen] if chosen.startswith("%") else int(chosen)
            elif line.startswith("  br label %"):
                before, label = label, line.removeprefix("  br label %")
            else:
                returned = line.removeprefix("  ret i64 ")
                return slots, names[returned] if returned.startswith("%") else int(returned)


@given(
    st.lists(
        st.dictionaries(st.integers(0, 7), st.integers(0, 3), max_size=8).map(
            lambda found: [(slot, 8 * value + slot) for slot, value in found.items()]
        ),
        max_size=12,
    )
)
def test_each_exit_stores_and_returns_its_own(exits: list[Stores]) -> None:
    text = blocks(write_exits(points(exits), set()))
    for number, stores in enumerate(exits):
        assert take(text, number) == (dict(stores), number)
        assert len(text[f"x{number}"]) > 1 or not stores, "it would be folded into the branches"


def test_what_exits_have_in_common_is_stored_in_one_place() -> None:
    common = [(slot, slot) for slot in range(10)]
    exits = [[*common, (10 + number, 10 + number)] for number in range(20)]
    lines = write_exits(points(exits), set())
    assert sum("store" in line for line in lines) == 10 + 20


@pytest.mark.parametrize("count", [1, 3])
def test_stores_of_what_the_slot_holds_are_left_out(count: int) -> None:
    found = points([[(0, 0), (1, 1), (2, 2)]] * count)
    text = blocks(write_exits(found, {(1, found[0].stores[1][1])}))
    for number in range(count):
        assert take(text, number) == ({0: 0, 2: 2}, number)
