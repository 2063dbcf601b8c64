"""The rules of `except*` (PEP 654): what a handler takes and what is raised at the end.

In: the exception that reached the handlers. Out: the group for one handler, the rest, and, when
all handlers have run, the exception that goes on.
"""

from __future__ import annotations

import sys
from typing import Any

from .own_names import use_own_names

use_own_names(globals())

UNWRAPS_SINGLE = sys.version_info >= (3, 11, 4)
"""Whether the host raises a single new exception as it is."""


class StarState:
    """The exceptions of one run of `except*` handlers: the original, what no handler has taken
    yet (None: nothing), and what the handlers raised."""

    __slots__ = ("original", "raised", "rest")

    def __init__(self, original: BaseException) -> None:
        self.original = original
        self.rest: BaseException | None = original
        self.raised: list[BaseException] = []


def is_subclass(cls: type, base: Any) -> bool:
    """Whether `base` is among the bases of `cls`; metaclasses are not asked, as in `except`."""
    return isinstance(base, type) and type.__subclasscheck__(base, cls)


def matches(exc: BaseException, kind: Any) -> bool:
    """Whether an exception is an instance of a class, or of one of a tuple of classes."""
    cls = type(exc)
    if isinstance(kind, tuple):
        return any(is_subclass(cls, item) for item in kind)
    return is_subclass(cls, kind)


def check_type(kind: Any, star: bool) -> str | None:
    """What is wrong with the type of a handler, or None."""
    for item in kind if isinstance(kind, tuple) else (kind,):
        if not (isinstance(item, type) and is_subclass(item, BaseException)):
            return "catching classes that do not inherit from BaseException is not allowed"
    if not star:
        return None
    for item in kind if isinstance(kind, tuple) else (kind,):
        if is_subclass(item, BaseExceptionGroup):
            return "catching ExceptionGroup with except* is not allowed. Use except instead."
    return None


def take(state: StarState, kind: Any) -> tuple[BaseException | None, bool]:
    """The part of the rest that a handler for `kind` takes (None: nothing), and whether it is a
    bare exception that was wrapped."""
    rest = state.rest
    if rest is None:
        return None, False
    if matches(rest, kind):
        state.rest = None
        if isinstance(rest, BaseExceptionGroup):
            return rest, False
        return BaseExceptionGroup("", (rest,)), True
    if isinstance(rest, BaseExceptionGroup):
        match, state.rest = rest.split(kind)
        return match, False
    return None, False


def same_metadata(left: BaseException, right: BaseException) -> bool:
    """Whether two exceptions are parts of the same one: then they were re-raised, not raised."""
    return (
        left.__traceback__ is right.__traceback__
        and left.__cause__ is right.__cause__
        and left.__context__ is right.__context__
    )


def leaves_of(exc: BaseException) -> list[BaseException]:
    """The exceptions at the ends of a tree of groups."""
    if not isinstance(exc, BaseExceptionGroup):
        return [exc]
    return [leaf for part in exc.exceptions for leaf in leaves_of(part)]


def prepare_reraise(state: StarState) -> BaseException | None:
    """What goes on after all handlers have run: new exceptions and, in the shape of the original
    group, those that were re-raised or not taken."""
    original = state.original
    pending = state.raised if state.rest is None else [*state.raised, state.rest]
    if not pending:
        return None
    if not isinstance(original, BaseExceptionGroup):
        return pending[0]
    raised = [exc for exc in pending if not same_metadata(exc, original)]
    reraised = [exc for exc in pending if same_metadata(exc, original)]
    kept = {id(leaf) for exc in reraised for leaf in leaves_of(exc)}
    projection = BaseExceptionGroup.subgroup(original, lambda exc: id(exc) in kept)
    if not raised:
        return projection
    if projection is not None:
        raised.append(projection)
    if len(raised) == 1 and UNWRAPS_SINGLE:
        return raised[0]
    return BaseExceptionGroup("", raised)
