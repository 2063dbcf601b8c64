"""Dicts with ints or strings as keys.

    counts[k] = counts.get(k, 0) + 1       one look for the place of k; then its box, or a new key

Native code finds a key itself, without running Python: where a key's own methods would have to be
called the region is left. What is stored waits for the end of the statement; until then no dict is
looked at again. No dict is made.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, Jump, Operation, Value
from ..ir.ops import Op
from ..layout.dicts import dict_problem, is_defaulting
from ..layout.instances import HEAP_TYPE
from ..layout.strings import string_problem
from ..layout.tuples import tuple_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .arithmetic import SIZES
from .builder import Growth, RegionBuilder, Unsupported, builds
from .effects import STORES, Effect
from .frames import ENTERS
from .fresh import as_object, content_of, shape_as_element
from .instances import OPENERS, check_class, described
from .literals import as_text, text_pointer
from .owned import make
from .pairs import parts_of
from .sequences import GET_ITEM, NUMBERS, SET_ITEM, unboxed
from .state import DEFAULTING, EMPTY, Key, Kind, Shape, Typed, most_frequent, value_shape
from .strings import as_pointer, is_text
from .variables import read, write
from .words import INTEGERS, exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FEW = 8
"""Values that are looked at."""

SETS = (-2, 0)
"""The field of all stores into dicts: there is no such attribute."""

FIND_OPS = {
    "int": Op.DICT_FIND_INT_CHECKED,
    "str": Op.DICT_FIND_STR_CHECKED,
    "tuple": Op.DICT_FIND_TUPLE_CHECKED,
}
"""By the type of the key."""

SET_OPS = {
    (False, Kind.INT): Op.DICT_SET_INT_INT,
    (False, Kind.FLOAT): Op.DICT_SET_INT_FLOAT,
    (False, Kind.BOOL): Op.DICT_SET_INT_BOOL,
    (True, Kind.INT): Op.DICT_SET_STR_INT,
    (True, Kind.FLOAT): Op.DICT_SET_STR_FLOAT,
    (True, Kind.BOOL): Op.DICT_SET_STR_BOOL,
}
"""By whether the key is an object, and the kind of the value."""

OBJECT_OPS = {False: Op.DICT_SET_INT_OBJECT, True: Op.DICT_SET_STR_OBJECT}
REMOVE_OPS = {False: Op.DICT_REMOVE_INT, True: Op.DICT_REMOVE_STR}
"""By whether the key is an object."""


class SetItem(Effect):
    """`items[own_key] = value`, not done yet; `index` is the place of the key."""

    __slots__ = ("is_str", "own_key")

    def __init__(
        self, items: Value, place: Value, own_key: Value, value: Typed, is_str: bool
    ) -> None:
        super().__init__(items, place, value, SETS)
        self.own_key = own_key
        self.is_str = is_str

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.is_str, self.value.kind)

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield from super().flat()
        yield self.own_key

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        items, place, value, own_key = (next(values) for _ in range(4))
        return type(self)(items, place, own_key, Typed(self.value.kind, (value,)), self.is_str)

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        op = SET_OPS.get((self.is_str, self.value.kind), OBJECT_OPS[self.is_str])
        b.append_effect(op, self.items, self.index, self.own_key, self.value.values[0])
        forget_places(b)


class RemoveItem(SetItem):
    """`del items[own_key]`, not done yet; `value` is where it is, once more."""

    __slots__ = ()

    def make(self, b: RegionBuilder) -> None:
        """Do it. What was there is kept alive: the statement may have read it."""
        assert self.index is not None
        old = b.emit(Op.ITEM, self.index, b.const_int(0))
        b.block.operations.append(Operation(Op.OWN, (old,), None))
        b.append_effect(REMOVE_OPS[self.is_str], self.items, self.index, self.own_key)
        forget_places(b)


def enter_dict(b: RegionBuilder, key: Key, sample: dict[Any, Any]) -> Typed:
    """A variable that holds a dict; not one with the names of a module, which the region may take
    for constants."""
    if dict_problem() or string_problem() or is_namespace(b, sample):
        return Typed(Kind.OPAQUE)
    slot = b.slot((key, Kind.DICT), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, dict))
    found = b.emit(Op.SLOT_OBJECT, attr=slot)
    check_no_module(b, found)
    shape = value_shape(sample, b.request.classes)
    return Typed(Kind.DICT, (found,), b.shapes.get(key, shape) if shape == EMPTY else shape)


def enter_defaulting(b: RegionBuilder, key: Key, sample: dict[Any, Any]) -> Typed:
    """A variable that holds one that gives something for a key that is missing: then the region is
    left. Its shape has `DEFAULTING` at its end."""
    kind = type(sample)
    problem = dict_problem() or string_problem()
    if problem or key in b.assigned or not sample or not is_defaulting(kind):
        return Typed(Kind.OPAQUE)
    model = b.request.classes.of(kind)
    if model is None and kind.__flags__ & HEAP_TYPE:
        return Typed(Kind.OPAQUE)
    if model is not None:
        check_class(b, model)
    slot = b.slot((key, Kind.DICT), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, kind))
    shapes = entry_shapes(value_shape(sample, b.request.classes))
    return Typed(Kind.DICT, (b.emit(Op.SLOT_OBJECT, attr=slot),), ("entries", *shapes, DEFAULTING))


def is_plain(owner: Typed) -> bool:
    """Whether a dict is no more than that."""
    return owner.shape[-1] != DEFAULTING


def register_types() -> None:
    """Let variables hold `Counter`, if the program has imported it."""
    counter = getattr(sys.modules.get("collections"), "Counter", None)
    if isinstance(counter, type):
        ENTERS[counter] = enter_defaulting


def opened(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be a dict, but not a module's."""
    if dict_problem() or string_problem():
        raise Unsupported(dict_problem() or string_problem())
    if ("dict", pointer) not in b.facts:
        b.guard(b.emit(Op.IS_TYPE, pointer, attr=dict))
        check_no_module(b, pointer)
        b.facts.add(("dict", pointer))
    values = shape[1]
    assert isinstance(values, tuple)
    return Typed(Kind.DICT, (pointer,), values)


