"""Method resolution: which class answers for an attribute, and what a load of it gives.

In: real host types and objects. Out, from the bottom up:

linearize, mro_of        the order in which classes are searched (C3)
lookup, lookup_super     the class that answers, its raw value, and the guards of that answer
bind                     what a raw value becomes when it is read through an object or a class
load_super               `super(...).name`
load_attribute           `obj.name`, equal to `getattr(obj, name)`

    class A: f = 1
    class B(A): pass

    lookup(B, "f")  ->  Lookup(owner=A, value=1, guards=(B has no "f", the "f" of A is 1))

Nothing here runs code of the program except where the host would: descriptors, `__getattr__`, and
names of metaclasses in error texts. So types are asked through the getters of `type` itself, which
a metaclass cannot shadow, and are compared by identity, never by `==`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

__all__ = [
    "ABSENT",
    "Guards",
    "Lookup",
    "NotFound",
    "bind",
    "linearize",
    "load_attribute",
    "load_super",
    "lookup",
    "lookup_super",
    "mro_of",
]

ABSENT: Final = object()
"""In a guard: the type must have no entry of that name."""

_entries_of: Final[Callable[[type], Mapping[str, Any]]] = type.__dict__["__dict__"].__get__
_recorded_order: Final[Callable[[type], tuple[type, ...] | None]] = type.__dict__["__mro__"].__get__
_name_of: Final[Callable[[type], str]] = type.__dict__["__name__"].__get__
_flags_of: Final[Callable[[type], int]] = type.__dict__["__flags__"].__get__
_dict_offset_of: Final[Callable[[type], int]] = type.__dict__["__dictoffset__"].__get__

# A bit of a type's flags (`Include/object.h`).
_IMMUTABLE: Final = 1 << 8

_ERROR_LIMIT: Final = 999
"""The host writes the message of an inconsistent order into a buffer of this many bytes."""


# Order


def linearize(bases: Sequence[type]) -> tuple[type, ...]:
    """The C3 linearization of a class with these `bases`, without the class itself.

    Merges the order of each base and the list of bases: takes the first head that is in no tail,
    until nothing is left. Raises TypeError, with the host's text, for an incomplete base, for a
    base given twice, and where no order is consistent.
    """
    orders = [_complete_order(base) for base in bases]
    if len(bases) == 1:
        return orders[0]  # Also where a metaclass's `mro()` gave an order that C3 cannot merge.
    _refuse_duplicates(bases)
    orders.append(tuple(bases))
    merged: list[type] = []
    while orders := [order for order in orders if order]:
        head = next((order[0] for order in orders if not _in_a_tail(order[0], orders)), None)
        if head is None:
            raise _inconsistent(order[0] for order in orders)
        merged.append(head)
        orders = [order[1:] if order[0] is head else order for order in orders]
    return tuple(merged)


def mro_of(cls: type) -> tuple[type, ...]:
    """The order in which the host searches `cls` and its bases; empty while `cls` is being made.

    This is the record that the host made when the class was created or its `__bases__` were set:
    `(cls, *linearize(cls.__bases__))`, or what the metaclass's `mro()` gave. It is read, never
    computed again: `mro()` may give another answer at each call, and a metaclass may gain or lose
    it later. A changed order is always a new tuple.
    """
    return _recorded_order(cls) or ()


def _complete_order(base: type) -> tuple[type, ...]:
    order = _recorded_order(base)
    if order is None:  # Its metaclass's `mro()` is still running.
        name = _name_of(base).encode()[:100].decode(errors="replace")
        raise TypeError(f"Cannot extend an incomplete type '{name}'")
    return order


def _refuse_duplicates(bases: Sequence[type]) -> None:
    for index, base in enumerate(bases):
        if any(base is other for other in bases[index + 1 :]):
            name = _spoken_name(base)
            suffix = f" {name}" if isinstance(name, str) else ""
            raise TypeError(f"duplicate base class{suffix}")


def _in_a_tail(cls: type, orders: Sequence[tuple[type, ...]]) -> bool:
    return any(cls is other for order in orders for other in order[1:])


def _inconsistent(heads: Iterable[type]) -> TypeError:
    # A dict as in the host: the `__hash__` and `__eq__` of a metaclass decide what is listed once.
    names = [_spoken_name(head) for head in dict.fromkeys(heads)]
    listed = ", ".join(name if isinstance(name, str) else "?" for name in names)
    text = (_words_of_a_conflict() + listed).encode()[:_ERROR_LIMIT]
    return TypeError(text.decode())  # Fails, as in the host, where a character was cut in two.


@cache
def _words_of_a_conflict() -> str:
    """The host's text before the names, taken from a conflict made for this: versions differ."""
    first, second = type("X", (), {}), type("Y", (), {})
    try:
        type("Z", (type("A", (first, second), {}), type("B", (second, first), {})), {})
    except TypeError as error:
        return str(error).removesuffix("X, Y")
    raise AssertionError("the host accepts an inconsistent order")


