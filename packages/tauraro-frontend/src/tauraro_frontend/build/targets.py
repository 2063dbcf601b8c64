"""Targets: assignment, augmented assignment, annotation, deletion."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.module import CodeKind, Span
from ..bytecode.operands import Role, is_leaf, keep, local, temp
from ..bytecode.operands import Scope as Storage
from .function import CodeBuilder, lowers, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
else:
    import _ast as ast


def build_target(
    b: CodeBuilder, target: ast.expr, src: int, role: Role, before: Sequence[Span] = ()
) -> None:
    """Store the value `src` into a target. `before` holds the statement's span if the role asks for
    it, and the value's if `src` is a leaf."""
    spans = [*before, span_of(target)]
    if isinstance(target, ast.Name):
        b.store(target.id, src, role, spans)
    elif isinstance(target, ast.Attribute):
        operands, leaves = b.operands([target.value])
        b.emit(Op.SETATTR, [src, *operands], (target.attr, role), [*spans, *leaves])
    elif isinstance(target, ast.Subscript):
        operands, leaves = b.operands([target.value, target.slice])
        b.emit(Op.SETITEM, [src, *operands], (role,), [*spans, *leaves])
    elif isinstance(target, (ast.Tuple, ast.List)):
        build_unpacking(b, target.elts, src, role, spans)
    else:
        raise TypeError(f"{type(target).__name__} is no target")


def build_unpacking(
    b: CodeBuilder, elements: Sequence[ast.expr], src: int, role: Role, spans: list[Span]
) -> None:
    """Unpack `src` into consecutive temporaries, then store each."""
    count = len(elements)
    stars = [i for i, element in enumerate(elements) if type(element) is ast.Starred]
    if len(stars) > 1:
        raise ValueError("an unpacking has one starred target at most")
    star = stars[0] if stars else None
    if star is not None:
        spans = [*spans, span_of(elements[star])]
    base = b.emit_row(Op.UNPACK, count, [src], (count, star, role), spans)
    for position, element in enumerate(elements):
        target = element.value if isinstance(element, ast.Starred) else element
        build_target(b, target, temp(base + position), Role.TARGET)


def is_simple(b: CodeBuilder, target: ast.expr) -> bool:
    """Whether storing into the target evaluates nothing but leaves: then the value may stay a leaf
    too."""
    if isinstance(target, ast.Attribute):
        return b.leaf(target.value) is not None
    if isinstance(target, ast.Subscript):
        return b.leaf(target.value) is not None and b.leaf(target.slice) is not None
    return True


@lowers(ast.Assign)
def build_assign(b: CodeBuilder, node: ast.Assign) -> None:
    leaf = b.leaf(node.value)
    if len(node.targets) == 1 and leaf is not None and is_simple(b, node.targets[0]):
        build_target(b, node.targets[0], leaf, Role.ASSIGN, [span_of(node), span_of(node.value)])
        return
    value = b.value(node.value)
    for target in node.targets[:-1]:
        build_target(b, target, keep(value), Role.TARGET)
    build_target(b, node.targets[-1], value, Role.ASSIGN, [span_of(node)])


@lowers(ast.AugAssign)
def build_augmented(b: CodeBuilder, node: ast.AugAssign) -> None:
    target = node.target
    operator = (type(node.op).__name__,)
    if isinstance(target, ast.Name):
        name = ast.Name(
            target.id,
            ast.Load(),
            lineno=target.lineno,
            col_offset=target.col_offset,
            end_lineno=target.end_lineno,
            end_col_offset=target.end_col_offset,
        )
        src, spans = b.operands([name, node.value])
        result = b.emit_value(Op.INPLACE, src, operator, [span_of(node), *spans])
        b.store(target.id, result, Role.AUGMENT, ())
        return
    owner = b.value(target.value)
    if isinstance(target, ast.Attribute):
        place = [owner]
        old = b.emit_value(Op.GETATTR, [keep(owner)], (target.attr,), [span_of(target)])
    else:
        index = b.value(target.slice)
        place = [owner, index]
        old = b.emit_value(Op.GETITEM, [keep(owner), keep(index)], (), [span_of(target)])
    src, spans = b.operands([node.value])
    result = b.emit_value(Op.INPLACE, [old, *src], operator, [span_of(node), *spans])
    if isinstance(target, ast.Attribute):
        b.emit(Op.SETATTR, [result, *place], (target.attr, Role.AUGMENT))
    else:
        b.emit(Op.SETITEM, [result, *place], (Role.AUGMENT,))


