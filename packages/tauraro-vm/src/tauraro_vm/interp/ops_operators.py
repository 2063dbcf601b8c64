"""Operators, attributes and items.

Operands of built-in types that run no code of the program are computed here; everything else is a
request for a call of the host's operator function, so that the program's methods are called from
its own frame.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from ..objects.mro import load_super
from .instruction import Instruction, Registers, executes
from .leaves import CALL1, CALL2, CALL3
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .written_locals import ATTRIBUTE, note_asked

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

Function = Callable[..., Any]

NUMBERS = frozenset({int, float, bool, complex})
SCALARS = NUMBERS | {str, bytes, type(None)}
SEQUENCES = frozenset({list, tuple, str, bytes})
HASHED = frozenset({dict, set, frozenset})
ADDABLE = NUMBERS | SEQUENCES
ITEMS = SEQUENCES | {dict, range, bytearray}
CHANGED = frozenset({list, dict})
PLAIN_OBJECTS = SCALARS | {list, tuple, dict, set, frozenset, range, slice, bytearray}
"""Exact types whose attributes are found without running code of the program."""


BINARY: dict[str, Function] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "MatMult": operator.matmul,
    "Div": operator.truediv,
    "Mod": operator.mod,
    "Pow": operator.pow,
    "LShift": operator.lshift,
    "RShift": operator.rshift,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "BitAnd": operator.and_,
    "FloorDiv": operator.floordiv,
}
INPLACE: dict[str, Function] = {
    "Add": operator.iadd,
    "Sub": operator.isub,
    "Mult": operator.imul,
    "MatMult": operator.imatmul,
    "Div": operator.itruediv,
    "Mod": operator.imod,
    "Pow": operator.ipow,
    "LShift": operator.ilshift,
    "RShift": operator.irshift,
    "BitOr": operator.ior,
    "BitXor": operator.ixor,
    "BitAnd": operator.iand,
    "FloorDiv": operator.ifloordiv,
}
UNARY: dict[str, Function] = {
    "Invert": operator.invert,
    "Not": operator.not_,
    "UAdd": operator.pos,
    "USub": operator.neg,
}
COMPARE: dict[str, Function] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "Is": operator.is_,
    "IsNot": operator.is_not,
    "In": operator.contains,
    "NotIn": operator.contains,
}
TABLES = {
    Op.BINARY: BINARY,
    Op.INPLACE: INPLACE,
    Op.UNARY: UNARY,
    Op.COMPARE: COMPARE,
    Op.CHAIN_COMPARE: COMPARE,
    Op.CHAIN_END: COMPARE,
}

asks_for(CALL2, Op.BINARY, Op.INPLACE, Op.COMPARE, Op.GETATTR, Op.GETITEM, Op.DELATTR, Op.DELITEM)
asks_for(CALL3, Op.SETATTR, Op.SETITEM)
asks_for(CALL1, Op.UNARY)


@prepares(Op.BINARY, Op.INPLACE, Op.UNARY, Op.COMPARE)
def prepare_operator(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    word = imm["operator"]
    ins.x = TABLES[raw.op][word]
    if raw.op is Op.COMPARE:
        replacement = {"Is": identity, "IsNot": identity, "In": membership, "NotIn": absence}
        ins.inner = replacement.get(word, compare)
    elif raw.op is Op.BINARY or raw.op is Op.INPLACE:
        ins.inner = arithmetic_left_open if word == "Mod" else arithmetic
    if not ins.unsure:
        ins.execute = ins.inner


@executes(Op.BINARY, Op.INPLACE)
def arithmetic(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    left = registers[ins.a]
    right = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(left) in ADDABLE and type(right) in ADDABLE:
        try:
            registers[ins.dst] = ins.x(left, right)
        except Exception:
            pass  # the host raises it again at the right place
        else:
            return ins.next
    frame.arguments += (right, left, ins.x)
    return None


def arithmetic_left_open(
    frame: Frame, registers: Registers, ins: Instruction
) -> Instruction | None:
    """`%`: formatting may call methods of what is formatted."""
    if type(registers[ins.a]) in NUMBERS:
        return arithmetic(frame, registers, ins)
    frame.arguments += (registers[ins.b], registers[ins.a], ins.x)
    for register in ins.dead:
        registers[register] = None
    return None


@executes(Op.UNARY)
def unary(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) is int or type(value) is float:
        try:
            registers[ins.dst] = ins.x(value)
        except Exception:
            pass
        else:
            return ins.next
    frame.arguments += (value, ins.x)
    return None


@executes(Op.COMPARE)
def compare(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    left = registers[ins.a]
    right = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(left) in SCALARS and type(right) in SCALARS:
        try:
            registers[ins.dst] = ins.x(left, right)
        except Exception:
            pass
        else:
            return ins.next
    frame.arguments += (right, left, ins.x)
    return None


def identity(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    """`is` and `is not`."""
    result = ins.x(registers[ins.a], registers[ins.b])
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = result
    return ins.next


def membership(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """`in`"""
    item = registers[ins.a]
    container = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(item) is str and type(container) in HASHED:
        registers[ins.dst] = item in container
        return ins.next
    frame.arguments += (item, container, ins.x)
    return None


def absence(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """`not in`"""
    following = membership(frame, registers, ins)
    if following is None:
        frame.resume = negated
    else:
        registers[ins.dst] = not registers[ins.dst]
    return following


def negated(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: write the opposite."""
    registers[ins.dst] = not value
    return ins.next