def _spoken_name(cls: type) -> object:
    """The name in an error text: `cls.__name__`, over which a metaclass has a say."""
    try:
        return cls.__name__
    except AttributeError:
        return repr(cls)


# Lookup


@dataclass(frozen=True, slots=True, eq=False)
class Guards:
    """What must stay true for the answer of a lookup of `name` in `cls` to stay true.

    `cls` must keep the very tuple `order` as its order, and for each `(type, entry)` of `entries`
    the dictionary of that type must hold this very object under `name`, or nothing where the entry
    is `ABSENT`. Immutable types are left out, since neither can change for them.
    """

    cls: type
    name: str
    order: tuple[type, ...]
    entries: tuple[tuple[type, object], ...]

    @property
    def types(self) -> tuple[type, ...]:
        """The types whose dictionary may not change for this name."""
        return tuple(cls for cls, _ in self.entries)

    def hold(self) -> bool:
        """Whether the answer is still true."""
        return mro_of(self.cls) is self.order and all(
            _entries_of(cls).get(self.name, ABSENT) is entry for cls, entry in self.entries
        )


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """`owner` is the first class in the order that has the name; `value` is not bound."""

    owner: type
    value: Any
    guards: Guards


@dataclass(frozen=True, slots=True, eq=False)
class NotFound:
    """No class in the order has the name, as long as the guards hold."""

    guards: Guards


def lookup(cls: type, name: str) -> Lookup | NotFound:
    """Find `name` in `cls` and the classes it inherits from; its metaclass has no say."""
    order = mro_of(cls)
    return _guarded(cls, name, order, order)


def lookup_super(start: type, cls: type, name: str) -> Lookup | NotFound:
    """Find what `super(start, obj).name` finds in the classes, where `cls` is the type of `obj`.

    That is the first entry after `start` in the order of `cls`. Nothing is found after a `start`
    that is not in the order, nor for `__class__`: there, the super object answers for itself.
    """
    order = mro_of(cls)
    return _guarded(cls, name, order, _order_after(start, order, name))


def _guarded(
    cls: type, name: str, order: tuple[type, ...], searched: tuple[type, ...]
) -> Lookup | NotFound:
    found = _search(searched, name)
    entries: list[tuple[type, object]] = []
    for base in searched:
        entry = found[1] if found and base is found[0] else ABSENT
        if not _flags_of(base) & _IMMUTABLE:
            entries.append((base, entry))
        if entry is not ABSENT:
            break
    guards = Guards(cls, name, order, tuple(entries))
    return Lookup(*found, guards) if found else NotFound(guards)


def _search(order: tuple[type, ...], name: str) -> tuple[type, Any] | None:
    """The first class of `order` that has `name`, with its value."""
    for owner in order:
        value = _entries_of(owner).get(name, ABSENT)
        if value is not ABSENT:
            return owner, value
    return None


def _order_after(start: type, order: tuple[type, ...], name: str) -> tuple[type, ...]:
    if name == "__class__":
        return ()
    for index, cls in enumerate(order):
        if cls is start:
            return order[index + 1 :]
    return ()


# Binding


def bind(value: Any, obj: object, cls: type) -> Any:
    """What `value`, found in the classes of `cls`, becomes when read: `value.__get__(obj, cls)`.

    `obj` is None for a read through the class itself. Values without `__get__` stay as they are.
    `__get__` is found in the type of `value` and called as found: it is not bound first. (A builtin
    descriptor cannot be bound to the object None from Python code: None means the class.)
    """
    found = _search(mro_of(type(value)), "__get__")
    return found[1](value, obj, cls) if found else value


def _is_data_descriptor(value: object) -> bool:
    """Whether `value` goes before an object's own dictionary."""
    order = mro_of(type(value))
    return _search(order, "__get__") is not None and (
        _search(order, "__set__") is not None or _search(order, "__delete__") is not None
    )


