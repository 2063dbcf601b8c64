"""Loop-invariant code motion: what is the same in each round is done once, before the loop.

    b1:                                         b1:
        jump b2(%1)                                 %5:ptr = item %2, %3
    b2(%4:i64):                                     %6:i1 = is_type[list] %5
        %5:ptr = item %2, %3                        guard %6 else x5
        %6:i1 = is_type[list] %5         ->         %7:ptr = list_items %5
        guard %6 else x0                            jump b2(%1)
        %7:ptr = list_items %5                  b2(%4:i64):
        %8:ptr = item %7, %4                        %8:ptr = item %7, %4
        ...                                         ...

Only what every round executes is moved, so a guard fails before the loop only if it would have
failed in the first round (or there is no round at all). Then the region is left to the head of the
loop.

A read is moved if what makes it valid has moved before it: the test of the type, the test of the
index. Elements that are numbers are moved only out of loops that store nothing; the slot of a list
that holds a list keeps it, since only numbers are replaced. Out of loops in which lists grow or
shrink nothing is moved that is read from lists.
"""

from __future__ import annotations

from ..ir.graph import Block, Function, Operation, Value
from ..ir.ops import GROWING, PARTS, Op
from ..ir.semantics import PURE
from .commoning import CHECKED, SEQUENCES, STORES, is_reference_test
from .loops import ExitBefore, Loop, Loops

PARTIAL = {Op.FLOOR_DIV, Op.FLOOR_MOD, Op.FLOAT_TO_INT, Op.SHIFT_LEFT, Op.SHIFT_RIGHT}
PARTIAL |= {Op.UDIV, Op.UMOD, Op.USHIFT_RIGHT}
"""Operations that are not defined for all arguments: they stay behind their guards."""

TOTAL = {op for op in PURE if op.arguments} - PARTIAL
OPENED = {Op.LIST_SIZE, Op.LIST_ITEMS, Op.TUPLE_ITEMS}
UNBOXED = {Op.UNBOX_FLOAT: float, Op.UNBOX_INT_CHECKED: int}


def hoist_invariants(function: Function, loops: Loops) -> bool:
    """Inner loops first, so that code can move out of several. Whether anything was moved."""
    moved = [Hoister(function, loops, loop).hoist() for loop in loops.found]
    return any(moved)


