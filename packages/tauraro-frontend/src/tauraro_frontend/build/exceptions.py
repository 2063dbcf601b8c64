"""raise and try."""

from __future__ import annotations

from ..bytecode.isa import Op
from .function import CodeBuilder, lowers, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
else:
    import _ast as ast


@lowers(ast.Raise)
def build_raise(b: CodeBuilder, node: ast.Raise) -> None:
    src, spans = b.operands([part for part in (node.exc, node.cause) if part is not None])
    b.emit(Op.RAISE, src, (), [span_of(node), *spans])


@lowers(ast.Try, ast.TryStar)
def build_try(b: CodeBuilder, node: ast.Try | ast.TryStar) -> None:
    b.emit(Op.TRY, (), (isinstance(node, ast.TryStar),), [span_of(node)])
    b.block(node.body)
    for handler in node.handlers:
        b.emit(Op.HANDLER)
        src, spans = b.operands([] if handler.type is None else [handler.type])
        name = b.variable(handler.name) if handler.name else None
        b.emit(Op.EXCEPT, src, (name,), [span_of(handler), *spans])
        b.block(handler.body)
    if node.orelse:
        b.emit(Op.ELSE)
        b.block(node.orelse)
    if node.finalbody:
        b.emit(Op.FINALLY)
        b.block(node.finalbody)
    b.emit(Op.END)
