"""Tuples whose parts are at hand: displays, constants, what `divmod` gives. No object is made."""

from __future__ import annotations

from collections.abc import Sequence

from .builder import RegionBuilder, Unsupported
from .sequences import GET_ITEM
from .state import Kind, Typed
from .variables import constant


def parts_of(b: RegionBuilder, typed: Typed) -> Sequence[Typed] | None:
    """The parts of such a tuple; None for anything else."""
    if typed.kind is Kind.PAIR:
        return typed.parts
    if typed.kind is Kind.KNOWN and type(typed.known) is tuple:
        return [constant(b, part) for part in typed.known]
    return None


def item(b: RegionBuilder, owner: Typed, index: Typed) -> Typed:
    """owner[index]"""
    known, count = index.known, len(owner.parts)
    if not isinstance(known, int) or not -count <= known < count:
        raise Unsupported(
            "an element of a tuple that is no object, by an index that is not constant"
        )
    return owner.parts[known]


GET_ITEM[Kind.PAIR] = item
