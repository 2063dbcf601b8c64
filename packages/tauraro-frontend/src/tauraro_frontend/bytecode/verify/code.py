"""One code object: one pass over its instructions, with the open regions and the temporaries as
state.

Temporaries obey a stack: an instruction reads the youngest ones, in the order in which they were
written, and a part of a region leaves none of its own. So "written before it is read", "read for
the last time once" and "the same ones live wherever paths meet" need no analysis.

    %0 = LOAD_NAME .f        stack [%0]
    %1 = LOAD_NAME .x        stack [%0, %1]
    %0 = CALL %0 %1          stack [%0]
    DISCARD %0               stack []        a statement ends: nothing is left
"""

from __future__ import annotations

from ...errors import BytecodeError
from ..formats import TempKind
from ..grammar import (
    DELETIONS,
    EXPRESSION,
    EXPRESSION_CODES,
    PARTS,
    RESULT,
    STATEMENT,
    STATEMENT_REGIONS,
    STATEMENT_ROLES,
    STATEMENTS,
)
from ..isa import Op
from ..module import BytecodeModule, CodeKind, CodeObject, Instruction
from ..operands import Role
from ..spans import ROLE_SPANS, conditional_spans, span_count
from .declarations import passed_values
from .rows import ROLE_HOLDS, ROWS, STAR, STORES, TARGETED, Row, describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    Rule = Callable[["CodeVerifier", Instruction], None]

SPAN_LIMIT = 2**31 - 1
NO_VALUES: list[int] = []
ROLES: tuple[Role, ...] = (Role.TARGET, *Role)  # by `dst & 7`, from 1
TYPEPARAM = TempKind.TYPEPARAM

RULES: dict[Op, Rule] = {}
"""What the table cannot say: relations between the operands of an instruction, and between an
instruction and those before it. A rule runs after the sources have been read and the region has
been changed, before the destination is written."""


def rule(*ops: Op) -> Callable[[Rule], Rule]:
    """Register the decorated function as the rule of these instructions."""

    def register(function: Rule) -> Rule:
        for op in ops:
            if op in RULES:
                raise TypeError(f"{op.name} has two rules")
            RULES[op] = function
        return function

    return register


class Region:
    """An open region. `floor`, `base` and `guard` are heights of the stack of temporaries: what
    lies below `floor` belongs to the outside, each part ends at height `base`, and the
    instructions inside read above `guard`."""

    __slots__ = (
        "annotated", "bare", "base", "breaks", "comprehends", "floor", "guard", "height", "holds",
        "inlined", "kind", "last", "multiple", "opener", "part", "pending", "returns", "statements",
    )  # fmt: skip

    def __init__(self, kind: str, opener: Instruction | None, holds: int, floor: int) -> None:
        self.kind = kind
        self.opener = opener
        self.part: Op | None = None if opener is None else opener.op
        self.holds = holds
        self.floor = self.base = self.guard = floor
        self.height = 0  # of the highest expression or statement inside
        self.statements = 0  # of the current part
        self.last: Instruction | None = None  # that ended a statement of this part
        self.multiple = False  # ... by an assignment to several targets
        self.pending = ""  # a statement of several instructions that goes on: "del", "import"
        self.annotated = False  # an ANN_TARGET waits for its ANNOTATE
        self.bare = False  # an `except` without type has been
        self.breaks = False  # `break` and `continue` have a loop
        self.returns = True  # `return` may stand here
        self.comprehends = False  # inside of a comprehension
        self.inlined = 0  # comprehensions around that are no generator expressions

    def begin_part(self, op: Op | None, holds: int) -> None:
        """Go on to the next part."""
        self.part = op
        self.holds = holds
        self.statements = 0
        self.last = None
        self.multiple = False


