"""Variables of the frame: how they enter a region, and how its exits write them.

enter    a variable and its value when the region is built  ->  SSA values, an input
output   SSA values of a variable  ->  the slot that an exit writes it from
"""

from __future__ import annotations

import sys
from types import BuiltinFunctionType, FunctionType, NoneType

from ..ir.ops import Op
from ..ir.types import F64, I1, I64, PTR
from ..layout.dicts import dict_problem
from ..layout.offsets import DESCRIPTOR_DEFINITION, METHOD_DEFINITION, METHOD_OWNER
from ..layout.sets import set_problem
from ..layout.strings import string_problem
from ..native.region import IteratorState, Place, SlotType
from ..native.region import Value as FrameValue
from .instances import described, enter_instance, enter_none, may_enter, output_object
from .iterators import describe, slot_values
from .state import EMPTY, Kind, Typed, element_shape, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeGuard

    from ..ir.graph import Value
    from ..ir.types import Type
    from .builder import RegionBuilder
    from .state import Key, Loop

ENTER_FUNCTION: list[Callable[[RegionBuilder, Value, FunctionType], Typed]] = []
"""How such functions are read, see closures.py."""

ENTERS: dict[type, Callable[[RegionBuilder, Key, Any], Typed]] = {}
"""How variables of some types are read, see `enter`."""

SLOT_TYPES = {
    Kind.INT: SlotType.INT,
    Kind.FLOAT: SlotType.FLOAT,
    Kind.BOOL: SlotType.BOOL,
    Kind.WORD: SlotType.WORD,
    Kind.CHAR: SlotType.CHAR,
}
OUTPUTS: dict[Kind, Callable[[RegionBuilder, Key, Typed, list[tuple[int, Value]]], FrameValue]] = {}
"""How variables of some kinds are written, see `output`."""

OBJECT_TYPES: dict[Kind, type | None] = {
    Kind.LIST: list,
    Kind.TUPLE: tuple,
    Kind.STR: str,
    Kind.DICT: dict,
    Kind.SET: set,
}
"""Objects that are written as they are; None if they may be of several types."""

VALUE_TYPES: dict[Kind, tuple[Type, ...]] = {
    Kind.INT: (I64,),
    Kind.FLOAT: (F64,),
    Kind.BOOL: (I1,),
    Kind.WORD: (I64,),
    Kind.LIST: (PTR, PTR, I64),
    Kind.TUPLE: (PTR, PTR, I64),
    Kind.CHAR: (I64,),
    Kind.STR: (PTR,),
    Kind.DICT: (PTR,),
    Kind.SET: (PTR,),
}
SLOT_OPS = {I64: Op.SLOT_INT, F64: Op.SLOT_FLOAT, PTR: Op.SLOT_OBJECT}

CONTAINERS = (list, dict, set, str)
"""Types of owners of such methods."""

PLAIN = {int, float, bool, str, bytes, NoneType}
"""Types of defaults of functions whose values nobody misses."""


def enter(b: RegionBuilder, key: Key, sample: object) -> Typed:
    """Read an input variable into SSA values of the sample's type."""
    kind = type(sample)
    if kind in (int, float, bool):
        of = {int: Kind.INT, float: Kind.FLOAT, bool: Kind.BOOL}[kind]
        if type(sample) is int and is_word(b, key, sample):
            of = Kind.WORD
        elif type(sample) is int and not -(2**63) <= sample < 2**63 and key not in b.assigned:
            return Typed(Kind.OPAQUE)  # for as long as nobody asks for it
        slot = b.slot((key, of), 1)
        b.inputs.append(FrameValue(*key, SLOT_TYPES[of], slot))
        if of is Kind.BOOL:
            raw = b.emit(Op.SLOT_INT, attr=slot)
            return Typed(of, (b.emit(Op.INT_NE, raw, b.const_int(0)),))
        value = b.emit(SLOT_OPS[VALUE_TYPES[of][0]], attr=slot)
        if of is not Kind.FLOAT and is_constant(b, key):
            return fixed(b, of, value, sample)
        return Typed(of, (value,))
    if isinstance(sample, (list, tuple)) and kind in (list, tuple):
        of = Kind.LIST if kind is list else Kind.TUPLE
        slot = b.slot((key, of), 1)
        b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, kind))
        shape = element_shape(sample, b.request.classes)
        if EMPTY in (shape, shape[-1]):
            shape = b.shapes.get(key, shape)
        return b.opened(of, b.emit(Op.SLOT_OBJECT, attr=slot), shape)
    is_any = key[0] is not Place.GLOBAL and key not in b.assigned  # as arguments are
    if isinstance(sample, FunctionType) and is_any and has_no_defaults(sample):
        slot = b.slot((key, Kind.FUNCTION), 1)
        code = sample.__code__
        b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, kind, code))
        return ENTER_FUNCTION[0](b, b.emit(Op.SLOT_OBJECT, attr=slot), sample)
    if is_bound(sample) and key not in b.assigned:
        return enter_bound(b, key, sample)
    if is_lasting(sample) and key not in b.assigned:
        slot = b.slot((key, Kind.KNOWN), 1)
        b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, kind))
        found = b.emit(Op.SLOT_OBJECT, attr=slot)
        b.guard(b.emit(Op.IS_OBJECT, found, b.const_object(sample)))
        return Typed(Kind.KNOWN, known=sample)
    if kind in ENTERS:
        return ENTERS[kind](b, key, sample)
    shape = b.request.classes.shape(sample)
    if shape[0] == "instance" and may_enter(b, key, shape):
        return enter_instance(b, key, shape)
    return enter_none(b, key) if sample is None else Typed(Kind.OPAQUE)


