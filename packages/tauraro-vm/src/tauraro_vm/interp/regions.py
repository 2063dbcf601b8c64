"""The parts of statement regions: the static unwind table of a code object.

In: the structure that the linker found. Out: for each part, where control goes when it ends
(`complete`) and when it is left before its end (`leave`) by an exception, break, continue or
return. `unwind` asks the parts from the inside out.
"""

from __future__ import annotations

from enum import Enum, auto
from types import CellType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.operands import Scope

from .exception_groups import StarState, prepare_reraise
from .frame import RERAISE, RETURN
from .instruction import UNBOUND, Instruction
from .own_names import use_own_names

if TYPE_CHECKING:
    from .frame import Frame

use_own_names(globals())


class Reason(Enum):
    """Why parts are left before their end."""

    EXCEPTION = auto()
    BREAK = auto()
    CONTINUE = auto()
    RETURN = auto()


class Part:
    """A stretch of instructions in which the same things are to be undone."""

    __slots__ = ("parent",)

    def __init__(self, parent: Part | None) -> None:
        self.parent = parent

    def complete(self, frame: Frame) -> Instruction | None:
        """Go on after the part's last instruction."""
        raise NotImplementedError

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        """Undo the part. Where to go on, or None: the enclosing part is left as well."""
        return None


class LoopPart(Part):
    """The body of a for or while loop. `slot` holds a for loop's iterator, else it is -1."""

    __slots__ = ("after", "head", "slot")

    def __init__(self, parent: Part | None, slot: int) -> None:
        super().__init__(parent)
        self.slot = slot
        self.head: Instruction
        self.after: Instruction

    def complete(self, frame: Frame) -> Instruction | None:
        return self.head

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        if reason is Reason.CONTINUE:
            return self.head
        if self.slot >= 0:
            frame.registers[self.slot] = None
        return self.after if reason is Reason.BREAK else None


class ComprehensionPart(Part):
    """A comprehension: its iterators, collection and variables go when it is left."""

    __slots__ = ("cells", "kind", "slots", "variables")

    def __init__(self, parent: Part | None, kind: str) -> None:
        super().__init__(parent)
        self.kind = kind
        self.slots: list[int] = []
        self.variables: list[int] = []
        self.cells: list[int] = []

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        registers = frame.registers
        for slot in reversed(self.slots):
            registers[slot] = None
        for variable in self.variables:
            registers[variable] = UNBOUND
        for cell in self.cells:
            registers[cell] = CellType()
        return None


class TryRegion:
    """What the parts of one try statement share. `slot` holds why the finally part was entered,
    `star_slot` the state of `except*` handlers; each -1 if there is no such thing. `leaf` and
    `finally_leaf` are where an exception is raised again after the handlers, or the finally
    part."""

    __slots__ = (
        "after",
        "else_start",
        "finally_leaf",
        "finally_start",
        "handlers",
        "leaf",
        "parent",
        "slot",
        "star_slot",
    )

    def __init__(self, parent: Part | None, slot: int, star_slot: int) -> None:
        self.parent = parent
        self.slot = slot
        self.star_slot = star_slot
        self.handlers: list[Instruction] = []
        self.else_start: Instruction | None = None
        self.finally_start: Instruction | None = None
        self.leaf = self.finally_leaf = RERAISE
        self.after: Instruction

    def finish(self, frame: Frame) -> Instruction:
        """Go on after the statement, through its finally part."""
        if self.finally_start is None:
            return self.after
        frame.registers[self.slot] = None
        return self.finally_start

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        """Leave the statement before its end, through its finally part."""
        if self.finally_start is None:
            return None
        frame.registers[self.slot] = (reason, value)
        if reason is Reason.EXCEPTION:
            frame.push_handled(value)
        return self.finally_start

    def pass_on(self, frame: Frame, exc: BaseException) -> Instruction:
        """Raise `exc` in the statement's surroundings once more."""
        target = self.leave(frame, Reason.EXCEPTION, exc)
        return target if target is not None else reraise(frame, self.parent, exc, self.leaf)

    def after_star_handler(self, frame: Frame, number: int) -> Instruction:
        """Go on with the next `except*` handler, or with what none of them took."""
        if number + 1 < len(self.handlers):
            return self.handlers[number + 1]
        state: StarState = frame.registers[self.star_slot]
        frame.registers[self.star_slot] = None
        frame.pop_handled()
        remaining = prepare_reraise(state)
        return self.finish(frame) if remaining is None else self.pass_on(frame, remaining)


