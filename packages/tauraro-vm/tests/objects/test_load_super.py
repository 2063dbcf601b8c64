"""`super(...).name` through the model, against the host."""

from __future__ import annotations

from typing import Any

import pytest
from objects.attribute_outcomes import outcome

from tauraro_vm.objects.mro import load_attribute, load_super


class Told:
    """A descriptor that tells what it was asked with."""

    def __get__(self, obj: object, cls: type | None = None) -> tuple[object, ...]:
        return ("get", obj, cls)


class Meta(type):
    def on_meta(cls) -> str:
        return "meta"


class Base(metaclass=Meta):
    plain = 1
    told = Told()
    own = "base"

    def method(self) -> str:
        return "method"

    @classmethod
    def made(cls) -> type:
        return cls

    @staticmethod
    def static() -> str:
        return "static"

    @property
    def computed(self) -> tuple[object, ...]:
        return ("computed", self)

    @property
    def failing(self) -> int:
        raise AttributeError("no luck")

    @property
    def broken(self) -> int:
        return self.missing

    def __getattr__(self, name: str) -> str:
        return "never asked by super"


class Left(Base):
    own = "left"


class Right(Base):
    own = "right"

    def method(self) -> str:
        return "right"


class Bottom(Left, Right):
    own = "bottom"


class Pretender:
    """Says by `__class__` that it is a Bottom."""

    __class__ = Bottom


NAMES = [
    *("plain", "told", "own", "method", "made", "static", "computed", "failing", "broken"),
    *("missing", "on_meta", "mro", "__class__", "__init__", "__repr__", "__eq__", "__doc__"),
    *("__dict__", "__module__", "__name__", "__thisclass__", "__self__", "__self_class__"),
    *("__get__", "__getattribute__", "__getattr__", "__init_subclass__", "__new__", "__hash__"),
]
SUPERS = {
    "instance": super(Bottom, Bottom()),
    "instance, from the middle": super(Left, Bottom()),
    "instance, last class": super(object, Bottom()),
    "class": super(Bottom, Bottom),
    "class, from the middle": super(Left, Bottom),
    "class itself": super(Base, Base),
    "class of a class": super(Meta, Base),
    "type of types": super(type, type),
    "unbound": super(Bottom),
    "uninitialized": super.__new__(super),
    "pretender": super(Left, Pretender()),
    "None": super(type(None), None),
    "int": super(bool, True),
    "exception": super(KeyError, KeyError("x")),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", SUPERS)
def test_equal_to_the_host(case: str, name: str) -> None:
    super_object = SUPERS[case]
    expected = outcome(getattr, super_object, name)
    assert outcome(load_super, super_object, name) == expected
    assert outcome(load_attribute, super_object, name) == expected


def test_super_in_methods() -> None:
    class Parent:
        def __init__(self) -> None:
            self.made_by = ["Parent"]

        @classmethod
        def create(cls) -> list[str]:
            return [f"Parent.create of {cls.__name__}"]

        def __init_subclass__(cls, **options: object) -> None:
            cls.options = options

    class Child(Parent, first=1):
        def __init__(self) -> None:
            load_super(super(), "__init__")()
            self.made_by.append("Child")

        @classmethod
        def create(cls) -> list[str]:
            return [*load_super(super(), "create")(), "Child.create"]

        @classmethod
        def __init_subclass__(cls, **options: object) -> None:
            load_super(super(), "__init_subclass__")(**options, seen=True)

    class Grandchild(Child, second=2): ...

    assert Grandchild().made_by == ["Parent", "Child"]
    assert Grandchild.create() == ["Parent.create of Grandchild", "Child.create"]
    assert Grandchild.options == {"second": 2, "seen": True}


def test_super_in_new_and_in_a_metaclass() -> None:
    class Registered(type):
        def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
            body["registered"] = name
            return load_super(super(), "__new__")(meta, name, bases, body)

        def __call__(cls, *arguments: object) -> Any:
            return [load_super(super(), "__call__")(*arguments)]

    class Number(int, metaclass=Registered):
        def __new__(cls, value: int) -> Any:
            return load_super(super(), "__new__")(cls, value + 1)

    [number] = Number(4)
    assert number == 5
    assert type(number) is Number
    assert Number.registered == "Number"


def test_setting_and_deleting_through_a_found_descriptor() -> None:
    class Parent:
        def __setattr__(self, name: str, value: object) -> None:
            object.__setattr__(self, name, (value,))

    class Child(Parent):
        def __setattr__(self, name: str, value: object) -> None:
            load_super(super(), "__setattr__")(name, value)

    child = Child()
    child.x = 1
    assert child.x == (1,)


def test_an_order_made_by_a_metaclass() -> None:
    class Hidden:
        def who(self) -> str:
            return "hidden"

    class Adopting(type):
        def mro(cls) -> list[type]:
            return [cls, Hidden, object]

    class Child(metaclass=Adopting):
        def who(self) -> str:
            return "child of " + load_super(super(), "who")()

    assert Child().who() == "child of hidden"


def test_a_subclass_of_super_answers_for_itself() -> None:
    class Loud(super):
        def __getattribute__(self, name: str) -> str:
            return name.upper()

    assert load_attribute(Loud(Bottom, Bottom()), "own") == "OWN"
