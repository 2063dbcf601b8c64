"""Lists and tuples of numbers: displays, elements, unpacking, stores.

Native code runs no Python, so the size and the item array of a list stay what they are; only its
elements change.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.operands import Role

from ..ir.graph import Value
from ..ir.ops import Op
from .arithmetic import as_int, integer, real, truth
from .builder import RegionBuilder, Unsupported, builds
from .state import Kind, Shape, Typed, shape_at
from .variables import read, write
from .words import INTEGERS, exact

TYPES: dict[str, type] = {"int": int, "float": float, "list": list, "tuple": tuple}


def load_element(b: RegionBuilder, shape: Shape, items: Value, index: Value) -> Typed:
    """items[index] (in range), which must be of the expected type."""
    name = shape[0]
    if name == "other":
        raise Unsupported("an element that is no number")
    pointer = b.emit(Op.ITEM, items, index)
    if name == "bool":
        true = b.emit(Op.IS_OBJECT, pointer, b.emit(Op.CONST_OBJECT, attr=id(True)))
        false = b.emit(Op.IS_OBJECT, pointer, b.emit(Op.CONST_OBJECT, attr=id(False)))
        b.guard(b.emit(Op.EITHER, true, false))
        b.facts.add(("number", items, index))
        return truth(true)
    assert isinstance(name, str)
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=TYPES[name]))
    if name in ("int", "float"):
        b.facts.add(("number", items, index))
    if name == "int":
        return integer(b.emit(Op.UNBOX_INT_CHECKED, pointer))
    if name == "float":
        return real(b.emit(Op.UNBOX_FLOAT, pointer))
    inner = shape[1]
    assert isinstance(inner, tuple)
    return b.opened(Kind.LIST if name == "list" else Kind.TUPLE, pointer, inner)


def position(b: RegionBuilder, sequence: Typed, index: Typed) -> Value:
    """A valid index from 0: negative ones count from the end, others leave the region."""
    size = sequence.values[2]
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
    b.guard(b.emit(Op.UINT_LT, result, size))
    b.facts.add((*key, result))
    return result


@builds(Bytecode.BUILD)
def build_display(b: RegionBuilder, pc: int, i: Instruction) -> int:
    if i.imm[0] != "tuple":
        raise Unsupported(f"a {i.imm[0]} display")
    write(b, i, Typed(Kind.PAIR, parts=tuple(read(b, operand) for operand in i.src)))
    return pc + 1


@builds(Bytecode.GETITEM)
def build_getitem(b: RegionBuilder, pc: int, i: Instruction) -> int:
    owner, index = read(b, i.src[0]), read(b, i.src[1])
    if owner.kind not in (Kind.LIST, Kind.TUPLE) or index.kind not in INTEGERS:
        raise Unsupported(f"an element of {owner.kind.name.lower()}")
    shape = shape_at(owner.shape, known_index(index))
    write(b, i, load_element(b, shape, owner.values[1], position(b, owner, index)))
    return pc + 1


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
    _, items, size = sequence.values
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
    stores = {Kind.INT: Op.STORE_INT, Kind.FLOAT: Op.STORE_FLOAT, Kind.BOOL: Op.STORE_BOOL}
    if owner.kind is not Kind.LIST or index.kind not in INTEGERS:
        raise Unsupported(f"a store into {owner.kind.name.lower()}")
    value = exact(b, value)
    if value.kind not in stores:
        raise Unsupported(f"a store of {value.kind.name.lower()} into a list")
    items = owner.values[1]
    place = position(b, owner, index)
    shape = shape_at(owner.shape, known_index(index))
    if ("number", items, place) not in b.facts:
        old = b.emit(Op.ITEM, items, place)
        if shape[0] == "bool":
            true = b.emit(Op.IS_OBJECT, old, b.emit(Op.CONST_OBJECT, attr=id(True)))
            false = b.emit(Op.IS_OBJECT, old, b.emit(Op.CONST_OBJECT, attr=id(False)))
            b.guard(b.emit(Op.EITHER, true, false))
        elif shape[0] in ("int", "float"):
            b.guard(b.emit(Op.IS_TYPE, old, attr=TYPES[str(shape[0])]))
        else:
            raise Unsupported("a store over an element that is no number")
    b.effect(stores[value.kind], items, place, value.values[0])
    if i.imm[0] is Role.TARGET or value.kind.name.lower() != shape[0]:
        b.facts.discard(("number", items, place))
    return pc + 1
