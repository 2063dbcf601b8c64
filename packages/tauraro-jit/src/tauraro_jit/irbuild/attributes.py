"""Attributes of instances, of classes, of modules; methods.

Of `p.x += p.vx * dt` two words are read and one is written. The function behind `v.length()` is
built in place, as any of the program. `self.LIMIT`, a number of the class, has not changed.
"""

from __future__ import annotations

import sys
from functools import reduce
from types import FunctionType, MemberDescriptorType, ModuleType, NoneType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.names import mangle

from ..ir.graph import Branch, Jump, Value
from ..ir.ops import Op
from . import records
from .arithmetic import real
from .builder import Growth, RegionBuilder, Unsupported, builds
from .calls import begin_call
from .classes import MISSING, NAMED_ITEM, NONE, ClassModel, Field, find, is_data
from .effects import STORES, PutField, load, put_field, store
from .fresh import OBJECTS, as_object, shape_as_element
from .instances import (
    attributes_of,
    check_class,
    check_keys,
    described,
    is_instance,
    model_of,
    none,
    refined,
)
from .literals import as_text, is_constant_text
from .owned import end_alone, watch
from .sequences import NUMBERS, TYPES, check_number, unboxed
from .state import Kind, Shape, Typed
from .variables import constant, read, write
from .words import exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

WITH_METHODS = (Kind.LIST, Kind.DICT, Kind.SET, Kind.DEQUE, Kind.STR, Kind.CHAR, Kind.BUFFER)
DESCRIBED = {"none", "int", "float", "instance", "any", "list", "tuple", "str", "dict", "set"}
DESCRIBED |= {"buffer"}
"""Shapes of attributes that native code reads."""

PUT = (*OBJECTS, Kind.SET, Kind.NONE)
"""What attributes get by another object's place being taken."""


def attribute_name(b: RegionBuilder, i: Instruction) -> str:
    """The name as the host knows it."""
    return mangle(b.code.private, i.imm[0])


def get_from_instance(b: RegionBuilder, pc: int, i: Instruction, owner: Typed) -> int | None:
    """instance.name"""
    name = attribute_name(b, i)
    model = model_of(b, owner)
    if not model.reads:
        raise Unsupported(f"attribute {name} of {model.cls.__name__}, which has a method for that")
    found = model.find(name)
    if type(found) is property and isinstance(found.fget, FunctionType):
        begin_call(b, pc, found.fget, (owner,))
        return None
    may_be_own = not is_data(found) or isinstance(found, (MemberDescriptorType, NAMED_ITEM))
    if found is MISSING or may_be_own:
        field = b.request.classes.field(model, name)
        if field is not None:
            return get_field(b, pc, i, owner, model, field)
    if found is MISSING or is_data(found):
        raise Unsupported(f"attribute {name} of {model.cls.__name__}")
    check_keys(b, model)
    check_values(b, owner, model)
    write(b, i, from_class(b, name, found, owner, model.cls))
    return pc + 1


def get_from_record(b: RegionBuilder, pc: int, i: Instruction, owner: Typed) -> int | None:
    """record.name"""
    name = attribute_name(b, i)
    model = model_of(b, owner)
    found = model.find(name)
    own = records.get_own(owner, name)
    if not model.reads or (found is MISSING and own is None):
        raise Unsupported(f"attribute {name} of {model.cls.__name__}")
    if own is not None:
        write(b, i, own)
        return pc + 1
    if type(found) is property and isinstance(found.fget, FunctionType):
        begin_call(b, pc, found.fget, (owner,))
        return None
    if is_data(found):
        raise Unsupported(f"attribute {name} of {model.cls.__name__}")
    write(b, i, from_class(b, name, found, owner, model.cls))
    return pc + 1


