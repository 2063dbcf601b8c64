"""The objects that tier 1's code calls: an `Entry` for each installed region, and the Python function
around it.

The eval loop looks at a frame again only when a *Python* function returns to it, and pushes what
that function returns. So ENTRY is a Python function whose body does nothing but run native code:

    def enter(entry, nothing):
        result = -entry              # the trampoline
        if result is nothing:
            return <nothing at all>
        return result

`-entry` and not `entry()`: after a call the eval loop looks for signals, and a handler that raised
there would meet the caller's frame without the stack item that is on its way. For the same reason
the function's RESUME is one that does not look. "Nothing at all" is a null pointer: at the bottom
of the stack the returned value fills the frame's last variable, which may be unbound.
"""

from __future__ import annotations

import ctypes
from dis import opmap
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from ..layout.host import host_layout
from .table import Table
from .trampoline import trampoline

NOTHING: Final = object()
"""Stands for the null pointer between the trampoline and the entry function."""

_SLOT_NEGATIVE = 77 - 52 + 5
"""Py_nb_negative of `typeslots.h`, part of the stable ABI."""

_HAVE_GC = 1 << 14
_DEFAULT_FLAGS = 1 << 18


class EntryBase:
    """What an entry holds: the first slot is where the trampoline looks for the table."""

    __slots__ = ("table", "words")

    def __init__(self, table: Table) -> None:
        self.words = table.words
        self.table = table


class _Slot(ctypes.Structure):
    _fields_ = (("slot", ctypes.c_int), ("function", ctypes.c_void_p))


class _Spec(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("basicsize", ctypes.c_int),
        ("itemsize", ctypes.c_int),
        ("flags", ctypes.c_uint),
        ("slots", ctypes.POINTER(_Slot)),
    )
