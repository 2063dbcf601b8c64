"""Expressions: operators, displays, calls, and the regions that yield a value."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.module import Span
from ..bytecode.operands import Role, keep
from .function import CodeBuilder, lowers, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from typing import Any
else:
    import _ast as ast


@lowers(ast.Constant)
def build_constant(b: CodeBuilder, node: ast.Constant) -> int:
    operand = b.leaf(node)
    assert operand is not None
    return b.emit_value(Op.LOADK, [operand], (), [span_of(node)])


@lowers(ast.Name)
def build_name(b: CodeBuilder, node: ast.Name) -> int:
    return b.load(node.id, span_of(node))


def emit_simple(
    b: CodeBuilder, op: Op, node: ast.expr, parts: Sequence[ast.expr], *imm: Any
) -> int:
    """An instruction that reads `parts` and carries the spans `self leaves`."""
    src, spans = b.operands(parts)
    return b.emit_value(op, src, imm, [span_of(node), *spans])


@lowers(ast.BinOp)
def build_binary(b: CodeBuilder, node: ast.BinOp) -> int:
    return emit_simple(b, Op.BINARY, node, [node.left, node.right], type(node.op).__name__)


@lowers(ast.UnaryOp)
def build_unary(b: CodeBuilder, node: ast.UnaryOp) -> int:
    return emit_simple(b, Op.UNARY, node, [node.operand], type(node.op).__name__)


@lowers(ast.Compare)
def build_compare(b: CodeBuilder, node: ast.Compare) -> int:
    if len(node.ops) == 1:
        operator = type(node.ops[0]).__name__
        return emit_simple(b, Op.COMPARE, node, [node.left, node.comparators[0]], operator)
    left = b.value(node.left)
    right = b.value(node.comparators[0])
    b.emit(Op.CHAIN, (), (), [span_of(node)])
    for comparison, following in zip(node.ops, node.comparators[1:], strict=False):
        b.emit(Op.CHAIN_COMPARE, [left, keep(right)], (type(comparison).__name__,))
        left, right = right, b.value(following)
    return b.emit_value(Op.CHAIN_END, [left, right], (type(node.ops[-1]).__name__,))


@lowers(ast.BoolOp)
def build_boolean(b: CodeBuilder, node: ast.BoolOp) -> int:
    b.emit(Op.BOOL, (), (type(node.op).__name__,), [span_of(node)])
    for value in node.values[:-1]:
        src, spans = b.operands([value])
        b.emit(Op.ARM, src, (), spans)
    src, spans = b.operands([node.values[-1]])
    return b.emit_value(Op.BOOL_END, src, (), spans)


@lowers(ast.IfExp)
def build_conditional(b: CodeBuilder, node: ast.IfExp) -> int:
    src, spans = b.operands([node.test])
    b.emit(Op.COND, src, (), [span_of(node), *spans])
    src, spans = b.operands([node.body])
    b.emit(Op.COND_ELSE, src, (), spans)
    src, spans = b.operands([node.orelse])
    return b.emit_value(Op.COND_END, src, (), spans)


@lowers(ast.Attribute)
def build_attribute(b: CodeBuilder, node: ast.Attribute) -> int:
    return emit_simple(b, Op.GETATTR, node, [node.value], node.attr)


@lowers(ast.Subscript)
def build_subscript(b: CodeBuilder, node: ast.Subscript) -> int:
    return emit_simple(b, Op.GETITEM, node, [node.value, node.slice])


@lowers(ast.Slice)
def build_slice(b: CodeBuilder, node: ast.Slice) -> int:
    parts = [node.lower, node.upper, node.step]
    mask = sum(1 << position for position, part in enumerate(parts) if part is not None)
    return emit_simple(b, Op.SLICE, node, [part for part in parts if part is not None], mask)


# --- displays


def first_starred(nodes: Sequence[ast.expr]) -> int:
    """The position of the first starred element, or the number of elements."""
    return next((i for i, node in enumerate(nodes) if type(node) is ast.Starred), len(nodes))


@lowers(ast.List, ast.Tuple, ast.Set)
def build_display(b: CodeBuilder, node: ast.List | ast.Tuple | ast.Set) -> int:
    kind = type(node).__name__.lower()
    start = first_starred(node.elts)
    if start == len(node.elts):
        return emit_simple(b, Op.BUILD, node, node.elts, kind)
    growing = "growing_tuple" if kind == "tuple" else kind
    display = emit_simple(b, Op.BUILD, node, node.elts[:start], growing)
    for element in node.elts[start:]:
        if isinstance(element, ast.Starred):
            src, spans = b.operands([element.value])
            b.emit(Op.EXTEND, [keep(display), *src], (), [span_of(element), *spans])
        else:
            src, spans = b.operands([element])
            b.emit(Op.APPEND, [keep(display), *src], (), spans)
    if kind == "tuple":
        return b.emit_value(Op.TO_TUPLE, [display])
    return display


@lowers(ast.Starred)
def build_starred(b: CodeBuilder, node: ast.Starred) -> int:
    """Only reached for `*args: *Ts`: other starred elements belong to their display or call."""
    return emit_simple(b, Op.UNPACK_ONE, node, [node.value])


@lowers(ast.Dict)
def build_dict(b: CodeBuilder, node: ast.Dict) -> int:
    count = len(node.keys)
    start = next((i for i, key in enumerate(node.keys) if key is None), count)
    display = emit_simple(b, Op.DICT, node, dict_pairs(node, 0, start))
    while start < count:
        if node.keys[start] is None:
            src, spans = b.operands([node.values[start]])
            b.emit(Op.DICT_UPDATE, [keep(display), *src], (), spans)
            start += 1
            continue
        end = next((i for i in range(start, count) if node.keys[i] is None), count)
        src, spans = b.operands(dict_pairs(node, start, end))
        b.emit(Op.DICT_ADD, [keep(display), *src], (), spans)
        start = end
    return display


def dict_pairs(node: ast.Dict, start: int, end: int) -> list[ast.expr]:
    """Keys and values in evaluation order."""
    pairs = zip(node.keys[start:end], node.values[start:end], strict=True)
    return [part for key, value in pairs if key is not None for part in (key, value)]


# --- f-strings


@lowers(ast.JoinedStr)
def build_joined(b: CodeBuilder, node: ast.JoinedStr) -> int:
    return emit_simple(b, Op.CONCAT, node, node.values)


@lowers(ast.FormattedValue)
def build_formatted(b: CodeBuilder, node: ast.FormattedValue) -> int:
    parts = [node.value] if node.format_spec is None else [node.value, node.format_spec]
    return emit_simple(b, Op.FORMAT, node, parts, node.conversion)


# --- calls


@lowers(ast.Call)
def build_call(b: CodeBuilder, node: ast.Call) -> int:
    keywords = node.keywords
    if is_plain(node.args, keywords):
        values = [node.func, *node.args, *(keyword.value for keyword in keywords)]
        src, spans = b.operands(values)
        names = tuple(keyword.arg for keyword in keywords)
        own = [span_of(node), *(span_of(keyword) for keyword in keywords)]
        return b.emit_value(Op.CALL, src, (names,), [*own, *spans])
    function = b.value(node.func)
    src, single, spans = build_arguments(b, node.args, keywords)
    return b.emit_value(Op.CALL_EX, [function, *src], (single,), [span_of(node), *spans])


def is_plain(args: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> bool:
    """Whether a call has neither `*` nor `**`."""
    return all(keyword.arg is not None for keyword in keywords) and first_starred(args) == len(args)


def build_arguments(
    b: CodeBuilder, args: Sequence[ast.expr], keywords: Sequence[ast.keyword]
) -> tuple[list[int], bool, list[Span]]:
    """The arguments of a call or class with `*` or `**`: operands, whether the positional ones are
    a single starred value, and that one's span."""
    single = len(args) == 1 and isinstance(args[0], ast.Starred)
    if single:
        assert isinstance(args[0], ast.Starred)
        positional = b.value(args[0].value)
        own = [span_of(args[0])]
    else:
        own = []
        start = first_starred(args)
        src, spans = b.operands(args[:start])
        positional = b.emit_value(Op.ARGS, src, (), spans)
        for argument in args[start:]:
            if isinstance(argument, ast.Starred):
                src, spans = b.operands([argument.value])
                b.emit(Op.ARGS_EXTEND, [keep(positional), *src], (), [span_of(argument), *spans])
            else:
                src, spans = b.operands([argument])
                b.emit(Op.ARGS_APPEND, [keep(positional), *src], (), spans)
    if not keywords:
        return [positional], single, own
    return [positional, build_keywords(b, keywords)], single, own


