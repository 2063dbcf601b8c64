"""Stores that wait for the end of their statement.

    def move(self, dt):                 self.x += self.vx * dt    waits
        self.x += self.vx * dt    ->    self.y += self.vy * dt    its guards come first
        self.y += self.vy * dt          both stores are made

A statement of the region's own frame, with all calls that are built into it, is left through its
guards as if nothing of it had been executed. So what it stores is part of the state until it is
finished; loads look there first. Only numbers are stored, over numbers.
"""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from .state import Kind, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..ir.graph import Value
    from .builder import RegionBuilder

STORES = {Kind.INT: Op.STORE_INT, Kind.FLOAT: Op.STORE_FLOAT, Kind.BOOL: Op.STORE_BOOL}
"""What can be stored."""

Field = tuple[int, int]
"""An attribute: its class (by id), and its number."""


class Effect:
    """`items[index] = value`, not done yet. Of an attribute (`field`) `index` is None, and `items`
    is where the attributes of the object are."""

    __slots__ = ("field", "index", "items", "value")

    def __init__(
        self, items: Value, index: Value | None, value: Typed, field: Field | None
    ) -> None:
        self.items = items
        self.index = index
        self.value = value
        self.field = field

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.value.kind)

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        if self.index is not None:
            yield self.index
        yield self.value.values[0]

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        items = next(values)
        index = None if self.index is None else next(values)
        return Effect(items, index, Typed(self.value.kind, (next(values),)), self.field)

    def is_at(self, items: Value, index: Value | None, field: Field | None) -> bool:
        """Whether this place is the same for certain."""
        return self.items is items and self.index is index and self.field == field

    def is_apart(self, b: RegionBuilder, items: Value, field: Field | None) -> None:
        """What is read can be told from what waits by its place."""

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        index = b.const_int(self.field[1]) if self.field is not None else self.index
        assert index is not None
        b.append_effect(STORES[self.value.kind], self.items, index, self.value.values[0])


class Put(Effect):
    """`items[index] = value`, a list or tuple. Nothing of the program runs when what was there
    ends."""

    __slots__ = ()

    def make(self, b: RegionBuilder) -> None:
        """Do it: what was known to be a number may be none."""
        assert self.index is not None
        b.append_effect(Op.PUT, self.items, self.index, pointer_of(b, self.value))
        b.facts = {fact for fact in b.facts if fact[0] != "number"}

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        if self.index is not None:
            yield self.index
        yield from self.value.flat()

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        return Put(next(values), next(values), self.value.rebuilt(values), None)

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.value.key)


class PutField(Effect):
    """An attribute gets an object, or None, over an object. Nothing of the program runs when that
    ends."""

    __slots__ = ()

    def make(self, b: RegionBuilder) -> None:
        """Do it: what was known to be a number may be none."""
        assert self.field is not None
        number = b.const_int(self.field[1])
        b.append_effect(Op.PUT_FIELD, self.items, number, pointer_of(b, self.value))
        b.facts = {fact for fact in b.facts if fact[0] != "field"}

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        yield from self.value.flat()

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        return PutField(next(values), None, self.value.rebuilt(values), self.field)

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return (self.field, self.value.key)


def pointer_of(b: RegionBuilder, value: Typed) -> Value:
    """The object that is stored."""
    return value.values[0] if value.values else b.emit(Op.CONST_OBJECT, attr=id(None))


class Shrink(Effect):
    """`items` is a list that has lost its last item, a number; `index` is its size then."""

    __slots__ = ()

    op = Op.SHRINK

    def make(self, b: RegionBuilder) -> None:
        """Do it."""
        assert self.index is not None
        b.append_effect(self.op, self.items, self.index)

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """The same with other SSA values."""
        return type(self)(next(values), next(values), self.value, self.field)

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield self.items
        if self.index is not None:
            yield self.index


class Take(Shrink):
    """The same of a list or tuple, which is owned from then on."""

    __slots__ = ()

    op = Op.TAKE


SHRINKS = (-1, 0)
"""The field of all that shrinks: there is no such attribute."""


def shrink(b: RegionBuilder, found: Value, size: Value, item: Typed) -> None:
    """Drop the last item of a list when the statement is finished."""
    effect = Shrink if item.kind in (Kind.INT, Kind.FLOAT, Kind.BOOL) else Take
    value = Typed(Kind.NONE if effect is Shrink else Kind.PAIR)
    b.state.waiting = (*b.state.waiting, effect(found, size, value, SHRINKS))


