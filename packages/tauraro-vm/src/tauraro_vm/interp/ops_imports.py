"""import statements."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers, executes
from .leaves import CALL1, CALL2, CALL3, Request, Shape
from .ops_names import ABSENT, find_in
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .templates import import_star, importing

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

asks_for(Shape(Request.CALL, 5), Op.IMPORT)


@prepares(Op.IMPORT)
def prepare_import(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.code.mangle(imm["module"]), imm["names"], imm["level"]


@executes(Op.IMPORT)
def import_module(frame: Frame, registers: Registers, ins: Instruction) -> None:
    function = find_in(frame.find_builtins(), "__import__")
    if function is ABSENT:
        frame.fail(ins, ImportError("__import__ not found"))
        return
    module, names, level = ins.x
    frame.arguments += (level, names, frame.namespace, frame.globals, module, function)


asks_for(CALL3, Op.IMPORT_FROM, Op.IMPORT_SUB)


@prepares(Op.IMPORT_FROM, Op.IMPORT_SUB)
def prepare_import_from(
    linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]
) -> None:
    ins.x = linker.code.mangle(imm["name"])
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])


@executes(Op.IMPORT_FROM, Op.IMPORT_SUB)
def import_name(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    module = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(module) is ModuleType:
        value = module.__dict__.get(ins.x, ABSENT)
        if value is not ABSENT:
            registers[ins.dst] = value
            return ins.next
    frame.stash = module
    frame.arguments += (ABSENT, ins.x, module, getattr)
    frame.resume = name_imported
    return None


def name_imported(
    frame: Frame, registers: Registers, ins: Instruction, value: Any
) -> Instruction | None:
    """The module has the attribute, or else a submodule of that name may be on its way."""
    module, frame.stash = frame.stash, None
    if value is ABSENT:
        package = getattr(module, "__name__", None)
        value = sys.modules.get(f"{package}.{ins.x}", ABSENT)
    if value is ABSENT:
        frame.request(ins.test_leaf, None, module, importing(ins.x))
        return None
    registers[ins.dst] = value
    return ins.next


asks_for(CALL2, Op.IMPORT_STAR)


@executes(Op.IMPORT_STAR)
def import_all(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (frame.namespace, registers[ins.a], import_star)
    for register in ins.dead:
        registers[register] = None
