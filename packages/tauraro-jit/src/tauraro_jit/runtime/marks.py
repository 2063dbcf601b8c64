"""The constants that mark loops in host code, and patching them in place.

Each loop's body begins with (see `instrument`)

    if HOT is None: ENTRY()

where HOT and ENTRY are constants of the code object, two of their own for each loop. Cold, both are
*marks*: tuples that say which loop this is, so they survive `marshal` and identify the loop again.
A loop becomes hot when its HOT is replaced by None; what is in ENTRY then, a Python function
without parameters, is called from the running frame. The replacement reaches frames that run and
functions that will be made of the code object later.

A code object's constants are part of its hash: a dictionary keyed by code objects loses those
whose loops are patched later.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Callable
from types import CodeType
from typing import NamedTuple

from ..layout.offsets import TUPLE_ITEMS

HOT_TAG = "tauraro.hot"
ENTRY_TAG = "tauraro.entry"


class LoopMark(NamedTuple):
    """Which loop: the index of its code object in the bytecode module, and the pc of its FOR or
    LOOP."""

    code_index: int
    loop_pc: int


class MarkSlots(NamedTuple):
    """Where a loop's two constants are in `co_consts`."""

    hot: int
    entry: int


def hot_mark(mark: LoopMark) -> tuple[str, int, int]:
    """The constant HOT of a cold loop."""
    return (HOT_TAG, *mark)


def entry_mark(mark: LoopMark) -> tuple[str, int, int]:
    """The constant ENTRY of a loop that nothing was installed for."""
    return (ENTRY_TAG, *mark)


_known: dict[int, tuple[weakref.ref[CodeType], dict[LoopMark, MarkSlots]]] = {}


def marks_of(code: CodeType) -> dict[LoopMark, MarkSlots]:
    """The loops of a code object, also those that were patched since the first call for it."""
    key = id(code)
    entry = _known.get(key)
    if entry is None or entry[0]() is not code:
        entry = (weakref.ref(code, lambda _: _known.pop(key, None)), find_marks(code))
        _known[key] = entry
    return entry[1]


def find_marks(code: CodeType) -> dict[LoopMark, MarkSlots]:
    """The loops of a code object, if none is patched."""
    hot: dict[LoopMark, int] = {}
    entry: dict[LoopMark, int] = {}
    for index, constant in enumerate(code.co_consts):
        if type(constant) is tuple and len(constant) == 3:
            tag, code_index, loop_pc = constant
            if tag == HOT_TAG:
                hot[LoopMark(code_index, loop_pc)] = index
            elif tag == ENTRY_TAG:
                entry[LoopMark(code_index, loop_pc)] = index
    return {mark: MarkSlots(index, entry[mark]) for mark, index in hot.items() if mark in entry}


class Patch:
    """One item of a code object's constants that is replaced in place, and put back. Does not keep
    the code object alive, and does nothing once that is gone."""

    __slots__ = ("_code", "_index", "_original")

    def __init__(self, code: CodeType, index: int) -> None:
        self._code = weakref.ref(code)
        self._index = index
        self._original: object = code.co_consts[index]

    def set(self, value: object) -> None:
        """Replace the constant. Code that has loaded the old one keeps it alive itself."""
        code = self._code()
        if code is not None:
            _replace(code.co_consts, self._index, value)

    def reset(self) -> None:
        """Put the original constant back."""
        self.set(self._original)


_count = ctypes.PYFUNCTYPE(None, ctypes.py_object)
_increment: Callable[[object], None] = _count(("Py_IncRef", ctypes.pythonapi))
_decrement: Callable[[object], None] = _count(("Py_DecRef", ctypes.pythonapi))


def _replace(constants: tuple[object, ...], index: int, value: object) -> None:
    """Store into a tuple; one aligned word, so that a reader sees the old or the new object."""
    old = constants[index]
    if old is value:
        return
    _increment(value)
    address = id(constants) + TUPLE_ITEMS + 8 * index
    ctypes.c_void_p.from_address(address).value = id(value)
    _decrement(old)
