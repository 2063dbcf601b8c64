"""Linking: bytecode module to code objects that the loop can run.

In: a verified `BytecodeModule`. Out: `LinkedModule`, whose code objects are linked when they are
first needed: registers numbered, names mangled, jumps and unwind table resolved, leaves assigned.

A frame has one register list: locals, cells, temporaries, scratch registers of regions, constants.
"""

from __future__ import annotations
import __future__

import sys
from functools import partial
from types import CodeType
from typing import Any

from tauraro_frontend.bytecode.isa import OPS, Op
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, CodeObject, Instruction, Span
from tauraro_frontend.bytecode.names import mangle
from tauraro_frontend.bytecode.operands import Variable
from tauraro_frontend.errors import BytecodeError

from .assertions import leave_out_assertions
from .assignment import BoundLocals
from .frame import throw
from .instruction import HANDLERS, UNBOUND
from .instruction import Instruction as Linked
from .layout import Layout, getter
from .leaves import CALL1, LeafTable, Shape
from .ops_names import COMPREHENSIONS_ARE_FUNCTIONS, unbound_free, unbound_local
from .own_names import use_own_names
from .positions import NOWHERE, Positions, Spans, immediates
from .preparation import PREPARATIONS, SHAPES
from .regions import ComprehensionPart
from .structure import resolve_structure
from .truth import thread_truth

use_own_names(globals())

FUNCTION_KINDS = frozenset(
    {CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC, CodeKind.GENERATOR_EXPRESSION}
)
ANNOTATION_KINDS = frozenset({CodeKind.TYPE_PARAMETERS, CodeKind.LAZY})
LOCALS_KINDS = frozenset({CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC})
"""Functions whose inner definitions have `<locals>` in their names."""

NAMES = {CodeKind.LAMBDA: "<lambda>", CodeKind.GENERATOR_EXPRESSION: "<genexpr>"}
RAISING = frozenset(op for op in OPS if op.effects)


class LinkedModule:
    """A module in tier 0. `flags` are the host's flags of its future statements, `optimize` the
    optimization level (0, 1, 2)."""

    def __init__(self, source: BytecodeModule, filename: str | None, optimize: int) -> None:
        self.source = source
        self.filename = source.filename if filename is None else filename
        self.optimize = sys.flags.optimize if optimize < 0 else optimize
        self.flags = future_flags(source)
        self.body = LinkedCode(self, 0, None, 1)

    @property
    def annotations_are_text(self) -> bool:
        """Whether annotations are kept as text (PEP 563)."""
        return bool(self.flags & __future__.annotations.compiler_flag)


def future_flags(module: BytecodeModule) -> int:
    """The compiler flags that the module's `from __future__ import` statements switch on."""
    flags = 0
    for instruction in module.codes[0].instructions:
        if instruction.op is Op.IMPORT:
            name, level, names, _ = instruction.imm
            if name == "__future__" and level == 0 and names is not None:
                for feature in names:
                    flags |= getattr(getattr(__future__, feature, None), "compiler_flag", 0)
    return flags


