"""Values that stand for others: what the passes record while they look, and apply at the end."""

from __future__ import annotations

from collections.abc import Iterable

from ..ir.graph import Branch, Function, Value


class Replacements:
    """`replace(a, b)`: b stands for a from now on. b may be replaced later in turn."""

    def __init__(self) -> None:
        self._found: dict[int, Value] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def replace(self, old: Value, new: Value) -> None:
        """Note that `new` stands for `old`; it must be defined wherever `old` is used."""
        self._found[old.number] = new

    def find(self, value: Value) -> Value:
        """What stands for a value."""
        found = self._found.get(value.number)
        while found is not None:
            value = found
            found = self._found.get(value.number)
        return value

    def all(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """What stands for each."""
        return tuple([self.find(value) for value in values])


def substitute(function: Function, replacements: Replacements) -> None:
    """Use the replacements everywhere: in operations, terminators and exits."""
    if not replacements:
        return
    for block in function.blocks:
        for operation in block.operations:
            if operation.args:
                operation.args = replacements.all(operation.args)
        for jump in block.successors():
            jump.args = replacements.all(jump.args)
        if isinstance(block.terminator, Branch):
            block.terminator.condition = replacements.find(block.terminator.condition)
    substitute_exits(function, replacements)


def substitute_exits(function: Function, replacements: Replacements) -> None:
    """Use the replacements in what the exits store."""
    for point in function.exits:
        point.stores = tuple([(slot, replacements.find(value)) for slot, value in point.stores])
