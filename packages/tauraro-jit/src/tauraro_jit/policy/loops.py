"""The life of one loop: cold -> watched -> native or declined; native -> retired."""

from __future__ import annotations

from enum import Enum
from types import CodeType
from typing import NamedTuple

from msgspec import Struct, field

from ..compiler import Compilation, forced_exits
from ..runtime.install import InstalledRegion
from ..runtime.marks import LoopMark
from ..runtime.site import LoopSite
from ..runtime.switch import Watch
from ..runtime.table import Refusal

VERSIONS = 3
"""Compilations of one loop at most: each follows from types that the one before did not expect."""

MANY = 500
"""Failed guards, or refused entries, after which native code is looked at again."""


GOOD = {"break", "return", "the loop has ended", "the interpreter is asked for"}
"""Reasons for exits that say nothing against native code."""

ORDINARY = {"guard", "guard before the loop", *GOOD}
"""All other reasons for exits name what is not compiled."""

OF_TYPE = (Refusal.UNBOUND, Refusal.TYPE, Refusal.BIG_INT, Refusal.ITERATOR)
"""Refusals for which another version of the region helps."""


EXCLUDED = "--jit-only names other loops"
"""Why a loop is declined that nobody asked for."""


class Status(Enum):
    """Where a loop is in its life; the value is what reports print."""

    COLD = "tier 1"
    WATCHED = "about to be compiled"
    NATIVE = "native"
    DECLINED = "declined"
    RETIRED = "retired"


class Totals(NamedTuple):
    """Counters of a loop: entries, seconds in native code, refused entries by reason, exits by line
    and reason."""

    entered: int
    seconds: float
    refused: dict[str, int]
    exits: dict[tuple[int, str], int]


class HotLoop(Struct, eq=False):
    """A loop of tier 1's code. `line` and `end_line` are its extent in the source;
    `samples_before` counts the samples before its last change. The counters from `entered` on are
    of regions that are installed no more, see `totals`; `counted` has those of the installed one
    when they were last looked at."""

    code: CodeType
    mark: LoopMark
    line: int
    end_line: int
    samples: int = 0
    samples_before: int = 0
    status: Status = Status.COLD
    reason: str = ""
    reason_line: int = 0
    site: LoopSite | None = None
    watch: Watch | None = None
    installed: InstalledRegion | None = None
    unsupported: tuple[tuple[int, str], ...] = ()
    compilations: int = 0
    milliseconds: float = 0.0
    size: int = 0
    entered: int = 0
    seconds: float = 0.0
    refused: dict[str, int] = field(default_factory=dict[str, int])
    exits: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])
    counted: dict[str, int] = field(default_factory=dict[str, int])

    def decline(self, reason: str, line: int = 0) -> None:
        """The loop stays in tier 1."""
        self.stop_watching()
        self.status = Status.DECLINED
        self.reason = reason
        self.reason_line = line or self.line

    def stop_watching(self) -> None:
        """Call nothing at the loop's head."""
        if self.watch is not None:
            self.watch.stop()
            self.watch = None

    def native(self, installed: InstalledRegion, compilation: Compilation) -> None:
        """The loop enters native code from now on."""
        self.watch = None
        self.counted.clear()
        self.installed = installed
        self.unsupported = compilation.built.unsupported
        self.compilations += 1
        self.milliseconds += compilation.milliseconds
        self.size += compilation.size
        self.status = Status.NATIVE
        self.samples_before = self.samples
        self.reason = ""

    def retire(self, reason: str) -> None:
        """Leave native code for good, or until it is compiled again."""
        self.reason = reason
        self.reason_line = self.line
        if self.installed is not None:
            self.entered, self.seconds, self.refused, self.exits = self.totals()
            self.installed.retire()
            self.installed = None
        self.status = Status.RETIRED

    def totals(self) -> Totals:
        """The counters of all that was ever installed."""
        installed = self.installed
        if installed is None:
            return Totals(self.entered, self.seconds, self.refused, self.exits)
        refused, exits = dict(self.refused), dict(self.exits)
        for why, times in installed.refused.items():
            refused[why.name] = refused.get(why.name, 0) + times
        for exit_, times in installed.exits:
            if times:
                key = (exit_.line, exit_.reason)
                exits[key] = exits.get(key, 0) + times
        entered, seconds = self.entered + installed.entered, self.seconds + installed.seconds
        return Totals(entered, seconds, refused, exits)

    @property
    def entered_now(self) -> int:
        """How often the installed region was entered."""
        return 0 if self.installed is None else self.installed.entered

    def since(self, counter: str, now: int) -> int:
        """How far a counter of the installed region has come since this was last asked of it."""
        before, self.counted[counter] = self.counted.get(counter, 0), now
        return now - before

    def hopeless(self, often: int = MANY) -> str:
        """The reason why other types would not help: an instruction that is not compiled, on a way
        that is taken often."""
        installed = self.installed
        for exit_, times in installed.exits if installed is not None else ():
            if times > often and exit_.reason not in ORDINARY:
                return exit_.reason
        return ""

    def failures(self) -> int:
        """How often the installed region was left through a guard, or where nothing is compiled. A
        loop that ends, breaks or returns has not failed; nor one that was made to leave."""
        installed = self.installed
        if installed is None:
            return 0
        failed = sum(times for exit_, times in installed.exits if exit_.reason not in GOOD)
        return max(0, failed - sum(forced_exits(table.region) for table in installed.tables))

    def refusals(self) -> int:
        """How often the installed region was not entered for a type."""
        refused = {} if self.installed is None else self.installed.refused
        return sum(refused.get(reason, 0) for reason in OF_TYPE)

    def keep(self, reason: str) -> None:
        """Nothing came of compiling the loop once more: what is installed goes on."""
        self.watch = None
        self.reason = reason
        self.reason_line = self.line
        if self.installed is not None:
            self.compilations += 1
            self.installed.resume()
            self.status = Status.NATIVE
