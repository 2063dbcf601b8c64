"""Removes guards and branches whose outcome is known: a guard or branch on the way here has tested
the same condition.

    guard %1 else x0                     guard %1 else x0
    %2:i1 = not %1                       %2:i1 = not %1
    guard %1 else x1              ->     jump b3
    branch %2 b2 b3
"""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Block, Branch, Function, Leave, Operation, Value
from ..ir.ops import Op

Facts = dict[int, bool]
"""Conditions by number that are known to be true or false."""


def eliminate_guards(function: Function, dominators: Dominators) -> None:
    """One walk down the dominator tree. May leave blocks that are never reached."""
    made_by: dict[int, Operation] = {}
    ends: dict[int, Facts] = {}
    for block in dominators.preorder():
        parent = dominators.parents.get(block.number)
        facts = {} if parent is None else dict(ends[parent.number])
        if parent is not None and dominators.predecessors[block.number] == [parent]:
            enter_branch(parent, block, facts, made_by)
        kept = []
        for operation in block.operations:
            if operation.op is Op.GUARD:
                condition = operation.args[0]
                known = facts.get(condition.number)
                if known is True:
                    continue
                if known is False:
                    assert operation.exit is not None
                    block.terminator = Leave(operation.exit)
                    break
                learn(facts, condition, True, made_by)
            elif operation.result is not None:
                made_by[operation.result.number] = operation
            kept.append(operation)
        if len(kept) != len(block.operations):
            block.operations = kept
        ends[block.number] = facts
        terminator = block.terminator
        if isinstance(terminator, Branch):
            known = facts.get(terminator.condition.number)
            if known is not None:
                block.terminator = terminator.then if known else terminator.otherwise


def enter_branch(before: Block, block: Block, facts: Facts, made_by: dict[int, Operation]) -> None:
    """What the branch that leads to a block says."""
    branch = before.terminator
    if isinstance(branch, Branch) and branch.then.target is not branch.otherwise.target:
        learn(facts, branch.condition, branch.then.target is block, made_by)


def learn(facts: Facts, condition: Value, value: bool, made_by: dict[int, Operation]) -> None:
    """Note a condition, and what follows for those that it is made of."""
    if condition.number in facts:
        return
    facts[condition.number] = value
    operation = made_by.get(condition.number)
    if operation is None:
        return
    if operation.op is Op.NOT:
        learn(facts, operation.args[0], not value, made_by)
    elif operation.op is (Op.BOTH if value else Op.EITHER):
        for part in operation.args:
            learn(facts, part, value, made_by)
