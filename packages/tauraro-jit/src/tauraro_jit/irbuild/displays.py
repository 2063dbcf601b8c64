"""New lists and tuples: displays, slices, `+` and `*`, copies."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, Jump, Value
from ..ir.ops import Op
from ..ir.types import I64
from . import scalars, texts
from .arithmetic import as_int, binary
from .builder import RegionBuilder, Unsupported, builds
from .built_in import CALLS
from .calls import reject_waiting
from .dicts import DEL_ITEM
from .fresh import SEQUENCES, add, as_object, list_display, new_list, shape_as_element
from .lists import change, delete_item, extend, learn
from .owned import make
from .percent import percent
from .sequences import NUMBERS, SET_PART, item_of, load_element
from .sets import OPERATORS, combined, set_display
from .state import EMPTY, Kind, Typed, shape_at
from .strings import is_text
from .variables import read, write
from .words import INTEGERS, exact

REPEATS = {
    Kind.INT: Op.REPEAT_INT_CHECKED,
    Kind.FLOAT: Op.REPEAT_FLOAT_CHECKED,
    Kind.BOOL: Op.REPEAT_BOOL_CHECKED,
}
PARTS = {Kind.LIST: Op.LIST_PART_CHECKED, Kind.TUPLE: Op.TUPLE_PART_CHECKED}


@builds(Bytecode.BUILD)
def build_display(b: RegionBuilder, pc: int, i: Instruction) -> int:
    values = [read(b, operand) for operand in i.src]
    if i.imm[0] == "list":
        is_part = len(values) == 1 and is_repeated(b, pc, i)
        found = Typed(Kind.ITEMS, parts=tuple(values)) if is_part else list_display(b, values)
    elif i.imm[0] == "tuple":
        found = Typed(Kind.PAIR, parts=tuple(values))
        if i.dst is not None and i.dst & 7:  # a variable
            found = as_object(b, found)
    elif i.imm[0] == "set":
        found = set_display(b, values)
    else:
        raise Unsupported(f"a {i.imm[0]} display")
    write(b, i, found)
    return pc + 1


def is_repeated(b: RegionBuilder, pc: int, i: Instruction) -> bool:
    """Whether a display is an operand of `*`: then no list is made of it alone."""
    if i.dst is None or i.dst & 7:
        return False
    for following in b.code.instructions[pc + 1 :]:
        if i.dst >> 3 << 2 in following.src:  # the temporary, for the last time
            return following.op is Bytecode.BINARY and following.imm[0] == "Mult"
    return False


# --- items and operators


@builds(Bytecode.GETITEM)
def build_getitem(b: RegionBuilder, pc: int, i: Instruction) -> int:
    owner, index = read(b, i.src[0]), read(b, i.src[1])
    is_slice = index.kind is Kind.SLICE and owner.kind in SEQUENCES
    if index.kind is Kind.SLICE and is_text(owner):
        write(b, i, texts.part_of(b, owner, index, bound))
    else:
        write(b, i, part_of(b, owner, index) if is_slice else item_of(b, owner, index))
    return pc + 1


@builds(Bytecode.BINARY, Bytecode.INPLACE)
def build_binary(b: RegionBuilder, pc: int, i: Instruction) -> int:
    operator = i.imm[0]
    left, right = read(b, i.src[0]), read(b, i.src[1])
    made = texts.operate(b, pc, i, left, right)
    if made is None and operator == "Mod":
        made = percent(b, left, right)
    if made is None:
        made = operate(b, operator, left, right, i.op is Bytecode.INPLACE)
    write(b, i, binary(b, operator, left, right) if made is None else made)
    return pc + 1


# --- slices


@builds(Bytecode.SLICE)
def build_slice(b: RegionBuilder, pc: int, i: Instruction) -> int:
    given = iter([read(b, operand) for operand in i.src])
    mask = i.imm[0]
    parts = tuple(next(given) if mask >> k & 1 else Typed(Kind.NONE) for k in range(3))
    write(b, i, Typed(Kind.SLICE, parts=parts))
    return pc + 1


def part_of(b: RegionBuilder, sequence: Typed, bounds: Typed) -> Typed:
    """`sequence[start:stop]`"""
    reject_waiting(b, (sequence,))
    first, last, step = bounds.parts
    if step.kind is not Kind.NONE and step.known != 1:
        return stride_of(b, sequence, bounds)
    size = b.size(sequence)
    zero = b.const_int(0)
    start = zero if first.kind is Kind.NONE else bound(b, first, size)
    stop = size if last.kind is Kind.NONE else bound(b, last, size)
    stop = b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, stop, start), start, stop)
    found = make(b, PARTS[sequence.kind], sequence.values[0], start, stop)
    return b.opened(sequence.kind, found, shape_at(sequence.shape, None))


def stride_of(b: RegionBuilder, sequence: Typed, bounds: Typed) -> Typed:
    """A slice with a step: all of it must be constant."""
    known = [None if part.kind is Kind.NONE else part.known for part in bounds.parts]
    is_constant = all(part.kind is Kind.NONE or type(part.known) is int for part in bounds.parts)
    if not is_constant or known[2] == 0 or sequence.kind is not Kind.LIST:
        raise Unsupported("a slice with a step that is no constant")
    found = make(b, Op.STRIDE_CHECKED, sequence.values[0], b.const_object(slice(*known)))
    return b.opened(Kind.LIST, found, shape_at(sequence.shape, None))


def bounds_of(b: RegionBuilder, owner: Typed, bounds: Typed) -> tuple[Value, Value]:
    """Where a slice of a list, without a step, begins and ends."""
    first, last, step = bounds.parts
    if step.kind is not Kind.NONE and step.known != 1:
        raise Unsupported("a slice with a step that is changed")
    size = b.size(owner)
    start = b.const_int(0) if first.kind is Kind.NONE else bound(b, first, size)
    stop = size if last.kind is Kind.NONE else bound(b, last, size)
    return start, b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, stop, start), start, stop)


def set_part(b: RegionBuilder, owner: Typed, bounds: Typed, value: Typed) -> None:
    """`owner[start:stop] = value`, a list or tuple; what it replaces are numbers."""
    value = as_list(b, value)
    if value.kind not in SEQUENCES:
        raise Unsupported(f"{value.kind.name.lower()} as part of a list")
    replace_part(b, owner, bounds, value.values[0])
    if owner.shape == EMPTY:
        learn(b, owner, shape_at(value.shape, None))


def replace_part(b: RegionBuilder, owner: Typed, bounds: Typed, new: Value) -> None:
    """Let the items of a list or tuple take the place of numbers."""
    if b.state.waiting:
        raise Unsupported("part of a list behind a store of the same statement")
    start, stop = bounds_of(b, owner, bounds)
    check_numbers(b, owner, start, stop)
    change(b, Op.SET_PART, owner, start, stop, new)


def delete(b: RegionBuilder, owner: Typed, index: Typed) -> None:
    """`del owner[index]`, `del owner[start:stop]`"""
    if index.kind is Kind.SLICE:
        replace_part(b, owner, index, b.const_object(()))
    else:
        delete_item(b, owner, index)


def check_numbers(b: RegionBuilder, owner: Typed, start: Value, stop: Value) -> None:
    """The items from one index up to another must be numbers: a loop of the IR."""
    shape = shape_at(owner.shape, None)
    if shape[0] not in NUMBERS:
        raise Unsupported("part of a list that holds other things than numbers")
    function = b.function
    items, index = b.items(owner), function.value(I64)
    head, body, behind = function.block((index,)), function.block(), function.block()
    b.block.terminator = Jump(head, (start,))
    known = set(b.facts), dict(b.sizes)
    b.block = head
    ended = b.emit(Op.INT_GE, index, stop)
    head.terminator = Branch(ended, Jump(behind, ()), Jump(body, ()))
    b.block = body
    load_element(b, shape, items, index)
    b.block.terminator = Jump(head, (b.emit(Op.ADD, index, b.const_int(1)),))
    b.block = behind
    b.facts, b.sizes = known


def bound(b: RegionBuilder, index: Typed, size: Value) -> Value:
    """Where a slice begins or ends: negative ones count from the end, and all are in range."""
    if index.kind not in INTEGERS:
        raise Unsupported("a slice with bounds that are no ints")
    value, zero = as_int(b, index), b.const_int(0)
    known = index.known if isinstance(index.known, int) else None
    if known is None or known < 0:
        negative = b.emit(Op.INT_LT, value, zero)
        moved = b.emit(Op.ADD, value, size)
        moved = b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, moved, zero), zero, moved)
        value = b.emit(Op.SELECT_INT, negative, moved, value)
    return b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, value, size), value, size)


# --- operators


def repeated(b: RegionBuilder, display: Typed, count: Typed) -> Typed:
    """`[x] * n`"""
    if len(display.parts) != 1 or count.kind not in INTEGERS:
        raise Unsupported("a display of several items that is repeated")
    value = exact(b, display.parts[0])
    op = REPEATS.get(value.kind)
    if op is None:
        raise Unsupported(f"a list of {value.kind.name.lower()} that is repeated")
    times, zero = as_int(b, count), b.const_int(0)
    times = b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, times, zero), zero, times)
    return b.opened(Kind.LIST, make(b, op, value.values[0], times), shape_as_element(value))


def concatenated(b: RegionBuilder, left: Typed, right: Typed) -> Typed:
    """`a + b` of two lists, or of two tuples."""
    if left.kind is not right.kind or left.kind not in SEQUENCES:
        raise Unsupported(f"Add of {left.kind.name.lower()} and {right.kind.name.lower()}")
    reject_waiting(b, (left, right))
    found = make(b, Op.CONCAT_CHECKED, left.values[0], right.values[0])
    shape = right.shape if left.shape == EMPTY else left.shape
    return b.opened(left.kind, found, shape_at(shape, None))


def operate(
    b: RegionBuilder, operator: str, left: Typed, right: Typed, in_place: bool
) -> Typed | None:
    """What an operator gives if one operand is a list or tuple, else None."""
    if in_place and left.kind is Kind.LIST:
        if operator != "Add":
            raise Unsupported(f"{operator} of a list, in place")
        extend(b, left, (as_list(b, right),))
        return left
    kinds = {left.kind, right.kind}
    if kinds == {Kind.SET} and operator in OPERATORS and not in_place:
        return combined(b, operator, left, right)
    if Kind.SCALAR in kinds:
        return scalars.operate(b, operator, left, right)
    if not kinds & {Kind.ITEMS, Kind.PAIR, *SEQUENCES}:
        return None
    if operator == "Mult" and Kind.ITEMS in kinds:
        return repeated(b, left, right) if left.kind is Kind.ITEMS else repeated(b, right, left)
    if operator == "Add":
        return concatenated(b, as_list(b, left), as_list(b, right))
    return None


def as_list(b: RegionBuilder, value: Typed) -> Typed:
    """A display of a list as the list itself, one of a tuple as a tuple."""
    if value.kind is Kind.ITEMS:
        return list_display(b, value.parts)
    return as_object(b, value) if value.kind is Kind.PAIR else value


# --- copies


def call_list(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """`list()`, `list(numbers)`"""
    if not values:
        return list_display(b, ())
    if len(values) == 1 and values[0].kind is Kind.RANGE:
        return list_of_range(b, values[0])
    if len(values) != 1 or values[0].kind not in SEQUENCES:
        raise Unsupported("list of something else than a list, tuple or range")
    found = make(b, Op.TO_LIST_CHECKED, values[0].values[0])
    return b.opened(Kind.LIST, found, shape_at(values[0].shape, None))


def list_of_range(b: RegionBuilder, numbers: Typed) -> Typed:
    """`list(range(...))`: a loop of the IR."""
    start, step, length = numbers.values
    function, zero = b.function, b.const_int(0)
    found = new_list(b, ())
    number, left = function.value(I64), function.value(I64)
    head, body, behind = function.block((number, left)), function.block(), function.block()
    b.block.terminator = Jump(head, (start, length))
    known = set(b.facts), dict(b.sizes)
    b.block = head
    ended = b.emit(Op.INT_LE, left, zero)
    head.terminator = Branch(ended, Jump(behind, ()), Jump(body, ()))
    b.block = body
    add(b, found, Typed(Kind.INT, (number,)))
    fewer = b.emit(Op.SUB, left, b.const_int(1))
    b.block.terminator = Jump(head, (b.emit(Op.ADD, number, step), fewer))
    b.block = behind
    b.facts, b.sizes = known
    return b.opened(Kind.LIST, found, ("int",))


CALLS[builtins.list] = call_list
SET_PART[Kind.LIST] = set_part
DEL_ITEM[Kind.LIST] = delete
