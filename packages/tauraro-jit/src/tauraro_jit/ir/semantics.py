"""What each operation computes, in Python: the tables behind `evaluate.py`, and behind constant
folding.

Integers are exact 64-bit ones, pointers are the objects themselves; a list's item array is the
list. What native code must not do (read behind the end of a list, divide by zero, take one type for
another) is an EvaluationError.
"""

from __future__ import annotations

import math
import struct
from collections import deque
from collections.abc import Callable, Sequence
from types import FunctionType, NoneType

from ..layout.dicts import is_defaulting
from .buffers import (
    add_element,
    address,
    buffer_data,
    buffer_size,
    buffer_stride,
    distance,
    has_room,
    is_buffer,
    narrow,
    peek,
    poke,
)
from .dicts import NULL as NULL
from .dicts import (
    Place,
    add_key,
    character_at,
    character_object,
    combine,
    consists_plainly,
    dict_entry,
    discard_key,
    fill_tuple,
    find,
    has_key,
    is_replaceable,
    lets_go,
    new_tuple,
    next_entry,
    remove_item,
    set_entry,
    set_item,
)
from .heaps import fits, opens, push, turn
from .instances import (
    attributes,
    count_keys,
    is_ending_quietly,
    new_instance,
    read_field,
    same_object,
    write_field,
)
from .ops import DICT_SETS, JOURNALLED, PARTS, PEEKS, POKES, Op
from .texts import append as append_text
from .texts import called, compare, formatted, joined, matches, to_float
from .texts import to_int as text_to_int

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class EvaluationError(Exception):
    """An operation whose result is not defined."""


# --- integers


def wrap(value: int) -> int:
    """The low 64 bits, signed."""
    return (value + 2**63) % 2**64 - 2**63


def fitting(value: int) -> int | None:
    """A value that fits in 64 bits, else None."""
    return value if -(2**63) <= value < 2**63 else None


def power(base: int, exponent: int) -> int | None:
    if exponent < 0 or (abs(base) > 1 and exponent > 63):
        return None
    return fitting(int(base ** min(exponent, 64 + exponent % 2)))


def power_mod(base: int, exponent: int, modulus: int) -> int | None:
    return pow(base, exponent, modulus) if exponent >= 0 and 0 < modulus <= 2**32 else None


def unsigned(value: int) -> int:
    """The same 64 bits without a sign."""
    return value % 2**64


def unsigned_fitting(value: int) -> int | None:
    """The bits of a value that fits in 64 bits without a sign, else None."""
    return wrap(value) if 0 <= value < 2**64 else None


