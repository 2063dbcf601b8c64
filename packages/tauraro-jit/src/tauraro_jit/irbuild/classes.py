"""The classes of the instances that a region meets, as they are when it is built.

In: instances that the program's variables, lists and attributes hold. Out: for each class what an
attribute's name means, and what its instances hold under it. Nothing of the program is run.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from types import MemberDescriptorType

from ..layout.instances import (
    HEAP_TYPE,
    Ending,
    InstanceOffsets,
    ending_of,
    has_values,
    instance_layout,
    keys_of,
    slot_offset,
    version_of,
)
from ..layout.memory import Memory
from ..layout.offsets import TUPLE_ITEMS
from .state import OTHER, Shape, most_frequent, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

FEW = 8
"""Instances of a class that are looked at."""

CLASSES = 4
"""Classes whose instances lie in one list, at most."""

LARGEST = 2**30
"""Version tags are less: they are compared with the one digit of an int."""

NONE: Shape = ("none",)
BY_TURNS = ("none", "int", "float", "instance")
"""Shapes of what one attribute may hold in several instances."""

WAYS = 3
"""Of these, at most so many."""

MISSING = object()
PLAIN = vars(object)["__getattribute__"]
NAMED_ITEM = type(vars(namedtuple("Named", "item"))["item"])
WORD = 8


class Field(NamedTuple):
    """Where an attribute is: its number in the array of attributes (`in_object`: of words from the
    object's start), and what it usually holds. Of a named tuple it is item number `item`."""

    number: int
    in_object: bool
    shape: Shape
    item: int | None = None


class ClassModel:
    """One class. `count` is the number of names that its instances have had; `version` the class's
    when it was first seen; `ending` how instances end, None if that may run code of the program;
    `given` what attributes hold of instances that the region makes."""

    def __init__(self, cls: type, offsets: InstanceOffsets) -> None:
        self.cls = cls
        self.samples: list[object] = []
        self.given: dict[str, Shape] = {}
        with Memory() as memory:
            self.ending: Ending | None = ending_of(memory, offsets, cls)
            self.version = version_of(memory, cls)
            self.has_values = has_values(cls, offsets)
            self.keys = keys_of(memory, offsets, cls) if self.has_values else {}
        self.count = len(self.keys)
        # __getattr__ is for what is not found
        self.reads = self.find("__getattribute__") in (PLAIN, vars(tuple)["__getattribute__"])
        self.writes = self.is_plain("__setattr__")

    @property
    def is_known(self) -> bool:
        """Whether instances can be dealt with at all."""
        return 0 < self.version < LARGEST

    def find(self, name: str) -> Any:
        """What the class, or one of its bases, has under a name, or MISSING."""
        return find(self.cls, name)

    def is_plain(self, name: str) -> bool:
        """Whether a method is that of `object`."""
        return self.find(name) is vars(object)[name]

    def item(self, name: str) -> int | None:
        """The number of an item that has a name, in a named tuple."""
        found = self.find(name)
        if type(found) is not NAMED_ITEM or not issubclass(self.cls, tuple):
            return None
        number: int = found.__reduce__()[1][0]
        return number

    def number_of(self, name: str) -> int | None:
        """The number of an attribute that instances have in their array."""
        return self.keys.get(id(sys.intern(name)))

    def slot(self, member: MemberDescriptorType) -> int | None:
        """The number of an attribute of `__slots__`."""
        with Memory() as memory:
            offset = slot_offset(memory, member)
        return None if offset is None else offset // WORD


def find(cls: type, name: str, behind: type | None = None) -> Any:
    """What a class, or one of its bases, has under a name, or MISSING; only those `behind` one of
    them are looked at, if that is given. Metaclasses are not asked."""
    bases = type.__dict__["__mro__"].__get__(cls)
    for base in bases if behind is None else bases[bases.index(behind) + 1 :]:
        namespace = type.__dict__["__dict__"].__get__(base)
        if name in namespace:
            return namespace[name]
    return MISSING


def is_data(descriptor: object) -> bool:
    """Whether something in a class goes before attributes of instances."""
    kind = type(descriptor)
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


class Classes:
    """The classes that were met so far, numbered, and which of them lie mixed in lists. They, and
    the program's objects here, live until `forget`."""

    def __init__(self) -> None:
        self._numbers: dict[int, int | None] = {}
        self._models: list[ClassModel] = []
        self._mixed: dict[Shape, set[Shape]] = {}

    def forget(self) -> None:
        """Let the program's objects go."""
        self._numbers.clear()
        self._models.clear()

    @property
    def models(self) -> tuple[ClassModel, ...]:
        """All of them."""
        return tuple(self._models)

    def model(self, shape: Shape) -> ClassModel:
        """The class of an instance."""
        number = shape[1]
        assert isinstance(number, int)
        return self._models[number]

    def shape(self, sample: object) -> Shape:
        """The shape of anything that is no number, list or tuple."""
        if sample is None:
            return NONE
        number = self._number(type(sample))
        if number is None:
            return OTHER
        samples = self._models[number].samples
        if len(samples) < FEW and all(sample is not known for known in samples):
            samples.append(sample)
        return ("instance", number)

    def shape_of_class(self, cls: type) -> Shape:
        """The shape of instances of a class that `of` knows."""
        number = self._number(cls)
        assert number is not None
        return ("instance", number)

    def of(self, cls: type) -> ClassModel | None:
        """A class of the program, or None for one that native code does not touch."""
        number = self._number(cls)
        return None if number is None else self._models[number]

    def mix(self, shapes: list[Shape]) -> None:
        """Instances of these shapes lie in one list."""
        found = {shape for shape in shapes if shape[0] == "instance"}
        for shape in list(found):
            found |= self._mixed.get(shape, set())
        if 1 < len(found) <= CLASSES:
            for shape in found:
                self._mixed[shape] = found

    @property
    def are_mixed(self) -> bool:
        """Whether any are."""
        return bool(self._mixed)

    def any_of(self, shape: Shape) -> Shape:
        """The shape of what may be an instance of a class as well as of others."""
        mixed = self._mixed.get(shape)
        return ("any", *sorted(mixed, key=repr)) if mixed else shape

    def _number(self, cls: type) -> int | None:
        if id(cls) not in self._numbers:
            offsets = instance_layout().offsets
            usable = cls.__flags__ & HEAP_TYPE and not issubclass(cls, type)
            model = ClassModel(cls, offsets) if usable and offsets is not None else None
            if model is None or not model.is_known:
                self._numbers[id(cls)] = None
            else:
                self._numbers[id(cls)] = len(self._models)
                self._models.append(model)
        return self._numbers[id(cls)]

    def field(self, model: ClassModel, name: str) -> Field | None:
        """Where the instances of a class have an attribute, None if they have it not."""
        found = model.find(name)
        item = model.item(name)
        number: int | None
        if item is not None:
            number, in_object = TUPLE_ITEMS // WORD + item, True
        elif isinstance(found, MemberDescriptorType):
            number, in_object = model.slot(found), True
        elif found is not MISSING and hasattr(type(found), "__get__"):
            return None
        else:
            number, in_object = model.number_of(name), False
        if number is None:
            return None
        shapes: list[Shape] = []
        for sample in model.samples:
            try:
                value = object.__getattribute__(sample, name)
            except AttributeError:
                continue
            shapes.append(shape_of(value, self))
        if not shapes and name in model.given:
            shapes.append(model.given[name])
        return Field(number, in_object, common_shape(shapes), item)


def common_shape(shapes: list[Shape]) -> Shape:
    """The most frequent shape, or those of a few that an attribute has by turns."""
    if not shapes:
        return OTHER
    several = {shape for shape in shapes if shape[0] in BY_TURNS}
    if 1 < len(several) <= WAYS:
        return ("mixed", *sorted(several, key=lambda shape: BY_TURNS.index(str(shape[0]))))
    return most_frequent(shapes)
