"""Type parameter scopes, type parameters and type aliases (PEP 695, 696).

Their objects are made by tiny host functions that contain the construct itself, with a lazily
called function in place of the expression.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers, executes
from .leaves import CALL1, Request, Shape
from .ops_definitions import make_function
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .templates import Function, compiled

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker, LinkedCode

use_own_names(globals())


# --- scopes


def scope_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """A call with the definition's default values."""
    return Shape(Request.CALL, len(raw.src))


asks_for(scope_shape, Op.TYPE_PARAMETERS)


@prepares(Op.TYPE_PARAMETERS, Op.LAZY)
def prepare_scope(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.child(ins, raw, imm["code"])


@executes(Op.TYPE_PARAMETERS)
def run_scope(frame: Frame, registers: Registers, ins: Instruction) -> None:
    for source in reversed(ins.sources):
        frame.arguments.append(registers[source])
    for register in ins.dead:
        registers[register] = None
    frame.arguments.append(make_function(frame, ins.x))


@executes(Op.LAZY)
def make_lazy(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.dst] = make_function(frame, ins.x)
    return ins.next


# --- parameters

asks_for(CALL1, Op.TYPE_PARAMETER, Op.TYPE_ALIAS)


def gives_tuple(linker: CodeLinker, raw: Raw) -> bool:
    """Whether the first lazy value of a type parameter is a tuple display: constraints."""
    code: LinkedCode | None = None
    for earlier in linker.source.instructions:
        if earlier is raw:
            break
        if earlier.op is Op.LAZY and raw.src and earlier.dst == raw.src[0] << 1:
            code = linker.code.child(earlier.imm[0])
    if code is None or len(code.source.instructions) < 2:
        return False
    last = code.source.instructions[-2]
    return last.op is Op.TO_TUPLE or (last.op is Op.BUILD and last.imm[0] == "tuple")


@prepares(Op.TYPE_PARAMETER)
def prepare_parameter(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    bound = ""
    if imm["bound"]:
        bound = "(*bound(),)" if gives_tuple(linker, raw) else "bound()"
    ins.x = imm["kind"], imm["name"], bound, imm["default"]


@executes(Op.TYPE_PARAMETER)
def make_parameter(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    kind, name, bound, default = ins.x
    lazy = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    parameter = parameter_template(kind, name, bound, default)(*lazy)
    if frame.type_parameters is None:
        frame.type_parameters = []
    frame.type_parameters.append(parameter)
    registers[ins.dst] = parameter
    return ins.next


@lru_cache(maxsize=256)
def parameter_template(kind: str, name: str, bound: str, default: bool) -> Function:
    """A function of the lazy bound and the lazy default: the type parameter."""
    stars = {"TypeVar": "", "TypeVarTuple": "*", "ParamSpec": "**"}[kind]
    lazy = [word for word, given in (("bound", bound), ("default", default)) if given]
    parameter = f"{stars}T{': ' + bound if bound else ''}{' = default()' if default else ''}"
    text = (
        f"def make({', '.join(lazy)}):\n"
        f" def holder[{parameter}](): pass\n"
        f" return holder.__type_params__[0]\n"
    )
    tree = ast.parse(text, "<template>")
    holder: Any = tree.body[0]
    holder.body[0].type_params[0].name = name
    namespace: dict[str, Any] = {"__name__": __name__}
    exec(compile(tree, "<template>", "exec", dont_inherit=True), namespace)
    make: Function = namespace["make"]
    return make


# --- aliases


@prepares(Op.TYPE_ALIAS)
def prepare_alias(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = imm["name"]


@executes(Op.TYPE_ALIAS)
def make_alias(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    lazy = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    parameters = tuple(frame.type_parameters) if frame.type_parameters is not None else None
    code = named_alias(alias_template(), ins.x, parameters)
    # The alias belongs to the module whose globals its function has.
    registers[ins.dst] = FunctionType(code, frame.globals)(lazy)
    return ins.next


@lru_cache(maxsize=1)
def alias_template() -> CodeType:
    """The code of a function of a lazy value: a type alias."""
    text = "def make(value):\n type alias = value()\n return alias\n"
    return compiled(text, "make").__code__


def named_alias(code: CodeType, name: str, parameters: tuple[Any, ...] | None) -> CodeType:
    """The code of the template with the alias's name and type parameters among its constants.

    The host builds an alias of three constants: name, type parameters (None in the template) and
    the function that computes the value.
    """
    constants = tuple(
        name if value == "alias" else parameters if value is None else value
        for value in code.co_consts
    )
    return code.replace(co_consts=constants)
