"""Kinds of code objects, and what the host calls those of each kind.

In: a linked code object. Out: its name and qualified name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.module import CodeKind

from .own_names import use_own_names

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

FUNCTION_KINDS = frozenset(
    {CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC, CodeKind.GENERATOR_EXPRESSION}
)
ANNOTATION_KINDS = frozenset({CodeKind.TYPE_PARAMETERS, CodeKind.LAZY})
LOCALS_KINDS = frozenset({CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC})
"""Functions whose inner definitions have `<locals>` in their names."""

NAMES = {CodeKind.LAMBDA: "<lambda>", CodeKind.GENERATOR_EXPRESSION: "<genexpr>"}


def own_name(code: LinkedCode) -> str:
    """The code object's name."""
    if code.kind is CodeKind.TYPE_PARAMETERS:
        return f"<generic parameters of {code.source.name}>"
    return NAMES.get(code.kind, code.source.name)


def qualified_name(code: LinkedCode) -> str:
    """The code object's name with those of what encloses it."""
    outer = code.parent
    while outer is not None and outer.kind in ANNOTATION_KINDS:
        outer = outer.parent  # annotation scopes do not show in names
    if outer is None:
        return code.name
    is_named = code.kind in (CodeKind.FUNCTION, CodeKind.ASYNC, CodeKind.CLASS)
    if is_named and outer.mangle(code.name) in outer.global_names:
        return code.name
    parts = [] if outer.parent is None else [outer.qualname]
    if outer.kind in LOCALS_KINDS:
        parts.append("<locals>")
    return ".".join([*parts, *code.within, code.name])
