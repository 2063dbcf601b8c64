"""The fetch and execute loop.

In: a frame and the answer to its last request. Out: its next request: the number of a leaf, or one
of the negative answers of `frame`. The shim (or `drive`) carries it out and comes back.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from .frame import ENTER, PLAIN, Frame, go_to_current, throw, throw_again
from .instruction import Instruction
from .own_names import use_own_names
from .regions import Reason, unwind
from .statistics import StepLimit, budget, statistics
from .tracebacks import own_frames_removed, remove_own_entries, remove_unentered
from .written_locals import asked, take_written

use_own_names(globals())


class Execution(Frame):
    """A frame that runs."""

    __slots__ = ()

    def step(self, answer: Any = None) -> int:
        """Go on with the answer to the last request, until the next one."""
        last = self.current
        registers = self.registers
        count = 0
        if asked:
            take_written(self)
        try:
            resume = self.resume
            if resume is None:
                registers[last.dst] = answer
                instruction: Instruction | None = last.next
            else:
                self.resume = None
                instruction = resume(self, registers, last, answer)
            answer = None
            while instruction is not None:
                count += 1
                last = instruction
                instruction = instruction.execute(self, registers, instruction)
        except BaseException as exc:
            self.raise_from_instruction(last, exc)
        self.current = last
        statistics.instructions += count
        if self.leaf is None and self.handled is self.entered:
            return last.leaf
        return self.answer_with(last.leaf)

    def answer_with(self, leaf: int) -> int:
        """The answer for a request at a leaf, unless the instruction has named another one, or the
        driver must first change the host's current exception."""
        if self.leaf is not None:
            leaf, self.leaf = self.leaf, None
        if self.handled is not self.entered:
            self.pending = leaf
            return PLAIN if self.handled is None else ENTER
        return leaf

    def raise_from_instruction(self, instruction: Instruction, exc: BaseException) -> None:
        """Ask for `exc`, which arose in an instruction's function, to be raised in the frame."""
        self.resume = None
        exc.__traceback__ = own_frames_removed(exc.__traceback__)
        thrower = throw_again
        if self.handled is not self.entered and exc.__context__ is self.entered:
            # Raised before the host knew that another exception (or none) is being handled.
            exc.__context__ = None
            thrower = throw
        self.raise_at(instruction.fault, partial(thrower, exc))

    # --- what shims call besides `step`

    def __enter__(self) -> None:
        """Shims guard their loop with the frame itself: see `__exit__`."""

    def __exit__(self, kind: Any, exc: BaseException | None, traceback: Any) -> bool:
        """An exception left the shim's loop: find its handler; `go_on` runs it. False: it leaves
        the frame. (A `with` statement of the host leaves the frame's line as it was.)"""
        if exc is None:
            return False
        self.keeps_variables = True
        self.caught = not self.leaving and not isinstance(exc, StepLimit)
        if self.caught:
            remove_own_entries(exc)
            if isinstance(exc, RecursionError):
                remove_unentered(exc)
            self.arguments.clear()
            self.resume = self.stash = self.leaf = None
            part = self.current.part
            self.again = self.current.again
            self.clear_temporaries()
            target = unwind(self, part, Reason.EXCEPTION, exc)
            if target is not None:
                self.current = target
                self.resume = go_to_current
                return True
        self.abandon()
        return False

    def __neg__(self) -> int:
        """The next request, after the loop was left or an exception has become the current one."""
        return self.go_on() if self.entering is None else self.in_handler()

    def go_on(self) -> int:
        """The next request in plain mode, after the loop was left for another mode or because of an
        exception that has a handler."""
        self.entered = None
        if self.caught:
            self.caught = False
            return self.step()
        return self.pending if self.handled is None else ENTER

    def enter_handler(self) -> BaseException:
        """The exception to raise so that it becomes the host's current one, after ENTER."""
        exc = self.handled
        assert exc is not None
        self.entering = (exc.__context__, exc.__traceback__, link_to(exc))
        return exc

    def in_handler(self) -> int:
        """The exception is the host's current one: undo what raising it has changed."""
        exc = self.handled
        assert exc is not None
        assert self.entering is not None
        context, traceback, link = self.entering
        self.entering = None
        exc.__context__ = context
        exc.__traceback__ = traceback
        if link is not None:
            link.__context__ = exc
        self.entered = exc
        return self.pending

    def abandon(self) -> None:
        """Leave the frame with an exception: its locals stay, for tracebacks; nothing else."""
        self.handling = None
        self.arguments.clear()
        self.handled = self.entered = self.resume = self.stash = None
        self.clear_temporaries()

    def finish(self) -> Any:
        """The frame's value; its variables are dropped in the host's order."""
        value = self.value
        self.value = None
        registers = self.registers
        shown = () if self.keeps_variables else self.code.get_shown(registers)
        registers.reverse()  # a list drops its last item first
        registers.clear()
        for cell in shown:
            del cell.cell_contents
        return value

    __invert__ = enter_handler
    __pos__ = finish


class LimitedExecution(Execution):
    """A frame that runs under `limit`."""

    __slots__ = ()

    def step(self, answer: Any = None) -> int:
        """The same loop, which raises StepLimit when the budget is used up."""
        resume = self.resume or write_answer
        self.resume = None
        if asked:
            take_written(self)
        try:
            instruction = resume(self, self.registers, self.current, answer)
            answer = None
            while instruction is not None:
                if budget.remaining is not None:
                    if budget.remaining <= 0:
                        raise StepLimit
                    budget.remaining -= 1
                statistics.instructions += 1
                self.current = instruction
                instruction = instruction.execute(self, self.registers, instruction)
        except BaseException as exc:
            self.raise_from_instruction(self.current, exc)
        return self.answer_with(self.current.leaf)


def write_answer(
    frame: Frame, registers: list[Any], instruction: Instruction, value: Any
) -> Instruction:
    """The usual continuation: write the answer to the destination."""
    registers[instruction.dst] = value
    return instruction.next


def link_to(exc: BaseException) -> BaseException | None:
    """The exception in the host's current chain whose context is `exc`: raising `exc` would cut
    the chain there."""
    current = sys.exc_info()[1]
    seen = set()
    while current is not None and id(current) not in seen:
        if current.__context__ is exc:
            return current
        seen.add(id(current))
        current = current.__context__
    return None
