"""`obj.name` through the model, against `getattr`."""

from __future__ import annotations

import ctypes
import enum
import functools
import gc
import sys
import types
from collections import namedtuple
from typing import Any, Generic, TypeVar

import pytest
from objects.attribute_outcomes import outcome

from tauraro_vm.objects import mro
from tauraro_vm.objects.mro import bind, load_attribute

T = TypeVar("T")


class Told:
    """A descriptor that tells what it was asked with."""

    def __get__(self, obj: object, cls: type | None = None) -> tuple[object, ...]:
        return ("get", obj, cls)


class ToldData(Told):
    def __set__(self, obj: object, value: object) -> None: ...


class Deletable(Told):
    def __delete__(self, obj: object) -> None: ...


class Settable:
    """A data descriptor that cannot be read: it does not go before the object's dictionary."""

    def __set__(self, obj: object, value: object) -> None: ...


class StaticGet:
    @staticmethod
    def __get__(*arguments: object) -> tuple[object, ...]:
        return ("static", *arguments[1:])


class NoGet:
    __get__ = None


class Meta(type):
    on_meta = 1
    told = Told()
    data = ToldData()
    deletable = Deletable()
    settable = Settable()

    @property
    def described(cls) -> str:
        return "property of the metaclass"

    def __getattr__(cls, name: str) -> str:
        if name == "missing":
            raise AttributeError("the metaclass has none")
        return f"meta.{name}"


class Plain:
    value = 1
    told = Told()
    data = ToldData()
    deletable = Deletable()
    settable = Settable()
    static_get = StaticGet()
    no_get = NoGet()

    def method(self) -> None: ...

    @classmethod
    def made(cls) -> None: ...

    @staticmethod
    def static() -> None: ...

    @property
    def failing(self) -> int:
        raise AttributeError("no luck")

    @property
    def broken(self) -> int:
        return self.missing

    @property
    def wrong(self) -> int:
        raise ZeroDivisionError("not an AttributeError")

    @functools.cached_property
    def cached(self) -> str:
        return "cached"


class WithMeta(Plain, metaclass=Meta):
    own = 1


class Hooked(Plain):
    def __getattr__(self, name: str) -> tuple[object, ...]:
        if name == "missing":
            raise AttributeError("the hook has none")
        return ("hook", name, type(sys.exception()))


class StaticHook(Plain):
    @staticmethod
    def __getattr__(name: str) -> str:
        return f"static {name}"


class Custom(Plain):
    def __getattribute__(self, name: str) -> str:
        if name == "missing":
            raise AttributeError
        return f"custom {name}"


class CustomAndHooked(Hooked):
    def __getattribute__(self, name: str) -> object:
        return super().__getattribute__(name)


class Slotted:
    __slots__ = ("empty", "filled")

    def __init__(self) -> None:
        self.filled = 1


class GenericClass(Generic[T]): ...


class Colour(enum.Enum):
    RED = 1

    @property
    def described(self) -> str:
        return "red"


class OwnDict:
    __dict__ = {"value": "not from here"}
    value = "from the class"


class ClassLikeInstance(type):
    """Searches its classes as `object` does."""

    __getattribute__ = object.__getattribute__


class Number(int):
    told = Told()


class Failure(ValueError):
    told = Told()


def filled(obj: Any) -> Any:
    """`obj` with an entry of its own for every kind of class attribute."""
    for name in ("value", "told", "data", "deletable", "settable", "method", "failing", "extra"):
        obj.__dict__[name] = f"own {name}"
    return obj


