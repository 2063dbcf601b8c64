"""The whole compiler in order: a hot loop in, native code out.

request -> irbuild (bytecode and types seen to IR) -> iropt (IR to better IR)
        -> llvm (IR to text) -> native (text to code)
"""

from __future__ import annotations

import ctypes
import time

from msgspec import Struct

from .irbuild import BuiltRegion, Decline, RegionRequest, build_region
from .iropt.pipeline import optimize_function
from .llvm.emit import emit_function
from .native.compile import CompileError, load_object, object_code
from .native.object_file import code_size
from .native.poll import PollWord, find_poll_word
from .native.region import CompiledRegion

NAME = "tauraro_region"
_poll: list[PollWord] = []


class Compilation(Struct, frozen=True):
    """Native code of a region, with what reports show: the IR, its text and how much that was
    optimized, milliseconds, bytes of machine code."""

    region: CompiledRegion
    built: BuiltRegion
    text: str
    optimize: int
    milliseconds: float
    size: int


class Countdowns:
    """Makes each operation that can leave a region do so once, when it is reached first. Belongs
    to the region's code, which counts in its memory."""

    def __init__(self, operations: int) -> None:
        self._counts = (ctypes.c_int64 * operations)(*[1] * operations)

    @property
    def address(self) -> int:
        """The address of the numbers, see `emit_function`."""
        return ctypes.addressof(self._counts)

    @property
    def forced(self) -> int:
        """How many operations were made to leave."""
        return sum(count <= 0 for count in self._counts)


def compile_region(
    request: RegionRequest, optimize: int = 1, *, stress: bool = False
) -> Compilation:
    """Compile a loop; with `stress`, for `Countdowns`. Raises Decline, with the reason, for one
    that stays in tier 1."""
    started = time.perf_counter()
    built = build_region(request)
    optimize_function(built.function)
    poll = poll_word()
    if poll is None:
        raise Decline("the host's eval breaker was not found")
    countdowns = Countdowns(sum(1 for _ in built.function.leaving())) if stress else None
    address = None if countdowns is None else countdowns.address
    emitted = emit_function(built.function, NAME, poll, address)
    try:
        # Code that counts has addresses of this process in it.
        code = object_code(emitted.text, optimize, keep=not stress)
        native = load_object(code, NAME, emitted.symbols)
    except CompileError as error:
        raise Decline(f"LLVM: {error}") from error
    region = CompiledRegion(
        native.address,
        max(1, built.function.slots),
        built.inputs,
        built.iterator,
        built.exits,
        (native, countdowns, *built.keep),
    )
    milliseconds = (time.perf_counter() - started) * 1e3
    return Compilation(region, built, emitted.text, optimize, milliseconds, code_size(code))


def forced_exits(region: CompiledRegion) -> int:
    """How often a region was left for no other reason than to try that."""
    return sum(kept.forced for kept in region.keep if isinstance(kept, Countdowns))


def poll_word() -> PollWord | None:
    """The host's poll word, looked for until it is found."""
    if not _poll:
        found = find_poll_word()
        if found is None:  # perhaps another thread was faster: look again the next time
            return None
        _poll.append(found)
    return _poll[0]