def check_no_module(b: RegionBuilder, found: Value) -> None:
    """Guard that a dict does not hold the names of a module."""
    place = b.emit(Op.DICT_FIND_STR_CHECKED, found, b.const_object("__name__"))
    b.guard(b.emit(Op.IS_OBJECT, place, null(b)))


def is_namespace(b: RegionBuilder, sample: dict[Any, Any]) -> bool:
    """Whether a dict holds the names of a module."""
    known = (b.request.globals, b.request.builtins)
    return any(sample is found for found in known) or any(
        type(key) is str and key == "__name__" for key in islice(sample, FEW)
    )


def null(b: RegionBuilder) -> Value:
    """The place of a key that is missing."""
    return b.emit(Op.CONST_OBJECT, attr=0)


# --- places


def find(b: RegionBuilder, owner: Typed, key: Typed) -> tuple[Value, Value, bool]:
    """The place of a key, or null; the key; whether it is an object."""
    pointer = owner.values[0]
    reject_stores(b, pointer)
    own_key, kind = key_of(b, key)
    for fact in b.facts:
        if fact[:3] == ("place", pointer, own_key):
            place = fact[3]
            assert isinstance(place, Value)
            return place, own_key, kind != "int"
    place = b.emit(FIND_OPS[kind], pointer, own_key)
    b.facts.add(("place", pointer, own_key, place))
    return place, own_key, kind != "int"


def reject_stores(b: RegionBuilder, pointer: Value) -> None:
    """What is looked for in a dict or set may have been stored just before: leave if it is the one
    that a store waits for."""
    for effect in b.state.waiting:
        if isinstance(effect.field, tuple) and effect.field[0] < -1:
            if effect.items is pointer:
                raise Unsupported("a dict that was stored into just before")
            b.guard(b.emit(Op.NOT, b.emit(Op.IS_OBJECT, effect.items, pointer)))


def key_of(b: RegionBuilder, key: Typed) -> tuple[Value, str]:
    """A key as native code looks for it: an int, or a string or tuple as an object; which of
    them."""
    if is_text(key):
        return key_pointer(b, key), "str"
    if key.kind in INTEGERS and key.kind is not Kind.BOOL:
        return exact(b, key).values[0], "int"
    parts = parts_of(b, key)
    if parts is not None:
        key = Typed(Kind.PAIR, parts=tuple(parts))
    if key.kind in (Kind.PAIR, Kind.TUPLE) and not tuple_problem():
        return as_object(b, key).values[0], "tuple"
    raise Unsupported(f"a key that is {key.kind.name.lower()}")


