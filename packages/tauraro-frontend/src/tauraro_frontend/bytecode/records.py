"""Named tuples and enumerations that are made quickly.

    if TYPE_CHECKING:
        from enum import Enum, IntEnum
        from typing import NamedTuple
    else:
        from .records import Enum, IntEnum, NamedTuple

A class made with these is used, and type checked, as if it were made with the standard ones, of
which it has what is used here. Loading `enum` and `typing` with all that they need and making our
classes with them takes a third of the time in which a small program is compiled and run; see
docs/decisions/0005-cold-start.md.
"""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Self

    _tuplegetter: Callable[[int, None], Any]
else:
    from _collections import _tuplegetter  # what `collections.namedtuple` makes its fields of

globals()["__builtins__"] = dict(vars(builtins))
"""For the functions below: a program that tier 0 runs may replace or delete the host's."""


class NamedTupleType(type):
    """Makes the annotated names of a class body the fields of a tuple. Values are defaults."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> NamedTupleType:
        fields = tuple(namespace.get("__annotations__", ()))
        namespace["_field_defaults"] = {
            field: namespace[field] for field in fields if field in namespace
        }
        for index, field in enumerate(fields):
            namespace[field] = _tuplegetter(index, None)
        namespace["_fields"] = namespace["__match_args__"] = fields
        namespace["__slots__"] = ()
        return type.__new__(cls, name, bases, namespace)


class NamedTuple(tuple["Any", ...], metaclass=NamedTupleType):
    """As `typing.NamedTuple`."""

    _fields: tuple[str, ...]
    _field_defaults: dict[str, Any]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        if named or len(values) != len(cls._fields):
            values = cls._complete(values, named)
        return tuple.__new__(cls, values)

    @classmethod
    def _complete(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """The values of all fields. Raises TypeError."""
        missing = cls._fields[len(values) :]
        given = {**cls._field_defaults, **named}
        absent = [field for field in missing if field not in given]
        if len(values) > len(cls._fields) or absent or not named.keys() <= {*missing}:
            raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}")
        return (*values, *[given[field] for field in missing])

    def _replace(self, **named: Any) -> Self:
        """A copy with other values."""
        return type(self)(**{**dict(zip(self._fields, self, strict=True)), **named})

    def __repr__(self) -> str:
        fields = [f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)]
        return f"{type(self).__name__}({', '.join(fields)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class EnumType(type):
    """Makes the public names of a class body members, in that order, but for what is a descriptor,
    such as a method. A value that is a tuple is the arguments of the class's `__new__`."""

    __members__: dict[str, Any]
    _by_value: dict[object, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> EnumType:
        values = {
            key: namespace[key]
            for key in namespace
            if key[0] != "_" and not hasattr(namespace[key], "__get__")
        }
        namespace["__members__"] = members = {}
        namespace["_by_value"] = by_value = {}
        made: Any = type.__new__(cls, name, bases, namespace)
        for key, value in values.items():
            member = made.__new__(made, *(value if isinstance(value, tuple) else (value,)))
            member.name = key
            member.value = value = int(member) if isinstance(member, int) else value
            members[key] = by_value[value] = member
            type.__setattr__(made, key, member)
        enumeration: EnumType = made
        return enumeration

    def __call__(cls, value: object) -> Any:
        """The member of this value. Raises ValueError."""
        member = cls._by_value.get(value)
        if member is None:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        return member

    def __getitem__(cls, name: str) -> Any:
        """The member of this name. Raises KeyError."""
        return cls.__members__[name]

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls.__members__.values())

    def __len__(cls) -> int:
        return len(cls.__members__)


class Enum(metaclass=EnumType):
    """As `enum.Enum`, without aliases."""

    name: str
    value: Any

    def __new__(cls, value: object) -> Self:
        return object.__new__(cls)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

    def __str__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self.value,)


class IntEnum(int, Enum):
    """As `enum.IntEnum`, without aliases."""

    def __new__(cls, value: int) -> Self:
        return int.__new__(cls, value)

    __repr__ = Enum.__repr__

    def __str__(self) -> str:
        return int.__repr__(self)
