"""Forking without anybody noticing, and pipes between the processes.

`os.fork` calls what the program has registered for it, tells auditors, and warns of threads. Here
only the interpreter learns of it, in the child, which is to end by `os._exit`.
"""

from __future__ import annotations

import _imp
import _random
import ctypes
import gc
import marshal
import os
import select
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

# `signal` itself would make an enum of every signal.
_signal: Any = __import__("_signal")


class Late(Exception):
    """Nobody wrote in time."""


class Child:
    """A process that runs `work` and ends. It has none of the program's output: what it writes
    there vanishes."""

    def __init__(self, work: Callable[[], None]) -> None:
        """Raises OSError."""
        # From 3.13 on the interpreter releases the lock in the child.
        _imp.acquire_lock()
        try:
            self.pid = fork()
        finally:
            if self.pid:
                _imp.release_lock()
        if self.pid < 0:
            raise OSError("fork")
        if self.pid == 0:
            run_in_child(work)

    def wait(self) -> None:
        """End the child, if it has not ended."""
        try:
            os.kill(self.pid, _signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return  # children that nobody waits for: so the program wants it


def run_in_child(work: Callable[[], None]) -> NoReturn:
    """Never comes back."""
    status = 1
    try:
        random = RandomState()
        after_fork()
        random.restore()
        gc.disable()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        work()
        status = 0
    finally:
        os._exit(status)


class RandomState:
    """The state of the generator that `random.random` and the like use: a new process has another
    one, which it must not have here."""

    def __init__(self) -> None:
        module = sys.modules.get("random")
        self._generator: Any = getattr(module, "_inst", None)
        if isinstance(self._generator, _random.Random):
            self._state = _random.Random.getstate(self._generator)
            self._next = getattr(self._generator, "gauss_next", None)

    def restore(self) -> None:
        """Let the generator go on from where it was."""
        if isinstance(self._generator, _random.Random):
            _random.Random.setstate(self._generator, self._state)
            vars(self._generator)["gauss_next"] = self._next


_libc = ctypes.PyDLL(None)
fork: Callable[[], int] = _libc.fork
after_fork: Callable[[], None] = _libc.PyOS_AfterFork_Child
_libc.PyOS_AfterFork_Child.restype = None


class Pipe:
    """Carries plain data one way."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()

    def send(self, data: tuple[Any, ...]) -> None:
        """Write data; closes the pipe."""
        content = memoryview(marshal.dumps(data, 2))
        while content:
            content = content[os.write(self._in, content) :]
        self.close_input()

    def receive(self, seconds: float) -> Any:
        """What was sent. Raises Late; EOFError if nothing was, and nobody will."""
        self.close_input()
        limit = time.monotonic() + seconds
        parts: list[bytes] = []
        while True:
            ready, _, _ = select.select([self._out], [], [], max(0.0, limit - time.monotonic()))
            if not ready:
                raise Late
            part = os.read(self._out, 1 << 20)
            if not part:
                return marshal.loads(b"".join(parts))
            parts.append(part)

    def close_input(self) -> None:
        """Let the reader know that no more comes from here."""
        if self._in >= 0:
            os.close(self._in)
            self._in = -1

    def close(self) -> None:
        """Give the pipe up."""
        self.close_input()
        if self._out >= 0:
            os.close(self._out)
            self._out = -1


class Undisturbed:
    """Neither signals nor the collector between `begin` and `end`.

    `end` lets waiting signals in without a look at them: that is the eval loop's next thing. A
    handler that raised here would meet a frame that is not whole.
    """

    def __init__(self) -> None:
        self._before: Any = None
        self._collects = False
        self._old = (ctypes.c_char * 128)()

    def begin(self) -> None:
        """Block all signals but faults. May raise what a handler raises."""
        _sigmask(_SIG_BLOCK, _every_signal(), ctypes.addressof(self._old))
        self._collects = gc.isenabled()
        gc.disable()

    def end(self) -> None:
        """As before. Nothing may be called behind this."""
        if self._collects:
            gc.enable()
        # No call of the eval loop's, which would look for signals after it.
        [*map(_sigmask, (_SIG_SETMASK,), (ctypes.addressof(self._old),), (None,))]


_SIG_BLOCK, _SIG_SETMASK = 0, 2
_sigmask: Any = ctypes.PyDLL(None).pthread_sigmask
_sigmask.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_sigmask.restype = ctypes.c_int

_every = (ctypes.c_char * 128)()


def _every_signal() -> int:
    """The address of a set of all signals but those that faults cause."""
    if not any(_every.raw):
        ctypes.CDLL(None).sigfillset(_every)
        for fault in (_signal.SIGSEGV, _signal.SIGBUS, _signal.SIGFPE, _signal.SIGILL):
            ctypes.CDLL(None).sigdelset(_every, fault)
    return ctypes.addressof(_every)


def handles_children() -> bool:
    """Whether the program is told when a child ends."""
    return _signal.getsignal(_signal.SIGCHLD) not in (_signal.SIG_DFL, None)
