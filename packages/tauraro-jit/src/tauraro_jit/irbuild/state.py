"""What variables and temporaries hold while a block is built: a static kind, and SSA values.

Two states of the same `key` differ only in their SSA values, so one block version serves both.
"""

from __future__ import annotations

from itertools import islice

from ..layout.buffers import shape_of_buffer
from ..native.region import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from enum import Enum
    from typing import Any, NamedTuple

    from ..ir.graph import Operation, Value
    from .classes import Classes
    from .effects import Effect
else:
    from tauraro_frontend.bytecode.records import Enum, NamedTuple


class Kind(Enum):
    """What is known of a value, and the SSA values that stand for it."""

    INT = 1  # i64
    FLOAT = 2  # f64
    BOOL = 3  # i1
    WORD = 4  # i64: an int from 0 to 2**64 - 1
    NONE = 5  # nothing
    LIST = 6  # object, items, size; `shape` is that of the elements
    TUPLE = 7  # object, items, size
    KNOWN = 8  # nothing; `known` is the object
    RANGE = 9  # start, step, length: a range that no one has seen as an object
    ENUMERATE = 10  # the next number; `parts` holds the iterator that is enumerated
    PAIR = 11  # a tuple that no one has seen: `parts`
    OPAQUE = 12  # something native code does not touch
    REVERSED = 13  # the next index, as an iterator; `parts` holds the list or tuple
    ZIP = 14  # nothing; `parts` are the iterables, or iterators, that it goes through
    METHOD = 15  # nothing; `known` is a function, or the name of a list's method; `parts`: self
    ITEMS = 17  # a list that no one has seen: `parts`
    GENERATOR = 40  # nothing; `known`: a generator expression's code, `parts`: its iterable
    SLICE = 18  # nothing; `parts`: lower, upper, step
    INSTANCE = 16  # object; `shape` says of which class
    STR = 19  # object; as an iterator also the next index
    CHAR = 20  # i64: a string of one character, whose code point it is
    DICT = 21  # object; `shape` is that of the values
    SET = 22  # object
    VIEW = 50  # object: a dict, whose `shape[0]` is gone through: "keys", "values" or "items"
    DEQUE = 52  # object; `shape` is that of the items
    ENTRIES = 51  # object, position, size, items left: an iterator of a dict (as VIEW) or a set
    BUFFER = 60  # object, data, size, and more, see buffers.py; `shape` is a BufferShape
    SCALAR = 61  # a number of NumPy's, see scalars.py; `shape`: the letter of its type
    FUNCTION = 42  # object, its cells; `known` is a function with the same code
    CELL = 43  # object; `shape` is that of the content, `known` a content
    EXCEPTION = 41  # nothing; `known` is the class: one that no one has seen
    KEYWORDS = 45  # nothing; `shape[1:]` are names, `parts` what is given under them
    SUPER = 44  # nothing; `known`: the class behind whose bases are looked in; `parts`: the object
    RECORD = 23  # an instance that no one has seen: `parts` are its attributes, see records.py


STATIC = (
    Kind.SUPER,
    Kind.KNOWN,
    Kind.GENERATOR,
    Kind.METHOD,
    Kind.EXCEPTION,
    Kind.FUNCTION,
    Kind.CELL,
)
"""What two values of the same kind may differ in is known when the region is built."""

Shape = tuple[object, ...]
"""The kind of a sequence's elements: ("int",), ("float",), ("bool",), ("str",), ("set",
shape), ("dict", shape of its entries), ("list", shape), ("tuple", shape), ("instance", number of
the class), ("any", shapes of instances), ("none",), ("empty",) or ("other",); or ("each", shape,
shape, ...) for a short one whose elements differ. An attribute may be of a few by turns: ("mixed",
shape, shape, ...)."""

OTHER: Shape = ("other",)
DEFAULTING: Shape = ("defaulting",)
"""The last part of the shape of a dict that gives something for a key that is missing."""

EMPTY: Shape = ("empty",)
"""Of a list without elements."""


class Typed:
    """A value of a program as native code sees it.

    `known` is the constant or object that it is, if that is static. `checks` are the operations
    that made it and leave on overflow, as long as nothing else has used them: where only low bits
    count they need not.
    """

    __slots__ = ("checks", "kind", "known", "parts", "shape", "values")

    def __init__(
        self,
        kind: Kind,
        values: tuple[Value, ...] = (),
        shape: Shape = OTHER,
        known: object = None,
        parts: tuple[Typed, ...] = (),
        checks: tuple[Operation, ...] = (),
    ) -> None:
        self.kind = kind
        self.values = values
        self.shape = shape
        self.known = known
        self.parts = parts
        self.checks = checks

    @property
    def key(self) -> tuple[object, ...]:
        """The static part."""
        known = id(self.known) if self.kind in STATIC else None
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
        known = self.known if self.kind in STATIC else None
        return Typed(self.kind, own, self.shape, known, parts)


Key = tuple[Place, int | str]
"""A variable."""


class Loop:
    """A running loop: its pc and its iterator (RANGE: next, step, items left; LIST, TUPLE: object,
    items, size, next index), None for `while`. `depth` counts the calls around it. `collects`: it
    is that of a comprehension, which is left before its statement. `waiting` counts the stores
    that waited when it began."""

    __slots__ = ("collects", "depth", "iterator", "pc", "waiting")

    def __init__(
        self,
        pc: int,
        iterator: Typed | None,
        depth: int = 0,
        collects: bool = False,
        waiting: int = 0,
    ) -> None:
        self.pc = pc
        self.iterator = iterator
        self.depth = depth
        self.collects = collects
        self.waiting = waiting

    def at(self, iterator: Typed | None) -> Loop:
        """The loop with its iterator in another state."""
        return Loop(self.pc, iterator, self.depth, self.collects, self.waiting)


