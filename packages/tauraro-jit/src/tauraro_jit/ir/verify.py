"""Checks that a function is well formed: one pass over all blocks.

In: a function. Out: nothing, or InvalidFunction with the place and the problem. What is checked:
numbering, definitions before uses (dominance), argument and result types against the operation
table, attributes, terminators and their arguments, exits and their slots.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..native.region import IteratorKind, IteratorState, Resume, SlotType
from .dominance import Dominators
from .graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from .ops import ATTRIBUTES, DICT_SETS, FRESH, GROWING, INVOKES, POKES, Op
from .types import F64, I1, I64, PTR, Type

SLOTS: dict[SlotType, tuple[Type | None, ...]] = {
    SlotType.INT: (I64,),
    SlotType.FLOAT: (F64,),
    SlotType.BOOL: (I1,),
    SlotType.NUMBER: (I64, None),
    SlotType.OBJECT: (PTR,),
    SlotType.WORD: (I64,),
    SlotType.CHAR: (I64,),
    SlotType.SCALAR: (None,),
}
"""What the slots of a value hold; None is a value of any type."""

LEAVES: dict[IteratorKind, tuple[Type | None, ...]] = {
    IteratorKind.RANGE: (I64, I64, I64),
    IteratorKind.LIST: (PTR, I64),
    IteratorKind.TUPLE: (PTR, I64),
    IteratorKind.REVERSED_LIST: (PTR, I64),
    IteratorKind.REVERSED_TUPLE: (PTR, I64),
    IteratorKind.STR: (PTR, I64),
    IteratorKind.BYTES: (PTR, I64),
    IteratorKind.BYTEARRAY: (PTR, I64),
    IteratorKind.ARRAY: (PTR, I64),
    IteratorKind.MEMORYVIEW: (PTR, I64),
    IteratorKind.NDARRAY: (PTR, I64),
    IteratorKind.DICT_KEYS: (PTR, I64, I64, I64),
    IteratorKind.DICT_VALUES: (PTR, I64, I64, I64),
    IteratorKind.DICT_ITEMS: (PTR, I64, I64, I64),
    IteratorKind.SET: (PTR, I64, I64, I64),
}
"""What the slots of iterators hold that go through no other."""
EXITS_ALLOWED = {Op.STORE_FLOAT, Op.STORE_INT, Op.STORE_BOOL, Op.CALL_FLOAT}
EXITS_ALLOWED |= {Op.REPLACE_FLOAT, Op.REPLACE_INT}
EXITS_ALLOWED |= GROWING | FRESH | DICT_SETS | POKES
"""Operations that may, but need not, have an exit."""


class InvalidFunction(Exception):
    """A function that is not well formed; the message names the place and the problem."""

    def __init__(self, place: object, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


def verify_function(function: Function, iterator: IteratorState | None = None) -> None:
    """Raise InvalidFunction unless the function is well formed. `iterator` is that of the region's
    own loop, whose slots each exit must fill."""
    Verifier(function, iterator).verify()


class Verifier:
    """Verifies one function. `definitions` maps each value's number to its block and position."""

    def __init__(self, function: Function, iterator: IteratorState | None) -> None:
        self.function = function
        self.iterator = iterator
        self.definitions: dict[int, tuple[Block, int]] = {}
        self.owners: dict[int, Value] = {}

    def verify(self) -> None:
        """All checks."""
        blocks = self.function.blocks
        for position, block in enumerate(blocks):
            require(block.number == position, block_name(block), f"stands at {position}")
            self.define(block, block.params, -1)
            for index, operation in enumerate(block.operations):
                if operation.result is not None:
                    self.define(block, (operation.result,), index)
            self.terminated(block)
        require(bool(blocks), "function", "has no block")
        require(not blocks[0].params, "b0", "the entry has parameters")
        for position, point in enumerate(self.function.exits):
            require(point.number == position, f"x{point.number}", f"stands at {position}")
            self.exit(point)
        self.dominators = Dominators(self.function)
        require(not self.dominators.predecessors[0], "b0", "a jump leads to the entry")
        for block in blocks:
            require(self.dominators.reached(block), block_name(block), "is never reached")
            for index, operation in enumerate(block.operations):
                self.operation(block, index, operation)
            self.terminator(block)

    def define(self, block: Block, values: Iterable[Value], position: int) -> None:
        """Note where values are defined: `position` is -1 for parameters."""
        for value in values:
            require(value.number not in self.definitions, value, "is defined twice")
            require(0 < value.number <= self.function._values, value, "has a number out of range")
            self.definitions[value.number] = block, position
            self.owners[value.number] = value

    def terminated(self, block: Block) -> None:
        """The block must end, in blocks of this function."""
        require(block.terminator is not None, block_name(block), "does not end")
        blocks = self.function.blocks
        for jump in block.successors():
            target = jump.target
            known = target.number < len(blocks) and blocks[target.number] is target
            require(known, block_name(block), f"jumps to a strange b{target.number}")

    # --- operations

    def operation(self, block: Block, index: int, operation: Operation) -> None:
        """Arity and types as the table says, arguments defined before, exit where one belongs."""
        op = operation.op
        place = f"{block_name(block)}, {op.text} (operation {index})"
        arguments = op.arguments
        if op in INVOKES:
            body = self.function.bodies.get(operation.attr)
            require(body is not None, place, f"no body {operation.attr}")
            arguments = () if body is None else body.parameters
        self.typed(place, operation.args, arguments)
        self.uses(place, block, index, operation.args)
        result = None if operation.result is None else operation.result.type
        require(result is op.result, place, f"gives {name(result)}, not {name(op.result)}")
        attribute = ATTRIBUTES.get(op, type(None))
        require(
            type(operation.attr) is attribute,
            place,
            f"the attribute is {operation.attr!r}, not {attribute.__name__}",
        )
        if operation.exit is None:
            require(not op.checked, place, "has no exit")
        else:
            require(op.checked or op in EXITS_ALLOWED, place, "cannot have an exit")
            self.leaves(place, block, index, operation.exit)

    def typed(self, place: str, values: tuple[Value, ...], types: tuple[Type, ...]) -> None:
        """Values must have these types."""
        found = tuple(value.type for value in values)
        expected = ", ".join(map(name, types))
        require(found == types, place, f"takes ({expected}), not ({', '.join(map(name, found))})")

    def uses(self, place: str, block: Block, index: int, values: Iterable[Value]) -> None:
        """Values must be defined on each way to operation `index` of the block."""
        for value in values:
            require(self.owners.get(value.number) is value, place, f"{value} is not defined")
            owner, position = self.definitions[value.number]
            if owner is block:
                require(position < index, place, f"{value} is used before it is defined")
            else:
                dominates = self.dominators.dominates(owner, block)
                require(dominates, place, f"{value} is not defined on every way here")

    def terminator(self, block: Block) -> None:
        """Targets with arguments for their parameters; a condition; an exit."""
        place = f"{block_name(block)}, end"
        end = len(block.operations)
        match block.terminator:
            case Jump() | None:
                pass
            case Branch(condition, _, _):
                self.typed(place, (condition,), (I1,))
                self.uses(place, block, end, (condition,))
            case Leave(point):
                self.leaves(place, block, end, point)
        for jump in block.successors():
            types = tuple(param.type for param in jump.target.params)
            self.typed(place, jump.args, types)
            self.uses(place, block, end, jump.args)

    # --- exits

    def leaves(self, place: str, block: Block, index: int, point: ExitPoint) -> None:
        """The exit is one of the function's, and what it stores is defined at its use."""
        exits = self.function.exits
        known = point.number < len(exits) and exits[point.number] is point
        require(known, place, f"a strange exit x{point.number}")
        self.uses(place, block, index, (value for _, value in point.stores))

    def exit(self, point: ExitPoint) -> None:
        """Each slot that the runtime reads is filled, once, with a value of the right type."""
        place = f"x{point.number}"
        filled: dict[int, Type] = {}
        for slot, value in point.stores:
            require(0 <= slot < self.function.slots, place, f"slot {slot} is out of range")
            require(slot not in filled, place, f"slot {slot} is filled twice")
            filled[slot] = value.type
        written = [(output.place, output.key) for output in point.exit.outputs]
        require(len(set(written)) == len(written), place, "a variable is written twice")
        if self.function.results and point.exit.resume is Resume.RETURN:
            require(filled.get(0) in self.function.results, place, "returns another type")
        for output in point.exit.outputs:
            self.filled(place, filled, output.slot, SLOTS[output.type])
        iterators = [loop.iterator for loop in point.exit.loops]
        for iterator in (self.iterator, *iterators):
            if iterator is not None:
                self.filled(place, filled, iterator.slot, iterator_types(iterator))

    def filled(
        self, place: str, slots: dict[int, Type], first: int, types: Iterable[Type | None]
    ) -> None:
        """Slots from `first` on hold values of these types."""
        for slot, type_ in enumerate(types, first):
            found = slots.get(slot)
            good = found is not None if type_ is None else found is type_
            require(good, place, f"slot {slot} holds {name(found)}, not {name(type_)}")


def iterator_types(iterator: IteratorState) -> tuple[Type | None, ...]:
    """What the slots of an iterator hold."""
    name = iterator.kind.name
    first = (I64,) if name.startswith("ENUMERATED_") else ()
    kind = IteratorKind[name.removeprefix("ENUMERATED_")]
    leaves = iterator.parts if kind is IteratorKind.ZIP else (kind,)
    return (*first, *(type_ for leaf in leaves for type_ in LEAVES[leaf]))


def require(condition: bool, place: object, problem: str) -> None:
    """Raise InvalidFunction unless the condition holds."""
    if not condition:
        raise InvalidFunction(place, problem)


def name(type_: Type | None) -> str:
    """A type in a message."""
    return "nothing" if type_ is None else type_.value


def block_name(block: Block) -> str:
    """A block in a message."""
    return f"b{block.number}"
