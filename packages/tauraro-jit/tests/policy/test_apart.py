"""Objects that the collector leaves alone."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tauraro_jit.policy import apart
from tauraro_jit.policy.apart import Apart


class Node:
    """An object that may be part of a cycle."""

    def __init__(self) -> None:
        self.other: Node | None = None


@pytest.fixture
def paused() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.collect()


def is_visited(node: Node) -> bool:
    return any(each is node for each in gc.get_objects())


@pytest.mark.usefixtures("paused")
def test_what_is_made_in_the_context_is_not_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 1)
    before = Node()
    with Apart():
        nodes = [Node() for _ in range(1000)]
    after = Node()
    assert is_visited(before)
    assert is_visited(after)
    assert not any(map(is_visited, nodes[::100]))
    assert gc.is_tracked(nodes[0])


@pytest.mark.usefixtures("paused")
def test_it_lives_and_dies_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 1)
    with Apart():
        nodes = [Node() for _ in range(100)]
    seen = [weakref.ref(node) for node in nodes]
    del nodes[::2]
    gc.collect()
    assert [each() is None for each in seen] == [True, False] * 50
    nodes.clear()
    assert all(each() is None for each in seen)
    with Apart():
        more = [Node() for _ in range(100)]
    assert not is_visited(more[0])
    gc.collect()


@pytest.mark.usefixtures("paused")
def test_objects_of_the_program_that_are_held_by_it_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 1)
    with Apart():
        holder = Node()
    inner, outer = Node(), Node()
    inner.other, outer.other = outer, inner
    holder.other = inner
    seen = weakref.ref(outer)
    del inner, outer
    gc.collect()
    assert seen() is not None
    holder.other = None
    gc.collect()
    assert seen() is None


@pytest.mark.usefixtures("paused")
def test_nothing_is_hidden_if_the_collector_was_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 1)
    with Apart():
        first = Node()
        gc.collect()
        second = Node()
    assert is_visited(first)
    assert is_visited(second)


@pytest.mark.usefixtures("paused")
def test_nothing_is_hidden_if_there_are_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 2)
    with Apart():
        node = Node()
    assert is_visited(node)


def test_nothing_is_hidden_while_the_collector_may_come() -> None:
    with Apart():
        node = Node()
    assert is_visited(node)


@pytest.mark.usefixtures("paused")
def test_contexts_in_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_threads", lambda: 1)
    with Apart():
        first = Node()
        with Apart():
            second = Node()
        third = Node()
    fourth = Node()
    assert [is_visited(each) for each in (first, second, third, fourth)] == [False] * 3 + [True]
    gc.collect()
