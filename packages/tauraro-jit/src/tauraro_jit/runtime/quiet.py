"""Waiting without disturbing native code.

A thread that wants the interpreter's lock makes native loops leave: they give the lock to it and go
on in tier 1, a long way from where they can be entered again. The sampler wants the lock hundreds
of times a second, for nothing while native code runs. So it waits here, in native code and without
the lock, until no thread is in a region.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from ..native.compile import compile_ir

NAME = "tauraro_wait_quietly"

STEP = 2500
"""Microseconds between two looks at the clock and the counter."""

_inside = ctypes.c_int64(0)


def inside_address() -> int:
    """The address of the number of threads that are in regions; changed with the lock held."""
    return ctypes.addressof(_inside)


_TEXT = f"""
declare i32 @usleep(i32)
define void @{NAME}(i64 %steps, ptr %inside, ptr %stop) {{
entry:
  br label %wait
wait:
  %left = phi i64 [ %steps, %entry ], [ %less, %go_on ]
  %error = call i32 @usleep(i32 {STEP})
  %stopping = load volatile i8, ptr %stop
  %is_to_stop = icmp ne i8 %stopping, 0
  br i1 %is_to_stop, label %done, label %go_on
go_on:
  %less = sub i64 %left, 1
  %threads = load volatile i64, ptr %inside
  %is_quiet = icmp sle i64 %threads, 0
  %is_over = icmp sle i64 %less, 0
  %is_time = and i1 %is_quiet, %is_over
  br i1 %is_time, label %done, label %wait
done:
  ret void
}}
"""


@cache
def _function() -> Callable[[int, int, Any], None]:
    prototype = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)
    native = compile_ir(_TEXT, NAME, optimize=0)
    function: Callable[[int, int, Any], None] = prototype(native.address)
    return function


def wait_quietly(seconds: float, stopping: bytearray) -> None:
    """Wait `seconds`, and on until no thread is in native code, or until the first byte of
    `stopping` is set."""
    stop = (ctypes.c_char * len(stopping)).from_buffer(stopping)
    steps = max(1, round(seconds * 1e6 / STEP))
    _function()(steps, inside_address(), ctypes.addressof(stop))
