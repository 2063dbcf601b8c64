"""Objects as plain data, where two descriptions differ, and whose references are counted."""

from __future__ import annotations

import array
import collections
import marshal
from collections.abc import Callable
from typing import Any

import pytest

from tauraro_jit.verify.comparing import Difference, compare
from tauraro_jit.verify.counting import count_references
from tauraro_jit.verify.describing import UNBOUND, Describer, Description


class Point:
    def __init__(self, x: object, y: object) -> None:
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x: object) -> None:
        self.x = x


def described(**roots: object) -> Description:
    return Describer(lambda _: False).describe(roots.items())


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[Difference]:
    """Where another state than `one` differs; objects of both that are the same were there before."""
    return list(compare(described(**one), described(**other), frozenset()))


SAME: list[Callable[[], object]] = [
    lambda: [1, 2.5, "a", None, True, (1, [2]), {"a": {1}}, b"x"],
    lambda: Point([1], Slotted(2.0)),
    lambda: float("nan"),
    lambda: [float("nan"), -0.0],
    lambda: range(3),
    lambda: iter(range(3)),
    lambda: iter([1, 2]),
    lambda: enumerate(["a"], 4),
    lambda: zip([1], "a", strict=False),
    lambda: iter({1: 2}.items()),
    lambda: iter(memoryview(b"ab")),
    lambda: iter(array.array("q", [1])),
    lambda: bytearray(b"abc"),
    lambda: array.array("d", [1.5]),
    lambda: collections.deque([1, 2]),
    lambda: collections.Counter("abca"),
    lambda: collections.defaultdict(int, {1: 2}),
    lambda: "\ud800",
]


@pytest.mark.parametrize("make", SAME)
def test_equal_objects_have_equal_descriptions(make: Callable[[], object]) -> None:
    assert differences({"x": make()}, {"x": make()}) == []
    description = described(x=make())
    marshal.loads(marshal.dumps([tuple(node) for node in description.nodes], 2))


def test_the_same_numbers_left_in_other_ways_are_equal() -> None:
    advanced = iter(range(5))
    next(advanced)
    assert differences({"i": advanced}, {"i": iter(range(1, 5))}) == []
    assert differences({"i": advanced}, {"i": iter(range(5))}) != []


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ([1, [2, 3]], [1, [2, 4]], "x[1][1]"),
        ({"a": Point(1, 2)}, {"a": Point(1, 3)}, "x['a'].y"),
        (Slotted([0]), Slotted([1]), "x.x[0]"),
        ([1], [True], "x[0]"),
        ([0.0], [-0.0], "x[0]"),
        ([1], [1.0], "x[0]"),
        ([1, 2], [1], "x"),
        ({1: 2, 3: 4}, {3: 4, 1: 2}, "x (the key 1)"),
        ((1, (2,)), (1, (3,)), "x[1][0]"),
        (1, UNBOUND, "x"),
        ([1], (1,), "x"),
    ],
)
def test_differences_are_named(one: object, other: object, place: str) -> None:
    assert differences({"x": one}, {"x": other})[0].place == place


def test_aliases_are_kept() -> None:
    shared: list[int] = [1]
    assert differences({"x": [shared, shared]}, {"x": [[1], [1]]}) != []
    assert differences({"x": [[1], [1]]}, {"x": [shared, shared]}) != []


def test_another_object_in_the_place_of_one_that_was_there_is_told() -> None:
    kept: list[int] = [1]
    before, after = described(x=[kept]), described(x=[[1]])
    assert next(compare(before, after, {id(kept)})).place == "x[0]"
    assert list(compare(before, after, frozenset())) == []


def test_what_is_far_away_is_cut_off() -> None:
    chain: list[Any] = []
    for _ in range(100):
        chain = [chain]
    description = Describer(lambda _: False, limit=50).describe([("x", chain), ("y", 3)])
    assert not description.is_whole
    assert description.roots[1] == 3
    assert described(x=chain).is_whole


def test_references_from_outside_are_counted() -> None:
    inner = [1000.5]
    outer = [inner, inner]
    first = count_references([outer], [])
    assert first is not None
    another = inner
    second = count_references([outer], [])
    assert second is not None
    assert second[id(inner)].others - first[id(inner)].others == 1
    outer.append(another)
    third = count_references([outer], [])
    assert third is not None
    assert third[id(inner)].others == second[id(inner)].others


def test_objects_that_nothing_leads_to_any_more_are_found_by_their_addresses() -> None:
    first = Point(None, None)
    second = Point(None, first)
    counts = count_references([second], [])
    assert counts is not None
    found = count_references([first], [], [id(second)])
    assert found is not None
    assert found[id(first)].others - counts[id(first)].others == -1  # `held` is a guess here
