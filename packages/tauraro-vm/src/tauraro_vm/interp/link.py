"""Linking: bytecode module to code objects that the loop can run.

In: a verified `BytecodeModule`. Out: `LinkedModule`, whose code objects are linked when they are
first needed: registers numbered, names mangled, jumps and unwind table resolved, leaves assigned.

A frame has one register list: locals, cells, temporaries, scratch registers of regions, constants.
"""

from __future__ import annotations
import __future__

import sys
from types import CodeType
from typing import Any

from tauraro_frontend.bytecode.isa import OPS, Op
from tauraro_frontend.bytecode.module import (
    BytecodeModule,
    CodeKind,
    CodeObject,
    Instruction,
    Signature,
    Span,
)
from tauraro_frontend.bytecode.names import mangle
from tauraro_frontend.bytecode.operands import Variable
from tauraro_frontend.errors import BytecodeError

from .assertions import leave_out_assertions
from .assignment import BoundLocals
from .code_kinds import ANNOTATION_KINDS, FUNCTION_KINDS, own_name, qualified_name
from .code_names import CodeNames
from .comprehensions import PARAMETER, ComprehensionScope, comprehension_scopes
from .instruction import HANDLERS, UNBOUND
from .instruction import Instruction as Linked
from .layout import Layout, getter, moved_parameters
from .leaves import CALL1, LeafTable, Shape
from .local_variables import checked, checked_in_comprehension, show
from .own_names import use_own_names
from .positions import NOWHERE, Positions, Spans, immediates, read_spans
from .preparation import PREPARATIONS, SHAPES
from .structure import resolve_structure
from .truth import thread_truth

use_own_names(globals())

ITERATOR = Signature((), (PARAMETER,), None, (), None, 0, ())
"""The signature of a comprehension's function."""

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
        self.name = own_name(self)
        self.qualname = qualified_name(self)
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
        self.comprehensions: dict[int, ComprehensionCode] = {}
        self.signature = self.source.signature
        self.parameters = 0 if self.signature is None else len(self.signature.names())
        self.local_names = tuple(self.mangle(name) for name in self.source.locals)
        self.cell_names = tuple(self.mangle(cell.name) for cell in self.source.cells)
        self.is_function = self.kind in FUNCTION_KINDS or self.kind in ANNOTATION_KINDS
        self.moved = moved_parameters(self.source)
        self.scope: ComprehensionScope | None = None
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

    def link(self) -> LinkedCode:
        """Link the code object unless that was done; the code object itself.

        Raises BytecodeError for instructions that make no program, which the verifier lets pass
        only if it is wrong: a hostile module must not bring forth anything else.
        """
        if not self.linked:
            try:
                self._lay_out()
                CodeLinker(self).run()
            except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
                raise BytecodeError(self.place, f"cannot be linked ({error!r})") from error
            self.linked = True
        return self

    def _lay_out(self) -> None:
        """Give the variables their registers."""
        scopes = comprehension_scopes(self.module.source, self.source)
        self.scopes = {scope.start: scope for scope in scopes}
        self.names = CodeNames(self)
        variables = self.names.variables if self.is_function else None
        layout = Layout(self.source, self.local_names, self.cell_names, variables, self.parameters)
        self.layout = layout
        self.closure_start, self.closure_end = layout.closure_start, layout.closure_end
        self.aliases, self.renamed = layout.aliases, layout.renamed
        self.made_cells = layout.made
        self.shown = tuple(layout.shown.items())
        self.get_shown = getter(tuple(cell for _, cell in sorted(layout.shown.items())))

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


class ComprehensionCode(LinkedCode):
    """A comprehension that the host makes a function of: a part of the code object around it, whose
    registers it shares. `collection` and `iterator` are the registers with what the comprehension
    makes, and its outermost iterator, which are there when it begins. `variables` are its own, each
    with the register of the cell in which the host shows it, `free` those from around it.
    """

    collection: int
    iterator: int

    def __init__(
        self,
        code: LinkedCode,
        scope: ComprehensionScope,
        around: ComprehensionCode | None,
        variables: dict[str, int],
        free: dict[str, int],
    ) -> None:
        vars(self).update(vars(code))
        self.scope: ComprehensionScope = scope
        self.variables = variables
        self.free = free
        self.parent = code
        self.within = () if around is None else around.inner_names
        self.kind = CodeKind.GENERATOR_EXPRESSION  # also a function of one iterator
        self.name = f"<{scope.kind}comp>"
        self.qualname = qualified_name(self)
        self.inner_names: tuple[str, ...] = (*self.within, self.name)
        self.shim = None
        self.signature = ITERATOR
        self.parameters = 1
        self.temporaries = ()
        self.has_handlers = False
        self.renamed = {f".{number:05}": name for number, name in enumerate(variables)}
        cells = {**dict(zip(self.renamed, variables.values(), strict=True)), **free}
        self.aliases = tuple(sorted(cells))
        self.closure = tuple(cells[alias] for alias in self.aliases)
        self.names = CodeNames(self)

    @property
    def free_names(self) -> tuple[str, ...]:
        return tuple(sorted(self.free))

    @property
    def is_generator(self) -> bool:
        return False

    @property
    def is_async(self) -> bool:
        return self.scope.is_async


