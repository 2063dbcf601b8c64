"""Where the host keeps the items of deques: offsets, claims against live objects; and the C
functions that change them."""

from __future__ import annotations

import ctypes
from collections import deque
from functools import cache

from .host import host_layout
from .memory import Memory, mismatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SIZE = 16
FIRST_BLOCK, LAST_BLOCK = 24, 32
FIRST_INDEX, LAST_INDEX = 40, 48
MOST = 64
"""The greatest size; -1 if there is none."""
ITEMS = 8
"""In a block: the items."""

METHOD = 40
"""In the descriptor of a method: its definition."""
FUNCTION, FLAGS = 8, 16
"""In the definition: the C function, and how it is called."""
NO_ARGUMENTS, ONE_ARGUMENT = 4, 8
METHODS = {
    "append": ONE_ARGUMENT,
    "appendleft": ONE_ARGUMENT,
    "pop": NO_ARGUMENTS,
    "popleft": NO_ARGUMENTS,
}


@cache
def deque_problem() -> str:
    """Why native code cannot use deques here, or nothing; probed on the first call."""
    return host_layout().lacks() or mismatch("deques", probe)


def probe(memory: Memory) -> str:
    """What does not hold, or nothing."""
    few: deque[Any] = deque([5, 6, 7])
    many: deque[Any] = deque(range(300))
    for _ in range(100):
        many.popleft()
        many.pop()
    bounded: deque[Any] = deque([1, 2], 9)
    holds = {
        "size": all(memory.signed(id(d) + SIZE) == len(d) for d in (few, many, bounded)),
        "first": all(item_at(memory, d, FIRST_BLOCK, FIRST_INDEX) == id(d[0]) for d in (few, many)),
        "last": all(item_at(memory, d, LAST_BLOCK, LAST_INDEX) == id(d[-1]) for d in (few, many)),
        "most": memory.signed(id(few) + MOST) == -1 and memory.signed(id(bounded) + MOST) == 9,
        "methods": all(flags_of(memory, name) == flags for name, flags in METHODS.items()),
    }
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


def item_at(memory: Memory, found: deque[Any], block: int, index: int) -> int:
    """The address of the item at an end."""
    place = memory.pointer(id(found) + block) + ITEMS
    return memory.pointer(place + 8 * memory.signed(id(found) + index))


def flags_of(memory: Memory, name: str) -> int:
    """How a method is called."""
    return memory.int32(memory.pointer(id(getattr(deque, name)) + METHOD) + FLAGS)


@cache
def function(name: str) -> int:
    """The address of the C function of a method, which lives as long as the process."""
    definition = ctypes.c_int64.from_address(id(getattr(deque, name)) + METHOD).value
    return ctypes.c_int64.from_address(definition + FUNCTION).value
