"""Private name mangling (language reference 6.2.1), as the bytecode's consumers do it."""

from __future__ import annotations

from ..bytecode.names import mangle

__all__ = ["mangle"]