def key_pointer(b: RegionBuilder, key: Typed) -> Value:
    """A string key as an object, which is the same for the same key."""
    if isinstance(key.known, str) or key.kind is Kind.STR:
        return text_pointer(b, key)
    for fact in b.facts:
        if fact[:2] == ("character", key.values[0]):
            found = fact[2]
            assert isinstance(found, Value)
            return found
    pointer = as_pointer(b, key)
    b.facts.add(("character", key.values[0], pointer))
    return pointer


def forget_places(b: RegionBuilder) -> None:
    """A dict is another: its entries may be elsewhere."""
    b.facts = {fact for fact in b.facts if fact[0] not in ("place", "number at")}


def is_missing(b: RegionBuilder, place: Value) -> Value:
    """Whether a key is missing."""
    return b.emit(Op.IS_OBJECT, place, null(b))


# --- loads


def contains(b: RegionBuilder, owner: Typed, key: Typed) -> Value:
    """Whether a dict has a key."""
    return b.emit(Op.NOT, is_missing(b, find(b, owner, key)[0]))


def get_item(b: RegionBuilder, owner: Typed, key: Typed) -> Typed:
    """The value of a key; where it is missing the host raises, or calls `__missing__`."""
    place, _, _ = find(b, owner, key)
    b.guard(b.emit(Op.NOT, is_missing(b, place)))
    return value_at(b, shape_for(owner, key), place)


def entry_shapes(shape: Shape) -> tuple[Shape, Shape]:
    """The shapes of a dict's keys and of its values; a guess for one that had nothing."""
    parts: tuple[Any, ...] = shape[1:]
    if shape[0] == "entries":
        return parts[0], parts[1]
    return ("str",), most_frequent(parts[1::2]) if shape[0] == "keyed" else ("int",)


def shape_for(owner: Typed, key: Typed) -> Shape:
    """What a dict has under a key; a guess for one that had nothing."""
    shape: tuple[Any, ...] = owner.shape
    if shape[0] != "keyed":
        return entry_shapes(shape)[1]
    by_key = dict(zip(shape[1::2], shape[2::2], strict=True))
    if key.known in by_key:
        found: Shape = by_key[key.known]
        return found
    return most_frequent(list(by_key.values()))


def value_at(b: RegionBuilder, shape: Shape, place: Value) -> Typed:
    """What is at a place that is not null."""
    name = str(shape[0])
    if name in ("other", "empty", "optional"):
        raise Unsupported("a value of a dict that is no number")
    pointer = b.emit(Op.ITEM, place, b.const_int(0))
    if name not in NUMBERS:
        return described(b, shape, pointer)
    found = unboxed(b, name, pointer)
    b.facts.add(("number at", place))
    return found


def get(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, values: Sequence[Typed]
) -> int | None:
    """dict.get(key), or with a default of any kind."""
    if not 1 <= len(values) <= 2:
        raise Unsupported("get without a key")
    default = values[1] if len(values) == 2 else Typed(Kind.NONE)
    if owner.shape == EMPTY and default.kind in STORES:
        kinds = shape_as_element(values[0]), shape_as_element(default)
        owner = Typed(Kind.DICT, owner.values, ("entries", *kinds))
    place, _, _ = find(b, owner, values[0])
    shape = shape_for(owner, values[0])
    if default.kind.name.lower() == shape[0] and default.kind in STORES:
        write(b, i, get_number(b, shape, place, default))
        return pc + 1
    missing = is_missing(b, place)
    state = b.state
    b.state = state.copy()
    write(b, i, default)
    without = b.jump(pc + 1, b.state)
    b.state = state
    body = b.function.block()
    b.block.terminator = Branch(missing, without, Jump(body, ()))
    b.block = body
    write(b, i, value_at(b, shape, place))
    return pc + 1


def get_number(b: RegionBuilder, shape: Shape, place: Value, default: Typed) -> Typed:
    """The number at a place, or the default, which is of the same type."""
    result = b.function.value(default.values[0].type)
    body, behind = b.function.block(), b.function.block((result,))
    missing = is_missing(b, place)
    b.block.terminator = Branch(missing, Jump(behind, default.values), Jump(body, ()))
    known = set(b.facts), dict(b.sizes)
    b.block = body
    found = value_at(b, shape, place)
    b.block.terminator = Jump(behind, found.values)
    b.block = behind
    b.facts, b.sizes = known
    b.facts.add(("number at", place))
    return Typed(default.kind, (result,))


