"""Removes block parameters that always get the same value.

A block has a parameter for each variable, changed or not. A variable that a loop does not change
goes round as a parameter of all its blocks:

    jump b1(%1, %2)                             jump b1(%2)
    b1(%3:i64, %4:i64):                         b1(%4:i64):
        %5:i64 = add_checked %4, %3 else x0 ->      %5:i64 = add_checked %4, %1 else x0
        jump b1(%3, %5)                             jump b1(%5)

The analysis is optimistic: a parameter is taken for a copy until two different values meet in it,
so copies that feed each other around a loop are found too.
"""

from __future__ import annotations

from ..ir.dominance import reverse_postorder
from ..ir.graph import Function, Jump, Value
from .replacement import Replacements, substitute


def propagate_parameters(function: Function) -> bool:
    """Whether a parameter was removed."""
    order = reverse_postorder(function)
    incoming: dict[int, list[Jump]] = {block.number: [] for block in order}
    for block in order:
        for jump in block.successors():
            incoming[jump.target.number].append(jump)
    copies = Copies([(b.params, incoming[b.number]) for b in order if b.params])
    copies.find()
    replacements = Replacements()
    for block in order:
        kept = [i for i, p in enumerate(block.params) if copies.links[p.number] is p]
        if len(kept) == len(block.params):
            continue
        for param in block.params:
            found = copies.links[param.number]
            if found is not None and found is not param:
                replacements.replace(param, found)
        block.params = tuple([block.params[i] for i in kept])
        for jump in incoming[block.number]:
            jump.args = tuple([jump.args[i] for i in kept])
    substitute(function, replacements)
    return bool(replacements)


class Copies:
    """Finds what each parameter is a copy of: `links` maps it to a value that it is equal to, to
    itself if there is none, to None as long as nothing is known."""

    def __init__(self, blocks: list[tuple[tuple[Value, ...], list[Jump]]]) -> None:
        self.blocks = blocks
        self.links: dict[int, Value | None] = {p.number: None for ps, _ in blocks for p in ps}

    def find(self) -> None:
        """Link until nothing changes. A link is cut when two values meet, and never made again; a
        link to a parameter that is cut later then ends there."""
        links = self.links
        changed = True
        while changed:
            changed = False
            for params, jumps in self.blocks:
                for position, param in enumerate(params):
                    before = links[param.number]
                    if before is not param:
                        link = self.meet(param, [jump.args[position] for jump in jumps])
                        if link is not None and (before is None or link is param):
                            links[param.number] = link
                            changed = True

    def meet(self, param: Value, arguments: list[Value]) -> Value | None:
        """One of the arguments if all are equal, else the parameter."""
        found: Value | None = None
        chosen: Value | None = None
        for argument in arguments:
            root = self.root(argument, param)
            if root is None or root is param or root is found:
                continue
            if found is not None:
                return param
            found, chosen = root, argument
        return chosen

    def root(self, value: Value, stop: Value) -> Value | None:
        """The end of a chain of links, or `stop` if that lies on it."""
        while value is not stop:
            link = self.links.get(value.number, value)
            if link is value or link is None:
                return link
            value = link
        return stop
