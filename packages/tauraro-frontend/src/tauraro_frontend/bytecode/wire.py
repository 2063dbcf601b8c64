"""The shape of a payload: what `encode` writes and `decode` reads, and the tables both go by.

A payload is MessagePack, arrays in arrays:

    module     filename (bytes), strings, constants, codes
    constant   tag, content (bytes)
    code       kind, name, private, signature (or nil), locals, cells, temps, stream,
               lines, columns, widths, heights
    signature  posonly, args, vararg, kwonly, kwarg, defaults, kwdefaults (booleans)

Names are strings' numbers; `vararg` and `kwarg` are one more, 0 for none. `cells` holds three
numbers a cell: name, outer + 1, param + 1.

An instruction is a run of integers ("words") in its code object's stream:

    opcode [dst] [count] source... immediate...

`dst` stands where the instruction has one (plus one, 0 for none, where it is optional), `count`
where the number of sources varies. An immediate is one word, except that `names` is a count
followed by names. An optional immediate is 0 for None, else one more. Strings are numbers in the
module's string table; a variable is ``index << 2 | scope``, where a global's index is its name's.

Spans lie in columns, one entry for each span of the code object in the order of the instructions:
the line as the difference to the one before, the column, the width (the difference of the
columns), and the height where it is not 0 (pairs of position and height).
"""

from __future__ import annotations

from .formats import CHOICES
from .isa import OPS, Op
from .messagepack import NUMBER_LIMIT
from .operands import Role
from .spans import SPAN_RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import IntEnum
    from typing import Any, NamedTuple
else:
    from .records import IntEnum, NamedTuple


class Arity(IntEnum):
    """Whether an instruction writes a register."""

    NONE = 0
    ONE = 1
    OPTIONAL = 2


class Immediates(IntEnum):
    """How an instruction's immediates are read and written, the quickest way first."""

    NONE = 0
    ONE = 1  # one word
    SOME = 2  # several, each one word
    LONG = 3  # some of them longer


class Shape(NamedTuple):
    """How one instruction lies in the stream, read off the table once.

    `sources` is the number of sources, or -1 if a count precedes them. `kinds` names a table for
    each immediate: its kind, with `?` if it is optional.
    """

    op: Op
    opcode: int
    destination: Arity
    sources: int
    immediates: Immediates
    kinds: tuple[str, ...]
    fixed_spans: int
    leaf_spans: bool
    role_spans: int
    conditional_spans: tuple[tuple[str, int], ...]


def shape_of(op: Op) -> Shape:
    """The shape of an instruction."""
    form = op.format
    arity = {"": Arity.NONE, "dst?": Arity.OPTIONAL}.get(form.dst, Arity.ONE)
    kinds = tuple(each.kind + "?" * each.optional for each in form.immediates)
    immediates = Immediates(min(len(kinds), 2))
    if {"names", "names?", "variable", "variable?"} & {*kinds}:
        immediates = Immediates.LONG
    sources = -1 if form.variadic else len(form.sources)
    return Shape(op, int(op), arity, sources, immediates, kinds, *SPAN_RULES[op])


SHAPES: tuple[Shape, ...] = tuple(map(shape_of, OPS))


class Numbers:
    """Integers that stand for themselves, as a table."""

    def __getitem__(self, number: int) -> int:
        if not 0 <= number <= NUMBER_LIMIT:
            raise IndexError(number)
        return number


class NumberWords:
    """Optional integers to words."""

    def __getitem__(self, number: int | None) -> int:
        return 0 if number is None else NUMBERS[number] + 1


class OptionalNumbers:
    """Words to optional integers."""

    def __getitem__(self, word: int) -> int | None:
        return NUMBERS[word - 1] if word else None


NUMBERS = Numbers()
NUMBER_KINDS = ("count", "code", "cell", "const")

VALUES: dict[str, Sequence[Any]] = {
    **CHOICES,
    "flag": (False, True),
    "role": tuple(Role),
    "conversion": (-1, ord("a"), ord("r"), ord("s")),
}
"""Immediate kinds with few values: word -> value."""

DECODING: dict[str, Any] = {
    **VALUES,
    **dict.fromkeys(NUMBER_KINDS, NUMBERS),
    "count?": OptionalNumbers(),
}
"""Immediate kind -> table from words to values, for the kinds that do not depend on the module."""

ENCODING: dict[str, Mapping[Any, int] | Numbers | NumberWords] = {
    **{kind: {value: word for word, value in enumerate(values)} for kind, values in VALUES.items()},
    **dict.fromkeys(NUMBER_KINDS, NUMBERS),
    "count?": NumberWords(),
}
"""Immediate kind -> table from values to words."""
