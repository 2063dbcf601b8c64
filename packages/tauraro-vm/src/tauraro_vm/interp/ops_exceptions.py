"""raise, assert and the matching of handlers. (The ends of the parts of a try statement are in
`ops_control`, their meaning in `regions`.)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .exception_groups import StarState, check_type, matches, take
from .instruction import Instruction, Registers, executes
from .leaves import CALL1, Request, Shape
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import HandlerTest, reraise

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())


def raise_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """By the number of operands."""
    requests = (Request.RERAISE, Request.RAISE, Request.RAISE_FROM)
    return Shape(requests[len(raw.src)])


asks_for(raise_shape, Op.RAISE)


@executes(Op.RAISE)
def raise_exception(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    if not ins.sources:
        if frame.handled is not None:
            return reraise(frame, ins.part, frame.handled, ins.leaf)
        return None
    for source in reversed(ins.sources):
        frame.arguments.append(registers[source])
    for register in ins.dead:
        registers[register] = None
    return None


asks_for(CALL1, Op.ASSERT_END)


@prepares(Op.ASSERT_END)
def prepare_assertion(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.leaf = linker.leaf(Shape(Request.RAISE), linker.places[ins.pc])


@executes(Op.ASSERT_END)
def fail_assertion(frame: Frame, registers: Registers, ins: Instruction) -> None:
    if not ins.sources:
        frame.arguments.append(AssertionError)
        return
    message = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    frame.arguments.append(AssertionError(message))


# --- handlers

asks_for(CALL1, Op.EXCEPT)


@executes(Op.EXCEPT)
def match_handler(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    test = ins.part
    assert isinstance(test, HandlerTest)
    exc = frame.handled
    assert exc is not None
    if not ins.sources:
        return bind(frame, ins, exc)
    kind = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    star_slot = test.region.star_slot
    problem = check_type(kind, star_slot >= 0)
    if problem is not None:
        frame.fail(ins, TypeError(problem))
        return None
    if star_slot < 0:
        return bind(frame, ins, exc) if matches(exc, kind) else test.mismatch(frame)
    state: StarState = registers[star_slot]
    group, _ = take(state, kind)
    if group is None:
        return test.mismatch(frame)
    frame.replace_handled(group)
    return bind(frame, ins, group)


def bind(frame: Frame, ins: Instruction, exc: BaseException) -> Instruction:
    """Begin the handler's body."""
    if ins.x is not None:
        ins.x.bind(frame, exc)
    return ins.next
