"""Class and module bodies, whose variables are a namespace in which the shim may have none of its
own: their frame is a constant of the shim.

In: a linked body. Out: for a module its host code object; for a class the function that
`__build_class__` calls, with a code object for this one execution. Also what is in the namespace
before the body begins, and after its end.
"""

from __future__ import annotations

import builtins
import sys
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind

from .loop import Execution, LimitedExecution
from .own_names import use_own_names
from .regions import LEAVING as END
from .shim import bind_constant, class_shim, leave_headroom, module_shim, note_run
from .statistics import budget
from .tracing import tracing

if TYPE_CHECKING:
    from .frame import Frame
    from .link import LinkedCode

use_own_names(globals())


class BodyExecution(LimitedExecution):
    """A frame that is a constant of its shim: its attributes are the shim's variables."""

    __slots__ = ("closure",)

    closure: tuple[CellType, ...]
    host_globals = staticmethod(builtins.globals)
    host_locals = staticmethod(builtins.locals)

    def step(self, answer: Any = None) -> int:
        """Run, under a limit if there is one."""
        if budget.remaining is None:
            return Execution.step(self, answer)
        return LimitedExecution.step(self, answer)

    def start_in(self, namespace: Any) -> None:
        """Make the frame ready to run its first instruction in a namespace."""
        code = self.code
        self.namespace = namespace
        self.pop = self.arguments.pop
        free = iter(self.closure)
        for position, cell in enumerate(code.source.cells):
            made = CellType() if cell.outer < 0 else next(free)
            self.registers[code.layout.cells[position]] = made

    def fail_at_start(self, exc: BaseException) -> int:
        """The request that raises what happened before the first instruction."""
        self.raise_from_instruction(self.code.start, exc)
        leaf, self.leaf = self.leaf, None
        assert leaf is not None
        return leaf


class ClassExecution(BodyExecution):
    """The frame of a class body, called by its shim."""

    __slots__ = ()

    def enter(self, namespace: Any) -> int:
        """Start in the namespace that the metaclass prepared."""
        self.start_in(namespace)
        try:
            initialize(self, namespace)
        except BaseException as exc:
            return self.fail_at_start(exc)
        return self.step()

    def finish(self) -> Any:
        """Complete the namespace; the value is the `__class__` cell, if methods use it."""
        code = self.code
        class_cell = code.cell_register("__class__")
        dict_cell = code.cell_register("__classdict__")
        cell = self.registers[class_cell] if class_cell >= 0 else None
        if sys.version_info >= (3, 13):
            self.namespace["__static_attributes__"] = static_attributes(code)
        if dict_cell >= 0:
            self.namespace["__classdictcell__"] = self.registers[dict_cell]
        if cell is not None:
            self.namespace["__classcell__"] = cell
        super().finish()
        return cell

    __pos__ = finish


class ModuleExecution(BodyExecution):
    """The frame of a module body, called by its shim, which may run many times: whoever has the
    token uses this frame; in the meantime others run a copy."""

    __slots__ = ("linked", "token")

    def __init__(self, code: LinkedCode) -> None:
        super().__init__(code, {}, None, [], END)
        self.linked = code
        self.closure = ()
        self.token = [None]

    def claim(self) -> bool:
        """Take the frame, if it is free."""
        try:
            self.token.pop()
        except IndexError:
            return False
        return True

    def run_copy(self, global_names: dict[str, Any], namespace: Any) -> Any:
        """Run the body in a frame of its own."""
        return eval(module_code(self.linked), global_names, namespace)

    def enter(self, global_names: dict[str, Any], namespace: Any) -> int:
        """Start in namespaces."""
        code = self.linked.link()
        super().__init__(code, global_names, None, code.template.copy(), code.start)
        if not code.ran:
            note_run(code)
        self.start_in(namespace)
        try:
            if has_annotations(code):
                prepare_annotations(namespace)
            leave_headroom()
        except BaseException as exc:
            return self.fail_at_start(exc)
        return self.step()

    def finish(self) -> Any:
        """The body's value; the frame is free again."""
        value = super().finish()
        self.release()
        return value

    __pos__ = finish

    def abandon(self) -> None:
        """Leave with an exception; the frame is free again."""
        super().abandon()
        self.release()

    def release(self) -> None:
        """Let go of the namespaces."""
        self.globals = {}
        self.builtins = None
        self.namespace = None
        self.registers = []
        self.token.append(None)


