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
        "size": all(memory.signed(id(s) + USED) == len(s) for s in (few, many, gone)),
    }
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


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
