"""Functions, classes, type parameters (PEP 695, 696)."""

from __future__ import annotations

from ..bind.collect import FunctionNode, arguments_in_order
from ..bytecode.isa import Op
from ..bytecode.module import CodeKind, Signature, Span
from ..bytecode.operands import Role, local
from .expressions import build_arguments, is_plain
from .function import CodeBuilder, lowers, span_of
from .targets import build_quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Sequence
    from typing import Any
else:
    import _ast as ast

Operands = tuple[list[int], list[Span]]


def signature_of(args: ast.arguments) -> Signature:
    """The parameters of a function."""
    return Signature(
        tuple(arg.arg for arg in args.posonlyargs),
        tuple(arg.arg for arg in args.args),
        args.vararg.arg if args.vararg else None,
        tuple(arg.arg for arg in args.kwonlyargs),
        args.kwarg.arg if args.kwarg else None,
        len(args.defaults),
        tuple(default is not None for default in args.kw_defaults),
    )


def defaults_of(args: ast.arguments) -> list[ast.expr]:
    """Default values in evaluation order."""
    return [*args.defaults, *(default for default in args.kw_defaults if default is not None)]


def annotations_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[str, ast.expr]]:
    """Annotations in the host's order of evaluation."""
    args = node.args
    stars = ([args.vararg] if args.vararg else [], [args.kwarg] if args.kwarg else [])
    order = [*args.args, *args.posonlyargs, *stars[0], *args.kwonlyargs, *stars[1]]
    found = [(arg.arg, arg.annotation) for arg in order if arg.annotation is not None]
    return [*found, ("return", node.returns)] if node.returns is not None else found


def build_function(b: CodeBuilder, node: FunctionNode, defaults: Operands) -> int:
    """A function whose default values have been lowered to `defaults`."""
    annotations = [] if isinstance(node, ast.Lambda) else annotations_of(node)
    src, spans = defaults
    if b.module.future_annotations:
        src = [*src, *(build_quoted(b, annotation) for _, annotation in annotations)]
    else:
        more, more_spans = b.operands([annotation for _, annotation in annotations])
        src, spans = [*src, *more], [*spans, *more_spans]
    index = build_body(b, node)
    names = tuple(name for name, _ in annotations)
    return b.emit_value(Op.FUNCTION, src, (index, names), [span_of(node), *spans])


def build_body(b: CodeBuilder, node: FunctionNode) -> int:
    """The function's code object; its index."""
    scope = b.scopes.of(node)
    signature = signature_of(node.args)
    if isinstance(node, ast.Lambda):
        inner = CodeBuilder(b.module, CodeKind.LAMBDA, "<lambda>", scope, signature)
        inner.result(node.body)
    else:
        kind = CodeKind.ASYNC if isinstance(node, ast.AsyncFunctionDef) else CodeKind.FUNCTION
        inner = CodeBuilder(b.module, kind, node.name, scope, signature)
        inner.block(node.body)
    inner.finish()
    return inner.index


def build_defaults(b: CodeBuilder, node: FunctionNode) -> Operands:
    """Default values; temporaries where an annotation that follows could change a local."""
    values = defaults_of(node.args)
    annotated = not isinstance(node, ast.Lambda) and any(
        arg.annotation for arg in arguments_in_order(node.args)
    )
    if annotated or getattr(node, "returns", None) is not None:
        return [b.value(value) for value in values], []
    return b.operands(values)


@lowers(ast.Lambda)
def build_lambda(b: CodeBuilder, node: ast.Lambda) -> int:
    return build_function(b, node, build_defaults(b, node))