NAMES = [
    *("value", "told", "data", "deletable", "settable", "static_get", "no_get", "method", "made"),
    *("static", "failing", "broken", "wrong", "cached", "missing", "other", "own", "extra"),
    *("on_meta", "described", "empty", "filled", "RED", "name", "args", "real", "mro", "first"),
    *("__class__", "__dict__", "__doc__", "__eq__", "__hash__", "__init__", "__mro__", "__name__"),
    *("__module__", "__new__", "__orig_bases__", "__parameters__", "__slots__", "__weakref__"),
    *("__class_getitem__", "__annotations__", "__init_subclass__", "__subclasses__", "append"),
    *("__getattribute__", "__getattr__", "__call__", "__wrapped__", "__func__", "gi_frame", ""),
]
OBJECTS: dict[str, Any] = {
    "plain": Plain(),
    "plain, filled": filled(Plain()),
    "plain class": Plain,
    "with metaclass": WithMeta(),
    "class with metaclass": WithMeta,
    "metaclass": Meta,
    "hooked": Hooked(),
    "hooked, filled": filled(Hooked()),
    "static hook": StaticHook(),
    "custom": Custom(),
    "custom and hooked": CustomAndHooked(),
    "slotted": Slotted(),
    "slotted class": Slotted,
    "generic class": GenericClass,
    "generic alias": GenericClass[int],
    "generic instance": GenericClass[int](),
    "enum": Colour.RED,
    "enum class": Colour,
    "own dict": OwnDict(),
    "class that searches as an instance": ClassLikeInstance("C", (Plain,), {"own": 1}),
    "number": Number(4),
    "failure": Failure("x"),
    "failure, filled": filled(Failure("x")),
    "named tuple": namedtuple("Point", ["first", "second"])(1, 2),
    "None": None,
    "type of None": type(None),
    "object": object(),
    "object type": object,
    "type": type,
    "int": 5,
    "list": [1],
    "function": filled,
    "method": Plain().method,
    "partial": functools.partial(filled),
    "module": types,
    "simple namespace": types.SimpleNamespace(value=1),
    "generator": (x for x in ()),
    "ctypes structure": ctypes.py_object(1),
    "proxy of a class": Plain.__dict__,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", OBJECTS)
def test_equal_to_getattr(case: str, name: str) -> None:
    obj = OBJECTS[case]
    expected = outcome(getattr, obj, name)
    assert outcome(load_attribute, obj, name) == expected


def test_values_inside_an_object_stay_there() -> None:
    """Reading `__dict__` would make a dictionary of them, for good."""
    ours, untouched = Plain(), Plain()
    ours.x = untouched.x = ["inside"]
    assert load_attribute(ours, "x") == ["inside"]
    assert not has_dictionary(ours)
    assert untouched.__dict__ == {"x": ["inside"]}
    if sys.version_info < (3, 13):  # From then on the collector sees the values all the same.
        assert has_dictionary(untouched)


def has_dictionary(obj: object) -> bool:
    """Whether the collector sees a dictionary instead of the values."""
    return any(isinstance(referent, dict) for referent in gc.get_referents(obj))


def test_errors_of_a_hook_have_no_context() -> None:
    with pytest.raises(AttributeError, match="the hook has none") as caught:
        load_attribute(Hooked(), "missing")
    assert caught.value.__context__ is None


def test_an_error_that_names_its_load_already() -> None:
    with pytest.raises(AttributeError) as caught:
        load_attribute(plain := Plain(), "broken")
    assert caught.value.name == "missing"
    assert caught.value.obj is plain


def test_a_class_that_is_still_being_made() -> None:
    outcomes: list[object] = []

    class Meta(type):
        label = "of the metaclass"

        def mro(cls) -> list[type]:
            for name in ("label", "x", "__name__"):
                outcomes.append(outcome(load_attribute, cls, name))
                outcomes.append(outcome(getattr, cls, name))
            return super().mro()

    Meta("C", (), {"x": 1})
    assert outcomes[0::2] == outcomes[1::2]


def test_getattribute_borrowed_from_another_type() -> None:
    class Borrowed:
        __getattribute__ = list.__getattribute__

    class Misused:
        __getattribute__ = type.__getattribute__

    for obj in (Borrowed(), Misused()):
        assert outcome(load_attribute, obj, "x") == outcome(getattr, obj, "x")


def test_types_taken_for_generic_search_as_object_does() -> None:
    generic = ctypes.cast(ctypes.pythonapi.PyObject_GenericGetAttr, ctypes.c_void_p).value
    # PyDescrObject is an object header and three pointers; `d_base` and `d_wrapped` follow.
    wrapped = object.__basicsize__ + 4 * ctypes.sizeof(ctypes.c_void_p)
    checked = 0
    for cls in [object, *all_types(object)]:
        entry = cls.__dict__.get("__getattribute__")
        if id(cls) in mro._GENERIC_OWNERS and entry is not None:
            assert ctypes.c_void_p.from_address(id(entry) + wrapped).value == generic, cls
            checked += 1
    assert checked > 10


def all_types(cls: type) -> list[type]:
    found = type.__subclasses__(cls)
    return found + [below for sub in found if sub is not type for below in all_types(sub)]


def test_bind() -> None:
    def function(self: object) -> None: ...

    plain = Plain()
    assert bind(function, plain, Plain) == types.MethodType(function, plain)
    assert bind(function, None, Plain) is function
    assert bind(classmethod(function), plain, Plain) == types.MethodType(function, Plain)
    assert bind(5, plain, Plain) == 5
    assert bind(Told(), None, Plain) == ("get", None, Plain)
    with pytest.raises(TypeError, match="'NoneType' object is not callable"):
        bind(NoGet(), plain, Plain)
