"""How arguments meet parameters: in order, by keyword, by default; *args and **kwargs.

f(1, *pair, b=2)  ->  the parts of a tuple that no one has seen, and values under names
"""

from __future__ import annotations

from collections.abc import Sequence
from types import FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.ops import Op
from ..layout.offsets import FUNCTION_KEYWORD_DEFAULTS
from .builder import RegionBuilder, Unsupported, builds
from .pairs import parts_of
from .state import Kind, Typed
from .variables import constant, read, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEFAULTS = (int, float, bool, type(None))
"""Types of defaults that are compiled."""

MANY, KEYWORDS = 0x4, 0x8
"""Flags of code with *args, and with **kwargs. `inspect` names them, and takes 10 ms to import."""


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
        elif default >= 0 and type(defaults[default]) in DEFAULTS:
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
    if type(defaults.get(name, ())) not in DEFAULTS:
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