def put(b: RegionBuilder, items: Value, index: Value, value: Typed) -> None:
    """Store a list or tuple when the statement is finished."""
    b.state.waiting = (*b.state.waiting, Put(items, index, value, None))


def put_field(b: RegionBuilder, items: Value, value: Typed, field: Field) -> None:
    """Store an object, or None, over an object when the statement is finished."""
    b.state.waiting = (*b.state.waiting, PutField(items, None, value, field))


def size_now(b: RegionBuilder, found: Value, size: Value) -> Value:
    """The size of a list, which is that in memory unless it has lost items in this statement."""
    for effect in b.state.waiting:
        if effect.field == SHRINKS:
            assert effect.index is not None
            if effect.items is found:
                size = effect.index
            else:
                same = b.emit(Op.IS_OBJECT, effect.items, found)
                size = b.emit(Op.SELECT_INT, same, effect.index, size)
    return size


def store(
    b: RegionBuilder, items: Value, index: Value | None, value: Typed, field: Field | None = None
) -> None:
    """Store a number over a number when the statement is finished. Nobody sees what is stored in
    the same place before that."""
    kept = [
        each
        for each in b.state.waiting
        if type(each) is not Effect or not each.is_at(items, index, field)
    ]
    effect = Effect(items, index, Typed(value.kind, value.values), field)
    if b.journals:
        effect.make(b)
        return
    kept = [each for each in b.state.waiting if not each.is_at(items, index, field)]
    b.state.waiting = (*kept, effect)


def load(
    b: RegionBuilder,
    items: Value,
    index: Value | None,
    read: Callable[[], Typed],
    field: Field | None = None,
) -> Typed:
    """The number in a place: what `read` finds there, unless a store waits that replaces it."""
    newer: list[Effect] = []
    found: Typed | None = None
    for effect in reversed(b.state.waiting):
        effect.is_apart(b, items, field)
        if effect.is_at(items, index, field):
            found = effect.value
            break
        if effect.field == field:
            newer.append(effect)
    if found is None:
        found = read()
    for effect in reversed(newer):
        found = replaced(b, found, effect, items, index)
    return found


def replaced(
    b: RegionBuilder, found: Typed, effect: Effect, items: Value, index: Value | None
) -> Typed:
    """A number that was found, or that of a store to what may be the same place."""
    same = None
    if effect.items is not items:
        same = b.emit(Op.IS_OBJECT, effect.items, items)
    if index is not None and effect.index is not None and effect.index is not index:
        equal = b.emit(Op.INT_EQ, effect.index, index)
        same = equal if same is None else b.emit(Op.BOTH, same, equal)
    assert same is not None
    value = effect.value
    if value.kind is not found.kind or value.kind not in (Kind.INT, Kind.FLOAT):
        b.guard(b.emit(Op.NOT, same))
        return found
    select = Op.SELECT_FLOAT if value.kind is Kind.FLOAT else Op.SELECT_INT
    return Typed(value.kind, (b.emit(select, same, value.values[0], found.values[0]),))


class Commit(Effect):
    """What the bodies that the statement has called have stored stays."""

    __slots__ = ()

    def __init__(self) -> None:
        self.field = (-3, 0)

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        return ("commit",)

    def flat(self) -> Iterator[Value]:
        """It has no values."""
        return iter(())

    def rebuilt(self, values: Iterator[Value]) -> Effect:
        """Nothing changes."""
        return self

    def is_at(self, items: Value, index: Value | None, field: Field | None) -> bool:
        """It is no store."""
        return False

    def make(self, b: RegionBuilder) -> None:
        """Do it: from here on nothing may leave."""
        b.block.operations.append(Operation(Op.COMMIT, (), None))
        b.anchor.dirty = True


def note_stores(b: RegionBuilder) -> None:
    """A body that stores was called: what was read of lists and instances may have changed."""
    b.block.operations.append(Operation(Op.CHANGED, (), None))
    b.forget_memory()
    if not b.journals and not any(isinstance(effect, Commit) for effect in b.state.waiting):
        b.state.waiting = (Commit(), *b.state.waiting)


def pending(b: RegionBuilder) -> int:
    """The number of stores that wait."""
    return sum(not isinstance(effect, Commit) for effect in b.state.waiting)


def settle(b: RegionBuilder) -> None:
    """Make the stores that wait."""
    waiting, b.state.waiting = b.state.waiting, ()
    for effect in waiting:
        effect.make(b)
    if any(effect.field == SHRINKS for effect in waiting):
        b.sizes = {}
