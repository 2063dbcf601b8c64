"""Compound statements that choose, repeat and guard: if, while, for, with."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.operands import Role
from .function import CodeBuilder, lowers, span_of
from .targets import build_target

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
else:
    import _ast as ast


def build_else(b: CodeBuilder, body: list[ast.stmt]) -> None:
    """The optional else part, and the end of the region."""
    if body:
        b.emit(Op.ELSE)
        b.block(body)
    b.emit(Op.END)


@lowers(ast.If)
def build_if(b: CodeBuilder, node: ast.If) -> None:
    src, spans = b.operands([node.test])
    b.emit(Op.IF, src, (), [span_of(node), *spans])
    b.block(node.body)
    build_else(b, node.orelse)


@lowers(ast.While)
def build_while(b: CodeBuilder, node: ast.While) -> None:
    b.emit(Op.LOOP, (), (), [span_of(node)])
    src, spans = b.operands([node.test])
    b.emit(Op.LOOP_TEST, src, (), spans)
    b.block(node.body)
    build_else(b, node.orelse)


@lowers(ast.For, ast.AsyncFor)
def build_for(b: CodeBuilder, node: ast.For | ast.AsyncFor) -> None:
    src, spans = b.operands([node.iter])
    is_async = isinstance(node, ast.AsyncFor)
    item = b.emit_value(Op.FOR, src, (is_async,), [span_of(node), *spans])
    build_target(b, node.target, item, Role.TARGET)
    b.block(node.body)
    build_else(b, node.orelse)


@lowers(ast.With, ast.AsyncWith)
def build_with(b: CodeBuilder, node: ast.With | ast.AsyncWith) -> None:
    is_async = isinstance(node, ast.AsyncWith)
    for position, item in enumerate(node.items):
        src, spans = b.operands([item.context_expr])
        imm = (is_async, position > 0)
        own = [] if position else [span_of(node)]
        if item.optional_vars is None:
            b.emit(Op.WITH, src, imm, [*own, *spans])
        else:
            value = b.emit_value(Op.WITH, src, imm, [*own, *spans])
            build_target(b, item.optional_vars, value, Role.TARGET)
    b.block(node.body)
    for _ in node.items:
        b.emit(Op.END)
