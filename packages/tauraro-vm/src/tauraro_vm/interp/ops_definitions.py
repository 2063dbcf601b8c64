"""Functions, classes, generator expressions, annotations."""

from __future__ import annotations

from operator import setitem
from types import CellType, FunctionType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind
from tauraro_frontend.bytecode.module import Instruction as Raw

from .annotation_text import annotation_text
from .class_bodies import class_function, generic_base
from .instruction import Instruction, Registers, executes
from .leaves import CALL1, CALL3, Request, Shape
from .ops_control import Ignoring
from .ops_names import ABSENT, find_in
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .shim import function_shim
from .special_methods import ABSENT as NO_METHOD
from .special_methods import find_special
from .templates import spread

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker, LinkedCode

use_own_names(globals())


def closure_of(frame: Frame, child: LinkedCode) -> tuple[CellType, ...]:
    """The cells that a child code object takes from the frame."""
    registers, cells = frame.registers, frame.code.layout.cells
    return tuple(registers[cells[cell.outer]] for cell in child.source.cells if cell.outer >= 0)


def make_function(frame: Frame, child: LinkedCode, defaults: tuple[Any, ...] = ()) -> FunctionType:
    """A function of the child code object."""
    closure = closure_of(frame, child)
    return FunctionType(
        function_shim(child), frame.globals, child.name, defaults or None, closure or None
    )


@prepares(Op.FUNCTION)
def prepare_function(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    child = linker.child(ins, raw, imm["code"])
    signature = child.source.signature
    assert signature is not None
    given = [
        name for name, flag in zip(signature.kwonly, signature.kwdefaults, strict=True) if flag
    ]
    keywords = tuple(map(child.mangle, given))
    annotations = tuple(map(linker.code.mangle, imm["annotations"]))
    ins.x = child, signature.defaults, keywords, annotations


@executes(Op.FUNCTION)
def define_function(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    child, count, keywords, annotations = ins.x
    values = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    function = make_function(frame, child, tuple(values[:count]))
    start = count + len(keywords)
    if keywords:
        function.__kwdefaults__ = dict(zip(keywords, values[count:start], strict=True))
    if annotations:
        function.__annotations__ = dict(zip(annotations, values[start:], strict=True))
    if frame.type_parameters is not None:
        generic: Any = function  # the attribute is new in 3.12
        generic.__type_params__ = tuple(frame.type_parameters)
    registers[ins.dst] = function
    return ins.next


# --- generator expressions

asks_for(CALL1, Op.GENERATOR)


@prepares(Op.GENERATOR)
def prepare_generator(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    child = linker.child(ins, raw, imm["code"])
    first = next(each for each in child.source.instructions if each.op is Op.COMP)
    ins.x = child, first.imm[1]
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])


@executes(Op.GENERATOR)
def make_generator(frame: Frame, registers: Registers, ins: Instruction) -> None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if not ins.x[1]:
        frame.request(ins.leaf, call_generator, value, iter)
        return
    method = find_special(value, "__aiter__")
    if method is NO_METHOD:
        kind = type(value).__name__
        message = f"'async for' requires an object with __aiter__ method, got {kind}"
        frame.fail(ins, TypeError(message))
    else:
        frame.request(ins.leaf, call_generator, None, Ignoring(method))


def call_generator(frame: Frame, registers: Registers, ins: Instruction, iterator: Any) -> None:
    """The first iterator is there: call the generator function with it."""
    frame.arguments += (iterator, make_function(frame, ins.x[0]))


# --- classes


def class_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """The function of the body, the name, bases and keywords."""
    names: tuple[str, ...] = raw.imm[1]
    generic = linker.code.kind is CodeKind.TYPE_PARAMETERS
    return Shape(Request.CALL, len(raw.src) - len(names) + 2 + generic, names)


def class_ex_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """With or without keywords."""
    return Shape(Request.CALL_KWARGS if len(raw.src) > 1 else Request.CALL_ARGS)


asks_for(class_shape, Op.CLASS)
asks_for(class_ex_shape, Op.CLASS_EX)


@prepares(Op.CLASS, Op.CLASS_EX)
def prepare_class(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.child(ins, raw, imm["code"]), len(imm.get("keywords", ()))
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])


def build_class_of(frame: Frame, ins: Instruction) -> Any:
    """The built-in that makes classes, or ABSENT: the failure is arranged."""
    builder = find_in(frame.find_builtins(), "__build_class__")
    if builder is ABSENT:
        frame.fail(ins, NameError("__build_class__ not found"))
    return builder


@executes(Op.CLASS)
def define_class(frame: Frame, registers: Registers, ins: Instruction) -> None:
    child, keywords = ins.x
    values = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    builder = build_class_of(frame, ins)
    if builder is ABSENT:
        return
    if frame.type_parameters is not None:
        values.insert(len(values) - keywords, generic_base(frame.type_parameters))
    function = class_function(frame, child, closure_of(frame, child))
    values[:0] = (builder, function, child.name)
    values.reverse()
    frame.arguments += values


@executes(Op.CLASS_EX)
def define_class_with(frame: Frame, registers: Registers, ins: Instruction) -> None:
    positional, *keywords = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    if type(positional) is list or type(positional) is tuple:
        finish_class(frame, registers, ins, (positional, keywords))
        return
    frame.stash = keywords
    frame.request(ins.test_leaf, bases_known, positional, spread)


def bases_known(frame: Frame, registers: Registers, ins: Instruction, bases: Any) -> None:
    """The starred bases are a list now."""
    keywords, frame.stash = frame.stash, None
    finish_class(frame, registers, ins, (bases, keywords))


def finish_class(frame: Frame, registers: Registers, ins: Instruction, parts: Any) -> None:
    """Ask for the class: bases and keywords are known."""
    bases, keywords = parts
    child, _ = ins.x
    builder = build_class_of(frame, ins)
    if builder is ABSENT:
        return
    if frame.type_parameters is not None:
        bases = [*bases, generic_base(frame.type_parameters)]
    function = class_function(frame, child, closure_of(frame, child))
    frame.arguments += (*keywords, (function, child.name, *bases), builder)


# --- annotations

asks_for(CALL3, Op.ANNOTATE)


@prepares(Op.ANNOTATE)
def prepare_annotation(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    named = imm["named"]
    evaluated = linker.code.kind in (CodeKind.MODULE, CodeKind.SINGLE, CodeKind.CLASS)
    recorded = evaluated and imm["simple"] and named is not None
    ins.x = linker.code.mangle(named) if recorded else None


@executes(Op.ANNOTATE)
def annotate(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if ins.x is None:
        return ins.next
    annotations = find_in(frame.namespace, "__annotations__")
    if annotations is ABSENT:
        annotations = find_in(frame.globals, "__annotations__")
    if annotations is ABSENT:
        message = "name '__annotations__' is not defined"
        frame.fail(ins, NameError(message, name="__annotations__"))
        return None
    if type(annotations) is dict:
        annotations[ins.x] = value
        return ins.next
    frame.arguments += (value, ins.x, annotations, setitem)
    return None


@executes(Op.ANN_TARGET)
def annotated_target(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    for register in ins.dead:
        registers[register] = None
    return ins.next


@prepares(Op.QUOTE)
def prepare_quote(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if linker.code.module.annotations_are_text:
        ins.x = annotation_text(linker.code, ins.pc)
