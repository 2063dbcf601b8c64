"""Operators on instances: the special methods of their classes, built in place.

    matrix[i]       __getitem__         a < b, a == b       __lt__, __eq__
    matrix[i] = x   __setitem__         a + b, a += b       __add__, __iadd__
    kernel(x)       __call__

What is found here goes before what others do with the same instructions. Where the right operand's
class would have to be asked first, the host does so.
"""

from __future__ import annotations

import builtins
from types import FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.ops import Op
from ..layout.instances import HEAP_TYPE
from . import records
from .arithmetic import truth
from .attributes import dispatch
from .builder import HANDLERS, RegionBuilder, Unsupported
from .calls import begin_call
from .classes import MISSING, find
from .instances import as_refined, model_of
from .state import DEFAULTING, Kind, Typed
from .variables import local_key, read, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Build = Callable[[RegionBuilder, int, Instruction, Sequence[Typed]], int | None]

COMPARISONS = {
    "Eq": "__eq__",
    "NotEq": "__ne__",
    "Lt": "__lt__",
    "LtE": "__le__",
    "Gt": "__gt__",
    "GtE": "__ge__",
}
OPERATORS = {
    "Add": "add",
    "Sub": "sub",
    "Mult": "mul",
    "MatMult": "matmul",
    "Div": "truediv",
    "FloorDiv": "floordiv",
    "Mod": "mod",
    "Pow": "pow",
    "LShift": "lshift",
    "RShift": "rshift",
    "BitAnd": "and",
    "BitOr": "or",
    "BitXor": "xor",
}


def peek(b: RegionBuilder, operand: int) -> Typed | None:
    """What an operand holds, which is not taken; None for what is looked up first."""
    kind, index = operand & 3, operand >> 2
    if kind < 2:
        return b.state.temps.get(index)
    if kind > 2:
        return None
    key = local_key(b, index)
    found = b.state.variables.get(key)
    if found is None and key in b.invariants:
        found = as_refined(b, key, b.invariants[key])
    return found


