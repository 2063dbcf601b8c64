"""The life of one loop: cold -> watched -> native or declined; native -> retired."""

from __future__ import annotations

from enum import Enum
from types import CodeType

from msgspec import Struct, field

from ..compiler import Compilation
from ..runtime.install import InstalledRegion
from ..runtime.marks import LoopMark
from ..runtime.switch import Watch
from ..runtime.table import Refusal

VERSIONS = 3
"""Compilations of one loop at most: each follows from types that the one before did not expect."""

MANY = 500
"""Failed guards, or refused entries, after which native code is looked at again."""


ORDINARY = {"guard", "break", "return", "the loop has ended", "the interpreter is asked for"}
"""Reasons for exits that say nothing against native code; all others name what is not compiled."""


class Status(Enum):
    """Where a loop is in its life; the value is what reports print."""

    COLD = "tier 1"
    WATCHED = "about to be compiled"
    NATIVE = "native"
    DECLINED = "declined"
    RETIRED = "retired"


class HotLoop(Struct, eq=False):
    """A loop of tier 1's code. `line` and `end_line` are its extent in the source; `parent` the
    loop around it in the same code object; `samples_before` counts those before its last change."""

    code: CodeType
    mark: LoopMark
    line: int
    end_line: int
    parent: HotLoop | None
    samples: int = 0
    samples_before: int = 0
    status: Status = Status.COLD
    reason: str = ""
    reason_line: int = 0
    watch: Watch | None = None
    installed: InstalledRegion | None = None
    compilation: Compilation | None = None
    compilations: int = 0
    milliseconds: float = 0.0
    size: int = 0
    entered: int = 0
    exits: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])
    last_entered: int = 0

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
        self.last_entered = 0
        self.installed = installed
        self.compilation = compilation
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
            self.count()
            self.installed.retire()
            self.installed = None
        self.status = Status.RETIRED

    def count(self) -> None:
        """Add the counters of the installed region to the loop's own."""
        installed = self.installed
        if installed is None:
            return
        self.entered += installed.entered
        for exit_, times in installed.exits:
            if times:
                key = (exit_.line, exit_.reason)
                self.exits[key] = self.exits.get(key, 0) + times

    def entered_since(self) -> int:
        """How often the installed region was entered since this was last asked."""
        entered = 0 if self.installed is None else self.installed.entered
        since, self.last_entered = entered - self.last_entered, entered
        return since

    def hopeless(self) -> str:
        """The reason why other types would not help: an instruction that is not compiled, on a way
        that is taken often."""
        installed = self.installed
        for exit_, times in installed.exits if installed is not None else ():
            if times > MANY and exit_.reason not in ORDINARY:
                return exit_.reason
        return ""

    def failures(self) -> int:
        """How often the installed region was refused or left through a guard. A loop that ends,
        breaks or returns has not failed."""
        installed = self.installed
        if installed is None:
            return 0
        refused = installed.refused
        # Variables that the first iteration binds: the second one enters.
        unbound = refused.pop(Refusal.UNBOUND, 0)
        failed = sum(refused.values()) + max(0, unbound - installed.entered)
        for exit_, times in installed.exits:
            if exit_.reason == "guard" or exit_.reason not in ORDINARY:
                failed += times
        return failed
