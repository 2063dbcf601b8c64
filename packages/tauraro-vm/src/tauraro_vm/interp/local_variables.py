"""What the linker adds to instructions that store or read local variables.

In: linked instructions. Out: those that show a local's new value to the host, and those that find
out whether a local is bound before they execute.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from .frame import throw
from .instruction import UNBOUND
from .instruction import Instruction as Linked
from .ops_names import unbound_free, unbound_local
from .own_names import use_own_names
from .regions import ComprehensionPart

use_own_names(globals())


def show(frame: Any, registers: list[Any], instruction: Linked) -> Linked:
    """Copy a local's new value to the cell in which the host shows it."""
    registers[instruction.b].cell_contents = registers[instruction.a]
    return instruction.next


def checked(frame: Any, registers: list[Any], instruction: Linked) -> Linked | None:
    """Execute an instruction some of whose locals may be unbound."""
    for register, leaf in instruction.unsure:
        if registers[register] is UNBOUND:
            frame.raise_at(leaf, partial(throw, unbound_local(frame.code.local_names[register])))
            return None
    return instruction.inner(frame, registers, instruction)


def checked_in_comprehension(
    frame: Any, registers: list[Any], instruction: Linked
) -> Linked | None:
    """The same in a comprehension that is a function of the host's: locals of the function around
    it are free variables there."""
    for register, leaf in instruction.unsure:
        if registers[register] is UNBOUND:
            name = frame.code.local_names[register]
            part = instruction.part
            own = isinstance(part, ComprehensionPart) and register in part.variables
            problem = unbound_local(name) if own else unbound_free(name)
            frame.raise_at(leaf, partial(throw, problem))
            return None
    return instruction.inner(frame, registers, instruction)
