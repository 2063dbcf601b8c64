"""Instances that are made while a statement runs, and that nobody else sees: no object is made.

    (a - b).length()        `__sub__` returns Vector(...), whose attributes stay SSA values

A record lives in temporaries and in the variables of functions that are built in place, so the host
never asks for it. Where it is stored it is made: `keep`. All names for it are in the state, so an
assignment to an attribute changes them all, and all mean the object when it is made.
"""

from __future__ import annotations

from types import FunctionType, MemberDescriptorType

from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..layout.instances import is_made_plainly
from .arguments import bind, check_function
from .builder import RegionBuilder, Unsupported
from .calls import begin_call
from .classes import MISSING, ClassModel, find, is_data
from .fresh import KEPT, as_object, content_of, shape_as_element
from .instances import attributes_of, check_class, class_pointer
from .owned import make, watch
from .state import Kind, Typed
from .variables import STORABLE, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

IS_ABSTRACT = 1 << 20
"""Flag of types with abstract methods."""


def create(
    b: RegionBuilder, pc: int, i: Instruction, cls: type, values: Sequence[Typed]
) -> int | None:
    """Class(...)"""
    model = b.request.classes.of(cls)
    plain = find(type(cls), "__call__") is vars(type)["__call__"]
    if model is None or not plain or cls.__flags__ & IS_ABSTRACT:
        raise Unsupported(f"a call of {cls.__name__}")
    check_class(b, model)
    if issubclass(cls, tuple):
        write(b, i, create_tuple(b, i, model, values))
        return pc + 1
    made_plainly = model.find("__new__") is vars(object)["__new__"]
    if not made_plainly or model.find("__del__") is not MISSING:
        raise Unsupported(f"a call of {cls.__name__}")
    record = new_record(b, cls, (), ())
    init = model.find("__init__")
    if init is vars(object)["__init__"] and not values:
        write(b, i, record)
        return pc + 1
    if not isinstance(init, FunctionType):
        raise Unsupported(f"a call of {cls.__name__}")
    arguments = bind(b, init, i.imm[0], (record, *values))
    names = assigned_by(cls, init)
    if names:
        check_function(b, init, "code", Op.FUNCTION_CODE, init.__code__)
        write(b, i, new_record(b, cls, names, arguments[1:]))
        return pc + 1
    b.state.temps[place_of(len(b.state.calls))] = record
    begin_call(b, pc, init, arguments, creates=True)
    return None


def place_of(depth: int) -> int:
    """The temporary that holds a record while its `__init__` runs."""
    return -1 - depth


def assigned_by(cls: type, init: FunctionType) -> tuple[str, ...]:
    """The attributes that the `__init__` of a data class assigns its parameters to, if it does
    nothing else."""
    host = init.__code__
    fields: dict[str, Any] = vars(cls).get("__dataclass_fields__", {})
    names = host.co_varnames[1 : host.co_argcount]
    parameters = vars(cls).get("__dataclass_params__")
    if not names or names != tuple(fields) or host.co_filename != "<string>":
        return ()
    if host.co_kwonlyargcount or host.co_nlocals != host.co_argcount:
        return ()
    constants = tuple(value for value in host.co_consts if value is not None)
    if getattr(parameters, "frozen", False):
        plain = (host.co_names, constants) == (("__setattr__",), names)
    else:
        plain = (host.co_names, constants) == (names, ())
    return names if plain else ()


def create_tuple(
    b: RegionBuilder, i: Instruction, model: ClassModel, values: Sequence[Typed]
) -> Typed:
    """A named tuple, by the function that `namedtuple` makes."""
    cls: Any = model.cls
    new = model.find("__new__")
    function = new.__func__ if isinstance(new, staticmethod) else new
    if (
        not isinstance(function, FunctionType)
        or function.__globals__.get("_tuple_new") is not tuple.__new__
        or function.__code__.co_names != ("_tuple_new",)
        or model.find("__init__") is not vars(object)["__init__"]
    ):
        raise Unsupported(f"a call of {cls.__name__}")
    check_function(b, function, "code", Op.FUNCTION_CODE, function.__code__)
    parts = bind(b, function, i.imm[0], (Typed(Kind.KNOWN, known=cls), *values))[1:]
    return new_record(b, cls, tuple(cls._fields), parts)


def new_record(
    b: RegionBuilder, cls: type, names: tuple[str, ...], parts: Sequence[Typed]
) -> Typed:
    """A record that has another number than all others there are."""
    taken = {record.shape[2] for record in records(b)}
    number = next(n for n in range(len(taken) + 1) if n not in taken)
    b.facts = {fact for fact in b.facts if fact[:2] != ("made", number)}
    shape = ("record", b.request.classes.shape_of_class(cls)[1], number, names)
    return Typed(Kind.RECORD, (), shape, parts=tuple(kept(part) for part in parts))


def kept(value: Typed) -> Typed:
    """What an attribute of a record holds."""
    if value.kind not in STORABLE and value.kind is not Kind.RECORD:
        raise Unsupported(f"an attribute that is assigned {value.kind.name.lower()}")
    return Typed(value.kind, value.values, value.shape, parts=value.parts)


