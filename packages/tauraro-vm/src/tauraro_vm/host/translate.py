"""Bytecode module in, host AST out: temporaries are folded back into expressions.

    GETATTR t0 = x .name        ->   f(x.name)
    CALL    t0 = f(t0)

A temporary's content is, at translation time, a *pending* node: an expression, a display under
construction, a place that waits for its target (`Incoming`), or a statement under construction. The
host compiles the result to code equal to what it makes of the source itself; nothing but the
bytecode is used.

One function per opcode, registered with `@translates(Op.X)`.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import OPS, Op
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, CodeObject, Instruction, Span
from tauraro_frontend.bytecode.operands import Role, Variable
from tauraro_frontend.errors import BytecodeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, TypeVar

    Handler = Callable[["Translator", int, Instruction, Iterator[Span]], None]
    AnyHandler = TypeVar("AnyHandler", bound=Handler)
    Node = TypeVar("Node", bound=ast.AST)
else:
    import _ast as ast

LOAD, STORE, DELETE = ast.Load(), ast.Store(), ast.Del()

HANDLERS: dict[Op, Handler] = {}


LOST = 1 << 20
"""A temporary number beyond all real ones: holds a value between an instruction and its fused
store."""


def translates(*ops: Op) -> Callable[[AnyHandler], AnyHandler]:
    """Register the decorated function as the translation of these instructions."""

    def register(handler: AnyHandler) -> AnyHandler:
        for op in ops:
            if op in HANDLERS:
                raise TypeError(f"{op.name} is translated twice")
            HANDLERS[op] = handler
        return handler

    return register


def check_complete() -> None:
    """Raise TypeError unless every instruction has a translation."""
    missing = [op.name for op in OPS if op not in HANDLERS]
    if missing:
        raise TypeError(f"no translation for {', '.join(missing)}")


def at(node: Node, span: Span) -> Node:
    """Give a node its position."""
    located: Any = node
    located.lineno, located.col_offset, located.end_lineno, located.end_col_offset = span
    return node


def position_of(node: Any) -> Span:
    """A node's position."""
    return Span(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


class Incoming:
    """A value on its way into a target or pattern: `put` takes the finished node. `filled` is the
    last one."""

    __slots__ = ("filled", "put")

    def __init__(self, put: Callable[[Any], None]) -> None:
        self.put = put
        self.filled: Any = None

    def fill(self, node: Any) -> None:
        """Hand over the target or pattern."""
        self.filled = node
        self.put(node)


class Region:
    """An open region: its kind, its node (or the parts of a future node) and, by kind, more."""

    __slots__ = ("kind", "node", "parts", "span", "subject")

    def __init__(self, kind: str, node: Any, span: Span | None = None) -> None:
        self.kind = kind
        self.node = node
        self.span = span
        self.parts: list[Any] = []
        self.subject: Any = None


def translate_module(module: BytecodeModule) -> ast.Module | ast.Expression | ast.Interactive:
    """The host AST of a verified module.

    Raises BytecodeError if the instructions make no program, which a verified module can still do
    only by being hostile.
    """
    try:
        body = Translator(module, 0).run()
    except (LookupError, StopIteration, TypeError, ValueError, AttributeError) as error:
        raise BytecodeError("module", f"cannot be translated ({error!r})") from error
    kind = module.codes[0].kind
    if kind is CodeKind.EVAL:
        return ast.Expression(body=body[0])
    if kind is CodeKind.SINGLE:
        return ast.Interactive(body=body)
    return ast.Module(body=body, type_ignores=[])


class Translator:
    """Translates one code object. `passed` replaces the locals ".0", ".1", ... of scopes that are
    called at once: the values that the enclosing code object passes."""

    def __init__(self, module: BytecodeModule, index: int, passed: Sequence[ast.expr] = ()) -> None:
        self.module = module
        self.index = index
        self.constants = module.constants
        self.code: CodeObject = module.codes[index]
        self.passed = passed
        self.temps: dict[int, Any] = {}
        self.targets: dict[int, list[ast.expr]] = {}  # temporary -> targets of an assignment so far
        self.out: list[Any] = []
        self.suites: list[list[Any]] = []
        self.regions: list[Region] = []
        self.type_params: list[Any] = []
        self.deleted: list[ast.expr] = []
        self.imported: list[ast.alias] = []
        self.annotated: ast.expr | None = None

    def run(self) -> list[Any]:
        """The statements of the code object (or its one expression), each with its `origin`."""
        handlers = HANDLERS
        first = 0
        for pc, instruction in enumerate(self.code.instructions):
            if instruction.op is Op.LOOP:
                first = pc  # behind an unpacking, whose stores come after its statement
            suite = self.out
            size = len(suite)
            last = suite[-1] if suite else None
            dst = instruction.dst
            spans = instruction.spans
            if dst is None:
                handlers[instruction.op](self, LOST, instruction, iter(spans))
            elif dst & 7 == 0:
                handlers[instruction.op](self, dst >> 3, instruction, iter(spans))
            else:
                self._fused(instruction, dst)
            if self.out is not suite or (suite and suite[-1] is not last):
                self._set_origin(suite, size, last, first, pc)
                first = pc + 1
        if self.temps or self.regions:
            raise ValueError(f"{self.code.name}: unfinished")
        return self.out

    def _set_origin(self, suite: list[Any], size: int, last: Any, first: int, pc: int) -> None:
        """Note on a statement that has just been added to `suite` which instructions it is made of:
        `origin` is the index of the code object, the first pc and the last (of a compound
        statement's header: the pc that opens its body)."""
        node = suite[-1] if suite else None
        if node is not last and node is not None:
            if len(suite) == size:  # an assignment that has become an annotated one
                first = last.origin[1]
            node.origin = (self.index, first, pc)

    def _fused(self, instruction: Instruction, dst: int) -> None:
        """An instruction that writes a local: the value, then the store."""
        role = Role((dst & 7) - 1)
        own = {Role.TARGET: 1, Role.ASSIGN: 2, Role.WALRUS: 2}.get(role, 0)
        spans = instruction.spans
        cut = len(spans) - own
        name = self.code.locals[dst >> 3]
        if instruction.op is Op.STORE:
            self.store_name(instruction.src[0], name, role, spans[:cut], spans[cut:])
            return
        HANDLERS[instruction.op](self, LOST, instruction, iter(spans[:cut]))
        self.store_name(LOST << 2, name, role, (), spans[cut:])

    # --- operands

    def operand(self, operand: int, spans: Iterator[Span]) -> Any:
        """What an operand holds; a leaf takes its span from `spans`."""
        kind = operand & 3
        index = operand >> 2
        if kind == 0:
            return self.temps.pop(index)
        if kind == 1:
            return self.temps[index]
        return self.leaf(kind, index, next(spans))

    def leaf(self, kind: int, index: int, span: Span) -> ast.expr:
        """The node of a local or constant."""
        if kind == 2:
            name = self.code.locals[index]
            if name[0] == ".":
                return self.passed[int(name[1:])]
            return at(ast.Name(name, LOAD), span)
        constant = self.constants[index]
        value: Any = constant.value
        return at(ast.Constant(value, constant.kind), span)

    def operands(self, src: Sequence[int], spans: Iterator[Span]) -> list[Any]:
        """Several operands in order."""
        return [self.operand(operand, spans) for operand in src]

    def expression(self, node: ast.expr, dst: int, span: Span) -> None:
        """Finish an instruction whose result is an expression."""
        self.temps[dst] = at(node, span)

    # --- suites

    def open_suite(self) -> list[Any]:
        """Begin a nested list of statements."""
        self.suites.append(self.out)
        self.out = []
        return self.out

    def close_suite(self) -> None:
        """Go on in the enclosing list of statements."""
        self.out = self.suites.pop()

    def open_region(self, kind: str, node: Any, span: Span | None = None) -> Region:
        """Begin a region."""
        region = Region(kind, node, span)
        self.regions.append(region)
        return region

    # --- stores

    def cell_name(self, index: int) -> str:
        """The name of a cell."""
        return self.code.cells[index].name

    def variable_name(self, variable: Variable | None) -> str | None:
        """The name of a variable."""
        return None if variable is None else variable.name

    def store_name(
        self, src: int, name: str, role: Role, leaves: Sequence[Span], own: Sequence[Span]
    ) -> None:
        """A store into a variable. `own`: the statement's span (ASSIGN, WALRUS), the target's."""
        if role in (Role.TARGET, Role.ASSIGN, Role.WALRUS):
            target = at(ast.Name(name, STORE), own[-1])
            statement = own[0] if len(own) == 2 else None
            self.put(src, target, role, statement, leaves[0] if leaves else None)
            return
        value = self.temps.pop(src >> 2)
        if role is Role.AUGMENT:
            self.augment(value, at(ast.Name(name, STORE), position_of(value.target)))
        elif role is Role.IMPORT:
            self.import_name(value, name)
        elif type(value).__name__ in ("TypeVar", "TypeVarTuple", "ParamSpec"):
            self.type_params.append(value)
        else:
            self.out.append(value)

    def put(
        self, src: int, target: Any, role: Role, statement: Span | None, leaf: Span | None
    ) -> None:
        """Store the operand `src` into a finished target node."""
        kind = src & 3
        index = src >> 2
        value: Any
        if kind >= 2:
            assert leaf is not None
            value = self.leaf(kind, index, leaf)
        else:
            value = self.temps[index]
            if kind == 0:
                del self.temps[index]
        if isinstance(value, Incoming):
            value.fill(target)
        elif role is Role.WALRUS:
            assert statement is not None
            self.temps[index] = at(ast.NamedExpr(target, value), statement)
        elif role is Role.ASSIGN:
            assert statement is not None
            earlier = self.targets.pop(index, []) if kind == 0 else []
            self.out.append(at(ast.Assign([*earlier, target], value), statement))
        else:
            self.targets.setdefault(index, []).append(target)

    def augment(self, value: ast.AugAssign, target: Any) -> None:
        """Finish an augmented assignment."""
        value.target = target
        self.out.append(value)

    def import_name(self, value: Any, name: str) -> None:
        """A name bound by an import; `value` is translate_control's `Import` or `ImportedName`."""
        value.bind(self, name)
