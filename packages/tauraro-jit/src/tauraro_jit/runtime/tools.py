"""Tools that watch the program do not see native code: loops call nothing while there is one.

In: audit events (PEP 578): the host raises one before a trace or profile function is set, or a
callback of `sys.monitoring` registered. Out: all switches off; on again when no tool is left.

Native code is not entered under a tool anyway, but a loop that asks shows: until 3.11 tools written
in C, and profile functions, are told that a function ends that never began, and from 3.12 on
callbacks hear of a call. The host tells only of a tool's beginning: its end is noticed at the next
audit event of any kind, or by the sampler. A hook cannot be removed: one is added when something
is hot.
"""

from __future__ import annotations

import ctypes
import sys

from ..layout.host import host_layout
from .switch import pause_switches, resume_switches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MONITORING = sys.version_info >= (3, 12)
_EVENTS = (
    frozenset(["sys.monitoring.register_callback"])
    if _MONITORING
    else frozenset(["sys.settrace", "sys.setprofile"])
)
_TOOLS = range(6)

_pointer = ctypes.c_void_p


class Tools:
    """Whether a tool watches the process. If it does, and `pauses`, loops call nothing."""

    pauses = True

    def __init__(self) -> None:
        self._is_added = False
        self._is_busy = False
        self.is_watched = False

    def add_hook(self) -> None:
        """Notice tools from now on, and those that are there."""
        if not self._is_added:
            self._is_added = True
            sys.addaudithook(self._noticed)
            if _is_any():
                self._pause()

    def review(self) -> None:
        """Go on if no tool is left."""
        if self.is_watched and not self._is_busy:
            self._is_busy = True
            try:
                if not _is_any():
                    self.is_watched = False
                    resume_switches()
            finally:
                self._is_busy = False

    def _noticed(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS:
            self._pause()
        elif self.is_watched:
            self.review()

    def _pause(self) -> None:
        if self.pauses and not self._is_busy and not self.is_watched:
            self._is_busy = True
            try:
                self.is_watched = True
                pause_switches()
            finally:
                self._is_busy = False


tools = Tools()


def _is_any() -> bool:
    """Whether any thread has a trace or profile function, or any tool an identity."""
    if sys.version_info >= (3, 12):
        return any(sys.monitoring.get_tool(number) is not None for number in _TOOLS)
    offsets = host_layout().offsets
    if offsets is None or offsets.tracing is None:
        return False
    # The functions follow the pointer to the C frame.
    first = offsets.tracing[0] + 8
    thread = _first_thread(_interpreter())
    while thread:
        if any((_pointer * 2).from_address(thread + first)):
            return True
        thread = _next_thread(thread)
    return False


def _function(name: str, *arguments: type) -> Any:
    return ctypes.PYFUNCTYPE(_pointer, *arguments)((name, ctypes.pythonapi))


_interpreter = _function("PyInterpreterState_Get")
_first_thread = _function("PyInterpreterState_ThreadHead", _pointer)
_next_thread = _function("PyThreadState_Next", _pointer)