class TryBody(Part):
    """The guarded part of a try statement."""

    __slots__ = ("region",)

    def __init__(self, region: TryRegion) -> None:
        super().__init__(region.parent)
        self.region = region

    def complete(self, frame: Frame) -> Instruction | None:
        return self.region.else_start or self.region.finish(frame)

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        region = self.region
        if reason is Reason.EXCEPTION and region.handlers:
            frame.push_handled(value)
            if region.star_slot >= 0:
                frame.registers[region.star_slot] = StarState(value)
            return region.handlers[0]
        return region.leave(frame, reason, value)


class ElsePart(Part):
    """The else part of a try statement."""

    __slots__ = ("region",)

    def __init__(self, region: TryRegion) -> None:
        super().__init__(region.parent)
        self.region = region

    def complete(self, frame: Frame) -> Instruction | None:
        return self.region.finish(frame)

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        return self.region.leave(frame, reason, value)


class HandlerTest(Part):
    """From HANDLER to EXCEPT: the type of handler `number` is computed and compared."""

    __slots__ = ("number", "region")

    def __init__(self, region: TryRegion, number: int) -> None:
        super().__init__(region.parent)
        self.region = region
        self.number = number

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        frame.pop_handled()
        if self.region.star_slot >= 0:
            frame.registers[self.region.star_slot] = None
        return self.region.leave(frame, reason, value)

    def mismatch(self, frame: Frame) -> Instruction | None:
        """Go on where this handler does not take the exception."""
        region = self.region
        if region.star_slot >= 0:
            return region.after_star_handler(frame, self.number)
        if self.number + 1 < len(region.handlers):
            return region.handlers[self.number + 1]
        return region.pass_on(frame, frame.take_handled())


class HandlerBody(Part):
    """The body of handler `number`; `variable` is unbound when it is left."""

    __slots__ = ("number", "region", "variable")

    def __init__(self, region: TryRegion, number: int, variable: HandlerVariable | None) -> None:
        super().__init__(region.parent)
        self.region = region
        self.number = number
        self.variable = variable

    def complete(self, frame: Frame) -> Instruction | None:
        region = self.region
        if region.star_slot >= 0:
            if self.variable is not None:
                self.variable.unbind(frame)
            return region.after_star_handler(frame, self.number)
        frame.pop_handled()
        if self.variable is not None:
            self.variable.unbind(frame)
        return region.finish(frame)

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        region = self.region
        if region.star_slot >= 0 and reason is Reason.EXCEPTION:
            if self.variable is not None:
                self.variable.unbind(frame)
            state: StarState = frame.registers[region.star_slot]
            state.raised.append(value)
            return region.after_star_handler(frame, self.number)
        frame.pop_handled()
        if region.star_slot >= 0:
            frame.registers[region.star_slot] = None
        if self.variable is not None:
            self.variable.unbind(frame)
        return region.leave(frame, reason, value)


class FinallyPart(Part):
    """The finally part of a try statement."""

    __slots__ = ("region",)

    def __init__(self, region: TryRegion) -> None:
        super().__init__(region.parent)
        self.region = region

    def take_pending(self, frame: Frame) -> tuple[Reason, Any] | None:
        """Why the part was entered, if not in the normal way; forget it."""
        registers, slot = frame.registers, self.region.slot
        pending: tuple[Reason, Any] | None = registers[slot]
        registers[slot] = None
        if pending is not None and pending[0] is Reason.EXCEPTION:
            frame.pop_handled()
        return pending

    def complete(self, frame: Frame) -> Instruction | None:
        pending = self.take_pending(frame)
        if pending is None:
            return self.region.after
        reason, value = pending
        if reason is Reason.EXCEPTION:
            return reraise(frame, self.parent, value, self.region.finally_leaf)
        return unwind(frame, self.parent, reason, value)

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        self.take_pending(frame)
        return None


