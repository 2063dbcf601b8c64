"""The instruction table prepared for the verifier: one `Row` for each instruction.

Also here: what a temporary may hold beyond what the table tells, because a rule of the rules
follows a value through several instructions.
"""

from __future__ import annotations

from ..formats import Kept, Source, TempKind
from ..grammar import CODE_KINDS, LEVELS, region_kinds
from ..isa import OPS, Op
from ..module import CodeKind
from ..operands import OperandKind, Role
from ..spans import SPAN_RULES, SpanRule
from .immediates import check_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from .immediates import Check
else:
    from ..records import NamedTuple

TARGETED, OWNER, OLD, TESTED, STAR = (1 << position for position in range(32, 37))
STATE_TEXTS = {
    TARGETED: "a value that is being assigned to several targets",
    OWNER: "the object or index of an augmented target",
    OLD: "the old value of an augmented target",
    TESTED: "a subject that has been tested",
    STAR: "the rest of a sequence pattern",
}

STORES = (
    Op.STORE, Op.STORE_NAME, Op.STORE_GLOBAL, Op.STORE_CELL, Op.SETATTR, Op.SETITEM, Op.UNPACK,
)  # fmt: skip

STATES: dict[tuple[Op, str], int] = {
    **{(op, "value"): TARGETED for op in STORES},
    (Op.SETATTR, "object"): OWNER,
    (Op.SETITEM, "object"): OWNER,
    (Op.SETITEM, "index"): OWNER,
    (Op.INPLACE, "left"): OLD,
    (Op.PATTERN_BIND, "subject"): TESTED | STAR,
    (Op.PATTERN_OR_END, "subject"): TESTED,
}
"""The states that a source may read besides what the table says."""

ROLE_HOLDS: dict[Role, int] = {
    Role.TARGET: TempKind.ITEM,
    Role.ASSIGN: TempKind.VALUE,
    Role.AUGMENT: TempKind.INPLACE,
    Role.DEFINE: TempKind.DEFINITION | TempKind.TYPEPARAM,
    Role.IMPORT: TempKind.MODULE,
}
"""What an instruction that writes a local in this role must make. A walrus keeps its value: it
needs a STORE."""


def describe(state: int) -> str:
    """What a temporary holds, for messages."""
    if not state:
        return "nothing"
    words = [kind.name.lower() for kind in TempKind if kind & state]
    words += [text for bit, text in STATE_TEXTS.items() if bit & state]
    return " or ".join(words)


class SourceRow(NamedTuple):
    """A source: what a temporary may hold, and which kinds of operand may stand here."""

    holds: int
    kinds: frozenset[int]


class Row(NamedTuple):
    """An instruction. With `endless`, further sources are like the last; `result` is what its
    destination holds; `role`, `more`, `counted` and `star` are positions of immediates of that
    name, -1 if there is none; `action` tells what it does to a region of one of `regions`."""

    sources: tuple[SourceRow, ...]
    least: int
    endless: bool
    checks: tuple[Check, ...]
    level: int
    destination: str
    result: int
    role: int
    more: int
    counted: int
    star: int
    action: str
    regions: frozenset[str]
    codes: frozenset[CodeKind] | None
    spans: SpanRule


def source_row(op: Op, source: Source) -> SourceRow:
    """A source as the verifier reads it. Locals and constants may stand where a value is read and
    the instruction carries their spans."""
    if source.only is not None:
        return SourceRow(0, frozenset({source.only}))
    kinds = {
        Kept.NEVER: {OperandKind.TEMP},
        Kept.ALWAYS: {OperandKind.KEEP},
        Kept.MAYBE: {OperandKind.TEMP, OperandKind.KEEP},
    }[source.kept]
    if "leaves" in op.spans and TempKind.VALUE & source.temp_kind:
        kinds = kinds | {OperandKind.LOCAL, OperandKind.CONST}
    holds = source.temp_kind | STATES.get((op, source.name), 0)
    return SourceRow(holds, frozenset(kinds))


def row_of(op: Op) -> Row:
    """An instruction as the verifier reads it."""
    form = op.format
    positions = {immediate.name: at for at, immediate in enumerate(form.immediates)}
    action, regions = region_kinds(op)
    return Row(
        tuple(source_row(op, source) for source in form.sources),
        sum(not source.many and not source.optional for source in form.sources),
        bool(form.sources) and form.sources[-1].many,
        tuple(check_of(op, immediate) for immediate in form.immediates),
        LEVELS[op],
        form.dst,
        op.result,
        positions.get("role", -1),
        positions.get("more", -1),
        positions.get("count", -1) if form.dst == "dsts" else -1,
        positions.get("star", -1) if form.dst == "dsts" else -1,
        action,
        regions,
        CODE_KINDS.get(op),
        SPAN_RULES[op],
    )


ROWS: tuple[Row, ...] = tuple(map(row_of, OPS))
"""By opcode."""
