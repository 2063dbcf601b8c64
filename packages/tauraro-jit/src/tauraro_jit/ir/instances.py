"""Attributes of instances as the evaluator sees them: by the numbers that native code uses.

Number n is the n-th name that the instances of a class share, or, in the instance itself, the n-th
word, that of a member of `__slots__`.
"""

from __future__ import annotations

import ctypes
from types import (
    BuiltinFunctionType,
    CellType,
    FunctionType,
    MemberDescriptorType,
    MethodDescriptorType,
)

from ..layout.instances import (
    HEAP_TYPE,
    InstanceOffsets,
    instance_layout,
    keys_of,
    slot_offset,
    values_of,
)
from ..layout.memory import Memory
from ..layout.offsets import (
    DESCRIPTOR_DEFINITION,
    FUNCTION_CLOSURE,
    FUNCTION_GLOBALS,
    FUNCTION_KEYWORD_DEFAULTS,
    METHOD_DEFINITION,
    METHOD_OWNER,
    TUPLE_ITEMS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WORD = 8


class Attributes:
    """Where the attributes of an instance are that have no slots."""

    __slots__ = ("instance",)

    def __init__(self, instance: object) -> None:
        self.instance = instance


def attributes(instance: object) -> Attributes | None:
    """Where the attributes of an instance are; None if they are in a dict."""
    offsets = layout()
    with Memory() as memory:
        return Attributes(instance) if values_of(memory, offsets, instance) else None


def same_object(a: object, b: object) -> bool:
    """Identity."""
    if isinstance(a, Attributes) and isinstance(b, Attributes):
        return a.instance is b.instance
    return a is b


def layout() -> InstanceOffsets:
    """The offsets, which hold where instances are compiled."""
    offsets = instance_layout().offsets
    assert offsets is not None
    return offsets


def place_of(found: object, number: int) -> tuple[object, str]:
    """The instance and the name of an attribute."""
    with Memory() as memory:
        if not isinstance(found, Attributes):
            return found, slots(memory, type(found))[number]
        keys = keys_of(memory, layout(), type(found.instance))
    (key,) = (key for key, place in keys.items() if place == number)
    return found.instance, ctypes.cast(key, ctypes.py_object).value


def slots(memory: Memory, cls: type) -> dict[int, str]:
    """The members of `__slots__` by number."""
    found = {}
    for base in reversed(cls.__mro__):
        for number, name in enumerate(vars(base).get("_fields", ())):
            found[TUPLE_ITEMS // WORD + number] = name
        for name, member in vars(base).items():
            if isinstance(member, MemberDescriptorType):
                offset = slot_offset(memory, member)
                if offset is not None:
                    found[offset // WORD] = name
    return found


def count_keys(cls: type) -> int:
    """How many names the instances of a class have had."""
    with Memory() as memory:
        return len(keys_of(memory, layout(), cls))


OF_FUNCTIONS = {
    FUNCTION_GLOBALS // WORD: "__globals__",
    FUNCTION_KEYWORD_DEFAULTS // WORD: "__kwdefaults__",
    FUNCTION_CLOSURE // WORD: "__closure__",
}


def read_field(found: object, number: int) -> Any:
    """An attribute, None if it is not set: then native code leaves. (It leaves, too, where this
    finds None itself, which changes nothing of what the program does.)"""
    if type(found) is tuple:
        return found[number - TUPLE_ITEMS // WORD]
    if isinstance(found, FunctionType):
        return getattr(found, OF_FUNCTIONS[number])
    if isinstance(found, MethodDescriptorType):
        assert number == DESCRIPTOR_DEFINITION // WORD
        return found
    if isinstance(found, BuiltinFunctionType):
        if number == METHOD_OWNER // WORD:
            return found.__self__
        assert number == METHOD_DEFINITION // WORD
        return vars(type(found.__self__))[found.__name__]
    if isinstance(found, CellType):
        try:
            return found.cell_contents
        except ValueError:
            return None
    return getattr(*place_of(found, number), None)


def write_field(found: object, number: int, value: object) -> None:
    """Set an attribute."""
    if isinstance(found, CellType):
        found.cell_contents = value
        return
    setattr(*place_of(found, number), value)


def new_instance(cls: type) -> object:
    """An instance without attributes."""
    return object.__new__(cls)


def is_ending_quietly(found: object) -> bool:
    """Whether an instance ends without a method of its class."""
    return bool(type(found).__flags__ & HEAP_TYPE) and not hasattr(type(found), "__del__")
