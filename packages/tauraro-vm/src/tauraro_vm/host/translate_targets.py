"""Stores, deletions, annotations."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span
from tauraro_frontend.bytecode.operands import Role

from .translate import DELETE, STORE, Incoming, Translator, at, position_of, translates

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any

    Spans = Iterator[Span]
else:
    import _ast as ast


@translates(Op.STORE)
def store(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    """Only reached with a temporary as destination: a plain move."""
    t.temps[dst] = t.operand(i.src[0], spans)


@translates(Op.STORE_NAME, Op.STORE_GLOBAL)
def store_name(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    name, role = i.imm
    store_variable(t, i.src[0], name, role, spans)


@translates(Op.STORE_CELL)
def store_cell(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    cell, role = i.imm
    store_variable(t, i.src[0], t.cell_name(cell), role, spans)


def store_variable(t: Translator, src: int, name: str, role: Role, spans: Spans) -> None:
    """Spans: `stmt leaves target`."""
    statement, leaf = head(src, role, spans)
    own = tuple(spans) if statement is None else (statement, *spans)
    t.store_name(src, name, role, () if leaf is None else (leaf,), own)


def head(src: int, role: Role, spans: Spans) -> tuple[Span | None, Span | None]:
    """The statement's span and that of a leaf value, where they are carried."""
    statement = next(spans) if role in (Role.ASSIGN, Role.WALRUS) else None
    leaf = next(spans) if src & 2 else None
    return statement, leaf


@translates(Op.SETATTR)
def setattr_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    name, role = i.imm
    src = i.src[0]
    if role is Role.AUGMENT:
        value = t.temps.pop(src >> 2)
        owner = t.operand(i.src[1], spans)
        t.augment(value, at(ast.Attribute(owner, name, STORE), position_of(value.target)))
        return
    statement, leaf = head(src, role, spans)
    span = next(spans)
    owner = t.operand(i.src[1], spans)
    t.put(src, at(ast.Attribute(owner, name, STORE), span), role, statement, leaf)


@translates(Op.SETITEM)
def setitem(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    (role,) = i.imm
    src = i.src[0]
    if role is Role.AUGMENT:
        value = t.temps.pop(src >> 2)
        owner, index = t.operands(i.src[1:], spans)
        t.augment(value, at(ast.Subscript(owner, index, STORE), position_of(value.target)))
        return
    statement, leaf = head(src, role, spans)
    span = next(spans)
    owner, index = t.operands(i.src[1:], spans)
    t.put(src, at(ast.Subscript(owner, index, STORE), span), role, statement, leaf)


@translates(Op.UNPACK)
def unpack(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    count, star, role = i.imm
    src = i.src[0]
    statement, leaf = head(src, role, spans)
    elements: list[ast.expr] = [ast.Name("_", STORE) for _ in range(count)]
    target = at(ast.Tuple(elements, STORE), next(spans))
    star_span = None if star is None else next(spans)
    t.put(src, target, role, statement, leaf)
    for position in range(count):
        span = star_span if position == star else None
        t.temps[dst + position] = element_place(elements, position, span)


def element_place(elements: list[ast.expr], position: int, star: Span | None) -> Incoming:
    """The place of one element of an unpacking; `star` is the span of `*target`."""

    def put(node: ast.expr) -> None:
        elements[position] = node if star is None else at(ast.Starred(node, STORE), star)

    return Incoming(put)


# --- annotations


@translates(Op.ANN_TARGET)
def annotation_target(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    parts = t.operands(i.src, spans)
    name = i.imm[0]
    if name is None:
        owner, index = parts
        t.annotated = at(ast.Subscript(owner, index, STORE), span)
    else:
        t.annotated = at(ast.Attribute(parts[0], name, STORE), span)


@translates(Op.ANNOTATE)
def annotate(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    name, simple, assigned = i.imm
    span = next(spans)
    target: Any = None
    value: ast.expr | None = None
    if name is not None:
        target = at(ast.Name(name, STORE), next(spans))
    if assigned:
        statement = t.out.pop()
        target, value = statement.targets[0], statement.value
    elif name is None:
        target, t.annotated = t.annotated, None
    annotation = t.operand(i.src[0], spans)
    t.out.append(at(ast.AnnAssign(target, annotation, value, int(simple)), span))


# --- deletion


def delete(t: Translator, target: ast.expr, more: bool, statement: Span | None) -> None:
    """One target of a `del` statement; the last one ends it."""
    t.deleted.append(target)
    if not more:
        assert statement is not None
        t.out.append(at(ast.Delete(t.deleted), statement))
        t.deleted = []


@translates(Op.DEL)
def del_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    delete_variable(t, t.code.locals[i.src[0] >> 2], i.imm[0], spans)


@translates(Op.DEL_NAME, Op.DEL_GLOBAL)
def del_name(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    delete_variable(t, i.imm[0], i.imm[1], spans)


@translates(Op.DEL_CELL)
def del_cell(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    delete_variable(t, t.cell_name(i.imm[0]), i.imm[1], spans)


def delete_variable(t: Translator, name: str, more: bool, spans: Spans) -> None:
    statement = None if more else next(spans)
    delete(t, at(ast.Name(name, DELETE), next(spans)), more, statement)


@translates(Op.DELATTR)
def delattr_(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    name, more = i.imm
    statement = None if more else next(spans)
    span = next(spans)
    owner = t.operand(i.src[0], spans)
    delete(t, at(ast.Attribute(owner, name, DELETE), span), more, statement)


@translates(Op.DELITEM)
def delitem(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    (more,) = i.imm
    statement = None if more else next(spans)
    span = next(spans)
    owner, index = t.operands(i.src, spans)
    delete(t, at(ast.Subscript(owner, index, DELETE), span), more, statement)


@translates(Op.NOP)
def nop(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    if i.imm[0]:
        t.out.append(at(ast.Delete([at(ast.Tuple([], DELETE), span)]), span))
    else:
        t.out.append(at(ast.Pass(), span))
