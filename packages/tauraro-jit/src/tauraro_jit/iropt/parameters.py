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
    copies = find_copies([(b.params, incoming[b.number]) for b in order if b.params])
    replacements = Replacements()
    for block in order:
        kept = [i for i, p in enumerate(block.params) if copies[p.number] is p]
        if len(kept) == len(block.params):
            continue
        for param in block.params:
            found = copies[param.number]
            if found is not None and found is not param:
                replacements.replace(param, found)
        block.params = tuple([block.params[i] for i in kept])
        for jump in incoming[block.number]:
            jump.args = tuple([jump.args[i] for i in kept])
    substitute(function, replacements)
    return bool(replacements)


def find_copies(blocks: list[tuple[tuple[Value, ...], list[Jump]]]) -> dict[int, Value | None]:
    """For each parameter the value that it is a copy of, itself if it is none."""
    copies: dict[int, Value | None] = {p.number: None for params, _ in blocks for p in params}
    changed = True
    while changed:
        changed = False
        for params, jumps in blocks:
            for position, param in enumerate(params):
                before = copies[param.number]
                if before is param:
                    continue
                found: Value | None = None
                for jump in jumps:
                    argument = jump.args[position]
                    value = copies.get(argument.number, argument)
                    if value is None or value is found:
                        continue
                    if found is not None:
                        found = param
                        break
                    found = value
                if found is not before:
                    copies[param.number] = found
                    changed = True
    return copies
