"""The activation of one code object: its registers and where it stands.

In: a linked code object and the namespaces it runs in. Out: the state that instructions read and
write, and the requests they make of whoever drives the frame.
"""

from __future__ import annotations

import builtins as host_builtins
from functools import partial
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

from .instruction import Instruction, Registers, Resume
from .own_names import use_own_names

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

# Answers of a frame other than the number of a leaf.
RETURN = -1  # the frame is finished, its value waits
RERAISE = -2  # leave with the exception that is being handled
ENTER = -3  # go on while `handled` is being handled
PLAIN = -4  # go on while no exception of this frame is being handled


Links = tuple[BaseException | None, TracebackType | None, BaseException | None]
"""What raising an exception changes: its context, its traceback, and whose context it was."""


class Frame:
    """One activation.

    `current` is the instruction that made the last request; `resume` goes on with it when the
    answer comes (None: write the answer to its destination). `arguments` is what the request
    needs. `leaf` overrides the instruction's own leaf for one request. `again` is the leaf for
    raising an exception again after a with statement.

    `handling` are the exceptions being handled, innermost last, `handled` the last of them or
    None; `entered` is the one that the driver has made the host's current exception. `caught`: an
    exception has just found its handler; `leaving`: the frame is being left. `stash` keeps one
    value across a request.
    """

    __slots__ = (
        "again",
        "arguments",
        "builtins",
        "caught",
        "code",
        "current",
        "entered",
        "entering",
        "globals",
        "handled",
        "handling",
        "keeps_variables",
        "leaf",
        "leaving",
        "namespace",
        "next",
        "pending",
        "pop",
        "registers",
        "resume",
        "snapshot",
        "stash",
        "type_parameters",
        "value",
    )

    def __init__(
        self,
        code: LinkedCode,
        global_names: dict[str, Any],
        namespace: Any,
        registers: Registers,
        start: Instruction,
    ) -> None:
        self.code = code
        self.globals = global_names
        self.builtins: Any = None
        self.namespace = namespace
        self.registers = registers
        self.current = start
        self.resume: Resume | None = go_to_current
        self.arguments: list[Any] = []
        self.leaf: int | None = None
        self.again = -1
        self.handled: BaseException | None = None
        self.entered: BaseException | None = None
        self.handling: list[BaseException] | None = None
        self.leaving = self.caught = self.keeps_variables = False
        self.value: Any = None
        self.stash: Any = None
        self.entering: Links | None = None
        self.type_parameters: list[Any] | None = None

    # Set when first needed.
    next: int
    pending: int
    pop: Any
    snapshot: dict[str, Any]

    def find_builtins(self) -> dict[str, Any]:
        """The built-in names that the frame's code sees, as the host finds them."""
        names: dict[str, Any] | None = self.builtins
        if names is None:
            found = self.globals.get("__builtins__", host_builtins)
            names = found.__dict__ if isinstance(found, ModuleType) else found
            self.builtins = names
        return names

    def push_handled(self, exc: BaseException) -> None:
        """Begin to handle an exception."""
        if self.handling is None:
            self.handling = [exc]
        else:
            self.handling.append(exc)
        self.handled = exc

    def pop_handled(self) -> None:
        """End handling the innermost exception. (There may be none, if an asynchronous exception
        struck between two steps of an instruction.)"""
        handling = self.handling
        if handling:
            handling.pop()
        self.handled = handling[-1] if handling else None

    def take_handled(self) -> BaseException:
        """End handling the innermost exception, which is to be raised again."""
        exc = self.handled
        assert exc is not None
        self.pop_handled()
        return exc

    def replace_handled(self, exc: BaseException) -> None:
        """Handle `exc` instead of the innermost exception."""
        if self.handling:
            self.handling[-1] = exc
        self.handled = exc

    def request(self, leaf: int, resume: Resume | None, *arguments: Any) -> None:
        """Ask for what `leaf` does with `arguments`, given in reverse; go on with `resume`."""
        self.leaf = leaf
        self.resume = resume
        self.arguments += arguments

    def fail(self, instruction: Instruction, exc: BaseException) -> None:
        """Raise a new exception at the instruction's place."""
        self.raise_at(instruction.fault, partial(throw, exc))

    def raise_at(self, leaf: int, thrower: Any) -> None:
        """Ask for a call of `thrower`, which raises, at a leaf that is a call."""
        self.leaf = leaf
        self.resume = None
        self.arguments[:] = (*self.code.leaves[leaf].shape.filling(), thrower)

    def escape(self, exc: BaseException, leaf: int) -> None:
        """Leave the frame, at a leaf that raises the current exception again, with an exception
        that has an entry for the frame in its traceback already."""
        self.handling = [exc]
        self.handled = exc
        self.leaving = True
        self.leaf = leaf

    def clear_temporaries(self) -> None:
        """Drop the temporaries, as the host does when an exception leaves a statement."""
        registers = self.registers
        for index in self.code.temporaries:
            registers[index] = None


def go_to_current(
    frame: Frame, registers: Registers, instruction: Instruction, value: Any
) -> Instruction:
    """A continuation: execute the current instruction."""
    return instruction


def throw(exc: BaseException, *ignored: Any, **also_ignored: Any) -> None:
    """Raise a new exception; the host sets its context."""
    raise exc


def throw_again(exc: BaseException, *ignored: Any, **also_ignored: Any) -> None:
    """Raise an exception that was raised before: its context stays what it was."""
    context = exc.__context__
    try:
        raise exc
    finally:
        exc.__context__ = context
