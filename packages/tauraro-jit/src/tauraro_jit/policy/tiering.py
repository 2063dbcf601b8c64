"""All loops of the process that were hot: compiles them, and looks after native ones.

A line of tier 1's code is seen again and again: the outermost loop around it is watched. At its
next iteration the loop's own thread stands still in a Python function; there the frame's values are
read, a region is built for their types, compiled and installed, and the iteration goes on in tier
1. If that loop cannot be compiled, or does not come round, the next inner one is tried.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from types import CodeType, FrameType

from ..compiler import compile_region
from ..irbuild import Decline, RegionRequest, TooEarly
from ..layout.host import host_layout
from ..native.region import Place
from ..runtime.install import install
from ..runtime.marks import LoopMark, marks_of
from ..runtime.observe import accepts
from ..runtime.site import LoopSite
from ..runtime.switch import NoSite, Watch
from .apart import Apart
from .knocking import HOT
from .loops import EXCLUDED, FASTER, MANY, VERSIONS, HotLoop, Status, seconds_in_vain
from .pace import Pace, has_few_items
from .programs import KnownCode, Program, extent, loops_around, observed, site_of
from .screening import Screens
from .worth import (
    are_mixed,
    gain_of,
    seconds_free,
    seconds_of_compilation,
    seconds_to_wait,
    stays,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from typing import Any

    from tauraro_vm.tier.protocol import LoadedProgram, NativeOptions

    from ..irbuild import BuiltRegion
    from ..runtime.entry import Watcher
    from ..runtime.table import Table
    from ..verify.verifier import Verifier
    from .experience import Experience
    from .inspection import Inspection
else:
    import _weakref as weakref


FEW = 16
"""Entries refused, or guards failed, between two samples in tier 1, from which on a loop is
compiled for other types."""

PATIENCE = 6
"""Samples in tier 1 inside a loop that is to be compiled, or was, but does not come round, after
which the next inner one is compiled, too."""

ATTEMPTS = 200
"""Iterations looked at for one that a loop's regions do not accept."""

BUDGET = 8 << 20
"""Bytes of machine code at most: it is never freed."""

ASTRAY = 0.25
"""The share of the time in tier 1, since a loop was compiled, from which on that has not reached
its inner loops."""

AGAIN = 0.3
"""A loop is compiled for other types when it has spent that part of what its code costs outside of
native code since the last time."""

SOON = 0.01
"""Seconds in tier 1, since a loop was compiled, after which it shows whether that has helped."""

OFTEN = 100
"""Failures in that time that are too many, if half of the entries ended so and little of it was
spent in native code."""

LITTLE = 0.1
"""How much is little: a part of the time spent in tier 1."""

DOUBT = 4
"""How many times as much a loop must have taken until it is tried again, if more of it has to be
known."""

SOME = 16
"""Items that are few for code that saves little."""

SHORT = 1_000_000
"""Entries a second above which a loop may be too short: each takes less than a microsecond with all
that the host does around it."""

LITTLE_OF_ALL = 0.05
"""The share of the time spent in native code up to which such a loop is too short."""

REFUSALS = 10 * MANY
"""How often the last version of a loop is not entered, and at least twice as often as it is, until
it is given up if little time was spent in it."""

RETURNS = 8
"""How often a function is entered again that has switched itself off."""

BUILDING_AT_ONCE = 0.02
"""Seconds that building a region may take for a loop that has just become hot."""

BUILDING = 0.05
"""The same for another one, as a part of what it has taken."""

SAMPLED = (int, float, bool, list, tuple)


class NotYet(Decline):
    """A loop is not worth compiling before it has taken so many seconds. One that `stays` in its
    code waits for what that costs alone."""

    def __init__(self, seconds: float, stays: bool, cause: str = "") -> None:
        cause = cause or ("costs as much" if stays else "may be left in many rounds")
        super().__init__(f"it has not taken enough time for code that {cause}")
        self.seconds = seconds
        self.stays = stays


