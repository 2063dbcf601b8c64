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

from .operands import OperandKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum
else:
    from .records import IntEnum

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


class Effect(IntEnum):
    """What executing an instruction can do beyond writing its destination; bits of a set."""

    NONE = 0
    RAISES = 1
    PYTHON = 2  # may run arbitrary Python code; implies RAISES
    CONTROL = 4  # may continue elsewhere than at the next instruction


class TempKind(IntEnum):
    """What a temporary holds; bits of a set. All but VALUE may only be read by the instructions
    that ask for them."""

    VALUE = 1 << 0
    ITEM = 1 << 1  # on its way into a target: a loop item, an unpacked element, a `with` result
    LIST = 1 << 2  # a display under construction
    DICT = 1 << 3
    ARGS = 1 << 4  # positional arguments under construction
    KWARGS = 1 << 5  # keyword arguments under construction
    MODULE = 1 << 6  # an import in progress
    INPLACE = 1 << 7  # the result of an augmented assignment
    DEFINITION = 1 << 8  # a function or class that is being decorated
    SUBJECT = 1 << 9  # the subject of a match statement or of a pattern
    QUOTED = 1 << 10  # an annotation that is not evaluated
    TYPEPARAM = 1 << 11  # a type parameter
    LAZY = 1 << 12  # a value that is computed when asked for
    STARRED = 1 << 13  # the one element of a starred annotation (`*args: *Ts`)


class Kept(IntEnum):
    """Whether a temporary that is read stays for a later instruction."""

    NEVER = 0
    ALWAYS = 1
    MAYBE = 2


KEPT_SIGNS = {"&": Kept.ALWAYS, "~": Kept.MAYBE}


class Source:
    """A value operand: `many` any number, `optional` zero or one, `temp_kind` what a temporary may
    hold, `kept` whether a temporary stays, `only` the one operand kind allowed (None: any)."""

    __slots__ = ("kept", "many", "name", "only", "optional", "temp_kind")

    def __init__(
        self,
        name: str,
        many: bool,
        optional: bool,
        temp_kind: int,
        kept: Kept,
        only: OperandKind | None,
    ) -> None:
        self.name = name
        self.many = many
        self.optional = optional
        self.temp_kind = temp_kind
        self.kept = kept
        self.only = only


class Immediate:
    """An immediate operand of one of IMMEDIATE_KINDS."""

    __slots__ = ("kind", "name", "optional")

    def __init__(self, name: str, kind: str, optional: bool) -> None:
        self.name = name
        self.kind = kind
        self.optional = optional


class Format:
    """A parsed syntax string: `dst` is "", "dst", "dst?" or "dsts"."""

    __slots__ = ("dst", "immediates", "sources")

    def __init__(
        self, dst: str, sources: tuple[Source, ...], immediates: tuple[Immediate, ...]
    ) -> None:
        self.dst = dst
        self.sources = sources
        self.immediates = immediates

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
        operand = _operands.get(word)
        if operand is None:
            operand = _operands[word] = parse_operand(word)
        if isinstance(operand, Source):
            sources.append(operand)
        else:
            immediates.append(operand)
    return Format(dst, tuple(sources), tuple(immediates))


_operands: dict[str, Source | Immediate] = {}
"""Words that have been parsed: most stand in several rows."""


def parse_operand(word: str) -> Source | Immediate:
    """Parse an operand. Raises ValueError."""
    optional = word.endswith("?")
    many = word.endswith("*")
    name, colon, kind = word.rstrip("?*").partition(":")
    if not colon:
        return parse_source(name, many, optional)
    if kind not in IMMEDIATE_KINDS:
        raise ValueError(f"{word}: no immediate kind {kind!r}")
    return Immediate(name, kind, optional)


def parse_source(word: str, many: bool, optional: bool) -> Source:
    """Parse a value operand such as `~subject@subject`, its suffix taken off."""
    name, _, only = word.partition("=")
    name, _, kinds = name.partition("@")
    temp_kind = 0
    for text in (kinds or "value").split("+"):
        temp_kind |= TempKind[text.upper()]
    kept = KEPT_SIGNS.get(name[0], Kept.NEVER)
    operand_kind = OperandKind[only.upper()] if only else None
    return Source(name.lstrip("&~"), many, optional, temp_kind, kept, operand_kind)
