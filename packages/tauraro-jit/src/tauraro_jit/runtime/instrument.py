"""Host AST in, host AST whose loops can be entered out.

    for i in r:              for i in r:
        body          ->         if HOT is None: ENTRY()      # two constants, see `marks`
                                 body

In: the tree that tier 1 makes of a bytecode module, whose statements carry their `origin` (index of
the code object, first and last pc). The test has no line, so that it adds no trace event. Loops in
class bodies and `async for` are left alone.

The test is written `match HOT: case None: ENTRY()` and the call `(True and ENTRY)()`: the host's
compiler makes the same instructions of them, but warns of `is` with a literal and of calling one.
"""

from __future__ import annotations

import ast
from types import CodeType
from typing import Any, TypeVar

from .marks import LoopMark, entry_mark, hot_mark

PAD = ".stack"
"""A module that contains `while` gets one local variable of this name, which stays unbound: where
the stack is empty the value of a call needs a slot to be pushed to."""

Node = TypeVar("Node", bound=ast.AST)


def compile_with_loops(
    tree: ast.Module | ast.Interactive | ast.Expression,
    filename: str,
    mode: str = "exec",
    optimize: int = -1,
) -> CodeType:
    """The code object of a tree after `instrument`; `tree` is changed."""
    instrument(tree)
    return compile_tree(tree, filename, mode, optimize)


def compile_tree(
    tree: ast.Module | ast.Interactive | ast.Expression,
    filename: str,
    mode: str = "exec",
    optimize: int = -1,
) -> CodeType:
    """The code object of an instrumented tree."""
    code: CodeType = compile(tree, filename, mode, dont_inherit=True, optimize=optimize)
    if not (code.co_nlocals or code.co_cellvars) and _has_while(tree):
        code = code.replace(co_nlocals=1, co_varnames=(PAD,))
    return code


def instrument(tree: ast.AST) -> None:
    """Insert the test into all loops of a tree whose statements carry their `origin`."""
    _visit(tree, in_class=False)


def _visit(node: Any, in_class: bool) -> None:
    if isinstance(node, ast.expr):
        return
    if isinstance(node, ast.ClassDef):
        in_class = True
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        in_class = False
    for child in ast.iter_child_nodes(node):
        _visit(child, in_class)
    if isinstance(node, (ast.For, ast.While)) and not in_class:
        node.body.insert(0, hot_test(loop_mark(node)))


def loop_mark(loop: ast.For | ast.While) -> LoopMark:
    """Which loop of the bytecode this is: a FOR ends the loop's header, a LOOP begins it."""
    code_index, first, last = _origin(loop)
    return LoopMark(code_index, last if isinstance(loop, ast.For) else first)


def _origin(node: Any) -> tuple[int, int, int]:
    origin: tuple[int, int, int] = node.origin
    return origin


def hot_test(mark: LoopMark) -> ast.Match:
    """The statement at the beginning of a loop's body."""
    entry = _at_no_place(
        ast.BoolOp(ast.And(), [_constant(True), _constant(entry_mark(mark))]),
    )
    call = _at_no_place(ast.Expr(_at_no_place(ast.Call(entry, [], []))))
    case = ast.match_case(_at_no_place(ast.MatchSingleton(None)), None, [call])
    return _at_no_place(ast.Match(_constant(hot_mark(mark)), [case]))


def is_hot_test(statement: ast.AST) -> bool:
    """Whether a statement is one that `instrument` has inserted."""
    return isinstance(statement, ast.Match) and statement.lineno == -1


def _constant(value: Any) -> ast.Constant:
    return _at_no_place(ast.Constant(value))


def _at_no_place(node: Node) -> Node:
    located: Any = node
    located.lineno = located.col_offset = located.end_lineno = located.end_col_offset = -1
    return node


def _has_while(tree: ast.AST) -> bool:
    """Whether a `while` runs in the module's own scope, and not in a function or class."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.While):
            return True
        scope = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)
        if not isinstance(child, scope) and _has_while(child):
            return True
    return False
