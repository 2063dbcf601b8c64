"""Scopes: against the host's own symbol table, and where the two differ on purpose."""

from __future__ import annotations

import ast
import collections
import symtable
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tauraro_frontend.bind.collect import analyze
from tauraro_frontend.bind.mangle import mangle
from tauraro_frontend.bind.scopes import Binding, Scope, ScopeKind, find
from tauraro_frontend.bytecode.operands import Scope as Storage

STDLIB = sorted(Path(ast.__file__).parent.glob("*.py"))[::12]


def find_in(scope: Scope, name: str) -> str:
    """What a name is in a scope, in the words of `symtable`."""
    found = find(scope, name)
    if isinstance(found, Storage):
        return "global"
    return "local" if scope.bindings.get(name) is found else "free"


def function_scopes(tree: ast.Module) -> Iterator[tuple[tuple[str, int], Scope, set[str]]]:
    """The functions of a file: name and line, scope, and the variables of their comprehensions,
    which the host counts as the function's own from 3.12 on (PEP 709)."""
    scopes = analyze(tree)
    inlined: dict[int, set[str]] = collections.defaultdict(set)
    for scope in scopes.order:
        if scope.kind is ScopeKind.COMPREHENSION:
            inlined[id(scope.owner)].update(scope.bindings)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            scope = scopes.of(node)
            yield (node.name, node.lineno), scope, inlined[id(scope)]


def function_tables(
    table: symtable.SymbolTable,
) -> Iterator[tuple[tuple[str, int], symtable.SymbolTable]]:
    """The symbol tables of the functions of a file, by name and line."""
    for child in table.get_children():
        if isinstance(child, symtable.Function):
            yield (child.get_name(), child.get_lineno()), child
        yield from function_tables(child)


def decorated_lines(tree: ast.Module) -> dict[tuple[str, int], int]:
    """Definitions whose symbol table names the line of a decorator."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        (node.name, node.lineno): node.decorator_list[0].lineno
        for node in ast.walk(tree)
        if isinstance(node, functions) and node.decorator_list
    }


@pytest.mark.parametrize("path", STDLIB, ids=lambda path: path.name)
def test_names_mean_what_the_host_says(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    tables: dict[tuple[str, int], list[symtable.SymbolTable]] = collections.defaultdict(list)
    for key, table in function_tables(symtable.symtable(source, str(path), "exec")):
        tables[key].append(table)
    decorators = decorated_lines(tree)
    for (name, line), scope, inlined in function_scopes(tree):
        found = tables.get((name, line)) or tables.get((name, decorators.get((name, line), 0)))
        if found is None or len(found) != 1:
            continue
        for symbol in found[0].get_symbols():
            if symbol.is_free():
                expected = "free"
            elif symbol.is_local():
                expected = "local"
            else:
                expected = "global"
            text = symbol.get_name()
            if text not in inlined:
                assert find_in(scope, text) == expected, (name, line, text)


def scope_of(source: str, name: str) -> Scope:
    """The scope of the function or class `name`."""
    tree = ast.parse(textwrap.dedent(source))
    scopes = analyze(tree)
    nodes = [node for node in ast.walk(tree) if getattr(node, "name", None) == name]
    return scopes.of(nodes[0])


def test_comprehension_variables_are_registers_of_the_function() -> None:
    scope = scope_of("def f(x):\n    return [x for x in x], {x: 1 for x in x}\n", "f")
    assert scope.locals == ["x", "x", "x"]
    assert scope.cells == []


def test_captured_comprehension_variable_is_a_cell_of_its_own() -> None:
    scope = scope_of("def f(x):\n    return [lambda: x for x in x]\n", "f")
    assert scope.locals == ["x"]
    assert [(cell.name, cell.outer, cell.param) for cell in scope.cells] == [("x", -1, -1)]


def test_captured_parameter_moves_into_a_cell() -> None:
    scope = scope_of("def f(a, b):\n    return lambda: b\n", "f")
    assert scope.locals == ["a", "b"]
    assert [(cell.name, cell.outer, cell.param) for cell in scope.cells] == [("b", -1, 1)]


def test_walrus_in_a_comprehension_binds_in_the_function() -> None:
    scope = scope_of("def f(n):\n    [y := x for x in n]\n    return y\n", "f")
    assert scope.resolve("y").scope is Storage.LOCAL
    assert isinstance(find(scope, "y"), Binding)


def test_class_cell_exists_only_if_a_method_asks_for_it() -> None:
    used = scope_of("class C:\n    def m(self): return super().m()\n", "C")
    unused = scope_of("class C:\n    def m(self): return 1\n", "C")
    assert [cell.name for cell in used.cells] == ["__class__"]
    assert unused.cells == []
    assert used.kind is ScopeKind.CLASS


@pytest.mark.parametrize(
    ("private", "name", "expected"),
    [
        ("C", "__x", "_C__x"),
        ("__C", "__x", "_C__x"),
        ("___", "__x", "__x"),
        ("C", "__x__", "__x__"),
        ("C", "_x", "_x"),
        ("C", "__a.b", "__a.b"),
        ("", "__x", "__x"),
    ],
)
def test_mangling(private: str, name: str, expected: str) -> None:
    assert mangle(private, name) == expected
