"""Removes what nobody uses: operations, block parameters, exits.

    b1(%1:i64, %2:i64):                       b1(%1:i64):
        %3:i64 = add_checked %2, %1 else x1
        %4:i64 = sub %1, %1                   jump b1(%1)
        jump b1(%1, %3)                   ->

An operation stays if it may leave for a reason that the program can see (a guard), stores, or asks
for the interpreter, or if its result is used. Arithmetic that leaves on overflow goes with its
result. Parameters that only feed each other go too. The exits that are left are renumbered.
"""

from __future__ import annotations

from ..ir.graph import Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from ..ir.ops import DICT_SETS, FRESH, GROWING, INVOKES, JOURNALLED, LONG, OWNING, POKES, Op

ROOTS = {Op.GUARD, Op.POLL, Op.STORE_FLOAT, Op.STORE_INT, Op.STORE_BOOL, Op.CALL_FLOAT}
ROOTS |= {Op.REPLACE_FLOAT, Op.REPLACE_INT}
ROOTS |= {Op.ROOM_CHECKED} | LONG | JOURNALLED | INVOKES | GROWING | FRESH | OWNING
ROOTS |= {Op.DICT_OLD_CHECKED, Op.DICT_LETS_GO_CHECKED, Op.STR_APPEND}
ROOTS |= {Op.HEAP_FITS_CHECKED, Op.HEAP_OPENS_CHECKED} | DICT_SETS | POKES


def remove_dead_code(function: Function) -> None:
    """Mark from the roots, then sweep."""
    marker = Marker(function)
    marker.mark()
    live = marker.live
    for block in function.blocks:
        block.operations = [
            operation
            for operation in block.operations
            if operation.op in ROOTS
            or (operation.result is not None and operation.result.number in live)
        ]
        for jump in block.successors():
            params = jump.target.params
            if any(param.number not in live for param in params):
                jump.args = tuple(
                    [
                        argument
                        for param, argument in zip(params, jump.args, strict=True)
                        if param.number in live
                    ]
                )
    for block in function.blocks:
        block.params = tuple([param for param in block.params if param.number in live])
    function.exits = [point for point in function.exits if point.number in marker.exits]
    for number, point in enumerate(function.exits):
        point.number = number


class Marker:
    """Finds the live values and exits."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.live: set[int] = set()
        self.exits: set[int] = set()
        self.work: list[Value] = []
        self.made_by: dict[int, Operation] = {}
        self.passed: dict[int, list[Value]] = {}

    def mark(self) -> None:
        """Everything that the roots need."""
        for block in self.function.blocks:
            for operation in block.operations:
                if operation.result is not None:
                    self.made_by[operation.result.number] = operation
                if operation.op in ROOTS:
                    self.operation(operation)
                    if operation.result is not None:
                        self.live.add(operation.result.number)
            match block.terminator:
                case Branch(condition, then, otherwise):
                    self.work.append(condition)
                    self.jump(then)
                    self.jump(otherwise)
                case Jump() as jump:
                    self.jump(jump)
                case Leave(point):
                    self.exit(point)
        while self.work:
            value = self.work.pop()
            if value.number in self.live:
                continue
            self.live.add(value.number)
            made_by = self.made_by.get(value.number)
            if made_by is not None:
                self.operation(made_by)
            else:
                self.work += self.passed.get(value.number, ())

    def jump(self, jump: Jump) -> None:
        """Arguments live if their parameters do."""
        for param, argument in zip(jump.target.params, jump.args, strict=True):
            self.passed.setdefault(param.number, []).append(argument)

    def operation(self, operation: Operation) -> None:
        """What an operation needs."""
        self.work += operation.args
        if operation.exit is not None:
            self.exit(operation.exit)

    def exit(self, point: ExitPoint) -> None:
        """What an exit needs."""
        if point.number not in self.exits:
            self.exits.add(point.number)
            self.work += [value for _, value in point.stores]