class CodeVerifier:
    """Verifies the instructions of one code object whose declarations have been verified.

    Afterwards `children` holds the code objects referred to, each with the place, and `height`
    tells how deep expressions and statements are nested.
    """

    def __init__(self, module: BytecodeModule, index: int, names: set[str]) -> None:
        self.module = module
        self.index = index
        self.code: CodeObject = module.codes[index]
        self.names = names
        self.constants = len(module.constants)
        self.children: list[tuple[int, str]] = []
        self.pc = 0
        self.stack: list[int] = []
        self.states = [0] * self.code.temps  # what each temporary holds, 0 for nothing
        self.writers = [0] * self.code.temps  # the instruction that wrote it
        self.heights = [0] * self.code.temps  # of the expression in it
        self.held: list[int] = []  # what each source of the current instruction holds, 0 for a leaf
        self.result = 0  # what the current instruction makes
        self.augmented: dict[int, int] = {}  # INPLACE -> writer of its left operand, -1 for a local
        # of each temporary with a module: where it comes from ("import": a module, "from": a
        # module whose names are wanted, "name": one of them), the parts or names, and how many of
        # these have been taken
        self.imports: dict[int, tuple[str, tuple[str, ...], int]] = {}
        self.import_more = False
        self.defined: dict[int, str] = {}  # temporary with a definition -> its name
        # locals that no instruction may name: values passed, and parameters that move into cells
        self.reserved = {cell.param for cell in self.code.cells if cell.param >= 0}
        self.reserved.update(range(passed_values(self.code)))
        self.yields = self.gives = False
        self.region = Region("code", None, self.root_level(), 0)
        self.regions = [self.region]

    @property
    def height(self) -> int:
        """How deep expressions and statements are nested."""
        return self.regions[0].height

    @property
    def is_last(self) -> bool:
        """Whether the current instruction is the last one."""
        return self.pc == len(self.code.instructions) - 1

    def root_level(self) -> int:
        """What the code object holds outside of regions."""
        if self.code.kind in EXPRESSION_CODES:
            return EXPRESSION | RESULT
        return EXPRESSION if self.code.kind is CodeKind.GENERATOR_EXPRESSION else STATEMENTS

    def place(self) -> str:
        """Where the pass is."""
        return f"code {self.index} instruction {self.pc}"

    def fail(self, problem: str) -> NoReturn:
        """Raise BytecodeError for the current instruction."""
        op = self.code.instructions[self.pc].op
        raise BytecodeError(self.place(), f"{op.name}: {problem}")

    def run(self) -> None:
        """Verify all instructions."""
        verify = self.instruction
        for pc, instruction in enumerate(self.code.instructions):
            self.pc = pc
            verify(instruction)
        self.check_spans()
        problem = self.problem_of_end()
        if problem:
            raise BytecodeError(f"code {self.index}", problem)

    def problem_of_end(self) -> str:
        """What is wrong at the end of the code object, or ""."""
        code, region = self.code, self.region
        if len(self.regions) > 1:
            return f"region {region.kind} is open at the end"
        if self.stack:
            return f"temporary {self.stack[-1]} is left at the end"
        if region.pending or region.annotated:
            return "the last statement is not finished"
        last = code.instructions[-1].op if code.instructions else None
        if code.kind in EXPRESSION_CODES:
            return "" if last is Op.RESULT else "does not end with RESULT"
        if code.kind is CodeKind.TYPE_PARAMETERS:
            return "" if last is Op.RETURN else "does not end with RETURN"
        if code.kind is CodeKind.GENERATOR_EXPRESSION:
            return "" if last is Op.COMP_END else "does not end with COMP_END"
        if code.kind not in (CodeKind.MODULE, CodeKind.SINGLE) and not region.statements:
            return "there is no statement"
        if code.kind is CodeKind.ASYNC and self.yields and self.gives:
            return "an asynchronous generator returns a value"
        return ""

    # --- one instruction

    def instruction(self, i: Instruction) -> None:
        """Verify one instruction."""
        op, dst, src, imm, spans = i
        row = ROWS[op]
        (
            sources, _, _, checks, level, destination, result, role_at, _, _, _, action, _, codes,
            span_rule,
        ) = row  # fmt: skip
        region = self.region
        if len(imm) != len(checks):
            self.fail(f"has {len(imm)} immediates, not {len(checks)}")
        if checks:
            for check, value in zip(checks, imm, strict=True):
                if not check(self, value):
                    self.fail(f"immediate {value!r:.80} is not allowed")
        role: Role | None = None
        if dst is not None and dst & 7:
            role = self.local_role(row, dst)
        elif (dst is not None) is not (destination != "") and destination != "dst?":
            self.fail("has no destination" if dst is None else "has a destination")
        elif role_at >= 0:
            role = imm[role_at]
        if codes is not None and self.code.kind not in codes:
            self.fail(f"cannot stand in a code object of kind {self.code.kind.name}")
        ends = role in STATEMENT_ROLES
        if action == "" or action == "+":
            if not (STATEMENT if ends else level) & region.holds:
                self.fail("cannot stand here")
            height = 0
            if not sources:
                self.held = NO_VALUES
            else:
                height = self.read(i, row, role, region.guard)
                if len(self.stack) < region.base:
                    self.fail("takes a temporary that belongs to the region")
            if action:
                self.open_region(i, row)
        else:
            height = self.turn_region(i, row, role)
            if ends and not self.region.holds & STATEMENT:
                self.fail("the statement it ends cannot stand here")
        expected, leaf_spans, _, conditional = span_rule
        if leaf_spans:
            expected += self.held.count(0)
        if role is not None:
            expected += ROLE_SPANS[role]
        if conditional:
            expected += conditional_spans(conditional, imm)
        if len(spans) != expected:
            self.fail(f"has {len(spans)} spans, not {span_count(op, dst, src, imm)}")
        self.result = result
        rule = RULES.get(op)
        if rule is not None:
            rule(self, i)
        if dst is not None:
            self.write(row, i, role, height + 1)
        if ends or (level == STATEMENT and not action):
            self.end_statement(i, row, role)
        if height >= self.region.height:
            self.region.height = height + 1

    def local_role(self, row: Row, dst: int) -> Role:
        """The role in which an instruction writes a local."""
        if row.destination == "" or row.destination == "dsts":
            self.fail("cannot write a local")
        if dst & 7 == 7 or not 0 <= dst >> 3 < len(self.code.locals):
            self.fail("the destination is not there")
        if dst >> 3 in self.reserved:
            self.fail(f"local {dst >> 3} cannot be written")
        return ROLES[dst & 7]

    def check_spans(self) -> None:
        """Check that each span is one, as the host demands of an AST."""
        for pc, instruction in enumerate(self.code.instructions):
            for line, column, end_line, end_column in instruction.spans:
                if not (
                    0 < line <= end_line <= SPAN_LIMIT
                    and 0 <= column <= SPAN_LIMIT
                    and 0 <= end_column <= SPAN_LIMIT
                    and (line < end_line or column <= end_column)
                ):
                    self.pc = pc
                    self.fail(f"span {line}:{column}-{end_line}:{end_column} is none")

    # --- temporaries

    def read(self, i: Instruction, row: Row, role: Role | None, guard: int) -> int:
        """Read the sources; the height of the highest expression among them."""
        src = i.src
        sources = row.sources
        count = len(src)
        if count < row.least or (count > len(sources) and not row.endless):
            self.fail(f"has {count} sources")
        held: list[int] = []
        self.held = held
        read: list[int] = []
        kept: list[int] = []
        height = source = 0
        states = self.states
        for operand in src:
            holds, kinds = sources[source]
            if source < len(sources) - 1:
                source += 1
            index, kind = operand >> 2, operand & 3
            if kind not in kinds or operand < 0:
                self.fail(f"source {len(held)} cannot be of this kind")
            if kind >= 2:
                if index >= (self.constants if kind == 3 else len(self.code.locals)):
                    self.fail(f"source {len(held)} is not there")
                if kind == 2 and index in self.reserved and not self.is_passed_on(i, len(held)):
                    self.fail(f"local {index} cannot be read")
                held.append(0)
                continue
            if index >= len(states):
                self.fail(f"temporary {index} is not there")
            state = states[index]
            if not state & holds:
                self.fail(f"temporary {index} holds {describe(state)}")
            held.append(state)
            read.append(index)
            if kind:
                kept.append(index)
            else:
                states[index] = 0
            if self.heights[index] > height:
                height = self.heights[index]
        if read:
            if role is Role.AUGMENT and i.op is not Op.INPLACE:
                read.append(read.pop(0))  # the value is read first, though it is the youngest
            self.take(read, kept, guard)
            for index in kept:
                self.heights[index] = height
        return height

    def is_passed_on(self, i: Instruction, position: int) -> bool:
        """Whether this source is where a passed value belongs: the iterable of a generator
        expression, or the default value of the function that a type parameter scope defines."""
        if self.code.kind is CodeKind.TYPE_PARAMETERS:
            return i.op is Op.FUNCTION and i.src[position] >> 2 == position
        return self.code.kind is CodeKind.GENERATOR_EXPRESSION and i.op is Op.COMP and self.pc == 0

    def take(self, read: list[int], kept: list[int], guard: int) -> None:
        """Take temporaries from the stack, where they must lie on top in the order in which they
        are read, and put back those that are kept."""
        stack = self.stack
        count = len(read)
        if stack[-count:] != read:
            self.fail("reads temporaries that are not the youngest, or in another order")
        if len(stack) - count < guard:
            self.fail("reads a temporary from outside of the region")
        stack[-count:] = kept

    def write(self, row: Row, i: Instruction, role: Role | None, height: int) -> None:
        """Write the destination."""
        dst = i.dst
        assert dst is not None
        if dst & 7:
            assert role is not None
            if i.op is Op.STORE:
                return  # checked by its rule
            if not ROLE_HOLDS.get(role, 0) & self.result:
                self.fail(f"{describe(self.result)} cannot be stored in the role {role.name}")
            return
        first = dst >> 3
        count = 1 if row.counted < 0 else i.imm[row.counted]
        if first + count > self.code.temps:
            self.fail(f"temporary {first + count - 1} is not there")
        for index in reversed(range(first, first + count)):
            if self.states[index]:
                self.fail(f"temporary {index} is in use")
            self.states[index] = self.result
            self.writers[index] = self.pc
            self.heights[index] = height
            self.stack.append(index)
        if row.star >= 0 and i.op is Op.PATTERN_SEQUENCE and i.imm[row.star] is not None:
            self.states[first + i.imm[row.star]] = STAR

    # --- regions and statements

    def turn_region(self, i: Instruction, row: Row, role: Role | None) -> int:
        """Divide or close the innermost region; the height of what has been read or lies inside."""
        region = self.region
        part = PARTS[i.op]
        if region.kind not in row.regions or region.part not in part.follows:
            self.fail(f"cannot stand in region {region.kind} here")
        height = self.read(i, row, role, region.floor)
        self.end_part(i)
        if row.action == "-":
            return max(height, self.close_region(i))
        region.begin_part(i.op, part.holds)
        return height

    def open_region(self, i: Instruction, row: Row) -> None:
        """Begin a region."""
        outer = self.region
        (kind,) = row.regions
        if kind in STATEMENT_REGIONS:
            self.check_settled()
            if outer.pending or outer.annotated:
                self.fail("the statement before is not finished")
            if self.code.kind is CodeKind.TYPE_PARAMETERS:
                self.fail("cannot stand in a type parameter scope")
        region = self.region = Region(kind, i, PARTS[i.op].holds, len(self.stack))
        region.breaks = outer.breaks
        region.returns = outer.returns
        region.comprehends = outer.comprehends
        region.inlined = outer.inlined
        self.regions.append(region)

    def end_part(self, i: Instruction) -> None:
        """Check the end of a region's part."""
        region = self.region
        base = region.base
        if i.op is Op.CHAIN_END or (i.op is Op.PATTERN_OR_END and i.src[0] & 1 == 0):
            base = region.floor
        elif i.op is Op.CHAIN_COMPARE:
            base = region.floor + 1
        if len(self.stack) != base:
            self.fail("temporaries are left")
        if region.holds & STATEMENT and not region.statements:
            self.fail("there is no statement before it")
        if region.pending or region.annotated:
            self.fail("the statement before is not finished")

    def close_region(self, i: Instruction) -> int:
        """End the innermost region; the height of what was inside."""
        region = self.regions.pop()
        outer = self.region = self.regions[-1]
        if region.kind == "match":
            self.states[self.stack.pop()] = 0
        if region.kind in STATEMENT_REGIONS:
            outer.statements += 1
            outer.last = i
            outer.multiple = False
        return region.height

    def check_settled(self) -> None:
        """Check that the statement has used up its temporaries."""
        if len(self.stack) != self.region.base:
            self.fail("temporaries are left")

    def end_statement(self, i: Instruction, row: Row, role: Role | None) -> None:
        """Note the end of a statement."""
        region = self.region
        if role is Role.IMPORT and len(self.stack) > region.base:
            return  # `from m import a, b`: more names follow
        if row.destination == "dsts":
            if len(self.stack) != region.base + i.imm[row.counted]:
                self.fail("temporaries are left")
        else:
            self.check_settled()
        if self.code.kind is CodeKind.TYPE_PARAMETERS and i.op is not Op.RETURN:
            made = self.held[0] if i.op in STORES else self.result
            if made != TYPEPARAM:
                self.fail("cannot stand in a type parameter scope")
        group = "del" if i.op in DELETIONS else "import" if role is Role.IMPORT else ""
        if region.pending and region.pending != group:
            self.fail("the statement before is not finished")
        if region.annotated and i.op is not Op.ANNOTATE:
            self.fail("the annotation before is missing")
        more = self.import_more if group == "import" else group == "del" and i.imm[row.more]
        region.pending = group if more else ""
        region.annotated = i.op is Op.ANN_TARGET
        region.statements += 1
        region.last = i
        region.multiple = bool(self.held) and self.held[0] & TARGETED != 0
