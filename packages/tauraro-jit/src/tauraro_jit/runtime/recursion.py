"""Which functions of a module may come to call themselves, as far as the names in it tell.

In: tier 1's tree. Out: the code objects of functions that native code may be entered in where they
begin: a loop has a place for that, a recursive function has none.

Functions of the module's own scope and of those of other functions count, with plain calls by name
of one that is defined in the same scope; what the names mean when the program runs does not matter
here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any
else:
    import _ast as ast

_SUITES = ("body", "orelse", "finalbody", "handlers")


def recursive_functions(tree: ast.AST) -> dict[int, ast.FunctionDef]:
    """The functions of a module, by the index of their code object, that are part of a cycle of
    calls."""
    found = {}
    scopes = [tree]
    while scopes:
        functions = list(_functions_in(scopes.pop()))
        found.update(_recursive_in(functions))
        scopes += functions
    return found


def _recursive_in(scope: list[ast.FunctionDef]) -> dict[int, ast.FunctionDef]:
    """Those of the functions of one scope that are part of a cycle of calls."""
    functions: dict[str, list[ast.FunctionDef]] = {}
    for function in scope:
        functions.setdefault(function.name, []).append(function)
    calls: dict[str, set[str]] = {}
    for name, same in functions.items():
        found = [_called_in(each) for each in same]
        functions[name] = [each for each, called in zip(same, found, strict=True) if called]
        calls[name] = {callee for called in found for callee in called if callee in functions}
    return {
        code_index_of(function): function
        for name, same in functions.items()
        if _reaches_itself(name, calls)
        for function in same
    }


def code_index_of(function: ast.FunctionDef) -> int:
    """The index of a function's code object; its last statement is no docstring."""
    origin: tuple[int, int, int] = vars(function.body[-1])["origin"]
    return origin[0]


def _functions_in(tree: Any) -> Iterator[ast.FunctionDef]:
    """The functions of a scope that have statements."""
    work: list[Any] = [tree]
    while work:
        node = work.pop()
        for name in _SUITES:
            for child in vars(node).get(name, ()) if type(node) is not ast.Lambda else ():
                if isinstance(child, ast.FunctionDef):
                    if hasattr(child.body[-1], "origin"):
                        yield child
                elif isinstance(child, (ast.If, ast.Try, ast.With, ast.ExceptHandler)):
                    work.append(child)


def _called_in(function: ast.FunctionDef) -> set[str]:
    """The names that a function calls; none if it is a generator, or defines one: these are left
    alone."""
    found = set()
    work: list[Any] = list(function.body)
    push = work.append
    while work:
        node = work.pop()
        if type(node) is ast.Call and type(node.func) is ast.Name:
            found.add(node.func.id)
        elif type(node) is ast.Yield or type(node) is ast.YieldFrom:
            return set()
        for value in vars(node).values():
            if type(value) is list:
                for each in value:
                    if isinstance(each, ast.AST):
                        push(each)
            elif isinstance(value, ast.AST):
                push(value)
    return found


def _reaches_itself(name: str, calls: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    work = list(calls[name])
    while work:
        callee = work.pop()
        if callee == name:
            return True
        if callee not in seen:
            seen.add(callee)
            work += calls[callee]
    return False
