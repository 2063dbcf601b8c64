"""Where the control instructions of one loop lead: a code object and a loop's pc in, targets out.

The bytecode is structured, so one scan with a stack finds for each region its parts and its end.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tauraro_frontend.bytecode.module import CodeObject


class Region:
    """A structured region: the pcs of its opening, of its parts (ELSE, LOOP_TEST, ARM, ...) and of
    its end.

    `loop` is the innermost loop around it (its own opening pc for a loop), -1 outside the
    outermost. `handler` is where the handlers of a `try` begin, `final` its `finally`.
    """

    __slots__ = (
        "end",
        "final",
        "handler",
        "loop",
        "op",
        "otherwise",
        "parent",
        "parts",
        "start",
    )

    def __init__(self, op: Op, start: int, loop: int, parent: int) -> None:
        self.op = op
        self.start = start
        self.loop = loop
        self.parent = parent
        self.end = self.otherwise = self.handler = self.final = -1
        self.parts: list[int] = []


class Flow:
    """The regions of a loop or code object: `region_of[pc]` is the region that the instruction at
    pc opens, divides or closes, or that surrounds it; `statements[pc]` the first pc of the
    statement around. `handled` are the pcs in `except` clauses."""

    __slots__ = ("end", "handled", "region_of", "regions", "start", "statements")

    def __init__(
        self,
        start: int,
        end: int,
        regions: dict[int, Region],
        region_of: dict[int, Region],
        statements: dict[int, int],
    ) -> None:
        self.start = start
        self.end = end
        self.regions = regions
        self.region_of = region_of
        self.statements = statements
        self.handled = find_handled(regions.values())

    def part_of(self, pc: int) -> range:
        """The pcs that are executed, in their order, when the instruction at `pc` is: the part of
        the innermost region around it."""
        region = self.region_of[pc]
        bounds = [region.start, *region.parts, region.end]
        start = max(bound for bound in bounds[:-1] if bound <= pc)
        return range(
            start, next(bound for bound in bounds if bound > pc or bound == region.end) + 1
        )


LOOPS = (Op.LOOP, Op.FOR)


def find_flow(code: CodeObject, loop_pc: int | None) -> Flow:
    """The flow of the loop that opens at `loop_pc`, or of the whole code object (None)."""
    regions: dict[int, Region] = {}
    region_of: dict[int, Region] = {}
    stack: list[Region] = []
    start = loop_pc or 0
    pc = start
    while pc < len(code.instructions):
        instruction = code.instructions[pc]
        mark = instruction.op.region[:1]
        if mark == "+":
            loop = pc if instruction.op in LOOPS else (stack[-1].loop if stack else -1)
            parent = stack[-1].start if stack else -1
            region = regions[pc] = Region(instruction.op, pc, loop, parent)
            stack.append(region)
        if stack:
            region_of[pc] = stack[-1]
        if mark == "/":
            stack[-1].parts.append(pc)
            if instruction.op in (Op.ELSE, Op.COND_ELSE):
                stack[-1].otherwise = pc
            elif instruction.op is Op.HANDLER and stack[-1].handler < 0:
                stack[-1].handler = pc
            elif instruction.op is Op.FINALLY:
                stack[-1].final = pc
        elif mark == "-":
            stack.pop().end = pc
            if not stack and loop_pc is not None:
                break
        pc += 1
    end = min(pc, len(code.instructions) - 1)
    return Flow(start, end, regions, region_of, find_statements(code, start, end))


def find_handled(regions: Iterable[Region]) -> set[int]:
    """The pcs in handlers: behind the body of a `try`, up to its `else` or `finally`."""
    found: set[int] = set()
    for region in regions:
        if region.handler >= 0:
            ends = (region.otherwise, region.final, region.end)
            found.update(range(region.handler + 1, next(end for end in ends if end >= 0)))
    return found


def find_statements(code: CodeObject, start: int, end: int) -> dict[int, int]:
    """For each pc of the loop the pc at which its statement starts: where no temporary is live and
    no value region is open."""
    statements: dict[int, int] = {}
    live: set[int] = set()
    depth = 0
    first = start
    for pc in range(start, end + 1):
        op, dst, src, _, _ = code.instructions[pc]
        if not live and not depth:
            first = pc
        statements[pc] = first
        for operand in src:
            if operand & 3 == 0:
                live.discard(operand >> 2)
        if dst is not None and dst & 7 == 0:
            live.update(written_temps(code, pc))
        kind = op.region[1:]
        if kind in ("bool", "cond", "chain", "comp", "quote", "assert"):
            depth += {"+": 1, "-": -1}.get(op.region[0], 0)
        if op is Op.LOOP:  # the test belongs to the while statement
            depth += 1
        elif op is Op.LOOP_TEST:
            depth -= 1
    return statements


def written_temps(code: CodeObject, pc: int) -> range:
    """The temporaries that the instruction at pc writes."""
    op, dst, _, imm, _ = code.instructions[pc]
    if dst is None or dst & 7:
        return range(0)
    if op.format.dst != "dsts":
        return range(dst >> 3, (dst >> 3) + 1)
    position = next(i for i, part in enumerate(op.format.immediates) if part.name == "count")
    return range(dst >> 3, (dst >> 3) + imm[position])
