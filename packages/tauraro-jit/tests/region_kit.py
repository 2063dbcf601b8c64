"""Programs with regions made by hand: what the compiler gives to the runtime, without it.

A `Program` is a source that went through the frontend and tier 1. A region's native code is a
Python function here, called through a C function pointer: it sees the slots by the names of
variables and returns the number of the exit it takes.
"""

from __future__ import annotations

import ast
import ctypes
import struct
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.module import CodeKind
from tauraro_frontend.pipeline import compile_source
from tauraro_jit.native.region import (
    CompiledRegion,
    Exit,
    IteratorKind,
    IteratorState,
    LoopState,
    Place,
    Resume,
    SlotType,
    Value,
)
from tauraro_jit.runtime.install import InstalledRegion, install
from tauraro_jit.runtime.instrument import compile_with_loops
from tauraro_jit.runtime.marks import LoopMark, marks_of
from tauraro_jit.runtime.site import LoopSite
from tauraro_jit.runtime.twin import Twin
from tauraro_vm.host import compile as host_compiler
from tauraro_vm.host.translate import translate_module

del host_compiler  # it completes the translator

INT, FLOAT, BOOL = SlotType.INT, SlotType.FLOAT, SlotType.BOOL
NUMBER, OBJECT = SlotType.NUMBER, SlotType.OBJECT

Types = dict[str, SlotType | type]
"""Variables and how they lie in slots; a type stands for objects of exactly that type."""

REGION_FUNCTION = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.POINTER(ctypes.c_int64))


class Program:
    """A program in tier 1, with tests of HOT in its loops."""

    def __init__(self, source: str, filename: str = "program.py") -> None:
        self.source = source
        self.filename = filename
        self.module = decode_module(compile_source(source, filename, "exec"))
        self.tree = translate_module(self.module)
        self.code = compile_with_loops(self.tree, filename)
        self.twin = Twin(translate_module(self.module), filename)

    def run(self, **names: object) -> dict[str, Any]:
        """Execute the module; its namespace."""
        namespace: dict[str, Any] = {"__name__": "program", **names}
        exec(self.code, namespace)
        return namespace

    def line(self, comment: str) -> int:
        """The number of the line that ends with this comment."""
        lines = self.source.split("\n")
        (found,) = (n for n, text in enumerate(lines, 1) if text.rstrip().endswith(comment))
        return found

    def origin(self, line: int) -> tuple[int, int, int]:
        """The origin of the last (innermost) statement that begins on a line."""
        found = [
            node.origin
            for node in ast.walk(self.tree)
            if isinstance(node, ast.stmt) and hasattr(node, "origin") and node.lineno == line
        ]
        origin: tuple[int, int, int] = found[-1]
        return origin

    def mark(self, line: int) -> LoopMark:
        """The loop that begins on a line."""
        code_index, first, last = self.origin(line)
        candidates = (LoopMark(code_index, pc) for pc in (first, last))
        return next(mark for mark in candidates if mark in self.twin.loops)

    def host_code(self, mark: LoopMark) -> CodeType:
        """Tier 1's code object that contains a loop."""
        return next(code for code in codes_of(self.code) if mark in marks_of(code))

    def site(self, mark: LoopMark) -> LoopSite:
        """The site of a loop."""
        return LoopSite(self.host_code(mark), mark, self.twin)


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """A code object and all in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_of(constant)


class Slots:
    """The slots of a region that runs, by the names of variables."""

    def __init__(self, maker: RegionMaker, memory: Any) -> None:
        self._maker = maker
        self._memory = memory

    def __getitem__(self, name: str) -> Any:
        value = self._maker.values[name]
        return self._get(value.type, value.slot)

    def _get(self, kind: SlotType, slot: int) -> Any:
        word: int = self._memory[slot]
        if kind is NUMBER:
            return self._get(FLOAT if word else INT, slot + 1)
        if kind is FLOAT:
            return struct.unpack("d", struct.pack("q", word))[0]
        if kind is BOOL:
            return bool(word)
        if kind is OBJECT:
            return ctypes.cast(word, ctypes.py_object).value
        return word

    def __setitem__(self, name: str, value: Any) -> None:
        own = self._maker.values[name]
        slot = own.slot
        if own.type is NUMBER:
            self._memory[slot] = int(isinstance(value, float))
            slot += 1
        if own.type is OBJECT:
            self._maker.kept.append(value)
            self._memory[slot] = id(value)
        elif isinstance(value, float):
            (self._memory[slot],) = struct.unpack("q", struct.pack("d", value))
        else:
            self._memory[slot] = int(value)

    def iterator(self, number: int = 0) -> list[int]:
        """The three words of an iterator: 0 is the region's own."""
        first = self._maker.iterators[number].slot
        return [self._memory[first + k] for k in range(3)]

    def set_iterator(self, words: Sequence[int], number: int = 0) -> None:
        """Set the words of an iterator."""
        first = self._maker.iterators[number].slot
        for k, word in enumerate(words):
            self._memory[first + k] = word