def dispatch(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, operands: Sequence[Typed]
) -> None:
    """End the block: one way for each class that an object may be of, all to this instruction."""
    for operand, typed in zip(i.src, operands, strict=True):
        if operand & 3 == 0:  # it was taken
            b.state.temps[operand >> 2] = typed
    (pointer,) = owner.values
    shapes: tuple[Any, ...] = owner.shape[1:]
    for shape in shapes[:-1]:
        is_one = is_instance(b, shape, pointer)
        known = b.jump(pc, refined(b, pointer, shape))
        other = b.function.block()
        b.block.terminator = Branch(is_one, known, Jump(other, ()))
        b.block = other
    b.state = refined(b, pointer, shapes[-1])
    b.go(pc)


def check_values(b: RegionBuilder, owner: Typed, model: ClassModel) -> None:
    """Guards that an instance has no attributes of its own in a dict."""
    if model.has_values:
        attributes_of(b, owner.values[0], in_object=False)
    elif model.cls.__dictoffset__:
        raise Unsupported(f"a method of {model.cls.__name__}, whose instances have a dict")


def from_class(b: RegionBuilder, name: str, found: object, owner: Typed, cls: type) -> Typed:
    """What a class has under a name, got through an instance or (KNOWN) through the class."""
    through_class = owner.kind is Kind.KNOWN
    if type(found) is staticmethod:
        return Typed(Kind.KNOWN, known=found.__func__)
    if type(found) is classmethod and isinstance(found.__func__, FunctionType):
        bound = owner if through_class else Typed(Kind.KNOWN, known=cls)
        return Typed(Kind.METHOD, known=found.__func__, parts=(bound,))
    if isinstance(found, FunctionType):
        if through_class:
            return Typed(Kind.KNOWN, known=found)
        return Typed(Kind.METHOD, known=found, parts=(owner,))
    if type(found) in (int, float, bool, NoneType):
        b.keep.append(found)
        return constant(b, found)
    raise Unsupported(f"attribute {name} of {cls.__name__}")


def get_from_class(b: RegionBuilder, pc: int, i: Instruction, owner: Typed) -> int:
    """Class.name"""
    name = attribute_name(b, i)
    cls = owner.known
    assert isinstance(cls, type)
    model = b.request.classes.of(cls)
    if model is None or type(cls).__getattribute__ is not type.__getattribute__:
        raise Unsupported(f"attribute {name} of {cls.__name__}")
    found = model.find(name)
    if found is MISSING or find(type(cls), name) is not MISSING:
        raise Unsupported(f"attribute {name} of {cls.__name__}")
    check_class(b, model)
    write(b, i, from_class(b, name, found, owner, cls))
    return pc + 1


def get_from_super(b: RegionBuilder, pc: int, i: Instruction, owner: Typed) -> int | None:
    """super().name"""
    name = attribute_name(b, i)
    (instance,) = owner.parts
    model = model_of(b, instance)
    cls = owner.known
    assert isinstance(cls, type)
    if cls not in type.__dict__["__mro__"].__get__(model.cls):
        raise Unsupported("super of another class")
    found = find(model.cls, name, behind=cls)
    if type(found) is property and isinstance(found.fget, FunctionType):
        begin_call(b, pc, found.fget, (instance,))
        return None
    if found is vars(object)["__init__"]:
        write(b, i, Typed(Kind.METHOD, known=found, parts=(instance,)))
        return pc + 1
    write(b, i, from_class(b, name, found, instance, model.cls))
    return pc + 1


# --- fields


