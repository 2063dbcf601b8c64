"""Calls, decoration, await and yield."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers, executes
from .introspection import FRAME_READERS, FrameReader
from .layout import getter
from .leaves import AWAIT, CALL1, YIELD, YIELD_FROM, Request, Shape
from .ops_displays import extender, ignored
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .templates import call_with_both

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())


EVAL, EXEC, SET_LIMIT = eval, exec, sys.setrecursionlimit


def call_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """Positional arguments, then keywords."""
    names: tuple[str, ...] = raw.imm[-1]
    return Shape(Request.CALL, len(raw.src) - 1 - len(names), names)


def call_ex_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """With or without keywords."""
    return Shape(Request.CALL_KWARGS if len(raw.src) > 2 else Request.CALL_ARGS)


asks_for(call_shape, Op.CALL)
asks_for(call_ex_shape, Op.CALL_EX)
asks_for(CALL1, Op.DECORATE, Op.ARGS_EXTEND, Op.KWARGS_MERGE)


@prepares(Op.CALL)
def prepare_call(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = getter(tuple(reversed(ins.sources)))
    if may_evaluate(linker, ins.pc, raw):
        place = linker.places[ins.pc]
        ins.test_leaf = linker.leaf(Shape(Request.CALL, 3, imm["keywords"]), place)
    else:
        ins.test_leaf = -1
    ins.inner = call_nothing if len(raw.src) == 1 else call if len(raw.src) <= 4 else call_many
    if not ins.unsure:
        ins.execute = ins.inner


def may_evaluate(linker: CodeLinker, pc: int, raw: Raw) -> bool:
    """Whether a call names eval or exec: then it has a leaf for the call with namespaces too."""
    if raw.src[0] & 3 or not 2 <= len(raw.src) <= 4:
        return False
    for earlier in reversed(linker.source.instructions[:pc]):
        if earlier.dst == raw.src[0] << 1:
            named = earlier.op in (Op.LOAD_NAME, Op.LOAD_GLOBAL)
            return named and earlier.imm[0] in ("eval", "exec")
    return False


def call_nothing(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """A call without arguments."""
    function = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    frame.arguments.append(function)
    reader: FrameReader | None = FRAME_READERS.get(id(function))
    return None if reader is None else reader(frame, registers, ins)


@executes(Op.CALL)
def call(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    function = registers[ins.a]
    frame.arguments += ins.x(registers)
    for register in ins.dead:
        registers[register] = None
    if function is EVAL or function is EXEC or function is SET_LIMIT:
        return FRAME_READERS[id(function)](frame, registers, ins)
    return None


def call_many(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """A call with more arguments than any function takes that reads its caller's frame."""
    frame.arguments += ins.x(registers)
    for register in ins.dead:
        registers[register] = None


@prepares(Op.DECORATE)
def prepare_decoration(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    """A definition begins at its first decorator."""
    definition = linker.definitions.get(raw.src[1] >> 2)
    if definition is not None:
        definition.first_line = linker.places[ins.pc].line
        if raw.dst is not None and not raw.dst & 7:
            linker.definitions[raw.dst >> 3] = definition


@executes(Op.DECORATE)
def decorate(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (registers[ins.b], registers[ins.a])
    for register in ins.dead:
        registers[register] = None


# --- calls with * and **


@executes(Op.ARGS)
def begin_arguments(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    values = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = values
    return ins.next


@executes(Op.ARGS_EXTEND)
def extend_arguments(frame: Frame, registers: Registers, ins: Instruction) -> None:
    value = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    frame.arguments += (value, extender(registers[ins.a], value))
    frame.resume = ignored


@executes(Op.ARGS_APPEND)
def append_argument(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.a].append(registers[ins.b])
    for register in ins.dead:
        registers[register] = None
    return ins.next


@executes(Op.KWARGS)
def begin_keywords(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.dst] = {}
    return ins.next


def keywords_function(linker: CodeLinker, ins: Instruction, raw: Raw) -> int:
    """The register of the function for which keyword arguments are collected, or -1 (a class)."""
    kwargs = raw.src[0] & ~3
    for later in linker.source.instructions[ins.pc + 1 :]:
        if later.op in (Op.CALL_EX, Op.CLASS_EX) and kwargs in later.src[1:]:
            return linker.operand_register(later.src[0]) if later.op is Op.CALL_EX else -1
    return -1


@prepares(Op.KWARGS_ADD, Op.KWARGS_MERGE)
def prepare_keywords(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.slot = keywords_function(linker, ins, raw)
    ins.x = imm.get("keywords")


asks_for(CALL1, Op.KWARGS_ADD)


@executes(Op.KWARGS_ADD)
def add_keywords(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    values = [registers[source] for source in ins.sources[1:]]
    for register in ins.dead:
        registers[register] = None
    added = dict(zip(ins.x, values, strict=True))
    return merge_keywords(frame, registers, ins, added)


@executes(Op.KWARGS_MERGE)
def merge_mapping(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    mapping = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(mapping) is dict:
        return merge_keywords(frame, registers, ins, mapping)
    function = registers[ins.slot] if ins.slot >= 0 else None
    frame.arguments += (mapping, Merging(function))
    frame.resume = merge_keywords
    return None


class Merging:
    """Turns a mapping into a dict; the message for what is none names the function called."""

    __slots__ = ("function",)

    def __init__(self, function: Any) -> None:
        self.function = function

    def __call__(self, mapping: Any) -> Any:
        """A dict of the mapping's items, in the host's order of calls."""
        if not hasattr(type(mapping), "keys") and not hasattr(mapping, "keys"):
            return call_with_both(self.function, {}, mapping)
        return {key: mapping[key] for key in mapping.keys()}  # noqa: SIM118


def merge_keywords(
    frame: Frame, registers: Registers, ins: Instruction, added: dict[Any, Any]
) -> Instruction | None:
    """Add keyword arguments; given twice is an error that names the function."""
    kwargs = registers[ins.a]
    if kwargs.keys().isdisjoint(added):
        kwargs.update(added)
        return ins.next
    function = registers[ins.slot] if ins.slot >= 0 else None

    def fail(ignored: Any) -> None:
        call_with_both(function, kwargs, added)

    frame.arguments += (None, fail)
    return None


@executes(Op.CALL_EX)
def call_ex(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    arguments = frame.arguments
    for source in reversed(ins.sources):
        arguments.append(registers[source])
    for register in ins.dead:
        registers[register] = None
    reader: FrameReader | None = FRAME_READERS.get(id(arguments[-1]))
    return None if reader is None else reader(frame, registers, ins)


# --- await and yield

asks_for(AWAIT, Op.AWAIT)
asks_for(YIELD, Op.YIELD)
asks_for(YIELD_FROM, Op.YIELD_FROM)


@prepares(Op.YIELD)
def prepare_yield(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if not ins.sources:
        ins.a = linker.new_register()


@executes(Op.AWAIT, Op.YIELD, Op.YIELD_FROM)
def hand_out(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments.append(registers[ins.a])
    for register in ins.dead:
        registers[register] = None
