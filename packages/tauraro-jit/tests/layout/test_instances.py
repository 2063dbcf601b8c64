"""Offsets of instances: those of this host hold, others are found out."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import pytest

from tauraro_jit.layout import instances
from tauraro_jit.layout.host import host_layout
from tauraro_jit.layout.instances import (
    INSTANCE_OFFSETS,
    InstanceOffsets,
    ending_of,
    find_layout,
    has_values,
    instance_layout,
    is_made_plainly,
    keys_of,
    order_of,
    slot_offset,
    values_of,
    version_of,
)
from tauraro_jit.layout.memory import Memory

pytestmark = pytest.mark.skipif(bool(host_layout().problem), reason=host_layout().problem)
OFFSETS = INSTANCE_OFFSETS.get(sys.version_info[:2], InstanceOffsets(0, 0))


def test_offsets_hold_here() -> None:
    assert instance_layout() == (OFFSETS, "")


@pytest.mark.parametrize(
    "wrong",
    [
        OFFSETS._replace(keys=OFFSETS.keys + 8),
        OFFSETS._replace(keys=0),
        OFFSETS._replace(values=OFFSETS.values + 8),
        OFFSETS._replace(values=2**40),
        OFFSETS._replace(tagged=not OFFSETS.tagged, valid=None),
        OFFSETS._replace(flags=1 << 9),
    ],
    ids=["keys", "far keys", "values", "far values", "tag", "flags"],
)
def test_wrong_offsets_are_found_out(wrong: InstanceOffsets) -> None:
    found = find_layout(wrong)
    assert found.offsets is None
    assert found.problem


def test_a_wrong_version_tag_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instances, "VERSION_TAG", instances.VERSION_TAG + 4)
    assert "version" in find_layout(OFFSETS).problem


class Plain:
    def __init__(self) -> None:
        self.one = 1
        self.two = 2.5


def test_values_until_someone_looks_at_the_dict() -> None:
    plain = Plain()
    with Memory() as memory:
        keys = keys_of(memory, OFFSETS, Plain)
        place = values_of(memory, OFFSETS, plain)
        assert memory.pointer(place + 8 * keys[id(sys.intern("two"))]) == id(plain.two)
        vars(plain)
        assert values_of(memory, OFFSETS, plain) == 0


def test_names_are_added_and_stay() -> None:
    class More(Plain):
        pass

    more: Any = More()
    with Memory() as memory:
        before = keys_of(memory, OFFSETS, More)
        more.three = 3
        after = keys_of(memory, OFFSETS, More)
    assert {key: after[key] for key in before} == before
    assert id(sys.intern("three")) in after


def test_the_version_changes_with_a_base() -> None:
    class Base:
        limit = 1

    class Derived(Base):
        pass

    with Memory() as memory:
        before = version_of(memory, Derived)
        assert version_of(memory, Derived) == before != 0
        Base.limit = 2
        assert version_of(memory, Derived) not in (0, before)


def test_slots() -> None:
    class Slotted:
        __slots__ = ("one", "two")

    with Memory() as memory:
        offsets = [slot_offset(memory, vars(Slotted)[name]) for name in ("one", "two")]
        assert slot_offset(memory, vars(type(sys))["__dict__"]) is None
        assert slot_offset(memory, property()) is None
    assert offsets == [16, 24]


class Weak:
    __slots__ = ("__weakref__", "one")


class Derived(Plain):
    __slots__ = ("three",)


class Ended(Plain):
    def __del__(self) -> None:
        """Something that the program sees."""


def test_how_instances_end() -> None:
    with Memory() as memory:
        plain, derived = (ending_of(memory, OFFSETS, cls) for cls in (Plain, Derived))
        weak = ending_of(memory, OFFSETS, Weak)
        assert plain is not None
        assert plain.has_values
        assert not plain.slots
        assert (derived is not None) is has_values(Derived, OFFSETS)
        assert derived is None or (derived.has_values and len(derived.slots) == 1)
        assert weak is not None
        assert not weak.has_values
        assert weak.weak == Weak.__weakrefoffset__ != 0


@pytest.mark.parametrize("cls", [Ended, type("Listed", (list,), {}), partial, ValueError])
def test_ends_that_may_be_seen(cls: type) -> None:
    with Memory() as memory:
        assert ending_of(memory, OFFSETS, cls) is None


def test_order_of_attributes() -> None:
    plain: Any = Plain()
    late: Any = object.__new__(Plain)
    late.two, late.one = 1, 2
    with Memory() as memory:
        numbers = list(keys_of(memory, OFFSETS, Plain).values())
        assert order_of(memory, OFFSETS, plain) == numbers[:2]
        assert order_of(memory, OFFSETS, late) == numbers[1::-1]


def test_how_instances_are_made() -> None:
    assert is_made_plainly(Plain)
    assert is_made_plainly(Weak)
    assert not is_made_plainly(type("Listed", (list,), {}))
