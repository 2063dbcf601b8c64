"""What the LLVM text must know of the running host: offsets and addresses."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

TYPE = 8
FLOAT_VALUE = 16
INT_SIZE = 16
INT_DIGITS = 24
SIZE = 16
LIST_ITEMS = 24
LIST_ALLOCATED = 32
TUPLE_ITEMS = 24
FUNCTION_CODE = 48
FUNCTION_DEFAULTS = 56


SMALL_INTS = range(-5, 257)
"""Ints of which the host makes one object each."""

SMALL_INT_SIZE = 32
"""Bytes from one of them to the next."""

HAS_TAGGED_INTS = sys.version_info >= (3, 12)
"""Whether an int's header holds a tag (sign and number of digits) instead of a signed size."""

IMMORTAL = sys.version_info >= (3, 12)
"""Whether some objects (True, small ints) are never counted."""


@cache
def small_ints() -> int | None:
    """The address of the first of the host's small ints, if they lie side by side."""
    first = id(SMALL_INTS[0])
    places = range(first, first + SMALL_INT_SIZE * len(SMALL_INTS), SMALL_INT_SIZE)
    return first if [id(number) for number in SMALL_INTS] == list(places) else None


@cache
def libm(name: str) -> int:
    """The address of a function of the C library's mathematics, as the host calls it."""
    try:
        function = getattr(ctypes.CDLL(None), name)
    except AttributeError:
        function = getattr(ctypes.CDLL("libm.so.6"), name)
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return address


@cache
def libc(name: str) -> int:
    """The address of a function of the C library."""
    address = ctypes.cast(getattr(ctypes.CDLL(None), name), ctypes.c_void_p).value
    assert address is not None
    return address


@cache
def api(name: str) -> int:
    """The address of a function of the host's C-API."""
    address = ctypes.cast(getattr(ctypes.pythonapi, name), ctypes.c_void_p).value
    assert address is not None
    return address
