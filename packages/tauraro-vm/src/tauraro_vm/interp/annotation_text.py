"""The text of annotations that are not evaluated (PEP 563).

In: a quoted region of a code object. Out: the text that the host's compiler stores for it: the
region is translated to host AST, which the host compiles as an annotation.
"""

from __future__ import annotations
import __future__

import ast
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import (
    BytecodeModule,
    CodeKind,
    CodeObject,
    Instruction,
)

from .own_names import use_own_names

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())


def annotation_text(code: LinkedCode, pc: int) -> Callable[[], str]:
    """A function that gives the text of the annotation quoted at `pc`."""

    @cache
    def text() -> str:
        return text_of(quoted_expression(code, pc))

    return text


def quoted_expression(code: LinkedCode, pc: int) -> ast.expr:
    """The host AST of the annotation quoted at `pc`."""
    import_module("..host.compile", __package__)  # registers the translations
    from ..host.translate import translate_module

    body = code.source.instructions
    end = next(index for index in range(pc, len(body)) if body[index].op is Op.QUOTE_END)
    result = Instruction(Op.RESULT, None, body[end].src, (), body[end].spans)
    expression = CodeObject(
        CodeKind.EVAL,
        code.source.name,
        "",
        None,
        code.source.locals,
        code.source.cells,
        code.source.temps,
        [*body[pc + 1 : end], result],
    )
    module = code.module.source
    tree = translate_module(
        BytecodeModule(
            module.filename, module.source_hash, module.constants, [expression, *module.codes[1:]]
        )
    )
    assert isinstance(tree, ast.Expression)
    return tree.body


def text_of(expression: ast.expr) -> str:
    """What the host stores for an annotation under `from __future__ import annotations`."""
    tree = ast.parse("value: annotation")
    statement = tree.body[0]
    assert isinstance(statement, ast.AnnAssign)
    statement.annotation = expression
    flags = __future__.annotations.compiler_flag
    namespace: dict[str, dict[str, str]] = {}
    exec(compile(tree, "<annotation>", "exec", flags, dont_inherit=True), {}, namespace)
    return namespace["__annotations__"]["value"]