class LinkedCode:
    """One code object in tier 0.

    Known at once: its names and where it stands. After `link`: `start` (its first instruction),
    `instructions` (by pc, an end marker last), `template` (the registers of a new frame), `leaves`,
    `temporaries` (registers, last first) and the layout of cells.
    """

    def __init__(
        self,
        module: LinkedModule,
        index: int,
        parent: LinkedCode | None,
        first_line: int,
        within: tuple[str, ...] = (),
    ) -> None:
        self.module = module
        self.within = within
        self.index = index
        self.parent = parent
        self.first_line = first_line
        self.source: CodeObject = module.source.codes[index]
        self.kind = self.source.kind
        self.name = self._name()
        self.qualname = self._qualified_name()
        self.shim: CodeType | None = None
        self.ran = False
        self.linked = False
        self.start: Linked
        self.instructions: list[Linked] = []
        self.template: list[Any] = []
        self.leaves: list[Any] = []
        self.temporaries: tuple[int, ...] = ()
        self.has_handlers = False
        self.children: dict[int, LinkedCode] = {}
        signature = self.source.signature
        self.parameters = len(signature.names()) if signature is not None else 0
        self.local_names = tuple(self.mangle(name) for name in self.source.locals)
        self.cell_names = tuple(self.mangle(cell.name) for cell in self.source.cells)
        self.is_function = self.kind in FUNCTION_KINDS or self.kind in ANNOTATION_KINDS
        self.layout = Layout(
            self.source, self.local_names, self.cell_names, self.is_function, self.parameters
        )
        # Of the layout, what every call needs.
        self.closure_start = self.layout.closure_start
        self.closure_end = self.layout.closure_end
        self.made_cells = self.layout.made
        self.moved = self.layout.moved
        self.get_shown = getter(tuple(cell for _, cell in sorted(self.layout.shown.items())))
        self.global_names = frozenset(
            self.mangle(name)
            for instruction in self.source.instructions
            if instruction.op is Op.DECLARE and not instruction.imm[0]
            for name in instruction.imm[1]
        )

    def mangle(self, name: str) -> str:
        """The name that `name` means here."""
        return mangle(self.source.private, name)

    @property
    def free_names(self) -> tuple[str, ...]:
        """The names of the free variables, in the order of the closure."""
        pairs = zip(self.cell_names, self.source.cells, strict=True)
        return tuple(name for name, cell in pairs if cell.outer >= 0)

    def cell_register(self, name: str) -> int:
        """The register of the code object's own cell of that name, or -1."""
        for position, cell in enumerate(self.source.cells):
            if cell.outer < 0 and self.cell_names[position] == name:
                return self.layout.cells[position]
        return -1

    def is_own_cell(self, register: int) -> bool:
        """Whether the cell in a register is the code object's own, not a free variable."""
        return self.source.cells[self.layout.cells.index(register)].outer < 0

    @property
    def is_generator(self) -> bool:
        """Whether calling the code object makes a generator (or asynchronous generator)."""
        return self.kind is CodeKind.GENERATOR_EXPRESSION or any(
            instruction.op in (Op.YIELD, Op.YIELD_FROM) for instruction in self.source.instructions
        )

    @property
    def is_async(self) -> bool:
        """Whether the code object is a coroutine or an asynchronous generator."""
        if self.kind is not CodeKind.GENERATOR_EXPRESSION:
            return self.kind is CodeKind.ASYNC
        return any(
            instruction.op is Op.AWAIT
            or (instruction.op in (Op.COMP, Op.COMP_FOR) and instruction.imm[-1])
            for instruction in self.source.instructions
        )

    @property
    def is_nested(self) -> bool:
        """Whether a function encloses the code object."""
        outer = self.parent
        while outer is not None:
            if outer.kind in FUNCTION_KINDS or outer.kind in ANNOTATION_KINDS:
                return True
            outer = outer.parent
        return False

    def _name(self) -> str:
        if self.kind is CodeKind.TYPE_PARAMETERS:
            return f"<generic parameters of {self.source.name}>"
        return NAMES.get(self.kind, self.source.name)

    def _qualified_name(self) -> str:
        outer = self.parent
        while outer is not None and outer.kind in ANNOTATION_KINDS:
            outer = outer.parent  # annotation scopes do not show in names
        if outer is None:
            return self.name
        is_named = self.kind in (CodeKind.FUNCTION, CodeKind.ASYNC, CodeKind.CLASS)
        if is_named and outer.mangle(self.name) in outer.global_names:
            return self.name
        parts = [] if outer.parent is None else [outer.qualname]
        if outer.kind in LOCALS_KINDS:
            parts.append("<locals>")
        return ".".join([*parts, *self.within, self.name])

    def link(self) -> LinkedCode:
        """Link the code object unless that was done; the code object itself.

        Raises BytecodeError for instructions that make no program, which the verifier lets pass
        only if it is wrong: a hostile module must not bring forth anything else.
        """
        if not self.linked:
            try:
                CodeLinker(self).run()
            except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
                raise BytecodeError(self.place, f"cannot be linked ({error!r})") from error
            self.linked = True
        return self

    @property
    def place(self) -> str:
        """How errors name the code object."""
        return f"code {self.index} ({self.source.name})"

    def child(self, index: int, first_line: int = 1, within: tuple[str, ...] = ()) -> LinkedCode:
        """The child code object number `index` of the module. `within`: the names of comprehensions
        that the host makes functions of and that the child stands in."""
        child = self.children.get(index)
        if child is None:
            if self.kind is CodeKind.TYPE_PARAMETERS:
                first_line = self.first_line
            child = self.children[index] = LinkedCode(self.module, index, self, first_line, within)
        return child


