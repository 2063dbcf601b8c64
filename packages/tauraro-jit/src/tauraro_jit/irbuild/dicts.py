"""Dicts with ints or strings as keys.

    counts[k] = counts.get(k, 0) + 1       one look for the place of k; then its box, or a new key

Native code finds a key itself, without running Python: where a key's own methods would have to be
called the region is left. What is stored waits for the end of the statement; until then no dict is
looked at again. No dict is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, Jump, Operation, Value
from ..ir.ops import Op
from ..layout.dicts import dict_problem
from ..layout.strings import string_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .builder import ENTERS, RegionBuilder, Unsupported
from .effects import STORES, Effect
from .instances import OPENERS, described
from .literals import text_pointer
from .sequences import GET_ITEM, NUMBERS, SET_ITEM, unboxed
from .state import EMPTY, Key, Kind, Shape, Typed, most_frequent, value_shape
from .strings import as_pointer, is_text
from .variables import write
from .words import INTEGERS, exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FEW = 8
"""Values that are looked at."""

SETS = (-2, 0)
"""The field of all stores into dicts: there is no such attribute."""

SET_OPS = {
    (False, Kind.INT): Op.DICT_SET_INT_INT,
    (False, Kind.FLOAT): Op.DICT_SET_INT_FLOAT,
    (False, Kind.BOOL): Op.DICT_SET_INT_BOOL,
    (True, Kind.INT): Op.DICT_SET_STR_INT,
    (True, Kind.FLOAT): Op.DICT_SET_STR_FLOAT,
    (True, Kind.BOOL): Op.DICT_SET_STR_BOOL,
}
"""By whether the key is a string, and the kind of the value."""


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
        return SetItem(items, place, own_key, Typed(self.value.kind, (value,)), self.is_str)

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        op = SET_OPS[self.is_str, self.value.kind]
        b.append_effect(op, self.items, self.index, self.own_key, self.value.values[0])
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
    return Typed(Kind.DICT, (found,), value_shape(sample, b.request.classes))


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
    """The place of a key, or null; the key; whether it is a string."""
    pointer = owner.values[0]
    reject_stores(b, pointer)
    own_key, is_str = key_of(b, key)
    for fact in b.facts:
        if fact[:3] == ("place", pointer, own_key):
            place = fact[3]
            assert isinstance(place, Value)
            return place, own_key, is_str
    op = Op.DICT_FIND_STR_CHECKED if is_str else Op.DICT_FIND_INT_CHECKED
    place = b.emit(op, pointer, own_key)
    b.facts.add(("place", pointer, own_key, place))
    return place, own_key, is_str


def reject_stores(b: RegionBuilder, pointer: Value) -> None:
    """What is looked for in a dict or set may have been stored just before: leave if it is the one
    that a store waits for."""
    for effect in b.state.waiting:
        if isinstance(effect.field, tuple) and effect.field[0] < -1:
            if effect.items is pointer:
                raise Unsupported("a dict that was stored into just before")
            b.guard(b.emit(Op.NOT, b.emit(Op.IS_OBJECT, effect.items, pointer)))


def key_of(b: RegionBuilder, key: Typed) -> tuple[Value, bool]:
    """A key as native code looks for it: an int, or a string as an object; whether it is that."""
    if is_text(key):
        return key_pointer(b, key), True
    if key.kind in INTEGERS and key.kind is not Kind.BOOL:
        return exact(b, key).values[0], False
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


def shape_for(owner: Typed, key: Typed) -> Shape:
    """What a dict has under a key; a guess for one that had nothing."""
    shape: tuple[Any, ...] = owner.shape
    if shape == EMPTY:
        return ("int",)
    if shape[0] != "keyed":
        return shape
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
        owner = Typed(Kind.DICT, owner.values, (default.kind.name.lower(),))
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


METHODS: dict[str, Callable[..., int | None]] = {"get": get}


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
    """Store a number over a number, or None, or with a new key, when the statement is finished."""
    value = exact(b, value)
    if value.kind not in STORES:
        raise Unsupported(f"a store of {value.kind.name.lower()} into a dict")
    place, own_key, is_str = find(b, owner, key)
    if ("number at", place) not in b.facts:
        check = Operation(Op.DICT_OLD_CHECKED, (place,), None, None, b.exit_point())
        b.block.operations.append(check)
    effect = SetItem(owner.values[0], place, own_key, Typed(value.kind, value.values), is_str)
    b.state.waiting = (*b.state.waiting, effect)
    forget_places(b)


ENTERS[dict] = enter_dict
OPENERS[dict] = opened
GET_ITEM[Kind.DICT] = get_item
SET_ITEM[Kind.DICT] = set_item
