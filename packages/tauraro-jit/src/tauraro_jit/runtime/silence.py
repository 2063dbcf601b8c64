"""3.11: the functions that loops call end unheard.

Trace functions written in C and all profile functions are told there of the end of every Python
function, also of one whose beginning is hidden; a profiler then takes it for the end of the loop's
function. So under a tool such a function gives back the *silencer*: while that is on its way, the
thread counts as one that is inside a trace function, in which the host tells nothing. The loop
throws away what it gets: that is the end of the silencer, and of the silence.

    -probe()        None, or the silencer if a tool watches this thread

Nothing else runs in between, on any thread: one silencer is enough. It is no object that was ever
made, but memory that looks like one with no reference to it.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

from ..layout.host import host_layout
from ..native.compile import NativeFunction, compile_ir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

IS_NEEDED = sys.version_info < (3, 12)

NAME = "tauraro_silence"
_END = "tauraro_silence_end"
_SILENCER = "tauraro_silencer"

_NEGATIVE, _DEALLOC = 30, 52
"""Slots of the stable ABI."""

_memory = (ctypes.c_int64 * 4)()


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


def _count(change: int) -> str:
    """Change the number of trace functions that the thread is in."""
    tracing = host_layout().require().tracing
    assert tracing is not None
    # Two numbers before the pointer to the C frame, and what aligns that.
    return f"""
  %place = getelementptr i8, ptr %thread, i64 {tracing[0] - 12}
  %old = load i32, ptr %place
  %new = add i32 %old, {change}
  store i32 %new, ptr %place"""


def _begin_ir() -> str:
    tracing = host_layout().require().tracing
    assert tracing is not None
    return f"""
@_Py_NoneStruct = external global i8
@{_SILENCER} = external global i8
declare ptr @PyThreadState_Get()
declare void @Py_IncRef(ptr)
define ptr @{NAME}(ptr %self) {{
  %thread = call ptr @PyThreadState_Get()
  %first = getelementptr i8, ptr %thread, i64 {tracing[0]}
  %frame = load ptr, ptr %first
  %second = getelementptr i8, ptr %frame, i64 {tracing[1]}
  %tells = load i8, ptr %second
  %is_watched = icmp ne i8 %tells, 0
  br i1 %is_watched, label %watched, label %alone
alone:
  call void @Py_IncRef(ptr @_Py_NoneStruct)
  ret ptr @_Py_NoneStruct
watched:{_count(1)}
  store i64 1, ptr @{_SILENCER}
  ret ptr @{_SILENCER}
}}
"""


def _end_ir() -> str:
    return f"""
declare ptr @PyThreadState_Get()
define void @{_END}(ptr %self) {{
  %thread = call ptr @PyThreadState_Get(){_count(-1)}
  ret void
}}
"""


@cache
def silence() -> NativeFunction:
    """The function behind `-probe()`; its argument is not looked at."""
    address = ctypes.addressof(_memory)
    return compile_ir(_begin_ir(), NAME, optimize=0, symbols={_SILENCER: address}, keep=True)


@cache
def probe() -> Any:
    """An object whose negative is None, or the silencer."""
    end = compile_ir(_end_ir(), _END, optimize=0, keep=True)
    slots = (_Slot * 3)(
        _Slot(_NEGATIVE, silence().address), _Slot(_DEALLOC, end.address), _Slot(0, None)
    )
    spec = _Spec(b"tauraro_jit.runtime.silence.Silencer", 16, 0, 1 << 18, slots)
    make: Any = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.POINTER(_Spec))(
        ("PyType_FromSpec", ctypes.pythonapi)
    )
    kind = make(ctypes.byref(spec))
    found = kind()
    _memory[1] = id(kind)
    for each in (found, slots, spec, _memory):  # for good: an end of `found` would end a silence
        _keep(each)
    return found


_keep = ctypes.PYFUNCTYPE(None, ctypes.py_object)(("Py_IncRef", ctypes.pythonapi))
