"""Lists and tuples of numbers: displays, elements, unpacking, stores.

Native code runs no Python, so the size and the item array of a list stay what they are, but where
the region itself changes the size of one (see lists.py).
"""

from __future__ import annotations

from collections.abc import Callable

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.operands import Role

from ..ir.graph import Value
from ..ir.ops import Op
from .arithmetic import as_index, as_int, integer, real, truth
from .builder import Growth, RegionBuilder, Unsupported, builds
from .effects import STORES, load, put, store
from .fresh import OBJECTS, as_object, shape_as_element
from .instances import described, nothing
from .owned import end_harmlessly, watch
from .raising import check
from .state import Kind, Shape, Typed, shape_at
from .variables import read
from .words import INTEGERS

NUMBERS = ("int", "float", "bool")
GET_ITEM: dict[Kind, Callable[[RegionBuilder, Typed, Typed], Typed]] = {}
SET_ITEM: dict[Kind, Callable[[RegionBuilder, Typed, Typed, Typed], None]] = {}
"""owner[index] and owner[index] = value where the owner is no list or tuple."""

SET_PART: dict[Kind, Callable[[RegionBuilder, Typed, Typed, Typed], None]] = {}
"""owner[first:last] = value"""

TYPES: dict[str, type] = {"int": int, "float": float, "list": list, "tuple": tuple}
TYPES |= {"str": str, "dict": dict, "set": set}


def load_element(b: RegionBuilder, shape: Shape, items: Value, index: Value) -> Typed:
    """items[index] (in range), which must be of the expected type."""
    name = shape[0]
    if name in ("other", "empty"):
        raise Unsupported("an element that is no number")
    if name in NUMBERS:
        return load(b, items, index, lambda: read_number(b, str(name), items, index))
    return load(b, items, index, lambda: described(b, shape, b.emit(Op.ITEM, items, index)))


def read_number(b: RegionBuilder, name: str, items: Value, index: Value) -> Typed:
    """The number that items[index] must be."""
    pointer = b.emit(Op.ITEM, items, index)
    b.facts.add(("number", items, index))
    return unboxed(b, name, pointer)


def unboxed(b: RegionBuilder, name: str, pointer: Value) -> Typed:
    """The number of this type that an object must be."""
    if name == "bool":
        true = b.emit(Op.IS_OBJECT, pointer, b.emit(Op.CONST_OBJECT, attr=id(True)))
        false = b.emit(Op.IS_OBJECT, pointer, b.emit(Op.CONST_OBJECT, attr=id(False)))
        b.guard(b.emit(Op.EITHER, true, false))
        return truth(true)
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=TYPES[name]))
    if name == "int":
        return integer(b.emit(Op.UNBOX_INT_CHECKED, pointer))
    return real(b.emit(Op.UNBOX_FLOAT, pointer))


def check_number(b: RegionBuilder, name: str, old: Value) -> None:
    """What a store replaces must be a number of this type, or None."""
    if name == "bool":
        true = b.emit(Op.IS_OBJECT, old, b.emit(Op.CONST_OBJECT, attr=id(True)))
        false = b.emit(Op.IS_OBJECT, old, b.emit(Op.CONST_OBJECT, attr=id(False)))
        b.guard(b.emit(Op.EITHER, true, false))
    elif name in NUMBERS:
        b.guard(b.emit(Op.IS_TYPE, old, attr=TYPES[name]))
    elif name == "none":
        nothing(b, old)
    else:
        raise Unsupported("a store over something that is no number")


def position(b: RegionBuilder, sequence: Typed, index: Typed) -> Value:
    """A valid index from 0: negative ones count from the end, others leave the region."""
    size = b.size(sequence)
    value = as_int(b, index)
    key = ("position", size, value)
    for fact in b.facts:
        if fact[:3] == key:
            found = fact[3]
            assert isinstance(found, Value)
            return found
    if isinstance(index.known, int) and index.known >= 0:
        result = value
    else:
        negative = b.emit(Op.INT_LT, value, b.const_int(0))
        result = b.emit(Op.SELECT_INT, negative, b.emit(Op.ADD, value, size), value)
    check(b, b.emit(Op.UINT_LT, result, size), IndexError)
    b.facts.add((*key, result))
    return result


