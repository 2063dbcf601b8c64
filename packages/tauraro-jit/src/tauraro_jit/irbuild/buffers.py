"""Buffers: bytes, bytearrays, arrays, memoryviews and NumPy's arrays. Their elements are numbers in
memory, with no boxes.

    data[i] += 1        one load, one store; a value that does not fit leaves: the host raises

Native code runs no Python and resizes no buffer, so where the elements are and how many stays what
it is. Several buffers may show the same memory: loads look at the stores that wait.
"""

from __future__ import annotations

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..layout.buffers import (
    SIZES,
    BufferShape,
    buffer_problem,
    shape_of_buffer,
    type_of,
)
from ..layout.families import known_types
from ..native.region import SlotType
from ..native.region import Value as FrameValue
from .arithmetic import as_float, as_index, as_int, as_number, integer, real, truth
from .builder import Growth, RegionBuilder, Unsupported
from .effects import Effect, settle
from .frames import ENTERS, OBJECT_TYPES
from .instances import OPENERS
from .owned import make
from .scalars import condition, register_scalars, scalar
from .sequences import GET_ITEM, SET_ITEM, position
from .state import Key, Kind, Shape, Typed
from .variables import STORABLE, constant
from .words import INTEGERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .loops import Next

PLACES = (-1, 1)
"""The field of all stores into buffers: there is no such attribute."""

SLOT_KINDS = {"d": Kind.FLOAT, "f": Kind.FLOAT, "?": Kind.BOOL}
"""Kinds of elements that are no ints."""

GROWABLE = ("bytearray", "array")
"""Families whose buffers may become longer."""

LARGEST = 2**40
"""Bytes of a buffer that is made."""

WIDEST = 8
"""Bytes of an element."""


class Poke(Effect):
    """A store into a buffer at an address, not done yet."""

    __slots__ = ("code",)

    def __init__(self, place: Value, value: Typed, code: str) -> None:
        super().__init__(place, None, value, PLACES)
        self.code = code

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.code, self.value.kind)

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        place, value = next(values), next(values)
        return Poke(place, Typed(self.value.kind, (value,)), self.code)

    def make(self, b: RegionBuilder) -> None:
        """Do it. That takes no memory, so it never leaves."""
        op = Op.POKE_FLOAT if self.value.kind is Kind.FLOAT else Op.POKE_INT
        raw = self.value.values[0]
        if self.value.kind is Kind.BOOL:
            raw = b.emit(Op.BOOL_TO_INT, raw)
        b.block.operations.append(Operation(op, (self.items, raw), None, self.code))
        b.anchor.dirty = True


# --- how buffers come in


def enter_buffer(b: RegionBuilder, key: Key, sample: Any) -> Typed:
    """A variable that holds a buffer. What a view or an array of NumPy refers to may end with it,
    so that it must not be one that the region assigns."""
    shape = shape_of_buffer(sample)
    if shape is None or (key in b.assigned and shape.family in ("memoryview", "ndarray")):
        return Typed(Kind.OPAQUE)
    exact = type_of(shape.family)
    slot = b.slot((key, Kind.BUFFER), 1)
    b.inputs.append(FrameValue(*key, SlotType.OBJECT, slot, exact))
    return opened(b, shape, b.emit(Op.SLOT_OBJECT, attr=slot))


def described(b: RegionBuilder, shape: Shape, pointer: Value) -> Typed:
    """An object that must be such a buffer."""
    wanted = shape[1]
    assert isinstance(wanted, BufferShape)
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=type_of(wanted.family)))
    return opened(b, wanted, pointer)


def opened(b: RegionBuilder, shape: BufferShape, pointer: Value) -> Typed:
    """A buffer of the right type: the object, the first element, the size; if its elements do not
    lie side by side, or it has more axes, also their distance, and so for each further axis. Where
    buffers grow only the object of one that may: the rest is read again when it is needed."""
    problem = buffer_problem(shape.family)
    if problem:
        raise Unsupported(problem)
    if shape.family not in ("bytes", "bytearray"):
        b.guard(b.emit(Op.IS_BUFFER, pointer, attr=shape.text))
    if b.grows and shape.family in GROWABLE:
        return Typed(Kind.BUFFER, (pointer,), shape)
    values = [pointer, b.emit(Op.BUFFER_DATA, pointer, attr=shape.family)]
    for axis in range(shape.axes):
        number = b.const_int(axis)
        values.append(b.emit(Op.BUFFER_SIZE, pointer, number, attr=shape.family))
        if shape.strided or shape.axes > 1:
            values.append(b.emit(Op.BUFFER_STRIDE, pointer, number, attr=shape.family))
    return Typed(Kind.BUFFER, tuple(values), shape)


def shape_of(owner: Typed) -> BufferShape:
    """What is known of a buffer."""
    assert isinstance(owner.shape, BufferShape)
    return owner.shape


