"""Values: constants, operators, displays, calls, value regions, comprehensions."""

from __future__ import annotations

from tauraro_frontend.bytecode.formats import CHOICES
from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span

from .translate import LOAD, STORE, Incoming, Translator, at, position_of, translates

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence
    from typing import Any

    Spans = Iterator[Span]
else:
    import _ast as ast


OPERATORS: dict[str, Any] = {
    name: getattr(ast, name)()
    for choice in ("binary", "unary", "compare", "boolean")
    for name in CHOICES[choice]
}
"""The operator nodes by name; the host's compiler does not mind that they are shared."""


class Arguments(list[ast.expr]):
    """Positional arguments under construction."""


class Keywords(list[ast.keyword]):
    """Keyword arguments under construction."""


# --- names


@translates(Op.LOADK, Op.LOAD)
def load(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.temps[dst] = t.operand(i.src[0], spans)


@translates(Op.LOAD_NAME, Op.LOAD_GLOBAL, Op.LOAD_OUTER_GLOBAL)
def load_name(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.expression(ast.Name(i.imm[0], LOAD), dst, next(spans))


@translates(Op.LOAD_CELL, Op.LOAD_CLASS_CELL, Op.LOAD_OUTER_CELL)
def load_cell(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.expression(ast.Name(t.cell_name(i.imm[0]), LOAD), dst, next(spans))


@translates(Op.MAKE_CELL)
def make_cell(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    """The host makes its cells itself."""


# --- operators


@translates(Op.BINARY)
def binary(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    left, right = t.operands(i.src, spans)
    t.expression(ast.BinOp(left, OPERATORS[i.imm[0]], right), dst, span)


@translates(Op.INPLACE)
def inplace(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    """The target is known only later; until then the left operand stands in for it."""
    span = next(spans)
    left, right = t.operands(i.src, spans)
    t.temps[dst] = at(ast.AugAssign(left, OPERATORS[i.imm[0]], right), span)


@translates(Op.UNARY)
def unary(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.UnaryOp(OPERATORS[i.imm[0]], t.operand(i.src[0], spans)), dst, span)


@translates(Op.COMPARE)
def compare(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    left, right = t.operands(i.src, spans)
    t.expression(ast.Compare(left, [OPERATORS[i.imm[0]]], [right]), dst, span)


@translates(Op.GETATTR)
def getattr_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.Attribute(t.operand(i.src[0], spans), i.imm[0], LOAD), dst, span)


@translates(Op.GETITEM)
def getitem(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    owner, index = t.operands(i.src, spans)
    t.expression(ast.Subscript(owner, index, LOAD), dst, span)


@translates(Op.SLICE)
def slice_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    given = iter(t.operands(i.src, spans))
    parts = [next(given) if i.imm[0] >> bit & 1 else None for bit in range(3)]
    t.expression(ast.Slice(*parts), dst, span)


# --- displays


@translates(Op.BUILD)
def build(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    items = t.operands(i.src, spans)
    kind = i.imm[0]
    if kind == "set":
        t.expression(ast.Set(items), dst, span)
    elif kind == "list":
        t.expression(ast.List(items, LOAD), dst, span)
    else:
        t.expression(ast.Tuple(items, LOAD), dst, span)


@translates(Op.EXTEND)
def extend(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    display, value = t.operands(i.src, spans)
    display.elts.append(at(ast.Starred(value, LOAD), span))


@translates(Op.APPEND)
def append(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    display, value = t.operands(i.src, spans)
    display.elts.append(value)


@translates(Op.TO_TUPLE)
def to_tuple(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    display = t.operand(i.src[0], spans)
    t.expression(ast.Tuple(display.elts, LOAD), dst, position_of(display))


@translates(Op.UNPACK_ONE)
def unpack_one(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.Starred(t.operand(i.src[0], spans), LOAD), dst, span)


@translates(Op.DICT)
def dict_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    parts = t.operands(i.src, spans)
    t.expression(ast.Dict(parts[::2], parts[1::2]), dst, span)


@translates(Op.DICT_UPDATE)
def dict_update(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    display, mapping = t.operands(i.src, spans)
    display.keys.append(None)
    display.values.append(mapping)


@translates(Op.DICT_ADD)
def dict_add(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    display, *parts = t.operands(i.src, spans)
    display.keys += parts[::2]
    display.values += parts[1::2]


@translates(Op.FORMAT)
def format_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    value, *spec = t.operands(i.src, spans)
    t.expression(ast.FormattedValue(value, i.imm[0], spec[0] if spec else None), dst, span)


@translates(Op.CONCAT)
def concat(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.JoinedStr(t.operands(i.src, spans)), dst, span)


# --- calls


def plain_arguments(
    t: Translator, src: Sequence[int], names: Sequence[str], spans: Spans
) -> tuple[list[Any], list[ast.keyword]]:
    """The values of a call without `*` and `**`, and its keywords (the last values)."""
    keyword_spans = [next(spans) for _ in names]
    values = t.operands(src, spans)
    first = len(values) - len(names)
    keywords = [
        at(ast.keyword(name, value), span)
        for name, value, span in zip(names, values[first:], keyword_spans, strict=True)
    ]
    return values[:first], keywords


def built_arguments(
    t: Translator, src: Sequence[int], single: bool, spans: Spans
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """Arguments that ARGS and KWARGS have built; `single`: one starred value."""
    positional, *keywords = t.operands(src, iter(()))
    if single:
        positional = [at(ast.Starred(positional, LOAD), next(spans))]
    return list(positional), list(keywords[0]) if keywords else []


@translates(Op.CALL)
def call(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    values, keywords = plain_arguments(t, i.src, i.imm[0], spans)
    t.expression(ast.Call(values[0], values[1:], keywords), dst, span)


@translates(Op.CALL_EX)
def call_ex(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    positional, keywords = built_arguments(t, i.src[1:], i.imm[0], spans)
    t.expression(ast.Call(t.temps.pop(i.src[0] >> 2), positional, keywords), dst, span)


@translates(Op.ARGS)
def args(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.temps[dst] = Arguments(t.operands(i.src, spans))


@translates(Op.ARGS_EXTEND)
def args_extend(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    arguments, value = t.operands(i.src, spans)
    arguments.append(at(ast.Starred(value, LOAD), span))


@translates(Op.ARGS_APPEND)
def args_append(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    arguments, value = t.operands(i.src, spans)
    arguments.append(value)


@translates(Op.KWARGS)
def kwargs(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.temps[dst] = Keywords()


@translates(Op.KWARGS_ADD)
def kwargs_add(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    (accumulator,), keywords = plain_arguments(t, i.src, i.imm[0], spans)
    accumulator.extend(keywords)


@translates(Op.KWARGS_MERGE)
def kwargs_merge(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    accumulator, mapping = t.operands(i.src, spans)
    accumulator.append(at(ast.keyword(None, mapping), span))


@translates(Op.AWAIT)
def await_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.Await(t.operand(i.src[0], spans)), dst, span)


@translates(Op.YIELD)
def yield_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.Yield(*t.operands(i.src, spans)), dst, span)


@translates(Op.YIELD_FROM)
def yield_from(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    t.expression(ast.YieldFrom(t.operand(i.src[0], spans)), dst, span)


# --- regions that yield a value


@translates(Op.BOOL)
def bool_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.open_region("bool", i.imm[0], next(spans))


@translates(Op.ARM)
def arm(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].parts.append(t.operand(i.src[0], spans))


@translates(Op.BOOL_END)
def bool_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions.pop()
    values = [*region.parts, t.operand(i.src[0], spans)]
    assert region.span is not None
    t.expression(ast.BoolOp(OPERATORS[region.node], values), dst, region.span)


@translates(Op.COND)
def cond(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.open_region("cond", None, next(spans))
    region.parts.append(t.operand(i.src[0], spans))


@translates(Op.COND_ELSE)
def cond_else(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].parts.append(t.operand(i.src[0], spans))


@translates(Op.COND_END)
def cond_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions.pop()
    test, body = region.parts
    assert region.span is not None
    t.expression(ast.IfExp(test, body, t.operand(i.src[0], spans)), dst, region.span)


@translates(Op.CHAIN)
def chain(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.open_region("chain", ast.Compare(ast.Constant(None), [], []), next(spans))


@translates(Op.CHAIN_COMPARE)
def chain_compare(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    node = t.regions[-1].node
    left, right = t.operands(i.src, spans)
    if not node.ops:
        node.left = left
    node.ops.append(OPERATORS[i.imm[0]])
    node.comparators.append(right)


@translates(Op.CHAIN_END)
def chain_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    chain_compare(t, dst, i, spans)
    region = t.regions.pop()
    assert region.span is not None
    t.expression(region.node, dst, region.span)


@translates(Op.QUOTE)
def quote(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    """An annotation that is not evaluated is an expression like any other here."""


@translates(Op.QUOTE_END)
def quote_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.temps[dst] = t.operand(i.src[0], spans)


# --- comprehensions


@translates(Op.COMP)
def comp(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    kind, is_async = i.imm
    region = t.open_region("comp", kind, next(spans))
    add_loop(t, dst, t.operand(i.src[0], spans), is_async)
    assert region.parts


@translates(Op.COMP_FOR)
def comp_for(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    add_loop(t, dst, t.operand(i.src[0], spans), i.imm[0])


def add_loop(t: Translator, dst: int, iterable: ast.expr, is_async: bool) -> None:
    """One more `for` of the innermost comprehension; its target comes with the item's store."""
    target: Any = ast.Name("_", STORE)
    loop = ast.comprehension(target, iterable, [], int(is_async))
    t.regions[-1].parts.append(loop)
    t.temps[dst] = Incoming(lambda node: setattr(loop, "target", node))


@translates(Op.COMP_IF)
def comp_if(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].parts[-1].ifs.append(t.operand(i.src[0], spans))


@translates(Op.COMP_YIELD)
def comp_yield(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].subject = t.operands(i.src, spans)


@translates(Op.COMP_END)
def comp_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions.pop()
    types = {
        "list": ast.ListComp,
        "set": ast.SetComp,
        "dict": ast.DictComp,
        "generator": ast.GeneratorExp,
    }
    make: Any = types[region.node]
    assert region.span is not None
    node = at(make(*region.subject, region.parts), region.span)
    if region.node == "generator":
        t.out.append(node)
    else:
        t.temps[dst] = node


@translates(Op.GENERATOR)
def generator(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    next(spans)
    iterable = t.operand(i.src[0], spans)
    (t.temps[dst],) = Translator(t.module, i.imm[0], [iterable]).run()
