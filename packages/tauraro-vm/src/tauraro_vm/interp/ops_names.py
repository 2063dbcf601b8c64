"""Constants, variables and cells: LOADK to MAKE_CELL."""

from __future__ import annotations

from operator import delitem, setitem
from types import CellType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .comprehensions import COMPREHENSIONS_ARE_FUNCTIONS
from .instruction import UNBOUND, Instruction, Registers, executes
from .leaves import CALL2, CALL3
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import ComprehensionPart

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

ABSENT = object()


@executes(Op.LOADK, Op.LOAD, Op.STORE)
def copy(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = value
    return ins.next


# --- names in namespaces


@prepares(Op.LOAD_NAME, Op.LOAD_GLOBAL, Op.STORE_NAME, Op.STORE_GLOBAL, Op.DEL_NAME, Op.DEL_GLOBAL)
def prepare_name(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.code.mangle(imm["name"])
    if ins.x == "__debug__" and raw.op in (Op.LOAD_NAME, Op.LOAD_GLOBAL):
        register = linker.new_register()
        linker.template[register] = linker.code.module.optimize == 0
        ins.a, ins.inner, ins.execute = register, copy, copy


@executes(Op.LOAD_NAME)
def load_name(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = find_in(frame.namespace, ins.x)
    if value is ABSENT:
        return load_global(frame, registers, ins)
    registers[ins.dst] = value
    return ins.next


@executes(Op.LOAD_GLOBAL)
def load_global(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    name = ins.x
    names = frame.globals
    value = names.get(name, ABSENT) if type(names) is dict else find_in(names, name)
    if value is ABSENT:
        value = find_in(frame.find_builtins(), name)
        if value is ABSENT:
            frame.fail(ins, NameError(f"name {quoted(name)} is not defined", name=name))
            return None
    registers[ins.dst] = value
    return ins.next


def find_in(names: Any, name: str) -> Any:
    """names[name], or ABSENT."""
    if type(names) is dict:
        return names.get(name, ABSENT)
    try:
        return names[name]
    except KeyError:
        return ABSENT


def quoted(name: str) -> str:
    """A name as the host's messages show it."""
    return f"'{name}'"


asks_for(CALL3, Op.STORE_NAME)


@executes(Op.STORE_NAME)
def store_name(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    namespace = frame.namespace
    if type(namespace) is dict:
        namespace[ins.x] = value
        return ins.next
    frame.arguments += (value, ins.x, namespace, setitem)
    frame.resume = finished
    return None


def finished(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: the answer is of no use."""
    return ins.next


@executes(Op.STORE_GLOBAL)
def store_global(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    dict.__setitem__(frame.globals, ins.x, value)
    return ins.next


asks_for(CALL2, Op.DEL_NAME)


@executes(Op.DEL_NAME)
def del_name(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    namespace, name = frame.namespace, ins.x
    if type(namespace) is dict and name in namespace:
        del namespace[name]
        return ins.next
    frame.arguments += (name, namespace, delete_or_name_error)
    return None


def delete_or_name_error(namespace: Any, name: str) -> None:
    """Delete a name; whatever goes wrong is a NameError, as in the host."""
    try:
        delitem(namespace, name)
    except BaseException:
        error = NameError(f"name {quoted(name)} is not defined", name=name)
    else:
        return
    raise error


@executes(Op.DEL_GLOBAL)
def del_global(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    name = ins.x
    if dict.__contains__(frame.globals, name):
        dict.__delitem__(frame.globals, name)
        return ins.next
    frame.fail(ins, NameError(f"name {quoted(name)} is not defined", name=name))
    return None


# --- locals


@prepares(Op.DEL)
def prepare_del(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.slot = linker.shown.get(ins.a, -1)


@executes(Op.DEL)
def del_local(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.a] = UNBOUND
    if ins.slot >= 0:
        del registers[ins.slot].cell_contents
    return ins.next


# --- cells


@prepares(Op.LOAD_CELL, Op.LOAD_CLASS_CELL, Op.STORE_CELL, Op.DEL_CELL, Op.MAKE_CELL)
def prepare_cell(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    register = linker.cell_register(imm["cell"])
    if raw.op is Op.STORE_CELL:
        ins.b = register
    else:
        ins.a = register
    ins.x = linker.code.cell_names[imm["cell"]]


@executes(Op.LOAD_CELL)
def load_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    try:
        registers[ins.dst] = registers[ins.a].cell_contents
    except ValueError:
        fail_empty_cell(frame, ins)
        return None
    return ins.next


def fail_empty_cell(frame: Frame, ins: Instruction) -> None:
    """Raise the host's error for an unbound variable in a cell."""
    own = frame.code.is_own_cell(ins.a)
    part = ins.part
    if own and COMPREHENSIONS_ARE_FUNCTIONS and isinstance(part, ComprehensionPart):
        own = part.kind == "generator" or ins.a in part.cells
    frame.fail(ins, unbound_local(ins.x) if own else unbound_free(ins.x))


def unbound_local(name: str) -> NameError:
    """The host's error for an unbound local."""
    message = f"cannot access local variable '{name}' where it is not associated with a value"
    return UnboundLocalError(message)


def unbound_free(name: str) -> NameError:
    """The host's error for an unbound free variable."""
    message = f"cannot access free variable '{name}' where it is not associated with a value"
    return NameError(f"{message} in enclosing scope", name=name)


@executes(Op.LOAD_CLASS_CELL)
def load_class_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = find_in(frame.namespace, ins.x)
    if value is ABSENT:
        return load_cell(frame, registers, ins)
    registers[ins.dst] = value
    return ins.next


@prepares(Op.LOAD_OUTER_GLOBAL, Op.LOAD_OUTER_CELL)
def prepare_outer(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.b = linker.cell_register(imm["classdict"])
    if raw.op is Op.LOAD_OUTER_CELL:
        ins.a = linker.cell_register(imm["cell"])
        ins.x = linker.code.cell_names[imm["cell"]]
    else:
        ins.x = linker.code.mangle(imm["name"])


@executes(Op.LOAD_OUTER_GLOBAL)
def load_outer_global(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = find_in(registers[ins.b].cell_contents, ins.x)
    if value is ABSENT:
        return load_global(frame, registers, ins)
    registers[ins.dst] = value
    return ins.next


@executes(Op.LOAD_OUTER_CELL)
def load_outer_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = find_in(registers[ins.b].cell_contents, ins.x)
    if value is ABSENT:
        return load_cell(frame, registers, ins)
    registers[ins.dst] = value
    return ins.next


@executes(Op.STORE_CELL)
def store_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.b].cell_contents = value
    return ins.next


@executes(Op.DEL_CELL)
def del_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    cell = registers[ins.a]
    try:
        cell.cell_contents  # noqa: B018 - is it empty?
    except ValueError:
        fail_empty_cell(frame, ins)
        return None
    del cell.cell_contents
    return ins.next


@executes(Op.MAKE_CELL)
def make_cell(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.a] = CellType()
    return ins.next
