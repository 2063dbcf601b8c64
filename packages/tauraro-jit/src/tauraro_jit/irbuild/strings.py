"""Strings: their characters, comparisons, a few functions and methods.

    c = text[i]        the code point of a character stands for it (CHAR), with no object
    c == "a"           two numbers are compared
    word == other      the host's strings (STR) are compared

No string is made. Where a character is the key of a dict the host's own string of it is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.strings import characters, string_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from . import arithmetic
from .builder import RegionBuilder, Unsupported
from .frames import ENTERS
from .literals import as_text, character, is_constant_text
from .sequences import GET_ITEM, position
from .state import Key, Kind, Typed
from .words import INTEGERS

TEXTS = (Kind.STR, Kind.CHAR)

ASCII = 128
LAST = 0x10FFFF
"""The last code point."""

LONGEST = 16
"""Strings of a constant tuple that are compared one by one."""

FEW = 6
"""Characters that are compared one by one."""


def enter_text(b: RegionBuilder, key: Key, sample: str) -> Typed:
    """A variable that holds a string: a character if it has one, unless strings of any length are
    gone through."""
    if string_problem():
        return Typed(Kind.OPAQUE)
    if len(sample) == 1 and key in b.assigned and not has_words(b):
        slot = b.slot((key, Kind.CHAR), 1)
        b.inputs.append(FrameValue(*key, SlotType.CHAR, slot))
        return Typed(Kind.CHAR, (b.emit(Op.SLOT_INT, attr=slot),))
    slot = b.slot((key, Kind.STR), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, str))
    return Typed(Kind.STR, (b.emit(Op.SLOT_OBJECT, attr=slot),))


def has_words(b: RegionBuilder) -> bool:
    """Whether the loop goes through strings of a list or tuple."""
    loops = b.state.loops
    iterator = loops[0].iterator if loops else None
    while iterator is not None and iterator.kind is Kind.ENUMERATE:
        iterator = iterator.parts[0]
    if iterator is None:
        return False
    return any(part.shape == ("str",) and part.kind in SEQUENCES for part in parts_of(iterator))


SEQUENCES = (Kind.LIST, Kind.TUPLE)


def parts_of(iterator: Typed) -> Sequence[Typed]:
    """What an iterator goes through."""
    return (iterator, *(part for inner in iterator.parts for part in parts_of(inner)))


def is_text(typed: Typed) -> bool:
    """Whether a value is a string."""
    return typed.kind in TEXTS or is_constant_text(typed)


def as_pointer(b: RegionBuilder, typed: Typed) -> Value:
    """A string as an object."""
    if typed.kind is Kind.KNOWN:
        return b.const_object(typed.known)
    if typed.kind is Kind.STR:
        return typed.values[0]
    if isinstance(typed.known, str):
        return b.const_object(typed.known)
    if characters() is None:
        raise Unsupported("strings of one character, which do not lie side by side")
    return b.emit(Op.CHARACTER_CHECKED, typed.values[0])


# --- comparisons


def compare(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Value:
    """A comparison of two strings."""
    left, right = as_text(b, left), as_text(b, right)
    op = arithmetic.INT_COMPARE.get(operator)
    if op is not None and left.kind is right.kind is Kind.CHAR:
        return b.emit(op, left.values[0], right.values[0])
    if op is not None and operator not in ("Eq", "NotEq"):
        order = b.emit(Op.STR_COMPARE, as_pointer(b, left), as_pointer(b, right))
        return b.emit(op, order, b.const_int(0))
    if op is None:
        raise Unsupported(f"{operator} of strings")
    same = equal(b, left, right)
    return same if operator == "Eq" else b.emit(Op.NOT, same)


def equal(b: RegionBuilder, left: Typed, right: Typed) -> Value:
    """Whether two strings are equal."""
    if left.kind is Kind.CHAR:
        left, right = right, left
    if right.kind is Kind.STR:
        return b.emit(Op.STR_EQUAL, left.values[0], right.values[0])
    if isinstance(left.known, str):  # of more or less than one character
        return b.const_bool(False)
    one = b.emit(Op.INT_EQ, size(b, left), b.const_int(1))
    # behind the last character there is another: a zero
    first = b.emit(Op.STR_AT_CHECKED, left.values[0], b.const_int(0))
    return b.emit(Op.BOTH, one, b.emit(Op.INT_EQ, first, right.values[0]))


def contains(b: RegionBuilder, container: Typed, item: Typed) -> Value:
    """Whether a character is one of a constant string's; whether a string is part of another."""
    known = container.known
    item = as_text(b, item)
    if not isinstance(known, str) or item.kind is not Kind.CHAR or is_long(known):
        pointers = as_pointer(b, container), as_pointer(b, item)
        return b.emit(Op.STR_HAS_CHECKED, *pointers)
    return is_one_of(b, item.values[0], known)


def is_in(b: RegionBuilder, container: Typed, item: Typed) -> Value:
    """Whether a string is one of a constant tuple's, or of a display's."""
    parts: Sequence[Typed] = container.parts
    if container.kind is Kind.KNOWN and type(container.known) is tuple:
        parts = [Typed(Kind.KNOWN, known=part) for part in container.known]
    elif container.kind is not Kind.PAIR:
        raise Unsupported(f"a search for a string in {container.kind.name.lower()}")
    if not 1 <= len(parts) <= LONGEST or not all(is_text(part) for part in parts):
        raise Unsupported("a search among other things than a few strings")
    found = b.const_bool(False)
    for part in parts:
        found = b.emit(Op.EITHER, found, compare(b, "Eq", item, part))
    return found


def is_long(known: str) -> bool:
    """Whether a string has too many characters beyond ASCII to compare them one by one."""
    return len({c for c in known if ord(c) >= ASCII}) > FEW


