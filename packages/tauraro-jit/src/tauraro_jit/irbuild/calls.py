"""Calls of built-in functions and of `math`, computed in place.

Whatever could raise or give an int of more than 64 bits leaves the region first.
"""

from __future__ import annotations

import builtins
import math
import sys
from collections.abc import Callable, Sequence
from types import BuiltinFunctionType, FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.operands import Role

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.offsets import FUNCTION_KEYWORD_DEFAULTS
from ..native.region import Place
from . import buffers, deques, dicts, heaps, reductions, scalars, sets, strings
from .arithmetic import (
    BINARY,
    NUMBERS,
    SIZES,
    as_float,
    as_int,
    compare,
    integer,
    is_true,
    real,
    truth,
)
from .bodies import LARGE, call_body, deliver, has_loop, note_finished, stores_in_loop
from .builder import RegionBuilder, Unsupported, builds
from .closures import cells_of, check_cells, content_of
from .entries import begin_entries, first_entry
from .generators import begin_generator
from .iterators import MOST_PARTS
from .lists import SEARCHES, call_method, call_sorted
from .pairs import parts_of
from .state import Call, Kind, Typed
from .variables import PASSED, STORABLE, assign, constant, local_key, read, variable, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Builtin = Callable[[RegionBuilder, Sequence[Typed]], Typed]
LIMIT = float(2**63)
ENTRIES = (Kind.DICT, Kind.SET, Kind.VIEW)
ITERABLE = (Kind.RANGE, Kind.LIST, Kind.TUPLE, Kind.REVERSED, Kind.STR, *ENTRIES)
"""What `enumerate` and `zip` go through."""


def numbers(values: Sequence[Typed], least: int, most: int) -> None:
    """Check the arguments of a function of numbers."""
    if not least <= len(values) <= most or not {value.kind for value in values} <= NUMBERS:
        raise Unsupported("a call with arguments that are no numbers")


