"""New strings: `+`, `+=`, slices, f-strings, methods.

    line += word        the string grows in place if nothing but `line` means it, as in the host

The host's own functions make them; for strings they run no code of the program. What is made is
owned, see owned.py. Where the host would raise the region is left.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from functools import partial

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Operation, Value
from ..ir.ops import Op
from ..ir.types import PTR
from .builder import Growth, RegionBuilder, Unsupported, builds
from .built_in import CALLS
from .effects import settle
from .instances import described
from .literals import as_text, is_constant_text, text_pointer
from .owned import entries, make, objects
from .sequences import unboxed
from .state import Key, Kind, Shape, State, Typed
from .strings import METHODS, is_text, size
from .variables import CELLS, WRITES, key_of, local_key, read, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

Bound = Callable[[RegionBuilder, Typed, Value], Value]

MOST_PARTS = 24
"""Parts of an f-string at most."""

METHOD_RESULTS: dict[str, str] = {
    **dict.fromkeys(("isalnum", "isalpha", "isascii", "isdecimal", "isdigit"), "bool"),
    **dict.fromkeys(("isidentifier", "islower", "isnumeric", "isprintable"), "bool"),
    **dict.fromkeys(("isspace", "istitle", "isupper", "startswith", "endswith"), "bool"),
    **dict.fromkeys(("capitalize", "casefold", "center", "expandtabs", "ljust", "lower"), "str"),
    **dict.fromkeys(("lstrip", "removeprefix", "removesuffix", "replace", "rjust"), "str"),
    **dict.fromkeys(("rstrip", "strip", "swapcase", "title", "upper", "zfill"), "str"),
    **dict.fromkeys(("split", "rsplit", "splitlines"), "list"),
    **dict.fromkeys(("partition", "rpartition"), "tuple"),
    **dict.fromkeys(("count", "find", "index", "rfind", "rindex"), "int"),
}
"""Methods that are called as they are, and the types of their results."""

CALL_OPS = (Op.TEXT_CALL1_CHECKED, Op.TEXT_CALL2_CHECKED, Op.TEXT_CALL3_CHECKED)
"""Calls of methods with no, one and two arguments."""

FORMAT_OPS = {Kind.INT: Op.FORMAT_INT_CHECKED, Kind.FLOAT: Op.FORMAT_FLOAT_CHECKED}
ENDS = {"startswith": -1, "endswith": 1}


def pointer_of(b: RegionBuilder, typed: Typed) -> Value:
    """A string as an object."""
    if isinstance(typed.known, str) or typed.kind is Kind.STR:
        return text_pointer(b, typed)
    return make(b, Op.CHARACTER_TEXT_CHECKED, typed.values[0])


def text(found: Value) -> Typed:
    """A string that is an object."""
    return Typed(Kind.STR, (found,))


# --- operators


def operate(b: RegionBuilder, pc: int, i: Instruction, left: Typed, right: Typed) -> Typed | None:
    """What an operator gives for strings, else None."""
    operator = i.imm[0]
    if operator == "Add" and is_text(left) and is_text(right):
        key = target(b, pc, i, left)
        if key is not None:
            return appended(b, key, left, right)
        return text(make(b, Op.STR_CONCAT_CHECKED, pointer_of(b, left), pointer_of(b, right)))
    if operator == "Mult" and is_text(left) and right.kind is Kind.INT:
        return text(make(b, Op.STR_REPEAT_CHECKED, pointer_of(b, left), right.values[0]))
    return None


def target(b: RegionBuilder, pc: int, i: Instruction, left: Typed) -> Key | None:
    """The variable that holds the left operand, and gets the result."""
    dst = i.dst
    if left.kind is not Kind.STR or isinstance(left.known, str) or dst is None:
        return None
    key: Key | None = None
    if dst & 7:
        key = local_key(b, dst >> 3)
    else:
        following = b.code.instructions[pc + 1]
        if following.op in WRITES and following.src == ((dst >> 3) << 2,):
            key = key_of(following.imm[0], following.op in CELLS)
    held = None if key is None else b.state.variables.get(key)
    return key if held is not None and held.same(left) else None


def appended(b: RegionBuilder, key: Key, left: Typed, right: Typed) -> Typed:
    """`left` with `right` behind it, in place if nothing else means it. Behind that the statement
    cannot be executed again, unless `left` was made in the same statement."""
    if b.function is not b.own_function:
        raise Unsupported("a function that makes strings")
    if not b.owns:
        raise Growth("a string is made", owning=True)
    pointer, more = left.values[0], pointer_of(b, right)
    others = without(b.state, key)
    is_inside = bool(b.state.calls) or any(loop.collects for loop in b.state.loops)
    values = list(entries(others))
    if is_inside:
        values += entries(b.anchor.state)
    else:
        settle(b)
    alone = b.const_bool(True)
    for other in {found.number: found for typed in values for found in texts_of(typed)}.values():
        same = b.emit(Op.IS_OBJECT, other, pointer)
        alone = b.emit(Op.BOTH, alone, b.emit(Op.NOT, same))
    result = b.function.value(PTR)
    b.block.operations.append(Operation(Op.STR_APPEND, (pointer, more, alone), result))
    b.operations += 1
    if not is_inside:
        b.anchor.dirty = True
    return text(result)


def without(state: State, key: Key) -> State:
    """A state without a variable."""
    variables = {name: typed for name, typed in state.variables.items() if name != key}
    return State(variables, state.temps, state.loops, state.calls, state.saved)


def texts_of(typed: Typed) -> Iterator[Value]:
    """The strings that a value is made of."""
    if typed.kind is Kind.STR:
        yield from objects(typed)
    for part in typed.parts:
        yield from texts_of(part)


# --- slices


def part_of(b: RegionBuilder, owner: Typed, bounds: Typed, bound: Bound) -> Typed:
    """`text[start:stop]`, or with a step that is constant."""
    pointer = pointer_of(b, owner)
    known = [None if part.kind is Kind.NONE else part.known for part in bounds.parts]
    if known[2] not in (None, 1):
        is_constant = all(p.kind is Kind.NONE or type(p.known) is int for p in bounds.parts)
        if not is_constant or known[2] == 0:
            raise Unsupported("a slice with a step that is no constant")
        return text(make(b, Op.STRIDE_CHECKED, pointer, b.const_object(slice(*known))))
    if bounds.parts[2].kind is not Kind.NONE and known[2] is None:
        raise Unsupported("a slice with a step that is no constant")
    whole = size(b, as_text(b, owner))
    first, last, _ = bounds.parts
    start = b.const_int(0) if first.kind is Kind.NONE else bound(b, first, whole)
    stop = whole if last.kind is Kind.NONE else bound(b, last, whole)
    stop = b.emit(Op.SELECT_INT, b.emit(Op.INT_LT, stop, start), start, stop)
    return text(make(b, Op.STR_PART_CHECKED, pointer, start, stop))


# --- f-strings, str, int, float


@builds(Bytecode.FORMAT)
def build_format(b: RegionBuilder, pc: int, i: Instruction) -> int:
    values = [read(b, operand) for operand in i.src]
    if i.imm[0] != -1:
        raise Unsupported("a conversion in an f-string")
    spec = values[1] if len(values) > 1 else None
    write(b, i, formatted(b, values[0], spec))
    return pc + 1


def formatted(b: RegionBuilder, value: Typed, spec: Typed | None) -> Typed:
    """A value as text."""
    if is_text(value) and spec is None:
        return value
    if spec is not None and not is_constant_text(spec):
        raise Unsupported("an f-string with a format that is not constant")
    how = b.emit(Op.CONST_OBJECT, attr=0) if spec is None else text_pointer(b, spec)
    if is_text(value):
        return text(make(b, Op.FORMAT_TEXT_CHECKED, pointer_of(b, value), how))
    if value.kind is Kind.NONE and spec is None:
        return Typed(Kind.KNOWN, known="None")
    if value.kind not in FORMAT_OPS:
        raise Unsupported(f"a text of {value.kind.name.lower()}")
    return text(make(b, FORMAT_OPS[value.kind], value.values[0], how))


@builds(Bytecode.CONCAT)
def build_concat(b: RegionBuilder, pc: int, i: Instruction) -> int:
    """The parts of an f-string, one after the other."""
    parts = [read(b, operand) for operand in i.src]
    if not 1 <= len(parts) <= MOST_PARTS or not all(is_text(part) for part in parts):
        raise Unsupported("an f-string of other things than strings")
    found = parts[0]
    for part in parts[1:]:
        pointers = pointer_of(b, found), pointer_of(b, part)
        found = text(make(b, Op.STR_CONCAT_CHECKED, *pointers))
    write(b, i, found)
    return pc + 1


def call_str(b: RegionBuilder, values: Sequence[Typed]) -> Typed:
    if len(values) != 1:
        raise Unsupported("str of several values")
    return formatted(b, values[0], None)


# --- methods


def call_method(b: RegionBuilder, owner: Typed, values: Sequence[Typed], name: str) -> Typed:
    """A method of a string."""
    if name == "join":
        return joined(b, owner, values)
    if name in ENDS and len(values) == 1 and is_text(values[0]):
        way = b.const_int(ENDS[name])
        pointers = pointer_of(b, owner), pointer_of(b, values[0])
        return Typed(Kind.BOOL, (b.emit(Op.STR_MATCHES_CHECKED, *pointers, way),))
    kind = METHOD_RESULTS.get(name)
    if kind is None or len(values) >= len(CALL_OPS):
        raise Unsupported(f"a call of {name}")
    arguments = [argument(b, value) for value in values]
    method = b.const_object(getattr(str, name))
    found = make(b, CALL_OPS[len(values)], method, pointer_of(b, owner), *arguments)
    if kind in ("bool", "int"):
        return unboxed(b, kind, found)
    shape: Shape = (kind,) if kind == "str" else (kind, ("str",))
    if kind == "tuple":
        shape = (kind, ("each", ("str",), ("str",), ("str",)))
    return described(b, shape, found)


def argument(b: RegionBuilder, value: Typed) -> Value:
    """An argument of a method as an object."""
    if is_text(value):
        return pointer_of(b, value)
    if value.kind is Kind.NONE:
        return b.emit(Op.CONST_OBJECT, attr=id(None))
    if value.kind is Kind.INT and type(value.known) is int:
        return b.const_object(value.known)
    if value.kind is Kind.INT:
        return make(b, Op.BOX_INT_CHECKED, value.values[0])
    raise Unsupported(f"a method of a string with {value.kind.name.lower()}")


def joined(b: RegionBuilder, owner: Typed, values: Sequence[Typed]) -> Typed:
    """str.join of a list or tuple; the host raises if there are other things than strings."""
    if len(values) != 1 or values[0].kind not in (Kind.LIST, Kind.TUPLE):
        raise Unsupported("join of something else than a list or tuple")
    if b.state.waiting:
        raise Unsupported("join behind a store of the same statement")
    return text(make(b, Op.STR_JOIN_CHECKED, pointer_of(b, owner), values[0].values[0]))


CALLS[builtins.str] = call_str
METHODS.update({name: partial(call_method, name=name) for name in ("join", *METHOD_RESULTS)})
