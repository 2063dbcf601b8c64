"""Where the time of a program goes, by samples: for `--stats` and `why`.

In: the lines that the threads are at, at each look, and the seconds spent in native code so far.
Out: seconds by line. The time between two looks, less what native code took of it, belongs to the
lines that are seen at the second, in equal parts: those of threads that wait, too.
"""

from __future__ import annotations

import time
from types import CodeType

from tauraro_vm.tier.sampler import FIRST


class Line:
    """A line outside of native code, and the seconds that were spent there."""

    def __init__(self, code: CodeType, number: int) -> None:
        self.code = code
        self.number = number
        self.seconds = 0.0


class Profile:
    """The lines seen so far."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._begin = self._last - FIRST
        self._native = 0.0
        self._lines: dict[tuple[int, int], Line] = {}

    @property
    def seconds(self) -> float:
        """How long the program has been looked at."""
        return time.perf_counter() - self._begin

    @property
    def lines(self) -> list[Line]:
        """All lines seen outside of native code."""
        return list(self._lines.values())

    def seen(self, places: list[tuple[CodeType, int]], native: float) -> None:
        """The threads are at these lines of these code objects; `native` seconds were spent in
        native code so far. Where nothing is seen the time is nobody's."""
        now = time.perf_counter()
        elapsed = max(0.0, now - self._last - (native - self._native))
        self._last, self._native = now, native
        for code, number in places:
            line = self._lines.get((id(code), number))
            if line is None:
                line = self._lines[id(code), number] = Line(code, number)
            line.seconds += elapsed / len(places)
