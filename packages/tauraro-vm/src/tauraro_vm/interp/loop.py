"""The fetch and execute loop.

In: a frame and the answer to its last request. Out: its next request: the number of a leaf, or one
of the negative answers of `frame`. The shim (or `drive`) carries it out and comes back.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from .frame import ENTER, PLAIN, UNHANDLED, Frame, go_to_current, throw, throw_again
from .instruction import UNBOUND, Instruction
from .regions import Reason, unwind
from .statistics import StepLimit, budget, statistics
from .tracebacks import own_frames_removed, remove_own_entries

OUTSIDE = BaseException()
"""What `entered` is while the host's current exception is one that the frame has left behind."""


class Execution(Frame):
    """A frame that runs."""

    __slots__ = ()

    def step(self, answer: Any = None) -> int:
        """Go on with the answer to the last request, until the next one."""
        last = self.current
        registers = self.registers
        resume = self.resume
        limited = budget.remaining is not None
        count = 0
        instruction: Instruction | None
        try:
            if resume is None:
                registers[last.dst] = answer
                instruction = last.next
            else:
                self.resume = None
                instruction = resume(self, registers, last, answer)
            answer = resume = None
            if limited:
                self.run_within_budget(instruction)
            else:
                while instruction is not None:
                    count += 1
                    last = instruction
                    instruction = instruction.execute(self, registers, instruction)
                self.current = last
        except BaseException as exc:
            if not limited:
                self.current = last
            self.raise_from_instruction(self.current, exc)
        statistics.instructions += count
        leaf = self.leaf
        if leaf is None:
            leaf = self.current.leaf
        else:
            self.leaf = None
        if self.handled is not self.entered:
            self.pending = leaf
            return PLAIN if self.handled is None else ENTER
        return leaf

    def run_within_budget(self, instruction: Instruction | None) -> None:
        """The loop under `limit`: raise StepLimit when the budget is used up."""
        while instruction is not None:
            if budget.remaining is not None:
                if budget.remaining <= 0:
                    raise StepLimit
                budget.remaining -= 1
            statistics.instructions += 1
            self.current = instruction
            instruction = instruction.execute(self, self.registers, instruction)

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

    def begin(self) -> int:
        """Start at the current instruction."""
        return self.step()

    def go_on(self) -> int:
        """Carry on in plain mode, after `step` answered PLAIN."""
        self.entered = None
        return self.pending

    def enter_handler(self) -> BaseException:
        """The exception to raise so that it becomes the host's current one, after ENTER."""
        exc = self.handled
        assert exc is not None
        self.entering = (exc, exc.__context__, exc.__traceback__, link_to(exc))
        return exc

    def caught(self) -> int:
        """An exception arrived in the shim: find its handler. It is the host's current one."""
        return self.handle(sys.exc_info()[1])

    def caught_inside(self) -> int:
        """An exception arrived while another one was being handled."""
        self.entered = OUTSIDE
        return self.handle(sys.exc_info()[1])

    def handle(self, exc: BaseException | None) -> int:
        """Find the handler of `exc` and run it until its first request."""
        assert exc is not None
        if self.entering is not None:
            exc, context, traceback, link = self.entering
            self.entering = None
            exc.__context__ = context
            exc.__traceback__ = traceback
            if link is not None:
                link.__context__ = exc
            self.entered = exc
            return self.pending
        if self.leaving or isinstance(exc, StepLimit):
            return self.abandon()
        remove_own_entries(exc)
        self.arguments.clear()
        self.resume = self.stash = self.leaf = None
        part = self.current.part
        self.clear_temporaries()
        if self.entered is not OUTSIDE:
            self.entered = exc
        target = unwind(self, part, Reason.EXCEPTION, exc)
        if target is None:
            return self.abandon()
        self.current = target
        self.resume = go_to_current
        return self.step()

    def abandon(self) -> int:
        """Leave the frame with the exception: its locals stay, for tracebacks; nothing else."""
        self.handling.clear()
        self.arguments.clear()
        self.handled = self.resume = self.stash = None
        self.clear_temporaries()
        return UNHANDLED

    def take_item(self) -> Any:
        """The item that an asynchronous loop got."""
        item = self.item
        self.item = None
        return item

    def no_item(self) -> Any:
        """What stands for the end of an asynchronous iterator."""
        return UNBOUND

    def finish(self) -> Any:
        """The frame's value; its registers are dropped in the host's order."""
        value = self.value
        self.value = None
        registers = self.registers
        registers.reverse()  # a list drops its last item first
        registers.clear()
        return value


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
