"""What native code of functions keeps in memory between calls: how often it failed, and where it is
switched off. Belongs to the region's code, which changes it with the interpreter's lock held.
"""

from __future__ import annotations

import ctypes


class Control:
    """The words, by name:

    skip: entries to be skipped; failures: how often in a row it failed; asked: how often it was
    left because the interpreter was asked for; skipped: how many entries were; switch: the address
    of the byte that has the function entered, or 0; cold: the byte's value while it is not; off:
    whether the function has switched itself off.

    Of loops: interrupted: how often a call that takes long was given up because the interpreter was
    asked for; seen: how often it was when the loop was entered the last time; tries: how often in a
    row, with no such call that was finished in between.
    """

    OF_FUNCTIONS = ("skip", "failures", "asked", "skipped", "switch", "cold", "off")
    WORDS = (*OF_FUNCTIONS, "interrupted", "seen", "tries")

    PATIENCE = 6
    """Failures in a row before it is switched off."""

    LONGEST = 10
    """A loop whose calls are interrupted skips 2**LONGEST entries at most, and tries again."""

    __slots__ = ("_words", "recursion_remaining")

    def __init__(self, recursion_remaining: int) -> None:
        """`recursion_remaining` is the offset in thread states of the number of calls that the
        interpreter still allows."""
        self._words = (ctypes.c_int64 * len(self.WORDS))()
        self.recursion_remaining = recursion_remaining

    def place(self, name: str) -> int:
        """The address of a word."""
        return ctypes.addressof(self._words) + 8 * self.WORDS.index(name)

    def get(self, name: str) -> int:
        """What a word says."""
        return self._words[self.WORDS.index(name)]

    def set(self, name: str, value: int) -> None:
        """Change a word."""
        self._words[self.WORDS.index(name)] = value

    @property
    def excused(self) -> int:
        """How often the region was left for reasons that say nothing against it."""
        return self.get("asked") + self.get("skipped")
