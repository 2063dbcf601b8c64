"""Which instructions of the host's code belong to which statement, and so to which bytecode pcs.

In: the host AST of a module, made anew from its bytecode. It is compiled a second time, as a *twin*
whose column numbers are statement numbers: columns have no influence on code, so the twin's code
equals tier 1's, and its positions name each instruction's innermost statement. About 1.5 ms for 100
lines, so this is done for the statements of a module that contain hot code only.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from functools import cached_property
from types import CodeType

from .hostcode import HostCode
from .instrument import children, compile_tree, instrument, is_hot_test, loop_mark
from .marks import LoopMark, find_marks, without_tests
from .recursion import recursive_functions

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping
    from typing import Any, NamedTuple
else:
    import _ast as ast

    from tauraro_frontend.bytecode.records import NamedTuple


class Statement(NamedTuple):
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
    """The twin of one module, or of one statement of it; made when it is first asked for."""

    def __init__(
        self,
        tree: ast.Module | ast.Interactive | ast.Expression,
        filename: str,
        mode: str = "exec",
        optimize: int = -1,
        functions: Mapping[int, ast.FunctionDef] | None = None,
    ) -> None:
        """`tree` is tier 1's tree before `instrument`; it is changed. `functions` are those that
        are entered where they begin, by code object; None: look for them."""
        self._tree = tree
        self._given = functions
        self._filename, self._mode, self._optimize = filename, mode, optimize
        self._parts: dict[int, Twin] = {}

    def part(self, code_index: int) -> Twin:
        """The twin of the module's statement that a code object lies in. With the module's imports
        it is compiled to the same code, but for the module's own."""
        owner = self._owners.get(code_index)
        if owner is None:
            return self
        part = self._parts.get(id(owner))
        if part is None:
            # The host calls a method of an imported module in another way than one of an object.
            tree = ast.Module([*_imports_of(self._tree, owner), owner], [])
            functions = {
                index: function
                for index, function in self._functions.items()
                if self._owners.get(index) is owner
            }
            part = Twin(tree, self._filename, "exec", self._optimize, functions)
            self._parts[id(owner)] = part
        return part

    @cached_property
    def _functions(self) -> Mapping[int, ast.FunctionDef]:
        """The functions that are entered where they begin."""
        return recursive_functions(self._tree) if self._given is None else self._given

    @cached_property
    def _owners(self) -> dict[int, ast.stmt]:
        """The module's statement that each code object with statements lies in."""
        owners: dict[int, ast.stmt] = {}
        if isinstance(self._tree, ast.Module):
            for statement in self._tree.body:
                for code_index in _codes_in(statement):
                    owners[code_index] = statement
            owners.pop(0, None)
        return owners

    @cached_property
    def statements(self) -> dict[int, Statement]:
        """The statements by number."""
        instrument(self._tree, self._functions.values())
        self._found: dict[int, Statement] = {}
        self._found_loops: dict[LoopMark, int] = {}
        self._number(self._tree, None, False)
        return self._found

    @cached_property
    def loops(self) -> dict[LoopMark, int]:
        """The statement numbers of the loops."""
        return self._found_loops if self.statements else {}

    @cached_property
    def codes(self) -> dict[int, TwinCode]:
        """The code objects that contain loops."""
        codes: dict[int, TwinCode] = {}
        if self.statements:  # their numbers are the columns
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they were given when tier 1 was compiled
                code = compile_tree(self._tree, self._filename, self._mode, self._optimize)
            for each in _codes(code):
                twin = TwinCode(each)
                for mark in twin.marks:
                    codes.setdefault(mark.code_index, twin)
        return codes

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
        for name in node._fields:
            value = getattr(node, name, None)
            if not isinstance(value, list) or not value:
                continue
            inside = in_finally or name == "finalbody"
            if isinstance(value[0], ast.stmt):
                self._number_suite([s for s in value if not is_hot_test(s)], parent, inside)
            elif isinstance(value[0], (ast.ExceptHandler, ast.match_case)):
                for child in value:
                    self._number(child, parent, inside)

    def _number_suite(self, suite: list[ast.stmt], parent: int | None, in_finally: bool) -> None:
        first = len(self._found) + 1
        end = first + len(suite)
        for number, statement in enumerate(suite, first):
            following = number + 1 if number + 1 < end else None
            self._found[number] = Statement(
                number, type(statement), _origin(statement), parent, following, in_finally
            )
        for number, statement in enumerate(suite, first):
            _set_columns(statement, number)
            if isinstance(statement, (ast.For, ast.While)):
                self._found_loops[loop_mark(statement)] = number
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._number(statement, None, False)
            else:
                self._number(statement, number, in_finally)


def _origin(node: Any) -> tuple[int, int, int]:
    origin: tuple[int, int, int] = node.origin
    return origin


def _codes_in(statement: ast.stmt) -> Iterator[int]:
    """The indexes of the code objects whose statements lie in a statement."""
    work: list[Any] = [statement]
    while work:
        node = work.pop()
        if isinstance(node, ast.stmt):
            if is_hot_test(node):
                continue
            yield _origin(node)[0]
        for name in _SUITES:
            work += getattr(node, name, ())


def _imports_of(module: ast.AST, owner: ast.stmt) -> Iterator[ast.stmt]:
    """The imports of a module's own scope, in order, but for those inside a statement."""
    work: list[Any] = [module]
    while work:
        node = work.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = [each for name in _SUITES for each in getattr(node, name, ())]
            work += [each for each in reversed(inner) if each is not owner]


_SUITES = ("body", "orelse", "finalbody", "handlers", "cases")


def _set_columns(statement: ast.stmt, number: int) -> None:
    """Set the columns of a statement and of all that it is made of, but for other statements."""
    nodes: list[Any] = [statement]
    while nodes:
        node = nodes.pop()
        if hasattr(node, "lineno"):
            node.col_offset = node.end_col_offset = number
            node.end_lineno = node.lineno
        nodes += [c for c in children(node) if not isinstance(c, ast.stmt)]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
