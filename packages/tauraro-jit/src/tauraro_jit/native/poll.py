"""The word in which the host asks a running thread for the interpreter: the eval breaker.

Signals, pending calls, a thread that waits for the GIL, and (3.12+) the garbage collector set it.
Native loops read it at each back-edge and leave when it is set; the eval loop then does what is
asked.
"""

from __future__ import annotations

import _thread
import ctypes
import operator
import sys
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple


class PollWord(NamedTuple):
    """Where the word is: at a fixed address, or (3.13) at `thread_offset` of the current thread
    state. It has `bits` bits, and `mask` selects those that ask."""

    address: int | None
    thread_offset: int
    bits: int
    mask: int


INTERPRETER_OFFSETS = {(3, 11): 100, (3, 12): 368}
THREAD_OFFSETS = {(3, 13): 24}


def find_poll_word() -> PollWord | None:
    """The poll word of the running host, None if it is not where it is known to be.

    The probe asks for an exception in this thread, and reads the word before the eval loop runs
    again: it must have changed from not asking to asking. (A pending call would do on the main
    thread only.)
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


class _Asked(Exception):
    """Raised in this thread by the probe, and caught there."""


def changes_when_asked(address: int, word: PollWord) -> bool:
    """Whether the word at `address` answers when something is wanted of this thread."""
    kind = ctypes.c_uint64 if word.bits == 64 else ctypes.c_uint32
    read = partial(operator.attrgetter("value"), kind.from_address(address))
    raise_in = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p)(
        ("PyThreadState_SetAsyncExc", ctypes.pythonapi)
    )
    thread = _thread.get_ident()
    ask = partial(raise_in, thread, id(_Asked))
    for _ in range(8):  # another thread may ask at any time
        before = after = 0
        try:
            # one C loop: the eval loop does not run in between
            before, _, after = map(operator.call, (read, ask, read))
            # Taking it back would leave the word as it is, for ever (3.11, 3.12).
            for _ in range(10_000):
                pass
            raise_in(thread, None)
        except _Asked:
            if before & word.mask == 0 and after & word.mask != 0:
                return True
    return False