# Loads

_start_of: Final[Callable[[super], type]] = super.__dict__["__thisclass__"].__get__
_object_of: Final[Callable[[super], object]] = super.__dict__["__self__"].__get__
_class_of: Final[Callable[[super], type | None]] = super.__dict__["__self_class__"].__get__

# Each builtin type has a `__getattribute__` of its own that is the one of `object` under another
# identity. An entry found in one of these types is that one: their dictionaries cannot change.
_GENERIC_OWNERS: Final = frozenset(
    id(cls)
    for cls in (
        *(object, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset),
        *(range, slice, memoryview, property, classmethod, staticmethod, BaseException),
        *(types.FunctionType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType),
    )
)


def load_super(super_object: super, name: str) -> Any:
    """`super_object.name` for an object whose type is exactly `super`; errors as in the host."""
    try:
        return _super_attribute(super_object, name)
    except AttributeError as error:
        _say_where(error, super_object, name)
        raise


def load_attribute(obj: object, name: str) -> Any:
    """`obj.name`: the same value or the same error as `getattr(obj, name)`.

    Goes through the model for exact super objects, for types that search as `object` does, and for
    classes whose metaclass searches as `type` does, with their `__getattr__`. Types with another
    `__getattribute__` answer for themselves.
    """
    try:
        return _attribute(obj, name)
    except AttributeError as error:
        _say_where(error, obj, name)
        raise


def _super_attribute(super_object: super, name: str) -> Any:
    cls, obj = _class_of(super_object), _object_of(super_object)
    if cls is not None:
        if obj is None:
            return getattr(super_object, name)  # See `bind`: only the host can bind to None.
        found = _search(_order_after(_start_of(super_object), mro_of(cls), name), name)
        if found:
            return bind(found[1], None if obj is cls else obj, cls)
    return _instance_attribute(super_object, mro_of(super), name)


def _attribute(obj: Any, name: str) -> Any:
    cls = type(obj)
    if cls is super:
        return _super_attribute(obj, name)
    if obj is None:
        return getattr(obj, name)  # See `bind`: only the host can bind to None.
    order = mro_of(cls)
    found = _search(order, "__getattribute__")
    own: Callable[[Any, tuple[type, ...], str], Any]
    if found and id(found[0]) in _GENERIC_OWNERS:
        own = _instance_attribute
    elif found and found[0] is type:
        own = _type_attribute
    else:
        return getattr(obj, name)
    hook = _search(order, "__getattr__")
    if hook is None:
        return own(obj, order, name)
    with suppress(AttributeError):
        return own(obj, order, name)
    # Called after the handler is left: its exceptions have no `__context__` in the host either.
    return bind(hook[1], obj, cls)(name)


def _instance_attribute(obj: object, order: tuple[type, ...], name: str) -> Any:
    """`object.__getattribute__`: data descriptor, the object's own dictionary, class, error."""
    cls = type(obj)
    found = _search(order, name)
    if found and (not _dict_offset_of(cls) or _is_data_descriptor(found[1])):
        return bind(found[1], obj, cls)
    # The host reads the object's own values, and words the error: reading `obj.__dict__` would make
    # a dictionary of values that live inside the object, which slows down every later load of it.
    return object.__getattribute__(obj, name)


def _type_attribute(cls: type, order: tuple[type, ...], name: str) -> Any:
    """`type.__getattribute__`: data descriptor of the metaclass, the classes, metaclass, error."""
    of_metaclass = _search(order, name)
    if of_metaclass and _is_data_descriptor(of_metaclass[1]):
        return bind(of_metaclass[1], cls, type(cls))
    of_class = _search(mro_of(cls), name)
    if of_class:
        return bind(of_class[1], None, cls)
    if of_metaclass:
        return bind(of_metaclass[1], cls, type(cls))
    return type.__getattribute__(cls, name)


_name_in: Final[Callable[[AttributeError], object]] = AttributeError.__dict__["name"].__get__
_object_in: Final[Callable[[AttributeError], object]] = AttributeError.__dict__["obj"].__get__


def _say_where(error: AttributeError, obj: object, name: str) -> None:
    """Note on an error that says nothing else which load failed, for the host's suggestions."""
    if _name_in(error) is None and _object_in(error) is None:
        error.name, error.obj = name, obj