class Call(NamedTuple):
    """A call that is being built in place: the callee's code object (of the module), the pc of the
    call, and whose locals are keyed by `depth`. `creates`: it is the `__init__` of a record."""

    code_index: int
    pc: int
    depth: int
    creates: bool = False


class State:
    """Everything that differs from one moment of the region to another. `waiting` are the stores
    of the statement so far, see effects.py."""

    __slots__ = ("calls", "loops", "saved", "temps", "variables", "waiting")

    def __init__(
        self,
        variables: dict[Key, Typed],
        temps: dict[int, Typed],
        loops: tuple[Loop, ...] = (),
        calls: tuple[Call, ...] = (),
        saved: tuple[dict[int, Typed], ...] = (),
        waiting: tuple[Effect, ...] = (),
    ) -> None:
        self.variables = variables
        self.temps = temps
        self.loops = loops
        self.calls = calls
        self.saved = saved
        self.waiting = waiting

    def copy(self) -> State:
        """An independent copy."""
        saved = tuple(dict(temps) for temps in self.saved)
        variables, temps = dict(self.variables), dict(self.temps)
        return State(variables, temps, self.loops, self.calls, saved, self.waiting)

    def outermost(self) -> State:
        """The state of the region's own frame: what calls have added is left out."""
        variables = {
            key: typed for key, typed in self.variables.items() if key[0] is not Place.CALLEE
        }
        temps = self.saved[0] if self.saved else self.temps
        loops = tuple(loop for loop in self.loops if not loop.depth and not loop.collects)
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
            tuple(effect.key for effect in self.waiting),
        )

    def flat(self) -> tuple[Value, ...]:
        """All SSA values in a fixed order."""
        values = [value for entry in self._entries() for value in entry.flat()]
        for effect in self.waiting:
            values += effect.flat()
        return tuple(values)

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
        waiting = tuple(effect.rebuilt(supply) for effect in self.waiting)
        return State(variables, temps, loops, self.calls, tuple(saved), waiting)


def shape_of(sample: object, classes: Classes | None = None, depth: int = 0) -> Shape:
    """The shape of a sample element; of instances only with the classes that are known."""
    kind = type(sample)
    if kind in (int, float, bool, str):
        return (kind.__name__,)
    if isinstance(sample, (list, tuple)) and kind in (list, tuple) and depth < DEEPEST:
        return (kind.__name__, element_shape(sample, classes, depth + 1))
    if isinstance(sample, set) and kind is set:
        return ("set", set_shape(sample, classes, depth + 1))
    if kind is dict and isinstance(sample, dict) and depth < DEEPEST:
        return ("dict", value_shape(sample, classes, depth + 1))
    buffer = shape_of_buffer(sample)
    if buffer is not None:
        return ("buffer", buffer)
    return OTHER if classes is None else classes.shape(sample)


FEW = 8
"""Elements that are looked at."""

MANY = 64
"""Instances that are looked at, for they may be of several classes."""

DEEPEST = 4
"""Lists within lists that are looked into: a list may contain itself."""


def value_shape(sample: dict[Any, Any], classes: Classes | None = None, depth: int = 0) -> Shape:
    """The most frequent shapes of a few keys and values of a dict: ("entries", shape, shape); or
    ("keyed", key, shape, key, shape, ...) if they are all, under strings, and differ."""
    items = list(islice(sample.items(), FEW))
    if not items:
        return EMPTY
    shapes = [shape_of(value, classes, depth) for _, value in items]
    are_texts = all(type(key) is str for key, _ in items)
    if len(sample) == len(items) and are_texts and len(set(shapes)) > 1:
        pairs = zip(items, shapes, strict=True)
        return ("keyed", *(part for (key, _), shape in pairs for part in (key, shape)))
    keys = [shape_of(key, classes, depth) for key, _ in items]
    return ("entries", most_frequent(keys), most_frequent(shapes))


def set_shape(
    sample: set[Any] | frozenset[Any], classes: Classes | None = None, depth: int = 0
) -> Shape:
    """The most frequent shape of a few elements."""
    shapes = [shape_of(element, classes, depth) for element in islice(sample, FEW)]
    return most_frequent(shapes) if shapes else EMPTY


def element_shape(
    sample: list[object] | tuple[object, ...], classes: Classes | None = None, depth: int = 0
) -> Shape:
    """The most frequent shape of a few elements, or that of each if they are few and differ."""
    if not sample:
        return EMPTY
    step = max(1, len(sample) // FEW)
    shapes = [shape_of(element, classes, depth) for element in sample[::step][:FEW]]
    told = [shape for shape in shapes if shape[-1] != EMPTY]
    if told:  # lists that are empty so far will be like the others
        shapes = [most_frequent(told) if shape[-1] == EMPTY else shape for shape in shapes]
    if classes is not None and shapes[0][0] == "instance":
        more = sample[:: max(1, len(sample) // MANY)][:MANY]
        classes.mix([shape_of(element, classes, depth) for element in more])
    if len(sample) <= FEW and len(set(shapes)) > 1:
        return ("each", *shapes)
    shape = most_frequent(shapes)
    return shape if classes is None else classes.any_of(shape)


def most_frequent(shapes: Sequence[Shape]) -> Shape:
    """One shape for all."""
    return max(shapes, key=shapes.count)


def shape_at(shape: Shape, index: int | None) -> Shape:
    """The shape of the element at a constant index, or at one that is not known."""
    if shape[0] != "each":
        return shape
    shapes: tuple[Any, ...] = shape[1:]
    if index is None or not -len(shapes) <= index < len(shapes):
        return most_frequent(shapes)
    found: Shape = shapes[index]
    return found