class Tiering:
    """The native tier's knowledge of the process. Code that is gone, with a module that was loaded
    anew perhaps, is forgotten.

    `find` gives what was loaded from a file. `threshold` is None where loops are found by
    sampling, else the number of iterations after which one is compiled.
    """

    def __init__(
        self,
        find: Callable[[str], LoadedProgram | None],
        options: NativeOptions,
        inspection: Inspection | None,
        screens: Screens,
        experience: Experience | None = None,
    ) -> None:
        self._find = find
        self._experience = experience
        self._screens = screens
        self._stress = "exits" in options.stress
        self.verifier: Verifier | None = None
        if options.verify is not None:
            from ..verify.verifier import Verifier

            self.verifier = Verifier(options.verify, self._is_of_own_module)
        self._inspection = inspection
        self.threshold = options.threshold
        self.programs: dict[str, tuple[LoadedProgram | None, Program | None]] = {}
        """What was loaded last from a file, and what is known of that."""
        self.loops: dict[tuple[int, LoopMark], HotLoop] = {}
        self._by_code: dict[int, KnownCode] = {}
        self.gone = 0
        """How many loops there were that are gone with their code."""
        self.seconds_gone = 0.0
        """The time spent in their native code."""
        self._reviewed = time.perf_counter()
        self._begin = self._reviewed, time.process_time()
        self.interval = 0.005
        """Seconds between the last two looks of the sampler, without those in native code."""
        self.size = 0
        self.busy = False
        """Whether a loop is being compiled: what the sampler sees then is the compiler."""

    # --- finding loops

    def knows(self, code: CodeType) -> bool:
        """Whether the lines of a code object's loops are known, or quickly found."""
        loaded, program = self.programs.get(code.co_filename, (None, None))
        return program is not None and loaded is self._find(code.co_filename)

    def met(
        self, code: CodeType, lines: list[int], mark: LoopMark, frame: FrameType, waited: float
    ) -> None:
        """A loop of a code object that was seen at `lines` has come round in `frame`, after so many
        seconds."""
        self.busy = True
        try:
            for loop in self.loops_of(code):
                loop.due = 0.0  # it has waited
            for line in lines:
                self.seen(code, line)
        finally:
            self.busy = False
        met = self.loops.get((id(code), mark))
        if met is not None and met.status is Status.WATCHED:
            met.pace.waited = waited
            self.compile(met, frame)

    def seen(self, code: CodeType, line: int) -> bool:
        """A frame was seen at a line. The outermost loop around it that is hot is compiled when it
        comes round, the next one if that takes too long or cannot be done. Gives whether one of
        the loops around is, or may become, native code."""
        around = loops_around(self.loops_of(code), line)
        for loop in around:
            loop.samples += 1
            loop.spent += self.interval
            if loop.status is Status.COLD:
                if loop.spent < loop.due and loop.holds_inner:
                    break
                if loop.spent < loop.due:
                    continue  # an inner loop may be worth it at once
                if loop.samples >= HOT:
                    self.watch(loop)
                break
            if loop.status is Status.NATIVE and self._has_changed(loop):
                break
            if loop.status is Status.NATIVE and self._is_at_work(loop):
                break
            waiting = loop.samples - loop.samples_before
            if loop.status in (Status.WATCHED, Status.NATIVE) and waiting < PATIENCE:
                break
        return any(loop.status not in (Status.DECLINED, Status.RETIRED) for loop in around)

    def is_brief(self, code: CodeType, line: int) -> bool:
        """Whether a native loop around a line is entered often, and soon left."""
        return any(loop.is_brief for loop in self._known_around(code, line))

    def is_native(self, code: CodeType, line: int) -> bool:
        """Whether a loop around a line is native."""
        return any(loop.status is Status.NATIVE for loop in self._known_around(code, line))

    def is_untried(self, code: CodeType, line: int) -> bool:
        """Whether nothing has come of any loop around a line so far."""
        return all(loop.status is Status.COLD for loop in self._known_around(code, line))

    def _known_around(self, code: CodeType, line: int) -> list[HotLoop]:
        known = self._known(code)
        return [] if known is None else loops_around(known.loops, line)

    def _known(self, code: CodeType) -> KnownCode | None:
        """What is known of a code object, and not of one that it was made in place of."""
        found = self._by_code.get(id(code))
        return found if found is not None and found.code() is code else None

    def _is_at_work(self, loop: HotLoop) -> bool:
        """Whether a native loop spends little in tier 1: its inner loops are seen there only where
        it was interrupted."""
        if self.threshold is not None:
            return False
        return loop.spent_lately < ASTRAY * (time.process_time() - loop.born)

    def _has_changed(self, loop: HotLoop) -> bool:
        """Whether a native loop that was seen in tier 1 gets other code, or none any more."""
        refused = loop.since("refused", loop.refusals()) >= FEW
        failed = loop.since("failed", loop.failures()) >= FEW
        reason = loop.hopeless(FEW)
        is_last = loop.compilations >= VERSIONS
        if self._is_in_vain(loop):
            loop.retire(reason or "its types change too often")
            if not reason and not is_last:
                loop.wait(loop.spent + AGAIN * loop.cost, loop.reason)
            return True
        is_early = self.threshold is None and loop.spent_lately < AGAIN * loop.cost
        if is_last or is_early or not (refused or failed):
            return False
        if not refused:
            if reason:
                return False
            loop.retire("its types have changed")
        self.watch(loop)
        return True

    def _is_in_vain(self, loop: HotLoop) -> bool:
        """Whether a loop leaves native code time and again soon after it was entered."""
        installed = loop.installed
        return (
            installed is not None
            and loop.spent_lately >= SOON
            and loop.failures() >= max(OFTEN, loop.entered_now // 2)
            and installed.seconds < LITTLE * loop.spent_lately
        )

    def loops_of(self, code: CodeType) -> list[HotLoop]:
        """The loops of a code object, outer ones first."""
        found = self._known(code)
        if found is None:
            key = id(code)
            program = self.program(code.co_filename) if marks_of(code) else None
            loops = [] if program is None else list(self._find_loops(code, program))
            gone = weakref.ref(code, lambda _: self._forget(key))
            found = self._by_code[key] = KnownCode(gone, loops, program)
        return found.loops

    def _forget(self, key: int) -> None:
        """A code object is gone."""
        known = self._by_code.pop(key, None)
        for loop in () if known is None else known.loops:
            self.loops.pop((key, loop.mark), None)
            self.gone += loop.status is not Status.COLD
            self.seconds_gone += loop.totals().seconds

    def _program_of(self, loop: HotLoop) -> Program | None:
        """What a loop was made from, even if its file was loaded anew since then."""
        known = self._by_code.get(id(loop.code))
        return None if known is None else known.program

    def _find_loops(self, code: CodeType, program: Program) -> Iterator[HotLoop]:
        marks = sorted(marks_of(code))
        wait = 0.0 if self._experience is None else self._experience.wait(code)
        for mark in marks:
            first, last = extent(program.module, mark)
            if mark.is_function:
                first = code.co_firstlineno
            loop = HotLoop(code, mark, first, last)
            loop.due = wait
            tests = marks_of(code)[mark].tests
            problem = self._screens.problem(code, tests[0].offset) if tests else ""
            if problem:
                loop.decline(problem)
            self.loops[id(code), mark] = loop
            yield loop

    def program(self, filename: str) -> Program | None:
        """What was loaded last from a file."""
        loaded = self._find(filename)
        known = self.programs.get(filename)
        if known is None or known[0] is not loaded:
            self.programs[filename] = known = loaded, None
            try:
                with Apart():
                    program = None if loaded is None else Program(loaded)
                self.programs[filename] = known = loaded, program
            except (OSError, ValueError):
                pass  # its bytecode may have been in a cache that is gone
        return known[1]

    # --- compiling

    def watch(self, loop: HotLoop) -> None:
        """Compile a loop at its next iteration."""
        if self._inspection is not None and self._inspection.excludes(loop):
            loop.decline(EXCLUDED)
            return
        remaining = self.threshold or 0
        attempts = ATTEMPTS

        def arrived(frame: FrameType) -> None:
            nonlocal remaining, attempts
            remaining -= 1
            if remaining > 0:
                return
            if loop.installed is not None and self._accepts(loop, frame):
                attempts -= 1  # not the frame that was refused: that is one of the next
                if attempts == 0:
                    loop.stop_watching()
                    loop.keep("")
            else:
                self.compile(loop, frame)

        try:
            loop.pace = Pace()
            loop.watch = Watch(loop.code, loop.mark, arrived, tells_calls=True)
        except NoSite as problem:
            loop.decline(str(problem))
            return
        loop.status = Status.WATCHED
        loop.begin_stage()

    def compile(self, loop: HotLoop, frame: FrameType) -> None:
        """Compile a loop for the values that its frame holds, and install it; one that is entered
        time and again for a few rounds stays in tier 1, unless it takes much time."""
        is_short = self._is_short(loop, frame)
        if is_short:
            loop.wait(DOUBT * loop.spent + SOON, "it is entered for a few rounds each time")
        if is_short is not False:
            return
        loop.stop_watching()
        layout = host_layout()
        if not layout.can_enter:
            loop.decline(layout.problem or "the host's layout is not known")
            return
        if self.size > BUDGET:
            loop.decline("the budget for native code is used up")
            return
        self.busy = True
        started = time.thread_time()
        try:
            self._compile(loop, frame)
        except NotYet as problem:
            if loop.installed is None:
                loop.wait(problem.seconds, str(problem))
                loop.holds_inner = problem.stays
            else:
                loop.keep(str(problem))
        except TooEarly as problem:
            if loop.installed is None:
                loop.wait(2 * self._seconds_to_build(loop) / BUILDING, str(problem))
            else:
                loop.keep(str(problem))
        except (Decline, NoSite) as problem:
            if loop.installed is None:
                loop.decline(str(problem), getattr(problem, "line", 0))
            else:
                loop.keep(str(problem))
        except RecursionError:
            loop.status = Status.COLD
            loop.samples = 0
        except Exception as error:  # a defect of the compiler is no reason for a program to fail
            if self._is_of_program(error):
                loop.status = Status.COLD
                raise
            loop.decline(f"the compiler failed: {type(error).__name__}: {error}")
        finally:
            loop.effort += time.thread_time() - started
            self.busy = False

    def _is_short(self, loop: HotLoop, frame: FrameType) -> bool | None:
        """Whether a loop that was to be compiled is entered time and again for a few short rounds.
        None: its next round will tell."""
        program = self._program_of(loop)
        is_wanted = self.threshold is not None or loop.requested
        if is_wanted or loop.installed is not None or loop.mark.is_function:
            return False
        if loop.watch is None or program is None:
            return False
        try:
            iterator = observed(loop, program, frame).iterator
        except NoSite:
            return False
        return loop.pace.is_short(iterator, loop.watch.is_new_call, loop.watch.passed)

    def _accepts(self, loop: HotLoop, frame: FrameType) -> bool:
        """Whether what is installed in a loop enters in a frame."""
        program, installed = self._program_of(loop), loop.installed
        if program is None or installed is None:
            return False
        try:
            seen = observed(loop, program, frame)
        except NoSite:
            return True
        return any(accepts(table.region, seen) for table in installed.tables)

    def _is_of_program(self, error: Exception) -> bool:
        """Whether a signal handler of the program raised an exception. Signals that come to other
        threads are handled here, too."""
        entry = error.__traceback__
        while entry is not None:
            if self._find(entry.tb_frame.f_code.co_filename) is not None:
                return True
            entry = entry.tb_next
        return False

    def _compile(self, loop: HotLoop, frame: FrameType) -> None:
        program = self._program_of(loop)
        if program is None:
            raise Decline("its bytecode is gone")
        module, mark = program.module, loop.mark
        bytecode, seen = module.codes[mark.code_index], observed(loop, program, frame)
        samples = seen.values
        for name, value in list(frame.f_globals.items()):
            if type(value) in SAMPLED:
                samples[Place.GLOBAL, name] = value
        builtins: Any = frame.f_builtins
        request = RegionRequest(
            module,
            mark.code_index,
            mark.loop_pc,
            samples,
            seen.iterator,
            frame.f_globals,
            builtins,
            self._seconds_to_build(loop),
        )
        is_mixed = are_mixed(seen.iterator)

        def judge(built: BuiltRegion) -> None:
            if self.threshold is None:
                free = seconds_free(self.loops.values(), self.busy_part)
                seconds = seconds_to_wait(built, is_mixed, free)
                if loop.spent < seconds:
                    raise NotYet(seconds, stays(built, is_mixed))
                if gain_of(built.function) < FASTER and has_few_items(seen.iterator, SOME):
                    raise NotYet(DOUBT * loop.spent + SOON, False, "saves little in few rounds")
            site_of(loop, program)

        try:
            counts = self.verifier is not None
            compilation = compile_region(request, stress=self._stress, counts=counts, judge=judge)
        finally:
            request.forget()
        site = site_of(loop, program)
        self.size += compilation.size
        loop.cost = seconds_of_compilation(compilation.built.function)
        loop.gain = gain_of(compilation.built.function)
        watch = self._watching(loop, site, program)
        installed = install(site, compilation.region, bytecode, loop.installed, watch)
        loop.native(installed, compilation)
        if self._inspection is not None:
            self._inspection.compiled(loop, compilation)

    def _seconds_to_build(self, loop: HotLoop) -> float:
        """How long building a loop's region may take now."""
        if self.threshold is not None or loop.requested:
            return math.inf
        return max(BUILDING_AT_ONCE, BUILDING * loop.spent)

    def _watching(
        self, loop: HotLoop, site: LoopSite, program: Program
    ) -> Callable[[tuple[Table, ...]], Watcher] | None:
        """Who compares what the loop enters with tier 0, if that is asked for."""
        if self.verifier is None:
            return None
        loaded = program.loaded
        name = f"{loop.code.co_filename}:{loop.line} in {loop.code.co_qualname}"
        return self.verifier.watching(site, program.module, loaded.filename, loaded.optimize, name)

    def _is_of_own_module(self, name: object) -> bool:
        """Whether a module of that name was loaded in the virtual machine."""
        module = sys.modules.get(name) if isinstance(name, str) else None
        filename = getattr(module, "__file__", None)
        return filename is None or self._find(str(filename)) is not None

    # --- looking after native code

    @property
    def busy_part(self) -> float:
        """The part of the time in which the processor was ours, and not other processes'."""
        wall, own = self._begin
        elapsed = max(1e-6, time.perf_counter() - wall)
        return min(1.0, max(0.0, (time.process_time() - own) / elapsed))

    def review(self) -> None:
        """Retire native loops that do not pay: those left all the time, and those so short that
        entering costs what they save. Those whose guards fail are compiled anew for other types."""
        now = time.perf_counter()
        elapsed, self._reviewed = now - self._reviewed, now
        for loop in list(self.loops.values()):
            if loop.status is not Status.NATIVE:
                continue
            native = 0.0 if loop.installed is None else loop.installed.seconds
            rate = loop.since("entered", loop.entered_now) / elapsed
            share = loop.since("microseconds", int(1e6 * native)) / 1e6 / elapsed
            is_last = loop.compilations >= VERSIONS and native < LITTLE * loop.spent_lately
            if loop.failures() > MANY:
                reason = loop.hopeless()
                loop.retire(reason or "its types change too often")
                if not reason and loop.compilations < VERSIONS:
                    self.watch(loop)
            elif is_last and loop.refusals() > max(REFUSALS, 2 * loop.entered_now):
                loop.retire("its types change too often")
            elif (rate > SHORT and share < LITTLE_OF_ALL) or loop.is_entered_in_vain(
                self.busy_part
            ):
                loop.retire("so short that entering native code costs what it saves")
            elif loop.installed is not None and loop.installed.is_switched_off:
                loop.returns += 1
                if loop.returns > RETURNS:
                    loop.retire("native code leaves it in each call")
                else:
                    loop.installed.resume()

    def learn(self, experience: Experience) -> None:
        """Tell for later processes which code was compiled in vain."""
        for known in list(self._by_code.values()):
            code, seconds = known.code(), seconds_in_vain(known.loops, self.busy_part)
            if code is not None and seconds is not None:
                experience.learn(code, seconds)

    def loaded(self, code: CodeType) -> None:
        """With a threshold: count the iterations of all loops of a code object and those inside
        it."""
        if self.threshold is None:
            return
        for loop in self.loops_of(code):
            self.watch(loop)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self.loaded(constant)
