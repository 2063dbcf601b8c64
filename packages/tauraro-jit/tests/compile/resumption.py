"""Goes on with a program in the middle of a loop, in plain Python: the syntax tree of a module in,
the tree of what is left of it out.

A loop that is running is written as a loop over the rest of its iterator whose first round is what
is left of the body:

    for x in items:            for __item in __rest(0):
        a(x)                       if __item is __again:
        b(x)              ->           b(x)
                                   else:
                                       x = __item
                                       __enter(0)
                                       a(x)
                                       b(x)

`__enter(n)` stands where tier 1 asks for native code: at the start of the body of loop n. The names
with two underscores are supplied by whoever runs the tree (see `machine.py`).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

Loop = ast.For | ast.While

AGAIN = "__again"
"""The item that stands for the round that was interrupted."""


def statement_at(tree: ast.Module, line: int, column: int) -> ast.stmt:
    """The innermost statement around a position."""
    found: ast.stmt | None = None
    for node in ast.walk(tree):  # breadth first: inner statements come later
        if isinstance(node, ast.stmt) and contains(node, line, column):
            found = node
    assert found is not None, f"no statement at {line}:{column}"
    return found


def contains(node: ast.stmt, line: int, column: int) -> bool:
    """Whether a position lies in a statement."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    return start <= (line, column) < end


class Resumption:
    """The trees of a program. `loops` are numbered in source order; loop `native` is the one that
    asks for native code."""

    def __init__(self, tree: ast.Module, native: int) -> None:
        self.tree = tree
        self.loops: list[Loop] = [node for node in ast.walk(tree) if isinstance(node, Loop)]
        self.loops.sort(key=lambda node: (node.lineno, node.col_offset))
        self.native = native

    def whole(self) -> ast.Module:
        """The program from its start."""
        return self.module(self.block(self.tree.body))

    def from_statement(self, statement: ast.stmt) -> ast.Module:
        """What is left of the program where `statement` is to be executed next."""
        return self.module(self.rest(self.tree.body, statement, statement_next=True))

    def from_head(self, loop: Loop) -> ast.Module:
        """What is left of the program where the next item or test of `loop` is next."""
        return self.module(self.rest(self.tree.body, loop, statement_next=False))

    def module(self, body: list[ast.stmt]) -> ast.Module:
        """A module that compiles."""
        return ast.fix_missing_locations(ast.Module(body or [ast.Pass()], []))

    # --- statements that are executed whole

    def block(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        """A copy of statements, with their loops prepared."""
        return [self.statement(statement) for statement in statements]

    def statement(self, statement: ast.stmt) -> ast.stmt:
        """A copy of a statement: its loops hand out their iterators and ask for native code."""
        out = copy.copy(statement)
        if isinstance(statement, Loop):
            number = self.loops.index(statement)
            assert isinstance(out, Loop)
            out.body = self.body(statement)
            if isinstance(out, ast.For):
                out.iter = call("__start", ast.Constant(number), out.iter)
        elif isinstance(statement, ast.If):
            assert isinstance(out, ast.If)
            out.body = self.block(statement.body)
        elif isinstance(statement, ast.Try):
            assert isinstance(out, ast.Try)
            out.body = self.block(statement.body)
            out.handlers = [self.handler(each) for each in statement.handlers]
            out.finalbody = self.block(statement.finalbody)
        if isinstance(out, Loop | ast.If | ast.Try):
            out.orelse = self.block(out.orelse)
        return out

    def handler(self, handler: ast.ExceptHandler) -> ast.ExceptHandler:
        """A copy of a handler."""
        out = copy.copy(handler)
        out.body = self.block(handler.body)
        return out

    def body(self, loop: Loop) -> list[ast.stmt]:
        """The body of a loop."""
        number = self.loops.index(loop)
        body = self.block(loop.body)
        if number == self.native:
            body.insert(0, ast.Expr(call("__enter")))
        return body

    # --- statements that are under way

    def rest_of_try(
        self, current: ast.Try, target: ast.stmt, *, statement_next: bool
    ) -> list[ast.stmt]:
        """What is left of a `try` that contains the target; it is never in a handler."""
        out = self.statement(current)
        assert isinstance(out, ast.Try)
        for name in ("body", "orelse", "finalbody"):
            part = getattr(current, name)
            if not any(is_within(target, found) for found in part):
                continue
            left = self.rest(part, target, statement_next=statement_next)
            if name == "finalbody" or (name == "orelse" and not current.finalbody):
                return left
            out.body = left
            if name == "orelse":
                out.handlers, out.orelse = [], []
            return [out]
        raise AssertionError("an exit into a handler")

    def rest(
        self, statements: Sequence[ast.stmt], target: ast.stmt, *, statement_next: bool
    ) -> list[ast.stmt]:
        """What is left of a block that contains the target."""
        index = next(i for i, found in enumerate(statements) if is_within(target, found))
        current, behind = statements[index], self.block(statements[index + 1 :])
        if current is target and statement_next:
            return [self.statement(current), *behind]
        if current is target:
            assert isinstance(current, Loop)
            return [self.running(current, []), *behind]
        if isinstance(current, ast.Try):
            return [*self.rest_of_try(current, target, statement_next=statement_next), *behind]
        assert isinstance(current, Loop | ast.If), "an exit into something else than a loop or if"
        for part in (current.body, current.orelse):
            if any(is_within(target, found) for found in part):
                left = self.rest(part, target, statement_next=statement_next)
                if isinstance(current, Loop) and part is current.body:
                    return [self.running(current, left), *behind]
                return [*left, *behind]
        raise AssertionError("the target is nowhere")

    def running(self, loop: Loop, left: list[ast.stmt]) -> ast.stmt:
        """A loop in whose current round `left` is left to be executed."""
        number = ast.Constant(self.loops.index(loop))
        body = self.body(loop)
        orelse = self.block(loop.orelse)
        if isinstance(loop, ast.While):
            first = ast.NamedExpr(ast.Name("__first", ast.Store()), call("__round", number))
            test = ast.BoolOp(ast.Or(), [first, loop.test])
            choice = ast.If(name("__first"), left or [ast.Pass()], body)
            return ast.While(test, [choice], orelse)
        is_first = ast.Compare(name("__item"), [ast.Is()], [name(AGAIN)])
        assign = ast.Assign([loop.target], name("__item"))
        choice = ast.If(is_first, left or [ast.Pass()], [assign, *body])
        return ast.For(ast.Name("__item", ast.Store()), call("__rest", number), [choice], orelse)


def is_within(inner: ast.stmt, outer: ast.stmt) -> bool:
    """Whether a statement is another or lies in it."""
    return any(node is inner for node in ast.walk(outer))


def name(text: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(text, ast.Load())


def call(function: str, *arguments: ast.expr) -> ast.Call:
    """A call of one of the supplied functions."""
    return ast.Call(name(function), list(arguments), [])
