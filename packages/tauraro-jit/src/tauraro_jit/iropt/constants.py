"""The constants of a function: each once, at the start of the entry.

b1:                                  b0:
    %3:i64 = const_int[1]                %3:i64 = const_int[1]
    %4:i64 = add %1, %3          ->      ...
    %5:i64 = const_int[1]            b1:
    %6:i64 = sub %2, %5                  %4:i64 = add %1, %3
                                         %6:i64 = sub %2, %3
"""

from __future__ import annotations

from ..ir.graph import Function, Operation, Value
from ..ir.ops import Op
from ..ir.types import F64, I1, I64, Type
from .replacement import Replacements, substitute

CONSTANTS = {Op.CONST_INT, Op.CONST_FLOAT, Op.CONST_BOOL, Op.CONST_OBJECT}
OPS: dict[Type, Op] = {I64: Op.CONST_INT, F64: Op.CONST_FLOAT, I1: Op.CONST_BOOL}

Key = tuple[Op, object]


class Constants:
    """The constants of a function. `values` maps each constant's number to what it is."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.values: dict[int, int | float | bool] = {}
        self._found: dict[Key, Value] = {}
        self._operations: list[Operation] = []

    def gather(self) -> None:
        """Move all constants to the start of the entry."""
        replacements = Replacements()
        for block in self.function.blocks:
            kept = []
            for operation in block.operations:
                if operation.op in CONSTANTS:
                    assert operation.result is not None
                    found = self._enter(operation)
                    if found is not operation.result:
                        replacements.replace(operation.result, found)
                else:
                    kept.append(operation)
            if len(kept) != len(block.operations):
                block.operations = kept
        self.place()
        substitute(self.function, replacements)

    def _enter(self, operation: Operation) -> Value:
        """The constant that an operation makes."""
        key = key_of(operation.op, operation.attr)
        found = self._found.get(key)
        if found is None:
            assert operation.result is not None
            found = self._found[key] = operation.result
            self._operations.append(operation)
            if operation.op is not Op.CONST_OBJECT:
                self.values[found.number] = operation.attr
        return found

    def place(self) -> None:
        """Put the constants that were made since the last time into the entry."""
        entry = self.function.blocks[0]
        entry.operations = self._operations + entry.operations
        self._operations = []

    def get(self, kind: Type, value: float) -> Value:
        """The constant of a type and value, made if there is none yet: then `place` must
        follow."""
        op = OPS[kind]
        found = self._found.get(key_of(op, value))
        if found is None:
            operation = Operation(op, (), self.function.value(kind), value)
            found = self._enter(operation)
        return found


def key_of(op: Op, value: object) -> Key:
    """What tells constants apart: 0.0 and -0.0 are different, all nan are one."""
    return op, value.hex() if isinstance(value, float) else value
