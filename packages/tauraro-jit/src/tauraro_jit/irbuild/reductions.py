"""Built-in functions and operators that go through all elements of a list or tuple of numbers: a
loop of the IR each.

    x in numbers       b1(%i):  %i >= size ? found = False : b2
                       b2:      numbers[%i] == x ? found = True : b1(%i + 1)

They end without looking whether the interpreter is asked for, as the host's own do.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Branch, Jump, Value
from ..ir.ops import Op
from ..ir.types import I1, I64
from . import dicts, scalars, sets, strings
from .arithmetic import NUMBERS, as_float, as_int, compare, integer, is_true, real, truth
from .builder import RegionBuilder, Unsupported, builds
from .comparisons import comparison
from .sequences import load_element
from .state import Kind, Typed, shape_at
from .variables import constant, read, write

Step = Callable[[Typed, tuple[Value, ...]], tuple[Value, ...]]
"""An element and what has been found so far -> what has been found then."""

Test = Callable[[Typed], Value]
"""Whether an element is the one that is looked for."""

SEQUENCES = (Kind.LIST, Kind.TUPLE)
COMPENSATED = sys.version_info >= (3, 12)
"""Whether `sum` of floats keeps track of what is lost in rounding."""

LONGEST = 16
"""Elements of a constant tuple that are compared one by one."""


def the_sequence(values: Sequence[Typed], most: int = 1) -> Typed:
    """The list or tuple that is the first argument."""
    if not 1 <= len(values) <= most or values[0].kind not in SEQUENCES:
        raise Unsupported("a call for something else than a list or tuple")
    return values[0]


def element(b: RegionBuilder, sequence: Typed, index: Value) -> Typed:
    """A number of a list or tuple; the index is in range."""
    found = load_element(b, shape_at(sequence.shape, None), b.items(sequence), index)
    if found.kind not in NUMBERS:
        raise Unsupported("elements that are no numbers")
    return found


def fold(
    b: RegionBuilder, sequence: Typed, first: int, initial: tuple[Value, ...], step: Step
) -> tuple[Value, ...]:
    """Go through the elements from number `first` on."""
    function = b.function
    size, one = b.size(sequence), b.const_int(1)
    index = function.value(I64)
    found = tuple(function.value(value.type) for value in initial)
    result = tuple(function.value(value.type) for value in initial)
    head, body = function.block((index, *found)), function.block()
    behind = function.block(result)
    b.block.terminator = Jump(head, (b.const_int(first), *initial))
    known = set(b.facts), dict(b.sizes)
    b.block = head
    ended = b.emit(Op.INT_GE, index, size)
    head.terminator = Branch(ended, Jump(behind, found), Jump(body, ()))
    b.block = body
    following = step(element(b, sequence, index), found)
    b.block.terminator = Jump(head, (b.emit(Op.ADD, index, one), *following))
    b.block = behind
    b.facts, b.sizes = known
    return result


def search(b: RegionBuilder, sequence: Typed, test: Test) -> tuple[Value, Value]:
    """Whether there is such an element, and the index of the first one, else the size."""
    function = b.function
    size, one = b.size(sequence), b.const_int(1)
    index, place, found = function.value(I64), function.value(I64), function.value(I1)
    head, body = function.block((index,)), function.block()
    behind = function.block((found, place))
    b.block.terminator = Jump(head, (b.const_int(0),))
    known = set(b.facts), dict(b.sizes)
    true, false = b.const_bool(True), b.const_bool(False)
    b.block = head
    ended = b.emit(Op.INT_GE, index, size)
    head.terminator = Branch(ended, Jump(behind, (false, index)), Jump(body, ()))
    b.block = body
    is_it = test(element(b, sequence, index))
    following = b.emit(Op.ADD, index, one)
    b.block.terminator = Branch(is_it, Jump(behind, (true, index)), Jump(head, (following,)))
    b.block = behind
    b.facts, b.sizes = known
    return found, place


# --- functions


def call_sum(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """Ints are added exactly, floats as the host does it."""
    sequence = the_sequence(values, 2)
    start = values[1] if len(values) == 2 else integer(b.const_int(0))
    shape = shape_at(sequence.shape, None)[0]
    if start.kind not in NUMBERS or start.kind is Kind.WORD:
        raise Unsupported("sum from something else than a number")
    if start.kind is not Kind.FLOAT and shape != "float":
        (total,) = fold(b, sequence, 0, (as_int(b, start),), lambda x, t: add_int(b, x, t))
        return integer(total)
    if shape != "float":
        raise Unsupported("sum of ints from a float")
    if start.kind is not Kind.FLOAT:  # without elements it is the result
        b.guard(b.emit(Op.INT_NE, b.size(sequence), b.const_int(0)))
    total, lost = fold(
        b,
        sequence,
        0,
        (as_float(b, start), b.const_float(0.0)),
        lambda x, found: add_float(b, x.values[0], *found),
    )
    return real(with_rest(b, total, lost) if COMPENSATED else total)


def check_numbers(b: RegionBuilder, sequence: Typed) -> None:
    """All elements must be numbers of one type: comparing them runs no code of the program."""

    def step(x: Typed, found: tuple[Value, ...]) -> tuple[Value, ...]:
        return ()

    fold(b, sequence, 0, (), step)


def add_int(b: RegionBuilder, x: Typed, found: tuple[Value, ...]) -> tuple[Value, ...]:
    return (b.emit(Op.ADD_CHECKED, found[0], as_int(b, x)),)


def add_float(b: RegionBuilder, x: Value, total: Value, lost: Value) -> tuple[Value, ...]:
    """One more element; Neumaier's summation."""
    result = b.emit(Op.FADD, total, x)
    if not COMPENSATED:
        return result, lost
    large, small = b.emit(Op.CALL1, total, attr="fabs"), b.emit(Op.CALL1, x, attr="fabs")
    first = b.emit(Op.FADD, b.emit(Op.FSUB, total, result), x)
    second = b.emit(Op.FADD, b.emit(Op.FSUB, x, result), total)
    error = b.emit(Op.SELECT_FLOAT, b.emit(Op.FLOAT_GE, large, small), first, second)
    return result, b.emit(Op.FADD, lost, error)


