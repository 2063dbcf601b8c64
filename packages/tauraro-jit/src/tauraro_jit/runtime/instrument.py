"""Host AST in, host AST whose loops can be entered out.

    for i in r:              for i in r:
        body          ->         if HOT is None: ENTRY()      # constants: the loop's marks
                                 body

In the code that is compiled of it, the test is replaced by a jump (see `marks`). Functions that may
come to call themselves have one, too, as their first statement.

In: the tree that tier 1 makes of a bytecode module, whose statements carry their `origin` (index of
the code object, first and last pc). The test adds no trace event: in `for` loops it has no line and
so belongs to the header's, in `while` loops it has the line on which the body begins. Loops in
class bodies and `async for` are left alone.

The test is written `match HOT: case None: ENTRY()` and the call `(True and ENTRY)()`: the host's
compiler makes the same instructions of them, but warns of `is` with a literal and of calling one.
"""

from __future__ import annotations

from ..native.region import FUNCTION
from .marks import LoopMark, entry_mark, first_lines, hot_mark, jump_over_tests
from .recursion import code_index_of, recursive_functions

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator
    from types import CodeType
    from typing import Any
else:
    import _ast as ast

PAD = ".stack"
"""A module that contains `while` gets one local variable of this name, which stays unbound: where
the stack is empty the value of a call needs a slot to be pushed to."""

_NO_LINE = -1
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise, ast.Delete, ast.Pass)


def compile_with_loops(
    tree: ast.Module | ast.Interactive | ast.Expression,
    filename: str,
    mode: str = "exec",
    optimize: int = -1,
) -> CodeType:
    """Tier 1's code object of a tree, with tests in its loops and recursive functions; `tree` is
    changed."""
    unplaced = instrument(tree, recursive_functions(tree).values())
    code = compile_tree(tree, filename, mode, optimize)
    lines = [found for found in first_lines(code) if found[0] in unplaced] if unplaced else []
    if lines:
        import warnings

        for mark, line in lines:
            for node in (unplaced[mark], *_below(unplaced[mark])):
                _locate(node, line)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they were given the first time
            code = compile_tree(tree, filename, mode, optimize)
    return jump_over_tests(code)


def compile_tree(
    tree: ast.Module | ast.Interactive | ast.Expression,
    filename: str,
    mode: str = "exec",
    optimize: int = -1,
) -> CodeType:
    """The code object of an instrumented tree, with the tests as they were written."""
    code: CodeType = compile(tree, filename, mode, dont_inherit=True, optimize=optimize)
    if not (code.co_nlocals or code.co_cellvars) and _has_while(tree):
        code = code.replace(co_nlocals=1, co_varnames=(PAD,))
    return code


def instrument(tree: ast.AST, functions: Iterable[ast.FunctionDef]) -> dict[LoopMark, ast.Match]:
    """Insert the test into all loops of a tree whose statements carry their `origin`, and where
    these functions begin, but for those that have it. The result are the functions' tests whose
    line is that of an instruction which the compiler has yet to choose."""
    unplaced = {}
    _visit(tree, in_class=False)
    for function in functions:
        body = function.body
        first = int(_is_docstring(body[0]))
        if first < len(body) and not is_hot_test(body[first]):
            mark = LoopMark(code_index_of(function), FUNCTION)
            test = hot_test(mark, _first_line(body[first]))
            if test.lineno == _NO_LINE:
                unplaced[mark] = test
            body.insert(first, test)
    return unplaced


def _is_docstring(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _visit(node: Any, in_class: bool) -> None:
    if isinstance(node, ast.expr):
        return
    if isinstance(node, ast.ClassDef):
        in_class = True
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        in_class = False
    for child in children(node):
        _visit(child, in_class)
    is_loop = isinstance(node, (ast.For, ast.While)) and not in_class
    if is_loop and not is_hot_test(node.body[0]):
        line = _first_line(node.body[0]) if isinstance(node, ast.While) else _NO_LINE
        node.body.insert(0, hot_test(loop_mark(node), line))


def children(node: Any) -> Iterator[Any]:
    """What lies directly below a node."""
    for field in node._fields:
        value = getattr(node, field, None)
        for child in value if type(value) is list else (value,):
            if isinstance(child, ast.AST):
                yield child


def loop_mark(loop: ast.For | ast.While) -> LoopMark:
    """Which loop of the bytecode this is: a FOR ends the loop's header, a LOOP begins it."""
    code_index, first, last = _origin(loop)
    return LoopMark(code_index, last if isinstance(loop, ast.For) else first)


def _origin(node: Any) -> tuple[int, int, int]:
    origin: tuple[int, int, int] = node.origin
    return origin


def hot_test(mark: LoopMark, line: int) -> ast.Match:
    """The statement at the beginning of a loop's body."""
    both: list[ast.expr] = [ast.Constant(True), _constant(entry_mark(mark))]
    function = ast.BoolOp(ast.And(), both)
    call = ast.Call(function, [], [])
    statement = ast.Expr(call)
    pattern = ast.MatchSingleton(None)
    subject = _constant(hot_mark(mark))
    test = ast.Match(subject, [ast.match_case(pattern, None, [statement])])
    for node in (test, subject, pattern, statement, call, function, *both):
        _locate(node, line)
    return test


def is_hot_test(statement: ast.AST) -> bool:
    """Whether a statement is one that `instrument` has inserted."""
    return isinstance(statement, ast.Match) and not hasattr(statement, "origin")


def _constant(value: Any) -> ast.Constant:
    return ast.Constant(value)


def _below(node: Any) -> Iterator[Any]:
    """All nodes below one."""
    for child in children(node):
        yield child
        yield from _below(child)


def _locate(node: Any, line: int) -> None:
    if "lineno" in node._attributes:
        node.lineno = node.end_lineno = line
        node.col_offset = node.end_col_offset = _NO_LINE if line == _NO_LINE else 0


def _first_line(statement: ast.stmt) -> int:
    """The line of the first instruction of a statement, where that is plain to see."""
    first: ast.AST = statement
    if isinstance(statement, (ast.If, ast.Assert)):
        first = statement.test
    elif isinstance(statement, ast.For):
        first = statement.iter
    elif isinstance(statement, ast.With):
        first = statement.items[0].context_expr
    elif not isinstance(statement, _SIMPLE):
        return _NO_LINE
    line: int = statement.lineno
    return line if first.__dict__["end_lineno"] == line else _NO_LINE


def _has_while(tree: ast.AST) -> bool:
    """Whether a `while` runs in the module's own scope, and not in a function or class."""
    for child in children(tree):
        if isinstance(child, ast.While):
            return True
        scope = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)
        if not isinstance(child, scope) and _has_while(child):
            return True
    return False
