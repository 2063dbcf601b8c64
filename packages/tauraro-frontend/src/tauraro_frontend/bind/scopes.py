"""Scopes and variables: AST in, for each scope a map from names to where they live.

A scope is what the language calls one (module, class, function, lambda, comprehension, annotation
scope). A scope *owns code* if it becomes a code object of its own; list, set and dict
comprehensions do not: their variables live in the enclosing code object, under the same name if
need be.

    analyze(tree).of(node).resolve("x") -> Variable(scope, index, name)
"""

from __future__ import annotations

from ..bytecode.module import Cell
from ..bytecode.operands import Scope as Storage
from ..bytecode.operands import Variable
from .mangle import mangle

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from enum import IntEnum
else:
    import _ast as ast

    from ..bytecode.records import IntEnum


class ScopeKind(IntEnum):
    """The kinds of scope, as far as name resolution tells them apart."""

    MODULE = 1
    CLASS = 2
    FUNCTION = 3  # def, async def, lambda
    COMPREHENSION = 4  # list, set, dict: shares the enclosing code object
    GENERATOR = 5  # generator expression
    ANNOTATION = 6  # type parameters, lazily evaluated bounds, defaults and aliases (PEP 695)


class Binding:
    """One variable of a function-like scope. `captured`: another code object refers to it, so it is
    a cell."""

    __slots__ = ("captured", "name", "raw")

    def __init__(self, name: str, raw: str, captured: bool = False) -> None:
        self.name = name
        self.raw = raw
        self.captured = captured


class Scope:
    """One scope. After `analyze`, `resolve` tells where a name lives."""

    __slots__ = (
        "_cell_index", "_free", "_local_index", "_own", "_resolved", "bindings", "cells",
        "globals", "kind", "locals", "nonlocals", "params", "parent", "private", "sees_class",
        "uses",
    )  # fmt: skip

    def __init__(self, kind: ScopeKind, parent: Scope | None, private: str) -> None:
        self.kind = kind
        self.parent = parent
        self.private = private
        self.params: list[str] = []
        self.bindings: dict[str, Binding] = {}
        self.uses: dict[str, str] = {}  # mangled -> as written
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.sees_class = False  # an annotation scope that looks into the class namespace first
        # of a scope that owns code, filled by `analyze`:
        self.locals: list[str] = []
        self.cells: list[Cell] = []
        self._local_index: dict[Binding, int] = {}
        self._cell_index: dict[Binding, int] = {}
        self._free: dict[Binding, None] = {}
        self._own: list[Binding] = []
        self._resolved: dict[str, Variable] = {}

    @property
    def owner(self) -> Scope:
        """The scope whose code object holds this scope's variables."""
        scope = self
        while scope.kind is ScopeKind.COMPREHENSION:
            assert scope.parent is not None
            scope = scope.parent
        return scope

    def bind(self, raw: str) -> None:
        """Record that this scope assigns `raw`."""
        name = mangle(self.private, raw)
        if name not in self.bindings:
            self.bindings[name] = Binding(name, raw)
        self.uses.setdefault(name, raw)

    def use(self, raw: str) -> None:
        """Record that this scope mentions `raw`."""
        self.uses.setdefault(mangle(self.private, raw), raw)

    def resolve(self, raw: str) -> Variable:
        """Where the variable `raw` lives, seen from this scope."""
        variable = self._resolved.get(raw)
        if variable is None:
            variable = self._resolved[raw] = self._variable(raw)
        return variable

    def own_cells(self) -> list[int]:
        """The cells of a comprehension's own variables: they are made anew each time it runs."""
        cells = self.owner._cell_index
        return [cells[b] for b in self.bindings.values() if b in cells]

    def class_cell(self, name: str) -> int | None:
        """The index of the implicit cell (`__class__`, `__classdict__`) that this scope owns or
        reaches."""
        for binding, index in self.owner._cell_index.items():
            if binding.name == name:
                return index
        return None

    def _variable(self, raw: str) -> Variable:
        found = find(self, mangle(self.private, raw))
        if isinstance(found, Storage):
            return Variable(found, 0, raw)
        owner = self.owner
        if found in owner._cell_index:
            return Variable(Storage.CELL, owner._cell_index[found], raw)
        return Variable(Storage.LOCAL, owner._local_index[found], raw)

    def declare_binding(self, binding: Binding) -> None:
        """Give the code object a variable (called in order of appearance)."""
        self._own.append(binding)

    def capture(self, binding: Binding, home: Scope) -> None:
        """Make `binding` of the code object `home` reachable from this scope's code object."""
        scope: Scope | None = self.owner
        while scope is not None and scope is not home:
            scope._free.setdefault(binding)
            scope = scope.parent.owner if scope.parent else None
        binding.captured = True

    def lay_out(self) -> None:
        """Number locals and cells. The enclosing code object must have been laid out before."""
        params = {mangle(self.private, name): index for index, name in enumerate(self.params)}
        self.locals.extend(self.params)
        for binding in self._own:
            index = params.get(binding.name, -1) if binding.name in self.bindings else -1
            if self.bindings.get(binding.name) is not binding:
                index = -1
            if binding.captured:
                self._cell_index[binding] = len(self.cells)
                self.cells.append(Cell(binding.raw, -1, index))
            elif index >= 0:
                self._local_index[binding] = index
            else:
                self._local_index[binding] = len(self.locals)
                self.locals.append(binding.raw)
        if self._free:
            assert self.parent is not None
            outer = self.parent.owner._cell_index
            for binding in sorted(self._free, key=lambda free: free.name):
                self._cell_index[binding] = len(self.cells)
                self.cells.append(Cell(binding.raw, outer[binding], -1))


