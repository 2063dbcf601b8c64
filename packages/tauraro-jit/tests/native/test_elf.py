"""The linker: addresses, constants, and files that it does not take."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable

import pytest

from tauraro_jit.native.compile import load_object, object_code
from tauraro_jit.native.elf import link
from tauraro_jit.native.generator import CompileError

TEXT = """
%object = type opaque
@one = external global %object
@two = external global %object
declare i64 @function(i64)
declare double @fmod(double, double)

define ptr @which(i64 %n) {
  %first = icmp eq i64 %n, 0
  %found = select i1 %first, ptr @one, ptr @two
  ret ptr %found
}

define i64 @table(i64 %n) {
  switch i64 %n, label %z [ i64 0, label %a i64 1, label %b i64 2, label %c i64 3, label %d ]
a: %ra = call i64 @function(i64 10)
  ret i64 %ra
b: %rb = call i64 @inner(i64 20)
  ret i64 %rb
c: ret i64 30
d: %rd = call i64 @function(i64 40)
  ret i64 %rd
z: ret i64 -1
}

define internal i64 @inner(i64 %n) noinline {
  %r = add i64 %n, 1
  ret i64 %r
}

define double @rest(double %x) {
  %r = frem double %x, 2.5
  %s = fadd double %r, 0.125
  ret double %s
}

define ptr @own() {
  ret ptr @own
}
"""


def add_hundred(number: int) -> int:
    return number + 100


FUNCTION = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(add_hundred)

SYMBOLS = {
    "one": 0x1122334455667788,
    "two": 0x99,
    "function": ctypes.cast(FUNCTION, ctypes.c_void_p).value or 0,
}


@pytest.mark.parametrize("optimize", [0, 1, 2])
def test_addresses(optimize: int) -> None:
    """Symbols that are given, symbols of the C library, functions and constants of the module
    itself, tables of jumps."""
    code = object_code(TEXT, optimize)

    def get(name: str, result: type, argument: type) -> Callable[[object], object]:
        prototype = ctypes.PYFUNCTYPE(result, argument)
        return prototype(load_object(code, name, SYMBOLS).address)

    which = get("which", ctypes.c_uint64, ctypes.c_int64)
    assert [which(0), which(1)] == [SYMBOLS["one"], SYMBOLS["two"]]
    table = get("table", ctypes.c_int64, ctypes.c_int64)
    assert [table(n) for n in range(-1, 5)] == [-1, 110, 21, 30, 140, -1]
    assert get("rest", ctypes.c_double, ctypes.c_double)(9.0) == 1.625
    own = load_object(code, "own", SYMBOLS).address
    assert ctypes.PYFUNCTYPE(ctypes.c_uint64)(own)() == own


def test_unknown_names() -> None:
    """A symbol that nobody defines, a function that is not there."""
    code = object_code(TEXT, 0)
    with pytest.raises(CompileError, match="unknown symbol"):
        link(code, "which", lambda name: None)
    with pytest.raises(CompileError, match="no function another"):
        load_object(code, "another", SYMBOLS)


def test_variables() -> None:
    """Modules have no variables of their own: the code is read-only."""
    text = "@v = internal global i64 1\ndefine ptr @f() { store i64 2, ptr @v ret ptr @v }"
    with pytest.raises(CompileError, match="variables"):
        load_object(object_code(text, 0), "f")


def test_other_files() -> None:
    """What is no object file for x86-64."""
    for data in (b"", b"\x7fELF", b"#!/bin/sh\n" * 20, b"\x7fELF\x01\x01" + bytes(100)):
        with pytest.raises(CompileError):
            load_object(data, "f")


def test_truncated_files() -> None:
    """A file that ends early is refused, or complete as far as it matters: nothing is run here."""
    code = object_code(TEXT, 1)
    source = random.Random(1)
    for _ in range(50):
        size = source.randrange(len(code) // 2)
        with pytest.raises(CompileError):
            load_object(code[:size], "which", SYMBOLS)
