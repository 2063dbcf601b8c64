"""Finds hot code by looking at running frames, with so little work that another thread can do it.

In: the innermost frame of each thread, every few milliseconds. Out: all loops of a code object that
was seen often call a Python function when they come round next, on the program's own thread. There
`Tiering` is imported and goes on: it knows which lines are whose loop. From then on it is told what
the sampler sees of that module.

The sampler's thread waits up to 5 ms for the interpreter's lock each time that an import or a file
lets it go. The compiler, imported from here, took 0.3 to 1 s; on the program's thread it takes what
it costs.
"""

from __future__ import annotations

import atexit
import sys
import time

from ..runtime.marks import marks_of
from .callers import Caller
from .knocking import PARTS, Knocks
from .screening import Screens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType, FrameType, ModuleType
    from typing import NamedTuple

    from tauraro_vm.tier.protocol import LoadedProgram, NativeOptions

    from .experience import Experience
    from .profile import Profile
    from .tiering import Tiering
else:
    from tauraro_frontend.bytecode.records import NamedTuple

DEPTH = 4
"""Functions looked at from the innermost frame outwards."""

CALLS = 24
"""The same, where functions call themselves."""

DEFERRED = 4
"""How often a recursive function waits for the loop that it is called from: that is compiled with
it, if it comes round."""

NEVER = 3600.0

MOST_PASSED = 1000
"""Lines remembered for reports."""

VAIN = ((4, 0.005), (8, 0.01), (16, 0.02), (sys.maxsize, 0.05))
"""The same, by the number of looks since the last that found a loop which may become native code:
each look disturbs the program."""

LONGEST = 0.05
"""Seconds that one look stands for at most: the compiler may have been at work in between."""

DELAYS = ((40, 0.005), (150, 0.01), (500, 0.02), (sys.maxsize, 0.04))
"""Up to how many looks, and the seconds between them: what is hot is hot soon."""


INSPECTING = ("only", "stress", "stages", "perf_map", "statistics", "verify")
"""Options of somebody who wants to see what is compiled."""


def line_of(frame: FrameType) -> int:
    """The line a frame is at. A loop's test and the jump at the end of its body may have none:
    then that of the instruction before, which is of the same loop."""
    line: int | None = frame.f_lineno
    if line is None:
        code = frame.f_code
        line = code.co_firstlineno
        for start, _, number in code.co_lines():
            if start > frame.f_lasti:
                break
            line = number or line
    return line


class Place(NamedTuple):
    """Where a frame was seen."""

    code: CodeType
    line: int
    offset: int
    globals: dict[str, object]
    builtins: dict[str, object]


