"""Code that was seen often knocks: its loops call a Python function when they come round next, on
the program's own thread, and there the compiler goes on.

Where such code is called from a loop that native code can help, too, both are watched for a moment:
the caller's is taken if that comes round often (see `callers`).
"""

from __future__ import annotations

import time

from ..runtime.marks import LoopMark, marks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Protocol

    from ..runtime.switch import Watch
    from .callers import Caller
    from .screening import Screens
    from .tiering import Tiering

    Loop = tuple[int, int] | None
    """The first and last offset of a loop."""

    class Compiler(Protocol):
        """Who is asked for the compiler when a loop comes round; `problem` says why there is
        none."""

        problem: str
        screens: Screens

        def tiering(self) -> Tiering:
            """What is known of the process's loops. Raises what imports raise."""


HOT = 2
"""Samples after which code is hot."""

STRIKES = 3
"""How often a loop comes round with values that native code cannot calculate with, until it is
passed over for good."""

PARTS = ("runtime.switch", "runtime.tools", "policy.values", "policy.apart")
"""The modules that it takes to stop at a loop."""


class Knock:
    """A code object of which nothing is known but that it was seen, at these lines, in these
    loops; and the loop that it was called from the last time."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.lines: list[int] = []
        self.loops: set[Loop] = set()
        self.caller: Caller | None = None
        self.watches: list[Watch] = []
        self.is_watched = False
        self.strikes = 0
        self.since = self.waited = 0.0
        """When its loops were switched to being watched, and how long until one has come round."""
        self.spent = 0.0
        self.wait: float | None = None
        """Seconds that it has taken, and that it has to take before it is worth a try, if somebody
        has looked that up."""

    def stop_watching(self) -> None:
        """The loops call nothing."""
        for watch in self.watches:
            watch.stop()
        self.watches = []

    @property
    def is_hot(self) -> bool:
        """Whether it was seen often."""
        return len(self.lines) >= HOT


class Knocks:
    """All code objects that were seen. What they are stopped with is imported when the first is
    hot: it is `wanted` then, and `ready` once that was done."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._known: dict[int, Knock] = {}
        self._decided: set[tuple[int, Loop]] = set()
        self.ready = self.wanted = False

    def is_decided(self, code: CodeType, loop: Loop) -> bool:
        """Whether it was told which is compiled, a loop or one that it is called from."""
        return (id(code), loop) in self._decided

    def begin(self) -> None:
        """What it takes was imported."""
        self.ready = True
        for knock in list(self._known.values()):
            if knock.is_hot:
                self._watch(knock)

    def get(self, code: CodeType) -> Knock:
        """What is known of a code object."""
        knock = self._known.get(id(code))
        if knock is None or knock.code is not code:
            knock = self._known[id(code)] = Knock(code)
        return knock

    def seen(self, knock: Knock, line: int, loop: Loop, caller: Caller | None) -> None:
        """A code object was seen at a line, in a loop or in none, called from that loop."""
        knock.lines.append(line)
        if loop is not None:
            knock.loops.add(loop)
        if knock.is_hot and not knock.is_watched:
            knock.caller = caller
            if self.ready:
                self._watch(knock)
            else:
                self.wanted = True

    def _watch(self, knock: Knock) -> None:
        """Have the loops of a code object tell when they come round."""
        from ..runtime.switch import NoSite, Watch

        knock.is_watched = True
        knock.since = time.process_time()
        caller = knock.caller
        codes = [knock.code] if caller is None or caller.is_gone else [caller.code, knock.code]
        marks = [(code, mark) for code in codes for mark in marks_of(code)]
        for watched, each in marks:
            if self._known.get(id(knock.code)) is not knock:
                break  # one of its loops has come round meanwhile

            def callback(frame: FrameType, mark: LoopMark = each) -> None:
                self._arrived(knock, mark, frame)

            try:
                knock.watches.append(Watch(watched, each, callback, is_shy=True))
            except NoSite:
                continue
        if not knock.watches:  # its loops are watched as those of a caller, perhaps
            knock.is_watched = False

    def _arrived(self, knock: Knock, mark: LoopMark, frame: FrameType) -> None:
        """On the program's thread: a loop that was seen, or one around it, has come round."""
        from ..runtime.switch import seconds_watched

        if not knock.watches:
            return
        knock.waited = time.process_time() - knock.since
        caller = knock.caller
        is_known = self._known.get(id(knock.code)) is knock and not self._compiler.problem
        if not is_known:  # another of its loops was first
            knock.stop_watching()
        elif caller is None:
            knock.stop_watching()
            self._meet(knock, mark, frame)
        elif caller.comes_round(frame, seconds_watched()):
            self._decide(knock)
            if caller.has_strange_values(frame):
                self._watch(knock)
            else:
                self._meet_caller(knock, caller, mark, frame)
        elif caller.is_slow():
            self._decide(knock)
            if frame.f_code is knock.code:
                self._meet(knock, mark, frame)
            else:
                self._watch(knock)

    def _decide(self, knock: Knock) -> None:
        """Watch both no longer."""
        knock.stop_watching()
        knock.caller = None
        self._decided.update((id(knock.code), loop) for loop in knock.loops)

    def _meet(self, knock: Knock, mark: LoopMark, frame: FrameType) -> None:
        """Have a loop compiled that has come round, unless its values are strange."""
        if self._has_strange_values(knock, frame):
            knock.is_watched = False
            knock.lines.clear()
            knock.loops.clear()
        else:
            del self._known[id(knock.code)]
            tiering = self._tiering()
            if tiering is not None:
                tiering.met(knock.code, knock.lines, mark, frame, knock.waited)

    def _meet_caller(self, knock: Knock, caller: Caller, mark: LoopMark, frame: FrameType) -> None:
        """Have the loop around the calls compiled; if that fails, what it calls."""
        del self._known[id(knock.code)]
        tiering = self._tiering()
        if tiering is None:
            return
        tiering.met(caller.code, [caller.line] * HOT, mark, frame, knock.waited)
        if not tiering.is_native(caller.code, caller.line):
            for line in knock.lines:
                tiering.seen(knock.code, line)

    def _tiering(self) -> Tiering | None:
        """The compiler, unless it cannot be imported: the program goes on without."""
        try:
            return self._compiler.tiering()
        except Exception:  # `problem` tells
            return None

    def _has_strange_values(self, knock: Knock, frame: FrameType) -> bool:
        """Whether native code could not calculate with what a frame at the head of a loop holds. A
        loop where that happens time and again is passed over: importing the compiler to be told
        the same takes longer than many a program."""
        screen = self._compiler.screens.of(knock.code, frame.f_globals, frame.f_builtins)
        loop = screen.loop_at(frame.f_lasti)
        if loop is None or loop not in knock.loops:
            return False
        from .values import problem_of_frame

        problem = problem_of_frame(frame, screen, loop)
        if problem:
            knock.strikes += 1
            if knock.strikes >= STRIKES:
                screen.pass_over(loop, problem)
        return bool(problem)
