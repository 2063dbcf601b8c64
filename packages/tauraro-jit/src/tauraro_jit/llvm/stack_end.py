"""Where the stack of the running thread ends: a native function, made once per process.

    i64 tauraro_stack_end(ptr %thread_state)

gives the lowest address that calls may reach. It remembers the threads it was asked for last: the
numbers of thread states are never given twice. A state may go on on another stack; that is noticed.
"""

from __future__ import annotations

import ctypes
from functools import cache

from ..native.compile import NativeFunction, compile_ir

NAME = "tauraro_stack_end"

THREADS = 64
"""Threads whose stacks are known at a time: those whose numbers end in different bits."""

MOST_RESERVED = 256 << 10
"""Bytes of a stack left to the C library and to signal handlers, at most; a quarter of small
ones."""

_stacks = (ctypes.c_int64 * (3 * THREADS))()
"""For each of them: the number of the thread state, where its stack ends, where it begins."""

_TEXT = f"""
%object = type opaque
@stacks = external global %object
declare i64 @PyThreadState_GetID(ptr)
declare i64 @pthread_self()
declare i32 @pthread_getattr_np(i64, ptr)
declare i32 @pthread_attr_getstack(ptr, ptr, ptr)
declare i32 @pthread_attr_getguardsize(ptr, ptr)
declare i32 @pthread_attr_destroy(ptr)
define i64 @{NAME}(ptr %state) {{
  %attributes = alloca [64 x i8], align 16
  %base = alloca i64
  %size = alloca i64
  %guard = alloca i64
  %number = call i64 @PyThreadState_GetID(ptr %state)
  %here = ptrtoint ptr %base to i64
  %hash = and i64 %number, {THREADS - 1}
  %entry = getelementptr [3 x i64], ptr @stacks, i64 %hash
  %low_place = getelementptr i64, ptr %entry, i64 1
  %high_place = getelementptr i64, ptr %entry, i64 2
  %owner = load i64, ptr %entry
  %low = load i64, ptr %low_place
  %high = load i64, ptr %high_place
  %is_owner = icmp eq i64 %owner, %number
  %is_above = icmp ugt i64 %here, %low
  %is_below = icmp ult i64 %here, %high
  %is_inside = and i1 %is_above, %is_below
  %is_known = and i1 %is_owner, %is_inside
  br i1 %is_known, label %known, label %unknown
known:
  ret i64 %low
unknown:
  %self = call i64 @pthread_self()
  %problem = call i32 @pthread_getattr_np(i64 %self, ptr %attributes)
  %is_found = icmp eq i32 %problem, 0
  br i1 %is_found, label %found, label %nowhere
nowhere:
  ret i64 -1
found:
  %s = call i32 @pthread_attr_getstack(ptr %attributes, ptr %base, ptr %size)
  %g = call i32 @pthread_attr_getguardsize(ptr %attributes, ptr %guard)
  %d = call i32 @pthread_attr_destroy(ptr %attributes)
  %lowest = load i64, ptr %base
  %whole = load i64, ptr %size
  %guarded = load i64, ptr %guard
  %quarter = lshr i64 %whole, 2
  %is_large = icmp ugt i64 %quarter, {MOST_RESERVED}
  %reserved = select i1 %is_large, i64 {MOST_RESERVED}, i64 %quarter
  %kept = add i64 %reserved, %guarded
  %new_low = add i64 %lowest, %kept
  %new_high = add i64 %lowest, %whole
  store i64 %number, ptr %entry
  store i64 %new_low, ptr %low_place
  store i64 %new_high, ptr %high_place
  ret i64 %new_low
}}
"""


@cache
def stack_end() -> NativeFunction:
    """The function, compiled on first use. Raises CompileError."""
    symbols = {"stacks": ctypes.addressof(_stacks)}
    return compile_ir(_TEXT, NAME, optimize=0, symbols=symbols, keep=True)
