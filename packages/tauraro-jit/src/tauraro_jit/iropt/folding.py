"""Computes what is constant, and what algebra makes simpler.

    %2:i64 = const_int[0]
    %3:i1 = int_lt %1, %2
    %4:i1 = not %3
    guard %4 else x0               ->     %5:i1 = int_ge %1, %2
    branch %true b1 b2                    guard %5 else x0
                                          jump b1

A guard that holds is dropped; one that fails ends its block. Doubles are folded only where the
result is the same bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..ir.dominance import reverse_postorder
from ..ir.graph import Block, Branch, Function, Leave, Operation, Value
from ..ir.ops import Op
from ..ir.semantics import ATTRIBUTED, CHECKED, PURE, EvaluationError
from ..ir.types import I1, I64
from .constants import CONSTANTS, Constants
from .replacement import Replacements, substitute_exits


def fold_constants(function: Function, constants: Constants) -> None:
    """Fold, once through all blocks in reverse postorder. May leave blocks that are never
    reached."""
    folder = Folder(function, constants)
    for block in reverse_postorder(function):
        folder.block(block)
    constants.place()
    substitute_exits(function, folder.replacements)


class Folder:
    """Folds one function. `made_by` maps values to the operations that make them."""

    def __init__(self, function: Function, constants: Constants) -> None:
        self.function = function
        self.constants = constants
        self.replacements = Replacements()
        self.made_by: dict[int, Operation] = {}

    def block(self, block: Block) -> None:
        """Fold a block and its terminator."""
        find, known = self.replacements.find, self.constants.values
        kept: list[Operation] = []
        for operation in block.operations:
            operation.args = self.replacements.all(operation.args)
            if operation.op is Op.GUARD:
                condition = known.get(operation.args[0].number)
                if condition is None:
                    kept.append(operation)
                elif not condition:
                    assert operation.exit is not None
                    block.terminator = Leave(operation.exit)
                    break
                continue
            result = operation.result
            found = None if result is None else self.value(operation)
            if found is not None:
                assert result is not None
                self.replacements.replace(result, found)
                continue
            kept.append(operation)
            if result is not None:
                self.made_by[result.number] = operation
        block.operations = kept
        terminator = block.terminator
        if isinstance(terminator, Branch):
            terminator.condition = find(terminator.condition)
            chosen = known.get(terminator.condition.number)
            if chosen is not None:
                block.terminator = terminator.then if chosen else terminator.otherwise
        for jump in block.successors():
            jump.args = self.replacements.all(jump.args)

    def value(self, operation: Operation) -> Value | None:
        """A value that already is the operation's result, if there is one. The operation may be
        changed into a simpler one."""
        op = operation.op
        if op in CONSTANTS:
            return None
        known = self.constants.values
        if op in FOLDED and all(argument.number in known for argument in operation.args):
            return self.computed(operation)
        simplify = SIMPLIFIERS.get(op)
        return None if simplify is None else simplify(self, operation, operation.args)

    def computed(self, operation: Operation) -> Value | None:
        """The result of an operation on constants."""
        op, result = operation.op, operation.result
        values: list[object] = [self.constants.values[value.number] for value in operation.args]
        if op in ATTRIBUTED:
            values.append(operation.attr)
        try:
            found = PURE[op](*values) if op in PURE else CHECKED[op](*values)
        except EvaluationError:
            return None
        if found is None:  # it leaves
            return None
        assert result is not None
        return self.constants.get(result.type, found)

    def is_constant(self, value: Value, expected: float) -> bool:
        """Whether a value is this int, or this double, bit for bit."""
        found = self.constants.values.get(value.number)
        return type(found) is type(expected) and repr(found) == repr(expected)

    def made(self, value: Value, op: Op) -> Operation | None:
        """The operation that makes a value, if it is an `op`."""
        operation = self.made_by.get(value.number)
        return operation if operation is not None and operation.op is op else None


FOLDED = {op for op in (*PURE, *CHECKED) if op.arguments} - {Op.IS_OBJECT, Op.CALL1, Op.CALL2}
FOLDED -= {Op.UNBOX_INT_CHECKED, Op.INSTANCE_VALUES_CHECKED, Op.FIELD_CHECKED}
"""Folded when all arguments are constants. libm is left out: its last bit is the platform's."""

Simplify = Callable[[Folder, Operation, Sequence[Value]], Value | None]
SIMPLIFIERS: dict[Op, Simplify] = {}


def simplifies(*ops: Op) -> Callable[[Simplify], Simplify]:
    """Register the decorated function for these operations."""

    def register(function: Simplify) -> Simplify:
        SIMPLIFIERS.update(dict.fromkeys(ops, function))
        return function

    return register


