"""Random class hierarchies for property tests: plans drawn by hypothesis, built by the host.

A plan says for each class which earlier classes it inherits from, whether a metaclass orders it,
and what it defines. `build` makes the classes that the host accepts and reports the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "c", "__class__", "__doc__", "__call__")
ROOTS = (object, ValueError)


class Told:
    """A descriptor that tells what it was asked with."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __get__(self, obj: object, cls: type | None = None) -> tuple[object, ...]:
        return (self.label, obj, cls)


class ToldData(Told):
    def __set__(self, obj: object, value: object) -> None: ...


class Settable:
    """A data descriptor that cannot be read."""

    def __set__(self, obj: object, value: object) -> None: ...


def failing_property(label: str) -> property:
    def fail(obj: object) -> object:
        raise AttributeError(label)

    return property(fail)


ENTRIES = {
    "plain": lambda label: label,
    "none": lambda label: None,
    "function": lambda label: lambda *arguments: (label, arguments),
    "classmethod": lambda label: classmethod(lambda cls: (label, cls)),
    "staticmethod": lambda label: staticmethod(lambda: label),
    "property": lambda label: property(lambda obj: (label, obj)),
    "failing": failing_property,
    "told": Told,
    "told data": ToldData,
    "settable": lambda label: Settable(),
}


class Reordering(type):
    """Orders its classes by rotating what C3 gives by `turn` places, behind the class itself."""

    turn = 0
    from_metaclass = Told("metaclass")
    a = ToldData("metaclass a")

    def __new__(
        meta, name: str, bases: tuple[type, ...], body: dict[str, Any], turn: int
    ) -> Reordering:
        meta.turn = turn
        return super().__new__(meta, name, bases, body)

    def __init__(cls, *arguments: object, **options: object) -> None: ...

    def mro(cls) -> list[type]:
        first, *rest = super().mro()
        turn = Reordering.turn % len(rest)
        return [first, *rest[turn:], *rest[:turn]]


@dataclass(frozen=True)
class ClassPlan:
    """`bases` are positions among the classes made before and the roots, modulo their number."""

    bases: tuple[int, ...]
    repeats: bool
    entries: tuple[tuple[str, str], ...]
    turn: int | None
    slots: bool
    hook: bool
    own_values: frozenset[str]


@dataclass
class Hierarchy:
    """The classes that the host made, and for each refused list of bases its words."""

    classes: list[type] = field(default_factory=list)
    instances: list[Any] = field(default_factory=list)
    refused: list[tuple[tuple[type, ...], str]] = field(default_factory=list)


def class_plans() -> st.SearchStrategy[ClassPlan]:
    entry = st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(sorted(ENTRIES)))
    positions = st.lists(st.integers(0, 5), min_size=1, max_size=4)
    rarely = st.integers(0, 9).map(lambda drawn: drawn == 9)
    return st.builds(
        ClassPlan,
        # Where the positions rise, newer classes come first, and conflicts are rare.
        bases=(positions | positions.map(sorted)).map(tuple),
        repeats=rarely,
        entries=st.lists(entry, max_size=4).map(tuple),
        turn=rarely.flatmap(lambda drawn: st.integers(0, 3) if drawn else st.none()),
        slots=st.booleans(),
        hook=rarely,
        own_values=st.frozensets(st.sampled_from(NAMES[:3]), max_size=2),
    )


def hierarchy_plans() -> st.SearchStrategy[list[ClassPlan]]:
    return st.lists(class_plans(), min_size=3, max_size=9)


def build(plans: list[ClassPlan]) -> Hierarchy:
    hierarchy = Hierarchy()
    for number, plan in enumerate(plans):
        # Counted from the newest class, so that hierarchies grow deep; then the roots.
        choices = [*reversed(hierarchy.classes), *ROOTS]
        bases = tuple(choices[position % len(choices)] for position in plan.bases)
        if not plan.repeats:
            bases = tuple(dict.fromkeys(bases))
        try:
            cls = _make(f"C{number}", bases, plan)
        except TypeError as error:
            hierarchy.refused.append((bases, str(error)))
            continue
        hierarchy.classes.append(cls)
        hierarchy.instances.append(_instance(cls, plan))
    return hierarchy


def _make(name: str, bases: tuple[type, ...], plan: ClassPlan) -> type:
    body: dict[str, Any] = {
        attribute: ENTRIES[kind](f"{name}.{attribute}") for attribute, kind in plan.entries
    }
    if plan.slots:
        body["__slots__"] = ()
    if plan.hook:
        body["__getattr__"] = lambda obj, attribute: (name, obj, attribute)
    reordered = plan.turn is not None or any(isinstance(base, Reordering) for base in bases)
    if reordered:
        return Reordering(name, bases, body, turn=plan.turn or 0)
    return type(name, bases, body)


def _instance(cls: type, plan: ClassPlan) -> Any:
    # Not by `cls(...)`: a reordered class may find `object.__new__` before that of ValueError.
    root = cls
    while root not in ROOTS:
        root = root.__base__ or object
    instance = root.__new__(cls)
    own = getattr(instance, "__dict__", None)
    if isinstance(own, dict):
        own.update((name, f"own {name}") for name in sorted(plan.own_values))
    return instance
