"""References to objects, counted on both sides of native code.

In: the places that hold objects at first, a frame's. Out: for each object that is reached from
there, how many references to it others hold, which were not reached. That must not change: native
code may move objects between containers and variables, but what it gives up it must release, and
what it keeps it must own. What others hold is alive afterwards, so it is looked at again even if
nothing leads there any more.

Only objects are counted that nothing else deals with meanwhile: no small ints, strings, classes.
"""

from __future__ import annotations

import ctypes
from types import BuiltinFunctionType, FunctionType, ModuleType

from .describing import LIMIT, contained

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

UNCOUNTED = (bool, str, bytes, type, type(None), FunctionType, BuiltinFunctionType, ModuleType)
IMMORTAL = 1 << 28
"""From so many references on an object may be one that is not counted."""

SMALL = range(-5, 257)
"""Ints of which there is one object each."""


class Count(NamedTuple):
    """References to one object that were not reached; its type, and the address of that."""

    others: int
    type: str
    type_address: int


def count_references(
    held: list[Any], roots: Sequence[int], alive: Sequence[int] = ()
) -> dict[int, Count] | None:
    """Count, by address. `held` has an object as often as the frame refers to it, and goes empty;
    `roots` and `alive` are addresses of further objects to begin at, of which the roots themselves
    are not counted. None if there are too many objects."""
    references: dict[int, int] = {}
    objects: dict[int, Any] = {}
    found: Any
    part: Any
    for found in held:
        references[id(found)] = references.get(id(found), 0) + 1
    work = [*held, *map(object_at, (*roots, *alive))]
    held.clear()
    size = 0
    while work:
        found = work.pop()
        if id(found) in objects:
            continue
        objects[id(found)] = found
        for part in contained(found):
            references[id(part)] = references.get(id(part), 0) + 1
            size += 1
            if id(part) not in objects:
                work.append(part)
        if size > LIMIT:
            return None
    found = part = None
    counts: dict[int, Count] = {}
    for address in objects:
        kind = type(objects[address])
        if issubclass(kind, UNCOUNTED) or (kind is int and objects[address] in SMALL):
            continue
        if address in roots or (kind is tuple and not objects[address]):
            continue
        number = reference_count(address)
        if number < IMMORTAL:
            # one of them is that of `objects`
            others = number - references.get(address, 0) - 1
            counts[address] = Count(others, kind.__qualname__, id(kind))
    return counts


def reference_count(address: int) -> int:
    """The number of references to an object."""
    return ctypes.c_ssize_t.from_address(address).value


def object_at(address: int) -> Any:
    """The object at an address."""
    return ctypes.cast(address, ctypes.py_object).value


def is_alive(address: int, count: Count) -> bool:
    """Whether the object at an address, which was counted before, seems to be there still."""
    kind = ctypes.c_size_t.from_address(address + ctypes.sizeof(ctypes.c_ssize_t)).value
    return reference_count(address) > 0 and kind == count.type_address
