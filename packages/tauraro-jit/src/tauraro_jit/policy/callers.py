"""Whether the loop around a call comes round so often that it should be compiled, with what it
calls, rather than the loops of what it calls.

    for _ in range(steps):        comes round every few microseconds: compiled
        advance(bodies)           its loops, by themselves, would be entered as often

Its rounds are counted for a moment, in watches that the loops call.
"""

from __future__ import annotations

import time

from .codes import OfCode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

    from .screening import Screen

LONG = 0.00025
"""Seconds of the thread that a round takes at least that is not often."""

ENOUGH = 0.001
"""Seconds after which that is told."""

MOST = 1000
"""Watched rounds of all loops after which it is told, too: each takes longer for it."""


class Caller(OfCode):
    """A loop around calls, at `line`. `screen` tells which loop an instruction is in. Times are
    those of the thread's processor."""

    __slots__ = ("_all", "_begin", "_count", "_loop", "_screen", "_watched", "line")

    def __init__(
        self, code: CodeType, loop: tuple[int, int] | None, line: int, screen: Screen
    ) -> None:
        super().__init__(code)
        self.line = line
        self._loop = loop
        self._screen = screen
        self._count = self._all = 0
        self._begin = self._watched = 0.0

    def comes_round(self, frame: FrameType, watched: float) -> bool:
        """One of the loops that are watched has come round: whether that is the caller, and it has
        come round often by now. `watched`: the seconds that watching has taken so far, which do
        not count."""
        if not self._begin:
            self._begin = time.thread_time() - watched
        self._watched = watched
        self._all += 1
        if not self.is_of(frame.f_code) or self._screen.loop_at(frame.f_lasti) != self._loop:
            return False
        self._count += 1
        elapsed = self._elapsed
        return elapsed >= ENOUGH and elapsed <= self._count * LONG

    def is_slow(self) -> bool:
        """Whether enough was seen to tell that the caller does not come round often."""
        elapsed = self._elapsed
        slow = elapsed >= ENOUGH and elapsed > (self._count + 1) * LONG  # one is not complete
        return slow or self._all >= MOST

    @property
    def _elapsed(self) -> float:
        return time.thread_time() - self._watched - self._begin

    def has_strange_values(self, frame: FrameType) -> bool:
        """Whether native code could not calculate with what its frame holds."""
        from .values import problem_of_frame

        return self._loop is not None and bool(problem_of_frame(frame, self._screen, self._loop))
