"""Chooses the entries that are compared with tier 0, and keeps account of what was found.

In: what loops are about to enter. Out: the functions to call before and after each entry, lines for
`--stats`, a text on stderr for each entry that differed.

Compared are the first entries of each version of a loop, then each 2**k-th; they are left after a
number of rounds that tier 0 can catch up with. The others, too, are left now and then, so that a
loop that runs for long is compared in its middle as well.
"""

from __future__ import annotations

import os
import sys
from types import FunctionType

from tauraro_vm.tier.interpreters import may_have_others

from ..rounds import Countdowns
from ..runtime.entry import Watcher
from ..runtime.switch import hidden
from .frames import address_of
from .process import Undisturbed, handles_children
from .sample import Sample, Subject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from tauraro_frontend.bytecode.module import BytecodeModule
    from tauraro_vm.tier.protocol import Verification

    from ..runtime.site import LoopSite
    from ..runtime.table import Table

FEW = 4
"""Entries that are compared at first."""

TRIES = 2
"""How often an entry is tried that is refused."""

FIRST, MORE, MOST = 32, 8, 4096
"""Rounds of each loop after which a compared entry is left: the first one; how many times more in
the next; at most."""

LONG = 20_000
"""The same of the first entry that is not compared; each time that it is reached it doubles."""


class Verifier:
    """Compares native code with tier 0. `is_program` tells whether a module is the program's."""

    def __init__(self, verification: Verification, is_program: Callable[[object], bool]) -> None:
        self._verification = verification
        self._is_program = is_program
        self.busy = False
        self.compared = self.in_part = self.differing = 0
        self.skipped: dict[str, int] = {}
        self.left_out: dict[str, str] = {}
        """Loops of which no entry is compared, with the reason."""

    def watching(
        self, site: LoopSite, module: BytecodeModule, filename: str, optimize: int, name: str
    ) -> Callable[[tuple[Table, ...]], Watcher] | None:
        """Who watches the entries of a loop's regions; None if tier 0 does not have its code."""
        mark = site.mark
        try:
            reference = self._verification.reference(module, filename, optimize, mark.code_index)
            subject = Subject(site, module, reference, name, self._is_program)
        except (LookupError, ValueError) as problem:
            self.left_out[name] = str(problem)
            return None
        return lambda tables: watcher(Entries(self, subject, tables))

    def told(self, name: str, lines: list[str]) -> None:
        """Tell of an entry that differed."""
        self.differing += 1
        self._verification.differs()
        text = "".join(f"  {line}\n" for line in lines)
        data = f"tauraro: {name}: native code differs from tier 0\n{text}".encode(
            "utf-8", "backslashreplace"
        )
        try:
            os.write(2, data)
        except OSError:
            return

    def skip(self, reason: str) -> None:
        """An entry was not compared after all."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def report_lines(self) -> Iterator[str]:
        """For `--stats`."""
        yield (
            f"    compared with tier 0: {self.compared:,} entries ({self.in_part:,} of them in"
            f" part), {self.differing:,} differed"
        )
        for reason, times in sorted(self.skipped.items(), key=lambda item: -item[1]):
            yield f"      {times:,} not compared: {reason}"
        for name, reason in self.left_out.items():
            yield f"      {name}: never compared: {reason}"


class Entries:
    """The entries of the regions in one loop."""

    def __init__(self, verifier: Verifier, subject: Subject, tables: tuple[Table, ...]) -> None:
        self._verifier = verifier
        self._subject = subject
        self._tables = tables
        self._counts = [countdowns_of(table) for table in tables]
        self._tried = -1
        self._tries = 0
        self._limit = FIRST
        self._long = LONG
        self._calm = Undisturbed()
        self.sample: Sample | None = None
        for counts in self._counts:
            counts.begin(LONG)

    def is_chosen(self) -> bool:
        """Whether the next entry is to be compared."""
        if self._verifier.busy:
            return False
        number = sum(table.entered for table in self._tables)
        if number < FEW or number & (number - 1) == 0:
            if self._tried != number:
                self._tried, self._tries = number, 0
            self._tries += 1
            if self._tries <= TRIES:
                return True
        if any(counts.has_ended for counts in self._counts):
            self._long *= 2
            return True
        return False

    def begin(self) -> None:
        """Fork, if that can be done."""
        problem = obstacle()
        if problem:
            self._verifier.skip(problem)
            self._count_on()
            return
        frame: Any = sys._getframe(1)  # hidden functions do not count
        address, global_names = address_of(frame), frame.f_globals
        namespace = None if self._subject.is_function_code else frame.f_locals
        del frame
        for counts in self._counts:
            counts.begin(self._limit)
        self._calm.begin()
        self._verifier.busy = True
        try:
            self.sample = Sample(self._subject, self._tables, address, global_names, namespace)
        except OSError:
            self._verifier.skip("no process could be started")
        finally:
            if self.sample is None:
                self._verifier.busy = False
                self._count_on()
                self._calm.end()

    def end(self) -> None:
        """Compare what was entered."""
        sample, self.sample = self.sample, None
        assert sample is not None
        taken = sample.taken()
        if taken is None:
            sample.give_up()
        else:
            self._judge(sample, taken)
        self._count_on()
        self._verifier.busy = False
        self._calm.end()

    def _judge(self, sample: Sample, taken: tuple[int, int]) -> None:
        verifier = self._verifier
        self._limit = min(MOST, self._limit * MORE)
        verdict = sample.end(self._counts[taken[0]].rounds(), taken)
        if verdict.skipped:
            verifier.skip(verdict.skipped)
            self._limit = FIRST
            return
        verifier.compared += 1
        verifier.in_part += not verdict.is_whole
        if verdict.differences:
            verifier.told(self._subject.name, verdict.differences)

    def _count_on(self) -> None:
        for counts in self._counts:
            counts.begin(self._long)


def watcher(entries: Entries) -> Watcher:
    """The functions to call around an entry. Hidden: they are in no frame's way, and tools that
    watch do not see them; nor what they call, for then they call nothing."""

    def before() -> None:
        if sys.gettrace() is None and sys.getprofile() is None and entries.is_chosen():
            entries.begin()

    def after() -> None:
        if entries.sample is not None:
            entries.end()

    return Watcher(concealed(before), concealed(after))


def concealed(function: Any) -> Callable[[], None]:
    """The same function, hidden."""
    assert isinstance(function, FunctionType)
    function.__code__ = hidden(function.__code__)
    return function


def countdowns_of(table: Table) -> Countdowns:
    """Where a region counts."""
    return next(kept for kept in table.region.keep if isinstance(kept, Countdowns))


def obstacle() -> str:
    """Why nothing can be compared now, or nothing."""
    if handles_children():
        return "the program handles SIGCHLD"
    if may_have_others():
        return "other interpreters may run"
    if has_threads():
        return "other threads run"
    return ""


def has_threads() -> bool:
    """Whether the program has more threads than this one."""
    frames = sys._current_frames()
    if len(frames) == 1:
        return False
    own = sys._getframe()
    while frames:
        _, frame = frames.popitem()
        if frame is own:
            continue
        while frame.f_back is not None:
            frame = frame.f_back
        if not str(frame.f_globals.get("__name__", "")).startswith("tauraro_"):
            return True
    return False
