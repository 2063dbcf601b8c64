"""Special methods as the host looks them up: on the type, past `__getattr__`."""

from __future__ import annotations

from typing import Any

from .own_names import use_own_names

use_own_names(globals())

ABSENT = object()


def find_special(value: Any, name: str) -> Any:
    """The method of that name bound to `value`, or ABSENT if its type has none."""
    cls = type(value)
    for base in type.__dict__["__mro__"].__get__(cls):
        found = type.__dict__["__dict__"].__get__(base).get(name, ABSENT)
        if found is not ABSENT:
            getter = getattr(type(found), "__get__", None)
            return found if getter is None else getter(found, value, cls)
    return ABSENT
