"""What is known of loaded modules: their bytecode and its twin, where loops are in it, and what
frames hold there."""

from __future__ import annotations

from ..runtime.function_site import FunctionSite
from ..runtime.observe import Observation, observe, stop_of
from ..runtime.site import LoopSite
from ..runtime.twin import Twin
from .apart import Apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from types import CodeType, FrameType
    from typing import NamedTuple

    from tauraro_frontend.bytecode.module import BytecodeModule
    from tauraro_vm.tier.protocol import LoadedProgram

    from ..runtime.marks import LoopMark
    from .loops import HotLoop
else:
    import _weakref as weakref

    from tauraro_frontend.bytecode.records import NamedTuple


class Program:
    """A loaded module, with what was worked out about it."""

    def __init__(self, loaded: LoadedProgram) -> None:
        self.loaded = loaded
        self.module: BytecodeModule = loaded.module()
        self._twin: Twin | None = None

    @property
    def twin(self) -> Twin:
        """The twin of the module's code, made when first asked for."""
        if self._twin is None:
            loaded = self.loaded
            self._twin = Twin(loaded.tree(), loaded.filename, loaded.mode, loaded.optimize)
        return self._twin


class KnownCode(NamedTuple):
    """A code object with its loops, and the program that it was made from."""

    code: weakref.ref[CodeType]
    loops: list[HotLoop]
    program: Program | None


def loops_around(loops: list[HotLoop], line: int) -> list[HotLoop]:
    """The loops around a line of their code object, in the same order."""
    return [loop for loop in loops if loop.line <= line <= loop.end_line]


def site_of(loop: HotLoop, program: Program) -> LoopSite:
    """The site of a loop, made when first asked for: that takes as long as to build a region.
    Raises NoSite."""
    if loop.site is None:
        kind = FunctionSite if loop.mark.is_function else LoopSite
        with Apart():
            loop.site = kind(loop.code, loop.mark, program.twin)
    return loop.site


def observed(loop: HotLoop, program: Program, frame: FrameType) -> Observation:
    """What a frame at the head of a loop holds. Raises NoSite."""
    mark = loop.mark
    if loop.stop is None:
        loop.stop = stop_of(loop.code, mark)
    bytecode = program.module.codes[mark.code_index]
    is_for = not mark.is_function and bytecode.instructions[mark.loop_pc].op.name == "FOR"
    return observe(frame, loop.stop, bytecode, is_for)


def extent(module: BytecodeModule, mark: LoopMark) -> tuple[int, int]:
    """The first and last source line of a loop or function."""
    code = module.codes[mark.code_index]
    lines = []
    depth = int(mark.is_function)
    for instruction in code.instructions[max(0, mark.loop_pc) :]:
        lines += [line for span in instruction.spans for line in (span.line, span.end_line)]
        depth += {"+": 1, "-": -1}.get(instruction.op.region[:1], 0)
        if depth == 0:
            break
    return min(lines), max(lines)