def is_one_of(b: RegionBuilder, code: Value, known: str) -> Value:
    """Whether a code point is among these: one by one, or by a bit of a mask."""
    codes = sorted({ord(c) for c in known})
    singles = codes if len(codes) <= FEW else [found for found in codes if found >= ASCII]
    if len(singles) > FEW:
        raise Unsupported("a search in a long string")
    result = b.const_bool(False)
    for single in singles:
        result = b.emit(Op.EITHER, result, b.emit(Op.INT_EQ, code, b.const_int(single)))
    if len(codes) > FEW:
        result = b.emit(Op.EITHER, result, by_mask(b, code, codes))
    return result


def by_mask(b: RegionBuilder, code: Value, codes: Sequence[int]) -> Value:
    """Whether a code point is among these, as far as they are ASCII."""
    halves = []
    for first in (0, 64):
        bits = sum(1 << found - first for found in codes if first <= found < first + 64)
        halves.append(b.const_int(bits - 2**64 if bits >= 2**63 else bits))
    is_low = b.emit(Op.INT_LT, code, b.const_int(64))
    mask = b.emit(Op.SELECT_INT, is_low, *halves)
    shifted = b.emit(Op.USHIFT_RIGHT, mask, b.emit(Op.AND, code, b.const_int(63)))
    bit = b.emit(Op.AND, shifted, b.const_int(1))
    is_set = b.emit(Op.INT_NE, bit, b.const_int(0))
    return b.emit(Op.BOTH, is_set, b.emit(Op.INT_LT, code, b.const_int(ASCII)))


# --- characters and numbers


def size(b: RegionBuilder, typed: Typed) -> Value:
    """The number of characters."""
    if isinstance(typed.known, str):
        return b.const_int(len(typed.known))
    return b.const_int(1) if typed.kind is Kind.CHAR else b.emit(Op.STR_SIZE, typed.values[0])


def get_item(b: RegionBuilder, owner: Typed, index: Typed) -> Typed:
    """A character by its index."""
    owner = as_text(b, owner)
    if owner.kind is not Kind.STR or index.kind not in INTEGERS:
        raise Unsupported(f"an element of {owner.kind.name.lower()}")
    pointer = owner.values[0]
    sized = Typed(Kind.TUPLE, (pointer, pointer, size(b, owner)))
    return character(b.emit(Op.STR_AT_CHECKED, pointer, position(b, sized, index)))


def code_of(b: RegionBuilder, typed: Typed) -> Value:
    """The code point of a string that must have one character."""
    typed = as_text(b, typed)
    if typed.kind is Kind.CHAR:
        return typed.values[0]
    b.guard(b.emit(Op.INT_EQ, size(b, typed), b.const_int(1)))
    return b.emit(Op.STR_AT_CHECKED, typed.values[0], b.const_int(0))


def call_ord(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) != 1 or not is_text(values[0]):
        raise Unsupported("ord of something else than a string")
    return Typed(Kind.INT, (code_of(b, values[0]),))


def call_chr(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) != 1 or values[0].kind is not Kind.INT or string_problem():
        raise Unsupported("chr of something else than an int")
    b.guard(b.emit(Op.UINT_LT, values[0].values[0], b.const_int(LAST + 1)))
    return character(values[0].values[0])


def digit(b: RegionBuilder, value: Typed) -> Typed:
    """The int that a string means; the number that a digit of ASCII means."""
    if value.kind is Kind.STR:
        return Typed(Kind.INT, (b.emit(Op.TEXT_TO_INT_CHECKED, value.values[0]),))
    number = b.emit(Op.SUB, code_of(b, value), b.const_int(ord("0")))
    b.guard(b.emit(Op.UINT_LT, number, b.const_int(10)))
    return Typed(Kind.INT, (number,))


# --- methods of characters

CLASSES: dict[str, Callable[[str], bool]] = {
    "isalnum": str.isalnum,
    "isalpha": str.isalpha,
    "isdecimal": str.isdecimal,
    "isdigit": str.isdigit,
    "islower": str.islower,
    "isnumeric": str.isnumeric,
    "isspace": str.isspace,
    "isupper": str.isupper,
}
METHODS: dict[str, Callable[[RegionBuilder, Typed, Sequence[Typed]], Typed]] = {}
"""More methods of strings."""

CASES = {"lower": (ord("A"), 32), "upper": (ord("a"), -32)}
"""Which letter is the first that is changed, and by how much."""


def call_method(b: RegionBuilder, owner: Typed, name: str, values: Sequence[Typed]) -> Typed:
    """A method of a character, which must be ASCII; or one that texts.py knows."""
    owner = as_text(b, owner)
    if owner.kind is not Kind.CHAR or values or (name not in CLASSES and name not in CASES):
        if name not in METHODS:
            raise Unsupported(f"a call of {name}")
        return METHODS[name](b, owner, values)
    code = owner.values[0]
    b.guard(b.emit(Op.UINT_LT, code, b.const_int(ASCII)))
    if name in CLASSES:
        codes = [found for found in range(ASCII) if CLASSES[name](chr(found))]
        return Typed(Kind.BOOL, (by_mask(b, code, codes),))
    first, change = CASES[name]
    place = b.emit(Op.SUB, code, b.const_int(first))
    is_letter = b.emit(Op.UINT_LT, place, b.const_int(26))
    changed = b.emit(Op.ADD, code, b.const_int(change))
    return character(b.emit(Op.SELECT_INT, is_letter, changed, code))


ENTERS[str] = enter_text
GET_ITEM.update(dict.fromkeys((Kind.STR, Kind.CHAR, Kind.KNOWN), get_item))
