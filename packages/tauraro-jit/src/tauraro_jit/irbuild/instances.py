"""Instances of the program's classes: how they enter, and what is known of them.

Native code runs no Python, so a class cannot change inside a region. It is looked at where the
region begins; an instance then only has to be of that class exactly, or of one of a few where a
list has instances of several (see `attributes.dispatch`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from types import NoneType

from ..ir.graph import Value
from ..ir.ops import Op
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .classes import MISSING
from .state import Key, Kind, Shape, State, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .builder import RegionBuilder
    from .classes import Classes, ClassModel


OPENERS: dict[type, Callable[[RegionBuilder, Shape, Value], Typed]] = {}
"""Objects of some types, by their shape."""


def model_of(b: RegionBuilder, instance: Typed) -> ClassModel:
    """The class of an instance, which is as it was when the region was built."""
    model = b.request.classes.model(instance.shape)
    check_class(b, model)
    return model


def class_pointer(b: RegionBuilder, cls: type) -> Value:
    """The address of a class, which is kept alive."""
    key = f"class {id(cls)}"
    if key not in b.known:
        b.keep.append(cls)
        b.known[key] = Typed(Kind.KNOWN, known=cls)
    return b.emit(Op.CONST_OBJECT, attr=id(cls))


def version_key(model: ClassModel) -> str:
    """The name in `known` of the test of a class."""
    return f"version of {id(model.cls)}"


def check_class(b: RegionBuilder, model: ClassModel) -> None:
    """Guards that neither the class nor its bases have changed."""
    key = version_key(model)

    def check() -> Typed:
        wanted = b.const_object(model.version)
        b.guard(b.emit(Op.IS_VERSION, class_pointer(b, model.cls), wanted))
        return Typed(Kind.NONE)

    if key not in b.known:
        b.known[key] = b.in_entry(check)


def check_keys(b: RegionBuilder, model: ClassModel) -> None:
    """Guards that instances have no attributes of other names than they had: none hides what is in
    the class."""
    key = f"keys of {id(model.cls)}"

    def check() -> Typed:
        count = b.emit(Op.COUNT_KEYS, class_pointer(b, model.cls))
        b.guard(b.emit(Op.INT_EQ, count, b.const_int(model.count)))
        return Typed(Kind.NONE)

    if model.has_values and key not in b.known:
        b.known[key] = b.in_entry(check)


def may_enter(b: RegionBuilder, key: Key, shape: Shape) -> bool:
    """Whether it does not show when an instance ends: what a variable held when the region was
    entered is released only when it is left."""
    return key not in b.assigned or end_quietly(b, shape)


def end_quietly(b: RegionBuilder, shape: Shape) -> bool:
    """Whether objects of a shape are instances without a destructor, or consist of such."""
    shapes: tuple[Any, ...] = shape[1:]
    if shape[0] == "instance":
        return b.request.classes.model(shape).find("__del__") is MISSING
    if shape[0] in ("any", "each", "list", "tuple"):
        return all(end_quietly(b, each) for each in shapes)
    return False


def enter_instance(b: RegionBuilder, key: Key, shape: Shape) -> Typed:
    """A variable that holds an instance."""
    slot = b.slot((key, Kind.INSTANCE), 1)
    shape = b.request.classes.any_of(shape)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, exact_type(b, shape)))
    pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
    if shape[0] == "any":
        return instance(b, shape, pointer)
    return Typed(Kind.INSTANCE, (pointer,), shape)


def enter_none(b: RegionBuilder, key: Key) -> Typed:
    """A variable that holds None."""
    slot = b.slot((key, Kind.NONE), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, NoneType))
    return Typed(Kind.NONE)


def output_object(
    b: RegionBuilder, key: Key, typed: Typed, stores: list[tuple[int, Value]]
) -> FrameValue:
    """How a variable that holds an instance, or None, is written."""
    slot = b.slot((key, typed.kind), 1)
    if typed.kind is Kind.NONE:
        written = b.known.get("None") or b.in_entry(lambda: Typed(Kind.NONE, (none(b),)))
        b.known["None"] = written
        stores.append((slot, written.values[0]))
        return FrameValue(*key, SlotType.OBJECT, slot, NoneType)
    stores.append((slot, typed.values[0]))
    return FrameValue(*key, SlotType.OBJECT, slot, exact_type(b, typed.shape))


def exact_type(b: RegionBuilder, shape: Shape) -> type | None:
    """The class of an instance, None if it may be of several."""
    return None if shape[0] == "any" else b.request.classes.model(shape).cls


def attributes_of(b: RegionBuilder, pointer: Value, in_object: bool) -> Value:
    """Where the attributes of an instance are."""
    if in_object:
        return pointer
    for fact in b.facts:
        if fact[:2] == ("attributes", pointer):
            found = fact[2]
            assert isinstance(found, Value)
            return found
    values = b.emit(Op.INSTANCE_VALUES_CHECKED, pointer)
    b.facts.add(("attributes", pointer, values))
    return values


def none(b: RegionBuilder) -> Value:
    """The address of None."""
    return b.emit(Op.CONST_OBJECT, attr=id(None))


def instance(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be an instance of just this class, or of one of these."""
    shapes: tuple[Any, ...] = (shape,) if shape[0] == "instance" else shape[1:]
    tests = [is_instance(b, each, pointer) for each in shapes]
    b.guard(reduce(lambda one, other: b.emit(Op.EITHER, one, other), tests))
    return Typed(Kind.INSTANCE, (pointer,), shape)


