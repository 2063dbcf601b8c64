"""What may stand where: the nesting of regions, statements against expressions, restrictions by
code kind.

`isa` says which instructions open, divide and close a region; here stands in which order they do,
and what each part of a region holds:

    LOOP  expression  LOOP_TEST  statements  [ELSE  statements]  END
"""

from __future__ import annotations

from .isa import OPS, Op
from .module import CodeKind
from .operands import Role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from .records import NamedTuple

# What an instruction belongs to; a part of a region holds instructions of some levels (bits).
EXPRESSION = 1  # computes a value, or stores on the way to one
STATEMENT = 2  # begins or ends a statement: no temporary of the statement is left
PATTERN = 4  # tests a subject
RESULT = 8  # ends a code object that is one expression

NOTHING = 0
STATEMENTS = STATEMENT | EXPRESSION
PATTERNS = PATTERN | EXPRESSION


class Part(NamedTuple):
    """The part of a region that an instruction begins: what it `holds`, and which instruction of
    the same region came last (none: the instruction opens the region)."""

    holds: int
    follows: frozenset[Op]


def part(holds: int, *follows: Op) -> Part:
    """A row of `PARTS`."""
    return Part(holds, frozenset(follows))


PARTS: dict[Op, Part] = {
    Op.BOOL: part(EXPRESSION),
    Op.ARM: part(EXPRESSION, Op.BOOL, Op.ARM),
    Op.BOOL_END: part(NOTHING, Op.ARM),
    Op.COND: part(EXPRESSION),
    Op.COND_ELSE: part(EXPRESSION, Op.COND),
    Op.COND_END: part(NOTHING, Op.COND_ELSE),
    Op.CHAIN: part(NOTHING),
    Op.CHAIN_COMPARE: part(EXPRESSION, Op.CHAIN, Op.CHAIN_COMPARE),
    Op.CHAIN_END: part(NOTHING, Op.CHAIN_COMPARE),
    Op.COMP: part(EXPRESSION),
    Op.COMP_FOR: part(EXPRESSION, Op.COMP, Op.COMP_FOR, Op.COMP_IF),
    Op.COMP_IF: part(EXPRESSION, Op.COMP, Op.COMP_FOR, Op.COMP_IF),
    Op.COMP_YIELD: part(NOTHING, Op.COMP, Op.COMP_FOR, Op.COMP_IF),
    Op.COMP_END: part(NOTHING, Op.COMP_YIELD),
    Op.QUOTE: part(EXPRESSION),
    Op.QUOTE_END: part(NOTHING, Op.QUOTE),
    Op.ASSERT: part(EXPRESSION),
    Op.ASSERT_END: part(NOTHING, Op.ASSERT),
    Op.IF: part(STATEMENTS),
    Op.ELSE: part(STATEMENTS, Op.IF, Op.LOOP_TEST, Op.FOR, Op.EXCEPT),
    Op.END: part(
        NOTHING, Op.IF, Op.LOOP_TEST, Op.FOR, Op.WITH, Op.EXCEPT, Op.ELSE, Op.FINALLY, Op.CASE_BODY
    ),
    Op.LOOP: part(EXPRESSION),
    Op.LOOP_TEST: part(STATEMENTS, Op.LOOP),
    Op.FOR: part(STATEMENTS),
    Op.WITH: part(STATEMENTS),
    Op.TRY: part(STATEMENTS),
    Op.HANDLER: part(EXPRESSION, Op.TRY, Op.EXCEPT),
    Op.EXCEPT: part(STATEMENTS, Op.HANDLER),
    Op.FINALLY: part(STATEMENTS, Op.TRY, Op.EXCEPT, Op.ELSE),
    Op.MATCH: part(NOTHING),
    Op.CASE: part(PATTERNS, Op.MATCH, Op.CASE_BODY),
    Op.GUARD: part(NOTHING, Op.CASE),
    Op.CASE_BODY: part(STATEMENTS, Op.CASE, Op.GUARD),
    Op.PATTERN_OR: part(PATTERNS),
    Op.PATTERN_ARM: part(PATTERNS, Op.PATTERN_OR, Op.PATTERN_ARM),
    Op.PATTERN_OR_END: part(NOTHING, Op.PATTERN_ARM),
}
"""Every instruction that opens, divides or closes a region."""

STATEMENT_REGIONS = frozenset({"assert", "if", "loop", "for", "with", "try", "match"})
"""Kinds of region that are statements; the others yield a value or test a subject."""

