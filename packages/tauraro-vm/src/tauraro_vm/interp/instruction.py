"""A linked instruction, and the table of the functions that execute them.

In: nothing. Out: the data type that `link` fills and `loop` runs, and `@executes(Op.X)`, which
registers the one function that executes an opcode. `check_complete` fails for a gap, registering
twice fails at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tauraro_frontend.bytecode.isa import OPS, Op

from .own_names import use_own_names

if TYPE_CHECKING:
    from .frame import Frame
    from .regions import Part

use_own_names(globals())

Registers = list[Any]
Handler = Callable[["Frame", Registers, "Instruction"], "Instruction | None"]
"""Executes one instruction: the instruction to go on at, or None: the frame makes a request."""

Resume = Callable[["Frame", Registers, "Instruction", Any], "Instruction | None"]
"""Goes on with an instruction whose request was answered with the value."""

AnyHandler = TypeVar("AnyHandler", bound=Handler)

HANDLERS: dict[Op, Handler] = {}


def executes(*ops: Op) -> Callable[[AnyHandler], AnyHandler]:
    """Register the decorated function as the one that executes these opcodes."""

    def register(handler: AnyHandler) -> AnyHandler:
        for op in ops:
            if op in HANDLERS:
                raise TypeError(f"{op.name} is executed twice")
            HANDLERS[op] = handler
        return handler

    return register


def check_complete() -> None:
    """Raise TypeError unless every opcode has its function."""
    missing = [op.name for op in OPS if op not in HANDLERS]
    if missing:
        raise TypeError(f"nothing executes {', '.join(missing)}")


class Unbound:
    """What an unbound local register holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<unbound>"


UNBOUND = Unbound()


class Instruction:
    """One instruction with everything resolved.

    Registers are indices into the frame's one register list: `sources` those read, of which `a`,
    `b` and `c` are the first three, `dst` the one written (a scratch register if there is none),
    `dead` the temporaries that are read for the last time. `unsure` lists the locals read that may
    be unbound, each with the leaf that raises there.

    `leaf` is the place in the shim where the instruction's request is carried out, `test_leaf` the
    one where a result is tested for truth, `fault` the one where an exception of the instruction's
    own arises, `again` the one where an exception leaves the frame after a with statement around
    the instruction (-1: there is none). `next` is the following instruction, `jump` the other one
    it can continue at. `part` is the innermost part of a statement region it stands in, `ends` the
    part it ends. `slot` is a register of its own, `x` what its opcode needs besides.
    """

    __slots__ = (
        "a",
        "again",
        "b",
        "c",
        "clears",
        "dead",
        "dst",
        "ends",
        "execute",
        "fault",
        "inner",
        "jump",
        "leaf",
        "move",
        "next",
        "op",
        "part",
        "pc",
        "slot",
        "sources",
        "test_leaf",
        "unsure",
        "x",
    )

    def __init__(self, op: Op, pc: int, execute: Handler) -> None:
        self.op = op
        self.pc = pc
        self.execute = execute
        self.inner = execute
        self.sources: tuple[int, ...] = ()
        self.a = self.b = self.c = 0
        self.dst = 0
        self.dead: tuple[int, ...] = ()
        self.clears: tuple[int, ...] = ()
        self.unsure: tuple[tuple[int, int], ...] = ()
        self.leaf = self.test_leaf = self.fault = 0
        self.again = -1
        self.next: Instruction = self
        self.jump: Instruction = self
        self.move = -1
        self.part: Part | None = None
        self.ends: Part | None = None
        self.slot = -1
        self.x: Any = None

    def __repr__(self) -> str:
        return f"<{self.pc} {self.op.name}>"
