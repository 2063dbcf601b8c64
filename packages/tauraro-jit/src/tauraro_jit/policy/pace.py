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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORT = 8
"""Rounds, or items, that are so few that a loop is hardly worth entering native code for."""

ENOUGH = 32
"""Rounds that tell."""

FIRST_LONG = 0.002
"""Seconds until the first round comes that are long: what switches the loop to being watched takes
some of them."""

LONG = 3e-5
"""Seconds between two rounds that are long: watching takes some of them."""

SIZED = frozenset(
    [
        type(iter(range(0))),
        type(iter([])),
        type(iter(())),
        type(iter("a")),
        type(iter("\xe4")),
        type(iter({})),
        type(iter({}.values())),
        type(iter({}.items())),
        type(iter(set())),
        type(reversed([])),
    ]
)
"""Types of iterators that know how many items are left."""


def has_few_items(iterator: Any, few: int = SHORT) -> bool:
    """Whether at most so many items are left in the iterator of a loop, as far as its type tells
    without asking the program."""
    if type(iterator) in (enumerate, zip):
        parts = [part for part in iterator.__reduce__()[1] if type(part) is not int]
        return any(has_few_items(part, few) for part in parts)
    return type(iterator) in SIZED and operator.length_hint(iterator) <= few


class Pace:
    """The rounds of one loop since it is watched. `waited`: the seconds that the first one took to
    come, if they were measured elsewhere."""

    __slots__ = ("_calls", "_last", "_rounds", "waited")

    def __init__(self) -> None:
        self.waited: float | None = None
        self._calls = self._rounds = 0
        self._last = time.process_time()

    def is_short(self, iterator: object | None, is_new_call: bool) -> bool | None:
        """One more round begins; `iterator` is None for `while`. None: the next one will tell."""
        now = time.process_time()
        passed = now - self._last if self.waited is None else self.waited
        limit = LONG if self._rounds else FIRST_LONG
        self.waited = None
        self._rounds += 1
        self._calls += is_new_call
        if passed > limit:
            return False
        if iterator is None and self._rounds > SHORT * (self._calls + 1):
            return False
        if iterator is not None and not has_few_items(iterator):
            return False
        self._last = time.process_time()
        return True if self._rounds >= ENOUGH else None
