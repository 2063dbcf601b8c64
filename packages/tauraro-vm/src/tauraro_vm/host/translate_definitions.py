"""Functions, classes, type parameters."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind, Instruction, Span

from .translate import STORE, Translator, at, translates
from .translate_expressions import built_arguments, plain_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any

    Spans = Iterator[Span]
else:
    import _ast as ast


HAS_TYPE_PARAMS = hasattr(ast, "TypeAlias")


def with_type_params(t: Translator, node: Any) -> None:
    """Hand the type parameters of the scope `t` to the definition in it."""
    if HAS_TYPE_PARAMS:
        node.type_params = t.type_params if t.code.kind is CodeKind.TYPE_PARAMETERS else []


@translates(Op.FUNCTION)
def function(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    index, annotated = i.imm
    span = next(spans)
    values = t.operands(i.src, spans)
    code = t.module.codes[index]
    signature = code.signature
    assert signature is not None
    first_annotation = len(values) - len(annotated)
    annotations = dict(zip(annotated, values[first_annotation:], strict=True))
    keyword_defaults = iter(values[signature.defaults : first_annotation])

    def parameter(name: str) -> ast.arg:
        return at(ast.arg(name, annotations.get(name)), span)

    arguments = ast.arguments(
        [parameter(name) for name in signature.posonly],
        [parameter(name) for name in signature.args],
        None if signature.vararg is None else parameter(signature.vararg),
        [parameter(name) for name in signature.kwonly],
        [next(keyword_defaults) if has else None for has in signature.kwdefaults],
        None if signature.kwarg is None else parameter(signature.kwarg),
        values[: signature.defaults],
    )
    body = Translator(t.module, index).run()
    if code.kind is CodeKind.LAMBDA:
        t.expression(ast.Lambda(arguments, body[0]), dst, span)
        return
    make: Any = ast.AsyncFunctionDef if code.kind is CodeKind.ASYNC else ast.FunctionDef
    node = make(code.name, arguments, body, [], annotations.get("return"))
    with_type_params(t, node)
    t.temps[dst] = at(node, span)


@translates(Op.CLASS)
def class_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    index, names = i.imm
    span = next(spans)
    bases, keywords = plain_arguments(t, i.src, names, spans)
    define_class(t, dst, index, bases, keywords, span)


@translates(Op.CLASS_EX)
def class_ex(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    index, single = i.imm
    span = next(spans)
    bases, keywords = built_arguments(t, i.src, single, spans)
    define_class(t, dst, index, bases, keywords, span)


def define_class(
    t: Translator,
    dst: int,
    index: int,
    bases: list[ast.expr],
    keywords: list[ast.keyword],
    span: Span,
) -> None:
    """The class statement, before its decorators."""
    body = Translator(t.module, index).run()
    make: Any = ast.ClassDef
    node = make(t.module.codes[index].name, bases, keywords, body, [])
    with_type_params(t, node)
    t.temps[dst] = at(node, span)


@translates(Op.DECORATE)
def decorate(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    decorator, definition = t.operands(i.src, spans)
    definition.decorator_list.insert(0, decorator)
    t.temps[dst] = definition


@translates(Op.LAZY)
def lazy(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    (t.temps[dst],) = Translator(t.module, i.imm[0]).run()


@translates(Op.TYPE_PARAMETERS)
def type_parameters(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    values = t.operands(i.src, spans)
    (t.temps[dst],) = Translator(t.module, i.imm[0], values).run()


@translates(Op.TYPE_PARAMETER)
def type_parameter(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    kind, name, bound, default = i.imm
    values = iter(t.operands(i.src, iter(())))
    node = getattr(ast, kind)(name)
    if bound:
        node.bound = next(values)
    elif kind == "TypeVar":
        node.bound = None
    if default:
        node.default_value = next(values)
    t.temps[dst] = at(node, next(spans))


@translates(Op.TYPE_ALIAS)
def type_alias(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    value = t.operand(i.src[0], iter(()))
    make: Any = getattr(ast, "TypeAlias")  # noqa: B009
    name = at(ast.Name(i.imm[0], STORE), next(spans))
    node = make(name, [], value)
    with_type_params(t, node)
    t.temps[dst] = at(node, span)
