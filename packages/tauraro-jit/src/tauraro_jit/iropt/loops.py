"""The natural loops of a function, and a way to leave right before each.

A loop's header dominates its blocks; its latches jump back to the header; its preheader is the one
block that enters it, by a jump.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..ir.dominance import Dominators
from ..ir.graph import Block, Branch, ExitPoint, Function, Jump, Leave, Value
from ..ir.ops import Op


@dataclass(slots=True)
class Loop:
    """`blocks` stand in the order of the dominator tree, the header first; `entry` is the
    preheader's jump. `inside` holds the numbers of all values that are defined in the loop."""

    header: Block
    blocks: list[Block]
    latches: list[Block]
    preheader: Block
    entry: Jump
    inside: set[int]

    def back_edges(self) -> list[Jump]:
        """The jumps to the header from inside."""
        header = self.header
        return [j for latch in self.latches for j in latch.successors() if j.target is header]

    def each_round(self, dominators: Dominators) -> list[Block]:
        """The blocks that every full round executes."""
        return [b for b in self.blocks if all(dominators.dominates(b, x) for x in self.latches)]


def find_loops(dominators: Dominators) -> list[Loop]:
    """All loops that have a preheader, inner ones first."""
    found: dict[int, tuple[Block, set[int], list[Block]]] = {}
    for block in dominators.order:
        for jump in block.successors():
            header = jump.target
            if dominators.dominates(header, block):
                _, numbers, latches = found.setdefault(header.number, (header, {header.number}, []))
                latches.append(block)
                reach_backwards(dominators, block, numbers)
    preorder = list(dominators.preorder()) if found else []
    loops = []
    for header, numbers, latches in found.values():
        outside = [b for b in dominators.predecessors[header.number] if b.number not in numbers]
        if len(outside) != 1 or not isinstance(outside[0].terminator, Jump):
            continue
        blocks = [block for block in preorder if block.number in numbers]
        inside = {value.number for block in blocks for value in block.params}
        inside |= {o.result.number for b in blocks for o in b.operations if o.result is not None}
        loops.append(Loop(header, blocks, latches, outside[0], outside[0].terminator, inside))
    loops.sort(key=lambda loop: len(loop.blocks))
    return loops


def reach_backwards(dominators: Dominators, latch: Block, numbers: set[int]) -> None:
    """Add the blocks from which the latch is reached without the header."""
    work = [latch]
    while work:
        block = work.pop()
        if block.number not in numbers:
            numbers.add(block.number)
            work += dominators.predecessors[block.number]


def exit_before(function: Function, loop: Loop) -> ExitPoint | None:
    """A way out at the end of the loop's preheader: to the head of the loop, with its iterator as
    it is before the first item.

    It is made from the exit that a latch takes when the interpreter asks: that one goes to the
    loop's head too, with what the latch passes on to the header. It is a copy, so that it can be
    dropped if it is not used after all. None if the latch has no such exit, or if a variable of the
    exit does not go through the header.
    """
    for latch in loop.latches:
        branch = latch.terminator
        if not isinstance(branch, Branch) or branch.otherwise.target is not loop.header:
            continue
        leave = branch.then.target.terminator
        asked = any(o.op is Op.POLL and o.result is branch.condition for o in latch.operations)
        if not asked or not isinstance(leave, Leave) or branch.then.args:
            continue
        passed = zip(branch.otherwise.args, loop.entry.args, strict=True)
        before = {after.number: first for after, first in passed}
        stores: list[tuple[int, Value]] = []
        for slot, value in leave.exit.stores:
            found = before.get(value.number)
            if found is None:
                if value.number in loop.inside:
                    return None
                found = value
            stores.append((slot, found))
        found_exit = replace(leave.exit.exit, reason="guard before the loop")
        point = ExitPoint(len(function.exits), found_exit, tuple(stores))
        function.exits.append(point)
        return point
    return None
