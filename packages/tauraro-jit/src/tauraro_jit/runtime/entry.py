"""The objects that tier 1's code calls: an entry for each region, and a Python function around it.

The eval loop looks at a frame again only when a *Python* function returns to it, and pushes what
that function returns. So ENTRY is a Python function that does nothing but run native code:

    def enter(entry, nothing):
        result = -entry              # the trampoline
        if result is nothing:
            return <nothing at all>
        return result

`-entry` and not `entry()`: after a call the eval loop looks for signals, and a handler that raised
there would meet the caller's frame without the stack item that is on its way. The function has no
RESUME, which would look, too, and report to tools that watch. "Nothing at all" is a null pointer:
at the bottom of the stack the returned value fills the frame's last variable, which may be unbound.
If a `Watcher` is to see what becomes of the frame, the function calls it on both sides. Tracebacks,
`sys._getframe` and tracing do not see the function.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from opcode import opmap
from types import CodeType, FunctionType

from .switch import hidden
from .table import Table
from .trampoline import trampoline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

NOTHING: Final = object()
"""Stands for the null pointer between the trampoline and the entry function."""

_NEGATIVE_SLOT = 30
"""Py_nb_negative of the stable ABI."""

_DEFAULT_FLAGS = 1 << 18
_GLOBALS: dict[str, Any] = {}


class Watcher(NamedTuple):
    """What is called before and after each attempt to enter a region, if somebody watches. Both are
    hidden functions that take no argument, and raise nothing."""

    before: Callable[[], None]
    after: Callable[[], None]


class EntryBase:
    """What an entry holds. The host sorts slots by name: `memory`, where the trampoline looks for
    the table's words, comes first."""

    __slots__ = ("memory", "table")

    def __init__(self, table: Table) -> None:
        self.memory = table.words
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


def make_entry(table: Table, watcher: Watcher | None = None) -> FunctionType:
    """The function to call from the loop that `table` was made for."""
    code = entry_code() if watcher is None else watched_code()
    table.set_entry_code(id(code))
    entry = entry_type()(table)
    return FunctionType(code, _GLOBALS, "enter", (entry, NOTHING, *(watcher or ())))


@cache
def entry_type() -> Callable[[Table], EntryBase]:
    """`EntryBase` with a unary minus that is the trampoline."""
    name = b"tauraro_jit.runtime.entry.Entry"
    slots = (_Slot * 2)(_Slot(_NEGATIVE_SLOT, trampoline().address), _Slot(0, None))
    spec = _Spec(name, 0, 0, _DEFAULT_FLAGS, slots)
    prototype = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.POINTER(_Spec), ctypes.py_object)
    make: Any = prototype(("PyType_FromSpecWithBases", ctypes.pythonapi))
    kind: Callable[[Table], EntryBase] = make(ctypes.byref(spec), (EntryBase,))
    _kept.append((name, slots, spec))
    return kind


_kept: list[object] = []
"""What the type may still point to."""


@cache
def entry_code() -> CodeType:
    """The code object of all entry functions."""

    def enter(entry: Any, nothing: Any) -> Any:
        result = -entry
        if result is nothing:
            return entry
        return result

    return hidden(_returning_null(enter.__code__))


@cache
def watched_code() -> CodeType:
    """The same for entries that somebody watches."""

    def enter(entry: Any, nothing: Any, before: Any, after: Any) -> Any:
        before()
        result = -entry
        after()
        if result is nothing:
            return entry
        return result

    return hidden(_returning_null(enter.__code__))


def _returning_null(code: CodeType) -> CodeType:
    """Replace `return entry` by the return of a null pointer."""
    data = bytearray(code.co_code)
    entry = bytes([opmap["LOAD_FAST"], 0, opmap["RETURN_VALUE"], 0])
    null = bytes([opmap["PUSH_NULL"], 0, opmap["RETURN_VALUE"], 0])
    at = data.index(entry)
    data[at : at + len(entry)] = null
    return code.replace(co_code=bytes(data))
