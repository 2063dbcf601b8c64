"""Sets of ints or strings: whether they have a key, and new keys, which wait for the end of the
statement as stores into dicts do."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.sets import set_problem
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .builder import ENTERS, RegionBuilder, Unsupported
from .dicts import key_of, reject_stores
from .effects import Effect
from .instances import OPENERS
from .state import Key, Kind, Shape, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

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
        return AddKey(items, own_key, Typed(Kind.BOOL, (value,)), self.is_str)

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        op = Op.SET_ADD_STR if self.is_str else Op.SET_ADD_INT
        b.append_effect(op, self.items, self.index, self.value.values[0])


def enter_set(b: RegionBuilder, key: Key, sample: set[object]) -> Typed:
    """A variable that holds a set."""
    if set_problem():
        return Typed(Kind.OPAQUE)
    slot = b.slot((key, Kind.SET), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, set))
    return Typed(Kind.SET, (b.emit(Op.SLOT_OBJECT, attr=slot),))


def opened(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be a set."""
    if set_problem():
        raise Unsupported(set_problem())
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=set))
    return Typed(Kind.SET, (pointer,))


def look(b: RegionBuilder, owner: Typed, key: Typed) -> tuple[Value, Value, bool]:
    """Whether a set has a key; the key; whether it is a string."""
    reject_stores(b, owner.values[0])
    own_key, is_str = key_of(b, key)
    op = Op.SET_HAS_STR_CHECKED if is_str else Op.SET_HAS_INT_CHECKED
    return b.emit(op, owner.values[0], own_key), own_key, is_str


def contains(b: RegionBuilder, owner: Typed, key: Typed) -> Value:
    """Whether a set has a key."""
    return look(b, owner, key)[0]


def size(b: RegionBuilder, owner: Typed) -> Value:
    """len of a set."""
    reject_stores(b, owner.values[0])
    return b.emit(Op.SET_SIZE, owner.values[0])


def call_method(b: RegionBuilder, owner: Typed, name: str, values: Sequence[Typed]) -> Typed:
    """set.add"""
    if name != "add" or len(values) != 1:
        raise Unsupported(f"a call of {name}")
    found, own_key, is_str = look(b, owner, values[0])
    effect = AddKey(owner.values[0], own_key, Typed(Kind.BOOL, (found,)), is_str)
    b.state.waiting = (*b.state.waiting, effect)
    return Typed(Kind.NONE)


ENTERS[set] = enter_set
OPENERS[set] = opened
