"""What is known of the elements of lists: numbers that are replaced by numbers of their type are
not looked at again.

    %3:ptr = item %items, %1                     %3:ptr = item %items, %1
    %4:i1 = is_type[float] %3                    %4:i1 = is_type[float] %3
    guard %4 else x0                             guard %4 else x0
    %5:double = unbox_float %3                      %5:f64 = unbox_float %3
    store_float %items, %1, %6              ->   replace_float %items, %1, %6
    %7:ptr = item %items, %1                     %7:ptr = item %items, %1
    %8:i1 = is_type[float] %7
    guard %8 else x0
    %9:double = unbox_float %7                      %9:f64 = unbox_float %7

Two lists may be one, and two indexes the same: a float that is stored anywhere may take the place
of an int. So a store ends what was known of elements of other types.
"""

from __future__ import annotations

from ..ir.graph import Block, Function, Operation
from ..ir.ops import LONG, PARTS, PEEKS, POKES, Op
from ..ir.semantics import PURE
from .commoning import CHECKED, SLOTS, STABLE
from .hoisting import OPENED, UNBOXED

REPLACEMENTS = {Op.STORE_FLOAT: Op.REPLACE_FLOAT, Op.STORE_INT: Op.REPLACE_INT}
STORED: dict[Op, type] = {Op.STORE_FLOAT: float, Op.STORE_INT: int, Op.STORE_BOOL: bool}
HARMLESS = {*PURE, *CHECKED, *STABLE, *OPENED, *UNBOXED, Op.POLL, Op.CALL_FLOAT}
HARMLESS |= {Op.IS_BUFFER} | PARTS | PEEKS | POKES | LONG
"""Other operations that change no element."""

Place = tuple[int, int]
"""An element: the numbers of the item array and the index."""


def know_elements(function: Function) -> None:
    """Block by block."""
    for block in function.blocks:
        if any(operation.op in STORED for operation in block.operations):
            look_at(block)


def look_at(block: Block) -> None:
    """One block. `types` are those of elements, `items` the places that values were read from,
    `tests` the types that conditions test values for."""
    types: dict[Place, type] = {}
    items: dict[int, Place] = {}
    tests: dict[int, tuple[int, type]] = {}
    kept: list[Operation] = []
    for operation in block.operations:
        op, args, result = operation.op, operation.args, operation.result
        if op in SLOTS:
            assert result is not None
            items[result.number] = args[0].number, args[1].number
        elif op is Op.IS_TYPE:
            assert result is not None
            tests[result.number] = args[0].number, operation.attr
        elif op is Op.GUARD:
            value, kind = tests.get(args[0].number, (-1, object))
            place = items.get(value)
            if place is not None:
                if types.get(place) is kind:
                    continue
                types[place] = kind
        elif op in STORED:
            kind, place = STORED[op], (args[0].number, args[1].number)
            if types.get(place) is kind:
                operation.op = REPLACEMENTS.get(op, op)
            types = {other: known for other, known in types.items() if known is kind}
            types[place] = kind
            items.clear()
        elif op not in HARMLESS:
            types.clear()
            items.clear()
        kept.append(operation)
    block.operations = kept
