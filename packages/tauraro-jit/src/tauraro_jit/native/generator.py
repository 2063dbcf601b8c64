"""What a code generator does, whichever way it is reached."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object

PASSES = ("instruction_combine", "simplify_cfg", "loop_rotate")
"""LLVM's passes for optimize 1. More of them (`sroa`, and the first two a second time) gain nothing
after our own passes, for a tenth of the time that code generation takes; without loop rotation
some loops run 1.15 times as long. No NewGVN: it ends the process with a failed assertion on some
large regions (LLVM 22)."""


CODE_OPTIONS = ("disable-lsr",)
"""Switches of LLVM's code generator that are on while code for optimize 1 is generated. Loop
strength reduction takes a tenth of the time, and loops whose iterations test and poll gain nothing
by it. They belong to the process: they are off again when the code is there, for others who use
LLVM."""


class CompileError(Exception):
    """LLVM rejects the text, or it names a symbol that this process does not have."""


class Generator(Protocol):
    """LLVM in this process. All methods may be called on any thread."""

    def object_code(self, text: str, optimize: int) -> bytes:
        """The object file of a module. Raises CompileError."""