class CodeLinker:
    """Links one code object. `prepare` functions (see `preparation`) use its public methods."""

    def __init__(self, code: LinkedCode) -> None:
        self.code = code
        self.source = code.source
        first = Span(code.first_line, 0, code.first_line, 0) if code.first_line > 0 else NOWHERE
        self.leaf_table = LeafTable(first)
        self.positions = Positions(self.source.instructions, first)
        self.first_temporary = code.layout.first_temporary
        variables = self.first_temporary - len(code.local_names)
        self.template: list[Any] = [UNBOUND] * len(code.local_names)
        self.template += [None] * (variables + self.source.temps)
        self.scratch = self.new_register()
        self.constants: dict[int, int] = {}
        self.instructions = [
            Linked(raw.op, pc, HANDLERS[raw.op]) for pc, raw in enumerate(self.source.instructions)
        ]
        self.end = Linked(Op.RETURN, len(self.instructions), HANDLERS[Op.RETURN])
        self.shown = code.layout.shown
        self.definitions: dict[int, LinkedCode] = {}
        self.captures: dict[int, dict[Variable, int]] = {}
        self.spans: list[Spans] = []
        self.places: list[Span] = []

    def run(self) -> None:
        """Fill the code object."""
        code = self.code
        self.instructions.append(self.end)
        bound = BoundLocals(self.source, code.parameters)
        fault = 0
        for pc, raw in enumerate(self.source.instructions):
            linked = self.instructions[pc]
            linked.next = linked.jump = self.following(linked, raw)
            place, spans = self.positions.visit(raw)
            self.spans.append(spans)
            self.places.append(place)
            self._operands(linked, raw, place, spans, bound)
            bound.visit(raw)
            fault = self._assign_leaves(linked, raw, place, fault)
        self._finish_end(fault)
        resolve_structure(self)
        thread_truth(self)
        for pc, raw in enumerate(self.source.instructions):
            prepare = PREPARATIONS.get(raw.op)
            if prepare is not None:
                prepare(self, self.instructions[pc], raw, immediates(raw))
        if code.module.optimize > 0:
            leave_out_assertions(self)
        code.instructions = self.instructions
        code.start = self.instructions[0]
        code.leaves = self.leaf_table.leaves
        code.template = self.template
        first = self.first_temporary
        code.temporaries = tuple(reversed(range(first, first + self.source.temps)))
        code.has_handlers = any(raw.op in (Op.TRY, Op.WITH) for raw in self.source.instructions)

    def following(self, linked: Linked, raw: Instruction) -> Linked:
        """The instruction after a given one, which may first have to show what it stores."""
        following = self.instructions[linked.pc + 1]
        local = raw.dst >> 3 if raw.dst is not None and raw.dst & 7 else -1
        cell = self.shown.get(local)
        if cell is None:
            return following
        showing = Linked(Op.STORE, linked.pc, show)
        showing.a, showing.b, showing.next = local, cell, following
        return showing

    # --- registers

    def new_register(self) -> int:
        """A register of the linker's own."""
        self.template.append(None)
        return len(self.template) - 1

    def constant_register(self, index: int) -> int:
        """The register that holds a constant of the module."""
        register = self.constants.get(index)
        if register is None:
            register = self.constants[index] = self.new_register()
            self.template[register] = self.code.module.source.constants[index].value
        return register

    def operand_register(self, operand: int) -> int:
        """The register that an operand reads."""
        kind, index = operand & 3, operand >> 2
        if kind == 3:
            return self.constant_register(index)
        return index if kind == 2 else self.first_temporary + index

    def cell_register(self, index: int) -> int:
        """The register that holds a cell."""
        return self.code.layout.cells[index]

    def destination_register(self, dst: int | None) -> int:
        """The register that a destination writes; without one, a scratch register."""
        if dst is None:
            return self.scratch
        return dst >> 3 if dst & 7 else self.first_temporary + (dst >> 3)

    # --- leaves

    def leaf(self, shape: Shape, place: Span) -> int:
        """The number of a leaf."""
        return self.leaf_table.add(shape, place)

    def child(self, linked: Linked, raw: Instruction, index: int) -> LinkedCode:
        """The child code object that a definition refers to."""
        within = comprehensions_around(linked) if COMPREHENSIONS_ARE_FUNCTIONS else ()
        child = self.code.child(index, self.places[linked.pc].line, within)
        if raw.dst is not None and not raw.dst & 7:
            self.definitions[raw.dst >> 3] = child
        return child

    def extra(self, model: Linked, execute: Any) -> Linked:
        """An instruction that the linker adds, standing where `model` does."""
        added = Linked(model.op, model.pc, execute)
        added.leaf, added.test_leaf, added.fault = model.leaf, model.test_leaf, model.fault
        added.part, added.dst = model.part, self.scratch
        return added

    def _operands(
        self, linked: Linked, raw: Instruction, place: Span, spans: Spans, bound: BoundLocals
    ) -> None:
        sources = tuple(map(self.operand_register, raw.src))
        linked.sources = sources
        if sources:
            linked.a = sources[0]
            if len(sources) > 1:
                linked.b = sources[1]
                if len(sources) > 2:
                    linked.c = sources[2]
        linked.dst = self.destination_register(raw.dst)
        linked.dead = tuple(
            self.first_temporary + (operand >> 2) for operand in raw.src if operand & 3 == 0
        )
        unsure = []
        for position, operand in enumerate(raw.src):
            if operand & 3 == 2 and not bound.is_bound(operand >> 2):
                span = spans.leaves.get(position) or place
                unsure.append((operand >> 2, self.leaf(CALL1, span)))
        if unsure:
            linked.unsure = tuple(unsure)
            linked.execute = checked_in_comprehension if bound.sees_free else checked

    def _assign_leaves(self, linked: Linked, raw: Instruction, place: Span, fault: int) -> int:
        shape = SHAPES.get(raw.op)
        if callable(shape):
            shape = shape(self, raw)
        if shape is not None:
            linked.leaf = self.leaf(shape, place)
            if self.leaf_table.can_raise(linked.leaf):
                fault = linked.leaf
        elif raw.op in RAISING:
            fault = linked.leaf = self.leaf(CALL1, place)
        else:
            linked.leaf = fault
        linked.fault = fault
        return fault

    def _finish_end(self, fault: int) -> None:
        """The end marker returns None (from a class body: its `__class__` cell)."""
        end = self.end
        register = self.new_register()
        if self.code.kind is CodeKind.CLASS:
            register = self.code.cell_register("__class__")
            if register < 0:
                register = self.new_register()
        end.a, end.sources = register, (register,)
        end.fault = end.leaf = fault


