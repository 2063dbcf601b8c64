"""Simple statements, assertions and imports."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.operands import Role, keep
from .function import CodeBuilder, lowers, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
else:
    import _ast as ast


@lowers(ast.Expr)
def build_expression_statement(b: CodeBuilder, node: ast.Expr) -> None:
    src, spans = b.operands([node.value])
    b.emit(Op.DISCARD, src, (), [span_of(node), *spans])


@lowers(ast.Pass)
def build_pass(b: CodeBuilder, node: ast.Pass) -> None:
    b.emit(Op.NOP, (), (False,), [span_of(node)])


@lowers(ast.Break)
def build_break(b: CodeBuilder, node: ast.Break) -> None:
    b.emit(Op.BREAK, (), (), [span_of(node)])


@lowers(ast.Continue)
def build_continue(b: CodeBuilder, node: ast.Continue) -> None:
    b.emit(Op.CONTINUE, (), (), [span_of(node)])


@lowers(ast.Global, ast.Nonlocal)
def build_declaration(b: CodeBuilder, node: ast.Global | ast.Nonlocal) -> None:
    nonlocal_ = isinstance(node, ast.Nonlocal)
    b.emit(Op.DECLARE, (), (nonlocal_, tuple(node.names)), [span_of(node)])


@lowers(ast.Return)
def build_return(b: CodeBuilder, node: ast.Return) -> None:
    src, spans = b.operands([] if node.value is None else [node.value])
    b.emit(Op.RETURN, src, (), [span_of(node), *spans])


@lowers(ast.Assert)
def build_assert(b: CodeBuilder, node: ast.Assert) -> None:
    src, spans = b.operands([node.test])
    b.emit(Op.ASSERT, src, (), [span_of(node), *spans])
    src, spans = b.operands([] if node.msg is None else [node.msg])
    b.emit(Op.ASSERT_END, src, (), spans)


@lowers(ast.Import)
def build_import(b: CodeBuilder, node: ast.Import) -> None:
    for position, alias in enumerate(node.names):
        more = position < len(node.names) - 1
        module = b.emit_value(
            Op.IMPORT, (), (alias.name, 0, None, more), [] if more else [span_of(node)]
        )
        first, *rest = alias.name.split(".")
        if alias.asname:
            for name in rest:
                module = b.emit_value(Op.IMPORT_SUB, [module], (name,))
        b.store(alias.asname or first, module, Role.IMPORT, ())


@lowers(ast.ImportFrom)
def build_import_from(b: CodeBuilder, node: ast.ImportFrom) -> None:
    names = tuple(alias.name for alias in node.names)
    imm = (node.module or "", node.level, names, False)
    module = b.emit_value(Op.IMPORT, (), imm, [span_of(node)])
    if names == ("*",):
        b.emit(Op.IMPORT_STAR, [module])
        return
    for position, alias in enumerate(node.names):
        last = position == len(names) - 1
        value = b.emit_value(Op.IMPORT_FROM, [module if last else keep(module)], (alias.name,))
        b.store(alias.asname or alias.name, value, Role.IMPORT, ())