def view(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, values: Sequence[Typed], name: str
) -> int:
    """dict.keys, dict.values, dict.items: to go through them."""
    if values:
        raise Unsupported(f"{name} with arguments")
    write(b, i, Typed(Kind.VIEW, owner.values, (name, *entry_shapes(owner.shape))))
    return pc + 1


def pop(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, values: Sequence[Typed]
) -> int | None:
    """dict.pop of a key that is there."""
    if not 1 <= len(values) <= 2:
        raise Unsupported("pop without a key")
    found = get_item(b, owner, values[0])
    remove(b, owner, values[0])
    write(b, i, found)
    return pc + 1


def setdefault(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, values: Sequence[Typed]
) -> int | None:
    """The value of a key, which is stored first if the key is missing."""
    if len(values) != 2:
        raise Unsupported("setdefault without a value")
    value = as_object(b, values[1])
    place, _, _ = find(b, owner, values[0])
    if owner.shape == EMPTY:
        learn(b, owner, values[0], value)
        kinds = shape_as_element(values[0]), shape_as_element(value)
        owner = Typed(Kind.DICT, owner.values, ("entries", *kinds))
    missing = is_missing(b, place)
    state = b.state
    b.state = state.copy()
    set_item(b, owner, values[0], value)
    write(b, i, value)
    without = b.jump(pc + 1, b.state)
    b.state = state
    body = b.function.block()
    b.block.terminator = Branch(missing, without, Jump(body, ()))
    b.block = body
    write(b, i, value_at(b, shape_for(owner, values[0]), place))
    return pc + 1


METHODS: dict[str, Callable[..., int | None]] = {
    "get": get,
    "pop": pop,
    "setdefault": setdefault,
    **{name: partial(view, name=name) for name in ("keys", "values", "items")},
}


def call_method(
    b: RegionBuilder, pc: int, i: Instruction, method: Typed, values: Sequence[Typed]
) -> int | None:
    """A method of a dict."""
    build = METHODS.get(str(method.known))
    if build is None:
        raise Unsupported(f"a call of {method.known}")
    return build(b, pc, i, method.parts[0], values)


def size(b: RegionBuilder, owner: Typed) -> Value:
    """len of a dict."""
    reject_stores(b, owner.values[0])
    return b.emit(Op.DICT_SIZE, owner.values[0])


# --- stores


def set_item(b: RegionBuilder, owner: Typed, key: Typed, value: Typed) -> None:
    """Store a value, over a number if it is one, when the statement is finished. Nothing of the
    program may run when what it replaces ends."""
    value = as_object(b, value)
    if value.kind not in STORES:
        content = content_of(b, value)
        if not b.owns:
            raise Growth("an object is stored into a dict", owning=True)
    place, own_key, is_str = find(b, owner, key)
    if value.kind not in STORES:
        check = Op.DICT_LETS_GO_CHECKED
        stored = Typed(Kind.OPAQUE, (content,))
    else:
        check = Op.DICT_OLD_CHECKED
        stored = Typed(value.kind, value.values)
    if value.kind not in STORES or ("number at", place) not in b.facts:
        b.block.operations.append(Operation(check, (place,), None, None, b.exit_point()))
    effect = SetItem(owner.values[0], place, own_key, stored, is_str)
    b.state.waiting = (*b.state.waiting, effect)
    forget_places(b)
    if owner.shape == EMPTY:
        learn(b, owner, key, value)


def learn(b: RegionBuilder, owner: Typed, key: Typed, value: Typed) -> None:
    """A dict that was empty so far has such keys and values, see `lists.learn`."""
    kinds = shape_as_element(as_text(b, key)), shape_as_element(value)
    for variables in (b.state.variables, b.invariants):
        for name, typed in variables.items():
            if typed.kind is Kind.DICT and typed.values == owner.values:
                variables[name] = Typed(Kind.DICT, typed.values, ("entries", *kinds))
                b.shapes.setdefault(name, ("entries", *kinds))


def remove(b: RegionBuilder, owner: Typed, key: Typed) -> None:
    """Drop a key that is there when the statement is finished."""
    if not b.owns:
        raise Growth("an object is taken out of a dict", owning=True)
    place, own_key, is_str = find(b, owner, key)
    b.guard(b.emit(Op.NOT, is_missing(b, place)))
    check = Operation(Op.DICT_LETS_GO_CHECKED, (place,), None, None, b.exit_point())
    b.block.operations.append(check)
    effect = RemoveItem(owner.values[0], place, own_key, Typed(Kind.OPAQUE, (place,)), is_str)
    b.state.waiting = (*b.state.waiting, effect)
    forget_places(b)


