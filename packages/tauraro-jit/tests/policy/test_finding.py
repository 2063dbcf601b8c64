"""What comes of looking at frames: how often, what is stopped, and what is passed over."""

from __future__ import annotations

import importlib
import subprocess
import sys
from decimal import Decimal
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any

import pytest
from region_kit import Program

from tauraro_jit.policy import callers
from tauraro_jit.policy.finding import DELAYS, NEVER, VAIN, Finder
from tauraro_jit.policy.knocking import HOT, STRIKES
from tauraro_jit.policy.report import report_lines
from tauraro_jit.runtime.marks import marks_of
from tauraro_jit.runtime.switch import Watch
from tauraro_vm.tier.protocol import NativeOptions

LOOP = """
def f(x, n, looker):
    for i in range(n):
        x = x * 3 % 1000003
        abs(looker)
    return x
"""

OFFSET = """
def f(x, n, looker):
    for i in range(n):
        y = x + 1
        y = abs(looker)
    return x
"""


class Tiering:
    """Stands for the compiler, which is asked about the loops that come round."""

    size = 0
    busy = False
    compiles = True

    def __init__(self, *_: object) -> None:
        self.met_lines: list[list[int]] = []
        self.seen_lines: list[int] = []
        self.loops: dict[object, object] = {}

    def met(
        self, code: object, lines: list[int], mark: object, frame: FrameType, waited: float
    ) -> None:
        self.met_lines.append(lines)

    def knows(self, code: object) -> bool:
        return True

    def seen(self, code: object, line: int) -> bool:
        self.seen_lines.append(line)
        return False

    def loops_of(self, code: object) -> list[object]:
        return []

    def is_native(self, code: object, line: int) -> bool:
        return Tiering.compiles

    def is_untried(self, code: object, line: int) -> bool:
        return True

    def is_brief(self, code: object, line: int) -> bool:
        return False

    def review(self) -> None:
        """Nothing is native."""


class Looker:
    """Looks at the frame that takes its absolute value, as the sampler would."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.delays: list[float] = []
        self.finder = Finder(lambda _: None, self.load, NativeOptions())
        self.finder.experience = None
        self.prepare()

    def load(self, name: str) -> ModuleType:
        self.loaded.append(name)
        if name == "tauraro_jit.policy.tiering":
            module: Any = SimpleNamespace(Tiering=Tiering)
            stand_in: ModuleType = module
            return stand_in
        return importlib.import_module(name)

    def prepare(self) -> None:
        self.finder.look([], bytearray(1))

    def look(self, frame: FrameType) -> None:
        delay = self.finder.look([frame], bytearray(1))
        if delay < 0:
            self.prepare()
        else:
            self.delays.append(delay)

    def __abs__(self) -> int:
        self.look(sys._getframe(1))
        return 1

    def __copy__(self) -> Looker:
        self.look(sys._getframe(1))
        return self

    @property
    def tiering(self) -> Any:
        return self.finder.known


@pytest.fixture
def looker() -> Looker:
    return Looker()


def run(source: str, *arguments: object) -> None:
    Program(source).run()["f"](*arguments)


def test_what_stops_at_loops_is_imported_when_one_is_hot(looker: Looker) -> None:
    run(LOOP, 1, HOT - 1, looker)
    assert looker.loaded == []
    run(LOOP, 1, HOT, looker)
    assert "tauraro_jit.runtime.switch" in looker.loaded
    assert looker.tiering is None, "it has not come round"


def test_the_compiler_is_asked_when_a_hot_loop_comes_round(looker: Looker) -> None:
    run(LOOP, 1, HOT + 2, looker)
    assert looker.tiering.met_lines == [[5] * HOT]


def test_a_loop_comes_round_while_its_neighbours_are_still_being_stopped(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_, knocks = looker.finder._knocks, []
    knock_first = all_._watch

    def knock(found: Any) -> None:
        knocks.append(found)
        knock_first(found)

    monkeypatch.setattr(all_, "_watch", knock)
    run(LOOP, 1, HOT + 2, looker)
    (met,) = knocks
    knock_first(met)
    assert met.watches == [], "it is known by now"
    stopped: list[bool] = []
    late: Any = SimpleNamespace(stop=lambda: stopped.append(True))
    met.watches.append(late)
    all_._arrived(met, next(iter(marks_of(met.code))), sys._getframe())
    assert stopped
    assert len(looker.tiering.met_lines) == 1


CALLED = """
def g(x, n, looker):
    for i in range(n):
        x = x * 3 % 1000003
        abs(looker)
    return x
def f(x, n, looker):
    total = 0
    for k in range(n):
        total += g(x, 3, looker)
    return total
