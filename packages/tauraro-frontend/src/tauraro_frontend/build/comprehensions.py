"""Comprehensions (regions of the enclosing code object) and generator expressions (code
objects)."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.module import CodeKind, Signature
from ..bytecode.operands import Role, local
from .function import CodeBuilder, lowers, span_of
from .targets import build_target

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
else:
    import _ast as ast

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@lowers(ast.ListComp, ast.SetComp, ast.DictComp)
def build_comprehension(b: CodeBuilder, node: ast.ListComp | ast.SetComp | ast.DictComp) -> int:
    kind = type(node).__name__.removesuffix("Comp").lower()
    first = node.generators[0]
    src, spans = b.operands([first.iter])
    outer = b.scope
    b.scope = b.scopes.of(node)
    for cell in b.scope.own_cells():
        b.emit(Op.MAKE_CELL, (), (cell,))
    item = b.emit_value(Op.COMP, src, (kind, bool(first.is_async)), [span_of(node), *spans])
    build_loops(b, node, item)
    b.scope = outer
    return b.emit_value(Op.COMP_END)


@lowers(ast.GeneratorExp)
def build_generator(b: CodeBuilder, node: ast.GeneratorExp) -> int:
    span = span_of(node)
    src, spans = b.operands([node.generators[0].iter])
    signature = Signature((), (".0",), None, (), None, 0, ())
    scope = b.scopes.of(node)
    inner = CodeBuilder(b.module, CodeKind.GENERATOR_EXPRESSION, "<genexpr>", scope, signature)
    is_async = bool(node.generators[0].is_async)
    item = inner.emit_value(Op.COMP, [local(0)], ("generator", is_async), [span, span])
    build_loops(inner, node, item)
    inner.emit(Op.COMP_END)
    inner.finish()
    return b.emit_value(Op.GENERATOR, src, (inner.index,), [span, *spans])


def build_loops(b: CodeBuilder, node: Comprehension, item: int) -> None:
    """The loops, conditions and the element; `item` is the first loop's item."""
    for position, generator in enumerate(node.generators):
        if position:
            src, spans = b.operands([generator.iter])
            item = b.emit_value(Op.COMP_FOR, src, (bool(generator.is_async),), spans)
        build_target(b, generator.target, item, Role.TARGET)
        for condition in generator.ifs:
            src, spans = b.operands([condition])
            b.emit(Op.COMP_IF, src, (), spans)
    element = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    src, spans = b.operands(element)
    b.emit(Op.COMP_YIELD, src, (), spans)
