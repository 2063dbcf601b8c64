"""The layout of the running host: the offsets that hold, or why native code cannot use them.

`host_layout()` decides once per process, in less than a millisecond. `TAURARO_LAYOUT=off` makes it
find nothing, so that tests can run what happens then.
"""

from __future__ import annotations

import os
import sys
from types import MappingProxyType

from .offsets import OFFSETS, Offsets
from .probe import Part, run_probes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

ENTERING = (Part.OBJECTS, Part.NUMBERS, Part.SEQUENCES, Part.CODE, Part.FRAMES)
"""What every region needs; iterators only loops over them."""


class HostLayout(NamedTuple):
    """What is known of the host. `problem` says why nothing can be used at all; `off` has the parts
    that do not hold, with what was found instead."""

    offsets: Offsets | None
    problem: str = ""
    off: Mapping[Part, str] = MappingProxyType({})

    def lacks(self, *parts: Part) -> str:
        """Why these parts cannot be used, or nothing."""
        if self.problem:
            return self.problem
        return "; ".join(f"{part.value}: {self.off[part]}" for part in parts if part in self.off)

    @property
    def can_enter(self) -> bool:
        """Whether native code can work on the host's frames."""
        return not self.lacks(*ENTERING)

    def require(self) -> Offsets:
        """The offsets. Raises RuntimeError if native code cannot work on the host's frames."""
        reason = self.lacks(*ENTERING)
        if reason or self.offsets is None:
            raise RuntimeError(reason)
        return self.offsets


_layout: HostLayout | None = None


def host_layout() -> HostLayout:
    """The layout of the running host, probed on the first call."""
    global _layout
    if _layout is None:
        _layout = find_layout()
    return _layout


def find_layout() -> HostLayout:
    """Probe the running host."""
    problem = _unknown_host()
    if problem:
        return HostLayout(None, problem)
    offsets = OFFSETS[sys.version_info[:2]]
    return HostLayout(offsets, off=run_probes(offsets))


def _unknown_host() -> str:
    """Why no claim about this host's memory is made, or nothing."""
    if os.environ.get("TAURARO_LAYOUT") == "off":
        return "switched off by TAURARO_LAYOUT"
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name} is not CPython"
    version = sys.version_info
    if version[:2] not in OFFSETS or version.releaselevel != "final":
        return f"Python {version.major}.{version.minor} ({version.releaselevel}) is not known"
    if sys.platform != "linux" or os.uname().machine != "x86_64" or sys.maxsize < 2**32:
        return f"{sys.platform} on {_machine()} is not known"
    return _unusual_build() or _subinterpreter()


def _machine() -> str:
    return os.uname().machine if hasattr(os, "uname") else "this machine"


def _unusual_build() -> str:
    """Builds whose objects look different, or whose loops are compiled by the host itself."""
    if "t" in sys.abiflags or not getattr(sys, "_is_gil_enabled", lambda: True)():
        return "the interpreter is free-threaded"
    if hasattr(sys, "gettotalrefcount") or hasattr(sys, "getobjects"):
        return "the interpreter is a debug build"
    import ctypes

    if hasattr(ctypes.pythonapi, "PyUnstable_Optimizer_NewUOpOptimizer"):
        return "the interpreter has a compiler of its own"
    return ""


def _subinterpreter() -> str:
    import ctypes

    api = ctypes.pythonapi
    current = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyInterpreterState_Get", api))
    number = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(("PyInterpreterState_GetID", api))
    return "this is a subinterpreter" if number(current()) else ""