def is_instance(b: RegionBuilder, shape: Shape, pointer: Value) -> Value:
    """Whether an object is of this class."""
    return b.emit(Op.IS_INSTANCE, pointer, class_pointer(b, b.request.classes.model(shape).cls))


def nothing(b: RegionBuilder, pointer: Value) -> Typed:
    """An object that must be None."""
    b.guard(b.emit(Op.IS_OBJECT, pointer, none(b)))
    return Typed(Kind.NONE)


def described(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be as its shape says: an instance, None, a list or tuple."""
    name = shape[0]
    if name in ("instance", "any"):
        return instance(b, shape, pointer)
    if name == "none":
        return nothing(b, pointer)
    if name == "str":
        b.guard(b.emit(Op.IS_TYPE, pointer, attr=str))
        return Typed(Kind.STR, (pointer,))
    if name == "buffer":
        return OPENERS[memoryview](b, shape, pointer)
    if name in ("dict", "set"):
        return OPENERS[dict if name == "dict" else set](b, shape, pointer)
    exact = list if name == "list" else tuple
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=exact))
    inner = shape[1]
    assert isinstance(inner, tuple)
    return b.opened(Kind.LIST if name == "list" else Kind.TUPLE, pointer, inner)


REFINED = -1000
"""From here down: the temporaries that hold what is known of variables that the region does not
assign, and that are no part of the state."""


def as_refined(b: RegionBuilder, key: Key, typed: Typed) -> Typed:
    """A variable that the region does not assign: its class may be known by now."""
    if typed.kind is not Kind.INSTANCE or typed.shape[0] != "any":
        return typed
    return b.state.temps.get(REFINED - list(b.invariants).index(key), typed)


def refined(b: RegionBuilder, pointer: Value, shape: Shape) -> State:
    """The state where the class of an object is known."""
    state = b.state

    def refine(typed: Typed) -> Typed:
        if typed.kind is Kind.INSTANCE and typed.values[0] is pointer:
            return Typed(Kind.INSTANCE, typed.values, shape)
        if typed.parts:
            parts = tuple(refine(part) for part in typed.parts)
            return Typed(typed.kind, typed.values, typed.shape, typed.known, parts)
        return typed

    state = state.copy()
    state.variables = {key: refine(typed) for key, typed in state.variables.items()}
    for temps in (state.temps, *state.saved):
        temps.update({index: refine(typed) for index, typed in temps.items()})
    for number, typed in enumerate(b.invariants.values()):
        if typed.kind is Kind.INSTANCE and typed.values[0] is pointer:
            state.temps[REFINED - number] = refine(typed)
    return state


def widened(state: State, classes: Classes) -> State:
    """The state for the next round of a loop, where an object may be of another class."""
    state = state.copy()
    for key, typed in state.variables.items():
        if typed.kind is Kind.INSTANCE:
            shape = classes.any_of(typed.shape)
            state.variables[key] = Typed(Kind.INSTANCE, typed.values, shape)
    state.temps = {index: typed for index, typed in state.temps.items() if index > REFINED}
    return state