"""


def test_a_caller_that_comes_round_often_is_compiled_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(callers, "LONG", NEVER)
    monkeypatch.setattr(callers, "ENOUGH", 0.0)
    times_seen = []
    for compiles in (True, False):
        monkeypatch.setattr(Tiering, "compiles", compiles)
        looker = Looker()
        run(CALLED, 1, 4, looker)
        assert looker.tiering.met_lines == [[10] * HOT]
        times_seen.append(looker.tiering.seen_lines.count(5))
    assert times_seen[1] > times_seen[0], "the loops of what it calls are tried at once"


@pytest.mark.parametrize(("long", "enough", "most"), [(0.0, 0.0, 999), (NEVER, NEVER, 3)])
def test_a_caller_that_comes_round_seldom_is_not(
    looker: Looker, monkeypatch: pytest.MonkeyPatch, long: float, enough: float, most: int
) -> None:
    monkeypatch.setattr(callers, "LONG", long)
    monkeypatch.setattr(callers, "ENOUGH", enough)
    monkeypatch.setattr(callers, "MOST", most)
    run(CALLED, 1, 9, looker)
    (lines,) = looker.tiering.met_lines
    assert set(lines) == {5}


def test_the_values_of_a_caller_are_strange(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "LONG", NEVER)
    monkeypatch.setattr(callers, "ENOUGH", 0.0)
    monkeypatch.setattr(callers.Caller, "has_strange_values", lambda *_: True)
    run(CALLED, 1, 4, looker)
    (lines,) = looker.tiering.met_lines
    assert set(lines) == {5}


def test_the_program_goes_on_without_a_compiler_that_cannot_be_imported(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str) -> ModuleType:
        if name == "tauraro_jit.policy.tiering":
            raise ImportError("libz is missing")
        return importlib.import_module(name)

    monkeypatch.setattr(looker.finder, "_load", load)
    run(LOOP, 1, 10 * HOT, looker)
    assert looker.finder.problem == "the compiler was not imported: ImportError: libz is missing"
    assert looker.delays[-1] == NEVER


def test_a_loop_that_calls_something_else_is_watched_later(looker: Looker) -> None:
    f = Program(LOOP).run()["f"]
    (mark,) = marks_of(f.__code__)
    other = Watch(f.__code__, mark, lambda _: None)
    f(1, 2 * HOT, looker)
    assert looker.tiering is None
    other.stop()
    f(1, 3, looker)
    assert looker.tiering is not None
    assert len(looker.tiering.met_lines) == 1


def test_what_was_compiled_in_vain_has_to_wait(looker: Looker) -> None:
    known: Any = SimpleNamespace(wait=lambda code: NEVER)
    looker.finder.experience = known
    run(LOOP, 1, 10 * HOT, looker)
    assert looker.tiering is None
    known.wait = lambda code: 0.0
    run(LOOP, 1, HOT + 2, looker)
    assert looker.tiering.met_lines == [[5] * HOT]


def test_calls_of_what_is_left_to_the_host_make_no_loop_hot(looker: Looker) -> None:
    run("import copy\ndef f(n, looker):\n for i in range(n):\n  copy.copy(looker)", 9, looker)
    assert looker.delays
    assert looker.tiering is None


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, Decimal(1), 1j])
def test_values_that_native_code_cannot_calculate_with(looker: Looker, value: object) -> None:
    run(OFFSET, value, STRIKES * (HOT + 2), looker)
    assert "tauraro_jit.policy.tiering" not in looker.loaded
    assert not looker.finder.problem
    ((_, problem),) = looker.finder.passed.values()
    assert problem.startswith("x is ")
    assert looker.finder.is_loaded("program.py") is False
    assert next(report_lines(looker.finder)).endswith("that native code would help")


@pytest.mark.parametrize("value", [2**64 - 1, -(2**63), True, 1.5])
def test_values_that_it_can_calculate_with(looker: Looker, value: object) -> None:
    run(OFFSET, value, HOT + 2, looker)
    assert len(looker.tiering.met_lines) == 1


def test_values_that_are_strange_once(looker: Looker) -> None:
    run("def f(x, n, looker):\n for i in range(n):\n  x = x // 3 + abs(looker)", 2**64, 20, looker)
    assert len(looker.tiering.met_lines) == 1


def test_looks_become_rare_where_nothing_is_found(looker: Looker) -> None:
    for _ in range(VAIN[-2][0] + 3):
        looker.look(sys._getframe())
    assert looker.delays == sorted(looker.delays)
    assert looker.delays[-1] == VAIN[-1][1]
    assert looker.finder.look([sys._getframe()], bytearray(1)) == VAIN[-1][1]
    run(LOOP, 1, 1, looker)
    assert looker.delays[-1] == DELAYS[0][1]


def test_a_loop_that_is_passed_over_is_judged_once(looker: Looker) -> None:
    function = Program("def f(n, looker):\n for i in range(n):\n  repr(i); abs(looker)").run()["f"]
    function(3, looker)
    ((code, problem),) = looker.finder.passed.values()
    assert (code.co_name, problem) == ("f", "a call of repr")
    looker.finder.passed.clear()
    function(3, looker)
    assert looker.finder.passed == {}


def test_what_the_sampler_imports_is_known_to_the_machine() -> None:
    """Modules of the program under these names make the machine import it all at once."""
    program = (
        "import sys\n"
        "from tauraro_vm.load.tiering import TAKEN\n"
        "before = set(sys.modules)\n"
        "import tauraro_vm.tier.discovery, tauraro_jit.plugin\n"
        "import tauraro_jit.policy.finding, tauraro_jit.policy.values, tauraro_jit.runtime.switch\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(tops & sys.stdlib_module_names - {*sys.builtin_module_names} - TAKEN))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("[]\n", "")
