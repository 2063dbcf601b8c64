"""The whole compiler in order: a hot loop in, native code out.

request -> irbuild (bytecode and types seen to IR) -> iropt (IR to better IR)
        -> llvm (IR to text) -> native (text to code)
"""

from __future__ import annotations

import itertools
import time

from msgspec import Struct

from .irbuild import BuiltRegion, Decline, RegionRequest, build_region
from .iropt.pipeline import optimize_function
from .llvm.emit import emit_function
from .native.compile import CompileError, compile_ir
from .native.poll import PollWord, find_poll_word
from .native.region import CompiledRegion

_numbers = itertools.count(1)
_poll: list[PollWord | None] = []


class Compilation(Struct, frozen=True):
    """Native code of a region, with what reports show: the IR, its text, milliseconds, bytes."""

    region: CompiledRegion
    built: BuiltRegion
    text: str
    milliseconds: float
    size: int


def compile_region(request: RegionRequest, optimize: int = 1) -> Compilation:
    """Compile a loop. Raises Decline, with the reason, for one that stays in tier 1."""
    started = time.perf_counter()
    built = build_region(request)
    optimize_function(built.function)
    poll = poll_word()
    if poll is None:
        raise Decline("the host's eval breaker was not found")
    name = f"region_{next(_numbers)}"
    text = emit_function(built.function, name, poll)
    try:
        native = compile_ir(text, name, optimize)
    except CompileError as error:
        raise Decline(f"LLVM: {error}") from error
    region = CompiledRegion(
        native.address,
        max(1, built.function.slots),
        built.inputs,
        built.iterator,
        built.exits,
        (native, *built.keep),
    )
    milliseconds = (time.perf_counter() - started) * 1e3
    return Compilation(region, built, text, milliseconds, native.size)


def poll_word() -> PollWord | None:
    """The host's poll word, looked for once."""
    if not _poll:
        _poll.append(find_poll_word())
    return _poll[0]
