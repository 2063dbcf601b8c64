"""Whether a region is likely to pay for its machine code, told from its IR.

In: the IR of a region. Out: how much time its loop has to have taken before LLVM is asked for code.
A region with few exits to what is not compiled is worth it at once. One with many may leave native
code in each round, and nobody knows before it has run: it waits until the code costs little,
measured by what the loop has taken so far.
"""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Branch, Leave
from ..ir.ops import OWNED, OWNING
from ..irbuild.iterators import sequence_of
from .loops import FASTER, GAIN, ORDINARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ..ir.graph import Block, Function, Operation
    from ..irbuild import BuiltRegion
    from .loops import HotLoop

BASE = 0.01
"""Seconds that code costs at least: some of LLVM's, and of the runtime's tables."""

PER_OPERATION = 1.2e-4
"""Seconds that code costs for each operation."""

PER_KIND = {
    "DICT": 27e-4,
    "SET": 27e-4,
    "TUPLE": 30e-4,
    "NEW": 30e-4,
    "LIST": 30e-4,
    "STR": 5e-4,
    "TEXT": 5e-4,
    "CHARACTER": 5e-4,
}
"""The same for those that look up, make or change such objects and may leave, by the beginnings of
their names."""

ENDING = 0.015
"""What the code costs with which a region ends objects."""

HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE."""

FREE = 0.08
"""Seconds that code may cost at once, if its rounds stay in it: a loop that was seen twice is
likely to go on. It has to take what the code costs beyond that."""

DOUBT = 2
"""How many times the cost of its code a loop must have taken if its rounds may leave: see
`seconds_to_wait`."""

SMALL = 0.1
"""The share of the rounds up to which leaving costs little."""

HOST_CALLS = ("STR_", "TEXT_CALL", "FORMAT_", "CHARACTER_TEXT", "STRIDE")
"""Operations in which the host makes strings, by the beginnings of their names, unless they only
look."""

NATIVE, SAVED = 0.3e-9, 1.4e-9
"""Seconds that another operation takes, and that it saves."""

NATIVE_CALL, SAVED_CALL = 35e-9, 5e-9
"""The same for HOST_CALLS."""

STAY = 0.85
"""The share of the times that a loop goes on."""

RARE = 0.15
"""The share of the times that a way of RARELY is taken, where there is another."""

RARELY = ("a call of", "RAISE")
"""What reports, or raises an error, is seldom reached: beginnings of the reasons for exits."""


MIXED = 0.75
"""The share of the rounds that are expected to leave if the items are of several classes."""

SEQUENCES: dict[type, Any] = {type(iter([])): list, type(iter(())): tuple}

LOOKED_AT = 16
"""Items whose classes are looked at."""


def are_mixed(iterator: Any) -> bool:
    """Whether the items of a loop are instances of several classes of the program, as far as one
    can see without taking any."""
    kind = SEQUENCES.get(type(iterator))
    items = None if kind is None else sequence_of(iterator)[0]
    if kind is None or not isinstance(items, kind):  # one that has ended has none
        return False
    size = kind.__len__(items)
    # An instance of a subclass may have methods of its own: they are not called.
    numbers = {size * part // LOOKED_AT for part in range(LOOKED_AT if size else 0)}
    found = {type(kind.__getitem__(items, number)) for number in numbers}
    return len(found) > 1 and all(each.__flags__ & HEAP_TYPE for each in found)


def seconds_to_wait(built: BuiltRegion, is_mixed: bool = False, free: float = FREE) -> float:
    """The time that a loop must have taken before its region is compiled; `is_mixed`: see
    `are_mixed`; `free`: see FREE, and `seconds_free`."""
    function = built.function
    share = share_of_rounds(built, is_mixed)
    cost = seconds_of_compilation(function)
    if share < SMALL:
        return max(0.0, cost - free)
    # With a share of 0.1 that is 3 times what the code costs, with 0.5 16 times, with 0.9 2000.
    return DOUBT * cost / max(0.01, 1 - share) ** 3


def seconds_free(loops: Iterable[HotLoop], busy: float = 1.0) -> float:
    """What code may cost at once in a process where these loops were worked on: FREE, or less if
    that was in vain so far; less than nothing is what other loops have to earn as well. `busy`: see
    `HotLoop.is_entered_in_vain`."""
    effort = saved = 0.0
    for loop in loops:
        effort += loop.effort
        saved += (loop.gain if loop.gain < FASTER else GAIN) * loop.totals().seconds
    return min(FREE, FREE + busy * saved - effort)


def stays(built: BuiltRegion, is_mixed: bool = False) -> bool:
    """Whether most rounds of a loop are expected to stay in native code."""
    return share_of_rounds(built, is_mixed) < SMALL


def share_of_rounds(built: BuiltRegion, is_mixed: bool) -> float:
    """The share of the rounds that are expected to leave, or of the calls of a body."""
    functions = (built.function, *built.function.bodies.values())
    share = max(share_of_leaving(each) for each in functions)
    return max(share, MIXED) if is_mixed else share


def seconds_of_compilation(function: Function) -> float:
    """What LLVM will take for a region and its bodies, about: within a third, as a rule."""
    cost = ENDING if owns(function) else 0.0
    for operation in operations_of(function):
        cost += PER_OPERATION
        if operation.op.checked:
            cost += PER_KIND.get(operation.op.name.partition("_")[0], 0.0)
    return BASE + cost


def gain_of(function: Function) -> float:
    """How many seconds in tier 1 a second in a region's native code saves, at least: strings that
    the host makes take as long here as there."""
    calls = others = 0
    for operation in operations_of(function):
        if operation.op in OWNED and operation.op.name.startswith(HOST_CALLS):
            calls += 1
        else:
            others += 1
    saved = SAVED * others + SAVED_CALL * calls
    taken = NATIVE * others + NATIVE_CALL * calls
    return min(FASTER, saved / taken) if taken else FASTER


def owns(function: Function) -> bool:
    """Whether a region makes objects that it has to end."""
    return any(operation.op in OWNING for operation in operations_of(function))


def operations_of(function: Function) -> Iterator[Operation]:
    """All operations of a region and its bodies."""
    for each in (function, *function.bodies.values()):
        for block in each.blocks:
            yield from block.operations


def share_of_leaving(function: Function) -> float:
    """The share of the rounds, or of the calls of a body, that are expected to end where something
    is not compiled. Rounds that end the loop do not count."""
    if not any(leaves_for(block) not in ORDINARY for block in function.blocks):
        return 0.0
    dominators = Dominators(function)
    loops, lost = loops_around(dominators), lost_blocks(dominators)
    weights = dict.fromkeys((block.number for block in dominators.order), 0.0)
    weights[dominators.order[0].number] = 1.0
    left = gone_on = 0.0
    for block in dominators.order:
        weight = weights[block.number]
        reason = leaves_for(block)
        if reason not in ORDINARY:
            left += weight
        elif reason == "return":
            gone_on += weight
        for target, share in shares_of(block, loops, lost):
            if dominators.dominates(target, block):
                gone_on += weight * share  # an inner loop's round, too: it does not count twice
            else:
                weights[target.number] += weight * share
    return left / (left + gone_on) if left else 0.0


def leaves_for(block: Block) -> str:
    """Why a block leaves the region, if it does; else an ordinary reason."""
    terminator = block.terminator
    return terminator.exit.exit.reason if isinstance(terminator, Leave) else "guard"


def loops_around(dominators: Dominators) -> dict[int, set[int]]:
    """The blocks of the innermost loop around each block that is in one, by their numbers."""
    loops: dict[int, set[int]] = {}
    for block in dominators.order:
        for jump in block.successors():
            if dominators.dominates(jump.target, block):
                loop = loops.setdefault(jump.target.number, {jump.target.number})
                work = [block]
                while work:
                    member = work.pop()
                    if member.number not in loop:
                        loop.add(member.number)
                        work += dominators.predecessors[member.number]
    around: dict[int, set[int]] = {}
    for loop in sorted(loops.values(), key=len, reverse=True):
        around.update(dict.fromkeys(loop, loop))
    return around


def lost_blocks(dominators: Dominators) -> set[int]:
    """The numbers of the blocks from which all ways lead to where something is not compiled."""
    lost: set[int] = set()
    for block in reversed(dominators.order):
        targets = [jump.target.number for jump in block.successors()]
        if leaves_for(block) not in ORDINARY or (targets and lost.issuperset(targets)):
            lost.add(block.number)
    return lost


def shares_of(
    block: Block, loops: dict[int, set[int]], lost: set[int]
) -> list[tuple[Block, float]]:
    """The blocks that follow a block, and how often each is expected to."""
    targets = [jump.target for jump in block.successors()]
    if not isinstance(block.terminator, Branch):
        return [(target, 1.0) for target in targets]
    rare = [leaves_for(target).startswith(RARELY) for target in targets]
    stays = [target.number in loops.get(block.number, ()) for target in targets]
    first = 0.5
    if rare[0] != rare[1]:
        first = RARE if rare[0] else 1 - RARE
    elif stays[0] != stays[1] and lost.isdisjoint(target.number for target in targets):
        first = STAY if stays[0] else 1 - STAY
    return [(targets[0], first), (targets[1], 1 - first)]
