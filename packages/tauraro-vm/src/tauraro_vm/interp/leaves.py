"""Leaves: the places in a shim where a frame's requests are carried out.

In: what an instruction asks for (a call with so many arguments, a yield, ...) and its source span.
Out: a numbered leaf, shared by instructions that ask for the same at the same place.

Requests take what they need from the frame's argument list, the last item first: the function,
then its arguments in order. So the list is filled in reverse.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, NamedTuple

from tauraro_frontend.bytecode.module import Span

from .own_names import use_own_names

use_own_names(globals())


class Request(Enum):
    """What a leaf does with the frame's arguments."""

    CALL = auto()  # function(argument, ..., keyword=argument, ...)
    CALL_ARGS = auto()  # function(*arguments)
    CALL_KWARGS = auto()  # function(*arguments, **keywords)
    YIELD = auto()  # yield value
    YIELD_FROM = auto()  # yield from value
    AWAIT = auto()  # await value
    NEXT_ASYNC = auto()  # put the next item of an iterator into a register; None, or registers
    UNPACK = auto()  # unpack, into registers, value
    RAISE = auto()  # raise value
    RAISE_FROM = auto()  # raise value from cause
    RERAISE = auto()  # raise: the host's current exception


class Shape(NamedTuple):
    """A request and its sizes: positional arguments and keywords of a CALL; first register, number
    and position of the starred target of an UNPACK; the register of a NEXT_ASYNC."""

    request: Request
    size: int = 0
    keywords: tuple[str, ...] = ()
    base: int = 0
    star: int | None = None

    def filling(self) -> list[Any]:
        """Arguments that let the leaf call any function that accepts everything."""
        if self.request is Request.CALL:
            return [None] * (self.size + len(self.keywords))
        if self.request is Request.CALL_KWARGS:
            return [{}, ()]
        return [()]


CALL0, CALL1, CALL2, CALL3 = (Shape(Request.CALL, count) for count in range(4))
AWAIT, YIELD, YIELD_FROM, RERAISE = (
    Shape(request)
    for request in (
        Request.AWAIT,
        Request.YIELD,
        Request.YIELD_FROM,
        Request.RERAISE,
    )
)

CALLS = frozenset({Request.CALL, Request.CALL_ARGS, Request.CALL_KWARGS})


class Leaf(NamedTuple):
    """A shape at a source span."""

    shape: Shape
    span: Span


class LeafTable:
    """The leaves of one code object, in order of appearance."""

    def __init__(self, first: Span) -> None:
        self.leaves: list[Leaf] = []
        self._index: dict[Leaf, int] = {}
        self.add(CALL1, first)

    def add(self, shape: Shape, span: Span) -> int:
        """The number of the leaf of that shape and place."""
        leaf = Leaf(shape, span)
        index = self._index.get(leaf)
        if index is None:
            index = self._index[leaf] = len(self.leaves)
            self.leaves.append(leaf)
        return index

    def can_raise(self, index: int) -> bool:
        """Whether the leaf is a call, so that a function that raises can be called there."""
        return self.leaves[index].shape.request in CALLS
