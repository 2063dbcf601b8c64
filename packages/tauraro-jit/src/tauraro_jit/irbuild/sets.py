"""Sets of ints or strings: whether they have a key, and new keys, which wait for the end of the
statement as stores into dicts do."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..layout.sets import set_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .arithmetic import SIZES
from .builder import Growth, RegionBuilder, Unsupported
from .dicts import key_of, reject_stores
from .effects import Effect
from .frames import ENTERS
from .fresh import as_object, new_list, shape_as_element, shape_of_all
from .instances import OPENERS
from .literals import as_text
from .owned import make
from .state import EMPTY, Key, Kind, Shape, Typed, set_shape, shape_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

HAS_OPS = {
    "int": Op.SET_HAS_INT_CHECKED,
    "str": Op.SET_HAS_STR_CHECKED,
    "tuple": Op.SET_HAS_TUPLE_CHECKED,
}
"""By the type of the key."""

ADDS = (-3, 0)
"""The field of all new keys: there is no such attribute."""


class AddKey(Effect):
    """`items.add(index)`, not done yet; `value` is whether the key is there."""

    __slots__ = ("is_str",)

    def __init__(self, items: Value, own_key: Value, value: Typed, is_str: bool) -> None:
        super().__init__(items, own_key, value, ADDS)
        self.is_str = is_str

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.is_str)

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        items, own_key, value = (next(values) for _ in range(3))
        return type(self)(items, own_key, Typed(Kind.BOOL, (value,)), self.is_str)

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        op = Op.SET_ADD_STR if self.is_str else Op.SET_ADD_INT
        b.append_effect(op, self.items, self.index, self.value.values[0])


class DiscardKey(AddKey):
    """`items.discard(index)` of an int, not done yet."""

    __slots__ = ()

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        b.append_effect(Op.SET_DISCARD_INT, self.items, self.index, self.value.values[0])


def enter_set(b: RegionBuilder, key: Key, sample: set[object]) -> Typed:
    """A variable that holds a set."""
    if set_problem():
        return Typed(Kind.OPAQUE)
    slot = b.slot((key, Kind.SET), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, set))
    shape = set_shape(sample, b.request.classes)
    shape = b.shapes.get(key, shape) if shape == EMPTY else shape
    return Typed(Kind.SET, (b.emit(Op.SLOT_OBJECT, attr=slot),), shape)


def opened(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be a set."""
    if set_problem():
        raise Unsupported(set_problem())
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=set))
    elements = shape[1]
    assert isinstance(elements, tuple)
    return Typed(Kind.SET, (pointer,), elements)


def look(b: RegionBuilder, owner: Typed, key: Typed) -> tuple[Value, Value, bool]:
    """Whether a set has a key; the key; whether it is an object."""
    reject_stores(b, owner.values[0])
    own_key, kind = key_of(b, key)
    return b.emit(HAS_OPS[kind], owner.values[0], own_key), own_key, kind != "int"


def contains(b: RegionBuilder, owner: Typed, key: Typed) -> Value:
    """Whether a set has a key."""
    return look(b, owner, key)[0]


def size(b: RegionBuilder, owner: Typed) -> Value:
    """len of a set."""
    reject_stores(b, owner.values[0])
    return b.emit(Op.SET_SIZE, owner.values[0])


def call_method(b: RegionBuilder, owner: Typed, name: str, values: Sequence[Typed]) -> Typed:
    """set.add, set.discard, set.remove, set.copy, and the operators by their names."""
    if name == "copy" and not values:
        return call_set(b, (owner,))
    if name in BY_NAME and len(values) == 1 and values[0].kind is Kind.SET:
        return combined(b, BY_NAME[name], owner, values[0])
    if name not in ("add", "discard", "remove") or len(values) != 1:
        raise Unsupported(f"a call of {name}")
    found, own_key, is_str = look(b, owner, values[0])
    effect = AddKey if name == "add" else DiscardKey
    if is_str and name != "add":
        raise Unsupported(f"{name} of something else than an int")
    if name == "remove":
        b.guard(found)
    waits = effect(owner.values[0], own_key, Typed(Kind.BOOL, (found,)), is_str)
    b.state.waiting = (*b.state.waiting, waits)
    if owner.shape == EMPTY and name == "add":
        learn(b, owner, shape_as_element(as_text(b, values[0])))
    return Typed(Kind.NONE)


def learn(b: RegionBuilder, owner: Typed, shape: Shape) -> None:
    """A set that was empty so far has such elements, see `lists.learn`."""
    for variables in (b.state.variables, b.invariants):
        for name, typed in variables.items():
            if typed.kind is Kind.SET and typed.values == owner.values:
                variables[name] = Typed(Kind.SET, typed.values, shape)
                b.shapes.setdefault(name, shape)


# --- new sets

OPERATORS = {
    "BitAnd": "PyNumber_And",
    "BitOr": "PyNumber_Or",
    "Sub": "PyNumber_Subtract",
    "BitXor": "PyNumber_Xor",
}
BY_NAME = {
    "intersection": "BitAnd",
    "union": "BitOr",
    "difference": "Sub",
    "symmetric_difference": "BitXor",
}
"""Methods that do what an operator does."""


def combined(b: RegionBuilder, operator: str, left: Typed, right: Typed) -> Typed:
    """An operator on two sets: comparing their elements must run no code of the program."""
    for each in (left, right):
        reject_stores(b, each.values[0])
        b.guard(b.emit(Op.IS_PLAIN, each.values[0]))
    pointers = left.values[0], right.values[0]
    if b.function is not b.own_function:
        raise Unsupported("a function that makes sets")
    if not b.owns:
        raise Growth("a set is made", owning=True)
    found = b.emit(Op.SET_COMBINE_CHECKED, *pointers, attr=OPERATORS[operator])
    return Typed(Kind.SET, (found,), right.shape if left.shape == EMPTY else left.shape)


def call_set(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`set()`, `set(numbers)`"""
    if set_problem():
        raise Unsupported(set_problem())
    if not values:
        return Typed(Kind.SET, (make(b, Op.NEW_SET_CHECKED),), EMPTY)
    if len(values) != 1 or values[0].kind not in (Kind.LIST, Kind.TUPLE, Kind.SET):
        raise Unsupported("set of something else than a list, tuple or set")
    if b.state.waiting:
        raise Unsupported("a set behind a store of the same statement")
    source = values[0].values[0]
    b.guard(b.emit(Op.IS_PLAIN, source))
    return Typed(Kind.SET, (make(b, Op.TO_SET_CHECKED, source),), shape_at(values[0].shape, None))


def add_key(b: RegionBuilder, pointer: Value, key: Typed) -> Shape:
    """Add to a set that nobody else refers to; the shape of the key."""
    own_key, kind = key_of(b, key)
    found = b.emit(HAS_OPS[kind], pointer, own_key)
    op = Op.SET_ADD_INT if kind == "int" else Op.SET_ADD_STR
    b.block.operations.append(Operation(op, (pointer, own_key, found), None, None, b.exit_point()))
    return shape_as_element(as_text(b, key))


def set_display(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`{a, b}`"""
    items = [as_object(b, value) for value in values]
    for item in items:
        key_of(b, item)  # others have methods of their own
    found = new_list(b, items)
    made = call_set(b, (b.opened(Kind.LIST, found, shape_of_all(items)),))
    return Typed(Kind.SET, made.values, shape_at(shape_of_all(items), None))


ENTERS[set] = enter_set
OPENERS[set] = opened
SIZES[Kind.SET] = size