def unsigned_div(a: int, b: int) -> int:
    if b == 0:
        raise EvaluationError(f"{a} // {b}")
    return wrap(unsigned(a) // unsigned(b))


def unsigned_mod(a: int, b: int) -> int:
    if b == 0:
        raise EvaluationError(f"{a} % {b}")
    return wrap(unsigned(a) % unsigned(b))


def floor_div(a: int, b: int) -> int:
    if b == 0 or (b == -1 and a == -(2**63)):
        raise EvaluationError(f"{a} // {b}")
    return a // b


def floor_mod(a: int, b: int) -> int:
    if b == 0 or (b == -1 and a == -(2**63)):
        raise EvaluationError(f"{a} % {b}")
    return a % b


def shift_left(a: int, b: int) -> int:
    if not 0 <= b < 64:
        raise EvaluationError(f"{a} << {b}")
    return wrap(a << b)


def shift_right(a: int, b: int) -> int:
    if not 0 <= b < 64:
        raise EvaluationError(f"{a} >> {b}")
    return a >> b


def unsigned_shift_right(a: int, b: int) -> int:
    if not 0 <= b < 64:
        raise EvaluationError(f"{a} >> {b}")
    return wrap(unsigned(a) >> b)


def select(condition: bool, a: Any, b: Any) -> Any:
    return a if condition else b


# --- floats


def bits_to_float(bits: float) -> float:
    """A result that may be a float is one here, where native code has its bits."""
    found: float
    (found,) = (bits,) if isinstance(bits, float) else struct.unpack("<d", struct.pack("<q", bits))
    return found


def divide(a: float, b: float) -> float:
    if b:
        return a / b
    if math.isnan(a) or a == 0 or math.isnan(b):
        return math.nan
    return math.copysign(math.inf, math.copysign(1.0, a) * math.copysign(1.0, b))


def remainder(a: float, b: float) -> float:
    try:
        return math.fmod(a, b)
    except ValueError:
        return math.nan


def call1(a: float, name: str) -> float:
    """A function of libm: nan and inf where Python's own raises, a float where it gives an int."""
    if name in ROUNDING:
        return math.copysign(ROUNDING[name](a), a) if math.isfinite(a) else a
    try:
        return float(getattr(math, name)(a))
    except OverflowError:
        return math.copysign(math.inf, a) if name == "sinh" else math.inf
    except ValueError:
        return -math.inf if name in LOGARITHMS and a == LOGARITHMS[name] else math.nan


def call2(a: float, b: float, name: str) -> float:
    try:
        return float(getattr(math, name)(a, b))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


ROUNDING: dict[str, Callable[[float], float]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "roundeven": round,
}
LOGARITHMS = {"log": 0.0, "log2": 0.0, "log10": 0.0, "log1p": -1.0}


def to_int(a: float) -> int:
    if not -(2.0**63) <= a < 2.0**63:
        raise EvaluationError(f"the int of {a}")
    return int(a)


PURE: dict[Op, Callable[..., Any]] = {
    Op.BITS_TO_FLOAT: bits_to_float,
    Op.CONST_INT: lambda value: value,
    Op.CONST_FLOAT: lambda value: value,
    Op.CONST_BOOL: lambda value: value,
    Op.ADD: lambda a, b: wrap(a + b),
    Op.SUB: lambda a, b: wrap(a - b),
    Op.MUL: lambda a, b: wrap(a * b),
    Op.FLOOR_DIV: floor_div,
    Op.FLOOR_MOD: floor_mod,
    Op.UDIV: unsigned_div,
    Op.UMOD: unsigned_mod,
    Op.AND: lambda a, b: a & b,
    Op.OR: lambda a, b: a | b,
    Op.XOR: lambda a, b: a ^ b,
    Op.SHIFT_LEFT: shift_left,
    Op.SHIFT_RIGHT: shift_right,
    Op.USHIFT_RIGHT: unsigned_shift_right,
    Op.INT_EQ: lambda a, b: a == b,
    Op.INT_NE: lambda a, b: a != b,
    Op.INT_LT: lambda a, b: a < b,
    Op.INT_LE: lambda a, b: a <= b,
    Op.INT_GT: lambda a, b: a > b,
    Op.INT_GE: lambda a, b: a >= b,
    Op.UINT_LT: lambda a, b: unsigned(a) < unsigned(b),
    Op.SELECT_INT: select,
    Op.FADD: lambda a, b: a + b,
    Op.FSUB: lambda a, b: a - b,
    Op.FMUL: lambda a, b: a * b,
    Op.FDIV: divide,
    Op.FNEG: lambda a: -a,
    Op.FREM: remainder,
    Op.FLOAT_EQ: lambda a, b: a == b,
    Op.FLOAT_NE: lambda a, b: a != b,
    Op.FLOAT_LT: lambda a, b: a < b,
    Op.FLOAT_LE: lambda a, b: a <= b,
    Op.FLOAT_GT: lambda a, b: a > b,
    Op.FLOAT_GE: lambda a, b: a >= b,
    Op.SELECT_FLOAT: select,
    Op.CALL1: call1,
    Op.CALL2: call2,
    Op.NOT: lambda a: not a,
    Op.BOTH: lambda a, b: a and b,
    Op.EITHER: lambda a, b: a or b,
    Op.DIFFER: lambda a, b: a != b,
    Op.INT_TO_FLOAT: float,
    Op.UINT_TO_FLOAT: lambda a: float(unsigned(a)),
    Op.FLOAT_TO_INT: to_int,
    Op.BOOL_TO_INT: int,
    Op.IS_OBJECT: same_object,
    Op.ADDRESS: address,
    Op.DISTANCE: distance,
    Op.NARROW: narrow,
}
"""Operations whose result depends on their arguments alone: constant folding uses this table."""

ATTRIBUTED = {Op.CONST_INT, Op.CONST_FLOAT, Op.CONST_BOOL, Op.CALL1, Op.CALL2}


def unbox_int(found: object) -> int | None:
    return expect(found, int) if abs(expect(found, int)) < 2**60 else None


CHECKED: dict[Op, Callable[..., Any]] = {
    Op.ROOM_CHECKED: lambda: 0,
    Op.REST_CHECKED: lambda: 0,
    Op.ADD_CHECKED: lambda a, b: fitting(a + b),
    Op.SUB_CHECKED: lambda a, b: fitting(a - b),
    Op.MUL_CHECKED: lambda a, b: fitting(a * b),
    Op.UADD_CHECKED: lambda a, b: unsigned_fitting(unsigned(a) + unsigned(b)),
    Op.USUB_CHECKED: lambda a, b: unsigned_fitting(unsigned(a) - unsigned(b)),
    Op.UMUL_CHECKED: lambda a, b: unsigned_fitting(unsigned(a) * unsigned(b)),
    Op.POWER_CHECKED: power,
    Op.POWER_MOD_CHECKED: power_mod,
    Op.GCD_CHECKED: lambda a, b: fitting(math.gcd(a, b)),
    Op.ROOT_CHECKED: lambda a: None if a < 0 else math.isqrt(a),
    Op.UNBOX_INT_CHECKED: unbox_int,
    Op.INSTANCE_VALUES_CHECKED: attributes,
    Op.FIELD_CHECKED: read_field,
    Op.DICT_FIND_INT_CHECKED: lambda found, key: find(expect(found, dict), key),
    Op.DICT_FIND_STR_CHECKED: lambda found, key: find(expect(found, dict), expect(key, str)),
    Op.DICT_OLD_CHECKED: is_replaceable,
    Op.HEAP_FITS_CHECKED: fits,
    Op.HEAP_OPENS_CHECKED: opens,
    Op.BOX_FLOAT_CHECKED: lambda value: value,
    Op.DICT_FIND_TUPLE_CHECKED: lambda found, key: find(expect(found, dict), expect(key, tuple)),
    Op.SET_HAS_TUPLE_CHECKED: lambda found, key: has_key(expect(found, set), expect(key, tuple)),
    Op.DICT_LETS_GO_CHECKED: lets_go,
    Op.DICT_NEXT_CHECKED: lambda found, position: next_entry(expect(found, dict), position),
    Op.SET_HAS_INT_CHECKED: lambda found, key: has_key(expect(found, set), key),
    Op.SET_HAS_STR_CHECKED: lambda found, key: has_key(expect(found, set), expect(key, str)),
    Op.STR_AT_CHECKED: lambda text, index: character_at(expect(text, str), index),
    Op.CHARACTER_CHECKED: character_object,
    Op.CHARACTER_TEXT_CHECKED: lambda code: chr(code),
    Op.STR_HAS_CHECKED: lambda text, part: part in text,
    Op.STR_MATCHES_CHECKED: matches,
    Op.STR_CONCAT_CHECKED: lambda a, b: expect(a, str) + expect(b, str),
    Op.STR_REPEAT_CHECKED: lambda a, count: expect(a, str) * count,
    Op.STR_PART_CHECKED: lambda text, start, stop: part(expect(text, str), start, stop),
    Op.STR_JOIN_CHECKED: joined,
    Op.FORMAT_INT_CHECKED: formatted,
    Op.FORMAT_FLOAT_CHECKED: formatted,
    Op.FORMAT_TEXT_CHECKED: formatted,
    Op.BOX_INT_CHECKED: lambda value: value,
    Op.TEXT_CALL1_CHECKED: called,
    Op.TEXT_CALL2_CHECKED: called,
    Op.TEXT_CALL3_CHECKED: called,
    Op.TEXT_TO_INT_CHECKED: text_to_int,
    Op.TEXT_TO_FLOAT_CHECKED: to_float,
}
SLOTS = {Op.SLOT_INT, Op.SLOT_FLOAT, Op.SLOT_OBJECT}


# --- memory


def expect(found: Any, *types: type) -> Any:
    """The object itself, if its exact type is one of these; or does what one of them does."""
    if type(found) not in types and not (dict in types and is_defaulting(type(found))):
        raise EvaluationError(f"{found!r} is no {' or '.join(type_.__name__ for type_ in types)}")
    return found


def size(found: Any) -> int:
    """Of a list, a tuple, or a named tuple."""
    return len(found if isinstance(found, tuple) else expect(found, list))


def item(items: Sequence[object], index: int) -> object:
    if not 0 <= index < len(items):
        raise EvaluationError(f"item {index} of {len(items)}")
    return items[index]


def store(items: Any, index: int, value: object) -> None:
    """Only numbers are replaced, in a list or an instance: releasing anything else may run
    Python."""
    expect(old(items, index), int, float, bool, NoneType)
    if type(items) in (list, Place):
        items[index] = value
    else:
        write_field(items, index, value)


JOURNAL: list[tuple[Any, int, object]] = []
"""What the stores of bodies have replaced, in their order."""


def journal(items: Any, index: int, value: object) -> bool:
    """A store that can be put back."""
    JOURNAL.append((items, index, old(items, index)))
    store(items, index, value)
    return True


def roll_back() -> None:
    """Put back what the bodies have replaced."""
    while JOURNAL:
        store(*JOURNAL.pop())


CHECKED.update(dict.fromkeys(JOURNALLED, journal))


def old(items: Any, index: int) -> object:
    """What is replaced."""
    return item(items, index) if type(items) in (list, Place) else read_field(items, index)


def replace(items: Any, index: int, value: object, type_: type) -> None:
    """The old element is of this type."""
    expect(old(items, index), type_)
    store(items, index, value)


def append(items: list[object], value: object) -> None:
    expect(items, list).append(value)


def put(items: list[object], index: int, value: object) -> None:
    item(expect(items, list), index)
    items[index] = value


def is_harmless(found: object, depth: int = 0) -> bool:
    if isinstance(found, (list, tuple)) and type(found) in (list, tuple) and depth < DEEPEST:
        return all(is_harmless(each, depth + 1) for each in found)
    return type(found) in (int, float, bool, str, type(None)) or is_ending_quietly(found)


DEEPEST = 40
"""Lists within lists that are looked into."""


def repeat(value: object, count: int) -> list[object]:
    if count < 0:
        raise EvaluationError(f"a list of {count}")
    return [value] * count


def part(items: Any, start: int, stop: int) -> Any:
    if not 0 <= start <= stop <= len(items):
        raise EvaluationError(f"items from {start} to {stop} of {len(items)}")
    return items[start:stop]


def shrink(items: list[object], size: int) -> None:
    if len(expect(items, list)) != size + 1:
        raise EvaluationError(f"a list of {len(items)} shrinks to {size}")
    delete(items, size)


def take(items: list[object], size: int) -> None:
    if len(expect(items, list)) != size + 1:
        raise EvaluationError(f"a list of {len(items)} shrinks to {size}")
    del items[size]


def set_part(items: list[object], start: int, stop: int, new: Any) -> None:
    """Only numbers are dropped."""
    for old_item in part(expect(items, list), start, stop):
        expect(old_item, int, float, bool)
    items[start:stop] = expect(new, list, tuple)


def delete(items: list[object], index: int) -> None:
    """Only numbers are dropped."""
    expect(item(expect(items, list), index), int, float, bool)
    del items[index]


def drop(value: object) -> None:
    pass


MEMORY: dict[Op, Callable[..., Any]] = {
    Op.GAVE_FLOAT: lambda value: type(value) is float,
    Op.LIST_SIZE: size,
    Op.LIST_ITEMS: lambda found: expect(found, list),
    Op.TUPLE_ITEMS: lambda found: expect(found, tuple),
    Op.ITEM: item,
    Op.IS_TYPE: lambda found, type_: type(found) is type_,
    Op.UNBOX_FLOAT: lambda found: expect(found, float),
    Op.STORE_FLOAT: store,
    Op.REPLACE_FLOAT: lambda items, index, value: replace(items, index, value, float),
    Op.REPLACE_INT: lambda items, index, value: replace(items, index, value, int),
    Op.STORE_INT: store,
    Op.STORE_BOOL: store,
    Op.APPEND_INT: append,
    Op.APPEND_FLOAT: append,
    Op.APPEND_BOOL: append,
    Op.APPEND: append,
    Op.PUT: put,
    Op.PUT_FIELD: write_field,
    Op.NEW_INSTANCE_CHECKED: new_instance,
    Op.FILL_INT: write_field,
    Op.FILL_FLOAT: write_field,
    Op.FILL_BOOL: write_field,
    Op.FILL_OBJECT: write_field,
    Op.NAME: lambda found, position, number: None,
    Op.EXTEND: lambda items, more: expect(items, list).extend(expect(more, list, tuple)),
    Op.INSERT_INT: lambda items, index, value: expect(items, list).insert(index, value),
    Op.INSERT_FLOAT: lambda items, index, value: expect(items, list).insert(index, value),
    Op.INSERT_BOOL: lambda items, index, value: expect(items, list).insert(index, value),
    Op.REVERSE: lambda items: expect(items, list).reverse(),
    Op.SORT: lambda items: expect(items, list).sort(),
    Op.CLEAR: lambda items: expect(items, list).clear(),
    Op.STRIDE_CHECKED: lambda items, bounds: expect(items, list, str)[expect(bounds, slice)],
    Op.SHRINK: shrink,
    Op.NEW_LIST_CHECKED: list,
    Op.NEW_BYTEARRAY_CHECKED: bytearray,
    Op.REPEAT_INT_CHECKED: repeat,
    Op.REPEAT_FLOAT_CHECKED: repeat,
    Op.REPEAT_BOOL_CHECKED: repeat,
    Op.LIST_PART_CHECKED: lambda found, start, stop: part(expect(found, list), start, stop),
    Op.TUPLE_PART_CHECKED: lambda found, start, stop: part(expect(found, tuple), start, stop),
    Op.TO_LIST_CHECKED: lambda found: list(expect(found, list, tuple)),
    Op.TO_TUPLE_CHECKED: lambda found: tuple(expect(found, list)),
    Op.CONCAT_CHECKED: lambda a, b: expect(a, list, tuple) + expect(b, type(a)),
    Op.ADD_INT: append,
    Op.ADD_FLOAT: append,
    Op.ADD_BOOL: append,
    Op.ADD_OBJECT: append,
    Op.IS_HARMLESS: lambda found, count: is_harmless(found),
    Op.DUE: lambda: False,
    Op.OWNED: lambda: 0,
    Op.OWN: lambda found: None,
    Op.RELEASE: lambda count: False,
    Op.TAKE: take,
    Op.SET_PART: set_part,
    Op.DELETE: delete,
    Op.BUFFER_ROOM: has_room,
    Op.BUFFER_ADD_INT: add_element,
    Op.BUFFER_ADD_FLOAT: add_element,
    Op.CHANGED: lambda: None,
    Op.COMMIT: JOURNAL.clear,
    Op.INTERRUPTED: lambda: None,
    Op.FINISHED: lambda: None,
    Op.CALL_FLOAT: lambda function: expect(function(), float),
    Op.FUNCTION_CODE: lambda found: expect(found, FunctionType).__code__,
    Op.FUNCTION_DEFAULTS: lambda found: expect(found, FunctionType).__defaults__ or NULL,
    Op.IS_INSTANCE: lambda found, cls: type(found) is cls,
    Op.IS_VERSION: lambda cls, version: True,
    Op.COUNT_KEYS: count_keys,
    **dict.fromkeys(DICT_SETS, set_item),
    Op.DICT_REMOVE_INT: remove_item,
    Op.DICT_REMOVE_STR: remove_item,
    Op.SET_DISCARD_INT: discard_key,
    Op.DEQUE_SIZE: lambda found: len(expect(found, deque)),
    Op.DEQUE_FIRST: lambda found: found[0],
    Op.DEQUE_LAST: lambda found: found[-1],
    Op.DEQUE_IS_UNBOUNDED: lambda found: found.maxlen is None,
    Op.DEQUE_APPEND: lambda found, value: found.append(value),
    Op.DEQUE_APPEND_LEFT: lambda found, value: found.appendleft(value),
    Op.DEQUE_POP: lambda found: drop(found.pop()),
    Op.DEQUE_POP_LEFT: lambda found: drop(found.popleft()),
    Op.HEAP_PUSH: push,
    Op.HEAP_TURN: turn,
    Op.NEW_DICT_CHECKED: dict,
    Op.NEW_SET_CHECKED: set,
    Op.COPY_DICT_CHECKED: lambda found: dict(expect(found, dict)),
    Op.TO_SET_CHECKED: lambda found: set(expect(found, list, tuple, set)),
    Op.SET_COMBINE_CHECKED: combine,
    Op.IS_PLAIN: consists_plainly,
    Op.NEW_TUPLE_CHECKED: new_tuple,
    Op.TUPLE_FILL_INT: fill_tuple,
    Op.TUPLE_FILL_FLOAT: fill_tuple,
    Op.TUPLE_FILL_BOOL: fill_tuple,
    Op.TUPLE_FILL_OBJECT: fill_tuple,
    Op.SET_ADD_INT: add_key,
    Op.SET_ADD_STR: add_key,
    Op.DICT_ENTRY: dict_entry,
    Op.SET_NEXT: lambda found, position: next_entry(expect(found, set), position),
    Op.SET_ENTRY: set_entry,
    Op.SET_SIZE: lambda found: len(expect(found, set)),
    Op.DICT_SIZE: lambda found: len(expect(found, dict)),
    Op.STR_APPEND: append_text,
    Op.STR_COMPARE: compare,
    Op.STR_SIZE: lambda text: len(expect(text, str)),
    Op.STR_EQUAL: lambda a, b: expect(a, str) == expect(b, str),
    Op.LOOKUP: lambda names, key: names.get(key, NULL),
    Op.IS_BUFFER: is_buffer,
    Op.BUFFER_DATA: buffer_data,
    Op.BUFFER_SIZE: buffer_size,
    Op.BUFFER_STRIDE: buffer_stride,
    **dict.fromkeys(PEEKS, peek),
    **dict.fromkeys(POKES, poke),
}

DESCRIBED = {Op.IS_TYPE, Op.SET_COMBINE_CHECKED, Op.IS_BUFFER, *PARTS, *PEEKS, *POKES}
DESCRIBED |= {Op.BUFFER_ROOM, Op.BUFFER_ADD_INT, Op.BUFFER_ADD_FLOAT}
"""Operations of MEMORY that take their attribute, as the last argument."""
