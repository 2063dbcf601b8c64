"""What the linker must know about each opcode, registered next to the function that executes it.

In: `@prepares(Op.X)` functions and `shape(Op.X, ...)` entries from the `ops_*` modules. Out: the
tables that `link` looks into.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction

from .leaves import Shape
from .own_names import use_own_names

if TYPE_CHECKING:
    from .instruction import Instruction as Linked
    from .link import CodeLinker

use_own_names(globals())

Preparation = Callable[["CodeLinker", "Linked", Instruction, dict[str, Any]], None]
ShapeOf = Callable[["CodeLinker", Instruction], Shape | None]
AnyPreparation = TypeVar("AnyPreparation", bound=Preparation)

PREPARATIONS: dict[Op, Preparation] = {}
SHAPES: dict[Op, Shape | ShapeOf] = {}


def prepares(*ops: Op) -> Callable[[AnyPreparation], AnyPreparation]:
    """Register the decorated function: it completes a linked instruction of these opcodes. It gets
    the linker, the linked instruction, the bytecode instruction, and its immediates by name."""

    def register(preparation: AnyPreparation) -> AnyPreparation:
        for op in ops:
            if op in PREPARATIONS:
                raise TypeError(f"{op.name} is prepared twice")
            PREPARATIONS[op] = preparation
        return preparation

    return register


def asks_for(shape: Shape | ShapeOf, *ops: Op) -> None:
    """Give these opcodes a leaf of that shape (or of the shape that a function computes)."""
    for op in ops:
        if op in SHAPES:
            raise TypeError(f"{op.name} has two shapes")
        SHAPES[op] = shape
