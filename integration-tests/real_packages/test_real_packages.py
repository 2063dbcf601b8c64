"""The table can be read; what differs is found. `run.py` runs the packages: it needs an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from .comparison import differences
from .environment import ROOT
from .suites import PROGRAMS, Result
from .table import Entry, choose, read_table

TABLE = read_table()


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry.name)
def test_what_the_table_names_is_there(entry: Entry) -> None:
    assert all((PROGRAMS / name).is_file() for name in entry.programs)
    assert (ROOT / entry.folder).is_dir()


def test_every_program_is_in_the_table() -> None:
    named = {name for entry in TABLE for name in entry.programs}
    assert named == {path.name for path in PROGRAMS.glob("*.py")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[a]\nneeds = []", "has not one of"),
        ('[a]\nsuite = ["t"]\nprograms = ["p"]', "has not one of"),
        ('[a]\nsuite = ["t"]\nspeed = 3', "unknown settings"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "table.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=problem):
        read_table(file)


def test_entries_are_chosen_by_name() -> None:
    assert [entry.name for entry in choose(TABLE, ["toolz", "attrs"])] == ["attrs", "toolz"]
    assert choose(TABLE, []) == TABLE
    with pytest.raises(ValueError, match="no such package"):
        choose(TABLE, ["toolz", "tools"])


def test_tests_with_another_outcome_are_named() -> None:
    expected = Result({"a": "passed", "b": "failed", "c": "skipped", "d": "passed"})
    found = Result({"a": "passed", "b": "passed", "c": "failed", "e": "passed"}, {"c": "why"})
    assert [(each.test, each.outcome) for each in differences(expected, found)] == [
        ("b", "passed"), ("c", "failed"), ("d", "missing"), ("e", "passed"),
    ]  # fmt: skip
    assert differences(expected, expected) == []


def test_a_run_without_outcomes_is_one_difference() -> None:
    found = differences(Result({"a": "passed", "b": "passed"}), Result(problem="killed by SIGSEGV"))
    assert [(each.expected, each.details) for each in found] == [("2 tests", "killed by SIGSEGV")]


def test_of_long_outcomes_the_lines_that_differ_are_shown() -> None:
    one = Result({"p.py": "passed: 1\n2\n3\n"})
    other = Result({"p.py": "passed: 1\n2\n4\n"})
    text = str(differences(one, other)[0])
    assert "-3" in text
    assert "+4" in text
    assert "2" not in text.replace("@@ -3 +3 @@", "")