@builds(Bytecode.DELITEM)
def build_delitem(b: RegionBuilder, pc: int, i: Instruction) -> int:
    owner, key = read(b, i.src[0]), read(b, i.src[1])
    if owner.kind in DEL_ITEM:
        DEL_ITEM[owner.kind](b, owner, key)
        return pc + 1
    raise Unsupported(f"del of an element of {owner.kind.name.lower()}")


DEL_ITEM: dict[Kind, Callable[[RegionBuilder, Typed, Typed], None]] = {Kind.DICT: remove}
"""del owner[index]"""


# --- new dicts


@builds(Bytecode.DICT)
def build_dict(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """`{}`, or with constant keys that differ."""
    if dict_problem():
        raise Unsupported(dict_problem())
    values = [read(b, operand) for operand in i.src]
    keys, items = values[::2], [as_object(b, value) for value in values[1::2]]
    known = [key.known for key in keys]
    is_constant = all(type(key) in (int, str) for key in known)
    if not is_constant or len(set(known)) != len(known) or len(known) > FEW:
        raise Unsupported("a display of a dict with keys that are no constants")
    found = make(b, Op.NEW_DICT_CHECKED)
    for key, item in zip(keys, items, strict=True):
        own_key, kind = key_of(b, key)
        content = content_of(b, item)
        is_object = kind != "int"
        op = SET_OPS.get((is_object, item.kind), OBJECT_OPS[is_object])
        arguments = (found, null(b), own_key, content)
        b.block.operations.append(Operation(op, arguments, None, None, b.exit_point()))
    shape: Shape = EMPTY
    if keys:
        shapes = [shape_as_element(item) for item in items]
        shape = ("entries", shape_as_element(as_text(b, keys[0])), shapes[0])
        if len(set(shapes)) > 1 and all(type(key) is str for key in known):
            pairs = zip(known, shapes, strict=True)
            shape = ("keyed", *(part for pair in pairs for part in pair))
    write(b, i, Typed(Kind.DICT, (found,), shape))
    return pc + 1


def add_entry(b: RegionBuilder, pointer: Value, key: Typed, value: Typed) -> Shape:
    """Store into a dict that nobody else refers to; the shape of such dicts."""
    value = as_object(b, value)
    content = content_of(b, value)
    own_key, kind = key_of(b, key)
    place = b.emit(FIND_OPS[kind], pointer, own_key)
    is_number = value.kind in STORES
    check = Op.DICT_OLD_CHECKED if is_number else Op.DICT_LETS_GO_CHECKED
    op = SET_OPS.get((kind != "int", value.kind), OBJECT_OPS[kind != "int"])
    for each, arguments in ((check, (place,)), (op, (pointer, place, own_key, content))):
        b.block.operations.append(Operation(each, arguments, None, None, b.exit_point()))
    forget_places(b)
    return ("entries", shape_as_element(as_text(b, key)), shape_as_element(value))


def call_dict(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`dict()`, `dict(other)`"""
    if not values:
        return Typed(Kind.DICT, (make(b, Op.NEW_DICT_CHECKED),), EMPTY)
    if len(values) != 1 or values[0].kind is not Kind.DICT:
        raise Unsupported("dict of something else than a dict")
    reject_stores(b, values[0].values[0])
    found = make(b, Op.COPY_DICT_CHECKED, values[0].values[0])
    shape = values[0].shape
    return Typed(Kind.DICT, (found,), shape if is_plain(values[0]) else shape[:-1])


def copy(
    b: RegionBuilder, pc: int, i: Instruction, owner: Typed, values: Sequence[Typed]
) -> int | None:
    """dict.copy()"""
    if values or not is_plain(owner):
        raise Unsupported("copy with arguments, or of a defaultdict")
    write(b, i, call_dict(b, (owner,)))
    return pc + 1


METHODS["copy"] = copy
ENTERS[dict] = enter_dict
ENTERS[defaultdict] = enter_defaulting
OPENERS[dict] = opened
GET_ITEM[Kind.DICT] = get_item
SET_ITEM[Kind.DICT] = set_item
SIZES[Kind.DICT] = size