def build_keywords(b: CodeBuilder, keywords: Sequence[ast.keyword]) -> int:
    """The keyword arguments of a call with `*` or `**`, in order."""
    accumulator = b.emit_value(Op.KWARGS)
    start = 0
    while start < len(keywords):
        keyword = keywords[start]
        if keyword.arg is None:
            src, spans = b.operands([keyword.value])
            b.emit(Op.KWARGS_MERGE, [keep(accumulator), *src], (), [span_of(keyword), *spans])
            start += 1
            continue
        end = next(
            (i for i in range(start, len(keywords)) if keywords[i].arg is None), len(keywords)
        )
        run = keywords[start:end]
        src, spans = b.operands([keyword.value for keyword in run])
        names = tuple(keyword.arg for keyword in run)
        own = [span_of(keyword) for keyword in run]
        b.emit(Op.KWARGS_ADD, [keep(accumulator), *src], (names,), [*own, *spans])
        start = end
    return accumulator


@lowers(ast.Await)
def build_await(b: CodeBuilder, node: ast.Await) -> int:
    return emit_simple(b, Op.AWAIT, node, [node.value])


@lowers(ast.Yield)
def build_yield(b: CodeBuilder, node: ast.Yield) -> int:
    return emit_simple(b, Op.YIELD, node, [] if node.value is None else [node.value])


@lowers(ast.YieldFrom)
def build_yield_from(b: CodeBuilder, node: ast.YieldFrom) -> int:
    return emit_simple(b, Op.YIELD_FROM, node, [node.value])


@lowers(ast.NamedExpr)
def build_walrus(b: CodeBuilder, node: ast.NamedExpr) -> int:
    value = b.value(node.value)
    b.store(node.target.id, keep(value), Role.WALRUS, [span_of(node), span_of(node.target)])
    return value
