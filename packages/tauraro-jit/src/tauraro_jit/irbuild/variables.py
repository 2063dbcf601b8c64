"""Loads and stores of variables, constants, and which variables a region mentions."""

from __future__ import annotations

from types import FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import CodeKind, CodeObject, Instruction
from tauraro_frontend.bytecode.operands import Role, Scope, Variable

from ..ir.ops import Op
from ..layout.families import known_types
from ..native.region import Place
from .builder import Decline, RegionBuilder, RegionRequest, Unsupported, builds
from .flow import Flow
from .frames import ENTER_FUNCTION, has_no_defaults
from .fresh import as_object
from .instances import as_refined
from .literals import as_text
from .state import DEFAULTING, EMPTY, Key, Kind, Typed
from .words import literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

READS = {Bytecode.LOAD_NAME, Bytecode.LOAD_GLOBAL, Bytecode.LOAD_CELL}
WRITES = {
    Bytecode.STORE_NAME,
    Bytecode.STORE_GLOBAL,
    Bytecode.STORE_CELL,
    Bytecode.DEL_NAME,
    Bytecode.DEL_GLOBAL,
    Bytecode.DEL_CELL,
}
CELLS = {Bytecode.LOAD_CELL, Bytecode.STORE_CELL, Bytecode.DEL_CELL}


def mentioned(code: CodeObject, flow: Flow, request: RegionRequest) -> tuple[set[Key], set[Key]]:
    """The variables that a region reads and those that it writes."""
    used: set[Key] = set()
    assigned: set[Key] = set()
    if code.kind not in (CodeKind.MODULE, CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC):
        raise Decline(f"a loop in a {code.kind.name.lower().replace('_', ' ')}")
    for pc in range(flow.start, flow.end + 1):
        instruction = code.instructions[pc]
        reads, writes = mentions(instruction)
        used.update(reads)
        assigned.update(writes)
        if instruction.op is Bytecode.GENERATOR:
            used.update(captured(code, request.module.codes[instruction.imm[0]]))
    return used, assigned


def captured(code: CodeObject, generator: CodeObject) -> set[Key]:
    """The variables of `code` that a generator expression in it reads."""
    cells = {cell.name: number for number, cell in enumerate(code.cells)}
    found: set[Key] = set()
    for instruction in generator.instructions:
        if instruction.op is Bytecode.LOAD_CELL:
            number = cells.get(generator.cells[instruction.imm[0]].name)
            if number is not None:
                found.add((Place.CELL, number))
        elif instruction.op in READS:
            found.add((Place.GLOBAL, instruction.imm[0]))
    return found


def mentions(instruction: Instruction) -> tuple[list[Key], list[Key]]:
    """The variables that an instruction reads, and those that it writes (after that)."""
    op, dst, src, imm, _ = instruction
    locals_: list[Key] = [(Place.LOCAL, operand >> 2) for operand in src if operand & 3 == 2]
    writes = [key_of_variable(part) for part in imm if isinstance(part, Variable)]
    if dst is not None and dst & 7:
        writes.append((Place.LOCAL, dst >> 3))
    if op is Bytecode.DEL:
        return [], writes + locals_
    if op in WRITES:
        writes.append(key_of(imm[0], op in CELLS))
    elif op in READS:
        locals_.append(key_of(imm[0], op in CELLS))
    return locals_, writes


def assigned_first(code: CodeObject, flow: Flow, body: int) -> set[Key]:
    """Variables whose value when a round begins at `body` is not needed: on each way that reads
    one it is assigned before."""
    places: dict[Key, list[tuple[int, bool]]] = {}
    for pc in range(body, flow.end + 1):
        reads, writes = mentions(code.instructions[pc])
        for is_write, keys in ((False, reads), (True, writes)):
            for key in keys:
                places.setdefault(key, []).append((pc, is_write))
    found = set()
    for key, mentioned_at in places.items():
        pc, is_write = mentioned_at[0]
        part = flow.part_of(pc)
        if is_write and all(at in part for at, _ in mentioned_at):
            found.add(key)
    return found


def key_of(name: Any, is_cell: bool) -> Key:
    """The variable of a name or cell instruction."""
    return (Place.CELL if is_cell else Place.GLOBAL, name)


def key_of_variable(variable: Variable) -> Key:
    """The variable of an immediate."""
    if variable.scope is Scope.LOCAL:
        return (Place.LOCAL, variable.slot)
    return (
        key_of(variable.slot, True)
        if variable.scope is Scope.CELL
        else key_of(variable.name, False)
    )


# --- operands


