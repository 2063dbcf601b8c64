"""What a code generator does, whichever way it is reached."""

from __future__ import annotations

from typing import Protocol

PASSES = ("instruction_combine", "simplify_cfg", "loop_rotate")
"""LLVM's passes for optimize 1. More of them (`sroa`, and the first two a second time) gain nothing
after our own passes, for a tenth of the time that code generation takes; without loop rotation
some loops run 1.15 times as long. No NewGVN: it ends the process with a failed assertion on some
large regions (LLVM 22)."""


class CompileError(Exception):
    """LLVM rejects the text, or it names a symbol that this process does not have."""


class Generator(Protocol):
    """LLVM in this process. All methods may be called on any thread."""

    def object_code(self, text: str, optimize: int) -> bytes:
        """The object file of a module. Raises CompileError."""
        ...
