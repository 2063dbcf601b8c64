"""Tokens -> tree, by precedence climbing.

sum:     product (('+' | '-') product)*
product: signed (('*' | '/' | '%') signed)*
signed:  ('+' | '-') signed | power
power:   atom ['**' signed]
atom:    NUMBER | NAME | NAME '(' [sum (',' sum)*] ')' | '(' sum ')'
"""

from __future__ import annotations

from .errors import UnexpectedToken
from .nodes import Binary, Call, Node, Number, Unary, Variable
from .tokens import Kind, Token, tokenize

LEVELS = (("+", "-"), ("*", "/", "%"))


class Parser:
    """Reads one expression; `position` is the next token's index."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokenize(text))
        self.position = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def take(self, kind: Kind, *texts: str) -> Token | None:
        """The next token if it is of this kind (and one of these texts), else None."""
        token = self.next
        if token.kind is kind and (not texts or token.text in texts):
            self.position += 1
            return token
        return None

    def expect(self, kind: Kind, wanted: str) -> Token:
        if token := self.take(kind):
            return token
        got = self.next.text or "the end"
        raise UnexpectedToken(f"expected {wanted}, got {got}", self.next.column)

    def binary(self, level: int = 0) -> Node:
        if level == len(LEVELS):
            return self.signed()
        node = self.binary(level + 1)
        while operator := self.take(Kind.OPERATOR, *LEVELS[level]):
            node = Binary(operator.column, operator.text, node, self.binary(level + 1))
        return node

    def signed(self) -> Node:
        if sign := self.take(Kind.OPERATOR, "+", "-"):
            return Unary(sign.column, sign.text, self.signed())
        return self.power()

    def power(self) -> Node:
        base = self.atom()
        if operator := self.take(Kind.OPERATOR, "**"):
            return Binary(operator.column, "**", base, self.signed())
        return base

    def atom(self) -> Node:
        if number := self.take(Kind.NUMBER):
            return Number(number.column, float(number.text))
        if name := self.take(Kind.NAME):
            if self.take(Kind.OPEN):
                return Call(name.column, name.text, self.arguments())
            return Variable(name.column, name.text)
        self.expect(Kind.OPEN, "a number, a name or '('")
        inner = self.binary()
        self.expect(Kind.CLOSE, "')'")
        return inner

    def arguments(self) -> tuple[Node, ...]:
        """The arguments of a call whose '(' has been taken."""
        if self.take(Kind.CLOSE):
            return ()
        found = [self.binary()]
        while self.take(Kind.COMMA):
            found.append(self.binary())
        self.expect(Kind.CLOSE, "',' or ')'")
        return tuple(found)


def parse(text: str) -> Node:
    """The tree of an expression; raises a `CalculatorError` if it is none."""
    parser = Parser(text)
    tree = parser.binary()
    parser.expect(Kind.END, "an operator")
    return tree
