"""Source text to AST, with the host's own parser, so that every SyntaxError is the host's."""

from __future__ import annotations

import ast
from typing import cast


def parse(source: str | bytes, filename: str, mode: str = "exec") -> ast.mod:
    """The AST of `source`; raises the host's SyntaxError (or ValueError for null bytes, as the host
    does)."""
    flags = ast.PyCF_ONLY_AST
    tree = compile(source, filename, mode, flags, dont_inherit=True)
    return cast(ast.mod, tree)
