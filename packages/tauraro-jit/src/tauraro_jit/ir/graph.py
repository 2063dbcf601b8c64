"""Functions of the IR: blocks with parameters, operations in SSA form, exits with their frame
states."""

from __future__ import annotations

from .ops import Op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..layout.instances import Ending
    from ..native.region import Exit
    from .types import Type


CONTROL = 2
"""Slots that a region with bodies needs for calling them: the end of the stack, the poll word."""


class Value:
    """An SSA value: a block's parameter or an operation's result. `number` is unique in its
    function."""

    __slots__ = ("number", "type")

    def __init__(self, number: int, type: Type) -> None:
        self.number = number
        self.type = type

    def __str__(self) -> str:
        return f"%{self.number}"


class ExitPoint:
    """A way out: the exit's description and the SSA value for each slot that it fills."""

    __slots__ = ("exit", "number", "stores")

    def __init__(self, number: int, exit: Exit, stores: tuple[tuple[int, Value], ...]) -> None:
        self.number = number
        self.exit = exit
        self.stores = stores


class Operation:
    """One operation. `exit` is set for checked operations; `attr` is what the table says, else
    None."""

    __slots__ = ("args", "attr", "exit", "op", "result")

    def __init__(
        self,
        op: Op,
        args: tuple[Value, ...],
        result: Value | None,
        attr: Any = None,
        exit: ExitPoint | None = None,
    ) -> None:
        self.op = op
        self.args = args
        self.result = result
        self.attr = attr
        self.exit = exit


class Jump:
    """Go to a block with arguments for its parameters."""

    __slots__ = ("args", "target")
    __match_args__ = ("target", "args")

    def __init__(self, target: Block, args: tuple[Value, ...]) -> None:
        self.target = target
        self.args = args


class Branch:
    """Go to one of two blocks."""

    __slots__ = ("condition", "otherwise", "then")
    __match_args__ = ("condition", "then", "otherwise")

    def __init__(self, condition: Value, then: Jump, otherwise: Jump) -> None:
        self.condition = condition
        self.then = then
        self.otherwise = otherwise


class Leave:
    """Leave the region."""

    __slots__ = ("exit",)
    __match_args__ = ("exit",)

    def __init__(self, exit: ExitPoint) -> None:
        self.exit = exit


Terminator = Jump | Branch | Leave


class Block:
    """A basic block."""

    __slots__ = ("number", "operations", "params", "terminator")

    def __init__(self, number: int, params: tuple[Value, ...] = ()) -> None:
        self.number = number
        self.params = params
        self.operations: list[Operation] = []
        self.terminator: Terminator | None = None

    def successors(self) -> Iterator[Jump]:
        """The jumps that end the block."""
        terminator = self.terminator
        if isinstance(terminator, Jump):
            yield terminator
        elif isinstance(terminator, Branch):
            yield terminator.then
            yield terminator.otherwise


class Function:
    """A region in SSA form. `blocks[0]` is the entry; it has no parameters.

    `bodies` are functions that the region calls, and that call each other: all of them know all. A
    body sees the slots of the region; its own parameters, of these types, are slots -1, -2, ... It
    returns through an exit that fills slot 0 (see `Resume.RETURN`) with a value of one of the types
    `results`, or leaves: then so does its caller. `control` is the first of CONTROL slots that code
    of calls keeps for itself.

    `owned` is the slot from which on what the region owns is noted, -1 if that is nothing: the
    number of references, their weight, and the references. `endings` are the classes of the
    instances that may end in the region, and how they do. `rounds`: which loop comes round, by the
    number of the value that tells whether the interpreter asks there.
    """

    __slots__ = (
        "_values",
        "blocks",
        "bodies",
        "control",
        "endings",
        "exits",
        "name",
        "owned",
        "parameters",
        "results",
        "rounds",
        "slots",
    )

    def __init__(self, name: str, parameters: tuple[Type, ...] = ()) -> None:
        self.name = name
        self.parameters = parameters
        self.results: tuple[Type, ...] = ()
        self.bodies: dict[str, Function] = {}
        self.blocks: list[Block] = []
        self.exits: list[ExitPoint] = []
        self.slots = 0
        self.control = -1
        self.owned = -1
        self.endings: tuple[tuple[type, Ending], ...] = ()
        self.rounds: dict[int, int] = {}
        self._values = 0

    def value(self, type_: Type) -> Value:
        """A new value."""
        self._values += 1
        return Value(self._values, type_)

    def leaving(self) -> Iterator[Operation]:
        """The operations at which the region can be left, also those of its bodies: those with an
        exit, and polls."""
        for function in (self, *self.bodies.values()):
            for block in function.blocks:
                for operation in block.operations:
                    if operation.exit is not None or operation.op is Op.POLL:
                        yield operation

    def block(self, params: tuple[Value, ...] = ()) -> Block:
        """A new block at the end."""
        block = Block(len(self.blocks), params)
        self.blocks.append(block)
        return block
