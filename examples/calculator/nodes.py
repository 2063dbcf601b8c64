"""The tree of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """Base class; `column` is where the node's own token stands in the text."""

    column: int

    def children(self) -> Iterator[Node]:
        return iter(())

    def title(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Number(Node):
    value: float

    def title(self) -> str:
        return f"{self.value:g}"


@dataclass(frozen=True)
class Variable(Node):
    name: str

    def title(self) -> str:
        return self.name


@dataclass(frozen=True)
class Unary(Node):
    operator: str
    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand

    def title(self) -> str:
        return f"unary {self.operator}"


@dataclass(frozen=True)
class Binary(Node):
    operator: str
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield from (self.left, self.right)

    def title(self) -> str:
        return self.operator


@dataclass(frozen=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        yield from self.arguments

    def title(self) -> str:
        return f"{self.name}()"


def outline(node: Node, depth: int = 0) -> Iterator[str]:
    """The tree as indented lines, root first."""
    yield "  " * depth + node.title()
    for child in node.children():
        yield from outline(child, depth + 1)
