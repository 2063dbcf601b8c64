"""The whole compiler in order: a hot loop in, native code out.

request -> irbuild (bytecode and types seen to IR) -> iropt (IR to better IR)
        -> llvm (IR to text) -> native (text to code)
"""

from __future__ import annotations

import time

from .ir.ops import Op
from .irbuild import BuiltRegion, Decline, RegionRequest, build_region
from .iropt.pipeline import optimize_function
from .layout.host import host_layout
from .layout.probe import Part
from .llvm.emit import emit_function
from .native.calls import Control
from .native.compile import CompileError, load_object, object_code
from .native.object_file import code_size
from .native.poll import PollWord, find_poll_word
from .native.region import FUNCTION, CompiledRegion
from .rounds import Countdowns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

NAME = "tauraro_region"
_poll: list[PollWord] = []


class Compilation(NamedTuple):
    """Native code of a region, with what reports show: the IR, its text and how much that was
    optimized, milliseconds, bytes of machine code."""

    region: CompiledRegion
    built: BuiltRegion
    text: str
    optimize: int
    milliseconds: float
    size: int


def compile_region(
    request: RegionRequest,
    optimize: int = 1,
    *,
    stress: bool = False,
    counts: bool = False,
    judge: Callable[[BuiltRegion], None] | None = None,
) -> Compilation:
    """Compile a loop or function; with `stress` each guard fails once, with `counts` it counts what
    it reaches, see `Countdowns`. `judge` sees the IR before LLVM is asked for code, and may raise
    an exception. Raises Decline, with the reason, for one that stays in tier 1."""
    started = time.perf_counter()
    built = build_region(request)
    for function in (built.function, *built.function.bodies.values()):
        optimize_function(function)
    if judge is not None:
        judge(built)
    poll = poll_word()
    if poll is None:
        raise Decline("the host's eval breaker was not found")
    countdowns = Countdowns(built.function, forces=stress) if stress or counts else None
    address = None if countdowns is None else countdowns.address
    control = control_for(built)
    guarded = request.loop_pc == FUNCTION and not stress
    emitted = emit_function(built.function, NAME, poll, address, control, guarded)
    try:
        # Code that counts has addresses of this process in it.
        code = object_code(emitted.text, optimize, keep=countdowns is None)
        native = load_object(code, NAME, emitted.symbols)
    except CompileError as error:
        raise Decline(f"LLVM: {error}") from error
    region = CompiledRegion(
        native.address,
        max(1, built.function.slots),
        built.inputs,
        built.iterator,
        built.exits,
        (native, countdowns, control, *built.keep),
        built.function.owned,
    )
    milliseconds = (time.perf_counter() - started) * 1e3
    return Compilation(region, built, emitted.text, optimize, milliseconds, code_size(code))


def control_for(built: BuiltRegion) -> Control | None:
    """The memory of a region that calls bodies. Raises Decline if the host does not tell how deep
    calls may be."""
    if not built.function.bodies:
        blocks = built.function.blocks
        rests = any(o.op is Op.REST_CHECKED for block in blocks for o in block.operations)
        return Control(0) if rests else None
    layout = host_layout()
    problem = layout.lacks(Part.RECURSION)
    if problem or layout.offsets is None:
        raise Decline(problem)
    return Control(layout.offsets.recursion_remaining)


def control_of(region: CompiledRegion) -> Control | None:
    """The memory of a region that calls bodies."""
    return next((kept for kept in region.keep if isinstance(kept, Control)), None)


def excused_exits(region: CompiledRegion) -> int:
    """How often a region was left for no other reason than to try that, or because the interpreter
    was asked for, or not entered at all."""
    forced = sum(kept.forced for kept in region.keep if isinstance(kept, Countdowns))
    control = control_of(region)
    return forced if control is None else forced + control.excused


def poll_word() -> PollWord | None:
    """The host's poll word, looked for until it is found."""
    if not _poll:
        found = find_poll_word()
        if found is None:  # perhaps another thread was faster: look again the next time
            return None
        _poll.append(found)
    return _poll[0]
