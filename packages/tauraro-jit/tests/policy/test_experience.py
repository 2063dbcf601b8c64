"""What a process tells later ones, and what they make of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest
from region_kit import Program

from tauraro_jit.policy.experience import LONGEST, PATIENCE, Experience, digest_of, path_of
from tauraro_jit.policy.loops import IMPORT, YOUNG, HotLoop, Status, seconds_in_vain
from tauraro_jit.runtime.marks import marks_of

LOOP = "def f(n):\n for i in range(n):\n  i + 1"


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CodeType:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made: CodeType = Program(LOOP).run()["f"].__code__
    return made


def learned(code: CodeType, seconds: float) -> Experience:
    experience = Experience()
    experience.learn(code, seconds)
    experience.save()
    return Experience()


def test_code_compiled_in_vain_waits_in_later_processes(code: CodeType) -> None:
    assert Experience().wait(code) == 0.0
    later = learned(code, 0.1)
    assert later.wait(code) == 0.1 * PATIENCE
    assert learned(code, 0.05).wait(code) == 0.1 * PATIENCE, "the longest counts"
    assert learned(code, 1e6).wait(code) == LONGEST


def test_what_paid_waits_no_more(code: CodeType) -> None:
    learned(code, 0.1)
    assert learned(code, 0.0).wait(code) == 0.0
    assert not os.path.exists(path_of(code.co_filename)), "nothing is left to know"


def test_other_code_is_not_known(code: CodeType) -> None:
    later = learned(code, 0.1)
    other = Program(LOOP.replace("+", "-")).run()["f"].__code__
    assert digest_of(other) != digest_of(code)
    assert later.wait(other) == 0.0


def damage(path: str) -> None:
    Path(path).write_bytes(Path(path).read_bytes()[:-3] + b"9\n\n")


def empty(path: str) -> None:
    Path(path).write_bytes(b"")


def open_to_all(path: str) -> None:
    os.chmod(path, 0o666)


def no_text(path: str) -> None:
    Path(path).write_bytes(b"\xff\xff\n\xff")


@pytest.mark.parametrize("spoil", [damage, empty, open_to_all, no_text, os.unlink])
def test_files_that_are_not_trusted(code: CodeType, spoil: Callable[[str], None]) -> None:
    learned(code, 0.1)
    spoil(path_of(code.co_filename))
    assert Experience().wait(code) == 0.0


def test_nothing_is_written_where_python_must_not(
    code: CodeType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert learned(code, 0.1).wait(code) == 0.0


def test_a_folder_that_cannot_be_written(
    code: CodeType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert learned(code, 0.1).wait(code) == 0.0


class Installed:
    """Stands for native code that was entered so often, and took so long."""

    tables = ()

    def __init__(self, entered: int, seconds: float) -> None:
        self.entered, self.seconds = entered, seconds
        self.refused: dict[object, int] = {}
        self.exits: list[object] = []


def loop_of(code: CodeType, status: Status, effort: float, installed: object = None) -> HotLoop:
    (mark,) = marks_of(code)
    loop = HotLoop(code, mark, 2, 3)
    loop.status, loop.effort, loop.born = status, effort, -YOUNG
    if installed is not None:
        vars_of: Callable[[str, object], None] = loop.__setattr__
        vars_of("installed", installed)
    return loop


def test_what_is_in_vain(code: CodeType) -> None:
    declined = loop_of(code, Status.DECLINED, 0.1)
    assert seconds_in_vain([declined]) == 0.1 + IMPORT
    paid = loop_of(code, Status.NATIVE, 0.1, Installed(1, 0.3))
    assert seconds_in_vain([declined, paid]) == 0.0
    assert seconds_in_vain([declined, paid], busy=0.1) == pytest.approx(0.2 + IMPORT)
    little = loop_of(code, Status.NATIVE, 0.1, Installed(1, 0.3))
    little.gain = (0.1 + IMPORT) / 0.3 - 0.01
    assert seconds_in_vain([little]) == 0.1 + IMPORT, "the compiler was imported for it"
    little.gain += 0.02
    assert seconds_in_vain([little]) == 0.0
    young = loop_of(code, Status.NATIVE, 0.1, Installed(1, 0.05))
    young.born = time.process_time() + YOUNG
    assert seconds_in_vain([declined, young]) is None
    young.born = -YOUNG
    assert seconds_in_vain([declined, young]) == pytest.approx(0.2 + IMPORT)
    assert seconds_in_vain([loop_of(code, Status.WATCHED, 0.0)]) == IMPORT
    assert seconds_in_vain([loop_of(code, Status.COLD, 0.0)]) is None


@pytest.mark.parametrize(
    ("entered", "seconds", "is_vain"),
    [(1_000_000, 0.02, True), (1_000_000, 0.2, False), (10_000, 0.0, False)],
)
def test_entering_that_takes_longer_than_it_saves(
    code: CodeType, entered: int, seconds: float, is_vain: bool
) -> None:
    loop = loop_of(code, Status.NATIVE, 0.1, Installed(entered, seconds))
    assert loop.is_entered_in_vain() is is_vain
    assert loop.is_entered_in_vain(0.01) is (entered == 1_000_000)