def register_types() -> None:
    """Buffers of all types that the program has imported so far can be read."""
    for found in known_types():
        ENTERS.setdefault(found, enter_buffer)
    register_scalars()


# --- places


def data_of(b: RegionBuilder, owner: Typed) -> Value:
    """The address of the first element."""
    return owner.values[1] if len(owner.values) > 1 else current(b, owner, Op.BUFFER_DATA)


def size_of(b: RegionBuilder, owner: Typed, axis: int = 0) -> Value:
    """The number of elements along an axis."""
    is_kept = len(owner.values) > 1
    return owner.values[2 + 2 * axis] if is_kept else current(b, owner, Op.BUFFER_SIZE)


def current(b: RegionBuilder, owner: Typed, op: Op) -> Value:
    """What has been read from a buffer since one has grown."""
    pointer, family = owner.values[0], shape_of(owner).family
    found = b.sizes.get((op, pointer))
    if found is None:
        axis = () if op is Op.BUFFER_DATA else (b.const_int(0),)
        found = b.sizes[op, pointer] = b.emit(op, pointer, *axis, attr=family)
    return found


def stride_of(b: RegionBuilder, owner: Typed, axis: int) -> Value:
    """The bytes from one element to the next."""
    shape = shape_of(owner)
    if shape.strided or axis < shape.axes - 1:
        return owner.values[3 + 2 * axis]
    return b.const_int(SIZES[shape.kind])


def place_of(b: RegionBuilder, owner: Typed, index: Typed) -> Value:
    """The address of an element."""
    shape = shape_of(owner)
    indexes = index.parts if index.kind is Kind.PAIR else (index,)
    if index.kind is Kind.KNOWN and type(index.known) is tuple:
        indexes = tuple(constant(b, part) for part in index.known)
    if len(indexes) != shape.axes or (shape.axes == 1 and indexes != (index,)):
        raise Unsupported("a part of an array")
    place = data_of(b, owner)
    for axis, each in enumerate(indexes):
        number = as_index(each)
        if number.kind not in INTEGERS or each.kind is Kind.BOOL:
            raise Unsupported(f"an element of {shape.family}")
        pointer = owner.values[0]
        axis_only = Typed(Kind.BUFFER, (pointer, pointer, size_of(b, owner, axis)))
        found = position(b, axis_only, number)
        place = b.emit(Op.ADDRESS, place, found, stride_of(b, owner, axis))
    return place


# --- loads


def get_item(b: RegionBuilder, owner: Typed, index: Typed) -> Typed:
    """An element."""
    return element(b, shape_of(owner), place_of(b, owner, index))


def element(b: RegionBuilder, shape: BufferShape, place: Value) -> Typed:
    """The element at an address."""
    found = raw_element(b, shape, place)
    if shape.family != "ndarray":
        return found
    if found.kind is Kind.BOOL:
        return condition(b, found.values[0])
    more = (b.emit(Op.PEEK_INT, place, attr="I"),) if shape.kind == "f" else ()
    return scalar(shape.code, found, *more)


def raw_element(b: RegionBuilder, shape: BufferShape, place: Value) -> Typed:
    """The element at an address as a number, unless a store waits that replaces it."""
    kind, code = SLOT_KINDS.get(shape.kind, Kind.INT), shape.code
    for effect in reversed(b.state.waiting):
        if isinstance(effect, Poke):
            if effect.items is place and effect.code == code and effect.value.kind is kind:
                return effect.value
            b.guard(b.emit(Op.NOT, overlap(b, effect.items, place)))
    if kind is Kind.FLOAT:
        return real(b.emit(Op.PEEK_FLOAT, place, attr=code))
    value = b.emit(Op.PEEK_INT, place, attr=code)
    if kind is Kind.BOOL:
        return truth(b.emit(Op.INT_NE, value, b.const_int(0)))
    if shape.kind == "Q":
        if shape.large:
            return Typed(Kind.WORD, (value,))
        b.guard(b.emit(Op.INT_GE, value, b.const_int(0)))
    return integer(value)


def overlap(b: RegionBuilder, one: Value, other: Value) -> Value:
    """Whether the elements at two addresses may have bytes in common."""
    distance = b.emit(Op.DISTANCE, one, other)
    moved = b.emit(Op.ADD, distance, b.const_int(WIDEST - 1))
    return b.emit(Op.UINT_LT, moved, b.const_int(2 * WIDEST - 1))


def next_item(b: RegionBuilder, iterator: Typed) -> Next:
    """The next element; the iterator's last value is its index."""
    *values, index = iterator.values
    owner = Typed(Kind.BUFFER, tuple(values), iterator.shape)

    def take() -> tuple[Typed, Typed]:
        place = b.emit(Op.ADDRESS, data_of(b, owner), index, stride_of(b, owner, 0))
        item = element(b, shape_of(owner), place)
        following = b.emit(Op.ADD, index, b.const_int(1))
        return item, Typed(Kind.BUFFER, (*values, following), iterator.shape)

    return b.emit(Op.INT_GE, index, size_of(b, owner)), take


