"""Whether a loop is entered time and again for a few short rounds: then entering native code would
cost what it saves.

    def skip(text, i):
        while text[i] == " ":       comes round once or twice in each call
            i += 1

Told from the first rounds, on the program's thread: by how many items are left, by how often
another call's loop comes round, and by the time that passes. A loop whose rounds take long is not
kept waiting for one more of them.
"""

from __future__ import annotations

import operator
import time

from ..layout.iterators import SIZED, inner_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORT = 8
"""Rounds, or items, that are so few that a loop is hardly worth entering native code for."""

ENOUGH = 32
"""Rounds that tell."""

FIRST_LONG = 0.006
"""Seconds until the first round comes that are long: what switches the loop to being watched takes
some of them."""

LONG = 3e-5
"""Seconds that a round takes that is long."""

WORTH = 6e-6
"""Seconds from which on all rounds of an entry are worth it, with what watching takes of them: one
to two microseconds each."""


def items_left(iterator: Any) -> int | None:
    """How many items are left in the iterator of a loop, as far as its type tells without asking
    the program."""
    if type(iterator) in (enumerate, zip):
        known = [left for left in map(items_left, inner_of(iterator)) if left is not None]
        return min(known, default=None)
    return operator.length_hint(iterator) if type(iterator) in SIZED else None


def has_few_items(iterator: Any, few: int = SHORT) -> bool:
    """Whether at most so many items are left."""
    left = items_left(iterator)
    return left is not None and left <= few


class Pace:
    """The rounds of one loop since it is watched. `waited`: the seconds that the first one took to
    come, if they were measured elsewhere."""

    __slots__ = ("_body", "_entries", "_inside", "_left", "_rounds", "_start", "waited")

    def __init__(self) -> None:
        self.waited: float | None = None
        self._start = time.process_time()
        self._body = 0.0
        self._rounds = self._entries = self._inside = self._left = 0

    def is_short(self, iterator: object | None, is_new_call: bool, passed: float) -> bool | None:
        """One more round begins, so many seconds after the one before; `iterator` is None for
        `while`. None: the next round will tell."""
        left = items_left(iterator) or 0
        is_first = not self._rounds
        is_new = is_new_call if iterator is None else is_first or left >= self._left
        self._left = left
        self._rounds += 1
        self._entries += is_new
        if is_first:
            waited = time.process_time() - self._start if self.waited is None else self.waited
            if waited > FIRST_LONG:
                return False
        elif not is_new:
            self._body += passed
            self._inside += 1
            if passed > LONG:
                return False
        if iterator is None and self._rounds > SHORT * (self._entries + 1):
            return False
        if iterator is not None and not has_few_items(iterator):
            return False
        if self._rounds < ENOUGH:
            return None
        rounds = self._rounds / max(1, self._entries)
        return rounds * self._body < WORTH * max(1, self._inside)
