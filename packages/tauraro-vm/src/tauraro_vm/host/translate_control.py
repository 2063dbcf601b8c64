"""Simple statements, statement regions, imports."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span

from .translate import STORE, Incoming, Translator, at, translates

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any

    Spans = Iterator[Span]
else:
    import _ast as ast


@translates(Op.DISCARD)
def discard(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.out.append(at(ast.Expr(t.operand(i.src[0], spans)), span))


@translates(Op.BREAK)
def break_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.out.append(at(ast.Break(), next(spans)))


@translates(Op.CONTINUE)
def continue_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.out.append(at(ast.Continue(), next(spans)))


@translates(Op.DECLARE)
def declare(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    nonlocal_, names = i.imm
    make: Any = ast.Nonlocal if nonlocal_ else ast.Global
    t.out.append(at(make(list(names)), next(spans)))


@translates(Op.RETURN)
def return_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    value = t.operands(i.src, spans)
    if value and isinstance(value[0], ast.stmt):  # a type parameter scope returns its definition
        t.out.append(value[0])
    else:
        t.out.append(at(ast.Return(value[0] if value else None), span))


@translates(Op.RESULT)
def result(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.out.append(t.operand(i.src[0], spans))


@translates(Op.RAISE)
def raise_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.out.append(at(ast.Raise(*t.operands(i.src, spans)), span))


@translates(Op.ASSERT)
def assert_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.open_region("assert", None, next(spans))
    region.subject = t.operand(i.src[0], spans)


@translates(Op.ASSERT_END)
def assert_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions.pop()
    message = t.operands(i.src, spans)
    assert region.span is not None
    t.out.append(at(ast.Assert(region.subject, message[0] if message else None), region.span))


# --- regions


def open_body(t: Translator, kind: str, node: Any) -> None:
    """A statement whose body follows."""
    t.out.append(node)
    t.open_region(kind, node)
    node.body = t.open_suite()


@translates(Op.IF)
def if_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    open_body(t, "if", at(ast.If(t.operand(i.src[0], spans), [], []), span))


@translates(Op.LOOP)
def loop(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.open_region("loop", None, next(spans))


@translates(Op.LOOP_TEST)
def loop_test(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions[-1]
    assert region.span is not None
    region.node = at(ast.While(t.operand(i.src[0], spans), [], []), region.span)
    t.out.append(region.node)
    region.node.body = t.open_suite()


@translates(Op.FOR)
def for_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    make: Any = ast.AsyncFor if i.imm[0] else ast.For
    target = ast.Name("_", STORE)
    node = at(make(target, t.operand(i.src[0], spans), [], []), span)
    open_body(t, "for", node)
    t.temps[dst] = Incoming(lambda stored: setattr(node, "target", stored))


@translates(Op.WITH)
def with_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    is_async, more = i.imm
    span = None if more else next(spans)
    item = ast.withitem(t.operand(i.src[0], spans), None)
    if span is None:
        region = t.regions[-1]
        region.node.items.append(item)
        region.parts.append(item)
    else:
        make: Any = ast.AsyncWith if is_async else ast.With
        open_body(t, "with", at(make([item], []), span))
    if i.dst is not None:
        t.temps[dst] = Incoming(lambda stored: setattr(item, "optional_vars", stored))


@translates(Op.ELSE)
def else_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.close_suite()
    t.regions[-1].node.orelse = t.open_suite()


@translates(Op.END)
def end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions[-1]
    if region.kind == "with" and region.parts:  # one END for each item
        region.parts.pop()
        return
    t.regions.pop()
    if region.kind == "match":
        t.temps.pop(region.subject)
        if not region.node.cases:
            return
    t.close_suite()


@translates(Op.TRY)
def try_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    make: Any = ast.TryStar if i.imm[0] else ast.Try
    open_body(t, "try", at(make([], [], [], []), next(spans)))


@translates(Op.HANDLER)
def handler(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.close_suite()
    t.open_suite()


@translates(Op.EXCEPT)
def except_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    match = t.operands(i.src, spans)
    name = t.variable_name(i.imm[0])
    node = at(ast.ExceptHandler(match[0] if match else None, name, t.out), span)
    t.regions[-1].node.handlers.append(node)


@translates(Op.FINALLY)
def finally_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.close_suite()
    t.regions[-1].node.finalbody = t.open_suite()


# --- imports


class Import:
    """A module on its way to a name: `import a.b [as c]`, or the module of `from a import ...`."""

    def __init__(self, module: str, level: int, more: bool, span: Span | None) -> None:
        self.module = module
        self.level = level
        self.more = more
        self.span = span
        self.aliases: list[ast.alias] = []

    def bind(self, t: Translator, name: str) -> None:
        """`import module as name`; without `as` if that binds the same name."""
        same = self.module == name or self.module.startswith(f"{name}.")
        t.imported.append(ast.alias(self.module, None if same and not self.aliases else name))
        if not self.more:
            assert self.span is not None
            names = [at(alias, self.span) for alias in t.imported]
            t.out.append(at(ast.Import(names), self.span))
            t.imported = []


class ImportedName:
    """`name` of a `from` import on its way to a variable; `last`: it ends the statement."""

    def __init__(self, statement: Import, name: str, last: bool) -> None:
        self.statement = statement
        self.name = name
        self.last = last

    def bind(self, t: Translator, name: str) -> None:
        """`from module import self.name as name`."""
        statement = self.statement
        statement.aliases.append(ast.alias(self.name, None if name == self.name else name))
        if self.last:
            close_from(t, statement)


def close_from(t: Translator, statement: Import) -> None:
    """Finish a `from` import."""
    span = statement.span
    assert span is not None
    names = [at(alias, span) for alias in statement.aliases]
    t.out.append(at(ast.ImportFrom(statement.module or None, names, statement.level), span))


@translates(Op.IMPORT)
def import_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    module, level, _, more = i.imm
    t.temps[dst] = Import(module, level, more, None if more else next(spans))


@translates(Op.IMPORT_SUB)
def import_sub(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    """`import a.b as a` binds a.b, not a: the alias is written even if the names agree."""
    statement = t.temps.pop(i.src[0] >> 2)
    statement.aliases = [ast.alias(i.imm[0], None)]
    t.temps[dst] = statement


@translates(Op.IMPORT_FROM)
def import_from(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    src = i.src[0]
    statement = t.operand(src, spans)
    t.temps[dst] = ImportedName(statement, i.imm[0], last=src & 3 == 0)


@translates(Op.IMPORT_STAR)
def import_star(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    statement = t.temps.pop(i.src[0] >> 2)
    statement.aliases = [ast.alias("*", None)]
    close_from(t, statement)