def has_no_defaults(sample: FunctionType) -> bool:
    """Whether no function with the same code has other defaults that matter."""
    return sample.__defaults__ is None and not sample.__code__.co_kwonlyargcount


def is_lasting(sample: object) -> bool:
    """Whether it is a function that a region may keep alive: one that a program would not miss, as
    it has nothing of its own that is of any size or would be seen to go."""
    if isinstance(sample, FunctionType):
        defaults = [*(sample.__defaults__ or ()), *(sample.__kwdefaults__ or {}).values()]
        is_inner = "<locals>" in sample.__qualname__
        return not is_inner or (
            not sample.__closure__ and all(type(each) in PLAIN for each in defaults)
        )
    if not isinstance(sample, BuiltinFunctionType):
        return False
    return not hasattr(sample.__self__, "__len__")  # it is no method of a container


def is_bound(sample: object) -> TypeGuard[BuiltinFunctionType]:
    """Whether it is a method of a container, as in `append = items.append`."""
    if type(sample) is not BuiltinFunctionType or type(sample.__self__) not in CONTAINERS:
        return False
    return not (dict_problem() or set_problem() or string_problem())


def enter_bound(b: RegionBuilder, key: Key, sample: BuiltinFunctionType) -> Typed:
    """A method of a container: one of that name, whose owner is read from it."""
    slot = b.slot((key, Kind.METHOD), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, BuiltinFunctionType))
    pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
    expected = b.const_object(vars(type(sample.__self__))[sample.__name__])
    definition = b.emit(Op.FIELD_CHECKED, pointer, b.const_int(METHOD_DEFINITION // 8))
    wanted = b.emit(Op.FIELD_CHECKED, expected, b.const_int(DESCRIPTOR_DEFINITION // 8))
    b.guard(b.emit(Op.IS_OBJECT, definition, wanted))
    owner = b.emit(Op.FIELD_CHECKED, pointer, b.const_int(METHOD_OWNER // 8))
    found = described(b, shape_of(sample.__self__, b.request.classes), owner)
    return Typed(Kind.METHOD, known=sys.intern(sample.__name__), parts=(found,))


def is_constant(b: RegionBuilder, key: Key) -> bool:
    """Whether a variable is a constant by its name, and the loop agrees."""
    place, name = key
    return place is Place.GLOBAL and str(name).isupper() and key not in b.assigned


def fixed(b: RegionBuilder, kind: Kind, value: Value, sample: Any) -> Typed:
    """An int that is what it was when the region was built."""
    bits = sample if sample < 2**63 else sample - 2**64
    constant = b.const_int(bits)
    b.guard(b.emit(Op.INT_EQ, value, constant))
    return Typed(kind, (constant,), known=sample)


def is_word(b: RegionBuilder, key: Key, sample: int) -> bool:
    """Whether an input is entered as a word: it is too large for an int, or becomes a word in
    the loop."""
    return 0 <= sample < 2**64 and (key in b.words or sample >= 2**63)


def output(
    b: RegionBuilder, key: Key, typed: Typed, stores: list[tuple[int, Value]]
) -> FrameValue | None:
    """The slot that a variable is written from; None if no exit can write what it holds."""
    kind = typed.kind
    if kind in SLOT_TYPES:
        slot = b.slot((key, kind), 1)
        stores.append((slot, typed.values[0]))
        return FrameValue(*key, SLOT_TYPES[kind], slot)
    if kind in OBJECT_TYPES:
        slot = b.slot((key, kind), 1)
        stores.append((slot, typed.values[0]))
        return FrameValue(*key, SlotType.OBJECT, slot, OBJECT_TYPES[kind])
    if kind in OUTPUTS:
        return OUTPUTS[kind](b, key, typed, stores)
    if kind in (Kind.INSTANCE, Kind.NONE):
        return output_object(b, key, typed, stores)
    return None


def iterator_state(
    b: RegionBuilder, loop: Loop, position: int, stores: list[tuple[int, Value]]
) -> IteratorState | None:
    """The slots of a running loop's iterator."""
    typed = loop.iterator
    if typed is None:
        return None
    (kind, parts), values = describe(typed), slot_values(typed)
    slot = b.slot(("iterator", position, kind, parts), len(values))
    stores.extend(zip(range(slot, slot + len(values)), values, strict=True))
    return IteratorState(kind, slot, parts)
