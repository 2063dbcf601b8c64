"""What patterns may compare with: literals, attributes, class names. The host allows nothing else
there.

The instructions that make such a value follow each other directly: an operand's writer is known,
and that one's own operand comes from the instruction before it.
"""

from __future__ import annotations

from ..isa import Op
from .code import CodeVerifier

LITERALS = frozenset({int, float, complex, str, bytes})
REAL = frozenset({int, float})

LOADS = frozenset(
    {
        Op.LOAD, Op.LOAD_NAME, Op.LOAD_GLOBAL, Op.LOAD_CELL, Op.LOAD_CLASS_CELL,
        Op.LOAD_OUTER_GLOBAL, Op.LOAD_OUTER_CELL,
    }
)  # fmt: skip


def is_pattern_value(v: CodeVerifier, operand: int, singletons: bool) -> bool:
    """Whether a pattern may compare with a value: a literal (as a key also None, True and False), a
    number such as `-1 + 2j`, or an attribute."""
    if operand & 2:
        return is_literal(v, operand, singletons)
    writer = v.writers[operand >> 2]
    i = v.code.instructions[writer]
    if i.op is Op.LOADK:
        return is_literal(v, i.src[0], singletons)
    if i.op is Op.BINARY:
        return i.imm[0] in ("Add", "Sub") and is_complex(v, writer)
    return i.op is Op.GETATTR or i.op is Op.CONCAT or is_negative(v, writer, REAL | {complex})


def is_literal(v: CodeVerifier, operand: int, singletons: bool) -> bool:
    """Whether an operand is a constant that a pattern may compare with."""
    kind = constant_type(v, operand)
    return kind in LITERALS or (singletons and kind in (bool, type(None)))


def constant_type(v: CodeVerifier, operand: int) -> type | None:
    """The type of a constant; None for another operand."""
    return type(v.module.constants[operand >> 2].value) if operand & 3 == 3 else None


def is_negative(v: CodeVerifier, pc: int, kinds: frozenset[type]) -> bool:
    """Whether an instruction negates a constant number of one of these types."""
    i = v.code.instructions[pc]
    return i.op is Op.UNARY and i.imm[0] == "USub" and constant_type(v, i.src[0]) in kinds


def is_complex(v: CodeVerifier, pc: int) -> bool:
    """Whether an instruction computes with a real number and an imaginary one."""
    left, right = v.code.instructions[pc].src
    real = constant_type(v, left) in REAL if left & 2 else is_negative(v, pc - 1, REAL)
    return real and constant_type(v, right) is complex


def is_class_name(v: CodeVerifier, operand: int) -> bool:
    """Whether a value is a variable or an attribute of one."""
    pc = -1 if operand & 2 else v.writers[operand >> 2]
    while operand & 3 == 0:
        i = v.code.instructions[pc]
        if i.op is not Op.GETATTR:
            return i.op in LOADS
        operand = i.src[0]
        pc -= 1
    return operand & 3 == 2
