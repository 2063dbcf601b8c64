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

import sys

from ..runtime.marks import LoopMark, marks_of
from .screening import Screens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType, ModuleType
    from typing import NamedTuple

    from tauraro_vm.tier.protocol import LoadedProgram, NativeOptions

    from ..runtime.switch import Watch
    from .profile import Profile
    from .tiering import Tiering
else:
    from tauraro_frontend.bytecode.records import NamedTuple

HOT = 2
"""Samples after which code is hot."""

DEPTH = 4
"""Frames looked at from the innermost outwards."""

NEVER = 3600.0

MOST_PASSED = 1000
"""Lines remembered for reports."""

DELAYS = ((60, 0.005), (200, 0.01), (1000, 0.02), (sys.maxsize, 0.04))
"""Up to how many looks, and the seconds between them: what is hot is hot soon."""


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


def trail(innermost: FrameType) -> list[Place]:
    """The code with loops that runs in a frame and in those around it, and where."""
    found = []
    frame: FrameType | None = innermost
    for _ in range(DEPTH):
        if frame is None:
            break
        if marks_of(frame.f_code):
            line, offset = line_of(frame), frame.f_lasti
            found.append(Place(frame.f_code, line, offset, frame.f_globals, frame.f_builtins))
        frame = frame.f_back
    return found


class Knock:
    """A code object of which nothing is known but that it was seen, at these lines."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.lines: list[int] = []
        self.watches: list[Watch] = []


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
        self._knocks: dict[int, Knock] = {}
        self.screens = Screens()
        self.passed: dict[tuple[CodeType, int], str] = {}
        """Lines in loops that native code cannot help, and why."""
        self._looks = 0
        self._importing = False
        self.profile: Profile | None = None
        """Where the time goes, if somebody will ask."""
        if options.statistics and options.threshold is None:
            from .profile import Profile

            self.profile = Profile()
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
            try:
                module = self._load("tauraro_jit.policy.tiering")
                if options.only or options.stages or options.perf_map:
                    inspector = self._load("tauraro_jit.policy.inspection")
                    inspection = inspector.Inspection(options)
                if "asm" in options.stages:
                    self._load("llvmlite.binding")
            except BaseException as error:
                # An interrupt, perhaps. Extension modules cannot all be imported a second time.
                self.problem = f"the compiler was not imported: {type(error).__name__}"
                raise
            finally:
                self._importing = False
            self._tiering = module.Tiering(self._find, options, inspection, self.screens)
        return self._tiering

    def look(self, frames: list[FrameType], stopping: bytearray) -> float:
        """One look of the sampler; the seconds until the next. See `NativeTier.look`."""
        delay = self._look(frames)
        if self._tiering is None or self._tiering.size == 0 or delay == NEVER:
            return delay
        from ..runtime.quiet import wait_quietly

        wait_quietly(delay, stopping)
        return 0.0

    def _look(self, frames: list[FrameType]) -> float:
        if self.problem:
            frames.clear()
            return NEVER
        self._looks += 1
        tiering = self._tiering
        if self._importing or (tiering is not None and tiering.busy):
            frames.clear()
            self._note([])
            return 0.005  # what could be seen now is the compiler
        lines = [] if self.profile is None else [(f.f_code, line_of(f)) for f in frames]
        trails = [trail(frame) for frame in frames]
        # Whoever holds a frame keeps its variables alive: let go before anything takes time.
        frames.clear()
        self._note(lines)
        try:
            for each in trails:
                self._follow(each)
            if tiering is not None and self._looks % 8 == 0:
                tiering.review()
        except Exception as error:  # a defect here must not show in the program
            self.problem = f"{type(error).__name__}: {error}"
            return NEVER
        return next(delay for looks, delay in DELAYS if self._looks < looks)

    def _note(self, lines: list[tuple[CodeType, int]]) -> None:
        """Note for the profile where the threads are."""
        if self.profile is not None:
            native = 0.0
            if self._tiering is not None and self._tiering.size:
                from ..runtime.quiet import seconds_in_all

                native = seconds_in_all()
            self.profile.seen(lines, native)

    def _follow(self, trail: list[Place]) -> None:
        """See to the innermost loop that was seen, if native code can help it. If not, it cannot
        help the loops around either."""
        for place in trail:
            screen = self.screens.of(place.code, place.globals, place.builtins)
            loop = screen.loop_at(place.offset)
            if loop is None:
                continue
            problem = screen.problem(*loop) or screen.problem_here(place.offset)
            tiering = self._tiering
            if problem:
                if len(self.passed) < MOST_PASSED:
                    self.passed[place.code, place.line] = problem
            elif tiering is None or not tiering.knows(place.code):
                self._seen(place.code, place.line)
            else:
                tiering.seen(place.code, place.line)
            return

    def _seen(self, code: CodeType, line: int) -> None:
        knock = self._knocks.get(id(code))
        if knock is None or knock.code is not code:
            knock = self._knocks[id(code)] = Knock(code)
        knock.lines.append(line)
        if len(knock.lines) == HOT:
            self._knock(knock)

    def _knock(self, knock: Knock) -> None:
        """Have the loops of a code object tell when they come round."""
        from ..runtime.switch import NoSite, Watch

        def arrived(mark: LoopMark, frame: FrameType) -> None:
            if knock.watches:
                for watch in knock.watches:
                    watch.stop()
                knock.watches = []
                del self._knocks[id(knock.code)]
                if not self.problem:
                    self.tiering().met(knock.code, knock.lines, mark, frame)

        for mark in marks_of(knock.code):

            def callback(frame: FrameType, mark: LoopMark = mark) -> None:
                arrived(mark, frame)

            try:
                knock.watches.append(Watch(knock.code, mark, callback))
            except NoSite:
                continue