def item_of(b: RegionBuilder, owner: Typed, index: Typed) -> Typed:
    """owner[index]"""
    index = as_index(index)
    if owner.kind in GET_ITEM:
        return GET_ITEM[owner.kind](b, owner, index)
    if owner.kind not in (Kind.LIST, Kind.TUPLE) or index.kind not in INTEGERS:
        raise Unsupported(f"an element of {owner.kind.name.lower()}")
    shape = shape_at(owner.shape, known_index(index))
    return load_element(b, shape, b.items(owner), position(b, owner, index))


def known_index(index: Typed) -> int | None:
    """The index if it is constant."""
    return index.known if isinstance(index.known, int) else None


@builds(Bytecode.UNPACK)
def build_unpack(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """Of a display, or of a list or tuple of just so many elements."""
    count, star, _ = i.imm
    value = read(b, i.src[0])
    if star is not None or value.kind not in (Kind.PAIR, Kind.LIST, Kind.TUPLE):
        raise Unsupported(f"an unpacking of {value.kind.name.lower()}")
    parts = value.parts if value.kind is Kind.PAIR else elements(b, value, count)
    if len(parts) != count:
        raise Unsupported("an unpacking that raises")
    assert i.dst is not None
    for number, part in enumerate(parts):
        b.state.temps[(i.dst >> 3) + number] = part
    return pc + 1


def elements(b: RegionBuilder, sequence: Typed, count: int) -> tuple[Typed, ...]:
    """All elements of a list or tuple, which must have so many."""
    items, size = b.items(sequence), b.size(sequence)
    b.guard(b.emit(Op.INT_EQ, size, b.const_int(count)))
    return tuple(
        load_element(b, shape_at(sequence.shape, number), items, checked_index(b, size, number))
        for number in range(count)
    )


def checked_index(b: RegionBuilder, size: Value, number: int) -> Value:
    """A constant index, with the test that tells passes so."""
    index = b.const_int(number)
    b.guard(b.emit(Op.UINT_LT, index, size))
    return index


@builds(Bytecode.SETITEM)
def build_setitem(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """Only numbers are replaced by numbers: releasing them runs no Python."""
    value, owner, index = (read(b, operand) for operand in i.src)
    if index.kind is Kind.SLICE and owner.kind in SET_PART:
        SET_PART[owner.kind](b, owner, index, value)
        return pc + 1
    index = as_index(index)
    if owner.kind in SET_ITEM:
        SET_ITEM[owner.kind](b, owner, index, value)
        return pc + 1
    if owner.kind is not Kind.LIST or index.kind not in INTEGERS:
        raise Unsupported(f"a store into {owner.kind.name.lower()}")
    value = as_object(b, value)
    if value.kind in OBJECTS:
        put_object(b, owner, index, value)
        return pc + 1
    if value.kind not in STORES:
        raise Unsupported(f"a store of {value.kind.name.lower()} into a list")
    items = b.items(owner)
    place = position(b, owner, index)
    shape = shape_at(owner.shape, known_index(index))
    if ("number", items, place) not in b.facts:
        old = b.emit(Op.ITEM, items, place)
        check_number(b, str(shape[0]), old)
    store(b, items, place, value)
    if i.imm[0] is Role.TARGET or value.kind.name.lower() != shape[0]:
        b.facts.discard(("number", items, place))
    return pc + 1


def put_object(b: RegionBuilder, owner: Typed, index: Typed, value: Typed) -> None:
    """Store a list or tuple. What it replaces is anything whose end runs nothing of the program."""
    if not b.grows or not b.owns:
        raise Growth("the items of a list are replaced", owning=b.grows)
    items = b.items(owner)
    place = position(b, owner, index)
    watch(b, shape_at(owner.shape, None))
    watch(b, shape_as_element(value))
    end_harmlessly(b, b.emit(Op.ITEM, items, place))
    put(b, items, place, value)
