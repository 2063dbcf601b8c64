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

    def link(self, code: bytes, name: str) -> int:
        """Load an object file; the address of its function `name`, 0 if it has none."""
        ...

    def has_symbol(self, name: str) -> bool:
        """Whether the linker can find a function or variable."""
        ...

    def add_symbol(self, name: str, address: int) -> None:
        """Tell the linker where a function or variable is."""
        ...