class CodeLinker:
    """Links one code object. `prepare` functions (see `preparation`) use its public methods."""

    def __init__(self, code: LinkedCode) -> None:
        self.code = code
        self.source = code.source
        first = Span(code.first_line, 0, code.first_line, 0) if code.first_line > 0 else NOWHERE
        self.leaf_table = self.own_leaves = LeafTable(first)
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
        self.shown = dict(code.layout.shown)
        self.comprehensions = code.comprehensions
        self.around: list[ComprehensionCode | None] = [None] * len(self.source.instructions)
        self.tables: dict[ComprehensionCode, LeafTable] = {}
        for scope in code.scopes.values():
            self.add_comprehension(scope)
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
        outside: list[int] = []
        for pc, raw in enumerate(self.source.instructions):
            self.stand_at(pc)
            linked = self.instructions[pc]
            linked.next = linked.jump = self.following(linked, raw)
            place, spans = self.positions.visit(raw)
            self.spans.append(spans)
            self.places.append(place)
            self._operands(linked, raw, place, spans, bound)
            bound.visit(raw)
            fault = self._assign_leaves(linked, raw, place, fault)
            if pc in self.comprehensions:  # leaves are numbered anew in it
                outside.append(fault)
                fault = 0
            elif outside and self.is_end_of_comprehension(pc):
                fault = outside.pop()
        self._finish_end(fault)
        resolve_structure(self)
        thread_truth(self)
        for pc, raw in enumerate(self.source.instructions):
            prepare = PREPARATIONS.get(raw.op)
            if prepare is not None:
                self.stand_at(pc)
                prepare(self, self.instructions[pc], raw, immediates(raw))
        if code.module.optimize > 0:
            leave_out_assertions(self)
        code.instructions = self.instructions
        code.start = self.instructions[0]
        code.leaves = self.own_leaves.leaves
        for comprehension, table in self.tables.items():
            comprehension.leaves = table.leaves
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

    # --- comprehensions that are functions of the host

    def add_comprehension(self, scope: ComprehensionScope) -> None:
        """Make the code of a comprehension, for the instructions in it."""
        code = self.code
        own = {code.local_names[local]: self.new_register() for local in scope.locals}
        registers = list(own.values())
        own.update({code.cell_names[cell]: code.layout.cells[cell] for cell in scope.cells})
        free = {
            code.local_names[local]: self.shown[local]
            for local in scope.free_locals
            if local in self.shown
        }
        for cell in scope.free_cells:
            free[code.cell_names[cell]] = code.layout.cells[cell]
        self.shown.update(zip(scope.locals, registers, strict=True))
        around = self.around[scope.start]
        made = self.comprehensions[scope.start] = ComprehensionCode(code, scope, around, own, free)
        inside = range(scope.start + 1, scope.end + 1)
        self.around[inside.start : inside.stop] = [made] * len(inside)
        raw = self.source.instructions[scope.start]
        first = read_spans(raw).own or Span(code.first_line, 0, code.first_line, 0)
        made.first_line = first.line
        self.tables[made] = LeafTable(first)

    def is_end_of_comprehension(self, pc: int) -> bool:
        """Whether the instruction is the last one of the comprehension it stands in."""
        around = self.around[pc]
        return around is not None and around.scope.end == pc

    def stand_at(self, pc: int) -> None:
        """From now on, leaves are made for the instruction at `pc`."""
        around = self.around[pc]
        self.leaf_table = self.own_leaves if around is None else self.tables[around]

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
        around = self.around[linked.pc]
        within = () if around is None else around.inner_names
        child = self.code.child(index, self.places[linked.pc].line, within)
        if raw.dst is not None and not raw.dst & 7:
            self.definitions[raw.dst >> 3] = child
        return child

    def extra(self, model: Linked, execute: Any) -> Linked:
        """An instruction that the linker adds, standing where `model` does."""
        added = Linked(model.op, model.pc, execute)
        added.leaf, added.test_leaf, added.fault = model.leaf, model.test_leaf, model.fault
        added.part, added.dst, added.again = model.part, self.scratch, model.again
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
