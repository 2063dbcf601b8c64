"""Text -> tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from .errors import UnknownCharacter


class Kind(Enum):
    """The kinds of token."""

    NUMBER = auto()
    NAME = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()
    COMMA = auto()
    END = auto()

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text and where it starts."""

    kind: Kind
    text: str
    column: int

    def __str__(self) -> str:
        return f"{self.column:3} {self.kind.label:9}{self.text}".rstrip()


PATTERN = re.compile(
    r"""
    (?P<NUMBER>   \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+ )
  | (?P<NAME>     [A-Za-z_]\w* )
  | (?P<OPERATOR> \*\* | [-+*/%] )
  | (?P<OPEN>     \( )
  | (?P<CLOSE>    \) )
  | (?P<COMMA>    , )
  | (?P<SPACE>    \s+ )
    """,
    re.VERBOSE,
)


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of an expression; the last one is always END."""
    column = 0
    while column < len(text):
        found = PATTERN.match(text, column)
        if found is None:
            raise UnknownCharacter(f"cannot read {text[column]!r}", column)
        name = found.lastgroup
        if name is not None and name != "SPACE":
            yield Token(Kind[name], found.group(), column)
        column = found.end()
    yield Token(Kind.END, "", column)
