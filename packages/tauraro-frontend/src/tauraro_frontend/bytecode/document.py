"""The instruction table as a page of documentation: the table in, docs/isa.md out.

python -m tauraro_frontend.bytecode.document > docs/isa.md
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator

from .formats import CHOICES, Effect, TempKind
from .grammar import EXPRESSION, NOTHING, PARTS, PATTERNS, STATEMENTS, region_kinds
from .isa import OPS, Op
from .operands import Role

HEAD = """\
# The instruction set

*Generated from the instruction table by `python -m tauraro_frontend.bytecode.document`; a test
checks that it is current.*

A module is a list of code objects; each has local registers, cells, temporaries, and a flat list
of instructions. Control flow is structured: an instruction opens a region, divides it into parts,
or closes it. There are no jumps.

## Values

An instruction reads **sources** and writes at most one **destination** (`dsts`: consecutive
temporaries).

| source | meaning |
|---|---|
| `%0` | a temporary, read for the last time: the register is empty afterwards |
| `%0&` | a temporary that stays |
| `x` | a local register; reading an unbound one raises `UnboundLocalError` |
| `'text'`, `1` | a constant |

A destination is a temporary (`%0`) or a local with its **role** (`x:assign`): the construct of the
source that stores there.

Temporaries obey a stack: an instruction reads the youngest ones, in the order in which they were
written. Where a statement ends, none of its own is left; nor where a part of a region ends.

In the tables below, `name` is a source, `name?` an optional one, `name*` any number of them;
`&name` is a temporary that stays, `~name` one that may stay; `name@kind` is a temporary that holds
something else than a value; `name=local` reads only that kind of operand. `name:kind` is an
immediate operand, `name:kind?` an optional one.
"""


def document() -> str:
    """The page."""
    lines = [HEAD]
    lines += ["## What temporaries hold", "", *temp_kinds(), ""]
    lines += ["## Immediates", "", *choices(), ""]
    lines += ["## Spans", "", *span_rules(), ""]
    lines += ["## Regions", "", *regions(), ""]
    for title, ops in sections():
        lines += [f"## {title.capitalize()}", "", *rows(ops), ""]
    return "\n".join(lines).rstrip() + "\n"


def cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return text.replace("|", "\\|")


def temp_kinds() -> Iterator[str]:
    """What temporaries may hold, and which instructions make it."""
    yield "| kind | made by |"
    yield "|---|---|"
    for kind in TempKind:
        if kind is not TempKind.VALUE:
            makers = [f"`{op.name}`" for op in OPS if op.format.dst and kind & op.result]
            yield f"| {str(kind.name).lower()} | {', '.join(makers)} |"


def choices() -> Iterator[str]:
    """The immediates that are one of a few words."""
    yield "| kind | one of |"
    yield "|---|---|"
    roles = tuple(role.name.lower() for role in Role)
    for kind, words in {**CHOICES, "role": roles}.items():
        yield f"| {kind} | {', '.join(words)} |"


def span_rules() -> Iterator[str]:
    """The rules, as the table's own documentation tells them."""
    doc = inspect.getdoc(sys.modules[Op.__module__]) or ""
    start = doc.index("Span rules")
    yield from doc[start : doc.index("Region:")].rstrip().split("\n")


HELD = {
    NOTHING: "nothing",
    EXPRESSION: "an expression",
    STATEMENTS: "statements",
    PATTERNS: "a pattern",
}


def regions() -> Iterator[str]:
    """The grammar of regions."""
    yield "| region | instruction | follows | holds |"
    yield "|---|---|---|---|"
    for opener in PARTS:
        if region_kinds(opener)[0] != "+":
            continue
        (kind,) = region_kinds(opener)[1]
        members = [op for op in PARTS if kind in region_kinds(op)[1]]
        for op in sorted(members, key=lambda op: "+/-".index(region_kinds(op)[0])):
            before = [f"`{each.name}`" for each in members if each in PARTS[op].follows]
            holds = "" if region_kinds(op)[0] == "-" else HELD[PARTS[op].holds]
            yield f"| {kind} | `{op.name}` | {', '.join(before)} | {holds} |"


def sections() -> Iterator[tuple[str, list[Op]]]:
    """The sections of the table, as its source divides it."""
    title = ""
    ops: list[Op] = []
    for line in inspect.getsource(Op).split("\n"):
        if match := re.match(r"    # --- (.+)", line):
            if ops:
                yield title, ops
            title, ops = match.group(1), []
        elif match := re.match(r"    ([A-Z_]+) = ", line):
            ops.append(Op[match.group(1)])
    yield title, ops


def rows(ops: list[Op]) -> Iterator[str]:
    """One table of instructions."""
    yield "| | instruction | operands | spans | region | may | meaning |"
    yield "|---|---|---|---|---|---|---|"
    for op in ops:
        region = f"`{op.region}`" if op.region else ""
        operands = f"`{cell(op.syntax)}`" if op.syntax else ""
        doc = cell(op.doc)
        yield (
            f"| {op:d} | `{op.name}` | {operands} | {' '.join(op.spans)} | {region} "
            f"| {effects(op.effects)} | {doc} |"
        )


def effects(effect: int) -> str:
    """What executing an instruction can do, in words."""
    words = []
    if Effect.PYTHON & effect:
        words.append("run code")
    elif Effect.RAISES & effect:
        words.append("raise")
    if Effect.CONTROL & effect:
        words.append("go elsewhere")
    return ", ".join(words)


if __name__ == "__main__":
    sys.stdout.write(document())
