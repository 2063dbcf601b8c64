"""Compiles one loop of a module, and calls the region with the values of a namespace.

In: a syntax tree, one of its loops, a namespace and the loop's iterator. Out: the region as IR and,
by one of two engines (LLVM's machine code, or the IR's evaluator), what an exit leaves in the
namespace and in the iterators.
"""

from __future__ import annotations

import ast
import builtins
import ctypes
import itertools
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from operator import length_hint
from typing import Any

from tauraro_frontend.build import build_tree
from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import BytecodeModule, CodeObject, Instruction
from tauraro_jit.compiler import control_for
from tauraro_jit.ir.evaluate import evaluate
from tauraro_jit.ir.graph import Function, Operation
from tauraro_jit.ir.verify import verify_function
from tauraro_jit.irbuild import BuiltRegion, RegionRequest, build_region
from tauraro_jit.irbuild.entries import VIEWS, table_of
from tauraro_jit.irbuild.iterators import description_of
from tauraro_jit.iropt.pipeline import optimize_function
from tauraro_jit.llvm.emit import emit_function
from tauraro_jit.native.compile import compile_ir
from tauraro_jit.native.poll import PollWord
from tauraro_jit.native.region import Exit, IteratorKind, IteratorState, Place, Resume, SlotType
from tauraro_jit.native.region import Value as FrameValue

Namespace = dict[str, Any]
Slots = list[Any]

WORD = ctypes.c_int64(0)
POLL = PollWord(ctypes.addressof(WORD), 0, 32, -1)
NAMES = itertools.count()
OUTSIDE = (ast.Import, ast.FunctionDef, ast.ClassDef)
EXACT = {SlotType.INT: int, SlotType.FLOAT: float, SlotType.BOOL: bool, SlotType.WORD: int}
EXACT[SlotType.CHAR] = str


class Scope(Enum):
    """Where the variables of the program live as the compiler sees it."""

    MODULE = Place.GLOBAL
    FUNCTION = Place.LOCAL
    CELLS = Place.CELL


# --- the request


