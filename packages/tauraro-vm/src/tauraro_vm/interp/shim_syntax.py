"""The host syntax of shims: the loop, the search tree and the leaves.

In: a linked code object. Out: the statements of its shim after the frame has been made.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from tauraro_frontend.bytecode.module import Span

from .frame import ENTER, RERAISE, RETURN
from .leaves import Leaf, Request
from .own_names import use_own_names

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

PLACEHOLDER = "tauraro: the driver of this code object"
"""The constant that the finished code object has the driver (or frame) in place of."""

FRAME, POP, STEP, NEXT = ".frame", ".pop", ".step", ".next"
LOAD, STORE, DEL = ast.Load(), ast.Store(), ast.Del()


class At(TypedDict):
    """Keyword arguments that place a node."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int


def position(span: Span) -> At:
    """Keyword arguments that place a node."""
    line, column, end_line, end_column = span
    return {
        "lineno": line,
        "col_offset": column,
        "end_lineno": end_line,
        "end_col_offset": end_column,
    }


def line_start(line: int) -> At:
    """Keyword arguments that place a node of the shim's own."""
    return position(Span(max(line, 1), 0, max(line, 1), 0))


class Storage:
    """How the shim refers to its frame and its own variables, which are local variables until they
    are put on the stack. `here` is where the shim's own nodes stand."""

    def __init__(self, here: At) -> None:
        self.here = here
        self.frame: ast.expr = self.name(FRAME)
        self.step: ast.expr = self.name(STEP)
        self.next: ast.expr = self.name(NEXT)
        self.next_targets: list[ast.expr] = [self.name(NEXT, STORE)] * 2
        self.pop = ast.Call(self.name(POP), [], [], **here)

    def name(self, identifier: str, ctx: ast.expr_context = LOAD) -> ast.expr:
        """A variable."""
        return ast.Name(identifier, ctx, **self.here)

    def attribute(self, owner: ast.expr, attribute: str, ctx: ast.expr_context = LOAD) -> ast.expr:
        """owner.attribute"""
        return ast.Attribute(owner, attribute, ctx, **self.here)

    def method(self, attribute: str, *args: ast.expr) -> ast.expr:
        """A call of one of the frame's methods."""
        return self.call(self.frame, attribute, *args)

    def call(self, owner: ast.expr, attribute: str, *args: ast.expr) -> ast.expr:
        """owner.attribute(*args)"""
        return ast.Call(self.attribute(owner, attribute), list(args), [], **self.here)

    def item(self, owner: ast.expr, number: int) -> ast.expr:
        """owner[number]"""
        index = ast.Constant(number, **self.here)
        return ast.Subscript(owner, index, LOAD, **self.here)

    def assign(self, identifier: str, value: ast.expr) -> ast.stmt:
        """identifier = value"""
        return ast.Assign([self.name(identifier, STORE)], value, **self.here)

    def assign_own(self, identifier: str, value: ast.expr) -> ast.stmt:
        """identifier = identifier = value"""
        return ast.Assign([self.name(identifier, STORE)] * 2, value, **self.here)

    def set_next(self, value: ast.expr, at: At | None = None) -> ast.stmt:
        """next = value"""
        return ast.Assign(self.next_targets, value, **(at or self.here))


class ConstantStorage(Storage):
    """For class and module bodies: the frame is a constant, its attributes are the variables."""

    def __init__(self, here: At) -> None:
        super().__init__(here)
        self.frame = ast.Constant(PLACEHOLDER, **here)
        self.pop = ast.Call(self.attribute(self.frame, "pop"), [], [], **here)
        self.step = self.attribute(self.frame, "step")
        self.next = self.attribute(self.frame, "next")
        self.next_targets = [self.attribute(self.frame, "next", STORE)]


