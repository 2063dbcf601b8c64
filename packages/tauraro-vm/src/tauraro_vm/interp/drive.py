"""Runs a frame without a shim, from any instruction, to its end or to a given instruction.

In: a linked code object, where to start, and what its registers hold. Out: how it went on. Used
where no call of the host began the frame: to finish a statement that native code has left.
Requests are carried out from here, so tracebacks have no entry for the frame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from types import CellType
from typing import TYPE_CHECKING, Any, NamedTuple

from .frame import ENTER, RETURN, go_to_current
from .instruction import Instruction
from .leaves import Request, Shape
from .loop import Execution
from .own_names import use_own_names
from .statistics import statistics
from .templates import Function, compiled

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

STOPPED = -5
"""The answer of a frame that has reached an instruction to stop at."""


class Returned(NamedTuple):
    """The frame has returned."""

    value: Any


class Stopped(NamedTuple):
    """The frame is about to execute the instruction at `pc`."""

    pc: int


class DrivenExecution(Execution):
    """A frame that can stop at instructions. It always executes the one it begins with."""

    __slots__ = ("stops",)

    stops: Collection[int]

    def step(self, answer: Any = None) -> int:
        """Go on until the next request, or the next instruction to stop at."""
        resume = self.resume
        self.resume = None
        last = self.current
        try:
            instruction: Instruction | None
            if resume is None:
                self.registers[last.dst] = answer
                instruction = last.next
            else:
                instruction = resume(self, self.registers, last, answer)
            while instruction is not None:
                if last is not instruction and self.is_stop(instruction):
                    self.current = instruction
                    self.resume = go_to_current
                    return STOPPED
                statistics.instructions += 1
                last = instruction
                instruction = instruction.execute(self, self.registers, instruction)
        except BaseException as exc:
            self.raise_from_instruction(last, exc)
        self.current = last
        return self.answer_with(last.leaf)

    def is_stop(self, instruction: Instruction) -> bool:
        """Whether to stop before an instruction; those that the linker has added are none."""
        pc = instruction.pc
        return pc in self.stops and self.code.instructions[pc] is instruction


def frame_at(
    code: LinkedCode,
    pc: int,
    registers: list[Any],
    global_names: dict[str, Any],
    *,
    namespace: Any = None,
    handling: Iterable[BaseException] = (),
) -> DrivenExecution:
    """A frame that is about to execute the instruction at `pc`.

    `registers` is changed and kept; begin with `code.link().template.copy()`. Cells that are not
    there are made. `handling`: the exceptions that are being handled there, innermost last.
    (Comprehensions that the host makes functions of have frames of their own: `pc` is in none.)
    """
    code.link()
    layout = code.layout
    for register in (*layout.cells, *layout.shown.values()):
        if not isinstance(registers[register], CellType):
            registers[register] = CellType()
    frame = DrivenExecution(code, global_names, namespace, registers, code.instructions[pc])
    frame.stops = ()
    for exc in handling:
        frame.push_handled(exc)
    return frame


def drive(frame: DrivenExecution, stops: Collection[int] = ()) -> Returned | Stopped:
    """Run a frame until it returns or is about to execute an instruction in `stops`; exceptions
    that it does not handle pass through. TypeError for what needs a host frame (yield, await)."""
    frame.stops = stops
    frame.entered = None
    answer = frame.step()
    while True:
        while answer == ENTER:
            try:
                raise frame.enter_handler()
            except BaseException:
                answer = frame.in_handler()
                with frame:
                    answer = carry_out_requests(frame, answer)
            if answer == STOPPED:
                return Stopped(frame.current.pc)
            answer = frame.go_on()
        with frame:
            answer = carry_out_requests(frame, answer)
            if answer == RETURN:
                return Returned(frame.finish())
        if answer == STOPPED:
            return Stopped(frame.current.pc)
        answer = frame.go_on()


def carry_out_requests(frame: DrivenExecution, answer: int) -> int:
    """Carry out requests until the frame answers something else."""
    while answer >= 0:
        answer = frame.step(carry_out(frame, frame.code.leaves[answer].shape))
    return answer


def carry_out(frame: DrivenExecution, shape: Shape) -> Any:
    """Do what the leaf of that shape does."""
    pop = frame.arguments.pop
    request = shape.request
    if request is Request.CALL:
        function = pop()
        positional = [pop() for _ in range(shape.size)]
        return function(*positional, **{name: pop() for name in shape.keywords})
    if request is Request.CALL_ARGS:
        return pop()(*pop())
    if request is Request.CALL_KWARGS:
        return pop()(*pop(), **pop())
    if request is Request.UNPACK:
        registers = pop()
        values = unpacking(shape.size, shape.star)(pop())
        registers[shape.base : shape.base + shape.size] = values
        return None
    if request is Request.RAISE:
        raise pop()
    if request is Request.RAISE_FROM:
        raise pop() from pop()
    if request is Request.RERAISE:
        raise
    raise TypeError(f"{request.name} needs the frame's shim")


@lru_cache(maxsize=64)
def unpacking(size: int, star: int | None) -> Function:
    """A function that unpacks a value into so many, one of them starred."""
    names = [f"v{number}" for number in range(size)]
    targets = [f"*{name}" if number == star else name for number, name in enumerate(names)]
    text = "def unpack(value):\n [{}] = value\n return [{}]\n"
    return compiled(text.format(", ".join(targets), ", ".join(names)), "unpack")
