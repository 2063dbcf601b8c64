"""The life of one loop: cold -> watched -> native or declined; native -> retired."""

from __future__ import annotations

import time

from ..compiler import excused_exits
from ..runtime.table import Refusal
from .codes import OfCode
from .pace import Pace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import Enum
    from types import CodeType
    from typing import NamedTuple

    from ..compiler import Compilation
    from ..runtime.install import InstalledRegion
    from ..runtime.marks import LoopMark
    from ..runtime.observe import Stop
    from ..runtime.site import LoopSite
    from ..runtime.switch import Watch
else:
    from tauraro_frontend.bytecode.records import Enum, NamedTuple

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


ENTRY = 2.5e-7
"""Seconds that it takes to enter and leave native code, with all that the host does around it."""

FIXED = 1.2e-8
"""Seconds of that which count as spent in native code."""

GAIN = 12.0
"""How much longer a loop that is hardly entered, and soon left, takes in tier 1."""

BRIEF = 2e-5
"""Seconds in native code at each entry up to which the loop that enters it may be better."""

ENTRIES = 200
"""Entries after which that can be told."""

ENOUGH = 0.04
"""Seconds of entering from which on that can be told."""

IMPORT = 0.05
"""Seconds that the compiler costs, whatever it is asked for."""

YOUNG = 0.2
"""Seconds of the process after which native code must have paid, if it ever does."""

FASTER = 2.0
"""How many seconds in tier 1 a second in native code saves, at least."""

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


class HotLoop(OfCode):
    """A loop of tier 1's code, or a function that is entered where it begins. It does not keep the
    code: whoever asks for that holds a frame, or has seen that it is there. `line` and `end_line`
    are its extent in the source; `samples_before` counts the samples before its last change, and
    `spent_before` the seconds it had `spent` in tier 1: not before `due` of them it is compiled.
    While one `holds_inner` loops back they wait with it.
    `pace` counts its rounds while it is watched; `requested`: somebody has asked for its code;
    `gain` is how many seconds in tier 1 a second in its native code saves, at least;
    `born` is when the process got native code for it, by the time it has used; `cost` is about how
    long that took the last time, `effort` the seconds it was worked on in all,
    `text` a hash of what LLVM was given. The
    counters from `entered` on are of regions that are installed no more, see `totals`; `counted`
    has those of the installed one when they were last looked at."""

    __slots__ = (
        "born",
        "compilations",
        "cost",
        "counted",
        "due",
        "effort",
        "end_line",
        "entered",
        "exits",
        "gain",
        "holds_inner",
        "installed",
        "line",
        "mark",
        "milliseconds",
        "pace",
        "reason",
        "reason_line",
        "refused",
        "requested",
        "returns",
        "samples",
        "samples_before",
        "seconds",
        "site",
        "size",
        "spent",
        "spent_before",
        "status",
        "stop",
        "text",
        "unsupported",
        "watch",
    )

    def __init__(self, code: CodeType, mark: LoopMark, line: int, end_line: int) -> None:
        super().__init__(code)
        self.mark = mark
        self.line = line
        self.end_line = end_line
        self.samples = self.samples_before = 0
        self.status = Status.COLD
        self.reason = ""
        self.reason_line = 0
        self.stop: Stop | None = None
        self.site: LoopSite | None = None
        self.watch: Watch | None = None
        self.installed: InstalledRegion | None = None
        self.text = 0
        self.unsupported: tuple[tuple[int, str], ...] = ()
        self.compilations = self.returns = 0
        self.pace = Pace()
        self.milliseconds = 0.0
        self.spent = self.spent_before = self.due = self.cost = self.effort = 0.0
        self.born = 0.0
        self.gain = FASTER
        self.holds_inner = self.requested = False
        self.size = self.entered = 0
        self.seconds = 0.0
        self.refused: dict[str, int] = {}
        self.exits: dict[tuple[int, str], int] = {}
        self.counted: dict[str, int] = {}

    @property
    def noun(self) -> str:
        """What reports call it."""
        if self.mark.is_function:
            return f"function {self.code.co_qualname}"
        return f"loop in line {self.line}"

    def decline(self, reason: str, line: int = 0) -> None:
        """The loop stays in tier 1."""
        self.stop_watching()
        self.status = Status.DECLINED
        self.reason = reason
        self.reason_line = line or self.line

    def begin_stage(self) -> None:
        """Count samples and time from here."""
        self.samples_before = self.samples
        self.spent_before = self.spent

    @property
    def spent_lately(self) -> float:
        """Seconds in tier 1 since the last change."""
        return self.spent - self.spent_before

    def wait(self, seconds: float, reason: str) -> None:
        """Stay in tier 1 until the loop has spent that much time there in all."""
        self.stop_watching()
        self.status = Status.COLD
        self.due = seconds
        self.holds_inner = False
        self.reason = reason
        self.reason_line = self.line

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
        if hash(compilation.text) == self.text:  # other types make no difference to it
            self.compilations = VERSIONS
        self.text = hash(compilation.text)
        self.milliseconds += compilation.milliseconds
        self.size += compilation.size
        self.status = Status.NATIVE
        self.born = time.process_time()
        self.begin_stage()
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

    @property
    def is_brief(self) -> bool:
        """Whether it is native, entered often, and soon left."""
        installed = self.installed
        entered = self.entered_now
        if installed is None or self.mark.is_function or entered < ENTRIES:
            return False
        return installed.seconds < BRIEF * entered

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
        return max(0, failed - sum(excused_exits(table.region) for table in installed.tables))

    def is_entered_in_vain(self, busy: float = 1.0) -> bool:
        """Whether to enter the installed region takes longer than it saves. `busy` is the part of
        the time in native code in which the processor was ours."""
        installed = self.installed
        if installed is None or self.mark.is_function:
            return False
        entering = ENTRY * installed.entered
        saved = GAIN * (busy * installed.seconds - FIXED * installed.entered)
        return entering > ENOUGH and entering > saved

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


def seconds_in_vain(loops: Sequence[HotLoop], busy: float = 1.0) -> float | None:
    """How long the loops of a code object were worked on in vain; 0 if it has paid, None if nobody
    knows so far. `busy`: see `HotLoop.is_entered_in_vain`."""
    effort = sum(loop.effort for loop in loops)
    saved = busy * sum(loop.gain * loop.totals().seconds for loop in loops)
    # Where little is saved it must pay for the compiler, too.
    is_little = any(loop.gain < FASTER for loop in loops)
    if saved > effort + (IMPORT if is_little else 0.0):
        return 0.0
    now = time.process_time()
    if any(loop.status is Status.NATIVE and now - loop.born < YOUNG for loop in loops):
        return None
    # One that was watched has not come round again.
    tried = effort or any(loop.status is Status.WATCHED for loop in loops)
    return IMPORT + effort if tried else None
