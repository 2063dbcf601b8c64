"""What a code generator does, whichever way it is reached."""

from __future__ import annotations

from typing import Protocol


class CompileError(Exception):
    """LLVM rejects the text, or it names a symbol that this process does not have."""


class Generator(Protocol):
    """LLVM in this process. All methods may be called on any thread."""

    def object_code(self, text: str, optimize: int) -> bytes:
        """The object file of a module. Raises CompileError."""
        ...
