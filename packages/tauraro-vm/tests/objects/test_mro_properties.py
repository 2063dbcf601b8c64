"""The model of method resolution against the host, on random class hierarchies.

A sample of hierarchies by default, the same at each run. `TAURARO_HIERARCHIES=10000` tries that
many new ones in each test.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from objects.attribute_outcomes import Value, outcome
from objects.class_hierarchies import (
    NAMES,
    ClassPlan,
    build,
    hierarchy_plans,
)

from tauraro_vm.objects.mro import (
    Lookup,
    NotFound,
    bind,
    linearize,
    load_attribute,
    load_super,
    lookup,
    lookup_super,
    mro_of,
)

WANTED = os.environ.get("TAURARO_HIERARCHIES")
sampled = settings(
    max_examples=int(WANTED or 200),
    derandomize=WANTED is None,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

host_lookup = ctypes.pythonapi._PyType_Lookup
host_lookup.argtypes = (ctypes.py_object, ctypes.py_object)
host_lookup.restype = ctypes.c_void_p  # A borrowed reference, or None.

LOADED = (*NAMES, "from_metaclass", "__mro__", "__dict__", "missing")


@sampled
@given(hierarchy_plans())
def test_linearization(plans: list[ClassPlan]) -> None:
    hierarchy = build(plans)
    for cls in hierarchy.classes:
        assert (cls, *linearize(cls.__bases__)) == tuple(type.mro(cls))
        assert mro_of(cls) == cls.__mro__
    for bases, words in hierarchy.refused:
        if "lay-out" in words:  # Refused before the host looks for an order.
            event("lay-out conflict")
            continue
        event(" ".join(words.split()[:2]))
        with pytest.raises(TypeError) as caught:
            linearize(bases)
        assert str(caught.value) == words


@sampled
@given(hierarchy_plans())
def test_lookups(plans: list[ClassPlan]) -> None:
    for cls in build(plans).classes:
        for name in LOADED:
            answer = lookup(cls, name)
            expected = host_lookup(cls, name)
            assert answer.guards.hold()
            if isinstance(answer, NotFound):
                assert expected is None
            else:
                assert id(answer.value) == expected
                assert answer.owner.__dict__[name] is answer.value


@sampled
@given(hierarchy_plans())
def test_attribute_loads(plans: list[ClassPlan]) -> None:
    hierarchy = build(plans)
    for obj in [*hierarchy.classes, *hierarchy.instances]:
        for name in LOADED:
            assert outcome(load_attribute, obj, name) == outcome(getattr, obj, name)


@sampled
@given(hierarchy_plans())
def test_super_loads(plans: list[ClassPlan]) -> None:
    hierarchy = build(plans)
    for cls, instance in zip(hierarchy.classes, hierarchy.instances, strict=True):
        for start in cls.__mro__:
            for super_object, obj in (
                (super(start, instance), instance),
                (super(start, cls), None),
            ):
                check_super(super_object, start, cls, obj)


def check_super(super_object: Any, start: type, cls: type, obj: object) -> None:
    for name in LOADED:
        expected = outcome(getattr, super_object, name)
        assert outcome(load_super, super_object, name) == expected
        answer = lookup_super(start, cls, name)
        assert answer.guards.hold()
        if isinstance(answer, Lookup) and isinstance(expected, Value):
            assert Value(bind(answer.value, obj, cls)) == expected


CHANGES = st.tuples(
    st.sampled_from(["set", "delete", "bases"]),
    st.integers(0, 8),
    st.integers(0, 8),
    st.sampled_from(NAMES[:3]),
)


@sampled
@given(hierarchy_plans(), st.lists(CHANGES, min_size=1, max_size=4))
def test_guards_hold_exactly_as_long_as_they_must(
    plans: list[ClassPlan], changes: list[tuple[str, int, int, str]]
) -> None:
    classes: list[Any] = build(plans).classes
    if not classes:
        return
    searches = [
        *(partial(lookup, cls, name) for cls in classes for name in NAMES[:3]),
        *(partial(lookup_super, s, c, n) for c in classes for s in c.__mro__ for n in NAMES[:3]),
    ]
    answers = [search() for search in searches]
    touched = {change(classes, *drawn) for drawn in changes}
    for search, before in zip(searches, answers, strict=True):
        guards = before.guards
        event("guards hold" if guards.hold() else "guards fail")
        if guards.hold():
            assert told(search()) == told(before)
        elif None not in touched:
            assert touched & {(cls, guards.name) for cls in guards.types}


def change(
    classes: list[Any], kind: str, first: int, second: int, name: str
) -> tuple[type, str] | None:
    """Change a class: the entry that may be another now, None for the orders of some classes."""
    cls = classes[first % len(classes)]
    if kind == "set":
        type.__setattr__(cls, name, object())
    elif kind == "delete":
        with suppress(AttributeError):  # No such entry, or the metaclass has a say.
            type.__delattr__(cls, name)
    elif kind == "bases":
        with suppress(TypeError):  # A cycle, a conflict or another lay-out: nothing changes.
            cls.__bases__ = (classes[second % len(classes)],)
        return None
    return cls, name


def told(answer: Lookup | NotFound) -> object:
    return (answer.owner, id(answer.value)) if isinstance(answer, Lookup) else None
