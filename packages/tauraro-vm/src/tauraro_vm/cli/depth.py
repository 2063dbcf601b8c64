"""How deep a program may recurse: exactly as deep as without us.

In: a number of frames of ours that stay below the program's for its whole life. Out: the host does
not count them, so that RecursionError comes where CPython raises it, and a traceback says `Previous
line repeated 996 more times` with CPython's number.

3.11 has a function for this; on 3.12 and 3.13 a counter in the thread's state is found by watching
it, and written. Where neither works nothing happens: the program has one level less.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_WORDS = 16
"""How many integers of the thread's state to look at, behind three pointers."""


def uncount_frame() -> bool:
    """Let the host forget one frame of the calling thread's depth; whether it could be done."""
    try:
        # The C part alone: `ctypes` takes five times as long to import.
        import _ctypes
    except ImportError:
        return False
    try:
        if sys.version_info >= (3, 12):
            return _raise_remaining(_ctypes)
        else:
            _function(_ctypes, "Py_LeaveRecursiveCall", None)()
            return True
    except (OSError, ValueError):
        return False


def _function(_ctypes: Any, name: str, result: Any) -> Callable[[], Any]:
    """A function of the host's C interface, called without arguments while the lock is held."""

    class Function(_ctypes.CFuncPtr):  # type: ignore[misc]  # a class only at run time
        _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
        _restype_ = result

    address = _ctypes.dlsym(_ctypes.dlopen(None, 0), name)
    function: Callable[[], Any] = Function(address)
    return function


def _raise_remaining(_ctypes: Any) -> bool:
    """Find the counter of the levels that remain, and add one.

    It stands before the limit, is a little smaller, and is one less in a function that is called.
    """

    class Pointer(_ctypes._SimpleCData):  # type: ignore[misc]
        _type_ = "P"

    class Int(_ctypes._SimpleCData):  # type: ignore[misc]
        _type_ = "i"

    state = _function(_ctypes, "PyThreadState_Get", Pointer)()
    words = [Int.from_address(state + 3 * 8 + 4 * index) for index in range(_WORDS)]

    def read() -> list[int]:
        return [word.value for word in words]

    def read_deeper() -> list[int]:
        return read()

    here, deeper, limit = read(), read_deeper(), sys.getrecursionlimit()
    found = [
        index
        for index in range(_WORDS - 1)
        if here[index + 1] == deeper[index + 1] == limit
        and limit - 100 < here[index] < limit
        and deeper[index] == here[index] - 1
    ]
    if len(found) != 1:
        return False
    words[found[0]].value += 1
    return True
