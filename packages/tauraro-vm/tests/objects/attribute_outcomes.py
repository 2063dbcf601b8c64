"""What an attribute load did, in a form that two loads can be compared by."""

from __future__ import annotations

from collections.abc import Callable
from types import BuiltinMethodType, MethodType, MethodWrapperType
from typing import Any


class Value:
    """A load that gave `value`. Equal to another that gave the same object, bound the same way."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and _same(self.value, other.value)

    __hash__ = None

    def __repr__(self) -> str:
        return f"Value({type(self.value).__name__} at {id(self.value):#x}: {self.value!r:.100})"


def _same(left: Any, right: Any) -> bool:
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, MethodType):
        return left.__func__ is right.__func__ and left.__self__ is right.__self__
    if isinstance(left, MethodWrapperType | BuiltinMethodType):
        return left.__self__ is right.__self__ and left.__qualname__ == right.__qualname__
    return bool(left == right)


def outcome(load: Callable[[Any, str], Any], obj: Any, name: str) -> object:
    """The value of `load(obj, name)`, or everything that a program can see of its error."""
    try:
        return Value(load(obj, name))
    except Exception as error:
        told = (getattr(error, "name", None), id(getattr(error, "obj", None)))
        return type(error), str(error), told, type(error.__context__), type(error.__cause__)