class Hoister:
    """Moves code out of one loop. `types` and `bounds` are the tests that hold in the preheader:
    (value, type; `object` for an instance) and (index, size); `buffers` are the values that are
    buffers of the right kind."""

    def __init__(self, function: Function, loops: Loops, loop: Loop) -> None:
        self.function, self.loop = function, loop
        self.dominators, self.made_by = loops.dominators, loops.made_by
        self.exit = ExitBefore(function, loop)
        self.types: set[tuple[int, type]] = set()
        self.bounds: set[tuple[int, int]] = set()
        self.buffers: set[int] = set()
        ops = {operation.op for block in loop.blocks for operation in block.operations}
        self.grows = bool(ops & GROWING)
        self.puts = Op.PUT_FIELD in ops
        self.stores = self.grows or bool(ops & STORES)

    def hoist(self) -> bool:
        """Whether anything was moved."""
        inside = self.loop.inside
        moved: list[Operation] = []
        for block in self.loop.each_round(self.dominators):
            kept = []
            for index, operation in enumerate(block.operations):
                invariant = all(argument.number not in inside for argument in operation.args)
                if invariant and operation.args and self.movable(block, index, operation):
                    if not moved:
                        self.learn_dominating()
                    if self.valid(operation):
                        moved.append(operation)
                        self.move(operation)
                        continue
                kept.append(operation)
            block.operations = kept
        self.loop.preheader.operations += moved
        return bool(moved)

    def move(self, operation: Operation) -> None:
        """The operation now stands in the preheader."""
        if operation.exit is not None:
            operation.exit = self.exit.take()
        if operation.result is not None:
            self.loop.inside.discard(operation.result.number)
        elif operation.op is Op.GUARD:
            self.learn(operation.args[0])

    def movable(self, block: Block, index: int, operation: Operation) -> bool:
        """Whether the operation does the same in each round."""
        op = operation.op
        if op in TOTAL or op in (Op.IS_TYPE, Op.IS_INSTANCE, Op.TUPLE_ITEMS):
            return True
        if op is Op.IS_BUFFER:
            return True
        if op in OPENED or op in PARTS:
            return not self.grows
        if op is Op.GUARD or op in CHECKED:
            return self.exit.exists()
        if op is Op.ITEM:
            made = self.made_by.get(operation.args[0].number)
            immutable = made is not None and made.op is Op.TUPLE_ITEMS
            if immutable or not self.stores:
                return True
            return not self.grows and self.is_reference(block, index, operation)
        if op is Op.FIELD_CHECKED:
            kept = not self.puts and self.is_reference(block, index, operation)
            return self.exit.exists() and (kept or not self.stores)
        if op in UNBOXED:
            return self.exit.exists() and (not self.stores or self.from_tuple(operation.args[0]))
        return False

    def is_reference(self, block: Block, index: int, read: Operation) -> bool:
        """Whether an object that is read is tested at once to be one that is not replaced."""
        if index + 2 >= len(block.operations) or not self.exit.exists():
            return False
        test, guard = block.operations[index + 1 : index + 3]
        return (
            is_reference_test(test)
            and test.args[0] is read.result
            and guard.op is Op.GUARD
            and guard.args[0] is test.result
        )

    def from_tuple(self, value: Value) -> bool:
        """Whether a value is an element of a tuple."""
        item = self.made_by.get(value.number)
        if item is None or item.op is not Op.ITEM:
            return False
        items = self.made_by.get(item.args[0].number)
        return items is not None and items.op is Op.TUPLE_ITEMS

    # --- what holds in the preheader

    def valid(self, operation: Operation) -> bool:
        """Whether a read may be done in the preheader."""
        op, args = operation.op, operation.args
        if op in OPENED:
            return self.is_opened(args[0])
        if op is Op.IS_BUFFER:
            return self.is_of_type(args[0], operation.attr.split()[0])
        if op in PARTS:
            return self.is_buffer(args[0], operation.attr)
        if op is Op.ITEM:
            items = self.made_by.get(args[0].number)
            return items is not None and any(
                index == args[1].number and self.is_size(size, items.args[0])
                for index, size in self.bounds
            )
        if op in UNBOXED:
            return (args[0].number, UNBOXED[op]) in self.types
        if op is Op.INSTANCE_VALUES_CHECKED:
            return self.is_instance(args[0])
        if op is Op.FIELD_CHECKED:
            values = self.made_by.get(args[0].number)
            is_array = values is not None and values.op is Op.INSTANCE_VALUES_CHECKED
            return is_array or self.is_instance(args[0])
        return True

    def is_instance(self, value: Value) -> bool:
        """Whether a value is known to be an instance of the class that matters: it was tested, or
        is an input of one class, which nobody tests."""
        if (value.number, object) in self.types:
            return True
        made = self.made_by.get(value.number)
        if made is None or made.op is not Op.SLOT_OBJECT:
            return False
        others = self.made_by.values()
        return not any(o.op is Op.IS_INSTANCE and o.args[0] is value for o in others)

    def is_opened(self, value: Value) -> bool:
        """Whether a value is known to be a list or tuple: it is an input, or was tested."""
        made = self.made_by.get(value.number)
        if made is not None and made.op is Op.SLOT_OBJECT:
            return True
        return any((value.number, kind) in self.types for kind in SEQUENCES)

    def is_of_type(self, value: Value, name: str) -> bool:
        """Whether a value is known to be of a type of this name: it is an input, or was tested."""
        made = self.made_by.get(value.number)
        if made is not None and made.op is Op.SLOT_OBJECT:
            return True
        return any(number == value.number and kind.__name__ == name for number, kind in self.types)

    def is_buffer(self, value: Value, family: str) -> bool:
        """Whether a value is known to be a buffer that may be looked into."""
        if value.number in self.buffers:
            return True
        return family in ("bytes", "bytearray") and self.is_of_type(value, family)

    def is_size(self, size: int, sequence: Value) -> bool:
        """Whether a value is the size of a list or tuple."""
        made = self.made_by.get(size)
        return made is not None and made.op is Op.LIST_SIZE and made.args[0] is sequence

    def learn_dominating(self) -> None:
        """The guards on every way to the preheader's end."""
        block: Block | None = self.loop.preheader
        while block is not None:
            for operation in block.operations:
                if operation.op is Op.GUARD:
                    self.learn(operation.args[0])
            block = self.dominators.parents.get(block.number)

    def learn(self, condition: Value) -> None:
        """A guard of this condition has passed."""
        test = self.made_by.get(condition.number)
        if test is None:
            return
        if test.op is Op.IS_TYPE:
            self.types.add((test.args[0].number, test.attr))
        elif test.op is Op.IS_INSTANCE:
            self.types.add((test.args[0].number, object))
        elif test.op is Op.IS_BUFFER:
            self.buffers.add(test.args[0].number)
        elif test.op is Op.UINT_LT:
            self.bounds.add((test.args[0].number, test.args[1].number))