def with_rest(b: RegionBuilder, total: Value, lost: Value) -> Value:
    """The sum with what was lost, if that is a number other than 0."""
    size = b.emit(Op.CALL1, lost, attr="fabs")
    finite = b.emit(Op.FLOAT_LT, size, b.const_float(math.inf))
    counts = b.emit(Op.BOTH, b.emit(Op.FLOAT_NE, lost, b.const_float(0.0)), finite)
    return b.emit(Op.SELECT_FLOAT, counts, b.emit(Op.FADD, total, lost), total)


def extremum(b: RegionBuilder, operator: str, sequence: Typed) -> Typed:
    """min and max of the elements: the first of equals."""
    b.guard(b.emit(Op.INT_NE, b.size(sequence), b.const_int(0)))
    first = element(b, sequence, b.const_int(0))
    if first.kind not in (Kind.INT, Kind.FLOAT):
        raise Unsupported("min or max of something else than ints or floats")
    select = Op.SELECT_FLOAT if first.kind is Kind.FLOAT else Op.SELECT_INT

    def step(x: Typed, found: tuple[Value, ...]) -> tuple[Value, ...]:
        better = compare(b, operator, x, Typed(first.kind, found)).values[0]
        return (b.emit(select, better, x.values[0], found[0]),)

    return Typed(first.kind, fold(b, sequence, 1, first.values, step))


def call_any(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    return truth(search(b, the_sequence(values), lambda x: is_true(b, x))[0])


def call_all(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    is_false = search(b, the_sequence(values), lambda x: b.emit(Op.NOT, is_true(b, x)))[0]
    return truth(b.emit(Op.NOT, is_false))


# --- methods, and `in`


def equals(b: RegionBuilder, wanted: Typed) -> Test:
    """The test for a number. A nan is found by its identity, which is not known here."""
    if wanted.kind not in NUMBERS:
        raise Unsupported(f"a search for {wanted.kind.name.lower()}")
    if wanted.kind is Kind.FLOAT:
        b.guard(b.emit(Op.FLOAT_EQ, wanted.values[0], wanted.values[0]))
    return lambda x: compare(b, "Eq", x, wanted).values[0]


def count(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    if len(values) != 1:
        raise Unsupported("count of several values")
    test = equals(b, values[0])

    def step(x: Typed, found: tuple[Value, ...]) -> tuple[Value, ...]:
        return (b.emit(Op.ADD, found[0], b.emit(Op.BOOL_TO_INT, test(x))),)

    return integer(fold(b, owner, 0, (b.const_int(0),), step)[0])


def index(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """Of an element that is there."""
    if len(values) != 1:
        raise Unsupported("index between bounds")
    found, place = search(b, owner, equals(b, values[0]))
    b.guard(found)
    return integer(place)


def contains(b: RegionBuilder, container: Typed, wanted: Typed) -> Value:
    """`wanted in container`: a list, a tuple, or a constant tuple of a few numbers; a dict; a
    constant string."""
    if container.kind is Kind.DICT:
        return dicts.contains(b, container, wanted)
    if container.kind is Kind.SET:
        return sets.contains(b, container, wanted)
    if strings.is_text(container):
        return strings.contains(b, container, wanted)
    if strings.is_text(wanted):
        return strings.is_in(b, container, wanted)
    if container.kind in SEQUENCES:
        return search(b, container, equals(b, wanted))[0]
    parts: Sequence[Typed] = container.parts
    if container.kind is Kind.KNOWN and type(container.known) is tuple:
        if not {type(part) for part in container.known} <= {int, float}:
            raise Unsupported("a search among other things than numbers")
        parts = [constant(b, part) for part in container.known]
    elif container.kind is not Kind.PAIR:
        raise Unsupported(f"in {container.kind.name.lower()}")
    if not 1 <= len(parts) <= LONGEST or any(part.kind not in NUMBERS for part in parts):
        raise Unsupported("a search among other things than a few numbers")
    test = equals(b, wanted)
    found = test(parts[0])
    for part in parts[1:]:
        found = b.emit(Op.EITHER, found, test(part))
    return found


@builds(Bytecode.COMPARE)
def build_compare(b: RegionBuilder, pc: int, i: Instruction) -> int:
    left, right = read(b, i.src[0]), read(b, i.src[1])
    operator = i.imm[0]
    if operator in ("In", "NotIn"):
        found = contains(b, right, left)
        write(b, i, truth(found if operator == "In" else b.emit(Op.NOT, found)))
    elif Kind.SCALAR in (left.kind, right.kind):
        write(b, i, scalars.compare(b, operator, left, right))
    else:
        write(b, i, comparison(b, operator, left, right))
    return pc + 1
