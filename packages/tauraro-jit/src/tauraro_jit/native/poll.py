"""The word in which the host asks a running thread for the interpreter: the eval breaker.

Signals, pending calls, a thread that waits for the GIL, and (3.12+) the garbage collector set it.
Native loops read it at each back-edge and leave when it is set; the eval loop then does what is
asked.
"""

from __future__ import annotations

import ctypes
import operator
import sys
from functools import partial

from msgspec import Struct


class PollWord(Struct, frozen=True):
    """Where the word is: at a fixed address, or (3.13) at `thread_offset` of the current thread
    state. It has `bits` bits, and `mask` selects those that ask."""

    address: int | None
    thread_offset: int
    bits: int
    mask: int


INTERPRETER_OFFSETS = {(3, 11): 100, (3, 12): 368}
THREAD_OFFSETS = {(3, 13): 24}


def _nothing(_: int | None) -> int:
    return 0


_NOTHING = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(_nothing)


def find_poll_word() -> PollWord | None:
    """The poll word of the running host, None if it is not where it is known to be.

    The probe registers a pending call and reads the word before the eval loop runs again: it must
    have changed from not asking to asking.
    """
    version = sys.version_info[:2]
    api = ctypes.pythonapi
    if version in INTERPRETER_OFFSETS:
        get = api.PyInterpreterState_Get
        get.restype = ctypes.c_void_p
        address = get() + INTERPRETER_OFFSETS[version]
        word = PollWord(address, 0, 32, -1)
    elif version in THREAD_OFFSETS:
        get = api.PyThreadState_Get
        get.restype = ctypes.c_void_p
        offset = THREAD_OFFSETS[version]
        address = get() + offset
        word = PollWord(None, offset, 64, 0xFF)
    else:
        return None
    return word if changes_when_asked(address, word) else None


def changes_when_asked(address: int, word: PollWord) -> bool:
    """Whether the word at `address` answers to a pending call."""
    kind = ctypes.c_uint64 if word.bits == 64 else ctypes.c_uint32
    read = partial(operator.attrgetter("value"), kind.from_address(address))
    ask = partial(ctypes.pythonapi.Py_AddPendingCall, _NOTHING, None)
    for _ in range(8):  # another thread may ask at any time
        # one C loop: the eval loop does not run in between
        before, _, after = map(operator.call, (read, ask, read))
        if before & word.mask == 0 and after & word.mask != 0:
            return True
    return False