Body = Callable[[Slots], int]


class RegionMaker:
    """Makes the region of one loop: give it the variables, then exits, then the body."""

    def __init__(
        self, program: Program, line: int, kind: IteratorKind | None, **types: Any
    ) -> None:
        self.program = program
        self.mark = program.mark(line)
        self.bytecode = program.module.codes[self.mark.code_index]
        self.count = 0
        self.kept: list[object] = []
        self.iterators: list[IteratorState] = []
        self.own = None if kind is None else self.add_iterator(kind)
        self.values = {name: self.value(name, kind) for name, kind in types.items()}
        self.exits: list[Exit] = []

    def value(self, name: str, kind: SlotType | type) -> Value:
        """A variable with new slots."""
        slot = self.count
        self.count += 2
        exact = kind if isinstance(kind, type) else None
        slot_type = OBJECT if isinstance(kind, type) else kind
        return Value(*self.place(name), slot_type, slot, exact)

    def place(self, name: str) -> tuple[Place, int | str]:
        """Where a variable of the loop's code object lives."""
        code = self.bytecode
        cells = [cell.name for cell in code.cells]
        if name in cells:
            return Place.CELL, cells.index(name)
        if code.kind is not CodeKind.MODULE and name in code.locals:
            return Place.LOCAL, code.locals.index(name)
        return Place.GLOBAL, name

    def add_iterator(self, kind: IteratorKind) -> IteratorState:
        """An iterator with new slots."""
        state = IteratorState(kind, self.count)
        self.count += 3
        self.iterators.append(state)
        return state

    def exit(
        self,
        outputs: Sequence[str],
        statement: int | None = None,
        loops: Sequence[tuple[int, IteratorState | None]] = (),
    ) -> int:
        """Add an exit: before the statement that begins on a line, or to the next item of the
        innermost loop. `loops` are the lines of running inner loops."""
        states = tuple(LoopState(self.program.mark(line).loop_pc, it) for line, it in loops)
        if statement is None:
            resume, pc = Resume.NEXT, states[-1].pc if states else self.mark.loop_pc
        else:
            resume, pc = Resume.STATEMENT, self.program.origin(statement)[1]
        values = tuple(self.values[name] for name in outputs)
        self.exits.append(Exit(resume, pc, values, states, "test", statement or 0))
        return len(self.exits) - 1

    def region(self, body: Body, inputs: Sequence[str] | None = None) -> CompiledRegion:
        """The region; by default all variables are inputs."""

        def native(memory: Any) -> int:
            self.kept.clear()
            return body(Slots(self, memory))

        function = REGION_FUNCTION(native)
        address = ctypes.cast(function, ctypes.c_void_p).value
        assert address is not None
        names = self.values if inputs is None else inputs
        values = tuple(self.values[name] for name in names)
        return CompiledRegion(address, self.count, values, self.own, tuple(self.exits), (function,))

    def install(self, body: Body, inputs: Sequence[str] | None = None) -> InstalledRegion:
        """Make the loop enter the region."""
        site = self.program.site(self.mark)
        return install(site, self.region(body, inputs), self.bytecode)