def module_code(code: LinkedCode) -> CodeType:
    """The host code object of a module body."""
    return bind_constant(module_shim(code.link()), ModuleExecution(code))


def class_function(frame: Frame, child: LinkedCode, closure: tuple[CellType, ...]) -> FunctionType:
    """The function of a class body, for one execution."""
    code = tracing.instead_of(child) if tracing.is_on and frame.type_parameters is None else None
    if code is not None:
        return FunctionType(code, frame.globals, child.name, None, closure or None)
    child.link()
    execution = ClassExecution(child, frame.globals, None, child.template.copy(), child.start)
    execution.closure = closure
    if frame.type_parameters is not None:
        execution.type_parameters = list(frame.type_parameters)
    code = bind_constant(class_shim(child), execution)
    return FunctionType(code, frame.globals, child.name, None, closure or None)


def initialize(frame: ClassExecution, namespace: Any) -> None:
    """What a class body does before its first statement."""
    code = frame.code
    if "__name__" in frame.globals:
        namespace["__module__"] = frame.globals["__name__"]
    elif "__name__" in frame.find_builtins():
        namespace["__module__"] = frame.find_builtins()["__name__"]
    else:
        raise NameError("name '__name__' is not defined", name="__name__")
    namespace["__qualname__"] = code.qualname
    if sys.version_info >= (3, 13):
        namespace["__firstlineno__"] = code.first_line
    if frame.type_parameters is not None:
        namespace["__type_params__"] = tuple(frame.type_parameters)
        frame.type_parameters = None
    dict_cell = code.cell_register("__classdict__")
    if dict_cell >= 0:
        frame.registers[dict_cell].cell_contents = namespace
    if has_annotations(code):
        prepare_annotations(namespace)


def has_annotations(code: LinkedCode) -> bool:
    """Whether the body annotates anything."""
    return any(raw.op is Op.ANNOTATE for raw in code.source.instructions)


def prepare_annotations(namespace: Any) -> None:
    """Make sure that there is an `__annotations__`."""
    try:
        namespace["__annotations__"]
    except KeyError:
        missing = True
    else:
        missing = False
    if missing:
        namespace["__annotations__"] = {}


def static_attributes(code: LinkedCode) -> tuple[str, ...]:
    """The attributes of `self` that the class's functions assign (3.13's
    `__static_attributes__`)."""
    found: dict[str, None] = {}
    collect_attributes(code, found)
    return tuple(found)


def collect_attributes(code: LinkedCode, found: dict[str, None]) -> None:
    """Add the attributes of `self` that a code object and those inside it assign."""
    source = code.source
    loaded: dict[int, str] = {}
    for raw in source.instructions:
        if raw.dst is not None and not raw.dst & 7:
            loaded[raw.dst >> 3] = name_loaded(code, raw)
        if raw.op is Op.SETATTR and raw.imm[1] != 3:
            operand = raw.src[1]
            if operand & 3 == 2:
                owner = source.locals[operand >> 2]
            else:
                owner = loaded.get(operand >> 2, "") if operand & 2 == 0 else ""
            if owner == "self":
                found[code.mangle(raw.imm[0])] = None
        for immediate, value in zip(raw.op.format.immediates, raw.imm, strict=True):
            if immediate.kind == "code":
                child = code.child(value)
                if child.kind is not CodeKind.CLASS:
                    collect_attributes(child, found)


def name_loaded(code: LinkedCode, raw: Any) -> str:
    """The name of the variable that an instruction loads, or ""."""
    if raw.op is Op.LOAD:
        operand = raw.src[0]
        return str(code.source.locals[operand >> 2]) if operand & 3 == 2 else ""
    if raw.op in (Op.LOAD_NAME, Op.LOAD_GLOBAL):
        return str(raw.imm[0])
    if raw.op in (Op.LOAD_CELL, Op.LOAD_CLASS_CELL):
        return str(code.source.cells[raw.imm[0]].name)
    return ""


def generic_base(parameters: list[Any]) -> Any:
    """The base `Generic[T, ...]` of a class with type parameters."""
    import typing

    arguments = tuple(
        next(iter(each)) if type(each) is typing.TypeVarTuple else each for each in parameters
    )
    return typing._GenericAlias(typing.Generic, arguments)  # type: ignore[attr-defined]