def get_field(
    b: RegionBuilder,
    pc: int,
    i: Instruction,
    owner: Typed,
    model: ClassModel,
    field: Field,
) -> int:
    """An attribute of the instance itself."""
    place = attributes_of(b, owner.values[0], field.in_object)
    if field.item is not None:  # tuples of a class may have too few items
        b.guard(b.emit(Op.UINT_LT, b.const_int(field.item), b.emit(Op.LIST_SIZE, place)))
    key = (id(model.cls), field.number)
    shape = field.shape
    kind = str(shape[0])
    if kind in NUMBERS:

        def read_number() -> Typed:
            pointer = b.emit(Op.FIELD_CHECKED, place, b.const_int(field.number))
            found = unboxed(b, kind, pointer)
            b.facts.add(("field", place, field.number))
            return found

        write(b, i, load(b, place, None, read_number, key))
        return pc + 1
    stored = just_stored(b, place, key)
    if stored is not None:
        write(b, i, stored)
        return pc + 1
    shapes: tuple[Any, ...] = (shape,)
    if kind == "mixed":
        shapes = shape[1:]
    elif kind == "none" or shape == owner.shape:  # as objects of one class are linked
        shapes = (NONE, owner.shape)
    if not {str(each[0]) for each in shapes} <= DESCRIBED:
        raise Unsupported(f"an attribute that holds something else ({model.cls.__name__})")
    if len(shapes) > 1:
        check_ways(b, pc, i)
    pointer = b.emit(Op.FIELD_CHECKED, place, b.const_int(field.number))
    for each in shapes[:-1]:
        one_way(b, pc, i, each, pointer)
    write(b, i, object_of(b, shapes[-1], pointer))
    return pc + 1


def just_stored(b: RegionBuilder, place: Value, key: tuple[int, int]) -> Typed | None:
    """What the last store that waits puts into an attribute, if one does."""
    for effect in reversed(b.state.waiting):
        if effect.is_at(place, None, key):
            return effect.value
        if effect.field == key:  # that of another object
            b.guard(b.emit(Op.NOT, b.emit(Op.IS_OBJECT, effect.items, place)))
    return None


