"""Local variables that may have been changed through a frame's `f_locals`, which writes through
from 3.13 on: it writes into the cells that show the variables.

In: the first time that a program asks a frame for `f_locals`. Out: from then on, frames take their
local variables from the cells each time they go on. (What code outside the VM writes before that is
not seen.)
"""

from __future__ import annotations

import sys
from types import CellType
from typing import TYPE_CHECKING, Any

from .instruction import UNBOUND
from .own_names import use_own_names

if TYPE_CHECKING:
    from .frame import Frame

use_own_names(globals())

ATTRIBUTE = "f_locals"

WRITES_THROUGH = sys.version_info >= (3, 13)

asked: list[bool] = []
"""Not empty once a program has asked."""


def note_asked() -> None:
    """A program asks for some frame's variables."""
    if WRITES_THROUGH and not asked:
        asked.append(True)


def take_written(frame: Frame) -> None:
    """Bring the local variables up to date, but for the one that the answer is for."""
    registers = frame.registers
    answered = frame.current.dst
    for local, cell in frame.code.shown:
        if local != answered:
            registers[local] = content_of(registers[cell])


def content_of(cell: CellType) -> Any:
    """What is in a cell, or UNBOUND."""
    try:
        return cell.cell_contents
    except ValueError:
        return UNBOUND
