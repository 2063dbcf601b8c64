"""Where an exception goes that is raised in a region: to a handler of the region, without being
made, or to the host, which raises it by executing the statement."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import Branch, Jump, Value
from .builder import RegionBuilder, Unsupported
from .state import Kind, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .flow import Region

UNCAUGHT = "RAISE is not compiled"

RAISED = -5000
"""The temporary of the exception that looks for its handler: one that no program has."""


def check(b: RegionBuilder, condition: Value, cls: type[BaseException]) -> None:
    """Where the condition does not hold the host raises this exception. If a `try` of the region
    is around, its handlers are asked; else the region is left."""
    before, own = b.state, (b.code, b.flow)
    b.state = before.copy()
    try:
        handler = find_handler(b, b.pc, Typed(Kind.EXCEPTION, known=cls))
    except Unsupported:
        b.state, (b.code, b.flow) = before, own
        b.guard(condition)
        return
    raised, b.state, (b.code, b.flow) = b.state, before, own
    going, failed = b.function.block(), b.function.block()
    b.exit_point()  # the handler may have to leave: nothing may have been changed so far
    b.block.terminator = Branch(condition, Jump(going, ()), Jump(failed, ()))
    b.raising.append((failed, handler, raised, b.anchor))
    b.block = going


def find_handler(b: RegionBuilder, pc: int, raised: Typed) -> int:
    """Go on at the type of the first handler around `pc`, in this frame or in one that called.
    Raises Unsupported."""
    while True:
        region: Region | None = b.flow.region_of.get(pc)
        while region is not None:
            if region.op is Bytecode.WITH:
                raise Unsupported(UNCAUGHT)
            if region.op is Bytecode.TRY:
                if pc < region.handler:
                    leave_loops(b, region)
                    b.state.temps = {RAISED: raised}
                    return region.handler + 1
                if region.final >= 0:
                    raise Unsupported(UNCAUGHT)
            region = b.flow.regions.get(region.parent)
        pc = leave_call(b)


def leave_loops(b: RegionBuilder, region: Region) -> None:
    """The loops inside a `try` have ended."""
    depth = len(b.state.calls)
    inside = [
        loop
        for loop in b.state.loops
        if loop.depth > depth or (loop.depth == depth and loop.pc > region.start)
    ]
    if any(loop.collects for loop in inside):
        raise Unsupported(UNCAUGHT)
    b.state.loops = tuple(loop for loop in b.state.loops if loop not in inside)


def leave_call(b: RegionBuilder) -> int:
    """An exception ends the innermost call. The pc of the call in its caller."""
    state = b.state
    if not state.calls or state.calls[-1].pc < 0 or state.calls in b.reducers:
        raise Unsupported(UNCAUGHT)
    pc = state.calls[-1].pc
    if any(loop.collects and loop.depth == len(state.calls) for loop in state.loops):
        raise Unsupported(UNCAUGHT)
    b.forget_call()
    return pc
