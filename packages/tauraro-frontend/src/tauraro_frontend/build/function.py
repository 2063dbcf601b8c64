"""The builder of one code object: temporaries, operands, emission, and the table of lowerings.

Each AST node type has one lowering function, registered with `@lowers(ast.BinOp)`; an expression's
returns the operand that reads its value, a statement's returns None. `check_complete` fails at
import if the running host has a node type that nothing lowers.
"""

from __future__ import annotations

from ..bind.collect import analyze
from ..bind.scopes import Scope, Scopes
from ..bytecode.isa import Op
from ..bytecode.module import (
    BytecodeModule,
    CodeKind,
    CodeObject,
    Constant,
    Instruction,
    Signature,
    Span,
)
from ..bytecode.operands import Role, Variable, const, is_leaf, local, temp, to_local, to_temp
from ..bytecode.operands import Scope as Storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    Lowering = Callable[["CodeBuilder", Any], Any]
    AnyLowering = TypeVar("AnyLowering", bound=Lowering)
else:
    import _ast as ast

new_tuple = tuple.__new__  # quicker than calling the class
LOWERINGS: dict[type[ast.AST], Lowering] = {}


def lowers(*types: type[ast.AST]) -> Callable[[AnyLowering], AnyLowering]:
    """Register the decorated function as the lowering of these node types."""

    def register(lowering: AnyLowering) -> AnyLowering:
        for node_type in types:
            if node_type in LOWERINGS:
                raise TypeError(f"{node_type.__name__} is lowered twice")
            LOWERINGS[node_type] = lowering
        return lowering

    return register


def check_complete() -> None:
    """Raise TypeError unless each expression and statement type of the host has a lowering."""
    legacy = {"Num", "Str", "Bytes", "NameConstant", "Ellipsis"}  # aliases that go away in 3.14
    missing = {
        node_type.__name__
        for base in (ast.expr, ast.stmt)
        for node_type in base.__subclasses__()
        if node_type not in LOWERINGS and node_type.__name__ not in legacy
    }
    if missing:
        raise TypeError(f"no lowering for {', '.join(sorted(missing))}")


def span_of(node: Any) -> Span:
    """The source span of an AST node that has one."""
    return new_tuple(Span, (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))


def build_tree(tree: ast.mod, filename: str, source_hash: bytes = bytes(8)) -> BytecodeModule:
    """The bytecode module of a parsed source file (modes exec, eval and single)."""
    module = ModuleBuilder(tree, filename, source_hash)
    kinds: dict[type[ast.mod], CodeKind] = {
        ast.Expression: CodeKind.EVAL,
        ast.Interactive: CodeKind.SINGLE,
    }
    builder = CodeBuilder(
        module, kinds.get(type(tree), CodeKind.MODULE), "<module>", module.scopes.of(tree)
    )
    if isinstance(tree, ast.Expression):
        builder.result(tree.body)
    elif isinstance(tree, (ast.Module, ast.Interactive)):
        builder.block(tree.body)
    builder.finish()
    return module.module


def has_future_annotations(tree: ast.mod) -> bool:
    """Whether the file has `from __future__ import annotations` (PEP 563)."""
    return isinstance(tree, (ast.Module, ast.Interactive)) and any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and node.level == 0
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


class ModuleBuilder:
    """What the code objects of one module share: constants, scopes, future flags."""

    def __init__(self, tree: ast.mod, filename: str, source_hash: bytes) -> None:
        self.module = BytecodeModule(filename, source_hash)
        self.scopes: Scopes = analyze(tree)
        self.future_annotations = has_future_annotations(tree)
        self._constants: dict[tuple[object, ...], int] = {}

    def constant(self, value: object, kind: str | None) -> int:
        """The index of a constant. Equal constants that can be told apart (0.0 and -0.0, 1 and
        True) differ."""
        text = repr(value) if isinstance(value, (float, complex)) else value
        key = (type(value), text, kind)
        index = self._constants.get(key)
        if index is None:
            index = self._constants[key] = len(self.module.constants)
            self.module.constants.append(Constant(value, kind))
        return index


