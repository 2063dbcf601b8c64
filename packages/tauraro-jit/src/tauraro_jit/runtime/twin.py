"""Which instructions of the host's code belong to which statement, and so to which bytecode pcs.

In: the host AST of a module, made anew from its bytecode. It is compiled a second time, as a *twin*
whose column numbers are statement numbers: columns have no influence on code, so the twin's code
equals tier 1's, and its positions name each instruction's innermost statement. About 7 ms for 100
lines, so this is done for modules with hot code only.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from types import CodeType
from typing import Any

from msgspec import Struct

from .hostcode import HostCode
from .instrument import compile_tree, instrument, is_hot_test, loop_mark
from .marks import LoopMark, find_marks, without_tests


class Statement(Struct, frozen=True):
    """A statement of the host AST. `origin`: its code object, first and last pc. `next` is the
    statement that follows in the same suite, `parent` the one around, `in_finally` tells whether
    it lies in a `finally` suite, of which the host makes several copies."""

    number: int
    kind: type[ast.stmt]
    origin: tuple[int, int, int]
    parent: int | None
    next: int | None
    in_finally: bool


class TwinCode:
    """A code object of the twin: facts of the host's code, and the loops in it."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.marks = find_marks(code)

    @cached_property
    def host(self) -> HostCode:
        """The facts of the code; columns are statement numbers."""
        return HostCode(self.code)

    def equals(self, code: CodeType) -> bool:
        """Whether tier 1's code object has the same instructions."""
        twin = self.code
        slots = self.marks.values()
        return (
            len(twin.co_code) == len(code.co_code)
            and without_tests(twin, slots) == without_tests(code, slots)
            and twin.co_exceptiontable == code.co_exceptiontable
            and twin.co_firstlineno == code.co_firstlineno
            and twin.co_names == code.co_names
            and twin.co_varnames == code.co_varnames
            and twin.co_cellvars == code.co_cellvars
            and twin.co_freevars == code.co_freevars
            and len(twin.co_consts) == len(code.co_consts)
        )


class Twin:
    """The twin of one module."""

    def __init__(
        self,
        tree: ast.Module | ast.Interactive | ast.Expression,
        filename: str,
        mode: str = "exec",
        optimize: int = -1,
    ) -> None:
        """`tree` is tier 1's tree before `instrument`; it is changed."""
        instrument(tree)
        self.statements: dict[int, Statement] = {}
        self._number(tree, None, False)
        self.loops = self._loops(tree)
        code = compile_tree(tree, filename, mode, optimize)
        self.codes: dict[int, TwinCode] = {}
        for each in _codes(code):
            twin = TwinCode(each)
            for mark in twin.marks:
                self.codes.setdefault(mark.code_index, twin)

    def code_of(self, mark: LoopMark) -> TwinCode | None:
        """The twin of the code object that contains a loop."""
        return self.codes.get(mark.code_index)

    def statement_at(self, code_index: int, pc: int) -> Statement | None:
        """The innermost statement that an instruction belongs to."""
        ranges = self._ranges.get(code_index, [])
        index = bisect_right(ranges, pc, key=lambda s: s.origin[1]) - 1
        if index < 0 or pc > ranges[index].origin[2]:
            return None
        return ranges[index]

    @cached_property
    def _ranges(self) -> dict[int, list[Statement]]:
        """The statements of each code object by their first pc; they do not overlap."""
        ranges: dict[int, list[Statement]] = {}
        for statement in self.statements.values():
            ranges.setdefault(statement.origin[0], []).append(statement)
        for each in ranges.values():
            each.sort(key=lambda s: s.origin[1])
        return ranges

    def _number(self, node: Any, parent: int | None, in_finally: bool) -> None:
        """Number the statements of all suites of `node`, and what is below them."""
        for name, value in ast.iter_fields(node):
            if not isinstance(value, list) or not value:
                continue
            inside = in_finally or name == "finalbody"
            if isinstance(value[0], ast.stmt):
                self._number_suite([s for s in value if not is_hot_test(s)], parent, inside)
            elif isinstance(value[0], (ast.ExceptHandler, ast.match_case)):
                for child in value:
                    self._number(child, parent, inside)

    def _number_suite(self, suite: list[ast.stmt], parent: int | None, in_finally: bool) -> None:
        first = len(self.statements) + 1
        end = first + len(suite)
        for number, statement in enumerate(suite, first):
            following = number + 1 if number + 1 < end else None
            self.statements[number] = Statement(
                number, type(statement), _origin(statement), parent, following, in_finally
            )
        for number, statement in enumerate(suite, first):
            _set_columns(statement, number)
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._number(statement, None, False)
            else:
                self._number(statement, number, in_finally)

    def _loops(self, tree: ast.AST) -> dict[LoopMark, int]:
        """The statement numbers of the loops."""
        found: dict[LoopMark, int] = {}
        for node in ast.walk(tree):
            if isinstance(node, (ast.For, ast.While)):
                found[loop_mark(node)] = node.col_offset
        return found


def _origin(node: Any) -> tuple[int, int, int]:
    origin: tuple[int, int, int] = node.origin
    return origin


def _set_columns(statement: ast.stmt, number: int) -> None:
    """Set the columns of a statement and of all that it is made of, but for other statements."""
    nodes: list[Any] = [statement]
    while nodes:
        node = nodes.pop()
        if hasattr(node, "lineno"):
            node.col_offset = node.end_col_offset = number
            node.end_lineno = node.lineno
        nodes += [c for c in ast.iter_child_nodes(node) if not isinstance(c, ast.stmt)]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
