"""The dominator tree of a function (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm).

In: blocks with terminators. Out: the blocks in reverse postorder, which blocks are reached at all,
and which dominates which. It describes the function as it was when the object was made.
"""

from __future__ import annotations

from collections.abc import Iterator

from .graph import Block, Function


class Dominators:
    """`order` holds the reached blocks in reverse postorder, `parents[b]` the immediate dominator
    of each but the entry, `predecessors[b]` the blocks that jump to b, all of them keyed by block
    number."""

    def __init__(self, function: Function) -> None:
        self.order = reverse_postorder(function)
        position = {block.number: index for index, block in enumerate(self.order)}
        self.predecessors: dict[int, list[Block]] = {block.number: [] for block in self.order}
        for block in self.order:
            for jump in block.successors():
                self.predecessors[jump.target.number].append(block)
        self.parents: dict[int, Block] = {}
        entry = self.order[0]
        changed = True
        while changed:
            changed = False
            for block in self.order[1:]:
                found: Block | None = None
                for before in self.predecessors[block.number]:
                    if before is not entry and before.number not in self.parents:
                        continue
                    found = before if found is None else self._meet(position, found, before)
                assert found is not None
                if self.parents.get(block.number) is not found:
                    self.parents[block.number] = found
                    changed = True
        self._number()

    def _meet(self, position: dict[int, int], a: Block, b: Block) -> Block:
        """The nearest block that dominates both."""
        while a is not b:
            if position[a.number] > position[b.number]:
                a = self.parents[a.number]
            else:
                b = self.parents[b.number]
        return a

    def _number(self) -> None:
        """Intervals: a block dominates those whose first number lies in its interval."""
        self.children: dict[int, list[Block]] = {block.number: [] for block in self.order}
        for block in self.order[1:]:
            self.children[self.parents[block.number].number].append(block)
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        stack: list[tuple[Block, Iterator[Block]]] = []
        self._first[self.order[0].number] = 0
        stack.append((self.order[0], iter(self.children[self.order[0].number])))
        while stack:
            block, children = stack[-1]
            child = next(children, None)
            if child is None:
                self._last[block.number] = len(self._first) - 1
                stack.pop()
            else:
                self._first[child.number] = len(self._first)
                stack.append((child, iter(self.children[child.number])))

    def reached(self, block: Block) -> bool:
        """Whether the entry leads to the block."""
        return block.number in self._first

    def dominates(self, a: Block, b: Block) -> bool:
        """Whether each way from the entry to b leads through a (a block dominates itself)."""
        return self._first[a.number] <= self._first[b.number] <= self._last[a.number]

    def preorder(self) -> Iterator[Block]:
        """The reached blocks, each after its dominators."""
        return (block for block in sorted(self.order, key=lambda block: self._first[block.number]))


def reverse_postorder(function: Function) -> list[Block]:
    """The blocks that the entry leads to; each before its successors, back-edges aside."""
    entry = function.blocks[0]
    seen = {entry.number}
    out: list[Block] = []
    stack = [(entry, entry.successors())]
    while stack:
        block, successors = stack[-1]
        jump = next(successors, None)
        if jump is None:
            out.append(block)
            stack.pop()
        elif jump.target.number not in seen:
            seen.add(jump.target.number)
            stack.append((jump.target, jump.target.successors()))
    out.reverse()
    return out
