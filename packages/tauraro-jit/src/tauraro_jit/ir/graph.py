"""Functions of the IR: blocks with parameters, operations in SSA form, exits with their frame
states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..native.region import Exit
from .ops import Op
from .types import Type


@dataclass(eq=False, slots=True)
class Value:
    """An SSA value: a block's parameter or an operation's result. `number` is unique in its
    function."""

    number: int
    type: Type

    def __str__(self) -> str:
        return f"%{self.number}"


@dataclass(eq=False, slots=True)
class ExitPoint:
    """A way out: the exit's description and the SSA value for each slot that it fills."""

    number: int
    exit: Exit
    stores: tuple[tuple[int, Value], ...]


@dataclass(eq=False, slots=True)
class Operation:
    """One operation. `exit` is set for checked operations; `attr` is what the table says, else
    None."""

    op: Op
    args: tuple[Value, ...]
    result: Value | None
    attr: Any = None
    exit: ExitPoint | None = None


@dataclass(eq=False, slots=True)
class Jump:
    """Go to a block with arguments for its parameters."""

    target: Block
    args: tuple[Value, ...]


@dataclass(eq=False, slots=True)
class Branch:
    """Go to one of two blocks."""

    condition: Value
    then: Jump
    otherwise: Jump


@dataclass(eq=False, slots=True)
class Leave:
    """Leave the region."""

    exit: ExitPoint


Terminator = Jump | Branch | Leave


@dataclass(eq=False, slots=True)
class Block:
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


@dataclass(eq=False, slots=True)
class Function:
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
