"""Attributes that native code can help, told from the host's specialized instructions and from the
classes of the module.

An instruction that the host has specialized says what it has met: attributes in the instances
themselves, in slots, in dicts. One that it has not may not have run, or may have met what it cannot
specialize (a property on 3.11); then the name must be one that the module's classes use.
"""

from __future__ import annotations

from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard

GOOD = ("_INSTANCE_VALUE", "_SLOT", "_WITH_VALUES", "_PROPERTY", "_CLASS", "_METHOD_NO_DICT")
"""Ends of the names of specialized instructions that meet instances as native code wants them."""

BAD = ("_WITH_HINT", "_DICT", "_MODULE", "GETATTRIBUTE_OVERRIDDEN")
"""Others: of instances that have a dict, of modules."""

BUILT_IN = ("LOAD_METHOD_NO_DICT", "LOAD_ATTR_METHOD_NO_DICT")
"""Methods of instances without a dict, those of built-in types among them."""

HEAP_TYPE = 1 << 9
"""Flag of types that a program made, or an extension."""


class ClassNames:
    """What the classes among a module's names know."""

    def __init__(self, globals: Mapping[str, object]) -> None:
        self.globals = globals
        self._size = -1
        self._names: set[str] = set()
        self._functions: dict[str, list[FunctionType]] = {}

    def functions(self, name: str) -> list[FunctionType]:
        """The methods and properties of this name."""
        self._look()
        return self._functions.get(name, [])

    def mentions(self, name: str) -> bool:
        """Whether a class has the name, or one of its methods uses it."""
        return name in self._look()

    def _look(self) -> set[str]:
        if self._size != len(self.globals):  # there may be more classes now
            self._size = len(self.globals)
            self._names, self._functions = set(), {}
            for value in list(self.globals.values()):
                if is_class(value):
                    self._look_at(value)
        return self._names

    def _look_at(self, cls: type) -> None:
        for name, function in functions_of(cls):
            self._functions.setdefault(name, []).append(function)
            self._names.update(function.__code__.co_names)
        self._names.update(vars(cls))
        self._names.update(getattr(cls, "__slots__", ()))


def functions_of(cls: type) -> Iterator[tuple[str, FunctionType]]:
    """The methods of a class, and the functions behind its properties."""
    for name, value in list(vars(cls).items()):
        if isinstance(value, property):
            value = value.fget
        elif isinstance(value, (staticmethod, classmethod)):
            value = value.__func__
        if isinstance(value, FunctionType):
            yield name, value


def is_instance(value: object) -> bool:
    """Whether a value is an instance of a class that a program made."""
    return bool(type(value).__flags__ & HEAP_TYPE) and not isinstance(value, type)


def is_class(value: object) -> TypeGuard[type]:
    """Whether a value is a class that a program made."""
    return isinstance(value, type) and bool(value.__flags__ & HEAP_TYPE)