# --- annotations


def build_quoted(b: CodeBuilder, node: ast.expr) -> int:
    """An annotation that is not evaluated."""
    b.emit(Op.QUOTE)
    src, spans = b.operands([node])
    return b.emit_value(Op.QUOTE_END, src, (), spans)


@lowers(ast.AnnAssign)
def build_annotated(b: CodeBuilder, node: ast.AnnAssign) -> None:
    target = node.target
    name = target.id if isinstance(target, ast.Name) else None
    assigned = node.value is not None
    if node.value is not None:
        value = b.value(node.value)
        build_target(b, target, value, Role.ASSIGN, [span_of(node)])
    elif isinstance(target, ast.Attribute):
        src, spans = b.operands([target.value])
        b.emit(Op.ANN_TARGET, src, (target.attr,), [span_of(target), *spans])
    elif isinstance(target, ast.Subscript):
        src, spans = b.operands([target.value, target.slice])
        b.emit(Op.ANN_TARGET, src, (None,), [span_of(target), *spans])
    evaluated = b.code.kind in (CodeKind.MODULE, CodeKind.SINGLE, CodeKind.CLASS)
    own = [span_of(node)] if name is None else [span_of(node), span_of(target)]
    imm = (name, bool(node.simple), assigned)
    if evaluated and not b.module.future_annotations:
        src, spans = b.operands([node.annotation])
    else:
        src, spans = [build_quoted(b, node.annotation)], []
    b.emit(Op.ANNOTATE, src, imm, [*own, *spans])


# --- deletion


def flat_targets(targets: Sequence[ast.expr]) -> list[ast.expr]:
    """The targets of a `del` statement, tuples and lists opened."""
    flat: list[ast.expr] = []
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            flat.extend(flat_targets(target.elts))
        else:
            flat.append(target)
    return flat


@lowers(ast.Delete)
def build_delete(b: CodeBuilder, node: ast.Delete) -> None:
    targets = flat_targets(node.targets)
    if not targets:
        b.emit(Op.NOP, (), (True,), [span_of(node)])
    for position, target in enumerate(targets):
        more = position < len(targets) - 1
        own = [span_of(target)] if more else [span_of(node), span_of(target)]
        if isinstance(target, ast.Name):
            delete_name(b, target.id, more, own)
        elif isinstance(target, ast.Attribute):
            src, spans = b.operands([target.value])
            b.emit(Op.DELATTR, src, (target.attr, more), [*own, *spans])
        elif isinstance(target, ast.Subscript):
            src, spans = b.operands([target.value, target.slice])
            b.emit(Op.DELITEM, src, (more,), [*own, *spans])


def delete_name(b: CodeBuilder, name: str, more: bool, spans: list[Span]) -> None:
    """Unbind a variable."""
    variable = b.variable(name)
    if variable.scope is Storage.LOCAL:
        operand = local(variable.slot)
        assert is_leaf(operand)
        b.emit(Op.DEL, [operand], (more,), spans)
    elif variable.scope is Storage.CELL:
        b.emit(Op.DEL_CELL, (), (variable.slot, more), spans)
    elif variable.scope is Storage.NAME:
        b.emit(Op.DEL_NAME, (), (name, more), spans)
    else:
        b.emit(Op.DEL_GLOBAL, (), (name, more), spans)
