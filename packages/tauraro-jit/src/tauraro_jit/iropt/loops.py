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

from ..ir.dominance import Dominators
from ..ir.graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from ..ir.ops import Op


class Loop:
    """`blocks` stand in the order of the dominator tree, the header first; `entry` is the
    preheader's jump. `inside` holds the numbers of all values that are defined in the loop."""

    __slots__ = ("blocks", "entry", "header", "inside", "latches", "preheader")

    def __init__(
        self,
        header: Block,
        blocks: list[Block],
        latches: list[Block],
        preheader: Block,
        entry: Jump,
        inside: set[int],
    ) -> None:
        self.header = header
        self.blocks = blocks
        self.latches = latches
        self.preheader = preheader
        self.entry = entry
        self.inside = inside

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


class Loops:
    """All loops of a function that have a preheader, inner ones first, and what passes on loops
    look at: `made_by` maps values to the operations that make them."""

    def __init__(self, dominators: Dominators) -> None:
        self.dominators = dominators
        self.found: list[Loop] = []
        self.made_by: dict[int, Operation] = {}
        loops = headers(dominators)
        if not loops:
            return
        preorder = list(dominators.preorder())
        for block in preorder:
            for operation in block.operations:
                if operation.result is not None:
                    self.made_by[operation.result.number] = operation
        for header, latches in loops.values():
            self._find(header, latches, preorder)
        self.found.sort(key=lambda loop: len(loop.blocks))

    def _find(self, header: Block, latches: list[Block], preorder: list[Block]) -> None:
        """Add the loop of a header."""
        numbers = {header.number}
        for latch in latches:
            reach_backwards(self.dominators, latch, numbers)
        before = self.dominators.predecessors[header.number]
        outside = [block for block in before if block.number not in numbers]
        if len(outside) != 1 or not isinstance(outside[0].terminator, Jump):
            return
        blocks = [block for block in preorder if block.number in numbers]
        inside = {value.number for block in blocks for value in block.params}
        inside |= {o.result.number for b in blocks for o in b.operations if o.result is not None}
        entry = outside[0].terminator
        self.found.append(Loop(header, blocks, latches, outside[0], entry, inside))


def reach_backwards(dominators: Dominators, latch: Block, numbers: set[int]) -> None:
    """Add the blocks from which the latch is reached without the header."""
    work = [latch]
    while work:
        block = work.pop()
        if block.number not in numbers:
            numbers.add(block.number)
            work += dominators.predecessors[block.number]


class ExitBefore:
    """A way out at the end of a loop's preheader: to the head of the loop, with its iterator as it
    is before the first item.

    It is made from the exit that a latch takes when the interpreter asks: that one goes to the
    loop's head too, with what the latch passes on to the header. The function gets it when it is
    taken for the first time.
    """

    def __init__(self, function: Function, loop: Loop) -> None:
        self.function, self.loop = function, loop
        self._point: ExitPoint | None = None
        self._sought = False
        self._taken = False

    def exists(self) -> bool:
        """Whether there is such an exit: a latch has one, and all variables of it are known."""
        if not self._sought:
            self._sought = True
            for latch in self.loop.latches:
                point = asked_exit(latch, self.loop.header)
                if point is not None:
                    self._point = self._moved(latch, point)
                    break
        return self._point is not None

    def take(self) -> ExitPoint:
        """The exit, which must exist."""
        assert self._point is not None
        if not self._taken:
            self._taken = True
            self._point.number = len(self.function.exits)
            self.function.exits.append(self._point)
        return self._point

    def _moved(self, latch: Block, point: ExitPoint) -> ExitPoint | None:
        """A latch's exit with the values of the preheader."""
        header = self.loop.header
        back = next(jump for jump in latch.successors() if jump.target is header)
        passed = zip(back.args, self.loop.entry.args, strict=True)
        before = {after.number: first for after, first in passed}
        stores: list[tuple[int, Value]] = []
        for slot, value in point.stores:
            found = before.get(value.number)
            if found is None:
                if value.number in self.loop.inside:
                    return None
                found = value
            stores.append((slot, found))
        return ExitPoint(-1, point.exit._replace(reason="guard before the loop"), tuple(stores))