def build_code(tree: ast.Module, scope: Scope) -> tuple[BytecodeModule, int]:
    """The bytecode of the program, and the index of the code object with its loops. Imports and
    functions stay outside of the function."""
    if scope is Scope.MODULE:
        return build_tree(tree, "program"), 0
    outside = [node for node in tree.body if isinstance(node, OUTSIDE)]
    body = [node for node in tree.body if not isinstance(node, OUTSIDE)]
    if scope is Scope.CELLS:
        stored = {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        loads: list[ast.expr] = [ast.Name(found, ast.Load()) for found in sorted(stored)]
        body.insert(0, ast.Expr(ast.Lambda(no_arguments(), ast.Tuple(loads, ast.Load()))))
    function = ast.FunctionDef("program", no_arguments(), body, [], lineno=1, col_offset=0)
    if "type_params" in ast.FunctionDef._fields:
        function.type_params = []  # type: ignore[attr-defined, unused-ignore]
    module = ast.fix_missing_locations(ast.Module([*outside, function], []))
    built = build_tree(module, "program")
    return built, max(n for n, code in enumerate(built.codes) if code.name == "program")


def no_arguments() -> ast.arguments:
    """An empty parameter list."""
    return ast.arguments([], [], None, [], [], None, [])


def position(code: CodeObject, pc: int) -> tuple[int, int]:
    """The source position of the instruction at pc, or of the next that has one."""
    spans = next(i.spans for i in code.instructions[pc:] if i.spans)
    return min((span.line, span.column) for span in spans)


def loop_pc(code: CodeObject, loop: ast.For | ast.While) -> int:
    """The pc of a loop's FOR or LOOP."""

    def opens(instruction: Instruction) -> bool:
        if instruction.op not in (Bytecode.FOR, Bytecode.LOOP):
            return False
        span = instruction.spans[0]
        return (span.line, span.column) == (loop.lineno, loop.col_offset)

    return next(pc for pc, found in enumerate(code.instructions) if opens(found))


def key_of(code: CodeObject, scope: Scope, name: str) -> tuple[Place, int | str]:
    """A variable as the compiler names it."""
    if scope is Scope.FUNCTION and name in code.locals:
        return Place.LOCAL, code.locals.index(name)
    cells = [cell.name for cell in code.cells]
    if scope is Scope.CELLS and name in cells:
        return Place.CELL, cells.index(name)
    return Place.GLOBAL, name


def name_of(code: CodeObject, value: FrameValue) -> str:
    """The name of a variable of the frame."""
    if isinstance(value.key, str):
        return value.key
    return code.locals[value.key] if value.place is Place.LOCAL else code.cells[value.key].name


# --- iterators


def iterator_fields(iterator: Any) -> tuple[Any, ...]:
    """next, step and items left of a range iterator; sequence and index of another."""
    reduced = iterator.__reduce__()
    if isinstance(iterator, enumerate):
        inner, number = reduced[1]
        return number, *iterator_fields(inner)
    if type(iterator) in VIEWS:
        table, left = table_of(iterator), length_hint(iterator)
        assert isinstance(table, dict)
        return table, len(table) - left, len(table), left
    if isinstance(iterator, zip):
        return tuple(field for part in reduced[1] for field in iterator_fields(part))
    if len(reduced) > 2 or type(reduced[1][0]) is range:
        sequence, index = reduced[1][0], reduced[2] if len(reduced) > 2 else 0
    else:  # it has ended
        sequence, index = reduced[1][0], -1 if type(iterator) in REVERSED else 0
        if type(iterator) in STRINGS:
            sequence = ""
        elif type(iterator) in (type(iter(())), reversed):
            sequence = tuple(sequence)
        else:
            sequence = list(sequence)
    if isinstance(sequence, range):
        left = sequence[index or 0 :]
        return left.start, left.step, len(left)
    return sequence, index


REVERSED = (type(reversed([])), reversed)
STRINGS = (type(iter("")), type(iter("\u20ac")))


def make_iterator(state: IteratorState, fields: Iterator[Any]) -> Iterator[object]:
    """An iterator in a given state; the fields of its slots are taken from `fields`."""
    kind, _, parts = state
    if kind.name.startswith("ENUMERATED_"):
        number = next(fields)
        inner = IteratorKind[kind.name.removeprefix("ENUMERATED_")]
        return enumerate(make_iterator(IteratorState(inner, 0, parts), fields), number)
    if kind is IteratorKind.ZIP:
        return zip(*[make_iterator(IteratorState(part, 0), fields) for part in parts], strict=False)
    if kind is IteratorKind.RANGE:
        following, step, left = itertools.islice(fields, 3)
        return iter(range(following, following + step * max(left, 0), step))
    if kind in DICTS:
        table, position, size, left = itertools.islice(fields, 4)
        assert (size, left) == (len(table), len(table) - position)
        entries: Any = iter(DICTS[kind](table))
        for _ in range(position):
            next(entries)
        return entries  # type: ignore[no-any-return]
    sequence, index = itertools.islice(fields, 2)
    if kind is IteratorKind.STR:
        assert type(sequence) is str
    else:
        assert type(sequence) is (tuple if kind.name.endswith("TUPLE") else list)
    iterator: Any = reversed(sequence) if kind.name.startswith("REVERSED") else iter(sequence)
    iterator.__setstate__(index)
    return iterator  # type: ignore[no-any-return]


DICTS: dict[IteratorKind, Callable[[dict[Any, Any]], Any]] = {
    IteratorKind.DICT_KEYS: dict.keys,
    IteratorKind.DICT_VALUES: dict.values,
    IteratorKind.DICT_ITEMS: dict.items,
}

LEAVES: dict[IteratorKind, tuple[SlotType, ...]] = {
    IteratorKind.RANGE: (SlotType.INT, SlotType.INT, SlotType.INT),
    IteratorKind.LIST: (SlotType.OBJECT, SlotType.INT),
    IteratorKind.TUPLE: (SlotType.OBJECT, SlotType.INT),
    IteratorKind.REVERSED_LIST: (SlotType.OBJECT, SlotType.INT),
    IteratorKind.REVERSED_TUPLE: (SlotType.OBJECT, SlotType.INT),
    IteratorKind.STR: (SlotType.OBJECT, SlotType.INT),
    **dict.fromkeys(DICTS, (SlotType.OBJECT, SlotType.INT, SlotType.INT, SlotType.INT)),
}


def field_types(state: IteratorState) -> tuple[SlotType, ...]:
    """How the fields of an iterator lie in its slots."""
    name = state.kind.name
    first = (SlotType.INT,) if name.startswith("ENUMERATED_") else ()
    kind = IteratorKind[name.removeprefix("ENUMERATED_")]
    leaves = state.parts if kind is IteratorKind.ZIP else (kind,)
    return (*first, *(found for leaf in leaves for found in LEAVES[leaf]))


# --- engines


Injection = tuple[int, int]
"""Make the n-th operation that can leave, counted in the function's order, leave when it is
executed the k-th time: (n, k)."""


class Evaluated:
    """Runs a region in the IR's evaluator."""

    def __init__(self, built: BuiltRegion) -> None:
        self.built = built
        self.leaving = {id(found): n for n, found in enumerate(built.function.leaving())}
        self.executed = [0] * len(self.leaving)

    def run(self, slots: Slots, inject: Injection | None) -> int:
        """Call the region; `executed` then counts how often each operation that can leave ran."""
        self.executed = [0] * len(self.leaving)

        def fail(operation: Operation) -> bool:
            number = self.leaving[id(operation)]
            self.executed[number] += 1
            return (number, self.executed[number]) == inject

        return evaluate(self.built.function, slots, self.built.keep, fail)

    def finish(self, slots: Slots) -> None:
        """Nothing is owned here."""


class Native:
    """Runs a region as machine code."""

    def __init__(self, built: BuiltRegion, level: int = 1) -> None:
        self.built = built
        self.countdowns = (ctypes.c_int64 * (1 + sum(1 for _ in built.function.leaving())))()
        name = f"test_region_{next(NAMES)}"
        self.control = control_for(built)
        counts = ctypes.addressof(self.countdowns)
        emitted = emit_function(built.function, name, POLL, counts, self.control)
        self.code = compile_ir(emitted.text, name, level, emitted.symbols)
        prototype = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)
        self.call: Callable[[int], int] = prototype(self.code.address)

    def run(self, slots: Slots, inject: Injection | None) -> int:
        """Call the region."""
        ctypes.memset(self.countdowns, 0, ctypes.sizeof(self.countdowns))
        if inject is not None:
            self.countdowns[inject[0]] = inject[1]
        words = (ctypes.c_int64 * max(1, len(slots)))(*map(to_word, slots))
        number = self.call(ctypes.addressof(words))
        slots[:] = [Word(word) for word in words]
        return number

    def finish(self, slots: Slots) -> None:
        """Drop what the region owned, when the exit has been seen to."""
        owned = self.built.function.owned
        if owned >= 0:
            for word in slots[owned + 2 : owned + 2 + slots[owned]]:
                ctypes.pythonapi.Py_DecRef(ctypes.c_void_p(word))


