"""Functions of the IR: blocks with parameters, operations in SSA form, exits with their frame
states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from ..native.region import Exit
from .ops import Op
from .types import Type


class Value(Struct, eq=False):
    """An SSA value: a block's parameter or an operation's result. `number` is unique in its
    function."""

    number: int
    type: Type

    def __str__(self) -> str:
        return f"%{self.number}"


class ExitPoint(Struct, eq=False):
    """A way out: the exit's description and the SSA value for each slot that it fills."""

    number: int
    exit: Exit
    stores: tuple[tuple[int, Value], ...]


class Operation(Struct, eq=False):
    """One operation. `exit` is set for checked operations; `attr` is what the table says, else
    None."""

    op: Op
    args: tuple[Value, ...]
    result: Value | None
    attr: Any = None
    exit: ExitPoint | None = None


class Jump(Struct, eq=False):
    """Go to a block with arguments for its parameters."""

    target: Block
    args: tuple[Value, ...]


class Branch(Struct, eq=False):
    """Go to one of two blocks."""

    condition: Value
    then: Jump
    otherwise: Jump


class Leave(Struct, eq=False):
    """Leave the region."""

    exit: ExitPoint


Terminator = Jump | Branch | Leave


class Block(Struct, eq=False):
    """A basic block."""

    number: int
    params: tuple[Value, ...] = ()
    operations: list[Operation] = field(default_factory=list)
    terminator: Terminator | None = None

    def successors(self) -> Iterator[Jump]:
        """The jumps that end the block."""
        terminator = self.terminator
        if isinstance(terminator, Jump):
            yield terminator
        elif isinstance(terminator, Branch):
            yield terminator.then
            yield terminator.otherwise


class Function(Struct, eq=False):
    """A region in SSA form. `blocks[0]` is the entry; it has no parameters."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    exits: list[ExitPoint] = field(default_factory=list)
    slots: int = 0
    _values: int = 0

    def value(self, type_: Type) -> Value:
        """A new value."""
        self._values += 1
        return Value(self._values, type_)

    def leaving(self) -> Iterator[Operation]:
        """The operations at which the region can be left: those with an exit, and polls."""
        for block in self.blocks:
            for operation in block.operations:
                if operation.exit is not None or operation.op is Op.POLL:
                    yield operation

    def block(self, params: tuple[Value, ...] = ()) -> Block:
        """A new block at the end."""
        block = Block(len(self.blocks), params)
        self.blocks.append(block)
        return block