def find(start: Scope, name: str) -> Binding | Storage:
    """The variable that the mangled `name` means in `start`: a binding, or GLOBAL or NAME
    storage."""
    scope: Scope | None = start
    inside = False  # of a scope that does not see the names of an enclosing class body
    while scope is not None:
        kind = scope.kind
        if kind is ScopeKind.MODULE:
            return Storage.GLOBAL if inside or name in scope.globals else Storage.NAME
        if kind is ScopeKind.CLASS:
            if not inside:
                if name in scope.globals:
                    return Storage.GLOBAL
                if name in scope.bindings and name not in scope.nonlocals:
                    return Storage.NAME
                outer = find_outer(scope, name)
                return outer if isinstance(outer, Binding) else Storage.NAME
            if name in ("__class__", "__classdict__"):
                return implicit_cell(scope, name)
        elif name in scope.globals:
            return Storage.GLOBAL
        elif name in scope.bindings and name not in scope.nonlocals:
            return scope.bindings[name]
        if kind is not ScopeKind.COMPREHENSION or (
            scope.parent is not None and scope.parent.kind is ScopeKind.CLASS
        ):
            inside = True
        scope = scope.parent
    return Storage.GLOBAL


def find_outer(scope: Scope, name: str) -> Binding | Storage:
    """What `name` means in the scopes around the class body `scope`, class bodies left out."""
    outer = scope.parent
    while outer is not None:
        if outer.kind is ScopeKind.CLASS:
            if name == "__class__":
                return implicit_cell(outer, name)
        elif outer.kind is not ScopeKind.MODULE:
            if name in outer.globals:
                return Storage.GLOBAL
            if name in outer.bindings and name not in outer.nonlocals:
                return outer.bindings[name]
        outer = outer.parent
    return Storage.GLOBAL


def implicit_cell(scope: Scope, name: str) -> Binding:
    """The class body's own cell `__class__` or `__classdict__`, made when first asked for."""
    for binding in scope._own:
        if binding.name == name and scope.bindings.get(name) is not binding:
            return binding
    binding = Binding(name, name, captured=True)
    scope.declare_binding(binding)
    return binding


class Scopes:
    """The scopes of one source file, by AST node."""

    def __init__(self) -> None:
        self.by_node: dict[tuple[ast.AST, str], Scope] = {}
        self.order: list[Scope] = []

    def of(self, node: ast.AST, part: str = "") -> Scope:
        """The scope that `node` opens; `part` tells several of one node apart ("params" for type
        parameters, "bound", "default", "value" for lazily evaluated parts)."""
        return self.by_node[node, part]

    def open(
        self, node: ast.AST, kind: ScopeKind, parent: Scope | None, private: str, part: str = ""
    ) -> Scope:
        """Make a scope; parents are made before their children."""
        scope = Scope(kind, parent, private)
        self.by_node[node, part] = scope
        self.order.append(scope)
        return scope

    def settle(self) -> None:
        """Resolve every use, decide what is captured, and number locals and cells."""
        homes = self._declare()
        for scope in self.order:
            for name in scope.uses:
                found = find(scope, name)
                if isinstance(found, Binding):
                    home = homes.get(found)
                    if home is None:  # an implicit cell: its class body is around
                        home = homes[found] = self._home(scope, found)
                    if home is not scope.owner:
                        scope.capture(found, home)
        for scope in self.order:
            if scope.owner is scope:
                scope.lay_out()

    def _declare(self) -> dict[Binding, Scope]:
        homes: dict[Binding, Scope] = {}
        for scope in self.order:
            if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
                continue
            for name, binding in scope.bindings.items():
                if name not in scope.globals and name not in scope.nonlocals:
                    scope.owner.declare_binding(binding)
                    homes[binding] = scope.owner
        return homes

    @staticmethod
    def _home(scope: Scope, binding: Binding) -> Scope:
        home: Scope | None = scope
        while home is not None:
            if binding in home.owner._own:
                return home.owner
            home = home.parent
        raise AssertionError(f"no scope holds {binding.name}")