class Word(int):
    """A raw slot, to be read as the type that the exit names."""


def to_word(value: object) -> int:
    """A value as a slot holds it."""
    if isinstance(value, float):
        return int(struct.unpack("<q", struct.pack("<d", value))[0])
    return int(value) if isinstance(value, int) else id(value)


def from_slot(content: Any, kind: SlotType) -> Any:
    """A slot's content as a value of the program."""
    if isinstance(content, Word):
        if kind is SlotType.FLOAT:
            return struct.unpack("<d", struct.pack("<q", content))[0]
        if kind is SlotType.OBJECT:
            return ctypes.cast(int(content), ctypes.py_object).value
    if kind is SlotType.CHAR:
        return chr(content)
    if kind is SlotType.WORD:
        return int(content) % 2**64
    return content if kind is SlotType.OBJECT else EXACT[kind](content)


def is_exactly(found: object, value: FrameValue) -> bool:
    """Whether a variable of the frame has the right type."""
    if value.type is SlotType.OBJECT:
        return value.exact_type is None or type(found) is value.exact_type
    return type(found) is EXACT[value.type]


# --- a compiled loop


@dataclass(frozen=True, slots=True)
class Left:
    """How a region was left: where, and the iterators of the loops inside it by their pc."""

    resume: Resume
    pc: int
    own: Iterator[object] | None
    inner: dict[int, Iterator[object]]
    reason: str


