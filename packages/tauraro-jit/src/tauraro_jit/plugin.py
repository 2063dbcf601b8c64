"""The native tier that the virtual machine finds.

In: a hot region. Out: `Declined`, with the reason: this version generates no code, so that programs
run as without it. Neither importing this module nor creating the tier loads LLVM.
"""

from __future__ import annotations

import sys

from tauraro_vm.tier.protocol import Declined, DeclineReason, HostStatus, NativeCode, Region

from . import __version__


class LlvmTier:
    """The native tier made of LLVM.

    `protocol_version` is the version this package was written for: a number of its own, not the
    machine's `PROTOCOL_VERSION`, or a mismatch would never show.
    """

    name = "llvm"
    version = __version__
    protocol_version = 1

    def compile(self, region: Region) -> NativeCode | Declined:
        """Decline `region`."""
        problem = _host_problem()
        if problem:
            return Declined(DeclineReason.UNSUPPORTED_HOST, region.line, problem)
        return Declined(DeclineReason.NO_CODE_GENERATION, region.line)

    def describe(self) -> HostStatus:
        """The version of the code generator, and why it compiles nothing."""
        try:
            import llvmlite
        except ImportError as error:
            return HostStatus(f"llvmlite cannot be imported: {error}")
        facts = (("llvmlite", llvmlite.__version__),)
        problem = _host_problem() or DeclineReason.NO_CODE_GENERATION.value
        return HostStatus(f"declines every region: {problem}", facts)


def _host_problem() -> str:
    """Why no native code can run in this interpreter at all, or nothing."""
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name} is not CPython"
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return f"Python {sys.version_info.major}.{sys.version_info.minor} is not known"
    if hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled():
        return "the interpreter runs without its global lock"
    return ""