class ShimBody:
    """Builds the statements of one shim."""

    def __init__(self, code: LinkedCode, storage: Storage) -> None:
        self.code = code
        self.storage = storage
        self.here = storage.here

    def statements(self, begin: ast.expr) -> list[ast.stmt]:
        """The shim's body; `begin` starts the frame and gives its first request."""
        storage = self.storage
        first = storage.set_next(begin)
        if not self.code.has_handlers:
            return [self.guarded([first, self.loop(), self.finish()])]
        go_on = storage.set_next(self.ask(ast.USub()))
        plain = self.guarded([self.loop(), self.when(RETURN, self.finish())])
        handling = ast.Try(
            [ast.Raise(self.ask(ast.Invert()), None, **self.here)],
            [ast.ExceptHandler(None, None, self.handler(), **self.here)],
            [],
            [],
            **self.here,
        )
        handlers = ast.While(self.next_is(ENTER), [handling, go_on], [], **self.here)
        forever = ast.Constant(True, **self.here)
        return [first, ast.While(forever, [handlers, plain, go_on], [], **self.here)]

    def handler(self) -> list[ast.stmt]:
        """The loop while an exception is being handled."""
        leave = ast.Raise(None, None, **self.here)
        return [
            self.storage.set_next(self.ask(ast.USub())),
            self.guarded([self.loop(), self.when(RERAISE, leave)]),
        ]

    def finish(self) -> ast.stmt:
        """Give the frame's value (asynchronous generators have none)."""
        value = self.ask(ast.UAdd())
        if self.code.is_generator and self.code.is_async:
            nothing: list[ast.stmt] = [ast.Return(None, **self.here)]
            return ast.If(value, nothing, nothing, **self.here)
        return ast.Return(value, **self.here)

    def ask(self, operator: ast.unaryop) -> ast.expr:
        """An operator's method of the frame."""
        return ast.UnaryOp(operator, self.storage.frame, **self.here)

    def next_is(self, answer: int) -> ast.expr:
        """next == answer"""
        number = ast.UnaryOp(ast.USub(), ast.Constant(-answer, **self.here), **self.here)
        return ast.Compare(self.storage.next, [ast.Eq()], [number], **self.here)

    def when(self, answer: int, then: ast.stmt) -> ast.stmt:
        """if next == answer: then"""
        return ast.If(self.next_is(answer), [then], [], **self.here)

    def guarded(self, body: list[ast.stmt]) -> ast.stmt:
        """with frame: body"""
        return ast.With([ast.withitem(self.storage.frame, None)], body, **self.here)

    # --- requests

    def loop(self) -> ast.stmt:
        """`while next >= 0:` the search tree over the leaves."""
        leaves = self.code.leaves
        zero = ast.Constant(0, **self.here)
        test = ast.Compare(self.storage.next, [ast.GtE()], [zero], **self.here)
        return ast.While(test, self.search(leaves, 0, len(leaves)), [], **self.here)

    def search(self, leaves: Sequence[Leaf], low: int, high: int) -> list[ast.stmt]:
        """The statements that carry out a request whose number is in a range."""
        if high - low == 1:
            return self.leaf(leaves[low])
        middle = (low + high) // 2
        limit = ast.Constant(middle, **self.here)
        test = ast.Compare(self.storage.next, [ast.Lt()], [limit], **self.here)
        below = self.search(leaves, low, middle)
        return [ast.If(test, below, self.search(leaves, middle, high), **self.here)]

    def leaf(self, leaf: Leaf) -> list[ast.stmt]:
        """Carry out one request."""
        at = position(leaf.span)
        request = leaf.shape.request
        pop = self.storage.pop
        if request is Request.RAISE:
            return [ast.Raise(pop, None, **at)]
        if request is Request.RAISE_FROM:
            return [ast.Raise(pop, pop, **at)]
        if request is Request.RERAISE:
            return [ast.Raise(None, None, **at)]
        if request is Request.UNPACK:
            return self.unpack(leaf, at)
        if request is Request.NEXT_ASYNC:
            return self.next_async(leaf, at)
        return [self.give(self.value(leaf, at), at)]

    def value(self, leaf: Leaf, at: At) -> ast.expr:
        """The expression that a request asks for."""
        shape = leaf.shape
        pop = self.storage.pop
        if shape.request is Request.CALL:
            keywords = [ast.keyword(each, pop, **at) for each in shape.keywords]
            return ast.Call(pop, [pop] * shape.size, keywords, **at)
        if shape.request is Request.CALL_ARGS:
            return ast.Call(pop, [ast.Starred(pop, LOAD, **at)], [], **at)
        if shape.request is Request.CALL_KWARGS:
            starred: list[ast.expr] = [ast.Starred(pop, LOAD, **at)]
            return ast.Call(pop, starred, [ast.keyword(None, pop, **at)], **at)
        if shape.request is Request.YIELD:
            return ast.Yield(pop, **at)
        if shape.request is Request.YIELD_FROM:
            return ast.YieldFrom(pop, **at)
        return ast.Await(pop, **at)

    def give(self, value: ast.expr, at: At) -> ast.stmt:
        """next = step(value)"""
        return self.storage.set_next(ast.Call(self.storage.step, [value], [], **at), at)

    def unpack(self, leaf: Leaf, at: At) -> list[ast.stmt]:
        """next = pop(); (next[n], *next[n + 1], ...) = pop(), first for the frame's registers"""
        shape = leaf.shape
        targets: list[ast.expr] = []
        for number in range(shape.size):
            index = ast.Constant(shape.base + number, **at)
            target: ast.expr = ast.Subscript(self.storage.next, index, STORE, **at)
            if number == shape.star:
                target = ast.Starred(target, STORE, **at)
            targets.append(target)
        unpacking = ast.Assign([ast.Tuple(targets, STORE, **at)], self.storage.pop, **at)
        done = self.give(ast.Constant(None, **at), at)
        return [self.storage.set_next(self.storage.pop, at), unpacking, done]

    def next_async(self, leaf: Leaf, at: At) -> list[ast.stmt]:
        """One item of an asynchronous iterator, into the frame's registers.

        async for pop()[n] in pop():
            next = step(None)
            break
        else:
            next = step(pop())
        """
        pop = self.storage.pop
        index = ast.Constant(leaf.shape.base, **at)
        target = ast.Subscript(pop, index, STORE, **at)
        taken = self.give(ast.Constant(None, **at), at)
        ended = self.give(pop, at)
        return [ast.AsyncFor(target, pop, [taken, ast.Break(**at)], [ended], **at)]