def turn_into(operation: Operation, op: Op, *args: Value) -> None:
    """Make the operation another one with the same result."""
    operation.op, operation.args = op, args


@simplifies(Op.ADD, Op.ADD_CHECKED, Op.OR, Op.XOR)
def with_zero(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a + 0, 0 + a, a | 0, a ^ 0"""
    if f.is_constant(a[1], 0):
        return a[0]
    return a[1] if f.is_constant(a[0], 0) else None


@simplifies(Op.SUB, Op.SUB_CHECKED, Op.SHIFT_LEFT, Op.SHIFT_RIGHT)
def without(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a - 0, a << 0, a >> 0; a - a"""
    if f.is_constant(a[1], 0):
        return a[0]
    if a[0] is a[1] and o.op in (Op.SUB, Op.SUB_CHECKED):
        return f.constants.get(I64, 0)
    return None


@simplifies(Op.MUL, Op.MUL_CHECKED)
def times(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a * 1, 1 * a, a * 0"""
    for one, other in ((a[0], a[1]), (a[1], a[0])):
        if f.is_constant(one, 1):
            return other
        if f.is_constant(one, 0):
            return one
    return None


@simplifies(Op.AND)
def masked(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a & -1, a & 0, a & a"""
    for one, other in ((a[0], a[1]), (a[1], a[0])):
        if f.is_constant(one, -1) or one is other:
            return other
        if f.is_constant(one, 0):
            return one
    return None


@simplifies(Op.FMUL, Op.FDIV)
def times_one(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a * 1.0, 1.0 * a, a / 1.0"""
    if f.is_constant(a[1], 1.0):
        return a[0]
    return a[1] if o.op is Op.FMUL and f.is_constant(a[0], 1.0) else None


@simplifies(Op.FSUB)
def minus_zero(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a - 0.0 (but not a + 0.0, which changes -0.0)"""
    return a[0] if f.is_constant(a[1], 0.0) else None


@simplifies(Op.SELECT_INT, Op.SELECT_FLOAT)
def selected(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a constant condition; the same on both sides"""
    condition = f.constants.values.get(a[0].number)
    if condition is not None:
        return a[1] if condition else a[2]
    return a[1] if a[1] is a[2] else None


INVERSE = {
    Op.INT_EQ: Op.INT_NE,
    Op.INT_NE: Op.INT_EQ,
    Op.INT_LT: Op.INT_GE,
    Op.INT_LE: Op.INT_GT,
    Op.INT_GT: Op.INT_LE,
    Op.INT_GE: Op.INT_LT,
    Op.FLOAT_EQ: Op.FLOAT_NE,
    Op.FLOAT_NE: Op.FLOAT_EQ,
}


@simplifies(Op.NOT)
def negated(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """not not a; not (a < b)"""
    inner = f.made_by.get(a[0].number)
    if inner is None:
        return None
    if inner.op is Op.NOT:
        return inner.args[0]
    if inner.op in INVERSE:
        turn_into(o, INVERSE[inner.op], *inner.args)
    return None


@simplifies(Op.BOTH, Op.EITHER)
def joined(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a and true, a and false, a and a; the same for or"""
    neutral = o.op is Op.BOTH
    for one, other in ((a[0], a[1]), (a[1], a[0])):
        if f.is_constant(one, neutral) or one is other:
            return other
        if f.is_constant(one, not neutral):
            return one
    return None


TRUE_OF_SAME = {Op.INT_EQ, Op.INT_LE, Op.INT_GE}


@simplifies(Op.INT_EQ, Op.INT_NE, Op.INT_LT, Op.INT_LE, Op.INT_GT, Op.INT_GE, Op.UINT_LT)
def compared(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a == a, a < a; int(bool) != 0"""
    if a[0] is a[1]:
        return f.constants.get(I1, o.op in TRUE_OF_SAME)
    if o.op is Op.INT_NE and f.is_constant(a[1], 0):
        inner = f.made(a[0], Op.BOOL_TO_INT)
        if inner is not None:
            return inner.args[0]
    return None


@simplifies(Op.IS_OBJECT)
def identical(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """a is a"""
    return f.constants.get(I1, True) if a[0] is a[1] else None


@simplifies(Op.FNEG)
def double_minus(f: Folder, o: Operation, a: Sequence[Value]) -> Value | None:
    """-(-a)"""
    inner = f.made(a[0], Op.FNEG)
    return None if inner is None else inner.args[0]
