"""Where the host keeps the attributes of instances: offsets, claims against live objects, and what
a class says.

Instances of a class share their attributes' names, its *keys*; each has an array of values in the
order of the keys, until someone looks at its `__dict__`. Attributes of `__slots__` lie in the
object. Only needed where a hot loop meets instances, so it is probed then.
"""

from __future__ import annotations

import sys
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