class Region:
    """One loop, compiled for what a namespace holds now. Raises Decline."""

    def __init__(
        self,
        tree: ast.Module,
        loop: ast.For | ast.While,
        scope: Scope,
        namespace: Namespace,
        iterator: object | None,
        *,
        optimized: bool,
    ) -> None:
        module, index = build_code(tree, scope)
        self.code = module.codes[index]
        names = [name for name in namespace if not name.startswith("__")]
        samples = {key_of(self.code, scope, name): namespace[name] for name in names}
        request = RegionRequest(
            module,
            index,
            loop_pc(self.code, loop),
            samples,
            iterator,
            namespace,
            vars(builtins),
        )
        self.built = build_region(request)
        self.function: Function = self.built.function
        self.verify()
        if optimized:
            for function in (self.function, *self.function.bodies.values()):
                optimize_function(function)
            self.verify()

    def verify(self) -> None:
        """The region and what it calls are well formed."""
        verify_function(self.function, self.built.iterator)
        for body in self.function.bodies.values():
            verify_function(body)

    def enter(
        self,
        engine: Evaluated | Native,
        namespace: Namespace,
        iterator: object | None,
        inject: Injection | None = None,
    ) -> Left | None:
        """Run the region in a namespace; None if its variables do not have the right types."""
        slots: Slots = [0] * self.function.slots
        for value in self.built.inputs:
            found = namespace.get(name_of(self.code, value))
            if not is_exactly(found, value):
                return None
            if isinstance(found, int):
                least = 0 if value.type is SlotType.WORD else -(2**63)
                if not least <= found < least + 2**64:
                    return None
                found = (found + 2**63) % 2**64 - 2**63 if type(found) is int else found
            if value.type is SlotType.CHAR:
                if len(found) != 1:
                    return None
                found = ord(found)
            slots[value.slot] = found
        state = self.built.iterator
        if state is not None:
            if description_of(iterator) != (state.kind, state.parts):
                return None
            fields = iterator_fields(iterator)
            if isinstance(iterator, enumerate) and fields[0] >= 2**63:
                return None
            slots[state.slot : state.slot + len(fields)] = fields
        held = list(slots)  # what comes in lives until the exit has been seen to
        number = engine.run(slots, inject)
        left = self.left(self.built.exits[number], namespace, slots)
        engine.finish(slots)
        held.clear()
        return left

    def left(self, exit_: Exit, namespace: Namespace, slots: Slots) -> Left:
        """Do what the exit says."""

        def iterator(state: IteratorState) -> Iterator[object]:
            kinds = enumerate(field_types(state), state.slot)
            return make_iterator(state, (from_slot(slots[slot], kind) for slot, kind in kinds))

        for value in exit_.outputs:
            found = from_slot(slots[value.slot], value.type)
            assert is_exactly(found, value)
            namespace[name_of(self.code, value)] = found
        own = self.built.iterator
        inner = {loop.pc: iterator(loop.iterator) for loop in exit_.loops if loop.iterator}
        own_iterator = None if own is None else iterator(own)
        return Left(exit_.resume, exit_.pc, own_iterator, inner, exit_.reason)
