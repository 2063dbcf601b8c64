"""Dicts, sets and strings as the evaluator sees them."""

from __future__ import annotations

import ctypes
import operator

from ..layout.offsets import TUPLE_ITEMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PLAIN = (int, str, float, bool, type(None))
"""Types of keys that are looked at without running Python."""


class Null:
    """The null pointer."""

    def __repr__(self) -> str:
        return "NULL"


NULL = Null()


class Place:
    """Where a dict keeps the value of a key: an array of one object."""

    __slots__ = ("found", "key")

    def __init__(self, found: dict[Any, Any], key: object) -> None:
        self.found = found
        self.key = key

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> object:
        return self.key if index < 0 else self.found[self.key]

    def __setitem__(self, index: int, value: object) -> None:
        self.found[self.key] = value


def find(found: dict[Any, Any], key: object) -> Place | Null | None:
    """The place of a key, NULL if it is missing, None if the host might have to call a key's own
    methods."""
    if any(type(known) not in PLAIN for known in found):
        return None
    for known in found:
        if hash(known) == hash(key) and (type(known) is not type(key)):
            return None
    return Place(found, key) if key in found else NULL


def has_key(found: set[Any], key: object) -> bool | None:
    """Whether a set has a key; None if the host might have to call a key's own methods."""
    place = find(dict.fromkeys(found), key) if all(type(k) in PLAIN for k in found) else None
    return None if place is None else isinstance(place, Place)


def add_key(found: set[Any], key: object, is_there: bool) -> None:
    """Add a key unless it is there."""
    assert is_there is (key in found)
    found.add(key)


COMBINE: dict[str, Callable[[set[Any], set[Any]], set[Any]]] = {
    "PyNumber_And": operator.and_,
    "PyNumber_Or": operator.or_,
    "PyNumber_Subtract": operator.sub,
    "PyNumber_Xor": operator.xor,
}


def combine(a: set[Any], b: set[Any], name: str) -> set[Any]:
    return COMBINE[name](a, b)


def remove_item(found: dict[Any, Any], place: Place, key: object) -> None:
    assert place.found is found
    del found[key]


def discard_key(found: set[Any], key: object, is_there: bool) -> None:
    assert is_there is (key in found)
    found.discard(key)


def lets_go(place: Place | Null) -> object | None:
    """Whether nothing is at a place, or what is plain; None if not."""
    return place if isinstance(place, Null) or consists_plainly(place[0]) else None


def consists_plainly(found: Any) -> bool:
    if type(found) in (list, tuple, set):
        return all(consists_plainly(each) for each in found)
    if type(found) is dict:
        return all(consists_plainly(each) for pair in found.items() for each in pair)
    return type(found) in PLAIN


def new_tuple(size: int) -> tuple[object, ...]:
    """A tuple of its own, which is filled in."""
    return tuple([None] * size)


def fill_tuple(items: tuple[object, ...], index: int, value: object) -> None:
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(value))
    place = id(items) + TUPLE_ITEMS + 8 * index
    ctypes.c_void_p.from_address(place).value = id(value)


def next_entry(found: dict[Any, Any] | set[Any], position: int) -> int:
    """As if nothing had ever been deleted, and sets had no gaps."""
    return position if position < len(found) else -1


def dict_entry(found: dict[Any, Any], position: int) -> tuple[object, ...]:
    return list(found.items())[position]


def set_entry(found: set[Any], position: int) -> tuple[object, ...]:
    return (list(found)[position],)


def set_item(found: dict[Any, Any], place: Place | Null, key: object, value: object) -> None:
    """A new value for a key; `place` says whether it is there, and is no other's."""
    is_new = isinstance(place, Null)
    assert is_new is (key not in found)
    assert isinstance(place, Null) or (place.found is found and place.key == key)
    found[key] = value


def is_replaceable(place: Place | Null) -> object | None:
    """Whether nothing is at a place, or what runs no Python when it ends; None if not."""
    replaced = (int, float, bool, type(None))
    return place if isinstance(place, Null) or type(place[0]) in replaced else None


def character_at(text: str, index: int) -> int:
    return ord(text[index]) if 0 <= index < len(text) else 0


def character_object(code: int) -> str | None:
    """The host has one string each of the characters of Latin-1."""
    return chr(code) if 0 <= code < 256 else None