def read(b: RegionBuilder, operand: int) -> Typed:
    """What an operand holds."""
    kind = operand & 3
    index = operand >> 2
    if kind == 0:
        return b.state.temps.pop(index)
    if kind == 1:
        found = b.state.temps[index]
        kept = Typed(found.kind, found.values, found.shape, found.known, found.parts)
        b.state.temps[index] = kept
        return kept
    if kind == 2:
        return variable(b, local_key(b, index))
    return constant(b, b.constants[index].value)


def local_key(b: RegionBuilder, index: int) -> Key:
    """The variable of a local register of the current code object."""
    calls = b.state.calls
    if index in collecting(b):
        return (Place.CALLEE, f"c{len(calls)}:{index}")
    return (Place.CALLEE, f"{calls[-1].depth}:{index}") if calls else (Place.LOCAL, index)


def collecting(b: RegionBuilder) -> frozenset[int]:
    """The locals of the current code object that belong to comprehensions."""
    known = b.collecting.get(id(b.code))
    if known is None:
        depth = 0
        found = set()
        for instruction in b.code.instructions:
            region = instruction.op.region
            depth += {"+comp": 1, "-comp": -1}.get(region, 0)
            dst = instruction.dst
            if depth and dst is not None and dst & 7 and Role((dst & 7) - 1) is not Role.WALRUS:
                found.add(dst >> 3)
        known = b.collecting[id(b.code)] = frozenset(found)
    return known


def constant(b: RegionBuilder, value: object) -> Typed:
    """A literal."""
    kind = type(value)
    if isinstance(value, bool):
        return Typed(Kind.BOOL, (b.const_bool(value),))
    if isinstance(value, int) and kind is int:
        return literal(b, value)
    if isinstance(value, float) and kind is float:
        return Typed(Kind.FLOAT, (b.const_float(value),), known=value)
    if value is None:
        return Typed(Kind.NONE)
    return Typed(Kind.KNOWN, known=value)


def variable(b: RegionBuilder, key: Key) -> Typed:
    """What a variable holds; unbound ones leave the region, where the host raises."""
    if key[0] is Place.CELL and b.state.calls:
        cell = cell_of(b, key)
        if cell is not None:
            return LOAD_CELL[0](b, cell)
        key = outer_key(b, key)
    typed = b.state.variables.get(key)
    if typed is None and key in b.invariants:
        typed = as_refined(b, key, b.invariants[key])
    if typed is None or (typed.kind is Kind.OPAQUE and key[0] is Place.GLOBAL):
        if key[0] is Place.GLOBAL and key not in b.assigned:
            return known_global(b, str(key[1]))
        raise Unsupported("a variable without a value so far")
    if typed.kind is Kind.OPAQUE:
        sample = b.request.samples.get(key)
        raise Unsupported(f"a variable holds {type(sample).__name__}")
    return typed


LOAD_CELL: list[Callable[[RegionBuilder, Typed], Typed]] = []
STORE_CELL: list[Callable[[RegionBuilder, Typed, Typed], None]] = []
"""How cells of functions that are built in place are read and written, see closures.py."""


def cell_of(b: RegionBuilder, key: Key) -> Typed | None:
    """The cell that a name means in a function that is built in place, if it is one of others."""
    return b.state.variables.get((Place.CALLEE, f"{b.state.calls[-1].depth}:cell{key[1]}"))


def outer_key(b: RegionBuilder, key: Key) -> Key:
    """A variable of the region's own frame that a generator expression names."""
    calls = b.state.calls
    if len(calls) != 1 or calls not in b.reducers:
        raise Unsupported("a closure")
    assert isinstance(key[1], int)
    name = b.code.cells[key[1]].name
    for number, cell in enumerate(b.own[0].cells):
        if cell.name == name:
            return (Place.CELL, number)
    raise Unsupported("a closure")


def known_global(b: RegionBuilder, name: str) -> Typed:
    """A module or function in the module's or the built-in namespace; checked where the region
    begins."""
    found = b.known.get(name)
    if found is None:
        value = b.request.globals.get(name)
        key = (Place.GLOBAL, name)
        is_instance = b.request.classes.shape(value)[0] == "instance"
        is_instance |= type(value) in known_types()
        if type(value) in (int, float, bool, list, tuple, dict, set) or is_instance:
            # used by a function that is built in place
            found = b.invariants[key] = b.in_entry(lambda: b.enter(key, value))
            found = as_refined(b, key, found)
        else:
            found = b.known[name] = b.in_entry(lambda: check_global(b, name))
    return found


