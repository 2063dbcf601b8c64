"""Source text to AST, with the host's own parser, so that every SyntaxError is the host's."""

from __future__ import annotations

import _ast  # of `ast`, which loads much more, only the types of nodes are needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast


def parse(source: str | bytes, filename: str, mode: str = "exec") -> ast.mod:
    """The AST of `source`; raises the host's SyntaxError (or ValueError for null bytes, as the host
    does)."""
    flags = _ast.PyCF_ONLY_AST
    tree: ast.mod = compile(source, filename, mode, flags, dont_inherit=True)
    return tree