def records(b: RegionBuilder) -> Iterator[Typed]:
    """All records in the state."""
    state = b.state
    held = [*state.variables.values(), *state.temps.values()]
    for temps in state.saved:
        held += temps.values()
    while held:
        typed = held.pop()
        held += typed.parts
        if typed.kind is Kind.RECORD:
            yield typed


def names_of(record: Typed) -> tuple[str, ...]:
    """The names of a record's attributes, in the order of its parts."""
    names: Any = record.shape[3]
    return tuple(names)


def get_own(record: Typed, name: str) -> Typed | None:
    """An attribute of a record itself."""
    names = names_of(record)
    return record.parts[names.index(name)] if name in names else None


def set_own(b: RegionBuilder, record: Typed, model: ClassModel, name: str, value: Typed) -> None:
    """Assign to an attribute, under all names for the record."""
    found = model.find(name)
    is_slot = isinstance(found, MemberDescriptorType)
    if (found is not MISSING and is_data(found) and not is_slot) or not model.writes:
        raise Unsupported(f"an assignment to attribute {name} of {model.cls.__name__}")
    if not is_slot and not model.has_values:
        raise Unsupported(f"an assignment to attribute {name} of {model.cls.__name__}")
    number = record.shape[2]
    value = kept(value)
    if any(part.kind is Kind.RECORD and part.shape[2] == number for part in within(value)):
        raise Unsupported("an object that holds itself")
    names, parts = names_of(record), list(record.parts)
    if name in names:
        parts[names.index(name)] = value
    else:
        names, parts = (*names, name), [*parts, value]
    shape = (*record.shape[:3], names)
    replace_all(b, number, Typed(Kind.RECORD, (), shape, parts=tuple(parts)))


def within(value: Typed) -> Iterator[Typed]:
    """A value and all that it is made of."""
    yield value
    for part in value.parts:
        yield from within(part)


def replace_all(b: RegionBuilder, number: object, by: Typed) -> None:
    """The record of this number is another one now, or an object."""

    def replaced(typed: Typed) -> Typed:
        if typed.kind is Kind.RECORD and typed.shape[2] == number:
            return by
        if not typed.parts:
            return typed
        changed = tuple(replaced(part) for part in typed.parts)
        return Typed(typed.kind, typed.values, typed.shape, typed.known, changed)

    state = b.state
    state.variables = {key: replaced(typed) for key, typed in state.variables.items()}
    for temps in (state.temps, *state.saved):
        temps.update({index: replaced(typed) for index, typed in temps.items()})


# --- records that are kept


def keep(b: RegionBuilder, record: Typed) -> Typed:
    """The object itself, which the host's function for that makes. All names for the record mean
    it from now on."""
    number = record.shape[2]
    for fact in b.facts:
        if fact[:2] == ("made", number):  # all that was read before it was made
            known = fact[2]
            assert isinstance(known, Typed)
            return known
    model = b.request.classes.model(record.shape)
    if not is_made_plainly(model.cls) or issubclass(model.cls, tuple):
        raise Unsupported(f"a {model.cls.__name__} that is kept")
    if any(is_unfinished(b, call.depth, number) for call in b.state.calls if call.creates):
        raise Unsupported("an object that is stored by its __init__")
    names = names_of(record)
    values = [as_object(b, part) for part in record.parts]
    places = [place_in(model, name) for name in names]
    shape = b.request.classes.shape_of_class(model.cls)
    watch(b, shape)
    pointer = make(b, Op.NEW_INSTANCE_CHECKED, class_pointer(b, model.cls))
    found = Typed(Kind.INSTANCE, (pointer,), shape)
    position = 0
    for name, value, (place, in_object) in zip(names, values, places, strict=True):
        array = attributes_of(b, pointer, in_object)
        at = b.const_int(place)
        if not in_object:
            fill(b, Op.NAME, array, b.const_int(position), at)
            position += 1
        fill(b, FILLS.get(value.kind, Op.FILL_OBJECT), array, at, content_of(b, value))
        model.given.setdefault(name, shape_as_element(value))
    b.facts.add(("made", number, found))
    replace_all(b, number, found)
    return found


def is_unfinished(b: RegionBuilder, depth: int, number: object) -> bool:
    """Whether a record is made by the call of this depth, whose `__init__` runs."""
    temps = (b.state.temps, *b.state.saved)[len(b.state.calls) - depth]
    return temps[place_of(depth)].shape[2] == number


def place_in(model: ClassModel, name: str) -> tuple[int, bool]:
    """The number of an attribute, and whether it is one of `__slots__`."""
    found = model.find(name)
    if isinstance(found, MemberDescriptorType):
        number, in_object = model.slot(found), True
    else:
        number, in_object = model.number_of(name), False
    if number is None:
        raise Unsupported(f"attribute {name} of {model.cls.__name__}, which none had so far")
    return number, in_object


def fill(b: RegionBuilder, op: Op, *args: Value) -> None:
    """Give an object that nobody else refers to an attribute."""
    b.block.operations.append(Operation(op, args, None, None, b.exit_point()))


FILLS = {Kind.INT: Op.FILL_INT, Kind.FLOAT: Op.FILL_FLOAT, Kind.BOOL: Op.FILL_BOOL}
KEPT[Kind.RECORD] = keep
