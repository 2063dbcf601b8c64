"""One test for several constant indexes of a list or tuple: of the largest, where the first was.

    %3:i1 = uint_lt %one, %size              %7:i1 = uint_lt %two, %size
    guard %3 else x0                         guard %7 else x0
    %4:ptr = item %items, %one          ->   %4:ptr = item %items, %one
    %5:i1 = uint_lt %two, %size
    guard %5 else x1                         %6:ptr = item %items, %two
    %6:ptr = item %items, %two

A sequence that is too short for the second index leaves where the first is used: the host goes on
from there. Only guards of one block are taken together, so it would have left anyway. An index
behind a test of a larger one is not tested at all. After hoisting and range checks, which look for
the test of each index.
"""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Block, Function, Operation
from ..ir.ops import Op
from ..ir.types import I64
from .constants import Constants


def merge_bounds(function: Function, dominators: Dominators, constants: Constants) -> None:
    """One walk down the dominator tree."""
    merger = Merger(function, constants)
    for block in dominators.preorder():
        parent = dominators.parents.get(block.number)
        merger.block(block, {} if parent is None else dict(merger.ends[parent.number]))
    constants.place()


class Merger:
    """`ends[b]` maps sizes to the largest index that was tested when block b ends; `tests` the
    numbers of conditions to a constant index and the size it is tested against."""

    def __init__(self, function: Function, constants: Constants) -> None:
        self.function, self.constants = function, constants
        self.ends: dict[int, dict[int, int]] = {}
        self.tests: dict[int, tuple[int, Operation]] = {}

    def block(self, block: Block, tested: dict[int, int]) -> None:
        """Merge the guards of one block; `tested` holds before it."""
        first: dict[int, Operation] = {}
        largest: dict[int, int] = {}
        kept = []
        for operation in block.operations:
            if operation.op is Op.UINT_LT:
                self.enter(operation)
            elif operation.op is Op.GUARD:
                found = self.tests.get(operation.args[0].number)
                if found is not None:
                    index, test = found
                    size = test.args[1].number
                    if index <= tested.get(size, -1):
                        continue
                    if size in first:
                        largest[size] = max(index, largest[size])
                        continue
                    first[size], largest[size] = operation, index
            kept.append(operation)
        if len(kept) != len(block.operations):
            for size, guard in first.items():
                self.raise_to(kept, guard, largest[size])
            block.operations = kept
        self.ends[block.number] = {**tested, **largest}

    def enter(self, operation: Operation) -> None:
        """Note the test of a constant index."""
        index = self.constants.values.get(operation.args[0].number)
        if isinstance(index, int) and index >= 0:
            assert operation.result is not None
            self.tests[operation.result.number] = index, operation

    def raise_to(self, kept: list[Operation], guard: Operation, largest: int) -> None:
        """Let a guard test a larger index."""
        index, test = self.tests[guard.args[0].number]
        if index == largest:
            return
        assert test.result is not None
        condition = self.function.value(test.result.type)
        args = (self.constants.get(I64, largest), test.args[1])
        guard.args = (condition,)
        kept.insert(kept.index(guard), Operation(Op.UINT_LT, args, condition))