SIMPLE_STATEMENTS = frozenset(
    {
        Op.DEL, Op.DEL_NAME, Op.DEL_GLOBAL, Op.DEL_CELL, Op.DELATTR, Op.DELITEM,
        Op.DISCARD, Op.NOP, Op.BREAK, Op.CONTINUE, Op.DECLARE, Op.RETURN, Op.RAISE,
        Op.ANNOTATE, Op.ANN_TARGET, Op.IMPORT_STAR,
    }
)  # fmt: skip
"""Instructions that end a statement, whatever their immediates. Stores do so by their role."""

STATEMENT_ROLES = frozenset({Role.ASSIGN, Role.AUGMENT, Role.DEFINE, Role.IMPORT})
"""Stores of these roles belong to a statement; TARGET and WALRUS stand in expressions too."""

DELETIONS = frozenset({Op.DEL, Op.DEL_NAME, Op.DEL_GLOBAL, Op.DEL_CELL, Op.DELATTR, Op.DELITEM})


def level_of(op: Op) -> int:
    """The level of an instruction, roles left aside."""
    if op is Op.RESULT:
        return RESULT
    if op.name.startswith("PATTERN_"):
        return PATTERN
    opens = op.region.removeprefix("+") if op.region.startswith("+") else ""
    if op in SIMPLE_STATEMENTS or opens in STATEMENT_REGIONS:
        return STATEMENT
    return EXPRESSION


LEVELS: tuple[int, ...] = tuple(map(level_of, OPS))
"""By opcode."""

EXPRESSION_CODES = frozenset({CodeKind.EVAL, CodeKind.LAMBDA, CodeKind.LAZY})
"""Kinds of code object that are one expression; they end with RESULT."""

NAMESPACE_CODES = frozenset({CodeKind.MODULE, CodeKind.EVAL, CodeKind.SINGLE, CodeKind.CLASS})
"""Kinds of code object whose variables live in a namespace."""

CODE_KINDS: dict[Op, frozenset[CodeKind]] = {
    **dict.fromkeys((Op.LOAD_NAME, Op.STORE_NAME, Op.DEL_NAME), NAMESPACE_CODES),
    **dict.fromkeys(
        (Op.LOAD_OUTER_GLOBAL, Op.LOAD_OUTER_CELL),
        frozenset({CodeKind.TYPE_PARAMETERS, CodeKind.LAZY}),
    ),
    Op.LOAD_CLASS_CELL: frozenset({CodeKind.CLASS}),
    Op.AWAIT: frozenset({CodeKind.ASYNC, CodeKind.GENERATOR_EXPRESSION}),
    Op.YIELD: frozenset({CodeKind.FUNCTION, CodeKind.LAMBDA, CodeKind.ASYNC}),
    Op.YIELD_FROM: frozenset({CodeKind.FUNCTION, CodeKind.LAMBDA}),
    Op.RETURN: frozenset({CodeKind.FUNCTION, CodeKind.ASYNC, CodeKind.TYPE_PARAMETERS}),
    Op.RESULT: EXPRESSION_CODES,
    Op.TYPE_PARAMETER: frozenset({CodeKind.TYPE_PARAMETERS}),
    Op.IMPORT_STAR: frozenset({CodeKind.MODULE, CodeKind.SINGLE}),
}
"""The kinds of code object that an instruction may stand in; one that is not listed may stand in
all."""

CHILD_KINDS: dict[Op, frozenset[CodeKind]] = {
    Op.FUNCTION: frozenset({CodeKind.FUNCTION, CodeKind.ASYNC, CodeKind.LAMBDA}),
    Op.CLASS: frozenset({CodeKind.CLASS}),
    Op.CLASS_EX: frozenset({CodeKind.CLASS}),
    Op.GENERATOR: frozenset({CodeKind.GENERATOR_EXPRESSION}),
    Op.LAZY: frozenset({CodeKind.LAZY}),
    Op.TYPE_PARAMETERS: frozenset({CodeKind.TYPE_PARAMETERS}),
}
"""The kinds of code object that an instruction may refer to."""


def region_kinds(op: Op) -> tuple[str, frozenset[str]]:
    """What an instruction does to regions ("", "+", "/" or "-"), and of which kinds."""
    if not op.region:
        return "", frozenset()
    return op.region[0], frozenset(op.region[1:].split(","))


def check_complete() -> None:
    """Raise TypeError unless the grammar covers the instruction table."""
    for op in OPS:
        if bool(op.region) != (op in PARTS):
            raise TypeError(f"{op.name}: the table and the grammar disagree about its region")
        refers = any(each.kind == "code" for each in op.format.immediates)
        if refers != (op in CHILD_KINDS):
            raise TypeError(f"{op.name}: the table and the grammar disagree about code objects")


check_complete()
