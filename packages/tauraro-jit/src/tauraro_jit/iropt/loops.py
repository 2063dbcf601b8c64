"""The natural loops of a function, and a way to leave right before each.

A loop's header dominates its blocks; its latches jump back to the header; its preheader is the one
block that enters it, by a jump. Where there is no such block it is made. That also gives two loops
that share a header (where the outer one begins with the inner) a header each:

    b1:                                  b1:
        branch %1 b2 b3(%2)                  branch %1 b2 b4(%2)
    b2:                                  b2:
        jump b3(%3)                 ->       jump b4(%3)
    b3(%4:i64):                          b4(%5:i64):
        ...                                  jump b3(%5)
        jump b3(%6)                      b3(%4:i64):
                                             ...
                                             jump b3(%6)
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


def headers(dominators: Dominators) -> dict[int, tuple[Block, list[Block]]]:
    """The header and the latches of each loop, by the header's number."""
    found: dict[int, tuple[Block, list[Block]]] = {}
    for block in dominators.order:
        for jump in block.successors():
            if dominators.dominates(jump.target, block):
                found.setdefault(jump.target.number, (jump.target, []))[1].append(block)
    return found


def insert_preheaders(function: Function, dominators: Dominators) -> bool:
    """Give each loop a preheader. Whether a block was made: then `dominators` is out of date."""
    made = False
    for header, latches in headers(dominators).values():
        latches = innermost(dominators, header, latches)
        outside = [b for b in dominators.predecessors[header.number] if b not in latches]
        if len(outside) == 1 and isinstance(outside[0].terminator, Jump):
            continue
        params = tuple([function.value(param.type) for param in header.params])
        preheader = function.block(params)
        preheader.terminator = Jump(header, params)
        for block in outside:
            for jump in block.successors():
                if jump.target is header:
                    jump.target = preheader
        made = True
    return made


def innermost(dominators: Dominators, header: Block, latches: list[Block]) -> list[Block]:
    """The latches that belong to the innermost loop of a header: those that, when the interpreter
    asks, leave to the same loop of the program."""
    loops: dict[int | None, list[Block]] = {}
    for latch in latches:
        point = asked_exit(latch, header)
        loops.setdefault(None if point is None else point.exit.pc, []).append(latch)
    if len(loops) == 1:
        return latches
    sizes = {}
    for pc, found in loops.items():
        numbers = {header.number}
        for latch in found:
            reach_backwards(dominators, latch, numbers)
        sizes[pc] = len(numbers)
    return min(loops.items(), key=lambda loop: sizes[loop[0]])[1]


def asked_exit(latch: Block, header: Block) -> ExitPoint | None:
    """The exit that a latch takes instead of the back-edge when the interpreter asks."""
    branch = latch.terminator
    if not isinstance(branch, Branch) or branch.otherwise.target is not header:
        return None
    leave = branch.then.target.terminator
    asked = any(o.op is Op.POLL and o.result is branch.condition for o in latch.operations)
    return leave.exit if asked and isinstance(leave, Leave) else None


def find_loops(dominators: Dominators) -> list[Loop]:
    """All loops that have a preheader, inner ones first."""
    found = headers(dominators)
    preorder = list(dominators.preorder()) if found else []
    loops = []
    for header, latches in found.values():
        numbers = {header.number}
        for latch in latches:
            reach_backwards(dominators, latch, numbers)
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
        point = asked_exit(latch, loop.header)
        if point is None:
            continue
        back = next(jump for jump in latch.successors() if jump.target is loop.header)
        passed = zip(back.args, loop.entry.args, strict=True)
        before = {after.number: first for after, first in passed}
        stores: list[tuple[int, Value]] = []
        for slot, value in point.stores:
            found = before.get(value.number)
            if found is None:
                if value.number in loop.inside:
                    return None
                found = value
            stores.append((slot, found))
        reason = replace(point.exit, reason="guard before the loop")
        made = ExitPoint(len(function.exits), reason, tuple(stores))
        function.exits.append(made)
        return made
    return None
