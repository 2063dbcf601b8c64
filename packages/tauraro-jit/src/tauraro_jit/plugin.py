"""The native tier that the virtual machine finds.

In: tier 1's trees, and the frames that run. Out: native code for hot loops of numbers. Neither
importing this module nor creating the tier loads LLVM, nor anything else that takes time.
"""

from __future__ import annotations

from . import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable
    from types import CodeType, FrameType, ModuleType
    from typing import Any

    from tauraro_vm.tier.protocol import (
        Declined,
        HostStatus,
        LoadedProgram,
        NativeCode,
        NativeOptions,
        Region,
    )

    from .policy.finding import Finder


class LlvmTier:
    """The native tier made of LLVM.

    `protocol_version` is the version this package was written for: a number of its own, not the
    machine's `PROTOCOL_VERSION`, or a mismatch would never show.
    """

    name = "llvm"
    version = __version__
    protocol_version = 3

    def __init__(self) -> None:
        self._start: tuple[Any, ...] | None = None
        self._found: Finder | None = None

    @property
    def _finder(self) -> Finder | None:
        """What looks for hot code; made when first asked for, once the tier was started."""
        if self._found is None and self._start is not None:
            self._start[1]("tauraro_jit.policy.finding")
            from .policy.finding import Finder

            self._found = Finder(*self._start)
        return self._found

    def compile(self, region: Region) -> NativeCode | Declined:
        """Decline `region`: hot loops are found and compiled where they run, nothing on request."""
        from tauraro_vm.tier.protocol import Declined, DeclineReason

        problem = host_problem()
        if problem:
            return Declined(DeclineReason.UNSUPPORTED_HOST, region.line, problem)
        return Declined(DeclineReason.LOOPS_ONLY, region.line)

    def compile_tree(
        self,
        tree: ast.Module | ast.Expression | ast.Interactive,
        filename: str,
        mode: str,
        optimize: int,
    ) -> CodeType:
        """See `NativeTier.compile_tree`."""
        load = __import__ if self._start is None else self._start[1]
        load("tauraro_jit.runtime.instrument")
        from .runtime.instrument import compile_with_loops

        return compile_with_loops(tree, filename, mode, optimize)

    def start(
        self,
        find: Callable[[str], LoadedProgram | None],
        load: Callable[[str], ModuleType],
        options: NativeOptions,
    ) -> None:
        """See `NativeTier.start`."""
        self._start = (find, load, options)

    def request(self, region: Region) -> Declined | None:
        """See `NativeTier.request`."""
        from tauraro_vm.tier.protocol import Declined, DeclineReason

        problem = host_problem()
        if problem:
            return Declined(DeclineReason.UNSUPPORTED_HOST, region.line, problem)
        if self._finder is None:
            return Declined(DeclineReason.NOT_YET, region.line)
        from .policy.requests import request_loops

        return request_loops(self._finder.tiering(), region)

    def loaded(self, code: CodeType) -> None:
        """See `NativeTier.loaded`."""
        if self._finder is not None and not self._finder.importing:
            self._finder.tiering().loaded(code)

    def look(self, frames: list[FrameType], stopping: bytearray) -> float:
        """See `NativeTier.look`."""
        return 3600.0 if self._finder is None else self._finder.look(frames, stopping)

    def report(self) -> list[str]:
        """See `NativeTier.report`."""
        from .policy.report import report_lines

        return [] if self._finder is None else list(report_lines(self._finder))

    def why(self, filename: str, line: int) -> list[str]:
        """See `NativeTier.why`."""
        from .policy.why import why_lines

        return [] if self._finder is None else list(why_lines(self._finder, filename, line))

    def describe(self) -> HostStatus:
        """The version of the code generator, and why it compiles nothing."""
        from tauraro_vm.tier.protocol import HostStatus

        try:
            import llvmlite
        except ImportError as error:
            return HostStatus(f"llvmlite cannot be imported: {error}")
        return HostStatus(host_problem(), (("llvmlite", llvmlite.__version__),))


def host_problem() -> str:
    """Why no native code can run in this interpreter at all, or nothing."""
    from .layout.host import ENTERING, host_layout

    return host_layout().lacks(*ENTERING)