def for_instances(op: Bytecode, owner: int, build: Build) -> None:
    """Let `build` have the instructions whose operand number `owner` is an instance."""
    others = HANDLERS[op]

    def handler(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
        found = peek(b, i.src[owner]) if len(i.src) > owner else None
        if found is None or found.kind not in OBJECTS or i.imm[:1] in IDENTITY:
            return others(b, pc, i)
        operands = [read(b, operand) for operand in i.src]
        if found.shape[0] == "any":
            dispatch(b, pc, i, found, operands)
            return None
        return build(b, pc, i, operands)

    HANDLERS[op] = handler


OBJECTS = (Kind.INSTANCE, Kind.RECORD)
IDENTITY = (("Is",), ("IsNot",), ("In",), ("NotIn",))
"""Comparisons that ask no method of the left operand."""


def call_special(b: RegionBuilder, pc: int, name: str, values: Sequence[Typed]) -> None:
    """Call a method that is looked up in the class alone."""
    model = model_of(b, values[0])
    function = model.find(name)
    if not isinstance(function, FunctionType):
        raise Unsupported(f"{name} of {model.cls.__name__}")
    begin_call(b, pc, function, values)


def get_item(b: RegionBuilder, pc: int, i: Instruction, operands: Sequence[Typed]) -> None:
    call_special(b, pc, "__getitem__", operands)


def set_item(b: RegionBuilder, pc: int, i: Instruction, operands: Sequence[Typed]) -> None:
    value, owner, index = operands
    call_special(b, pc, "__setitem__", (owner, index, value))


def compare(b: RegionBuilder, pc: int, i: Instruction, operands: Sequence[Typed]) -> int | None:
    """Objects that say nothing of equality are equal to themselves alone."""
    left, right = operands
    check_right(b, left, right)
    name = COMPARISONS[i.imm[0]]
    model = model_of(b, left)
    if name not in ("__eq__", "__ne__") or not model.is_plain("__eq__"):
        call_special(b, pc, name, operands)
        return None
    if {left.kind, right.kind} != {Kind.INSTANCE} or not model.is_plain("__ne__"):
        raise Unsupported(f"{name} of {model.cls.__name__}")
    if not model_of(b, right).is_plain("__eq__") or not model_of(b, right).is_plain("__ne__"):
        raise Unsupported(f"{name} of {model.cls.__name__}")
    same = b.emit(Op.IS_OBJECT, left.values[0], right.values[0])
    write(b, i, truth(same if name == "__eq__" else b.emit(Op.NOT, same)))
    return pc + 1


def operate(b: RegionBuilder, pc: int, i: Instruction, operands: Sequence[Typed]) -> None:
    """A method in place if there is one, else the one that gives a new value."""
    check_right(b, *operands)
    name = OPERATORS[i.imm[0]]
    in_place = f"__i{name}__"
    has_one = i.op is Bytecode.INPLACE and model_of(b, operands[0]).find(in_place) is not MISSING
    call_special(b, pc, in_place if has_one else f"__{name}__", operands)


def check_right(b: RegionBuilder, left: Typed, right: Typed) -> None:
    """An operand of a derived class would be asked first."""
    if right.kind in OBJECTS and right.shape[1] != left.shape[1]:
        raise Unsupported("an operator on instances of several classes")


def build_call(b: RegionBuilder, pc: int, i: Instruction) -> int | None:
    """A call of an instance, or of a class of the program; `isinstance`."""
    function, *arguments = (peek(b, operand) for operand in i.src)
    asks = function is not None and function.known is builtins.isinstance and len(arguments) == 2
    cls = None if function is None else function.known
    if isinstance(cls, type) and cls.__flags__ & HEAP_TYPE:
        _, *values = (read(b, operand) for operand in i.src)
        return records.create(b, pc, i, cls, values)
    found = arguments[0] if asks else function
    is_object = found is not None and found.kind in OBJECTS
    if i.imm[0] or not (asks or is_object):
        return CALL(b, pc, i)
    operands = [read(b, operand) for operand in i.src]
    if found is not None and is_object and found.shape[0] == "any":
        dispatch(b, pc, i, found, operands)
    elif asks:
        write(b, i, truth(b.const_bool(is_instance_of(b, *operands[1:]))))
        return pc + 1
    else:
        call_special(b, pc, "__call__", operands)
    return None


EXACT: dict[Kind, type] = {
    Kind.INT: int,
    Kind.WORD: int,
    Kind.FLOAT: float,
    Kind.BOOL: bool,
    Kind.NONE: type(None),
    Kind.STR: str,
    Kind.CHAR: str,
    Kind.LIST: list,
    Kind.ITEMS: list,
    Kind.TUPLE: tuple,
    Kind.PAIR: tuple,
    Kind.DICT: dict,
}
"""The type of what is of a kind: native code takes no others for it."""


def is_instance_of(b: RegionBuilder, found: Typed, wanted: Typed) -> bool:
    """`isinstance(found, wanted)`; `wanted` may be several classes."""
    if wanted.kind is Kind.PAIR:
        return any(is_instance_of(b, found, each) for each in wanted.parts)
    if wanted.kind is Kind.KNOWN and type(wanted.known) is tuple:
        classes = [Typed(Kind.KNOWN, known=each) for each in wanted.known]
        return any(is_instance_of(b, found, each) for each in classes)
    cls = wanted.known
    if wanted.kind is not Kind.KNOWN or not isinstance(cls, type):
        raise Unsupported("isinstance of something else than a class")
    if find(type(cls), "__instancecheck__") is not vars(type)["__instancecheck__"]:
        raise Unsupported(f"isinstance of {cls.__name__}")
    return cls in type.__dict__["__mro__"].__get__(type_of(b, found))


def type_of(b: RegionBuilder, found: Typed) -> type:
    """The class of a value, which has not another one for `__class__`."""
    if found.kind in OBJECTS:
        model = model_of(b, found)
        if model.is_plain("__class__"):
            return model.cls
    elif found.kind in EXACT and found.shape[-1] != DEFAULTING:
        return EXACT[found.kind]
    elif found.kind is Kind.KNOWN and type(found.known) in (str, tuple):
        return type(found.known)
    raise Unsupported(f"the class of {found.kind.name.lower()}")


CALL = HANDLERS[Bytecode.CALL]
HANDLERS[Bytecode.CALL] = build_call
for_instances(Bytecode.GETITEM, 0, get_item)
for_instances(Bytecode.SETITEM, 1, set_item)
for_instances(Bytecode.COMPARE, 0, compare)
for_instances(Bytecode.BINARY, 0, operate)
for_instances(Bytecode.INPLACE, 0, operate)