class CodeBuilder:
    """Builds one code object.

    Temporaries are numbered from 0 and reused: an operand without `keep` frees its register.
    `scope` is the innermost scope: while a comprehension is built it is the comprehension's.
    """

    def __init__(
        self,
        module: ModuleBuilder,
        kind: CodeKind,
        name: str,
        scope: Scope,
        signature: Signature | None = None,
    ) -> None:
        self.module = module
        self.scope = scope
        self.scopes = module.scopes
        self.code = CodeObject(kind, name, scope.private, signature, scope.locals, scope.cells)
        self.index = len(module.module.codes)
        module.module.codes.append(self.code)
        self.instructions = self.code.instructions
        self.used: set[int] = set()
        self.temps = 0

    def finish(self) -> None:
        """Close the code object; every temporary has been consumed."""
        assert not self.used, (self.code.name, self.used)
        self.code.temps = self.temps

    # --- registers

    def allocate(self) -> int:
        """A free temporary register."""
        used = self.used
        index = 0
        while index in used:
            index += 1
        used.add(index)
        if index >= self.temps:
            self.temps = index + 1
        return index

    def allocate_row(self, count: int) -> int:
        """The first of `count` consecutive free temporary registers."""
        base = max(self.used, default=-1) + 1
        self.used.update(range(base, base + count))
        self.temps = max(self.temps, base + count)
        return base

    def free(self, operand: int) -> None:
        """Give back the register that `operand` reads for the last time."""
        if operand & 3 == 0:
            self.used.discard(operand >> 2)

    # --- emission

    def emit(
        self, op: Op, src: Sequence[int] = (), imm: tuple[Any, ...] = (), spans: Sequence[Span] = ()
    ) -> None:
        """Append an instruction that writes no register."""
        for operand in src:
            if operand & 3 == 0:
                self.used.discard(operand >> 2)
        self.instructions.append(new_tuple(Instruction, (op, None, tuple(src), imm, tuple(spans))))

    def emit_value(
        self, op: Op, src: Sequence[int] = (), imm: tuple[Any, ...] = (), spans: Sequence[Span] = ()
    ) -> int:
        """Append an instruction that writes a new temporary; the operand that reads it."""
        for operand in src:
            if operand & 3 == 0:
                self.used.discard(operand >> 2)
        index = self.allocate()
        self.instructions.append(
            new_tuple(Instruction, (op, to_temp(index), tuple(src), imm, tuple(spans)))
        )
        return temp(index)

    def emit_row(
        self, op: Op, count: int, src: Sequence[int], imm: tuple[Any, ...], spans: Sequence[Span]
    ) -> int:
        """Append an instruction that writes `count` consecutive temporaries; the first one's
        index."""
        for operand in src:
            self.free(operand)
        base = self.allocate_row(count)
        self.instructions.append(
            new_tuple(Instruction, (op, to_temp(base), tuple(src), imm, tuple(spans)))
        )
        return base

    # --- expressions

    def value(self, node: ast.expr) -> int:
        """Lower an expression into a temporary; the operand that reads it."""
        operand: int = LOWERINGS[type(node)](self, node)
        return operand

    def leaf(self, node: ast.expr) -> int | None:
        """The operand of a constant or local variable, None for everything else."""
        if type(node) is ast.Constant:
            return const(self.module.constant(node.value, node.kind))
        if type(node) is ast.Name:
            variable = self.scope.resolve(node.id)
            if variable.scope is Storage.LOCAL:
                return local(variable.slot)
        return None

    def operands(self, nodes: Sequence[ast.expr]) -> tuple[list[int], list[Span]]:
        """Lower values that one instruction reads together; the operands and the spans of the
        leaves.

        A local is an inline operand only if all later ones are leaves: what they execute could
        rebind it, and its bound check belongs before them.
        """
        leaves = [self.leaf(node) for node in nodes]
        last = -1
        for position, operand in enumerate(leaves):
            if operand is None:
                last = position
        operands: list[int] = []
        spans: list[Span] = []
        for position, (node, operand) in enumerate(zip(nodes, leaves, strict=True)):
            if operand is None or (position < last and operand & 3 == 2):
                operands.append(self.value(node))
            else:
                operands.append(operand)
                spans.append(span_of(node))
        return operands, spans

    def result(self, node: ast.expr) -> None:
        """End a code object that is one expression."""
        src, spans = self.operands([node])
        self.emit(Op.RESULT, src, (), spans)

    # --- statements

    def statement(self, node: ast.stmt) -> None:
        """Lower a statement."""
        LOWERINGS[type(node)](self, node)

    def block(self, nodes: Iterable[ast.stmt]) -> None:
        """Lower statements in order."""
        for node in nodes:
            LOWERINGS[type(node)](self, node)

    # --- variables

    def variable(self, name: str) -> Variable:
        """Where `name` lives, seen from the current scope."""
        return self.scope.resolve(name)

    def load(self, name: str, span: Span) -> int:
        """Load a variable into a temporary."""
        variable = self.scope.resolve(name)
        kind = variable.scope
        if kind is Storage.LOCAL:
            return self.emit_value(Op.LOAD, [local(variable.slot)], (), [span])
        outer = self.scope.class_cell("__classdict__") if self.scope.sees_class else None
        if kind is Storage.CELL:
            if self.code.kind is CodeKind.CLASS and self.scope is self.scope.owner:
                return self.emit_value(Op.LOAD_CLASS_CELL, (), (variable.slot,), [span])
            if outer is not None and self.code.cells[variable.slot].outer >= 0:
                return self.emit_value(Op.LOAD_OUTER_CELL, (), (variable.slot, outer), [span])
            return self.emit_value(Op.LOAD_CELL, (), (variable.slot,), [span])
        if kind is Storage.NAME:
            return self.emit_value(Op.LOAD_NAME, (), (name,), [span])
        if outer is not None:
            return self.emit_value(Op.LOAD_OUTER_GLOBAL, (), (name, outer), [span])
        return self.emit_value(Op.LOAD_GLOBAL, (), (name,), [span])

    def store(self, name: str, src: int, role: Role, spans: Sequence[Span]) -> None:
        """Store into a variable. A temporary that the instruction before has just written is
        written to the local directly instead."""
        variable = self.scope.resolve(name)
        kind = variable.scope
        if kind is Storage.LOCAL:
            self._store_local(variable.slot, src, role, spans)
        elif kind is Storage.CELL:
            self.emit(Op.STORE_CELL, [src], (variable.slot, role), spans)
        elif kind is Storage.NAME:
            self.emit(Op.STORE_NAME, [src], (name, role), spans)
        else:
            self.emit(Op.STORE_GLOBAL, [src], (name, role), spans)

    def _store_local(self, index: int, src: int, role: Role, spans: Sequence[Span]) -> None:
        dst = to_local(index, role)
        if src & 3 == 0 and role is not Role.WALRUS and self.instructions:
            last = self.instructions[-1]
            if last.dst == to_temp(src >> 2) and last.op.format.dst != "dsts":
                self.free(src)
                self.instructions[-1] = last._replace(dst=dst, spans=(*last.spans, *spans))
                return
        self.free(src)
        if is_leaf(src):  # `x = y`: STORE carries its own spans before those of the destination
            statement, value, target = spans
            spans = (value, statement, target)
        self.instructions.append(new_tuple(Instruction, (Op.STORE, dst, (src,), (), tuple(spans))))
