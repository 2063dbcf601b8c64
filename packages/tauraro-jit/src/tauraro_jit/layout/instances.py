"""Where the host keeps the attributes of instances: offsets, claims against live objects, and what
a class says.

Instances of a class share their attributes' names, its *keys*; each has an array of values in the
order of the keys, until someone looks at its `__dict__`. Attributes of `__slots__` lie in the
object. Only needed where a hot loop meets instances, so it is probed then.
"""

from __future__ import annotations

import ctypes
import sys
from _weakref import ref
from functools import cache
from types import MemberDescriptorType

from .host import host_layout
from .memory import Memory, mismatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

VERSION_TAG = 384
"""In a type: a number that changes when the type, or one of its bases, does. 0 says nothing."""
KEYS_KIND = 10
KEYS_INDEX_BYTES = 9
KEYS_COUNT = 24
KEYS_INDICES = 32
SPLIT = 2
"""The kind of keys that instances share."""
DESCRIPTOR_MEMBER = 40
MEMBER_TYPE = 8
MEMBER_OFFSET = 16
MEMBER_FLAGS = 24
OBJECT_MEMBER = 16
"""The type of a member that is an object, or missing."""

TP_DEALLOC = 52
TP_ALLOC = 47
TP_NEW = 65
"""Numbers of `PyType_GetSlot`: how instances end, and how they are made."""

MANAGED_DICT = 1 << 4
INLINE_VALUES = 1 << 2
HEAP_TYPE = 1 << 9
"""Flags of types."""


class InstanceOffsets(NamedTuple):
    """What differs between versions: where a type has its `keys`; the `values` of an instance (a
    word before the object that points to them, or the values themselves); `tagged`: the word is a
    pointer to them plus one, or one to a dict. `valid` is the byte that says whether values in the
    object are used, and `dict` the word that then must be 0."""

    keys: int
    values: int
    tagged: bool = False
    valid: int | None = None
    dict: int = 0
    flags: int = MANAGED_DICT


INSTANCE_OFFSETS: dict[tuple[int, int], InstanceOffsets] = {
    (3, 11): InstanceOffsets(872, -32),
    (3, 12): InstanceOffsets(880, -24, tagged=True),
    (3, 13): InstanceOffsets(880, 24, valid=19, dict=-24, flags=MANAGED_DICT | INLINE_VALUES),
}

NAMED = -2
FIRST_NAME = -3
"""Bytes before the values, where these are not in the object: how many attributes there are, and
the number of the first one; that of the next one is before it."""

NAMED_INSIDE = -7
ROOM_INSIDE = -8
"""Bytes before values in the object: how many attributes there are, and for how many there is room:
behind that the numbers follow."""


class InstanceLayout(NamedTuple):
    """The offsets that hold, or the reason why none can be used."""

    offsets: InstanceOffsets | None
    problem: str = ""


@cache
def instance_layout() -> InstanceLayout:
    """The layout of instances on the running host, probed on the first call."""
    reason = host_layout().lacks()
    if reason:
        return InstanceLayout(None, reason)
    return find_layout(INSTANCE_OFFSETS[sys.version_info[:2]])


def find_layout(offsets: InstanceOffsets) -> InstanceLayout:
    """Compare these offsets with live objects."""
    problem = mismatch("instances", lambda memory: probe(memory, offsets))
    return InstanceLayout(None, problem) if problem else InstanceLayout(offsets)


def probe(memory: Memory, offsets: InstanceOffsets) -> str:
    """What does not hold, or nothing."""

    class Base:
        limit = 1

        def __init__(self) -> None:
            self.first = 1.5
            self.second = memory

    class Plain(Base):
        pass

    class Slotted:
        __slots__ = ("one", "two")

    plain, seen = Plain(), Plain()
    fresh = object.__new__(Plain)
    slotted: Any = Slotted()
    slotted.two = memory
    turned: Any = object.__new__(Plain)
    turned.second, turned.first = plain, 2.5
    values = values_of(memory, offsets, plain)
    names = keys_of(memory, offsets, Plain)
    tags = [version_of(memory, Plain)]
    tags.append(version_of(memory, Plain))
    Base.limit = 2
    stale = memory.uint32(id(Plain) + VERSION_TAG)
    tags.append(version_of(memory, Plain))
    vars(seen)
    offset = slot_offset(memory, vars(Slotted)["two"])
    empty = values_of(memory, offsets, fresh)
    holds = {
        "names": names == {id(sys.intern("first")): 0, id(sys.intern("second")): 1},
        "values": values != 0 and memory.pointer(values) == id(plain.first),
        "second value": values != 0 and memory.pointer(values + 8) == id(memory),
        "missing value": empty != 0 and memory.pointer(empty) == 0,
        "dict": values_of(memory, offsets, seen) == 0 and has_values(Plain, offsets),
        "no dict": not has_values(Slotted, offsets),
        "order": order_of(memory, offsets, turned) == [1, 0],
        "no order": order_of(memory, offsets, fresh) == [],
        "made as objects": is_made_plainly(Plain) and is_made_plainly(Slotted),
        "ended as objects": ending_of(memory, offsets, Plain) is not None,
        "weak reference": refers_weakly(memory, plain),
        "slot": offset is not None and memory.pointer(id(slotted) + offset) == id(memory),
        "version": 0 != tags[0] == tags[1] != tags[2] != 0 and stale not in (tags[0], tags[2]),
    }
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


