"""Displays, unpacking and formatted strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .instruction import Instruction, Registers, executes
from .leaves import CALL1, CALL2, Request, Shape
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .templates import merge, only, spread

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

PLAIN_KEYS = frozenset({str, int, bytes, float, bool, type(None)})
"""Exact types that are hashed and compared without running code of the program."""

COLLECTIONS = {"list": list, "growing_tuple": list, "tuple": tuple, "set": set}


@prepares(Op.BUILD)
def prepare_build(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    display = imm["display"]
    ins.x = COLLECTIONS[display]
    if display in ("list", "set") and only_iterated(linker, ins.pc, raw):
        if display == "list":
            ins.x = tuple
        elif all(operand & 3 == 3 for operand in raw.src):
            ins.x = frozenset


def only_iterated(linker: CodeLinker, pc: int, raw: Raw) -> bool:
    """Whether a display is looped over or searched at once: the host makes it a tuple or frozenset
    then, which its messages show."""
    if raw.dst is None or raw.dst & 7:
        return False
    following = linker.source.instructions[pc + 1]
    operand = raw.dst >> 3 << 2
    if following.op is Op.FOR and following.imm[0]:
        return False
    if following.op in (Op.FOR, Op.COMP, Op.COMP_FOR, Op.GENERATOR):
        return following.src == (operand,)
    if following.op in (Op.COMPARE, Op.CHAIN_END):
        return following.src[1] == operand and following.imm[0] in ("In", "NotIn")
    return False


asks_for(CALL1, Op.BUILD, Op.EXTEND, Op.APPEND, Op.DICT, Op.DICT_ADD, Op.UNPACK_ONE)
asks_for(CALL2, Op.DICT_UPDATE)


@executes(Op.BUILD)
def build(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    values = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    kind = ins.x
    if kind is list:
        registers[ins.dst] = values
        return ins.next
    if kind is tuple or all(type(value) in PLAIN_KEYS for value in values):
        registers[ins.dst] = kind(values)
        return ins.next
    frame.arguments += (values, set)
    return None


@executes(Op.EXTEND)
def extend(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    display = registers[ins.a]
    value = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(display) is set:
        frame.arguments += (value, display.update)
        frame.resume = ignored
        return None
    frame.arguments += (value, extender(display, value))
    frame.resume = ignored
    return None


def extender(target: list[Any], value: Any) -> Any:
    """A function that adds the elements of `value` to a list; the host's own, so that no frame of
    the VM is around, unless its message for what is not iterable differs from a display's."""
    if hasattr(type(value), "__iter__") or hasattr(type(value), "__getitem__"):
        return target.extend
    return spread


def ignored(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: the answer is of no use."""
    return ins.next


@executes(Op.APPEND)
def append(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    display = registers[ins.a]
    value = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(display) is list:
        display.append(value)
        return ins.next
    frame.arguments += (value, display.add)
    frame.resume = ignored
    return None


@executes(Op.TO_TUPLE)
def to_tuple(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    display = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = tuple(display)
    return ins.next


@executes(Op.UNPACK_ONE)
def unpack_one(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (registers[ins.a], only)
    for register in ins.dead:
        registers[register] = None


# --- dict displays


@executes(Op.DICT)
def build_dict(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    values = [registers[source] for source in ins.sources]
    for register in ins.dead:
        registers[register] = None
    keys = values[::2]
    pairs = zip(keys, values[1::2], strict=True)
    if all(type(key) in PLAIN_KEYS for key in keys):
        registers[ins.dst] = dict(pairs)
        return ins.next
    frame.arguments += (pairs, dict)
    return None


@prepares(Op.DICT_ADD)
def prepare_pairs(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.dst = linker.scratch


@executes(Op.DICT_ADD)
def add_pairs(frame: Frame, registers: Registers, ins: Instruction) -> None:
    values = [registers[source] for source in ins.sources[1:]]
    for register in ins.dead:
        registers[register] = None
    frame.arguments += (zip(values[::2], values[1::2], strict=True), dict)
    frame.resume = update_display


def update_display(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> None:
    """A continuation: merge a dict into the display."""
    frame.arguments += (value, registers[ins.a].update)


@executes(Op.DICT_UPDATE)
def update_dict(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    display = registers[ins.a]
    mapping = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(mapping) is dict:
        display.update(mapping)
        return ins.next
    frame.arguments += (mapping, display, merge)
    frame.resume = replace_display
    return None


def replace_display(
    frame: Frame, registers: Registers, ins: Instruction, value: Any
) -> Instruction:
    """A continuation: the answer is the display from now on."""
    registers[ins.a] = value
    return ins.next


# --- unpacking


def unpack_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """The leaf of an unpacking names its registers."""
    count, star, _ = raw.imm
    base = linker.destination_register(raw.dst)
    return Shape(Request.UNPACK, count, base=base, star=star)


asks_for(unpack_shape, Op.UNPACK)


@prepares(Op.UNPACK)
def prepare_unpack(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.b = ins.dst
    ins.c = ins.dst + imm["count"]
    ins.dst = linker.scratch
    ins.x = -1 if imm["star"] is not None else imm["count"]


@executes(Op.UNPACK)
def unpack(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if (type(value) is tuple or type(value) is list) and len(value) == ins.x:
        registers[ins.b : ins.c] = value
        return ins.next
    frame.arguments += (value, registers)
    return None


# --- formatted strings

CONVERSIONS = {ord("s"): str, ord("r"): repr, ord("a"): ascii}

asks_for(CALL2, Op.FORMAT)
asks_for(CALL1, Op.CONCAT)


@prepares(Op.FORMAT)
def prepare_format(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = CONVERSIONS.get(imm["conversion"])
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])
    ins.slot = ins.b if len(ins.sources) > 1 else -1


@executes(Op.FORMAT)
def format_value(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    if ins.x is not None and (type(value) is not str or ins.x is not str):
        if ins.a in ins.dead:
            registers[ins.a] = None
        frame.request(ins.test_leaf, format_converted, value, ins.x)
        return None
    return format_converted(frame, registers, ins, value)


def format_converted(
    frame: Frame, registers: Registers, ins: Instruction, value: Any
) -> Instruction | None:
    """Apply the format specification."""
    spec = registers[ins.slot] if ins.slot >= 0 else ""
    for register in ins.dead:
        registers[register] = None
    if type(value) is str and not spec:
        registers[ins.dst] = value
        return ins.next
    frame.arguments += (spec, value, format)
    return None


@executes(Op.CONCAT)
def concatenate(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    parts = [registers[source] for source in ins.sources]
    text = parts[0] if len(parts) == 1 else "".join(parts)
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = text
    return ins.next
