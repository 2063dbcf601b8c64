"""What tier 0 did: counters for the run's statistics, and a limit for runs that must end.

In: counts from `loop` and names from the shims. Out: the object `statistics`, and `limit(steps)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Statistics:
    """Counters of the whole process. Threads may lose a count: they are figures for people."""

    __slots__ = ("_ran", "instructions")

    def __init__(self) -> None:
        self.instructions = 0
        self._ran: dict[str, int] = {}  # strings, which programs that count objects do not see

    @property
    def code_objects(self) -> dict[tuple[str, str], int]:
        """How often a code object of that file and qualified name ran for the first time."""
        pairs = ((key.partition("\0"), count) for key, count in self._ran.items())
        return {(filename, name): count for (filename, _, name), count in pairs}

    def ran(self, filename: str, name: str) -> None:
        """Note that a code object ran for the first time (each copy of a module counts)."""
        key = f"{filename}\0{name}"
        self._ran[key] = self._ran.get(key, 0) + 1

    def reset(self) -> None:
        """Begin anew."""
        self.instructions = 0
        self._ran.clear()


statistics = Statistics()
"""Instructions executed in tier 0, and the code objects, by file and qualified name, that ran."""


class StepLimit(BaseException):
    """The limit set by `limit` is reached. No handler of the running program takes it."""


class Budget:
    """How many instructions may still be executed; None: as many as they like."""

    __slots__ = ("remaining",)

    def __init__(self) -> None:
        self.remaining: int | None = None


budget = Budget()


@contextmanager
def limit(steps: int) -> Iterator[None]:
    """Let the block execute at most `steps` instructions in tier 0, in all threads together, then
    raise StepLimit. Blocks nest; the inner one's steps count for the outer one."""
    outer = budget.remaining
    allowed = steps if outer is None else min(steps, outer)
    budget.remaining = allowed
    try:
        yield
    finally:
        used = allowed - (budget.remaining or 0)
        budget.remaining = None if outer is None else max(outer - used, 0)
