"""`try`, and exceptions that are raised and caught without anybody seeing them.

    try:
        y = table[i]                       an IndexError leaves before this, and the host raises it
        if y < 0: raise ValueError(i)      goes on in the handler: no exception is made
    except ValueError:
        misses += 1

A host frame cannot be resumed inside a handler. So all of a handler of the region's own frame is
part of the statement that raised: native code is left before that, or behind the handler.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from .builder import HANDLERS, RegionBuilder, Unsupported, builds
from .classes import find
from .flow import Region
from .instances import check_class
from .raising import RAISED, UNCAUGHT, find_handler
from .special import build_call as call_others
from .state import Kind, Typed
from .variables import read, write

IMMUTABLE = 1 << 8
"""Py_TPFLAGS_IMMUTABLETYPE."""

PLAIN = {BaseException, Exception, ArithmeticError, AssertionError, EOFError, IndexError}
PLAIN |= {KeyError, LookupError, NotImplementedError, OverflowError, RecursionError, RuntimeError}
PLAIN |= {TypeError, ValueError, ZeroDivisionError}
"""Classes whose instances are made from any arguments, which does nothing else."""


def make_exception(b: RegionBuilder, cls: type[BaseException]) -> Typed:
    """An exception that is only raised and caught. Making one runs nothing of the program."""
    mro = type.__dict__["__mro__"].__get__(cls)
    host = next(base for base in mro if base.__flags__ & IMMUTABLE)
    own = [find(cls, name) is find(host, name) for name in ("__init__", "__new__")]
    model = None if cls is host else b.request.classes.of(cls)
    if type(cls) is not type or host not in PLAIN or not all(own):
        raise Unsupported(f"a call of {cls.__name__}")
    if cls is not host:
        if model is None:
            raise Unsupported(f"a call of {cls.__name__}")
        check_class(b, model)
    return Typed(Kind.EXCEPTION, known=cls)


JUMPS = (Bytecode.BREAK, Bytecode.CONTINUE)


def is_exception(found: object) -> bool:
    """Whether this is a class of exceptions."""
    return isinstance(found, type) and issubclass(found, BaseException)


# --- raise


@builds(Bytecode.RAISE)
def build_raise(b: RegionBuilder, pc: int, i: Instruction) -> int:
    if len(i.src) != 1:
        raise Unsupported(UNCAUGHT)
    raised = read(b, i.src[0])
    if raised.kind is Kind.KNOWN and isinstance(raised.known, type):
        cls = raised.known
        raised = make_exception(b, cls) if is_exception(cls) else raised
    if raised.kind is not Kind.EXCEPTION:
        raise Unsupported(UNCAUGHT)
    return find_handler(b, pc, raised)


# --- try


@builds(Bytecode.TRY)
def build_try(b: RegionBuilder, pc: int, i: Instruction) -> int:
    if i.imm[0]:
        raise Unsupported("except*")
    region = b.flow.regions[pc]
    if region.final >= 0 and not b.state.calls and is_left(b, region):
        raise Unsupported("a finally clause that is reached on several ways")
    return pc + 1


def is_left(b: RegionBuilder, region: Region) -> bool:
    """Whether a jump leaves a `try`: the host has a copy of its `finally` for each."""
    for pc in range(region.start, region.final):
        op = b.code.instructions[pc].op
        loop = b.flow.region_of[pc].loop
        if op is Bytecode.RETURN or (op in JUMPS and loop < region.start):
            return True
    return False


@builds(Bytecode.HANDLER)
def build_handler(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """The end of the body, or of the handler before."""
    region = b.flow.region_of[pc]
    if pc == region.handler and region.otherwise >= 0:
        b.go(region.otherwise + 1)
    else:
        end_handlers(b, region)


def end_handlers(b: RegionBuilder, region: Region) -> None:
    """Go on behind the body and the handlers of a `try`."""
    b.go((region.end if region.final < 0 else region.final) + 1)


@builds(Bytecode.FINALLY)
def build_finally(b: RegionBuilder, pc: int, i: Instruction) -> None:
    b.go(pc + 1)


@builds(Bytecode.EXCEPT)
def build_except(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """Whether the exception is one of these; if not, the next handler is asked."""
    raised = b.state.temps.pop(RAISED)
    cls = raised.known
    assert isinstance(cls, type)
    types = caught_by(read(b, i.src[0])) if i.src else (BaseException,)
    if issubclass(cls, types):
        if i.imm[0] is not None:
            raise Unsupported("an exception that has a name")
        return pc + 1
    region = b.flow.region_of[pc]
    later = [at for at in region.parts if at > pc]
    if later and b.code.instructions[later[0]].op is Bytecode.HANDLER:
        b.state.temps[RAISED] = raised
        return later[0] + 1
    return find_handler(b, pc, raised)


def caught_by(typed: Typed) -> tuple[type, ...]:
    """The classes that a handler names."""
    parts = typed.parts if typed.kind is Kind.PAIR else (typed,)
    found = tuple(part.known for part in parts if part.kind is Kind.KNOWN)
    classes = tuple(cls for cls in found if isinstance(cls, type))
    if len(classes) != len(parts) or any(type(cls) is not type for cls in classes):
        raise Unsupported(UNCAUGHT)
    return classes


def build_else(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """The end of the last handler."""
    region = b.flow.region_of[pc]
    if region.op is not Bytecode.TRY:
        return other_parts(b, pc, i)
    end_handlers(b, region)
    return None


def build_call(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """A call of a class of exceptions."""
    function = b.state.temps.get(i.src[0] >> 2) if not i.src[0] & 2 else None
    cls = function.known if function is not None and function.kind is Kind.KNOWN else None
    if not is_exception(cls) or i.imm[0]:
        return call_others(b, pc, i)
    assert isinstance(cls, type)
    for operand in i.src:
        read(b, operand)
    write(b, i, make_exception(b, cls))
    return pc + 1


other_parts = HANDLERS[Bytecode.ELSE]
HANDLERS[Bytecode.ELSE] = build_else
HANDLERS[Bytecode.CALL] = build_call
