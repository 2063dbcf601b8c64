"""How large the stack of a thread is: LLVM takes a good part of what threads have by default."""

from __future__ import annotations

import ctypes

COMPILING = 512 << 10
"""Bytes of stack that a thread needs for running LLVM; 8 MB are usual."""

_ATTRIBUTES = 64
"""At least the bytes of a `pthread_attr_t`."""


def stack_size() -> int:
    """The bytes of this thread's stack, 0 if that is not known."""
    library = ctypes.CDLL(None)
    library.pthread_self.restype = ctypes.c_void_p
    attributes = ctypes.create_string_buffer(_ATTRIBUTES)
    lowest, size = ctypes.c_void_p(), ctypes.c_size_t()
    if library.pthread_getattr_np(ctypes.c_void_p(library.pthread_self()), attributes):
        return 0
    library.pthread_attr_getstack(attributes, ctypes.byref(lowest), ctypes.byref(size))
    library.pthread_attr_destroy(attributes)
    return size.value


def can_compile() -> bool:
    """Whether LLVM can be run on this thread."""
    return stack_size() >= COMPILING
