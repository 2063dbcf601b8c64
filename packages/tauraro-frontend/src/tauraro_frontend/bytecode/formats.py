"""The little language of the instruction table: what a row's syntax and span rules mean.

Syntax, read left to right, space separated:

    dst        writes one register (a temporary, or a local with a role)
    dst?       may write one
    dsts       writes consecutive temporaries, as many as the immediate `count` says
    name       reads one value                      name?      reads a value if present
    name*      reads any number of values           name@kind  reads a temporary of that temp kind
    &name      the temporary stays (KEEP)           ~name      it may stay; all others are read for
    the last time name=kind  reads only operands of that kind (a `OperandKind`) name:kind  an
    immediate of that kind            name:kind? may be absent (None)

Optional values come in order: the first absent one ends the list, unless the row says how many
there are through an immediate (`mask`, `bound`, ...).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, auto

from .operands import OperandKind

CHOICES: dict[str, tuple[str, ...]] = {
    "binary": (
        "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor",
        "BitAnd", "FloorDiv",
    ),
    "unary": ("Invert", "Not", "UAdd", "USub"),
    "compare": ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"),
    "boolean": ("And", "Or"),
    "display": ("list", "tuple", "set", "growing_tuple"),
    "comprehension": ("list", "set", "dict", "generator"),
    "bind": ("capture", "as", "star"),
    "typeparam": ("TypeVar", "TypeVarTuple", "ParamSpec"),
}  # fmt: skip
"""Immediates that are one of a few words; encoded as their position."""

IMMEDIATE_KINDS = frozenset(CHOICES) | {
    "name",  # an identifier
    "names",  # a tuple of identifiers
    "dotted",  # a module name, "" for `from . import`
    "count",  # an integer >= 0
    "conversion",  # -1 or ord of s, r, a
    "flag",  # a bool
    "code",  # a child code object
    "cell",  # one of the code object's cells
    "const",  # a constant
    "role",  # a `Role`
    "variable",  # a `Variable`
}


class Effect(Flag):
    """What executing an instruction can do beyond writing its destination."""

    NONE = 0
    RAISES = auto()
    PYTHON = auto()  # may run arbitrary Python code; implies RAISES
    CONTROL = auto()  # may continue elsewhere than at the next instruction


class TempKind(Flag):
    """What a temporary holds. All but VALUE may only be read by the instructions that ask for
    them."""

    VALUE = auto()
    ITEM = (
        auto()
    )  # a value on its way into a target: a loop item, an unpacked element, a `with` result
    LIST = auto()  # a display under construction
    DICT = auto()
    ARGS = auto()  # positional arguments under construction
    KWARGS = auto()  # keyword arguments under construction
    MODULE = auto()  # an import in progress
    INPLACE = auto()  # the result of an augmented assignment
    DEFINITION = auto()  # a function or class that is being decorated
    SUBJECT = auto()  # the subject of a match statement or of a pattern
    QUOTED = auto()  # an annotation that is not evaluated
    TYPEPARAM = auto()  # a type parameter
    LAZY = auto()  # a value that is computed when asked for
    STARRED = auto()  # the one element of a starred annotation (`*args: *Ts`)


class Kept(Enum):
    """Whether a temporary that is read stays for a later instruction."""

    NEVER = ""
    ALWAYS = "&"
    MAYBE = "~"


@dataclass(frozen=True, slots=True)
class Source:
    """A value operand: `many` any number, `optional` zero or one, `temp_kind` what a temporary may
    hold, `kept` whether a temporary stays, `only` the one operand kind allowed (None: any)."""

    name: str
    many: bool
    optional: bool
    temp_kind: TempKind
    kept: Kept
    only: OperandKind | None


@dataclass(frozen=True, slots=True)
class Immediate:
    """An immediate operand of one of IMMEDIATE_KINDS."""

    name: str
    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Format:
    """A parsed syntax string: `dst` is "", "dst", "dst?" or "dsts"."""

    dst: str
    sources: tuple[Source, ...]
    immediates: tuple[Immediate, ...]

    @property
    def variadic(self) -> bool:
        """Whether the number of values read differs from instruction to instruction."""
        return any(source.many or source.optional for source in self.sources)


def parse_format(syntax: str) -> Format:
    """Parse a row's syntax. Raises ValueError for a row that is not in the language."""
    dst = ""
    sources: list[Source] = []
    immediates: list[Immediate] = []
    for word in syntax.split():
        if word in ("dst", "dst?", "dsts"):
            dst = word
            continue
        optional = word.endswith("?")
        many = word.endswith("*")
        name, colon, kind = word.rstrip("?*").partition(":")
        if not colon:
            sources.append(parse_source(name, many, optional))
        elif kind in IMMEDIATE_KINDS:
            immediates.append(Immediate(name, kind, optional))
        else:
            raise ValueError(f"{word}: no immediate kind {kind!r}")
    return Format(dst, tuple(sources), tuple(immediates))


def parse_source(word: str, many: bool, optional: bool) -> Source:
    """Parse a value operand such as `~subject@subject`, its suffix taken off."""
    name, _, only = word.partition("=")
    name, _, kinds = name.partition("@")
    temp_kind = TempKind(0)
    for text in (kinds or "value").split("+"):
        temp_kind |= TempKind[text.upper()]
    kept = Kept(name[0]) if name[0] in "&~" else Kept.NEVER
    operand_kind = OperandKind[only.upper()] if only else None
    return Source(name.lstrip("&~"), many, optional, temp_kind, kept, operand_kind)