# --- attributes


@prepares(Op.GETATTR, Op.SETATTR, Op.DELATTR)
def prepare_attribute(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.code.mangle(imm["name"])
    if raw.op is Op.GETATTR and ins.x == ATTRIBUTE:
        ins.inner = get_frame_locals
        if not ins.unsure:
            ins.execute = ins.inner


def get_frame_locals(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """An attribute that is the variables of a frame, if the object is one."""
    note_asked()
    return get_attribute(frame, registers, ins)


@executes(Op.GETATTR)
def get_attribute(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in PLAIN_OBJECTS:
        try:
            registers[ins.dst] = getattr(value, ins.x)
        except AttributeError:
            pass
        else:
            return ins.next
    frame.arguments += (ins.x, value, load_super if type(value) is super else getattr)
    return None


@executes(Op.SETATTR)
def set_attribute(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (registers[ins.a], ins.x, registers[ins.b], setattr)
    for register in ins.dead:
        registers[register] = None


@executes(Op.DELATTR)
def delete_attribute(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (ins.x, registers[ins.a], delattr)
    for register in ins.dead:
        registers[register] = None


# --- items


@executes(Op.GETITEM)
def get_item(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    container = registers[ins.a]
    index = registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(container) in ITEMS and type(index) in SCALARS:
        try:
            registers[ins.dst] = container[index]
        except Exception:
            pass
        else:
            return ins.next
    frame.arguments += (index, container, operator.getitem)
    return None


@executes(Op.SETITEM)
def set_item(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value, container, index = registers[ins.a], registers[ins.b], registers[ins.c]
    for register in ins.dead:
        registers[register] = None
    if type(container) in CHANGED and type(index) in SCALARS:
        try:
            container[index] = value
        except Exception:
            pass  # the host raises it again at the right place
        else:
            return ins.next
    frame.arguments += (value, index, container, operator.setitem)
    return None


@executes(Op.DELITEM)
def delete_item(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (registers[ins.b], registers[ins.a], operator.delitem)
    for register in ins.dead:
        registers[register] = None


@prepares(Op.SLICE)
def prepare_slice(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    absent = linker.new_register()
    given = iter(ins.sources)
    mask = imm["mask"]
    parts = [next(given, absent) if mask >> bit & 1 else absent for bit in range(3)]
    ins.a, ins.b, ins.c = parts


@executes(Op.SLICE)
def make_slice(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    result = slice(registers[ins.a], registers[ins.b], registers[ins.c])
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = result
    return ins.next
