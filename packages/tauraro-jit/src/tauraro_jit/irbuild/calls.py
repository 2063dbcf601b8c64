"""Calls: of functions of the program, in place or as bodies; of built-in functions and methods.

Whatever could raise or give an int of more than 64 bits leaves the region first.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from types import BuiltinFunctionType, FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction
from tauraro_frontend.bytecode.operands import Role

from ..ir.graph import Value
from ..ir.ops import Op
from ..native.region import Place
from . import buffers, deques, dicts, heaps, scalars, sets, strings
from .arguments import KEYWORDS, MANY, bind, check_function, named, starred
from .arithmetic import real
from .bodies import LARGE, call_body, deliver, has_loop, note_finished, stores_in_loop
from .builder import RegionBuilder, Unsupported, builds
from .built_in import CALLS, ENTRIES, LAZY
from .closures import cells_of, check_cells, content_of
from .entries import begin_entries, first_entry
from .generators import begin_generator
from .lists import SEARCHES, call_method
from .state import Call, Kind, Typed
from .variables import PASSED, STORABLE, assign, local_key, read, variable, write

# --- functions of the program, built in place

DEPTH = 4
"""Calls within calls at most."""

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
