"""Statements that choose, repeat and leave; and the iteration protocol they share with
comprehensions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import UNBOUND, Instruction, Registers, executes
from .leaves import CALL0, CALL1
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import Reason, unwind
from .special_methods import ABSENT as NO_METHOD
from .special_methods import find_special
from .templates import docstring_cleaner

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

ITERABLES = frozenset({list, tuple, range, dict, str, bytes, set, frozenset})
"""Exact types that are iterated without running code of the program."""

EXAMPLES: tuple[Any, ...] = (
    [], (), range(0), range(1 << 64), {}, {}.values(), {}.items(), "", "\x80", b"", set(),
    reversed([]),
)  # fmt: skip

ITERATORS = frozenset(type(iter(value)) for value in EXAMPLES)


# --- iteration

asks_for(CALL1, Op.FOR)


@executes(Op.FOR, Op.COMP_FOR)
def begin_loop(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """Get the iterator; `jump` advances the loop."""
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in ITERABLES:
        registers[ins.jump.slot] = iter(value)
        return ins.jump
    frame.arguments += (value, iter)
    frame.resume = loop_over
    return None


def loop_over(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: the answer is the iterator."""
    registers[ins.jump.slot] = value
    return ins.jump


def advance(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """Get a loop's next item; `jump` where there is none."""
    iterator = registers[ins.slot]
    if type(iterator) in ITERATORS:
        item = next(iterator, UNBOUND)
        if item is UNBOUND:
            registers[ins.slot] = None
            return ins.jump
        registers[ins.dst] = item
        return ins.next
    frame.arguments += (UNBOUND, iterator, next)
    frame.resume = advanced
    return None


def advanced(frame: Frame, registers: Registers, ins: Instruction, item: Any) -> Instruction:
    """A continuation: the answer is an item, or UNBOUND."""
    if item is UNBOUND:
        registers[ins.slot] = None
        return ins.jump
    registers[ins.dst] = item
    return ins.next


@prepares(Op.FOR)
def prepare_for(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if imm["is_async"]:
        ins.inner = begin_async_loop
        if not ins.unsure:
            ins.execute = ins.inner
        ins.test_leaf = linker.leaf(CALL0, linker.places[ins.pc])


def begin_async_loop(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """Get the asynchronous iterator."""
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    method = find_special(value, "__aiter__")
    if method is NO_METHOD:
        kind = type(value).__name__
        message = f"'async for' requires an object with __aiter__ method, got {kind}"
        frame.fail(ins, TypeError(message))
        return None
    frame.arguments += (None, Ignoring(method))
    frame.resume = loop_over
    return None


class Ignoring:
    """Calls a function without the argument it is given."""

    __slots__ = ("function",)

    def __init__(self, function: Any) -> None:
        self.function = function

    def __call__(self, ignored: Any) -> Any:
        return self.function()


class AsyncIterable:
    """What an `async for` of the host iterates over to get one item of an iterator."""

    __slots__ = ("iterator",)

    def __init__(self, iterator: Any) -> None:
        self.iterator = iterator

    def __aiter__(self) -> Any:
        return self.iterator


def advance_async(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """Get the next item of an asynchronous loop."""
    frame.arguments += (registers, AsyncIterable(registers[ins.slot]))
    frame.resume = advanced_async


def advanced_async(frame: Frame, registers: Registers, ins: Instruction, ended: Any) -> Instruction:
    """A continuation: the item is in its register, unless there was none."""
    if ended is None:
        return ins.next
    registers[ins.slot] = None
    return ins.jump


# --- choosing and leaving


@executes(Op.ELSE, Op.END, Op.HANDLER, Op.FINALLY)
def end_of_part(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    for register in ins.clears:
        registers[register] = None
    return ins.jump if ins.ends is None else ins.ends.complete(frame)


@executes(Op.LOOP, Op.TRY, Op.NOP, Op.DECLARE)
def nothing(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    return ins.next


@executes(Op.BREAK)
def leave_loop(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    return unwind(frame, ins.part, Reason.BREAK, None)


@executes(Op.CONTINUE)
def continue_loop(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    return unwind(frame, ins.part, Reason.CONTINUE, None)


@prepares(Op.RETURN)
def prepare_return(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if not ins.sources:
        ins.a = linker.new_register()


@executes(Op.RETURN, Op.RESULT)
def leave_frame(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    return unwind(frame, ins.part, Reason.RETURN, value)


# --- expression statements

asks_for(CALL1, Op.DISCARD)


@prepares(Op.DISCARD)
def prepare_discard(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    code = linker.code
    if code.kind is CodeKind.SINGLE:
        ins.inner = display
    elif ins.pc == 0 and code.kind in (CodeKind.MODULE, CodeKind.CLASS):
        constant = linker.template[ins.a] if raw.src[0] & 3 == 3 else None
        if isinstance(constant, str) and code.module.optimize < 2:
            ins.inner = store_docstring
            if sys.version_info >= (3, 13):
                constant = docstring_cleaner()(constant)
            ins.x = constant
    if not ins.unsure:
        ins.execute = ins.inner


@executes(Op.DISCARD)
def discard(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    for register in ins.dead:
        registers[register] = None
    return ins.next


def display(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """An expression statement in interactive mode."""
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    hook = getattr(sys, "displayhook", None)
    if hook is None:
        frame.fail(ins, RuntimeError("lost sys.displayhook"))
    else:
        frame.arguments += (value, hook)


def store_docstring(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    """The docstring of a module or class."""
    frame.namespace["__doc__"] = ins.x
    return ins.next