def begin(b: RegionBuilder, owner: Typed) -> Typed:
    """The iterator of a buffer."""
    if shape_of(owner).axes > 1:
        raise Unsupported("a loop over the rows of an array")
    return Typed(Kind.BUFFER, (*owner.values, b.const_int(0)), owner.shape)


def enter_iterator(b: RegionBuilder, slot: int, sample: Any) -> Typed:
    """The iterator of a buffer, in two slots; `sample` is the buffer."""
    shape = shape_of_buffer(sample)
    if shape is None or shape.axes > 1:
        raise Unsupported("a loop over a buffer that is not known")
    pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
    b.guard(b.emit(Op.IS_TYPE, pointer, attr=type_of(shape.family)))
    owner = opened(b, shape, pointer)
    return Typed(Kind.BUFFER, (*owner.values, b.emit(Op.SLOT_INT, attr=slot + 1)), shape)


# --- stores


def set_item(b: RegionBuilder, owner: Typed, index: Typed, value: Typed) -> None:
    """Store an element when the statement is finished."""
    shape = shape_of(owner)
    if not shape.writable:
        raise Unsupported(f"a store into {shape.family} that is read-only")
    fitting = fit(b, shape, as_number(value))
    place = place_of(b, owner, index)
    b.state.waiting = (*b.state.waiting, Poke(place, fitting, shape.code))


def fit(b: RegionBuilder, shape: BufferShape, value: Typed) -> Typed:
    """A number as an element; leave if it does not fit: the host raises, or cuts it."""
    kind = shape.kind
    if value.kind is Kind.FLOAT and kind in "fd":
        return narrowed(b, kind, value.values[0])
    if value.kind not in INTEGERS:
        raise Unsupported(f"a store of {value.kind.name.lower()} into {shape.family}")
    if kind == "?":
        if value.kind is not Kind.BOOL:
            raise Unsupported("a store of something else than a bool")
        return value
    if kind in "fd":
        return narrowed(b, kind, as_float(b, value))
    if kind == "Q" and value.kind is Kind.WORD:
        return Typed(Kind.WORD if shape.large else Kind.INT, value.values)
    number = as_int(b, value)
    bits = 8 * SIZES[kind]
    if kind == "Q":
        b.guard(b.emit(Op.INT_GE, number, b.const_int(0)))
    elif bits < 64:
        low = 1 << bits - 1 if kind.islower() else 0
        moved = b.emit(Op.ADD, number, b.const_int(low)) if low else number
        b.guard(b.emit(Op.UINT_LT, moved, b.const_int(1 << bits)))
    return integer(number)


def append(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """Where the host would take other memory it does so."""
    shape = shape_of(owner)
    if shape.family not in GROWABLE or len(values) != 1:
        raise Unsupported(f"append to {shape.family}")
    if not b.grows:
        raise Growth("a buffer grows")
    value = fit(b, shape, as_number(values[0]))
    b.guard(b.emit(Op.BUFFER_ROOM, owner.values[0], attr=shape.text))
    settle(b)
    op = Op.BUFFER_ADD_FLOAT if value.kind is Kind.FLOAT else Op.BUFFER_ADD_INT
    operation = Operation(op, (owner.values[0], value.values[0]), None, shape.text)
    b.block.operations.append(operation)
    b.anchor.dirty = True
    b.sizes = {}
    return Typed(Kind.NONE)


def call_method(b: RegionBuilder, method: Typed, values: Sequence[Typed]) -> Typed:
    """The result of a method of a buffer."""
    if method.known != "append":
        raise Unsupported(f"a call of {method.known}")
    return append(b, method.parts[0], values)


def call_bytearray(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`bytearray(size)`"""
    if len(values) != 1 or values[0].kind is not Kind.INT:
        raise Unsupported("bytearray of something else than a size")
    size = values[0].values[0]
    b.guard(b.emit(Op.UINT_LT, size, b.const_int(LARGEST)))
    shape = BufferShape("bytearray", "B", 1, False, True, False)
    return opened(b, shape, make(b, Op.NEW_BYTEARRAY_CHECKED, size))


def narrowed(b: RegionBuilder, kind: str, value: Value) -> Typed:
    """A float as an element, which may have fewer bits."""
    return real(b.emit(Op.NARROW, value) if kind == "f" else value)


OBJECT_TYPES[Kind.BUFFER] = None
STORABLE.add(Kind.BUFFER)
OPENERS[memoryview] = described
GET_ITEM[Kind.BUFFER] = get_item
SET_ITEM[Kind.BUFFER] = set_item
