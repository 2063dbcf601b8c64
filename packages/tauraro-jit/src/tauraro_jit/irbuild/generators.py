"""Generator expressions that a built-in function goes through at once, as in sum(x * y for x, y in
pairs): built in place, like a call whose loop adds each element to the result.

What the function has found so far is a temporary of the expression's code.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.ops import Op
from .arithmetic import as_float, as_int, compare, integer, real
from .builder import RegionBuilder, Unsupported, builds
from .reductions import COMPENSATED, add_float, with_rest
from .state import Call, Kind, Typed
from .variables import local_key, read, write

Found = Sequence[Typed]
"""What has been found so far."""

Step = Callable[[RegionBuilder, Found, Typed], Found]


def add(b: RegionBuilder, found: Found, x: Typed) -> Found:
    """One more element of a sum."""
    total = found[0]
    if total.kind is Kind.INT and x.kind in (Kind.INT, Kind.BOOL, Kind.WORD):
        return (integer(b.emit(Op.ADD_CHECKED, total.values[0], as_int(b, x))),)
    if x.kind is not Kind.FLOAT:
        raise Unsupported(f"the sum of {total.kind.name.lower()} and {x.kind.name.lower()}")
    if total.kind is Kind.INT:
        result = b.emit(Op.FADD, as_float(b, total), x.values[0])
        return real(result), real(b.const_float(0.0))
    result, lost = add_float(b, x.values[0], total.values[0], found[1].values[0])
    return real(result), real(lost)


def better(operator: str) -> Step:
    """The step of min and max: the first of equals."""

    def step(b: RegionBuilder, found: Found, x: Typed) -> Found:
        if x.kind not in (Kind.INT, Kind.FLOAT):
            raise Unsupported(f"min or max of {x.kind.name.lower()}")
        if not found:
            return (Typed(x.kind, x.values),)
        if found[0].kind is not x.kind:
            raise Unsupported("min or max of different types")
        is_better = compare(b, operator, x, found[0]).values[0]
        select = Op.SELECT_FLOAT if x.kind is Kind.FLOAT else Op.SELECT_INT
        chosen = b.emit(select, is_better, x.values[0], found[0].values[0])
        return (Typed(x.kind, (chosen,)),)

    return step


STEPS: dict[object, Step] = {
    builtins.sum: add,
    builtins.min: better("Lt"),
    builtins.max: better("Gt"),
}
DECIDING: dict[object, bool] = {builtins.any: True, builtins.all: False}
"""Functions that end with the first element of this truth value."""


def nothing_found(b: RegionBuilder, function: object) -> Typed:
    """What has been found before the first element."""
    parts = (integer(b.const_int(0)),) if function is builtins.sum else ()
    return Typed(Kind.PAIR, parts=parts)


def result(b: RegionBuilder, function: object, found: Found) -> Typed:
    """What the function returns behind the last element."""
    if function in DECIDING:
        return Typed(Kind.BOOL, (b.const_bool(not DECIDING[function]),))
    if not found:
        raise Unsupported("min or max of nothing")
    if found[0].kind is Kind.FLOAT and function is builtins.sum and COMPENSATED:
        return real(with_rest(b, found[0].values[0], found[1].values[0]))
    return found[0]


@builds(Bytecode.GENERATOR)
def build_generator(b: RegionBuilder, pc: int, i: Instruction) -> int:
    code = b.request.module.codes[i.imm[0]]
    write(b, i, Typed(Kind.GENERATOR, known=code, parts=(read(b, i.src[0]),)))
    return pc + 1


def begin_generator(b: RegionBuilder, pc: int, function: object, generator: Typed) -> None:
    """Go on in the code of the expression."""
    if function not in STEPS and function not in DECIDING:
        raise Unsupported("a generator expression")
    if b.state.waiting or len(b.state.calls) > 3:
        raise Unsupported("a generator expression behind a store, or too deep")
    state = b.state
    codes = enumerate(b.request.module.codes)
    index = next(number for number, code in codes if code is generator.known)
    state.saved = (dict(state.temps), *state.saved)
    state.temps = {}
    state.calls = (*state.calls, Call(index, pc, len(state.calls)))
    b.reducers[state.calls] = function
    b.enter_code()
    state.variables[local_key(b, 0)] = generator.parts[0]
    b.go(0)
