"""Builds a region for what was asked for: a loop, or a call of a whole function.

    def fib(n): ...              b0:  %1:i64 = slot_int[0]
                                      %2:i64 = invoke_int_checked["fib:3(int)"] %1 else x0
                                      leave x1            # return %2

A function's region is entered at its first statement and takes its parameters. It returns what the
function's body does; if that leaves, the host executes the function.
"""

from __future__ import annotations

from types import CellType

from ..ir.graph import Branch, ExitPoint, Jump, Leave
from ..ir.ops import Op
from ..native.region import FUNCTION, Exit, Place, Resume, SlotType
from ..native.region import Value as FrameValue
from .bodies import RESULTS, Bodies, BodyBuilder, call_body
from .builder import (
    Anchor,
    BuiltRegion,
    Decline,
    RegionBuilder,
    RegionRequest,
    Unsupported,
)
from .closures import NOTHING, cell_value
from .effects import settle
from .region import build_loop, step
from .state import Kind, Typed


def build_region(request: RegionRequest) -> BuiltRegion:
    """The IR of a loop or function. Raises Decline, with the reason, for what is not compiled."""
    if request.loop_pc == FUNCTION:
        return build_function(request)
    return build_loop(request, fill)


def fill(b: BodyBuilder) -> None:
    """Build the blocks of a body. Raises Decline or Unsupported."""
    b.begin()
    first = b.version(0, b.state)
    while b.work or b.raising:
        step(b)
        b.check_size()
    b.entry.terminator = Jump(*first)


def build_function(request: RegionRequest) -> BuiltRegion:
    """The IR of a call of a function."""
    b = RegionBuilder(request)
    bodies = b.bodies = Bodies(b, fill)
    b.start = b.anchor = Anchor(Resume.STATEMENT, 0, b.state)
    try:
        found = call_body(b, request.code_index, [*parameters(b), *cells(b)])
    except Unsupported as problem:
        raise Decline(str(problem)) from None
    settle(b)
    exits = [return_exit(b, result) for result in found[-2:]]
    if len(found) == 1:
        b.block.terminator = Leave(exits[0])
    else:
        first, second = b.function.block(), b.function.block()
        first.terminator, second.terminator = map(Leave, exits)
        condition = found[0].values[0]
        b.block.terminator = Branch(condition, Jump(first, ()), Jump(second, ()))
    bodies.attach()
    b.function.slots = b.slot_count
    return BuiltRegion(b.function, tuple(b.inputs), None, tuple(b.keep), tuple(b.unsupported))


def parameters(b: RegionBuilder) -> list[Typed]:
    """The arguments that the function was called with."""
    signature = b.code.signature
    found = []
    for position, name in enumerate(() if signature is None else signature.names()):
        key = (Place.LOCAL, position)
        if key not in b.request.samples:
            raise Decline(f"parameter {name} is shared with another function")
        found.append(b.enter(key, b.request.samples[key]))
    return found


def cells(b: RegionBuilder) -> list[Typed]:
    """The variables that it shares with the functions around it."""
    found = []
    for number, cell in enumerate(b.code.cells):
        if cell.outer < 0:
            raise Decline(f"variable {cell.name} is shared with another function")
        slot = b.slot(((Place.BOX, number), Kind.CELL), 1)
        b.inputs.append(FrameValue(Place.BOX, number, SlotType.OBJECT, slot, CellType))
        pointer = b.emit(Op.SLOT_OBJECT, attr=slot)
        content = b.request.samples.get((Place.CELL, number), NOTHING)
        found.append(cell_value(b, pointer, content))
    return found


def return_exit(b: RegionBuilder, result: Typed) -> ExitPoint:
    """The way out with the result."""
    slot = b.slot(("result", result.kind), 1)
    if result.kind is Kind.NONE:
        value, exact = b.emit(Op.CONST_OBJECT, attr=id(None)), type(None)
    else:
        value, exact = result.values[0], None
    output = FrameValue(Place.RESULT, 0, RESULTS[result.kind], slot, exact)
    found = Exit(Resume.RETURN, 0, (output,), (), "return", b.line(0))
    point = ExitPoint(len(b.function.exits), found, ((slot, value),))
    b.function.exits.append(point)
    return point