def check_global(b: RegionBuilder, name: str) -> Typed:
    """Guards that the name still means what it means now, or a closure with the same code."""
    key = b.const_object(name)
    in_module = b.emit(Op.LOOKUP, b.const_object(b.request.globals), key)
    if name in b.request.globals:
        value = b.request.globals[name]
        if isinstance(value, FunctionType) and value.__closure__ and has_no_defaults(value):
            missing = b.emit(Op.IS_OBJECT, in_module, b.emit(Op.CONST_OBJECT, attr=0))
            b.guard(b.emit(Op.NOT, missing))
            b.guard(b.emit(Op.IS_TYPE, in_module, attr=FunctionType))
            return ENTER_FUNCTION[0](b, in_module, value)
        b.guard(b.emit(Op.IS_OBJECT, in_module, b.const_object(value)))
    else:
        if name not in b.request.builtins:
            raise Unsupported(f"{name} is not defined")
        value = b.request.builtins[name]
        b.guard(b.emit(Op.IS_OBJECT, in_module, b.emit(Op.CONST_OBJECT, attr=0)))
        builtin = b.emit(Op.LOOKUP, b.const_object(b.request.builtins), key)
        b.guard(b.emit(Op.IS_OBJECT, builtin, b.const_object(value)))
    return Typed(Kind.NONE) if value is None else Typed(Kind.KNOWN, known=value)


def write(b: RegionBuilder, instruction: Instruction, value: Typed) -> None:
    """The instruction's destination, if any, gets the value."""
    dst = instruction.dst
    if dst is None:
        return
    if dst & 7:
        assign(b, local_key(b, dst >> 3), value, Role((dst & 7) - 1))
    else:
        b.state.temps[dst >> 3] = value


LEARNING = (Kind.LIST, Kind.DICT, Kind.SET)
STORABLE = {Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.WORD, Kind.LIST, Kind.TUPLE}
STORABLE |= {Kind.INSTANCE, Kind.NONE, Kind.STR, Kind.CHAR, Kind.DICT, Kind.SET}


PASSED = {Kind.RECORD, Kind.KNOWN, Kind.FUNCTION, Kind.METHOD, Kind.EXCEPTION, Kind.KEYWORDS}
"""What only variables of callees hold besides: no frame gets them."""


def assign(b: RegionBuilder, key: Key, value: Typed, role: Role) -> None:
    """Store into a variable."""
    if role is Role.WALRUS and b.state.loops and b.state.loops[-1].collects:
        raise Unsupported("an assignment expression in a comprehension")
    if value.kind in PASSED and key[0] is Place.CALLEE:
        b.state.variables[key] = value
        return
    if key[0] is Place.CELL and b.state.calls:
        cell = cell_of(b, key)
        if cell is not None:
            STORE_CELL[0](b, cell, value)
            return
    if value.kind in (Kind.PAIR, Kind.RECORD):
        value = as_object(b, value)
    value = as_text(b, value)
    if value.kind not in STORABLE:
        raise Unsupported(f"a variable that is assigned {value.kind.name.lower()}")
    if b.state.calls and key[0] is not Place.CALLEE:
        raise Unsupported("a function that assigns a variable of another")
    shape = value.shape
    if value.kind is Kind.DICT and shape[-1] == DEFAULTING and key[0] is not Place.CALLEE:
        raise Unsupported("a variable that is assigned a defaultdict")
    if value.kind in LEARNING and EMPTY in (shape, shape[-1]):
        shape = b.shapes.get(key, shape)
    b.state.variables[key] = Typed(value.kind, value.values, shape)


# --- instructions


@builds(Bytecode.LOADK, Bytecode.LOAD, Bytecode.STORE)
def build_move(b: RegionBuilder, pc: int, i: Instruction) -> int:
    write(b, i, read(b, i.src[0]))
    return pc + 1


@builds(Bytecode.LOAD_NAME, Bytecode.LOAD_GLOBAL, Bytecode.LOAD_CELL)
def build_load(b: RegionBuilder, pc: int, i: Instruction) -> int:
    write(b, i, variable(b, key_of(i.imm[0], i.op in CELLS)))
    return pc + 1


@builds(Bytecode.STORE_NAME, Bytecode.STORE_GLOBAL, Bytecode.STORE_CELL)
def build_store(b: RegionBuilder, pc: int, i: Instruction) -> int:
    assign(b, key_of(i.imm[0], i.op in CELLS), read(b, i.src[0]), i.imm[1])
    return pc + 1


@builds(Bytecode.DISCARD)
def build_discard(b: RegionBuilder, pc: int, i: Instruction) -> int:
    read(b, i.src[0])
    return pc + 1


@builds(Bytecode.NOP, Bytecode.DECLARE)
def build_nothing(b: RegionBuilder, pc: int, i: Instruction) -> int:
    return pc + 1
