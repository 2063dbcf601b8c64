"""Common subexpression elimination: what a dominating block has computed is not computed again.

    %3:i64 = list_size %1                       %3:i64 = list_size %1
    %4:i64 = add_checked %2, %2 else x0         %4:i64 = add_checked %2, %2 else x0
    %5:i64 = list_size %1                  ->   guard ...
    %6:i64 = add_checked %2, %2 else x1
    guard ...

Arithmetic that leaves on overflow counts as well: where it did not leave the first time it does not
the second time. What is read from lists is known until something is stored. The slot of a list that
holds a list keeps it, and a list its size, until some list grows or shrinks: only numbers are
replaced, by numbers.
"""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Block, Branch, Function, Operation, Value
from ..ir.ops import GROWING, JOURNALLED, PARTS, PEEKS, POKES, Op
from ..ir.semantics import PURE
from .replacement import Replacements, substitute_exits

STABLE = {Op.TUPLE_ITEMS, Op.IS_TYPE, Op.IS_INSTANCE, Op.STR_SIZE, Op.IS_BUFFER}
"""Reads of what never changes while native code runs."""

SIZES = {Op.LIST_SIZE, Op.LIST_ITEMS, *PARTS}
"""Reads of what changes where lists or buffers grow."""

CHECKED = {Op.ADD_CHECKED, Op.SUB_CHECKED, Op.MUL_CHECKED}
CHECKED |= {Op.UADD_CHECKED, Op.USUB_CHECKED, Op.UMUL_CHECKED, Op.INSTANCE_VALUES_CHECKED}
COMMONED = {op for op in PURE if op.arguments} | STABLE | SIZES | CHECKED
SLOTS = {Op.ITEM, Op.FIELD_CHECKED}
"""Reads of objects that lists and instances hold."""

LOADS = {*SLOTS, Op.UNBOX_FLOAT, Op.UNBOX_INT_CHECKED, *PEEKS}
STORES = {Op.STORE_FLOAT, Op.STORE_INT, Op.STORE_BOOL} | JOURNALLED
COMMUTATIVE = {Op.ADD, Op.ADD_CHECKED, Op.MUL, Op.MUL_CHECKED, Op.AND, Op.OR, Op.XOR}
COMMUTATIVE |= {Op.UADD_CHECKED, Op.UMUL_CHECKED}
COMMUTATIVE |= {Op.INT_EQ, Op.INT_NE, Op.BOTH, Op.EITHER, Op.DIFFER}
SEQUENCES = (list, tuple)
BUFFERS = ("bytes", "bytearray", "array", "memoryview", "ndarray")
"""The names of types of buffers."""

Key = tuple[object, ...]


def common_subexpressions(function: Function, dominators: Dominators) -> None:
    """One walk down the dominator tree."""
    walker = Walker(dominators)
    for block in dominators.preorder():
        walker.block(block)
    substitute_exits(function, walker.replacements)


class Walker:
    """Walks one function. `ends[b]` holds what is known at the end of block b: for ever, until the
    next store, and until some list grows."""

    def __init__(self, dominators: Dominators) -> None:
        self.dominators = dominators
        self.replacements = Replacements()
        self.made_by: dict[int, Operation] = {}
        self.ends: dict[int, tuple[dict[Key, Value], ...]] = {}
        ops = {operation.op for block in dominators.order for operation in block.operations}
        self.any_growing = bool(ops & GROWING)
        self.any_put = Op.PUT_FIELD in ops
        self.any_store = self.any_growing or bool(ops & (STORES | POKES))

    def block(self, block: Block) -> None:
        """Remove what is known already."""
        known, loaded, sizes = self.before(block)
        lasting = sizes if self.any_growing else known
        kept = []
        for operation in block.operations:
            op, result = operation.op, operation.result
            if operation.args:
                operation.args = self.replacements.all(operation.args)
            if result is not None:
                table = known if op in COMMONED else loaded if op in LOADS else None
                if op in SIZES:
                    table = lasting
                if table is not None:
                    key = key_of(operation)
                    found = lasting.get(key) or table.get(key)
                    if found is not None:
                        self.replacements.replace(result, found)
                        continue
                    table[key] = result
                self.made_by[result.number] = operation
            elif op in STORES:
                loaded.clear()
            elif op in POKES:
                for key in [key for key in loaded if key[0] in PEEKS]:
                    del loaded[key]
            elif op in GROWING:
                loaded.clear()
                sizes.clear()
            elif op is Op.GUARD:
                self.keep_reference(operation, known, lasting)
            kept.append(operation)
        block.operations = kept
        self.ends[block.number] = known, loaded, sizes
        self.terminator(block)

    def terminator(self, block: Block) -> None:
        """Use the replacements in the block's end."""
        if isinstance(block.terminator, Branch):
            block.terminator.condition = self.replacements.find(block.terminator.condition)
        for jump in block.successors():
            jump.args = self.replacements.all(jump.args)

    def before(self, block: Block) -> tuple[dict[Key, Value], ...]:
        """What is known at the start of a block."""
        parent = self.dominators.parents.get(block.number)
        if parent is None:
            return {}, {}, {}
        known, loaded, sizes = self.ends[parent.number]
        if self.any_store and self.dominators.predecessors[block.number] != [parent]:
            loaded = {}
            sizes = {} if self.any_growing else sizes
        return dict(known), dict(loaded), dict(sizes)

    def keep_reference(
        self, guard: Operation, known: dict[Key, Value], lasting: dict[Key, Value]
    ) -> None:
        """What holds a list, a tuple or an instance is read once."""
        test = self.made_by.get(guard.args[0].number)
        if test is not None and is_reference_test(test):
            read = self.made_by.get(test.args[0].number)
            if read is not None and read.op in SLOTS:
                assert read.result is not None
                table = lasting if read.op is Op.ITEM or self.any_put else known
                table[key_of(read)] = read.result


def is_reference_test(test: Operation) -> bool:
    """Whether a test is that of an object that is no number: nothing is stored in its place."""
    if test.op is Op.IS_TYPE:
        return test.attr in SEQUENCES or test.attr.__name__ in BUFFERS
    return test.op is Op.IS_INSTANCE


def key_of(operation: Operation) -> Key:
    """Equal for operations with equal results."""
    numbers = [argument.number for argument in operation.args]
    if operation.op in COMMUTATIVE:
        numbers.sort()
    return (operation.op, operation.attr, *numbers)