class WithPart(Part):
    """The body of a with statement. `slot` holds the bound exit method, `reason_slot` why the body
    was left: for an exception, the leaf at its line, where it is raised again (if that is unknown,
    at `leaf`). The three instructions call the exit method."""

    __slots__ = ("leaf", "on_end", "on_exception", "on_reason", "reason_slot", "slot")

    def __init__(self, parent: Part | None, slot: int, reason_slot: int) -> None:
        super().__init__(parent)
        self.slot = slot
        self.reason_slot = reason_slot
        self.leaf = RERAISE
        self.on_end: Instruction
        self.on_exception: Instruction
        self.on_reason: Instruction

    def complete(self, frame: Frame) -> Instruction | None:
        return self.on_end

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        if reason is Reason.EXCEPTION:
            frame.push_handled(value)
            frame.registers[self.reason_slot] = frame.again
            return self.on_exception
        frame.registers[self.reason_slot] = (reason, value)
        return self.on_reason


class ExitPart(Part):
    """The call of an exit method because of an exception, which is being handled meanwhile."""

    __slots__ = ()

    def leave(self, frame: Frame, reason: Reason, value: Any) -> Instruction | None:
        frame.pop_handled()
        return None


class HandlerVariable:
    """The variable of `except ... as name`, or of a capture. `shown` is the cell that a local has
    besides (see `CodeLinker.show_variables`), or -1."""

    __slots__ = ("name", "register", "scope", "shown")

    def __init__(self, scope: Scope, register: int, name: str, shown: int) -> None:
        self.scope = scope
        self.register = register
        self.name = name
        self.shown = shown if scope is Scope.LOCAL else -1

    def bind(self, frame: Frame, value: Any) -> None:
        """Store the exception (or the None that precedes unbinding)."""
        if self.scope is Scope.LOCAL:
            frame.registers[self.register] = value
            if self.shown >= 0:
                frame.registers[self.shown].cell_contents = value
        elif self.scope is Scope.CELL:
            frame.registers[self.register].cell_contents = value
        elif self.scope is Scope.GLOBAL:
            dict.__setitem__(frame.globals, self.name, value)
        else:
            frame.namespace[self.name] = value

    def unbind(self, frame: Frame) -> None:
        """Unbind the variable, whether the handler has unbound it or not."""
        if self.scope is Scope.LOCAL:
            frame.registers[self.register] = UNBOUND
            if self.shown >= 0:
                del frame.registers[self.shown].cell_contents
            return
        self.bind(frame, None)
        if self.scope is Scope.CELL:
            del frame.registers[self.register].cell_contents
        elif self.scope is Scope.GLOBAL:
            dict.__delitem__(frame.globals, self.name)
        else:
            del frame.namespace[self.name]


def stay(frame: Frame, registers: list[Any], instruction: Instruction) -> None:
    """Execute nothing: the frame has its request already."""
    return


LEAVING = Instruction(Op.NOP, -1, stay)
"""Where control goes when the frame has already arranged to leave."""


def unwind(frame: Frame, part: Part | None, reason: Reason, value: Any) -> Instruction | None:
    """Leave parts, from the inside out, until one says where to go on. None: the whole frame is
    left; for a RETURN, that has been requested."""
    while part is not None:
        target = part.leave(frame, reason, value)
        if target is not None:
            return target
        part = part.parent
    if reason is Reason.RETURN:
        frame.value = value
        frame.leaf = RETURN
    return None


def reraise(frame: Frame, part: Part | None, exc: BaseException, leaf: int) -> Instruction:
    """Raise, in `part`, an exception that needs no new traceback entry; `leaf` is where it leaves
    the frame if no handler is found."""
    frame.stash = part, exc, leaf
    return RERAISING


def raise_stashed(
    frame: Frame, registers: list[Any], instruction: Instruction
) -> Instruction | None:
    """Find the handler of an exception that is raised again. (An instruction of its own, so that
    little of the host's stack is needed.)"""
    (part, exc, leaf), frame.stash = frame.stash, None
    frame.again = leaf
    target = unwind(frame, part, Reason.EXCEPTION, exc)
    if target is None:
        frame.escape(exc, leaf)
    return target


RERAISING = Instruction(Op.RAISE, -1, raise_stashed)
"""Raises the exception in the frame's stash."""