def show(frame: Any, registers: list[Any], instruction: Linked) -> Linked:
    """Copy a local's new value to the cell in which the host shows it."""
    registers[instruction.b].cell_contents = registers[instruction.a]
    return instruction.next


def checked(frame: Any, registers: list[Any], instruction: Linked) -> Linked | None:
    """Execute an instruction some of whose locals may be unbound."""
    for register, leaf in instruction.unsure:
        if registers[register] is UNBOUND:
            frame.raise_at(leaf, partial(throw, unbound_local(frame.code.local_names[register])))
            return None
    return instruction.inner(frame, registers, instruction)


def checked_in_comprehension(
    frame: Any, registers: list[Any], instruction: Linked
) -> Linked | None:
    """The same in a comprehension that is a function of the host's: locals of the function around
    it are free variables there."""
    for register, leaf in instruction.unsure:
        if registers[register] is UNBOUND:
            name = frame.code.local_names[register]
            part = instruction.part
            own = isinstance(part, ComprehensionPart) and register in part.variables
            problem = unbound_local(name) if own else unbound_free(name)
            frame.raise_at(leaf, partial(throw, problem))
            return None
    return instruction.inner(frame, registers, instruction)


def comprehensions_around(linked: Linked) -> tuple[str, ...]:
    """The names of the comprehensions around an instruction, outermost first."""
    names = []
    part = linked.part
    while part is not None:
        if isinstance(part, ComprehensionPart) and part.kind != "generator":
            names.append(f"<{part.kind}comp>")
        part = part.parent
    return tuple(reversed(names))
