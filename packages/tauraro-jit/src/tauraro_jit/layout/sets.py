"""Where the host keeps the elements of sets: offsets, claims against live objects.

A table of keys with their hashes. A look for a key goes through a few entries side by side, then
jumps, until it finds the key or an entry that was never used.
"""

from __future__ import annotations

from functools import cache

from .dicts import PERTURB, dict_problem
from .memory import Memory, mismatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USED = 24
MASK = 32
TABLE = 40
ITERATED, ITERATED_SIZE, ITERATED_POSITION, ITEMS_LEFT = 16, 24, 32, 40
"""Of an iterator: the set, its size when that was made, the next entry, the items left."""
DELETED_HASH = -1
ENTRY = 16
ENTRY_HASH = 8
LINEAR_PROBES = 9
"""Entries behind the first that are looked at before a jump, if the table has so many left."""


@cache
def set_problem() -> str:
    """Why native code cannot read sets here, or nothing; probed on the first call."""
    return dict_problem() or mismatch("sets", probe)


def probe(memory: Memory) -> str:
    """What does not hold, or nothing."""
    few: set[Any] = {3, -7, "text", 2.5}
    many: set[Any] = {n * 10**15 for n in range(150)}
    gone: set[Any] = {n * 16 for n in range(40)}
    gone -= {n * 16 for n in range(9, 30)}
    holds = {
        "few": all(has(memory, few, key) is (key in few) for key in (3, 4, -7, -8, "text", "t")),
        "many": all(has(memory, many, n * 10**15) is (0 <= n < 150) for n in range(-30, 180, 7)),
        "deleted": all(has(memory, gone, n * 16) is (n * 16 in gone) for n in range(0, 45, 2)),
        "iterators": all(goes_on(memory, s) for s in (few, many, gone)),
        "size": all(memory.signed(id(s) + USED) == len(s) for s in (few, many, gone)),
    }
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


def goes_on(memory: Memory, found: set[Any]) -> bool:
    """Whether the iterator of a set is where it ought to be, and entries without keys are seen."""
    mask, table = memory.signed(id(found) + MASK), memory.pointer(id(found) + TABLE)
    entries = [
        (memory.pointer(at), memory.signed(at + ENTRY_HASH))
        for at in range(table, table + ENTRY * (mask + 1), ENTRY)
    ]
    used = [n for n, (key, number) in enumerate(entries) if key and number != DELETED_HASH]
    iterator = iter(found)
    first = next(iterator)
    size, position, left = (
        memory.signed(id(iterator) + offset)
        for offset in (ITERATED_SIZE, ITERATED_POSITION, ITEMS_LEFT)
    )
    holds = memory.pointer(id(iterator) + ITERATED) == id(found) and len(used) == len(found)
    holds &= entries[used[0]][0] == id(first)
    return holds and (size, position, left) == (len(found), used[0] + 1, len(found) - 1)


def has(memory: Memory, found: set[Any], key: object) -> bool:
    """Whether a set has a key; keys are equal if their hashes are."""
    mask, table = memory.signed(id(found) + MASK), memory.pointer(id(found) + TABLE)
    number = hash(key)
    perturb = number % 2**64
    position = number & mask
    while True:
        more = LINEAR_PROBES if position + LINEAR_PROBES <= mask else 0
        for entry in range(table + ENTRY * position, table + ENTRY * (position + more + 1), ENTRY):
            entry_hash = memory.signed(entry + ENTRY_HASH)
            if entry_hash == 0 and memory.pointer(entry) == 0:
                return False
            if entry_hash == number:
                return True
        perturb >>= PERTURB
        position = position * 5 + 1 + perturb & mask
