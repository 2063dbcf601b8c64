"""Lookups in classes and after a class, and what must stay true for their answers."""

from __future__ import annotations

from typing import Any

import pytest

from tauraro_vm.objects.mro import ABSENT, Lookup, NotFound, lookup, lookup_super


class Base:
    shared = "base"
    base_only = 1


class Left(Base):
    shared = "left"


class Right(Base):
    shared = "right"


class Bottom(Left, Right): ...


def found(answer: Lookup | NotFound) -> tuple[type, Any, tuple[type, ...]]:
    assert isinstance(answer, Lookup)
    return answer.owner, answer.value, answer.guards.types


def test_the_first_class_in_the_order_answers() -> None:
    assert found(lookup(Bottom, "shared")) == (Left, "left", (Bottom, Left))
    assert found(lookup(Bottom, "base_only")) == (Base, 1, (Bottom, Left, Right, Base))


def test_values_are_not_bound() -> None:
    class C:
        @classmethod
        def make(cls) -> None: ...

    assert found(lookup(C, "make"))[1] is C.__dict__["make"]


def test_slots_and_properties_are_found_as_descriptors() -> None:
    class C:
        __slots__ = ("x",)

        @property
        def y(self) -> int:
            return 1

    assert found(lookup(C, "x")) == (C, C.__dict__["x"], (C,))
    assert found(lookup(C, "y")) == (C, C.__dict__["y"], (C,))


def test_entries_of_immutable_types_need_no_guard() -> None:
    assert found(lookup(Bottom, "__repr__"))[2] == (Bottom, Left, Right, Base)
    assert found(lookup(bool, "bit_length")) == (int, int.__dict__["bit_length"], ())


def test_metaclasses_and_shadowed_attributes_of_types_have_no_say() -> None:
    class Meta(type):
        from_meta = 1
        __mro__ = ()
        __dict__ = {"x": "wrong"}

        def __eq__(cls, other: object) -> bool:
            raise AssertionError("types are compared by identity")

        __hash__ = None

    class C(metaclass=Meta):
        x = "right"

    answer = lookup(C, "x")
    assert isinstance(answer, Lookup)
    assert answer.owner is C
    assert answer.value == "right"
    assert isinstance(lookup(C, "from_meta"), NotFound)
    assert isinstance(lookup_super(C, C, "from_meta"), NotFound)


def test_not_found_is_guarded_by_all_classes() -> None:
    answer = lookup(Bottom, "nowhere")
    assert isinstance(answer, NotFound)
    assert answer.guards.entries == tuple((cls, ABSENT) for cls in (Bottom, Left, Right, Base))


def test_super_searches_after_the_start() -> None:
    assert found(lookup_super(Left, Bottom, "shared")) == (Right, "right", (Right,))
    assert found(lookup_super(Left, Left, "shared")) == (Base, "base", (Base,))
    assert found(lookup_super(Left, Bottom, "base_only")) == (Base, 1, (Right, Base))


@pytest.mark.parametrize(
    ("start", "name"),
    [(Bottom, "__class__"), (int, "shared"), (object, "__repr__"), (Base, "base_only")],
)
def test_super_finds_nothing(start: type, name: str) -> None:
    assert isinstance(lookup_super(start, Bottom, name), NotFound)


class TestGuards:
    """Each test makes classes of its own and changes them."""

    @pytest.fixture
    def classes(self) -> tuple[Any, Any, Any]:
        A = type("A", (), {"x": "a"})
        B = type("B", (A,), {})
        return A, B, type("C", (B,), {})

    def test_hold_while_nothing_changes(self, classes: tuple[Any, Any, Any]) -> None:
        A, _, C = classes
        guards = lookup(C, "x").guards
        A.other = 1
        assert guards.hold()

    def test_an_entry_in_front(self, classes: tuple[Any, Any, Any]) -> None:
        _, B, C = classes
        guards = lookup(C, "x").guards
        B.x = "b"
        assert not guards.hold()
        del B.x
        assert guards.hold()

    def test_another_value(self, classes: tuple[Any, Any, Any]) -> None:
        A, _, C = classes
        guards = lookup(C, "x").guards
        A.x = "other"
        assert not guards.hold()

    def test_the_entry_removed(self, classes: tuple[Any, Any, Any]) -> None:
        A, _, C = classes
        guards = lookup(C, "x").guards
        del A.x
        assert not guards.hold()

    def test_an_entry_where_there_was_none(self, classes: tuple[Any, Any, Any]) -> None:
        A, _, C = classes
        guards = lookup(C, "y").guards
        A.y = 1
        assert not guards.hold()

    def test_other_bases(self, classes: tuple[Any, Any, Any]) -> None:
        A, B, C = classes
        guards = lookup(C, "x").guards
        B.__bases__ = (type("Other", (), {}), A)
        assert not guards.hold()

    def test_super_does_not_depend_on_the_classes_before(
        self, classes: tuple[Any, Any, Any]
    ) -> None:
        A, B, C = classes
        guards = lookup_super(B, C, "x").guards
        C.x = B.x = 1
        assert guards.hold()
        del A.x
        assert not guards.hold()
