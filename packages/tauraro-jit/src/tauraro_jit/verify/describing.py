"""Objects as plain data, for comparison across processes.

In: named objects. Out: one node for each object that is reached from them, nearest first: its type,
its address, and its contents, in which numbers and strings are themselves and other objects are
the numbers of their nodes. What native code never changes is told by its address only.

Looking at an instance may give it a dict, which it had none of so far. So this is for processes
that end afterwards.
"""

from __future__ import annotations

import array
import collections
import gc
from types import BuiltinFunctionType, CellType, FunctionType, MethodType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

LIMIT = 60_000
"""Nodes and contents together. What is farther away is not looked at."""

PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))
"""Types of what is described by itself."""


class Node(NamedTuple):
    """One object. `contents` has numbers and strings, () for a variable without a value, and (n,)
    for the object of node n. By kind: sequences their items; mappings keys and values by
    turns; objects with attributes these names and values by turns; iterators what tells what they
    will give; `opaque` objects nothing. `parent` is the node that it was reached from first, and
    `step` its position there; for a root -1 and its number."""

    kind: str
    type: str
    address: int
    parent: int
    step: int
    contents: list[Any]


class Description(NamedTuple):
    """The nodes of the roots, and of what they lead to. `is_whole`: all of it."""

    names: list[str]
    roots: list[Any]
    nodes: list[Node]
    is_whole: bool


class Unread:
    """Stands for a variable without a value."""


UNBOUND = Unread()


class Describer:
    """Describes objects. `is_program` tells of the namespaces that are looked into when functions
    and classes lead to them, by name of their module."""

    def __init__(self, is_program: Callable[[object], bool], limit: int = LIMIT) -> None:
        self._is_program = is_program
        self._limit = limit
        self._numbers: dict[int, int] = {}
        self._objects: list[Any] = []
        self._origins: list[tuple[int, int]] = []
        self._where = (-1, 0)

    def describe(self, roots: Iterable[tuple[str, object]]) -> Description:
        """Describe named objects."""
        names, values = [], []
        for number, (name, value) in enumerate(roots):
            names.append(name)
            values.append(self._value(value, -1, number))
        nodes: list[Node] = []
        size = 0
        while len(nodes) < len(self._objects) and size < self._limit:
            number = len(nodes)
            found = self._objects[number]
            try:
                kind, contents = self._look_at(found)
            except (TypeError, ValueError):  # such as a memoryview that was released
                kind, contents = "opaque", []
            described = [self._value(part, number, step) for step, part in enumerate(contents)]
            name = type(found).__qualname__
            nodes.append(Node(kind, name, id(found), *self._origins[number], described))
            size += 1 + len(described)
        return Description(names, values, nodes, len(nodes) == len(self._objects))

    def addresses(self) -> list[int]:
        """Of all objects that were met. They live as long as this does."""
        return list(self._numbers)

    def _value(self, value: Any, parent: int, step: int) -> Any:
        """A value in contents: itself, or its node as a tuple of one."""
        if type(value) in PLAIN:
            return value
        if value is UNBOUND:
            return ()
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
            self._origins.append((parent, step))
        return (number,)

    def _look_at(self, found: Any) -> tuple[str, list[Any]]:
        """The kind of an object, and its contents."""
        kind = type(found)
        for base in kind.__mro__:
            look = LOOKS.get(base)
            if look is not None:
                name, contents = look(found)
                if base is not kind:
                    contents += attributes(found)
                return name, contents
        if kind.__module__ == "numpy" and kind.__name__ == "ndarray" and not found.dtype.hasobject:
            return "array", [str(found.dtype), repr(found.shape), found.tobytes()]
        if kind is FunctionType:
            cells = list(found.__closure__ or ())
            return "function", [*cells, *self._namespace(found.__globals__)]
        if isinstance(found, type):
            is_own = bool(found.__flags__ & HEAP_TYPE) and self._is_program(found.__module__)
            return "class", class_attributes(found) if is_own else []
        if is_instance(kind):
            return "instance", attributes(found)
        return "opaque", []

    def _namespace(self, namespace: dict[str, Any]) -> list[Any]:
        return [namespace] if self._is_program(namespace.get("__name__")) else []


HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE"""


def is_instance(kind: type) -> bool:
    """Whether all that objects of a class have are attributes."""
    bases = kind.__mro__[:-1]
    return all(
        base.__flags__ & HEAP_TYPE
        and ("__slots__" in vars(base) or any("__dict__" in vars(each) for each in base.__mro__))
        for base in bases
    ) and bool(bases)


def attributes(found: Any) -> list[Any]:
    """The names and values of an instance's attributes."""
    contents: list[Any] = []
    for base in type(found).__mro__:
        member: Any
        for name, member in vars(base).items():
            if type(member) is MEMBER and base.__flags__ & HEAP_TYPE:
                try:
                    contents += [name, member.__get__(found)]
                except AttributeError:
                    continue
    try:
        own = object.__getattribute__(found, "__dict__")
    except AttributeError:
        return contents
    if type(own) is dict:
        for name, value in own.items():
            contents += [name, value]
    return contents


