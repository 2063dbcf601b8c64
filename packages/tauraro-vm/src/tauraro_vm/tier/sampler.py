"""The thread that looks at running frames, a few hundred times a second.

It holds the interpreter's lock only for the look itself. It blocks all signals, ends before `fork`
(a process with threads warns there from 3.12 on) and before the interpreter does.
"""

from __future__ import annotations

import _thread
import atexit
import os
import sys
import time

from .interpreters import may_have_others

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

# `signal` itself would make an enum of every signal.
_signal: Any = __import__("_signal")

# Bound now: a program may put another one in its place.
_current_frames = sys._current_frames

FIRST = 0.01
"""Seconds until the first look: shorter programs never see the thread do anything."""

_SHORT_INTERVAL = 3e-4
"""Seconds that a thread waits for the interpreter's lock."""


_LATE = 0.015
"""Seconds of waiting for the interpreter's lock that are too many. A thread that makes many short
system calls gives the lock away and takes it again each time; who waits for it is woken in vain,
which costs both. Then there is a longer break before the next look."""


_LOOP = "selectors"
"""The module of programs that wait for files in a loop: each time they ask whether there is one
ready, they give the lock away for a moment. Who waits for it then is woken thousands of times in
vain: up to 1.2 seconds for one look were seen, and 0.05 to 0.5 of them were lost to the program. So
they are asked for the lock early."""

_EARLY = 1e-6
"""Seconds after which such a program is asked for the lock."""

_USUAL = 0.005
"""What programs have that do not set the time themselves."""


class QuickSwitching:
    """A context in which threads wait but briefly for the interpreter's lock.

    For imports beside a running program: each file that is looked at lets the lock go, and takes a
    whole switch interval to get it back.
    """

    def __enter__(self) -> None:
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(_SHORT_INTERVAL)

    def __exit__(self, *_: object) -> None:
        _replace_interval(_SHORT_INTERVAL, self._interval)


def _replace_interval(expected: float, other: float) -> bool:
    """Set the time that threads wait for the interpreter's lock; gives whether it was the expected
    one. If not, the program has set another one, which stays."""
    is_expected = abs(sys.getswitchinterval() - expected) < 5e-7  # whole microseconds
    if is_expected:
        sys.setswitchinterval(other)
    return is_expected


class Sampler:
    """Calls `look` with the innermost frame of each other thread, periodically. The list is
    `look`'s own: it should empty it soon, for frames keep the program's objects alive.

    `look` gives the number of seconds until the next time. Its second argument is a byte that
    becomes 1 when the thread is to end. The thread ends where other interpreters may run.
    """

    def __init__(
        self, look: Callable[[list[FrameType], bytearray], float], first: float = FIRST
    ) -> None:
        self._look = look
        self._first = first
        self._wake = _thread.allocate_lock()
        self._running = False
        self._stopping = bytearray(1)
        self._done = _thread.allocate_lock()
        self._ident = 0
        self._is_hurrying = False
        self._task = ""
        self._pending: object = None

    def start(self) -> None:
        """Start the thread, and have it stopped when it must not run."""
        self._begin()
        atexit.register(self.stop)
        if hasattr(os, "register_at_fork"):
            if sys.version_info >= (3, 13):
                os.register_at_fork(before=self._stop_to_fork, after_in_child=self._begin)
            else:
                os.register_at_fork(
                    before=self.stop, after_in_parent=self._begin, after_in_child=self._begin
                )

    def _begin(self) -> None:
        if not self._running:
            self._running = True
            self._stopping[0] = 0
            self._wake = _thread.allocate_lock()
            self._wake.acquire()
            self._done = _thread.allocate_lock()
            self._done.acquire()
            _thread.start_new_thread(self._run, (self._wake, self._done))

    def _stop_to_fork(self) -> None:
        """3.13 counts threads, and warns of several, after it has called the functions that
        `os.register_at_fork` was given: one of them asks for a call when the thread that forks is
        back in the program. It is no Python function, which would make that call itself."""
        self.stop()
        if self._pending is None:
            import ctypes
            from functools import partial

            def begin(_: object) -> int:
                self._begin()
                return 0

            self._pending = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(begin)
            ask = partial(ctypes.pythonapi.Py_AddPendingCall, self._pending, None)
            os.register_at_fork(after_in_parent=ask)

    def is_current(self) -> bool:
        """Whether this is the sampler's thread."""
        return self._ident == _thread.get_ident()

    def stop(self) -> None:
        """End the thread and wait for it."""
        if self._running:
            self._running = False
            self._stopping[0] = 1
            self._wake.release()
            self._done.acquire()
            # Python has done with the thread, the system not yet: who counts threads finds it.
            while os.path.exists(self._task):
                os.sched_yield()

    def _run(self, wake: _thread.LockType, done: _thread.LockType) -> None:
        try:
            self._ident = _thread.get_ident()
            self._task = f"/proc/self/task/{_thread.get_native_id()}"
            _be_punctual()
            if hasattr(_signal, "pthread_sigmask"):
                _signal.pthread_sigmask(_signal.SIG_BLOCK, _signal.valid_signals())
            delay = self._first
            due = time.monotonic() + delay
            is_late = False
            while not (wake.acquire(timeout=delay) or may_have_others()):
                late = time.monotonic() - due
                is_late = is_late or late > _LATE
                frames = _frames_of_others()
                self._hurry((is_late or _LOOP in sys.modules) and len(frames) == 1)
                delay = self._look(frames, self._stopping)
                del frames  # they keep the program's objects
                if late > _LATE:
                    delay = max(delay, 10 * late)
                due = time.monotonic() + delay
        finally:
            self._hurry(False)
            self._ident = 0
            done.release()

    def _hurry(self, wanted: bool) -> None:
        """Ask for the interpreter's lock earlier, or no longer so: for other threads of the program
        that would be too often."""
        if wanted is not self._is_hurrying:
            before, after = (_USUAL, _EARLY) if wanted else (_EARLY, _USUAL)
            if _replace_interval(before, after):
                self._is_hurrying = wanted


def _be_punctual() -> None:
    """Have Linux end this thread's waits when they are over, not up to 50 microseconds later:
    meanwhile the lock would be given away and taken again."""
    try:
        place = os.open(f"/proc/{_thread.get_native_id()}/timerslack_ns", os.O_WRONLY)
        try:
            os.write(place, b"1")
        finally:
            os.close(place)
    except OSError:  # another system, or one that does not let it
        return


def _frames_of_others() -> list[FrameType]:
    own = _thread.get_ident()
    return [frame for ident, frame in _current_frames().items() if ident != own]
