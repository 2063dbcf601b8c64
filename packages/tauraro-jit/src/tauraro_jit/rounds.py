"""Counts how often each operation is reached that can leave a region, and makes it leave.

In: a function of the IR. Out: the address of the numbers that its native code counts down; see
`emit_function`. Belongs to the region's code, which counts in its memory.
"""

from __future__ import annotations

import ctypes

from .ir.ops import Op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .ir.graph import Function

NEVER = 1 << 62
"""A number that never comes down to zero."""


class Countdowns:
    """`forces`: each operation leaves once, when it is reached first."""

    def __init__(self, function: Function, *, forces: bool) -> None:
        operations = list(function.leaving())
        self._size = len(operations)
        self._starts = [1 if forces else NEVER] * self._size
        self._forces = forces
        self._counts = (ctypes.c_int64 * self._size)(*self._starts)
        own = {id(operation) for block in function.blocks for operation in block.operations}
        self._rounds: dict[int, int] = {}
        for number, operation in enumerate(operations):
            asked = operation.result if operation.op is Op.POLL else None
            if asked is not None and id(operation) in own and asked.number in function.rounds:
                self._rounds[number] = function.rounds[asked.number]

    @property
    def address(self) -> int:
        """The address of the numbers."""
        return ctypes.addressof(self._counts)

    @property
    def forced(self) -> int:
        """How many operations were made to leave, whose first time that was."""
        if not self._forces:
            return 0
        return sum(start != 1 or count < 1 for start, count in self._both())

    # --- following the rounds of loops

    def begin(self, limit: int) -> None:
        """Count anew: each back-edge leaves when it is reached for the `limit`th time. What is
        still to leave once will do so."""
        for number, (start, count) in enumerate(list(self._both())):
            if start != 1 or count < 1:
                self._starts[number] = limit if number in self._rounds else NEVER
                self._counts[number] = self._starts[number]

    @property
    def has_ended(self) -> bool:
        """Whether a back-edge has left because of its limit."""
        return any(self._counts[number] < 1 for number in self._rounds)

    def rounds(self) -> dict[int, int]:
        """How often each loop has come round since `begin`, by its pc."""
        found: dict[int, int] = {}
        for number, pc in self._rounds.items():
            passed = self._starts[number] - self._counts[number]
            found[pc] = found.get(pc, 0) + passed
        return found

    def _both(self) -> zip[tuple[int, int]]:
        return zip(self._starts, self._counts, strict=True)
