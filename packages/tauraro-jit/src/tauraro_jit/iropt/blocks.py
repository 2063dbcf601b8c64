"""Removes blocks that are never reached, and joins a block to its only predecessor.

b1:                          b1:
    %1:i64 = ...                 %1:i64 = ...
    jump b2(%1)          ->      %3:i64 = add %1, %1
b2(%2:i64):                      leave x0
    %3:i64 = add %2, %2
    leave x0
"""

from __future__ import annotations

from ..ir.dominance import reverse_postorder
from ..ir.graph import Function, Jump
from .replacement import Replacements, substitute


def join_blocks(function: Function) -> None:
    """Keep the reached blocks, joined and renumbered in reverse postorder."""
    order = reverse_postorder(function)
    entered: dict[int, int] = {}
    for block in order:
        for jump in block.successors():
            number = jump.target.number
            entered[number] = entered.get(number, 0) + 1
    replacements = Replacements()
    joined: set[int] = set()
    for block in order:
        if block.number in joined:
            continue
        while isinstance(block.terminator, Jump):
            jump = block.terminator
            target = jump.target
            if entered[target.number] != 1 or target is block:
                break
            for param, argument in zip(target.params, jump.args, strict=True):
                replacements.replace(param, argument)
            block.operations += target.operations
            block.terminator = target.terminator
            joined.add(target.number)
    function.blocks = [block for block in order if block.number not in joined]
    for number, block in enumerate(function.blocks):
        block.number = number
    substitute(function, replacements)
