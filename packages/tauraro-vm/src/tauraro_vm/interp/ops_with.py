"""with and async with.

The manager's methods are called at the place of the statement. The exit method is called by extra
instructions that `structure` adds: at the end of the body, when it is left early, and because of an
exception, which is then being handled.
"""

from __future__ import annotations

from operator import truth
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers, executes
from .leaves import AWAIT, CALL0
from .ops_values import DECIDED
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import WithPart, reraise, unwind
from .special_methods import ABSENT as NO_METHOD
from .special_methods import find_special

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

asks_for(CALL0, Op.WITH)

SYNC = ("__enter__", "__exit__", "context manager")
ASYNC = ("__aenter__", "__aexit__", "asynchronous context manager")


@prepares(Op.WITH)
def prepare_with(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = ASYNC if imm["is_async"] else SYNC
    ins.move = linker.leaf(AWAIT, linker.places[ins.pc]) if imm["is_async"] else -1
    if raw.dst is None:
        ins.dst = -1


@executes(Op.WITH)
def enter_manager(frame: Frame, registers: Registers, ins: Instruction) -> None:
    manager = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    enter_name, exit_name, protocol = ins.x
    enter = find_special(manager, enter_name)
    leave = find_special(manager, exit_name) if enter is not NO_METHOD else NO_METHOD
    if leave is NO_METHOD:
        missed = f" (missed {exit_name} method)" if enter is not NO_METHOD else ""
        message = f"'{type(manager).__name__}' object does not support the {protocol} protocol"
        frame.fail(ins, TypeError(message + missed))
        return
    registers[ins.slot] = leave
    frame.arguments.append(enter)
    frame.resume = entered if ins.move < 0 else await_entered


def entered(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """The manager is entered."""
    if ins.dst >= 0:
        registers[ins.dst] = value
    return ins.next


def await_entered(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> None:
    """`__aenter__` was called: wait for its result."""
    problem = awaiting_problem(value, "__aenter__")
    if problem is not None:
        frame.fail(ins, problem)
    else:
        frame.request(ins.move, entered, value)


def awaiting_problem(value: Any, method: str) -> TypeError | None:
    """The host's error for what a method gave that cannot be awaited."""
    from inspect import isawaitable

    if isawaitable(value):
        return None
    return TypeError(
        f"'async with' received an object from {method} that does not implement __await__: "
        f"{type(value).__name__}"
    )


def part_of(ins: Instruction) -> WithPart:
    """The body whose exit method the extra instruction calls."""
    part = ins.ends
    assert isinstance(part, WithPart)
    return part


def call_exit(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """Call the exit method: the body ended, or was left early."""
    leave = registers[ins.slot]
    registers[ins.slot] = None
    frame.arguments += (None, None, None, leave)
    frame.resume = exited if ins.move < 0 else await_exit


def await_exit(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> None:
    """`__aexit__` was called: wait for its result."""
    problem = awaiting_problem(value, "__aexit__")
    if problem is not None:
        frame.fail(ins, problem)
    else:
        frame.request(ins.move, exited, value)


def exited(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction | None:
    """Go on after the statement, or leave further."""
    part = part_of(ins)
    if ins is part.on_end:
        return ins.next
    reason, result = registers[part.reason_slot]
    registers[part.reason_slot] = None
    return unwind(frame, part.parent, reason, result)


def call_exit_with_exception(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """Call the exit method with the exception that left the body."""
    leave = registers[ins.slot]
    registers[ins.slot] = None
    exc = frame.handled
    assert exc is not None
    frame.arguments += (exc.__traceback__, exc, type(exc), leave)
    frame.resume = decide if ins.move < 0 else await_decision


def await_decision(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> None:
    """`__aexit__` was called with an exception: wait for its result."""
    problem = awaiting_problem(value, "__aexit__")
    if problem is not None:
        frame.fail(ins, problem)
    else:
        frame.request(ins.move, decide, value)


def decide(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction | None:
    """Find out whether the exit method swallows the exception."""
    if type(value) in DECIDED:
        return decided(frame, registers, ins, value)
    frame.request(ins.test_leaf, decided, value, truth)
    return None


def decided(
    frame: Frame, registers: Registers, ins: Instruction, swallow: Any
) -> Instruction | None:
    """Swallow the exception, or raise it again in the statement's surroundings."""
    exc = frame.take_handled()
    part = part_of(ins)
    leaf: int = registers[part.reason_slot]
    registers[part.reason_slot] = None
    if swallow:
        return ins.next
    return reraise(frame, part.parent, exc, leaf if leaf >= 0 else part.leaf)
