"""The comparison itself: it finds programs, reads what they declare, and reports differences."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .programs import ROOT, SMALL, Program, find_programs, known_differences
from .run_corpus import Result
from .running import (
    MODES,
    STATS_TITLE,
    Execution,
    Outcome,
    difference,
    run_program,
    split_stats,
    summary,
)

SAME = Outcome(b"one\ntwo\n", b"", 0)


def script(folder: Path, text: str) -> Program:
    (folder / "script.py").write_text(text, encoding="utf-8")
    return Program("script", Path(), ("script.py",))


def test_a_run_captures_both_streams_and_the_status(tmp_path: Path) -> None:
    text = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)\n"
    outcome = run_program(script(tmp_path, text), tmp_path)
    assert outcome == Outcome(b"out\n", b"err\n", 3)


def test_a_run_has_no_input_and_a_clean_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    monkeypatch.setenv("TAURARO_ENABLE", "1")
    text = (
        "import os, sys\n"
        "print(repr(sys.stdin.read()), sys.flags.optimize, os.environ.get('TAURARO_ENABLE'))\n"
    )
    assert run_program(script(tmp_path, text), tmp_path).stdout == b"'' 0 None\n"


def test_a_run_that_does_not_end_is_reported(tmp_path: Path) -> None:
    text = "import threading\nprint('begun', flush=True)\nthreading.Event().wait()\n"
    outcome = run_program(script(tmp_path, text), tmp_path, timeout=1.0)
    assert outcome.exit_status is None
    assert difference(SAME, outcome) == "did not end in time"
    assert summary(SAME, outcome) == "timeout"


@pytest.mark.parametrize(
    ("actual", "words", "part"),
    [
        (SAME, "ok", ""),
        (Outcome(b"one\nTWO\n", b"", 0), "stdout:2", "+TWO"),
        (Outcome(b"one\ntwo\nthree\n", b"", 0), "stdout:3", "+three"),
        (Outcome(b"one\n", b"", 0), "stdout:2", "-two"),
        (Outcome(b"one\ntwo\n", b"warning", 0), "stderr:1", "+warning"),
        (Outcome(b"one\ntwo\n", b"", 1), "exit 1", "exit status 1 instead of 0"),
        (Outcome(b"\xffne\ntwo\n", b"x", 2), "stdout:1 stderr:1 exit 2", "+\\xffne"),
    ],
)
def test_differences_are_named(actual: Outcome, words: str, part: str) -> None:
    assert summary(SAME, actual) == words
    assert part in difference(SAME, actual)
    assert bool(difference(SAME, actual)) == (actual != SAME)


def test_a_report_of_the_host_tier_is_split_off() -> None:
    report = STATS_TITLE + (
        b"  tier 1 (host): 2 modules, 9 code objects, 1 compiled, 1 from the cache\n"
        b"    __main__ helper\n"
        b"  left to the host: 95 of the standard library\n"
    )
    plain, execution = split_stats(Outcome(b"out", b"warning\n" + report, 0))
    assert plain == Outcome(b"out", b"warning\n", 0)
    assert execution == Execution({"host": 2}, "1 compiled, 1 from the cache", "", 0)


def test_a_report_names_what_the_host_compiled_instead() -> None:
    report = STATS_TITLE + (
        b"  no module in the virtual machine\n"
        b"  executed in tier 0: 1,234 instructions of 5 code objects\n"
        b"  compiled by the host instead: 1\n"
        b"    __main__ (x.py): AttributeError: a reason\n"
    )
    _, execution = split_stats(Outcome(b"", report, 0))
    assert execution is not None
    assert execution.modules == {}
    assert execution.instructions == 1234
    assert execution.fallbacks == "    __main__ (x.py): AttributeError: a reason\n"


def test_a_run_without_a_report_stays_whole() -> None:
    assert split_stats(SAME) == (SAME, None)


def test_programs_that_cannot_be_compiled_never_run() -> None:
    never = [program for program in find_programs() if not program.runs]
    assert never
    for program in never:
        (file,) = program.command
        with pytest.raises((SyntaxError, ValueError)):
            compile((ROOT / "integration-tests" / program.folder / file).read_bytes(), file, "exec")


def test_programs_declare_status_streams_and_arguments() -> None:
    found = {program.name: program for program in find_programs(version=(3, 13))}
    assert found["corpus/exit_status"].exit_status == 3
    assert found["corpus/exit_status"].writes_to_stderr
    assert found["corpus/syntax_warnings"].writes_to_stderr
    assert not found["corpus/closures"].writes_to_stderr
    assert found["corpus/main_module"].command[:3] == ("main_module.py", "one", "two words")
    assert found["corpus/package_imports"].command == ("package_imports",)
    assert found["examples/calculator"].command[:2] == ("-m", "calculator")


def test_newer_programs_need_newer_hosts() -> None:
    def folders(version: tuple[int, int]) -> set[str]:
        return {p.folder.name for p in find_programs(version=version) if p.folder.name[:2] == "py"}

    assert folders((3, 11)) == set()
    assert folders((3, 12)) == {"py312"}
    assert folders((3, 13)) == {"py312", "py313"}


def test_every_small_size_belongs_to_a_program() -> None:
    assert set(SMALL) <= {program.name for program in find_programs()}
    full = {program.name: program for program in find_programs(small=False)}
    assert full["examples/nbody"].command == ("nbody.py",)


def test_known_differences_name_programs_and_tiers() -> None:
    names = {program.name for program in find_programs(version=(3, 13))}
    for known in known_differences():
        assert known.program in names
        assert known.tiers <= set(MODES)
        assert known.reason


def test_known_differences_are_read() -> None:
    (known,) = known_differences(
        '[[difference]]\nprogram = "corpus/x"\ntiers = ["interp"]\nreason = "why"\n'
    )
    assert known.program == "corpus/x"
    assert known.versions == {"3.11", "3.12", "3.13"}
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in known.versions


def test_a_result_is_unexpected_if_a_tier_differs() -> None:
    program = Program("not listed", Path(), ("x.py",))
    other = Outcome(b"", b"", 0)
    assert Result(program, SAME, {"host": SAME, "interp": other}).unexpected() == ["interp"]


def test_a_result_is_unexpected_if_the_host_ran_it_for_the_tier() -> None:
    program = Program("not listed", Path(), ("x.py",))
    result = Result(program, SAME, {"host": SAME}, elsewhere=frozenset({"host"}))
    assert result.word("host") == "not in the tier"
    assert result.unexpected() == ["host"]