def call_range(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """start, step and number of items."""
    if not 1 <= len(values) <= 3 or any(v.kind not in (Kind.INT, Kind.BOOL) for v in values):
        raise Unsupported("range of something else than ints")
    step = values[2].known if len(values) == 3 else 1
    if not isinstance(step, int) or step == 0 or abs(step) > 2**31:
        return variable_range(b, *(as_int(b, value) for value in values))
    start = b.const_int(0) if len(values) == 1 else as_int(b, values[0])
    stop = as_int(b, values[0] if len(values) == 1 else values[1])
    low, high = (start, stop) if step > 0 else (stop, start)
    span = b.emit(Op.SUB_CHECKED, high, low)
    size = abs(step)
    if size == 1:
        length = span
    else:
        up = b.emit(Op.ADD_CHECKED, span, b.const_int(size - 1))
        length = b.emit(Op.FLOOR_DIV, up, b.const_int(size))
    return Typed(Kind.RANGE, (start, b.const_int(step), length))


def variable_range(b: RegionBuilder, start: Value, stop: Value, step: Value) -> Typed:
    """A range whose step is known only when it is made."""
    up = b.emit(Op.INT_GT, step, b.const_int(0))
    b.guard(b.emit(Op.INT_NE, step, b.const_int(0)))
    down = b.emit(Op.SUB_CHECKED, b.const_int(0), step)
    size = b.emit(Op.SELECT_INT, up, step, down)
    low = b.emit(Op.SELECT_INT, up, start, stop)
    high = b.emit(Op.SELECT_INT, up, stop, start)
    span = b.emit(Op.SUB_CHECKED, high, low)
    rounded = b.emit(Op.ADD_CHECKED, span, b.emit(Op.SUB, size, b.const_int(1)))
    return Typed(Kind.RANGE, (start, step, b.emit(Op.FLOOR_DIV, rounded, size)))


def call_reversed(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """Of a range: the range from its last item down, or up, to its first."""
    if len(values) == 1 and values[0].kind in (Kind.LIST, Kind.TUPLE):
        last = b.emit(Op.SUB, b.size(values[0]), b.const_int(1))
        return Typed(Kind.REVERSED, (last,), parts=(values[0],))
    if len(values) != 1 or values[0].kind is not Kind.RANGE:
        raise Unsupported("reversed of something else than a range, list or tuple")
    start, step, length = values[0].values
    far = b.emit(Op.MUL_CHECKED, b.emit(Op.SUB, length, b.const_int(1)), step)
    last = b.emit(Op.ADD_CHECKED, start, far)
    return Typed(Kind.RANGE, (last, b.emit(Op.SUB_CHECKED, b.const_int(0), step), length))


def call_enumerate(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    """The first number, and what is enumerated."""
    countable = (*ITERABLE, Kind.ZIP, Kind.BUFFER)
    if not 1 <= len(values) <= 2 or values[0].kind not in countable:
        raise Unsupported("enumerate of something else than a range, list or tuple")
    first = b.const_int(0)
    if len(values) == 2:
        if values[1].kind is not Kind.INT:
            raise Unsupported("enumerate from something else than an int")
        first = values[1].values[0]
        b.guard(b.emit(Op.INT_LT, first, b.const_int(2**62)))
    return Typed(Kind.ENUMERATE, (first,), parts=(values[0],))


def call_zip(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if not 1 <= len(values) <= MOST_PARTS or any(v.kind not in ITERABLE for v in values):
        raise Unsupported("zip of something else than ranges, lists and tuples")
    return Typed(Kind.ZIP, parts=tuple(values))


def call_divmod(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 2, 2)
    parts = (BINARY["FloorDiv"](b, *values), BINARY["Mod"](b, *values))
    return Typed(Kind.PAIR, parts=parts)


def call_len(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and values[0].kind in SIZES:
        return integer(SIZES[values[0].kind](b, values[0]))
    if len(values) == 1 and strings.is_text(values[0]):
        return integer(strings.size(b, values[0]))
    if len(values) == 1 and values[0].kind is Kind.BUFFER:
        return integer(buffers.size_of(b, values[0]))
    if len(values) == 1 and values[0].kind in (Kind.PAIR, Kind.KEYWORDS):
        return constant(b, len(values[0].parts))
    if len(values) != 1 or values[0].kind not in (Kind.LIST, Kind.TUPLE):
        raise Unsupported("len of something else than a list or tuple")
    return integer(b.size(values[0]))


def call_abs(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    if values[0].kind is Kind.FLOAT:
        return real(b.emit(Op.CALL1, values[0].values[0], attr="fabs"))
    value = as_int(b, values[0])
    negated = b.emit(Op.SUB_CHECKED, b.const_int(0), value)
    return integer(b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, value, b.const_int(0)), negated, value))


def extremum(operator: str) -> Builtin:
    """min and max: the first of equals; all of one type, since the result is one of them."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        if len(values) == 1:
            return reductions.extremum(b, operator, reductions.the_sequence(values))
        numbers(values, 2, 8)
        if len({value.kind for value in values}) > 1 or values[0].kind is Kind.BOOL:
            raise Unsupported("min or max of different types")
        best = values[0]
        select = Op.SELECT_FLOAT if best.kind is Kind.FLOAT else Op.SELECT_INT
        for value in values[1:]:
            better = compare(b, operator, value, best).values[0]
            chosen = b.emit(select, better, value.values[0], best.values[0])
            best = Typed(best.kind, (chosen,))
        return best

    return build


def to_int(b: RegionBuilder, value: Value) -> Typed:
    """A whole double as an int."""
    b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, value, attr="fabs"), b.const_float(LIMIT)))
    return integer(b.emit(Op.FLOAT_TO_INT, value))


def call_int(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and strings.is_text(values[0]):
        return strings.digit(b, values[0])
    numbers(values, 1, 1)
    if values[0].kind is Kind.FLOAT:
        return to_int(b, values[0].values[0])
    return values[0] if values[0].kind is Kind.WORD else integer(as_int(b, values[0]))


def call_float(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) == 1 and strings.is_text(values[0]):
        return real(b.emit(Op.TEXT_TO_FLOAT_CHECKED, strings.as_pointer(b, values[0])))
    numbers(values, 1, 1)
    return real(as_float(b, values[0]))


def call_bool(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) != 1:
        raise Unsupported("bool without an argument")
    return truth(is_true(b, values[0]))


def rounding(function: str) -> Builtin:
    """math.floor, math.ceil, math.trunc, round: an int."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        numbers(values, 1, 1)
        if values[0].kind is not Kind.FLOAT:
            return integer(as_int(b, values[0]))
        return to_int(b, b.emit(Op.CALL1, values[0].values[0], attr=function))

    return build


def call_sqrt(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    value = as_float(b, values[0])
    b.guard(b.emit(Op.FLOAT_GE, value, b.const_float(0.0)))
    return real(b.emit(Op.CALL1, value, attr="sqrt"))


def libm(function: str, positive: bool = False) -> Builtin:
    """A function that is the C library's where argument and result are finite."""

    def build(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
        numbers(values, 1, 1)
        value = as_float(b, values[0])
        infinity = b.const_float(math.inf)
        if positive:
            b.guard(b.emit(Op.FLOAT_GT, value, b.const_float(0.0)))
        b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, value, attr="fabs"), infinity))
        result = b.emit(Op.CALL1, value, attr=function)
        b.guard(b.emit(Op.FLOAT_LT, b.emit(Op.CALL1, result, attr="fabs"), infinity))
        return real(result)

    return build


def call_fabs(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    numbers(values, 1, 1)
    return real(b.emit(Op.CALL1, as_float(b, values[0]), attr="fabs"))


CALLS: dict[object, Builtin] = {
    builtins.range: call_range,
    builtins.reversed: call_reversed,
    builtins.enumerate: call_enumerate,
    builtins.zip: call_zip,
    builtins.sum: reductions.call_sum,
    builtins.sorted: call_sorted,
    builtins.dict: dicts.call_dict,
    builtins.set: sets.call_set,
    builtins.any: reductions.call_any,
    builtins.all: reductions.call_all,
    builtins.divmod: call_divmod,
    builtins.len: call_len,
    builtins.ord: strings.call_ord,
    builtins.chr: strings.call_chr,
    builtins.abs: call_abs,
    builtins.bytearray: buffers.call_bytearray,
    builtins.min: extremum("Lt"),
    builtins.max: extremum("Gt"),
    builtins.int: call_int,
    builtins.float: call_float,
    builtins.bool: call_bool,
    builtins.round: rounding("roundeven"),
    math.floor: rounding("floor"),
    math.ceil: rounding("ceil"),
    math.trunc: rounding("trunc"),
    math.sqrt: call_sqrt,
    math.fabs: call_fabs,
    math.sin: libm("sin"),
    math.cos: libm("cos"),
    math.tan: libm("tan"),
    math.atan: libm("atan"),
    math.exp: libm("exp"),
    math.sinh: libm("sinh"),
    math.cosh: libm("cosh"),
    math.tanh: libm("tanh"),
}


LAZY = (builtins.len, builtins.range, builtins.reversed, builtins.enumerate, builtins.zip)
"""Functions that do not look at the elements of lists."""

# --- functions of the program, built in place

DEPTH = 4
"""Calls within calls at most."""

MANY, KEYWORDS = 0x4, 0x8
"""Flags of code with *args, and with **kwargs. `inspect` names them, and takes 10 ms to import."""

NOT_PLAIN = 0x20 | 0x80
"""Flags of generators and of coroutines."""


def find_code(b: RegionBuilder, function: FunctionType) -> int:
    """The code object of a function of the same module: of its name, at its line. The host counts
    decorators in; they come before the line of the `def`."""
    host = function.__code__
    first = host.co_firstlineno
    lines = [line for _, _, line in host.co_lines() if line is not None and line != first]
    found: list[tuple[int, int]] = []
    for candidate in b.request.module.codes if function.__globals__ is b.request.globals else ():
        for instruction in candidate.instructions:
            if instruction.op is Bytecode.FUNCTION:
                index: int = instruction.imm[0]
                line = instruction.spans[0].line
                if line >= first and b.request.module.codes[index].name == host.co_name:
                    found.append((line, index))
    found.sort()
    nearest = [index for line, index in found if line == found[0][0]]
    if len(nearest) == 1 and (found[0][0] == first or (lines and min(lines) >= found[0][0])):
        return nearest[0]
    raise Unsupported(f"a call of {function.__name__}, whose bytecode is not at hand")


def find_plain(b: RegionBuilder, function: FunctionType) -> int:
    """The code object of a function that is simple."""
    index = find_code(b, function)
    code, host = b.request.module.codes[index], function.__code__
    is_shared = any(cell.outer < 0 for cell in code.cells)
    is_simple = code.signature is not None and not is_shared
    if not is_simple or host.co_flags & NOT_PLAIN:
        raise Unsupported(f"a call of {function.__name__}")
    return index


def check_function(
    b: RegionBuilder, function: FunctionType, part: str, op: Op, expected: object
) -> None:
    """Guard, where the region begins, that a part of a function is what it is now."""

    def check() -> Typed:
        found = b.emit(op, b.const_object(function))
        b.guard(b.emit(Op.IS_OBJECT, found, b.const_object(expected)))
        return Typed(Kind.KNOWN, known=function)

    key = f"{part} of {id(function)}"
    if key not in b.known:
        b.known[key] = b.in_entry(check)


def bind(
    b: RegionBuilder, function: FunctionType, names: Sequence[str], values: Sequence[Typed]
) -> Sequence[Typed]:
    """The arguments in the order of the parameters; the last ones were given by these names."""
    host = function.__code__
    parameters = host.co_varnames[: host.co_argcount]
    given = len(values) - len(names)
    bound, by_name = list(values[:given]), dict(zip(names, values[given:], strict=True))
    defaults = function.__defaults__ or ()
    rest: list[Typed] = []
    if host.co_flags & MANY:
        rest.append(Typed(Kind.PAIR, parts=tuple(bound[len(parameters) :])))
        bound, given = bound[: len(parameters)], min(given, len(parameters))
    twice = by_name.keys() & parameters[host.co_posonlyargcount : given]
    if given > len(parameters) or twice:
        raise Unsupported(f"a call of {function.__name__} that raises")
    parameters += host.co_varnames[host.co_argcount : host.co_argcount + host.co_kwonlyargcount]
    for position in range(given, len(parameters)):
        name, default = parameters[position], position - host.co_argcount + len(defaults)
        if name in by_name and position >= host.co_posonlyargcount:
            bound.append(by_name.pop(name))
        elif position >= host.co_argcount:
            bound.append(keyword_default(b, function, name))
        elif default >= 0 and type(defaults[default]) in (int, float, bool, type(None)):
            check_function(b, function, "defaults", Op.FUNCTION_DEFAULTS, defaults)
            bound.append(constant(b, defaults[default]))
        else:
            raise Unsupported(f"a call of {function.__name__} with defaults that are no numbers")
    if host.co_flags & KEYWORDS:
        rest.append(keywords(by_name))
        by_name = {}
    if by_name or len(bound) != len(parameters):
        raise Unsupported(f"a call of {function.__name__} that raises")
    return bound + rest


def keywords(given: dict[str, Typed]) -> Typed:
    """What is given under names."""
    return Typed(Kind.KEYWORDS, shape=("keywords", *given), parts=tuple(given.values()))


def keyword_default(b: RegionBuilder, function: FunctionType, name: str) -> Typed:
    """The default of a parameter that only a keyword gives."""
    defaults = function.__kwdefaults__ or {}
    if type(defaults.get(name, ())) not in (int, float, bool, type(None)):
        raise Unsupported(f"a call of {function.__name__} with defaults that are no numbers")

    def check() -> Typed:
        owner = b.const_object(function)
        found = b.emit(Op.FIELD_CHECKED, owner, b.const_int(FUNCTION_KEYWORD_DEFAULTS // 8))
        b.guard(b.emit(Op.IS_OBJECT, found, b.const_object(defaults)))
        value = b.emit(Op.LOOKUP, found, b.const_object(name))
        b.guard(b.emit(Op.IS_OBJECT, value, b.const_object(defaults[name])))
        return Typed(Kind.KNOWN, known=function)

    key = f"default of {name} of {id(function)}"
    if key not in b.known:
        b.known[key] = b.in_entry(check)
    return constant(b, defaults[name])


def calls_itself(
    b: RegionBuilder, index: int, function: FunctionType, values: Sequence[Typed]
) -> bool:
    """Whether a function, which may be a method of its first argument, may come to call itself."""
    cls = None
    if values and values[0].kind in (Kind.INSTANCE, Kind.RECORD) and values[0].shape[0] != "any":
        cls = b.request.classes.model(values[0].shape).cls
    contents = [content_of(cell) for cell in function.__closure__ or ()]
    shared = dict(zip(function.__code__.co_freevars, contents, strict=True))
    cells = {name: each for name, each in shared.items() if isinstance(each, FunctionType)}
    return b.bodies is not None and b.bodies.callees.is_recursive(index, find_code, cls, cells)


def call_function(
    b: RegionBuilder,
    pc: int,
    i: Instruction,
    function: FunctionType,
    values: Sequence[Typed],
    names: Sequence[str],
    cells: Sequence[Value] | None = None,
) -> int | None:
    """Call a function of the module: as a body if it is recursive or large, else in place. The last
    values are given by `names`; `cells` are those of one that has come in."""
    index = find_plain(b, function)
    values = bind(b, function, names, values)
    recursive = calls_itself(b, index, function, values)
    code = b.request.module.codes[index]
    large = len(code.instructions) > LARGE or stores_in_loop(code)
    if recursive or large or len(b.state.calls) == DEPTH:
        if cells is None:
            check_function(b, function, "code", Op.FUNCTION_CODE, function.__code__)
        try:
            check_cells(b, index)
            found = cells_of(b, index, function, cells)
            result = call_body(b, index, [*values, *found])
        except Unsupported:  # what it changes can be done in place only
            if recursive or len(b.state.calls) == DEPTH:
                raise
        else:
            return deliver(b, pc, i, result)
    begin_call(b, pc, function, values, cells=cells)
    return None


def begin_call(
    b: RegionBuilder,
    pc: int,
    function: FunctionType,
    values: Sequence[Typed],
    creates: bool = False,
    cells: Sequence[Value] | None = None,
) -> None:
    """Go on in the callee, whose parameters are the values. It must be simple: plain parameters,
    all given, no closure, no generator."""
    name = function.__name__
    index = find_plain(b, function)
    host = function.__code__
    flags = host.co_flags
    count = host.co_argcount + host.co_kwonlyargcount + bool(flags & MANY) + bool(flags & KEYWORDS)
    if len(values) != count or len(b.state.calls) == DEPTH:
        raise Unsupported(f"a call of {name} with defaults, or too deep")
    given = {*STORABLE, *PASSED, Kind.PAIR}
    if any(value.kind not in given for value in values):
        raise Unsupported(f"a call of {name} with arguments that are no numbers")
    if has_loop(b.request.module.codes[index]):
        check_loops(b, name, index)
    if cells is None:
        check_function(b, function, "code", Op.FUNCTION_CODE, function.__code__)
    found = cells_of(b, index, function, cells)
    check_cells(b, index)
    state = b.state
    state.saved = (dict(state.temps), *state.saved)
    state.temps = {}
    state.calls = (*state.calls, Call(index, pc, len(state.calls), creates))
    b.enter_code()
    for number, cell in enumerate(found):
        b.state.variables[(Place.CALLEE, f"{len(state.calls) - 1}:cell{number}")] = cell
    for position, value in enumerate(values):
        if value.kind is Kind.PAIR:  # no tuple is made for it
            b.state.variables[local_key(b, position)] = value
        else:
            assign(b, local_key(b, position), value, Role.TARGET)
    b.go(0)


def check_loops(b: RegionBuilder, name: str, index: int) -> None:
    """A callee's loops are built in place: the region can be left in the middle of them, as nothing
    is stored before the caller's statement is finished, and the host executes the whole call
    again. So a loop that stores in each round is not (see `go_round`)."""
    running = {b.request.code_index, *(call.code_index for call in b.state.calls)}
    if index in running:
        raise Unsupported(f"a call of {name}, which has a loop and calls itself")


def finish_call(b: RegionBuilder, result: Typed) -> None:
    """Go on behind the call in the caller, with its result."""
    if result.known is NotImplemented:
        raise Unsupported("a method that gives up")
    if b.returned(result):
        return
    state = b.state
    call = state.calls[-1]
    if len(state.calls) == 1 and has_loop(b.code):
        note_finished(b)
    b.forget_call()
    if call.creates:
        if result.kind is not Kind.NONE:
            raise Unsupported("an __init__ that returns something")
        result = state.temps.pop(-1 - call.depth)
    write(b, b.code.instructions[call.pc], result)
    b.go(call.pc + 1)


def end_call(b: RegionBuilder) -> None:
    """The end of a callee: it returns None."""
    finish_call(b, Typed(Kind.NONE))


def gives_random(function: object) -> bool:
    """Whether this is the `random` of a random number generator of the standard library."""
    if type(function) is not BuiltinFunctionType or function.__name__ != "random":
        return False
    generator = getattr(sys.modules.get("_random"), "Random", None)
    return generator is not None and isinstance(function.__self__, generator)


def call_random(b: RegionBuilder, function: object) -> Typed:
    """It changes the generator, and cannot be called again where the region is left."""
    result = b.effect(Op.CALL_FLOAT, b.const_object(function))
    assert result is not None
    return real(result)


@builds(Bytecode.CALL)
def build_call(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    function, *values = (read(b, operand) for operand in i.src)
    return call(b, pc, i, function, values, i.imm[0])


def call(
    b: RegionBuilder,
    pc: int,
    i: Instruction,
    function: Typed,
    values: list[Typed],
    names: Sequence[str],
) -> int | None:
    """A call of anything; the last values are given by `names`."""
    if function.kind is Kind.METHOD and isinstance(function.known, FunctionType):
        return call_function(b, pc, i, function.known, (*function.parts, *values), names)
    if function.kind is Kind.FUNCTION and isinstance(function.known, FunctionType):
        if len(function.values) == 1:
            return call_function(b, pc, i, function.known, values, names)
        return call_function(b, pc, i, function.known, values, names, function.values[1:])
    if function.kind is Kind.METHOD and function.known is vars(object)["__init__"] and not values:
        write(b, i, Typed(Kind.NONE))
        return pc + 1
    if function.kind is Kind.KNOWN and function.known is super and not values:
        write(b, i, call_super(b))
        return pc + 1
    if function.kind is Kind.METHOD and not names:
        owner = function.parts[0]
        if owner.kind is Kind.DICT:
            return dicts.call_method(b, pc, i, function, values)
        if owner.kind is Kind.BUFFER:
            write(b, i, buffers.call_method(b, function, values))
            return pc + 1
        if owner.kind is Kind.SET:
            write(b, i, sets.call_method(b, owner, str(function.known), values))
            return pc + 1
        if owner.kind is Kind.DEQUE:
            write(b, i, deques.call_method(b, owner, str(function.known), values))
            return pc + 1
        if strings.is_text(owner):
            write(b, i, strings.call_method(b, owner, str(function.known), values))
            return pc + 1
        if function.known in SEARCHES:
            reject_waiting(b, function.parts)
        write(b, i, call_method(b, function, values))
        return pc + 1
    if function.kind is not Kind.KNOWN:
        raise Unsupported(f"a call of {function.kind.name.lower()}")
    if len(values) == 1 and values[0].kind is Kind.GENERATOR and not names:
        begin_generator(b, pc, function.known, values[0])
        return None
    try:
        built_in = CALLS.get(function.known)
    except TypeError:  # an unhashable callable
        built_in = None
    if function.known is builtins.iter and len(values) == 1 and values[0].kind in ENTRIES:
        write(b, i, begin_entries(b, values[0]))
        return pc + 1
    if function.known is builtins.next and len(values) == 1 and values[0].kind is Kind.ENTRIES:
        write(b, i, first_entry(b, values[0]))
        return pc + 1
    if getattr(function.known, "__module__", "") == "_heapq" and not names:
        built_in = heaps.CALLS.get(getattr(function.known, "__name__", ""))
    if gives_random(function.known) and not values:
        write(b, i, call_random(b, function.known))
        return pc + 1
    if built_in is None and isinstance(function.known, FunctionType):
        return call_function(b, pc, i, function.known, values, names)
    values = list(scalars.converted(b, function.known, values))
    if built_in is None or names:
        name = getattr(function.known, "__name__", type(function.known).__name__)
        raise Unsupported(f"a call of {name}")
    if function.known not in LAZY:
        reject_waiting(b, values)
    write(b, i, built_in(b, values))
    return pc + 1


@builds(Bytecode.ARGS)
def build_args(b: RegionBuilder, pc: int, i: Instruction) -> int:
    write(b, i, Typed(Kind.PAIR, parts=tuple(read(b, operand) for operand in i.src)))
    return pc + 1


@builds(Bytecode.ARGS_EXTEND, Bytecode.ARGS_APPEND)
def build_more_args(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """More positional arguments: one, or all parts of a tuple."""
    given, value = (read(b, operand) for operand in i.src)
    more = (value,) if i.op is Bytecode.ARGS_APPEND else starred(b, value)
    b.state.temps[i.src[0] >> 2] = Typed(Kind.PAIR, parts=(*given.parts, *more))
    return pc + 1


def starred(b: RegionBuilder, value: Typed) -> Sequence[Typed]:
    """The arguments that `*value` gives."""
    found = parts_of(b, value)
    if found is None:
        raise Unsupported(f"arguments from a {value.kind.name.lower()}")
    return found


@builds(Bytecode.KWARGS)
def build_kwargs(b: RegionBuilder, pc: int, i: Instruction) -> int:
    write(b, i, keywords({}))
    return pc + 1


@builds(Bytecode.KWARGS_ADD, Bytecode.KWARGS_MERGE)
def build_more_kwargs(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """More arguments under names: some, or those that a function was given."""
    given, *values = (read(b, operand) for operand in i.src)
    if i.op is Bytecode.KWARGS_ADD:
        more = dict(zip(i.imm[0], values, strict=True))
    else:
        more = named(values[0])
    found = named(given)
    if not found.keys().isdisjoint(more):
        raise Unsupported("a call that raises")
    b.state.temps[i.src[0] >> 2] = keywords({**found, **more})
    return pc + 1


def named(value: Typed) -> dict[str, Typed]:
    """The arguments that `**value` gives."""
    if value.kind is not Kind.KEYWORDS:
        raise Unsupported(f"arguments from a {value.kind.name.lower()}")
    names: tuple[Any, ...] = value.shape[1:]
    return dict(zip(names, value.parts, strict=True))


@builds(Bytecode.CALL_EX)
def build_call_ex(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """function(*args, **kwargs)"""
    function, args, *kwargs = (read(b, operand) for operand in i.src)
    found = named(kwargs[0]) if kwargs else {}
    values = [*starred(b, args), *found.values()]
    return call(b, pc, i, function, values, tuple(found))


def call_super(b: RegionBuilder) -> Typed:
    """super() in a method that is built in place."""
    names = [cell.name for cell in b.code.cells]
    first = b.state.variables.get(local_key(b, 0))
    if not b.state.calls or "__class__" not in names or first is None:
        raise Unsupported("a call of super")
    cls = variable(b, (Place.CELL, names.index("__class__"))).known
    if first.kind not in (Kind.INSTANCE, Kind.RECORD) or first.shape[0] == "any":
        raise Unsupported("super of something else than an instance")
    if not isinstance(cls, type):
        raise Unsupported("a call of super")
    return Typed(Kind.SUPER, known=cls, parts=(first,))


def reject_waiting(b: RegionBuilder, values: Sequence[Typed]) -> None:
    """What goes through a list as a whole does not know of the stores that wait."""
    if b.state.waiting and any(value.kind in (Kind.LIST, Kind.TUPLE) for value in values):
        raise Unsupported("a list that may have been assigned to just before")
