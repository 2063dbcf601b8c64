"""Switching the test of a loop on and off in place, in code that may be running.

In: a code object and one of its marks. Out: the loop calls a Python function at the start of each
iteration, or calls nothing again. A `Watch` is such a function for once: it is given the frame.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from opcode import opmap

from tauraro_vm.tier.forking import Undivided, is_forking

from ..layout.host import host_layout
from ..layout.offsets import TUPLE_ITEMS
from . import silence
from .activation import is_new_call
from .marks import LoopMark, MarkSlots, marks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Any
else:
    import _weakref as weakref

# `signal` itself would make an enum of every signal.
_signal: Any = __import__("_signal")

# Bound now: a program may take them away, or put others in their place.
_frame_of_caller = sys._getframe
_tracer = sys.gettrace
_profiler = sys.getprofile
if sys.version_info >= (3, 12):
    _tool = sys.monitoring.get_tool
else:

    def _tool(number: int) -> object:
        """The tool of an identity: there are none."""
        return None


class NoSite(Exception):
    """A loop that cannot be entered, or an exit that has no place to go on at; the message says
    why."""


class Switch:
    """The test of one loop. Does not keep the code object alive, and does nothing once that is
    gone. `function` is what the loop calls while the switch is on."""

    def __init__(self, code: CodeType, slots: MarkSlots, instructions: int) -> None:
        """`instructions` is the offset of the instructions in code objects."""
        self._code = weakref.ref(code)
        self._slots = slots
        self._instructions = instructions
        self._mark: object = code.co_consts[slots.entry]
        self.function: Callable[[], object] | None = None

    @property
    def place(self) -> int:
        """The address of the byte that switches, if there is one such byte; else 0."""
        if len(self._slots.tests) != 1 or self._code() is None:
            return 0
        return id(self._code()) + self._instructions + self._slots.tests[0].offset + 1

    @property
    def cold(self) -> int:
        """The byte while the switch is off."""
        return self._slots.tests[0].cold

    def on(self, function: Callable[[], object]) -> None:
        """Call `function` at the start of each iteration from now on, or when the pause ends."""
        self.function = function
        self._turn_on()

    def claim(self, function: Callable[[], object]) -> bool:
        """The same, unless another one is called; gives whether it is not."""
        if self.function is None:  # no other thread runs between this and the next line
            self.function = function
            self._turn_on()
        return self.function is function

    def _turn_on(self) -> None:
        if _paused is None:
            self._set(True)
        else:
            _paused.add(self)

    def off(self) -> None:
        """Call nothing. The function is let go; a frame that is inside keeps it alive itself."""
        self.function = None
        self._set(False)

    def pause(self) -> bool:
        """Call nothing for a while; gives whether something is called."""
        if self.function is None:
            return False
        self._set(False)
        return True

    def resume(self) -> None:
        """Call again what was called before the pause, unless that was changed."""
        if self.function is not None:
            self._set(True)

    def _set(self, hot: bool) -> None:
        code = self._code()
        if code is None:
            return
        if hot:
            _replace(code.co_consts, self._slots.entry, self.function)
        for test in self._slots.tests:
            # Tools that watch replace operation codes, but leave arguments alone.
            address = id(code) + self._instructions + test.offset + 1
            argument = ctypes.c_uint8.from_address(address)
            if argument.value in (test.cold, test.hot):
                argument.value = test.hot if hot else test.cold
        if not hot:
            _replace(code.co_consts, self._slots.entry, self._mark)


_switches: dict[tuple[int, LoopMark], tuple[weakref.ref[CodeType], Switch]] = {}
_paused: set[Switch] | None = None
"""The switches that are to be on when the pause ends; None if there is none."""


def are_paused() -> bool:
    """Whether there is a pause."""
    return _paused is not None


def pause_switches() -> None:
    """All loops call nothing until `resume_switches`."""
    global _paused
    if _paused is None:
        _paused = set()  # what is switched on from now on waits
        _paused.update([each for _, each in list(_switches.values()) if each.pause()])


def resume_switches() -> None:
    """End the pause."""
    global _paused
    waiting, _paused = _paused or (), None
    for switch in waiting:
        switch.resume()


def switch_of(code: CodeType, mark: LoopMark) -> Switch:
    """The switch of a loop; always the same one. Raises NoSite if the code has no such loop, or if
    it cannot be patched."""
    key = (id(code), mark)
    entry = _switches.get(key)
    if entry is None or entry[0]() is not code:
        slots = marks_of(code).get(mark)
        if slots is None or not slots.tests:
            raise NoSite("the loop is not in this code")
        if not host_layout().can_enter:
            raise NoSite("the host's layout is not known")
        switch = Switch(code, slots, host_layout().require().code.instructions)
        entry = (weakref.ref(code, lambda _: _switches.pop(key, None)), switch)
        _switches[key] = entry
    return entry[1]


def all_off() -> None:
    """Switch all loops off: tier 1 runs alone."""
    for _, switch in list(_switches.values()):
        switch.off()


_taken = [0.0]


def seconds_watched() -> float:
    """What all watches have taken so far, by the clocks of their threads."""
    return _taken[0]


class Watch:
    """A Python function that a loop calls at the start of each iteration, with its frame.

    `is_new_call`: whether the frame's call has come here for the first time. `passed`: the seconds
    since it was here the last time, by the clock of the thread, with some of its own.

    While it runs, the collector pauses, for a compiler makes many objects and few cycles; and its
    thread takes no signals: an exception that a handler raises belongs to the program, and must
    find neither the compiler's handlers nor its imports half done.
    """

    def __init__(
        self,
        code: CodeType,
        mark: LoopMark,
        callback: Callable[[FrameType], None],
        *,
        is_shy: bool = False,
        tells_calls: bool = False,
    ) -> None:
        """`tells_calls`: find out `is_new_call`, which takes a while. `is_shy`: nothing else is put
        away for it, native code least of all. Raises NoSite if the code has no such loop, or if
        that calls something else."""
        self._switch = switch_of(code, mark)
        self.is_new_call = False
        self.passed = self._ended = 0.0
        probe: Any = silence.probe() if silence.IS_NEEDED else None
        known = weakref.ref(code) if tells_calls else None

        def watching() -> object:
            if probe is not None:
                silencer = -probe
                if silencer is not None:
                    return silencer
            if _tracer() is not None or _profiler() is not None:
                return None  # nothing of this is to be seen
            if not (_tool(0) is _tool(1) is _tool(2) is _tool(3) is _tool(4) is _tool(5) is None):
                return None  # nor by those that use `sys.monitoring`
            if is_forking():
                return None  # the loop comes round again
            began = time.thread_time()
            self.passed = began - self._ended
            before = _block(_signal.SIG_BLOCK, _INTERRUPTIONS)
            collects = gc.isenabled()
            gc.disable()
            try:
                if known is not None:
                    running = known()
                    self.is_new_call = running is not None and is_new_call(running)
                with Undivided():
                    callback(_frame_of_caller(1))
            finally:
                if collects:
                    gc.enable()
                self._ended = time.thread_time()
                _taken[0] += self._ended - began
                _block(_signal.SIG_SETMASK, before)  # handles signals that came meanwhile
            return None

        # Hidden: what a signal handler sees is the loop's frame.
        watching.__code__ = hidden(watching.__code__)
        self._function = watching
        if not is_shy:
            self._switch.on(watching)
        elif not self._switch.claim(watching):
            raise NoSite("the loop calls something else")

    def stop(self) -> None:
        """Call it no more, unless something else was installed in the meantime."""
        if self._switch.function is self._function:
            self._switch.off()


def hidden(code: CodeType) -> CodeType:
    """The same code, invisible to tracebacks, `sys._getframe` and tracing: it never gets to its
    first traceable instruction but for the return at its end. It has no RESUME, which would report
    to tools that watch."""
    data = bytearray(code.co_code)
    for offset in range(0, len(data), 2):
        if data[offset] == opmap["RESUME"]:
            data[offset] = opmap["NOP"]
    code = code.replace(co_code=bytes(data))
    address = id(code) + host_layout().require().code.firsttraceable
    ctypes.c_int32.from_address(address).value = len(data) // 2 - 1
    return code


_FAULTS = {_signal.SIGSEGV, _signal.SIGBUS, _signal.SIGFPE, _signal.SIGILL}
_INTERRUPTIONS = _signal.valid_signals() - _FAULTS
_block = _signal.pthread_sigmask

_count = ctypes.PYFUNCTYPE(None, ctypes.py_object)
_increment: Callable[[object], None] = _count(("Py_IncRef", ctypes.pythonapi))
_decrement: Callable[[object], None] = _count(("Py_DecRef", ctypes.pythonapi))


def _replace(constants: tuple[object, ...], index: int, value: object) -> None:
    """Store into a tuple; one aligned word, so that a reader sees the old or the new object."""
    old = constants[index]
    if old is value:
        return
    _increment(value)
    address = id(constants) + TUPLE_ITEMS + 8 * index
    ctypes.c_void_p.from_address(address).value = id(value)
    _decrement(old)