@lowers(ast.FunctionDef, ast.AsyncFunctionDef)
def build_function_definition(b: CodeBuilder, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    def define() -> int:
        if not getattr(node, "type_params", None):
            return build_function(b, node, build_defaults(b, node))
        values = defaults_of(node.args)
        src, spans = b.operands(values)
        inner = open_type_parameters(b, node, len(values))
        passed = [local(index) for index in range(len(values))]
        result = build_function(inner, node, (passed, [span_of(value) for value in values]))
        return close_type_parameters(b, inner, node, result, src, spans)

    build_definition(b, node, define)


@lowers(ast.ClassDef)
def build_class_definition(b: CodeBuilder, node: ast.ClassDef) -> None:
    def define() -> int:
        if not getattr(node, "type_params", None):
            return build_class(b, node)
        inner = open_type_parameters(b, node, 0)
        return close_type_parameters(b, inner, node, build_class(inner, node), [], [])

    build_definition(b, node, define)


def build_definition(
    b: CodeBuilder,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    define: Callable[[], int],
) -> None:
    """Decorators, the definition, decoration, the name."""
    decorators = [b.value(decorator) for decorator in node.decorator_list]
    result = define()
    for decorator in reversed(decorators):
        result = b.emit_value(Op.DECORATE, [decorator, result])
    b.store(node.name, result, Role.DEFINE, ())


def build_class(b: CodeBuilder, node: ast.ClassDef) -> int:
    """A class, from its bases to the class object."""
    inner = CodeBuilder(b.module, CodeKind.CLASS, node.name, b.scopes.of(node))
    inner.block(node.body)
    inner.finish()
    keywords = node.keywords
    if is_plain(node.bases, keywords):
        src, spans = b.operands([*node.bases, *(keyword.value for keyword in keywords)])
        names = tuple(keyword.arg for keyword in keywords)
        own = [span_of(node), *(span_of(keyword) for keyword in keywords)]
        return b.emit_value(Op.CLASS, src, (inner.index, names), [*own, *spans])
    src, single, spans = build_arguments(b, node.bases, keywords)
    return b.emit_value(Op.CLASS_EX, src, (inner.index, single), [span_of(node), *spans])


# --- type parameters


def open_type_parameters(b: CodeBuilder, node: Any, defaults: int) -> CodeBuilder:
    """The code object of a type parameter scope, its type parameters made. Its first locals are the
    definition's default values."""
    scope = b.scopes.of(node, "params")
    scope_names = tuple(f".{index}" for index in range(defaults))
    signature = Signature((), scope_names, None, (), None, 0, ())
    name = node.name.id if isinstance(node.name, ast.Name) else node.name
    inner = CodeBuilder(b.module, CodeKind.TYPE_PARAMETERS, name, scope, signature)
    for parameter in node.type_params:
        build_type_parameter(inner, parameter)
    return inner


def close_type_parameters(
    b: CodeBuilder,
    inner: CodeBuilder,
    node: ast.AST,
    result: int,
    src: Sequence[int],
    spans: list[Span],
) -> int:
    """Return the definition from its type parameter scope and call that scope."""
    inner.emit(Op.RETURN, [result], (), [span_of(node)])
    inner.finish()
    return b.emit_value(Op.TYPE_PARAMETERS, src, (inner.index,), spans)


def build_type_parameter(b: CodeBuilder, node: Any) -> None:
    """One type parameter; bound and default are computed when asked for."""
    src = []
    for part in ("bound", "default_value"):
        expression = getattr(node, part, None)
        if expression is not None:
            src.append(build_lazy(b, expression, node, part, node.name))
    bound = getattr(node, "bound", None) is not None
    default = getattr(node, "default_value", None) is not None
    imm = (type(node).__name__, node.name, bound, default)
    result = b.emit_value(Op.TYPE_PARAMETER, src, imm, [span_of(node)])
    b.store(node.name, result, Role.DEFINE, ())


def build_lazy(b: CodeBuilder, expression: ast.expr, node: ast.AST, part: str, name: str) -> int:
    """A lazily evaluated expression."""
    inner = CodeBuilder(b.module, CodeKind.LAZY, name, b.scopes.of(node, part))
    inner.result(expression)
    inner.finish()
    return b.emit_value(Op.LAZY, (), (inner.index,))


def build_type_alias(b: CodeBuilder, node: Any) -> None:
    """`type X[T] = value`."""
    name = node.name.id
    spans = [span_of(node), span_of(node.name)]
    if node.type_params:
        inner = open_type_parameters(b, node, 0)
        value = build_lazy(inner, node.value, node, "value", name)
        alias = inner.emit_value(Op.TYPE_ALIAS, [value], (name,), spans)
        result = close_type_parameters(b, inner, node, alias, [], [])
    else:
        value = build_lazy(b, node.value, node, "value", name)
        result = b.emit_value(Op.TYPE_ALIAS, [value], (name,), spans)
    b.store(name, result, Role.DEFINE, ())


if hasattr(ast, "TypeAlias"):
    lowers(ast.TypeAlias)(build_type_alias)