class _Slotted:
    __slots__ = ("slot",)


MEMBER: Any = type(vars(_Slotted)["slot"])
STATIC = (FunctionType, BuiltinFunctionType, property, staticmethod, classmethod, MEMBER)


def class_attributes(kind: type) -> list[Any]:
    """Those attributes of a class that are data."""
    contents: list[Any] = []
    for name, value in vars(kind).items():
        if not name.startswith("__") and not isinstance(value, STATIC):
            contents += [name, value]
    return contents


# --- objects that native code knows


class _ByIndex:
    """What `iter` goes through by numbers."""

    def __getitem__(self, _: int) -> object:
        raise IndexError


def _cell(found: CellType) -> list[Any]:
    try:
        return [found.cell_contents]
    except ValueError:
        return []


def _entries(found: dict[Any, Any]) -> list[Any]:
    return [part for entry in dict.items(found) for part in entry]


def _numbers_left(found: Any) -> list[Any]:
    """First number, step, count: the same numbers may be left in several ways."""
    _, (numbers, *_), *state = found.__reduce__()
    left = numbers[state[0] or 0 :] if state else numbers
    return [left.start, left.step, len(left)] if left else [0]


def _items_left(found: Any) -> list[Any]:
    """The sequence and the position, of iterators that know them."""
    reduced = found.__reduce__()
    sequence = reduced[1][0] if reduced[1] else None
    if len(reduced) < 3:
        return []  # it has ended
    return [sequence, reduced[2]]


def _objects_left(found: Any) -> list[Any]:
    return list(found.__reduce__()[1][0])


def _enumerated(found: Any) -> list[Any]:
    _, (inner, number, *_) = found.__reduce__()
    return [inner, number]


def _parts(found: Any) -> list[Any]:
    return list(found.__reduce__()[1])


def _kept(found: Any) -> Callable[[Any], tuple[str, list[Any]]]:
    kind, read = found
    return lambda value: (kind, list(read(value)))


def _number(found: int) -> list[Any]:
    return [int.__index__(found)]


LOOKS: dict[type, Callable[[Any], tuple[str, list[Any]]]] = {
    kind: _kept(look)
    for kind, look in {
        list: ("list", list.__iter__),
        tuple: ("tuple", tuple.__iter__),
        dict: ("dict", _entries),
        set: ("set", set.__iter__),
        frozenset: ("set", frozenset.__iter__),
        CellType: ("cell", _cell),
        collections.deque: ("list", lambda found: [found.maxlen, *found]),
        bytearray: ("array", lambda found: [bytes(found)]),
        array.array: ("array", lambda found: [found.typecode, found.tobytes()]),
        memoryview: ("array", lambda found: [found.format, found.tobytes()]),
        range: ("value", lambda found: [found.start, found.stop, found.step]),
        slice: ("value", lambda found: [found.start, found.stop, found.step]),
        MethodType: ("value", lambda found: [found.__self__, found.__func__]),
        ModuleType: ("opaque", lambda _: []),
        type(iter(range(0))): ("iterator", _numbers_left),
        type(iter([])): ("iterator", _items_left),
        type(iter(())): ("iterator", _items_left),
        type(iter("")): ("iterator", _items_left),
        type(iter("\xe4")): ("iterator", _items_left),
        type(iter(b"")): ("iterator", _items_left),
        type(iter(bytearray())): ("iterator", _items_left),
        type(iter(array.array("b"))): ("iterator", _items_left),
        type(iter(_ByIndex())): ("iterator", _items_left),
        # It does not tell its position.
        type(iter(memoryview(b""))): ("iterator", lambda found: gc.get_referents(found)),
        type(reversed([])): ("iterator", _items_left),
        type(iter(collections.deque())): ("iterator", _parts),
        map: ("iterator", _parts),
        filter: ("iterator", _parts),
        reversed: ("iterator", _items_left),
        type(iter({})): ("iterator", _objects_left),
        type(iter({}.values())): ("iterator", _objects_left),
        type(iter({}.items())): ("iterator", _objects_left),
        type(iter(set())): ("iterator", _objects_left),
        enumerate: ("iterator", _enumerated),
        zip: ("iterator", _parts),
        int: ("number", _number),
        str: ("number", lambda found: [str.__str__(found)]),
        float: ("number", lambda found: [float.__float__(found)]),
    }.items()
}
"""What there is to tell of objects of these types. Those of classes derived from them have
attributes, too."""


def contained(found: Any) -> Iterator[Any]:
    """The objects that an object refers to, each as often as it does, if it is one that native code
    may change."""
    kind = type(found)
    if kind is FunctionType:
        if found.__closure__ is not None:
            yield found.__closure__
    elif kind is not ModuleType and (is_instance(kind) or any(b in LOOKS for b in kind.__mro__)):
        yield from gc.get_referents(found)