def check_ways(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """Whether several ways can go on behind an instruction. Raises Unsupported."""
    state, b.state = b.state, b.state.copy()
    try:
        write(b, i, Typed(Kind.NONE))
        b.check_split(pc + 1, b.state)
    finally:
        b.state = state


def one_way(b: RegionBuilder, pc: int, i: Instruction, shape: Shape, pointer: Value) -> None:
    """Go on behind the instruction if an object is as this shape says; the block is then the other
    way."""
    way, other = b.function.block(), b.function.block()
    b.block.terminator = Branch(has_shape(b, shape, pointer), Jump(way, ()), Jump(other, ()))
    before, b.state, b.block = b.state, b.state.copy(), way
    facts = set(b.facts)
    write(b, i, object_of(b, shape, pointer))
    b.go(pc + 1)
    b.state, b.block, b.facts = before, other, facts


def has_shape(b: RegionBuilder, shape: Shape, pointer: Value) -> Value:
    """Whether an object is as a shape says that attributes have by turns."""
    if shape == NONE:
        return b.emit(Op.IS_OBJECT, pointer, none(b))
    if shape[0] == "instance":
        return is_instance(b, shape, pointer)
    return b.emit(Op.IS_TYPE, pointer, attr=TYPES[str(shape[0])])


def object_of(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be as its shape says."""
    name = str(shape[0])
    return unboxed(b, name, pointer) if name in NUMBERS else described(b, shape, pointer)


@builds(Bytecode.SETATTR)
def build_setattr(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """instance.name = value"""
    value, owner = (read(b, operand) for operand in i.src)
    name = attribute_name(b, i)
    if owner.kind is Kind.RECORD:
        records.set_own(b, owner, model_of(b, owner), name, exact(b, value))
        return pc + 1
    if owner.kind is not Kind.INSTANCE:
        raise Unsupported(f"an assignment to an attribute of {owner.kind.name.lower()}")
    if owner.shape[0] == "any":
        dispatch(b, pc, i, owner, (value, owner))
        return None
    model = model_of(b, owner)
    found: Any = model.find(name)
    if not model.writes:
        raise Unsupported(f"attribute {name} of {model.cls.__name__}, which has a method for that")
    if type(found) is property and isinstance(found.fset, FunctionType):
        begin_call(b, pc, found.fset, (owner, value))
        return None
    field = None
    if found is MISSING or not is_data(found) or isinstance(found, MemberDescriptorType):
        field = b.request.classes.field(model, name)
    if field is None:
        raise Unsupported(f"an assignment to attribute {name} of {model.cls.__name__}")
    set_field(b, owner, model, field, as_text(b, exact(b, value)))
    return pc + 1


def set_field(
    b: RegionBuilder, owner: Typed, model: ClassModel, field: Field, value: Typed
) -> None:
    """An attribute of the instance itself gets a value."""
    if value.kind not in STORES:
        put_object(b, owner, model, field, value)
        return
    key = (id(model.cls), field.number)
    if any(type(effect) is PutField and effect.field == key for effect in b.state.waiting):
        raise Unsupported("an attribute that is assigned an object and then a number")
    place = attributes_of(b, owner.values[0], field.in_object)
    fact = ("field", place, field.number)
    if fact not in b.facts:
        old = b.emit(Op.FIELD_CHECKED, place, b.const_int(field.number))
        check_old(b, field.shape, old)
        b.facts.add(fact)
    store(b, place, None, value, key)


def put_object(
    b: RegionBuilder, owner: Typed, model: ClassModel, field: Field, value: Typed
) -> None:
    """An attribute gets an object, or None. What it replaces is anything whose end runs nothing of
    the program."""
    value = as_object(b, value)
    if value.kind not in PUT:
        raise Unsupported(f"an attribute that is assigned {value.kind.name.lower()}")
    if not b.owns:
        raise Growth("an attribute is replaced", owning=True)
    if b.function is not b.own_function:
        raise Unsupported("a function that assigns attributes")
    place = attributes_of(b, owner.values[0], field.in_object)
    watch(b, field.shape)
    watch(b, shape_as_element(value))
    end_alone(b, b.emit(Op.FIELD_CHECKED, place, b.const_int(field.number)))
    b.facts = {fact for fact in b.facts if fact[0] != "field" or fact[2] != field.number}
    put_field(b, place, value, (id(model.cls), field.number))


def check_old(b: RegionBuilder, shape: Shape, old: Value) -> None:
    """What is replaced must be a number or None."""
    shapes: tuple[Any, ...] = shape[1:] if shape[0] == "mixed" else (shape,)
    if len(shapes) == 1 or any(each[0] == "instance" for each in shapes):
        check_number(b, str(shape[0]), old)
    else:
        tests = [has_shape(b, each, old) for each in shapes]
        b.guard(reduce(lambda one, other: b.emit(Op.EITHER, one, other), tests))


@builds(Bytecode.GETATTR)
def build_getattr(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    owner = read(b, i.src[0])
    name = i.imm[0]
    if owner.kind is Kind.INSTANCE and owner.shape[0] == "any":
        dispatch(b, pc, i, owner, (owner,))
        return None
    if owner.kind is Kind.INSTANCE:
        return get_from_instance(b, pc, i, owner)
    if owner.kind is Kind.RECORD:
        return get_from_record(b, pc, i, owner)
    if owner.kind is Kind.SUPER:
        return get_from_super(b, pc, i, owner)
    if owner.kind is Kind.KNOWN and isinstance(owner.known, type):
        return get_from_class(b, pc, i, owner)
    if owner.kind in WITH_METHODS or is_constant_text(owner):
        write(b, i, Typed(Kind.METHOD, known=sys.intern(name), parts=(owner,)))
        return pc + 1
    write(b, i, get_from_module(b, owner, name))
    return pc + 1


def get_from_module(b: RegionBuilder, owner: Typed, name: str) -> Typed:
    """A function or float of a module, which must stay what it is now."""
    module = owner.known
    if owner.kind is not Kind.KNOWN or type(module) is not ModuleType or name not in vars(module):
        raise Unsupported(f"attribute {name} of {owner.kind.name.lower()}")
    assert isinstance(module, ModuleType)
    namespace = vars(module)
    value = namespace[name]

    def check() -> Typed:
        found = b.emit(Op.LOOKUP, b.const_object(namespace), b.const_object(name))
        b.guard(b.emit(Op.IS_OBJECT, found, b.const_object(value)))
        return Typed(Kind.KNOWN, known=value)

    key = f"{module.__name__}.{name}"
    known = b.known.get(key)
    if known is None:
        known = b.known[key] = b.in_entry(check)
    return real(b.const_float(value)) if type(value) is float else known
