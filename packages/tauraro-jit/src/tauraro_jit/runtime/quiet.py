"""Waiting without disturbing native code.

A thread that wants the interpreter's lock makes native loops leave: they give the lock to it and go
on in tier 1, a long way from where they can be entered again. The sampler wants the lock hundreds
of times a second, for nothing while native code runs. So it waits here, in native code and without
the lock, until no thread is in a region. Meanwhile it notes whose time passes.
"""

from __future__ import annotations

import ctypes
import itertools
import time
from collections.abc import Callable
from functools import cache

from ..native.compile import compile_ir

NAME = "tauraro_wait_quietly"

STEP = 2500
"""Microseconds between two looks at the clock and the counter."""

NUMBERED = 4096
"""Regions whose time is counted apart; all further ones count as the last of these."""

_inside = (ctypes.c_int64 * 3)()
_times = (ctypes.c_int64 * NUMBERED)()
_numbers = itertools.count()


def inside_address() -> int:
    """The address of two words, changed with the lock held: the number of threads that are in
    regions, and the number of the region that was entered last. The third word is ours."""
    return ctypes.addressof(_inside)


def new_number() -> int:
    """The number of a new region."""
    return min(next(_numbers), NUMBERED - 1)


def seconds_in(number: int) -> float:
    """The time spent in a region while somebody waited here."""
    return float(_times[number]) / 1e9


def seconds_in_all() -> float:
    """The time spent in all regions while somebody waited here."""
    return float(_inside[2]) / 1e9


_TEXT = f"""
declare i32 @usleep(i32)
declare i32 @clock_gettime(i32, ptr)
define internal i64 @now() {{
  %time = alloca [2 x i64]
  %error = call i32 @clock_gettime(i32 {time.CLOCK_MONOTONIC}, ptr %time)
  %seconds = load i64, ptr %time
  %place = getelementptr i64, ptr %time, i64 1
  %nanoseconds = load i64, ptr %place
  %scaled = mul i64 %seconds, 1000000000
  %sum = add i64 %scaled, %nanoseconds
  ret i64 %sum
}}
define void @{NAME}(i64 %steps, ptr %inside, ptr %times, ptr %stop) {{
entry:
  %number_place = getelementptr i64, ptr %inside, i64 1
  %total_place = getelementptr i64, ptr %inside, i64 2
  %begin = call i64 @now()
  br label %wait
wait:
  %left = phi i64 [ %steps, %entry ], [ %less, %go_on ]
  %before = phi i64 [ %begin, %entry ], [ %after, %go_on ]
  %error = call i32 @usleep(i32 {STEP})
  %after = call i64 @now()
  %threads = load volatile i64, ptr %inside
  %is_quiet = icmp sle i64 %threads, 0
  %number = load volatile i64, ptr %number_place
  %elapsed = sub i64 %after, %before
  %spent = select i1 %is_quiet, i64 0, i64 %elapsed
  %time_place = getelementptr i64, ptr %times, i64 %number
  %old = load i64, ptr %time_place
  %new = add i64 %old, %spent
  store i64 %new, ptr %time_place
  %old_total = load i64, ptr %total_place
  %total = add i64 %old_total, %spent
  store i64 %total, ptr %total_place
  %stopping = load volatile i8, ptr %stop
  %is_to_stop = icmp ne i8 %stopping, 0
  br i1 %is_to_stop, label %done, label %go_on
go_on:
  %less = sub i64 %left, 1
  %is_over = icmp sle i64 %less, 0
  %is_time = and i1 %is_quiet, %is_over
  br i1 %is_time, label %done, label %wait
done:
  ret void
}}
"""


@cache
def _function() -> Callable[[int, int, int, int], None]:
    pointer = ctypes.c_void_p
    prototype = ctypes.CFUNCTYPE(None, ctypes.c_int64, pointer, pointer, pointer)
    native = compile_ir(_TEXT, NAME, optimize=0, keep=True)
    function: Callable[[int, int, int, int], None] = prototype(native.address)
    return function


def wait_quietly(seconds: float, stopping: bytearray) -> None:
    """Wait `seconds`, and on until no thread is in native code, or until the first byte of
    `stopping` is set."""
    stop = (ctypes.c_char * len(stopping)).from_buffer(stopping)
    steps = max(1, round(seconds * 1e6 / STEP))
    times = ctypes.addressof(_times)
    _function()(steps, inside_address(), times, ctypes.addressof(stop))