# --- what a class and an instance say


def has_values(cls: type, offsets: InstanceOffsets) -> bool:
    """Whether instances of a class may have their attributes in an array."""
    return cls.__flags__ & offsets.flags == offsets.flags


def version_of(memory: Memory, cls: type) -> int:
    """The version tag of a class; 0 if the host gives it none."""
    type.__getattribute__(cls, "__init__")  # a look-up gives it one
    return memory.uint32(id(cls) + VERSION_TAG)


def keys_of(memory: Memory, offsets: InstanceOffsets, cls: type) -> dict[int, int]:
    """The names of the attributes of a class's instances, by address, numbered. Attributes may be
    added, none goes away."""
    keys = memory.pointer(id(cls) + offsets.keys)
    if not keys or memory.byte(keys + KEYS_KIND) != SPLIT:
        return {}
    entries = keys + KEYS_INDICES + (1 << memory.byte(keys + KEYS_INDEX_BYTES))
    count = memory.signed(keys + KEYS_COUNT)
    return {memory.pointer(entries + 16 * number): number for number in range(count)}


def values_of(memory: Memory, offsets: InstanceOffsets, instance: Any) -> int:
    """The address of the attributes of an instance, 0 if they are in a dict."""
    address = id(instance)
    if offsets.valid is not None:
        used = memory.byte(address + offsets.valid) and not memory.pointer(address + offsets.dict)
        return address + offsets.values if used else 0
    word = memory.pointer(address + offsets.values)
    if not offsets.tagged:
        return word
    return word + 1 if word & 1 else 0


def slot_offset(memory: Memory, descriptor: object) -> int | None:
    """Where a member of `__slots__` lies in an instance."""
    if not isinstance(descriptor, MemberDescriptorType):
        return None
    member = memory.pointer(id(descriptor) + DESCRIPTOR_MEMBER)
    kind, flags = memory.int32(member + MEMBER_TYPE), memory.int32(member + MEMBER_FLAGS)
    offset = memory.signed(member + MEMBER_OFFSET)
    return offset if (kind, flags) == (OBJECT_MEMBER, 0) and offset % 8 == 0 else None


# --- how instances are made, and how they end


class Ending(NamedTuple):
    """What an instance drops when it ends, which runs no code of the program: its values
    (`has_values`), the objects at the offsets `slots`. At the offset `weak`, if that is not 0, are
    its weak references: it must have none."""

    has_values: bool
    slots: tuple[int, ...]
    weak: int


def order_of(memory: Memory, offsets: InstanceOffsets, instance: object) -> list[int]:
    """The numbers of the attributes of an instance in the order in which it got them."""
    values = values_of(memory, offsets, instance)
    if offsets.valid is None:
        count = memory.byte(values + NAMED)
        return [memory.byte(values + FIRST_NAME - k) for k in range(count)]
    first = values + 8 * memory.byte(values + ROOM_INSIDE)
    return [memory.byte(first + k) for k in range(memory.byte(values + NAMED_INSIDE))]


def slot_of(cls: type, number: int) -> int:
    """The address of a function of a type."""
    get_slot = ctypes.pythonapi.PyType_GetSlot
    get_slot.restype, get_slot.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_int]
    return int(get_slot(cls, number) or 0)


def is_made_plainly(cls: type) -> bool:
    """Whether the host allocates instances of a class as those of `object`."""
    return all(slot_of(cls, number) == slot_of(object, number) for number in (TP_NEW, TP_ALLOC))


def ending_of(memory: Memory, offsets: InstanceOffsets, cls: type) -> Ending | None:
    """How the instances of a class end; None if that may run code of the program, or of an
    extension."""

    class Plain:
        pass

    with_values = has_values(cls, offsets)
    slots = []
    for base in type.__dict__["__mro__"].__get__(cls):
        namespace = type.__dict__["__dict__"].__get__(base)
        is_plain = base is object or slot_of(base, TP_DEALLOC) == slot_of(Plain, TP_DEALLOC)
        if not is_plain or "__del__" in namespace:
            return None
        for member in namespace.values():
            if isinstance(member, MemberDescriptorType):
                offset = slot_offset(memory, member)
                if offset is None:
                    return None
                slots.append(offset)
    if cls.__dictoffset__ and not with_values:
        return None
    return Ending(with_values, tuple(sorted(slots)), cls.__weakrefoffset__)


def refers_weakly(memory: Memory, instance: object) -> bool:
    """Whether the offset of a class's weak references is right."""
    offset = type(instance).__weakrefoffset__
    reference = ref(instance)
    return memory.pointer(id(instance) + offset) == id(reference)