class Finder:
    """Looks at frames. `find`, `load` and `options`: see `NativeTier.start`."""

    def __init__(
        self,
        find: Callable[[str], LoadedProgram | None],
        load: Callable[[str], ModuleType],
        options: NativeOptions,
    ) -> None:
        self._find = find
        self._load = load
        self._options = options
        self._tiering: Tiering | None = None
        self._knocks = Knocks(self)
        self.screens = Screens()
        self.passed: dict[tuple[int, int], tuple[CodeType, str]] = {}
        """Lines in loops that native code cannot help, by the code's identity: the code, and
        why."""
        self._looks = 0
        self._vain = 0
        self._last, self._native = time.process_time(), 0.0
        self._deferred: dict[int, int] = {}
        self._foreign: dict[str, bool] = {}
        self._elapsed = 0.0
        self._is_prepared = False
        self._review_tools: Callable[[], None] | None = None
        self._importing = False
        self.profile: Profile | None = None
        """Where the time goes, if somebody will ask."""
        if options.statistics and options.threshold is None:
            from .profile import Profile

            self.profile = Profile()
        self.experience: Experience | None = None
        """What earlier processes have learned, unless somebody wants to see what is compiled."""
        if options.threshold is None and not any(getattr(options, name) for name in INSPECTING):
            from .experience import Experience

            self.experience = Experience()
        self.problem = ""
        """The defect that ended the search."""

    @property
    def known(self) -> Tiering | None:
        """What is known of the process's loops, if any was hot."""
        return self._tiering

    def is_loaded(self, filename: str) -> bool:
        """Whether a file's code was loaded in the virtual machine."""
        return self._find(filename) is not None

    def tiering(self) -> Tiering:
        """What is known of the process's loops; the compiler is imported on the first call."""
        if self._tiering is None:
            self._importing = True
            options = self._options
            inspection = None
            from .apart import Apart

            try:
                with Apart():
                    module = self._load("tauraro_jit.policy.tiering")
                if options.only or options.stages or options.perf_map:
                    inspector = self._load("tauraro_jit.policy.inspection")
                    inspection = inspector.Inspection(options)
                if "asm" in options.stages:
                    self._load("llvmlite.binding")
            except BaseException as error:
                # An interrupt, perhaps. Extension modules cannot all be imported a second time.
                told = f": {error}" if str(error) else ""
                self.problem = f"the compiler was not imported: {type(error).__name__}{told}"
                raise
            finally:
                self._importing = False
            self._tiering = module.Tiering(
                self._find, options, inspection, self.screens, self.experience
            )
            if self.experience is not None:
                atexit.register(self._learn)
        return self._tiering

    def loaded(self, code: CodeType) -> None:
        """A module's code is about to run. While the compiler is imported it is a part of that, or
        what it needs."""
        if not self._importing:
            self.tiering().loaded(code)

    def _learn(self) -> None:
        """Keep what was learned for later processes."""
        try:
            if self.experience is not None and self._tiering is not None:
                self._tiering.learn(self.experience)
                self.experience.save()
        except Exception as error:  # a defect here must not show in the program
            self.problem = f"{type(error).__name__}: {error}"

    def look(self, frames: list[FrameType], stopping: bytearray) -> float:
        """One look of the sampler; the seconds until the next. See `NativeTier.look`."""
        if not frames:
            self._prepare()
        delay = self._look(frames)
        if self._knocks.wanted and not self._knocks.ready:
            return -1.0
        if self._tiering is None or self._tiering.size == 0 or delay == NEVER:
            return delay
        from ..runtime.quiet import wait_quietly

        wait_quietly(delay, stopping)
        return 0.0

    def _prepare(self) -> None:
        """Import what the next step takes: this module, on the first call; on the second, what
        loops are stopped with, which most programs need not pay for."""
        if self._is_prepared and not self._knocks.ready and not self.problem:
            for part in PARTS:
                self._load(f"tauraro_jit.{part}")
            from ..runtime.tools import review_tools

            self._review_tools = review_tools
            self._knocks.begin()
        self._is_prepared = True

    def _look(self, frames: list[FrameType]) -> float:
        if self.problem:
            frames.clear()
            return NEVER
        self._looks += 1
        if self._review_tools is not None:
            self._review_tools()
        tiering = self._tiering
        interval = self._elapsed = self._interval()
        if self._importing or (tiering is not None and tiering.busy):
            frames.clear()
            self._note([])
            return 0.005  # what could be seen now is the compiler
        lines = [] if self.profile is None else [(f.f_code, line_of(f)) for f in frames]
        trails = [self._trail(frame) for frame in frames]
        # Whoever holds a frame keeps its variables alive: let go before anything takes time.
        frames.clear()
        self._note(lines)
        if tiering is not None:
            tiering.interval = interval
        try:
            found = [self._follow(each) for each in trails]
            self.screens.let_go()
            if tiering is not None and self._looks % 8 == 0:
                tiering.review()
        except Exception as error:  # a defect here must not show in the program
            self.problem = f"{type(error).__name__}: {error}"
            return NEVER
        self._vain = 0 if any(found) else self._vain + 1
        return max(
            next(delay for looks, delay in DELAYS if self._looks < looks),
            next(delay for looks, delay in VAIN if self._vain <= looks),
        )

    def _interval(self) -> float:
        """The processor's time since the last look, without that in native code."""
        now, native = time.process_time(), self._native_seconds()
        interval = now - self._last - (native - self._native)
        self._last, self._native = now, native
        return min(max(0.0, interval), LONGEST)

    def _native_seconds(self) -> float:
        if self._tiering is None or not self._tiering.size:
            return 0.0
        from ..runtime.quiet import seconds_in_all

        return seconds_in_all()

    def _trail(self, innermost: FrameType) -> list[Place]:
        """The code with loops that runs in a frame and in those around it, and where; up to what
        is known to be passed over, or is left to the host: a loop that calls such code leaves
        native code there."""
        found: list[Place] = []
        frame: FrameType | None = innermost
        depth = 0
        for _ in range(CALLS):
            if frame is None or depth == DEPTH:
                break
            code = frame.f_code
            marks = marks_of(code)
            if not marks and self._is_foreign(code.co_filename):
                break
            if any(code is place.code for place in found):  # it has called itself
                frame = frame.f_back
                continue
            depth += 1
            if marks:
                offset = frame.f_lasti
                if self.screens.is_passed(code, offset):
                    break
                line = line_of(frame)
                found.append(Place(code, line, offset, frame.f_globals, frame.f_builtins))
            frame = frame.f_back
        return found

    def _is_foreign(self, filename: str) -> bool:
        """Whether a file's code is left to the host. Code made at run time is not: the compiler
        knows much of what data classes and the like make."""
        found = self._foreign.get(filename)
        if found is None:
            is_made = filename.startswith("<") and not filename.startswith("<frozen ")
            found = self._foreign[filename] = not is_made and not self.is_loaded(filename)
        return found

    def _note(self, lines: list[tuple[CodeType, int]]) -> None:
        """Note for the profile where the threads are."""
        if self.profile is not None:
            self.profile.seen(lines, self._native_seconds())

    def _follow(self, trail: list[Place]) -> bool:
        """See to the innermost loop that was seen, if native code can help it. If not, it cannot
        help the loops around either. If it is native and is entered time and again, the next loop
        around is seen to. Functions that call themselves are seen to if there is no loop
        around, or if that does not come round. Gives whether something may come of it."""
        function: Place | None = None
        found = False
        for depth, place in enumerate(trail, 1):
            screen = self.screens.of(place.code, place.globals, place.builtins)
            problem = screen.judge(place.offset)
            if problem is None:
                continue
            if problem:
                if len(self.passed) < MOST_PASSED:
                    self.passed[id(place.code), place.line] = (place.code, problem)
                break
            if screen.is_in_loop(place.offset):
                around = () if function or found else trail[depth:]
                found = self._count(place, around) or found
                if self._is_brief(place):
                    continue  # the loop that enters it time and again may be better
                return self._count_deferred(function, found) if function is not None else found
            function = function or place
        return found or (function is not None and self._count(function))

    def _caller(self, place: Place, around: Sequence[Place]) -> Caller | None:
        """The loop around the call of the code that was seen, if there is one in the same file that
        native code can help."""
        for outer in around:
            screen = self.screens.of(outer.code, outer.globals, outer.builtins)
            problem = screen.judge(outer.offset)
            if problem or outer.code.co_filename != place.code.co_filename:
                break
            if problem is not None and screen.is_in_loop(outer.offset):
                return Caller(outer.code, screen.loop_at(outer.offset), outer.line, screen)
        return None

    def _is_brief(self, place: Place) -> bool:
        """Whether a loop that was seen is native code that is entered often, for a moment."""
        tiering = self._tiering
        return tiering is not None and tiering.is_brief(place.code, place.line)

    def _count_deferred(self, place: Place, found: bool) -> bool:
        """A recursive function was seen, called from a loop that was counted."""
        times = self._deferred[id(place.code)] = self._deferred.get(id(place.code), 0) + 1
        return found if found and times <= DEFERRED else self._count(place) or found

    def _count(self, place: Place, around: Sequence[Place] = ()) -> bool:
        """A loop or function was seen that native code can help. `around` is where it is called
        from: that may be compiled instead."""
        tiering = self._tiering
        is_known = tiering is not None and tiering.knows(place.code)
        if tiering is not None and is_known and not tiering.is_untried(place.code, place.line):
            return tiering.seen(place.code, place.line)
        screen = self.screens.of(place.code, place.globals, place.builtins)
        loop = screen.loop_at(place.offset)
        is_decided = self._knocks.is_decided(place.code, loop)
        caller = None if is_decided else self._caller(place, around)
        if tiering is not None and is_known and caller is None:
            return tiering.seen(place.code, place.line)
        return self._seen(place, loop, caller)

    def _seen(self, place: Place, loop: tuple[int, int] | None, caller: Caller | None) -> bool:
        """The same of code that the compiler knows nothing of, or not enough."""
        knock = self._knocks.get(place.code)
        if knock.wait is None:
            knock.wait = 0.0 if self.experience is None else self.experience.wait(place.code)
        knock.spent += self._elapsed
        if knock.spent < knock.wait:
            return False
        self._knocks.seen(knock, place.line, loop, caller)
        return True
