"""One walk over the AST that builds the scope tree: what each scope binds, uses and declares.

Follows the host's symbol table: annotations, defaults, decorators and the first iterable of a
comprehension belong to the enclosing scope; a walrus inside a comprehension binds in the enclosing
function.
"""

from __future__ import annotations

from .mangle import mangle
from .scopes import Scope, ScopeKind, Scopes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable
    from typing import Any

    Visit = Callable[["Collector", Any, Scope], None]
else:
    import _ast as ast

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def analyze(tree: ast.mod) -> Scopes:
    """The scopes of a parsed source file."""
    collector = Collector()
    scope = collector.scopes.open(tree, ScopeKind.MODULE, None, "")
    collector.children(tree, scope)
    collector.scopes.settle()
    return collector.scopes


WITHOUT_SCOPE = frozenset({"ctx", "op", "ops", "attr", "lineno", "kind", "conversion"})
"""Fields that hold no expression."""


class Collector:
    """Walks the AST and fills `scopes`."""

    def __init__(self) -> None:
        self.scopes = Scopes()

    def visit(self, node: ast.AST, scope: Scope) -> None:
        """Collect from one node."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            self.children(node, scope)
        else:
            handler(self, node, scope)

    def children(self, node: ast.AST, scope: Scope) -> None:
        """Collect from all child nodes."""
        for name in node._fields:
            if name in WITHOUT_SCOPE:
                continue
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self.visit(value, scope)
            elif type(value) is list:
                self.each(value, scope)

    def each(self, nodes: Iterable[ast.AST | None], scope: Scope) -> None:
        """Collect from nodes in order."""
        for node in nodes:
            if isinstance(node, ast.AST):
                self.visit(node, scope)


def visit_name(self: Collector, node: ast.Name, scope: Scope) -> None:
    if type(node.ctx) is ast.Load:
        scope.use(node.id)
        if node.id == "super" and scope.kind not in (ScopeKind.MODULE, ScopeKind.CLASS):
            scope.use("__class__")
    else:
        scope.bind(node.id)


def visit_named_expr(self: Collector, node: ast.NamedExpr, scope: Scope) -> None:
    self.visit(node.value, scope)
    home = scope
    while home.kind in (ScopeKind.COMPREHENSION, ScopeKind.GENERATOR):
        home.use(node.target.id)
        assert home.parent is not None
        home = home.parent
    if home.kind is ScopeKind.CLASS and home is not scope:
        return  # a SyntaxError of the host's
    home.bind(node.target.id)


def visit_declaration(self: Collector, node: ast.Global | ast.Nonlocal, scope: Scope) -> None:
    names = scope.globals if type(node) is ast.Global else scope.nonlocals
    names.update(mangle(scope.private, name) for name in node.names)
    for name in node.names:
        scope.use(name)


def visit_import(self: Collector, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    for alias in node.names:
        if alias.name != "*":
            scope.bind(alias.asname or alias.name.partition(".")[0])


def visit_handler(self: Collector, node: ast.ExceptHandler, scope: Scope) -> None:
    if node.type is not None:
        self.visit(node.type, scope)
    if node.name:
        scope.bind(node.name)
    self.each(node.body, scope)


def visit_capture(self: Collector, node: ast.MatchAs | ast.MatchStar, scope: Scope) -> None:
    if isinstance(node, ast.MatchAs) and node.pattern is not None:
        self.visit(node.pattern, scope)
    if node.name:
        scope.bind(node.name)


def visit_mapping(self: Collector, node: ast.MatchMapping, scope: Scope) -> None:
    self.each(node.keys, scope)
    self.each(node.patterns, scope)
    if node.rest:
        scope.bind(node.rest)


def visit_ann_assign(self: Collector, node: ast.AnnAssign, scope: Scope) -> None:
    target = node.target
    if isinstance(target, ast.Name) and not node.simple and node.value is None:
        scope.use(target.id)
    else:
        self.visit(target, scope)
    self.visit(node.annotation, scope)
    if node.value is not None:
        self.visit(node.value, scope)


def arguments_in_order(args: ast.arguments) -> list[ast.arg]:
    """The parameters in register order: positional-only, positional, keyword-only, `*`, `**`."""
    stars = [arg for arg in (args.vararg, args.kwarg) if arg is not None]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *stars]


def visit_function(self: Collector, node: FunctionNode, scope: Scope) -> None:
    args = node.args
    if not isinstance(node, ast.Lambda):
        self.each(node.decorator_list, scope)
        scope.bind(node.name)
    self.each(args.defaults, scope)
    self.each(args.kw_defaults, scope)
    if not isinstance(node, ast.Lambda):
        defaults = [
            *args.defaults,
            *(default for default in args.kw_defaults if default is not None),
        ]
        scope = type_params_scope(self, node, scope, passed=len(defaults))
        self.each((arg.annotation for arg in arguments_in_order(args)), scope)
        self.each([node.returns], scope)
    inner = self.scopes.open(node, ScopeKind.FUNCTION, scope, scope.private)
    for arg in arguments_in_order(args):
        inner.params.append(arg.arg)
        inner.bind(arg.arg)
    if isinstance(node, ast.Lambda):
        self.visit(node.body, inner)
    else:
        self.each(node.body, inner)


def visit_class(self: Collector, node: ast.ClassDef, scope: Scope) -> None:
    self.each(node.decorator_list, scope)
    scope.bind(node.name)
    scope = type_params_scope(self, node, scope, private=node.name)
    self.each(node.bases, scope)
    self.each(node.keywords, scope)
    inner = self.scopes.open(node, ScopeKind.CLASS, scope, node.name)
    self.each(node.body, inner)


def type_params_scope(
    self: Collector, node: ast.AST, scope: Scope, private: str | None = None, passed: int = 0
) -> Scope:
    """The scope of the node's type parameters (PEP 695), or `scope` if it has none. The enclosing
    code object passes it `passed` default values, as locals ".0", ".1", ..."""
    params: list[Any] = getattr(node, "type_params", None) or []
    if not params:
        return scope
    private = scope.private if private is None else private
    inner = annotation_scope(self, node, scope, private, "params")
    inner.params.extend(f".{index}" for index in range(passed))
    for param in params:
        inner.bind(param.name)
        for part in ("bound", "default_value"):
            expression = getattr(param, part, None)
            if expression is not None:
                lazy = annotation_scope(self, param, inner, private, part)
                self.visit(expression, lazy)
    return inner


def annotation_scope(
    self: Collector, node: ast.AST, scope: Scope, private: str, part: str
) -> Scope:
    inner = self.scopes.open(node, ScopeKind.ANNOTATION, scope, private, part)
    inner.sees_class = scope.kind is ScopeKind.CLASS or scope.sees_class
    if inner.sees_class:
        inner.use("__classdict__")
    return inner


def visit_type_alias(self: Collector, node: Any, scope: Scope) -> None:
    scope.bind(node.name.id)
    scope = type_params_scope(self, node, scope)
    lazy = annotation_scope(self, node, scope, scope.private, "value")
    self.visit(node.value, lazy)


def visit_comprehension(self: Collector, node: Comprehension, scope: Scope) -> None:
    first = node.generators[0]
    self.visit(first.iter, scope)
    is_generator = isinstance(node, ast.GeneratorExp)
    kind = ScopeKind.GENERATOR if is_generator else ScopeKind.COMPREHENSION
    inner = self.scopes.open(node, kind, scope, scope.private)
    if is_generator:
        inner.params.append(".0")
    for generator in node.generators:
        self.visit(generator.target, inner)
    for generator in node.generators:
        if generator is not first:
            self.visit(generator.iter, inner)
        self.each(generator.ifs, inner)
    if isinstance(node, ast.DictComp):
        self.visit(node.key, inner)
        self.visit(node.value, inner)
    else:
        self.visit(node.elt, inner)


def visit_constant(self: Collector, node: ast.Constant, scope: Scope) -> None:
    """Nothing: a constant mentions no name."""


HANDLERS: dict[type[ast.AST], Visit] = {
    ast.Constant: visit_constant,
    ast.Name: visit_name,
    ast.NamedExpr: visit_named_expr,
    ast.Global: visit_declaration,
    ast.Nonlocal: visit_declaration,
    ast.Import: visit_import,
    ast.ImportFrom: visit_import,
    ast.ExceptHandler: visit_handler,
    ast.MatchAs: visit_capture,
    ast.MatchStar: visit_capture,
    ast.MatchMapping: visit_mapping,
    ast.AnnAssign: visit_ann_assign,
    ast.FunctionDef: visit_function,
    ast.AsyncFunctionDef: visit_function,
    ast.Lambda: visit_function,
    ast.ClassDef: visit_class,
    ast.ListComp: visit_comprehension,
    ast.SetComp: visit_comprehension,
    ast.DictComp: visit_comprehension,
    ast.GeneratorExp: visit_comprehension,
}
if hasattr(ast, "TypeAlias"):
    HANDLERS[ast.TypeAlias] = visit_type_alias
