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
from typing import Any

from tauraro_frontend.build import build_tree
from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import BytecodeModule, CodeObject, Instruction
from tauraro_jit.ir.evaluate import evaluate
from tauraro_jit.ir.graph import Function, Operation
from tauraro_jit.ir.verify import verify_function
from tauraro_jit.irbuild import BuiltRegion, RegionRequest, build_region
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
OUTSIDE = (ast.Import, ast.FunctionDef)
EXACT = {SlotType.INT: int, SlotType.FLOAT: float, SlotType.BOOL: bool, SlotType.WORD: int}


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
    sequence, index = reduced[1][0], reduced[2] if len(reduced) > 2 else 0
    if isinstance(sequence, range):
        left = sequence[index or 0 :]
        return left.start, left.step, len(left)
    return sequence, index


def kinds(iterator: Any) -> list[type]:
    """The type of an iterator, and of that which it enumerates."""
    inner = iterator.__reduce__()[1][0] if isinstance(iterator, enumerate) else None
    return [type(iterator), *([] if inner is None else kinds(inner))]


def make_iterator(kind: IteratorKind, fields: tuple[Any, ...]) -> Iterator[object]:
    """An iterator in a given state."""
    if kind in ENUMERATED:
        number, *rest = fields
        return enumerate(make_iterator(ENUMERATED[kind], tuple(rest)), number)
    if kind is IteratorKind.RANGE:
        following, step, left = fields
        return iter(range(following, following + step * max(left, 0), step))
    sequence, index = fields
    assert type(sequence) is (list if kind is IteratorKind.LIST else tuple)
    iterator: Any = iter(sequence)
    iterator.__setstate__(index)
    return iterator  # type: ignore[no-any-return]


ENUMERATED = {
    IteratorKind.ENUMERATED_RANGE: IteratorKind.RANGE,
    IteratorKind.ENUMERATED_LIST: IteratorKind.LIST,
    IteratorKind.ENUMERATED_TUPLE: IteratorKind.TUPLE,
}
FIELDS: dict[IteratorKind, tuple[SlotType, ...]] = {
    IteratorKind.RANGE: (SlotType.INT, SlotType.INT, SlotType.INT),
    IteratorKind.LIST: (SlotType.OBJECT, SlotType.INT),
    IteratorKind.TUPLE: (SlotType.OBJECT, SlotType.INT),
}
FIELDS |= {kind: (SlotType.INT, *FIELDS[inner]) for kind, inner in ENUMERATED.items()}


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


class Native:
    """Runs a region as machine code."""

    def __init__(self, built: BuiltRegion, level: int = 1) -> None:
        self.built = built
        self.countdowns = (ctypes.c_int64 * (1 + sum(1 for _ in built.function.leaving())))()
        name = f"test_region_{next(NAMES)}"
        emitted = emit_function(built.function, name, POLL, ctypes.addressof(self.countdowns))
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
    if kind is SlotType.WORD:
        return int(content) % 2**64
    return content if kind is SlotType.OBJECT else EXACT[kind](content)


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
        verify_function(self.built.function, self.built.iterator)
        if optimized:
            optimize_function(self.built.function)
            verify_function(self.built.function, self.built.iterator)
        self.function: Function = self.built.function

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
            expected = value.exact_type or EXACT[value.type]
            if type(found) is not expected:
                return None
            if isinstance(found, int):
                least = 0 if value.type is SlotType.WORD else -(2**63)
                if not least <= found < least + 2**64:
                    return None
                found = (found + 2**63) % 2**64 - 2**63 if type(found) is int else found
            slots[value.slot] = found
        state = self.built.iterator
        if state is not None:
            if kinds(iterator) != kinds(make_iterator(state.kind, EMPTY[state.kind])):
                return None
            fields = iterator_fields(iterator)
            if state.kind in ENUMERATED and fields[0] >= 2**63:
                return None
            slots[state.slot : state.slot + len(fields)] = fields
        number = engine.run(slots, inject)
        return self.left(self.built.exits[number], namespace, slots)

    def left(self, exit_: Exit, namespace: Namespace, slots: Slots) -> Left:
        """Do what the exit says."""

        def iterator(state: IteratorState) -> Iterator[object]:
            kinds = FIELDS[state.kind]
            fields = (from_slot(slots[state.slot + i], kind) for i, kind in enumerate(kinds))
            return make_iterator(state.kind, tuple(fields))

        for value in exit_.outputs:
            found = from_slot(slots[value.slot], value.type)
            assert type(found) is (value.exact_type or EXACT[value.type])
            namespace[name_of(self.code, value)] = found
        own = self.built.iterator
        inner = {loop.pc: iterator(loop.iterator) for loop in exit_.loops if loop.iterator}
        own_iterator = None if own is None else iterator(own)
        return Left(exit_.resume, exit_.pc, own_iterator, inner, exit_.reason)


EMPTY: dict[IteratorKind, tuple[Any, ...]] = {
    IteratorKind.RANGE: (0, 1, 0),
    IteratorKind.LIST: ([], 0),
    IteratorKind.TUPLE: ((), 0),
}
EMPTY |= {kind: (0, *EMPTY[inner]) for kind, inner in ENUMERATED.items()}
