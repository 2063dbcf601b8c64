"""The whole frontend in order: text -> AST -> scopes -> bytecode module -> `.tbc` bytes."""

from __future__ import annotations

import _imp  # `importlib.util`, which wraps it, loads much more
from _frozen_importlib_external import MAGIC_NUMBER

from .astree.parse import parse
from .build import build_tree
from .bytecode.depth import DeepRecursion
from .bytecode.encode import encode_module
from .bytecode.module import BytecodeModule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from typing import Any, Protocol
else:
    Protocol = object

HASH_KEY = int.from_bytes(MAGIC_NUMBER, "little")
"""As `.pyc` files have it."""


class Frontend(Protocol):
    """What the VM needs of a compiler: source in, `.tbc` bytes out."""

    def compile(self, source: str | bytes, filename: str) -> bytes:
        """The bytecode of a module. Raises SyntaxError, ValueError, RecursionError or MemoryError
        as the host's `compile` would."""


class HostFrontend:
    """The frontend for the running host's grammar."""

    def compile(self, source: str | bytes, filename: str) -> bytes:
        """See `Frontend.compile`."""
        return encode_module(build_checked(source, filename))


def build_module(source: str | bytes, filename: str, mode: str = "exec") -> BytecodeModule:
    """The bytecode module of `source`; `mode` as for the built-in `compile`.

    Raises the host's errors for what is not grammatical. What is grammatical and no program all
    the same, such as `return` outside of a function, is for the host's compiler to tell, when it
    gets tier 1's tree; or for `build_checked`. Raises ValueError or TypeError for what of that
    has no bytecode.
    """
    tree = parse(source, filename, mode)
    with DeepRecursion():
        return build_tree(tree, filename, source_hash(source))


def build_checked(source: str | bytes, filename: str, mode: str = "exec") -> BytecodeModule:
    """As `build_module`, for bytecode to keep: raises whatever the host's `compile` would."""
    tree: Any = parse(source, filename, mode)
    with DeepRecursion():
        compile(tree, filename, mode, dont_inherit=True)  # of the tree: warnings come once
        return build_tree(tree, filename, source_hash(source))


def compile_source(source: str | bytes, filename: str, mode: str = "exec") -> bytes:
    """The `.tbc` bytes of `source`."""
    return encode_module(build_module(source, filename, mode))


def compile_tree(tree: ast.Module, filename: str) -> bytes:
    """The `.tbc` bytes of a tree that was not parsed here, such as one with rewritten assertions.

    Ends that such a tree does not give are where the host's `compile` sees them: at the beginning.
    """
    from ast import walk

    for node in walk(tree):
        if hasattr(node, "lineno"):
            located: Any = node
            if located.end_lineno is None:
                located.end_lineno = located.lineno
            if located.end_col_offset is None:
                located.end_col_offset = located.col_offset
    with DeepRecursion():
        module = build_tree(tree, filename, bytes(8))
    return encode_module(module)


def source_hash(source: str | bytes) -> bytes:
    """Eight bytes that change with the source: the hash of hash-based `.pyc` files (PEP 552)."""
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    return _imp.source_hash(HASH_KEY, data)
