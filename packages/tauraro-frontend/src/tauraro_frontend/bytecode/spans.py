"""How many source spans an instruction carries: the span rules of the instruction table, evaluated.

In: an opcode and its operands. Out: a count (`isa` says which spans these are and in which order).
"""

from __future__ import annotations

from .isa import OPS, Op
from .operands import Role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NamedTuple
else:
    from .records import NamedTuple

STATEMENT_ROLES = frozenset({Role.ASSIGN, Role.WALRUS})
"""Stores that carry the span of their statement (or walrus)."""

TARGETLESS_ROLES = frozenset({Role.AUGMENT, Role.DEFINE, Role.IMPORT})
"""Stores that carry no span of their target."""

ROLE_SPANS = tuple((role in STATEMENT_ROLES) + (role not in TARGETLESS_ROLES) for role in Role)
"""By role: the spans of `stmt` and `target` together."""

DESTINATION_SPANS = (0, *ROLE_SPANS)
"""By `dst & 7`: the spans that a destination adds."""


class SpanRule(NamedTuple):
    """The span rules of one instruction: `fixed` spans, one for each leaf operand if `leaves`,
    those of the role in immediate number `role` (-1: none), and the rules that depend on other
    immediates, each with that immediate's position."""

    fixed: int
    leaves: bool
    role: int
    conditional: tuple[tuple[str, int], ...]


IMMEDIATE_OF = {
    "keywords": "keywords",
    "star": "star",
    "last": "more",
    "single": "single",
    "plain": "named",
}
"""The immediate that each conditional rule looks at."""


def span_rule(op: Op) -> SpanRule:
    """The rule of an instruction. Raises KeyError for a rule that is not in the language."""
    positions = {immediate.name: at for at, immediate in enumerate(op.format.immediates)}
    fixed = sum(rule in ("self", "name") for rule in op.spans)
    role = positions["role"] if "stmt" in op.spans else -1
    conditional = tuple(
        (rule, positions[IMMEDIATE_OF[rule]])
        for rule in op.spans
        if rule not in ("self", "name", "leaves", "stmt", "target")
    )
    return SpanRule(fixed, "leaves" in op.spans, role, conditional)


SPAN_RULES: tuple[SpanRule, ...] = tuple(map(span_rule, OPS))
"""By opcode."""


def conditional_spans(conditional: tuple[tuple[str, int], ...], imm: Sequence[Any]) -> int:
    """The number of spans that depend on immediates."""
    count = 0
    for rule, position in conditional:
        value = imm[position]
        if rule == "keywords":
            count += len(value)
        elif rule == "last":
            count += not value
        elif rule == "single":
            count += bool(value)
        else:  # star, plain
            count += value is not None
    return count


def span_count(op: Op, dst: int | None, src: Sequence[int], imm: Sequence[Any]) -> int:
    """The number of spans the instruction carries. Raises IndexError for a destination that has no
    role."""
    rule = SPAN_RULES[op]
    count = rule.fixed
    if rule.leaves:
        for operand in src:
            count += operand >> 1 & 1
    if rule.role >= 0:
        count += ROLE_SPANS[imm[rule.role]]
    if rule.conditional:
        count += conditional_spans(rule.conditional, imm)
    return count if dst is None else count + DESTINATION_SPANS[dst & 7]
