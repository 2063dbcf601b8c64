"""What variables and temporaries hold while a block is built: a static kind, and SSA values.

Two states of the same `key` differ only in their SSA values, so one block version serves both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import cast

from msgspec import Struct, field

from ..ir.graph import Operation, Value
from ..native.region import Place


class Kind(Enum):
    """What is known of a value, and the SSA values that stand for it."""

    INT = auto()  # i64
    FLOAT = auto()  # f64
    BOOL = auto()  # i1
    WORD = auto()  # i64: an int from 0 to 2**64 - 1
    NONE = auto()  # nothing
    LIST = auto()  # object, items, size; `shape` is that of the elements
    TUPLE = auto()  # object, items, size
    KNOWN = auto()  # nothing; `known` is the object
    RANGE = auto()  # start, step, length: a range that no one has seen as an object
    ENUMERATE = auto()  # the next number; `parts` holds the iterator that is enumerated
    PAIR = auto()  # a tuple that no one has seen: `parts`
    OPAQUE = auto()  # something native code does not touch


Shape = tuple[object, ...]
"""The kind of a sequence's elements: ("int",), ("float",), ("bool",), ("list", shape), ("tuple",
shape), or ("other",); or ("each", shape, shape, ...) for a short one whose elements differ."""

OTHER: Shape = ("other",)


class Typed(Struct, frozen=True):
    """A value of a program as native code sees it.

    `known` is the constant or object that it is, if that is static. `checks` are the operations
    that made it and leave on overflow, as long as nothing else has used them: where only low bits
    count they need not.
    """

    kind: Kind
    values: tuple[Value, ...] = ()
    shape: Shape = OTHER
    known: object = None
    parts: tuple[Typed, ...] = ()
    checks: tuple[Operation, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        known = id(self.known) if self.kind is Kind.KNOWN else None
        return (self.kind, self.shape, known, tuple(part.key for part in self.parts))

    def same(self, other: Typed | None) -> bool:
        """Whether both are the same values of the same kind."""
        return other is not None and (self.kind, self.values) == (other.kind, other.values)

    def flat(self) -> Iterator[Value]:
        """All SSA values."""
        yield from self.values
        for part in self.parts:
            yield from part.flat()

    def rebuilt(self, values: Iterator[Value]) -> Typed:
        """The same with other SSA values; what is known of one value is not known of another."""
        own = tuple(next(values) for _ in self.values)
        parts = tuple(part.rebuilt(values) for part in self.parts)
        known = self.known if self.kind is Kind.KNOWN else None
        return Typed(self.kind, own, self.shape, known, parts)


Key = tuple[Place, int | str]
"""A variable."""


class Loop(Struct, frozen=True):
    """A running loop: its pc and its iterator (RANGE: next, step, items left; LIST, TUPLE: object,
    items, size, next index), None for `while`. `depth` counts the calls around it."""

    pc: int
    iterator: Typed | None
    depth: int = 0

    def at(self, iterator: Typed | None) -> Loop:
        """The loop with its iterator in another state."""
        return Loop(self.pc, iterator, self.depth)


class Call(Struct, frozen=True):
    """A call that is being built in place: the callee's code object (of the module), the pc of the
    call, and whose locals are keyed by `depth`."""

    code_index: int
    pc: int
    depth: int


class State(Struct):
    """Everything that differs from one moment of the region to another."""

    variables: dict[Key, Typed] = field(default_factory=dict)
    temps: dict[int, Typed] = field(default_factory=dict)
    loops: tuple[Loop, ...] = ()
    calls: tuple[Call, ...] = ()
    saved: tuple[dict[int, Typed], ...] = ()

    def copy(self) -> State:
        """An independent copy."""
        saved = tuple(dict(temps) for temps in self.saved)
        return State(dict(self.variables), dict(self.temps), self.loops, self.calls, saved)

    def outermost(self) -> State:
        """The state of the region's own frame: what calls have added is left out."""
        variables = {
            key: typed for key, typed in self.variables.items() if key[0] is not Place.CALLEE
        }
        temps = self.saved[0] if self.saved else self.temps
        loops = tuple(loop for loop in self.loops if not loop.depth)
        return State(variables, dict(temps), loops)

    def _entries(self) -> Iterator[Typed]:
        for name in sorted(self.variables, key=repr):
            yield self.variables[name]
        for temps in (self.temps, *self.saved):
            for index in sorted(temps):
                yield temps[index]
        for loop in self.loops:
            if loop.iterator is not None:
                yield loop.iterator

    @property
    def key(self) -> tuple[object, ...]:
        """The static part of the state."""
        return (
            tuple((name, self.variables[name].key) for name in sorted(self.variables, key=repr)),
            tuple(
                tuple((index, temps[index].key) for index in sorted(temps))
                for temps in (self.temps, *self.saved)
            ),
            self.calls,
            tuple(
                (loop.pc, loop.iterator and loop.iterator.key, loop.depth) for loop in self.loops
            ),
        )

    def flat(self) -> tuple[Value, ...]:
        """All SSA values in a fixed order."""
        return tuple(value for entry in self._entries() for value in entry.flat())

    def rebuilt(self, values: tuple[Value, ...]) -> State:
        """The same state with other SSA values, in the order of `flat`."""
        supply = iter(values)
        variables = {
            name: self.variables[name].rebuilt(supply) for name in sorted(self.variables, key=repr)
        }
        temps, *saved = (
            {index: temps[index].rebuilt(supply) for index in sorted(temps)}
            for temps in (self.temps, *self.saved)
        )
        loops = tuple(
            loop.at(None if loop.iterator is None else loop.iterator.rebuilt(supply))
            for loop in self.loops
        )
        return State(variables, temps, loops, self.calls, tuple(saved))


def shape_of(sample: object) -> Shape:
    """The shape of a sample element."""
    kind = type(sample)
    if kind in (int, float, bool):
        return (kind.__name__,)
    if isinstance(sample, (list, tuple)) and kind in (list, tuple):
        return (kind.__name__, element_shape(sample))
    return OTHER


FEW = 8
"""Elements that are looked at."""


def element_shape(sample: list[object] | tuple[object, ...]) -> Shape:
    """The most frequent shape of a few elements, or that of each if they are few and differ."""
    if not sample:
        return OTHER
    step = max(1, len(sample) // FEW)
    shapes = [shape_of(element) for element in sample[::step][:FEW]]
    if len(sample) <= FEW and len(set(shapes)) > 1:
        return ("each", *shapes)
    return most_frequent(shapes)


def most_frequent(shapes: Sequence[Shape]) -> Shape:
    """One shape for all."""
    return max(shapes, key=shapes.count)


def shape_at(shape: Shape, index: int | None) -> Shape:
    """The shape of the element at a constant index, or at one that is not known."""
    if shape[0] != "each":
        return shape
    shapes = cast("tuple[Shape, ...]", shape[1:])
    if index is None or not -len(shapes) <= index < len(shapes):
        return most_frequent(shapes)
    return shapes[index]
