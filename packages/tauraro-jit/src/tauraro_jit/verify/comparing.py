"""Where two descriptions differ.

In: what tier 0 made, with the addresses of the objects that were there before, and what native code
made. Out: differences in words, each with the name of the place: `grid[3].x`.
"""

from __future__ import annotations

import marshal

from .describing import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import Any, NamedTuple

    from .describing import Description
else:
    from tauraro_frontend.bytecode.records import NamedTuple

SHOWN = 60
"""Characters of a value."""

KEPT = frozenset(
    ("list", "dict", "set", "cell", "instance", "function", "class", "array", "opaque")
)
"""Kinds of objects of which a program notices if another takes their place."""


class Difference(NamedTuple):
    """What native code has put somewhere, and what tier 0 has."""

    place: str
    native: str
    reference: str


def compare(
    reference: Description, native: Description, known: Container[int]
) -> Iterator[Difference]:
    """All differences, those of variables first. `known` are the addresses of the objects that
    there were before, which tier 0 has kept alive: the same address means the same object."""
    compared = set()
    pairs: list[tuple[int, int]] = []

    def differ(place: tuple[Description, int, int], one: Any, other: Any) -> Iterator[Difference]:
        if type(one) is tuple and type(other) is tuple and one and other:
            if (one[0], other[0]) not in compared:
                compared.add((one[0], other[0]))
                pairs.append((one[0], other[0]))
        elif not same(one, other):
            yield Difference(
                place_of(*place), text_of(native, other, reference), text_of(reference, one, native)
            )

    for number, (one, other) in enumerate(zip(reference.roots, native.roots, strict=True)):
        yield from differ((reference, -1, number), one, other)
    matched: dict[int, int] = {}
    matching: dict[int, int] = {}
    while pairs:
        first, second = pairs.pop(0)
        if first >= len(reference.nodes) or second >= len(native.nodes):
            continue  # too far away
        one, other = reference.nodes[first], native.nodes[second]
        place = place_of(reference, one.parent, one.step)
        problem = mismatch(one, other, known)
        if not problem and one.kind in KEPT:
            pair = matched.setdefault(first, second), matching.setdefault(second, first)
            if pair != (second, first):
                problem = ", another object than elsewhere"
        if problem:
            yield Difference(place, f"{name_of(other)}{problem}", name_of(one))
            continue
        if one.kind == "set" and any(type(part) is tuple for part in one.contents):
            if len(one.contents) != len(other.contents):
                yield sizes(place, one, other)
            continue
        if len(one.contents) != len(other.contents):
            yield sizes(place, one, other)
        elif marshal.dumps(one.contents, 2) != marshal.dumps(other.contents, 2) or has_links(one):
            parts = zip(one.contents, other.contents, strict=True)
            for step, (part, counterpart) in enumerate(parts):
                yield from differ((reference, first, step), part, counterpart)


def has_links(node: Node) -> bool:
    """Whether other objects are in an object."""
    return any(type(part) is tuple for part in node.contents)


def mismatch(one: Node, other: Node, known: Container[int]) -> str:
    """Why two objects cannot stand for each other, but for their contents; or nothing."""
    if (one.kind, one.type) != (other.kind, other.type):
        return " "
    if one.kind in KEPT and one.address in known and one.address != other.address:
        return ", another object"
    return ""


def sizes(place: str, one: Node, other: Node) -> Difference:
    """The difference of objects of different sizes."""
    return Difference(place, summary(other), summary(one))


def summary(node: Node) -> str:
    """An object and the first of what is in it."""
    shown = ", ".join("..." if type(part) is tuple else repr(part) for part in node.contents[:8])
    return f"{name_of(node)} of {len(node.contents)}: {shown}"[:SHOWN]


def name_of(node: Node) -> str:
    """An object in a word."""
    return f"<{node.type}>"


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, of the same type, with the same sign; each NaN is any other."""
    if type(one) is not type(other):
        return False
    if type(one) is float:
        return repr(one) == repr(other)
    if type(one) is complex:
        return same(one.real, other.real) and same(one.imag, other.imag)
    return bool(one == other)


def text_of(own: Description, value: Any, _: Description) -> str:
    """A value in a report."""
    if value == () and type(value) is tuple:
        return "no value"
    if type(value) is tuple:
        number = value[0]
        return summary(own.nodes[number]) if number < len(own.nodes) else "an object"
    text = repr(value)
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
    return f"{text} ({type(value).__name__})"


def place_of(description: Description, parent: int, step: int) -> str:
    """What the program calls a place."""
    steps: list[str] = []
    while parent >= 0:
        node = description.nodes[parent]
        steps.append(step_of(node, step))
        parent, step = node.parent, node.step
    return description.names[step] + "".join(reversed(steps))


def step_of(node: Node, step: int) -> str:
    """How a program gets from an object to a part of it."""
    if node.kind == "dict":
        key = node.contents[step - step % 2]
        shown = "..." if type(key) is tuple else repr(key)[:SHOWN]
        return f"[{shown}]" if step % 2 else f" (the key {shown})"
    if node.kind in ("instance", "class") and step % 2:
        return f".{node.contents[step - 1]}"
    if node.kind in ("list", "tuple"):
        return f"[{step}]"
    if node.kind == "cell":
        return ""
    return f" (part {step} of the {node.kind})"
