"""Where the host keeps the entries of dicts: offsets, claims against live objects.

    dict -> keys: header, indices (1, 2, 4 or 8 bytes each), entries

The entries are in the order of insertion; an index is the number of an entry, or says that there is
none. Only needed where a hot loop meets dicts, so it is probed then.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cache

from .host import host_layout
from .memory import Memory, mismatch
from .strings import HASH as STRING_HASH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USED = 16
WATCHERS = 24
"""The byte that says who is told of changes (3.12 and later)."""
KEYS = 32
VALUES = 40
"""Values of a dict that shares its keys with others, else null."""
ENTRIES = 24
"""In the keys: the number of entries, those of deleted keys among them."""
ITERATED, ITERATED_SIZE, ITERATED_POSITION, ITEMS_LEFT = 16, 24, 32, 48
"""Of an iterator: the dict, its size when that was made, the next entry, the items left."""
LOG2_SIZE = 8
LOG2_INDEX_BYTES = 9
KIND = 10
INDICES = 32
GENERAL = 0
"""The kind of keys whose entries begin with the hash; the others are a key and a value."""
GENERAL_ENTRY = 24
STRING_ENTRY = 16
EMPTY, DUMMY = -1, -2
"""Indices that are no entry: never used, or deleted."""

HASH_MODULUS = 2**61 - 1
PERTURB = 5
HAS_WATCHERS = sys.version_info >= (3, 12)


@cache
def dict_problem() -> str:
    """Why native code cannot read dicts here, or nothing; probed on the first call."""
    return host_layout().lacks() or mismatch("dicts", probe)


def probe(memory: Memory) -> str:
    """What does not hold, or nothing."""
    numbers: dict[Any, float] = {n * n - 7: n + 0.5 for n in range(40)}
    many: dict[Any, float] = {n * 10**15: n + 0.5 for n in range(-100, 100)}
    words: dict[Any, float] = {f"word {n}": n + 0.5 for n in range(20)}
    mixed: dict[Any, float] = {**words, 3: 0.5}
    for found in (numbers, words, mixed):
        for key in list(found)[3:9]:
            del found[key]
    holds = {
        "ints": all(finds(memory, numbers, n) for n in range(-7, 60)),
        "many ints": all(finds(memory, many, n * 10**15) for n in range(-100, 110, 7)),
        "strings": all(finds(memory, words, f"word {n}") for n in range(22)),
        "both": all(finds(memory, mixed, key) for key in ["word 9", 3, 4, "word 3"]),
        "empty": finds(memory, {}, 0) and finds(memory, {}, ""),
        "size": all(memory.signed(id(d) + USED) == len(d) for d in (numbers, many, words, mixed)),
        "entries": all(goes_on(memory, d) for d in (numbers, many, words, mixed)),
        "watchers": not HAS_WATCHERS or memory.byte(id(numbers) + WATCHERS) == 0,
        "hashes": all(hash_of(n) == hash(n) for n in (0, -1, 5, 2**61 - 1, -(2**63), 2**63 - 1)),
    }
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


def goes_on(memory: Memory, found: dict[Any, float]) -> bool:
    """Whether the iterators of a dict are where they ought to be."""
    keys = memory.pointer(id(found) + KEYS)
    iterators: tuple[Any, ...] = (iter(found), iter(found.values()), iter(found.items()))
    for iterator in iterators:
        next(iterator)
        next(iterator)
        size, position, left = (
            memory.signed(id(iterator) + offset)
            for offset in (ITERATED_SIZE, ITERATED_POSITION, ITEMS_LEFT)
        )
        holds = memory.pointer(id(iterator) + ITERATED) == id(found)
        holds &= (size, position, left) == (len(found), 2, len(found) - 2)
        if not holds or memory.signed(keys + ENTRIES) < size:
            return False
    return True


def hash_of(number: int) -> int:
    """The hash of an int."""
    rest = abs(number) % HASH_MODULUS
    signed = -rest if number < 0 else rest
    return -2 if signed == -1 else signed


def finds(memory: Memory, found: dict[Any, float], key: object) -> bool:
    """Whether an address comes out for the key's value, or none where there is none."""
    place = place_of(memory, found, key)
    if key not in found:
        return place == 0
    value = id(found[key])
    return place != 0 and memory.pointer(place) == value


def place_of(memory: Memory, found: dict[Any, Any], key: object) -> int:
    """The address of the pointer to a key's value, 0 if there is none; keys are equal if their
    hashes are."""
    keys = memory.pointer(id(found) + KEYS)
    if memory.pointer(id(found) + VALUES):
        return 0
    log2_size, log2_bytes = memory.byte(keys + LOG2_SIZE), memory.byte(keys + LOG2_INDEX_BYTES)
    is_general = memory.byte(keys + KIND) == GENERAL
    width = 1 if log2_size < 8 else 2 if log2_size < 16 else 4 if log2_size < 32 else 8
    entries = keys + INDICES + (1 << log2_bytes)
    mask = (1 << log2_size) - 1
    number = hash(key)
    perturb = number % 2**64
    position = number & mask
    while True:
        at = memory.read(keys + INDICES + width * position, width)
        index = int.from_bytes(at, "little", signed=True)
        if index == EMPTY:
            return 0
        if index >= 0:
            entry = entries + (GENERAL_ENTRY if is_general else STRING_ENTRY) * index
            if is_general:
                if memory.signed(entry) == number:
                    return entry + 16
            elif memory.signed(memory.pointer(entry) + STRING_HASH) == number:
                return entry + 8
        perturb >>= PERTURB
        position = position * 5 + perturb + 1 & mask


DICT_METHODS = frozenset(
    [
        "__contains__",
        "__getitem__",
        "__iter__",
        "__len__",
        "__setitem__",
        "get",
        "items",
        "keys",
        "pop",
        "setdefault",
        "values",
    ]
)
"""Methods that native code has taken over."""


def is_defaulting(kind: type) -> bool:
    """Whether objects of a type are dicts but for what they give for a key that is missing:
    `defaultdict`, and `Counter` as the standard library has it."""
    if kind is defaultdict:
        return True
    counter = getattr(sys.modules.get("collections"), "Counter", None)
    if kind is not counter or not isinstance(counter, type):
        return False
    namespaces = [vars(base) for base in counter.__mro__]
    found = {name: next(n[name] for n in namespaces if name in n) for name in DICT_METHODS}
    return all(found[name] is vars(dict)[name] for name in DICT_METHODS)
