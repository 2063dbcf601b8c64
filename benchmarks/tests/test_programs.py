"""The programs: which there are, what filters leave, and what each prints at its smallest size."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchrunner.programs import SIZES, NoProgramError, Program, discover, select
from record_expected import EXPECTED_FILE, ROOT, label

PROGRAMS = discover(ROOT)
EXPECTED: dict[str, str] = json.loads(EXPECTED_FILE.read_text(encoding="utf-8"))


def names(programs: list[Program]) -> list[str]:
    return [label(program) for program in programs]


@pytest.fixture
def some(tmp_path: Path) -> list[Program]:
    for path in ("b/two.py", "b/one.py", "a/one_more.py", "a/_private.py", "a/note.txt"):
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.touch()
    return discover(tmp_path)


def test_programs_are_found_in_order(some: list[Program]) -> None:
    assert names(some) == ["a/one_more", "b/one", "b/two"]
    assert all(program.path.is_absolute() for program in some)


def test_no_filter_leaves_all(some: list[Program]) -> None:
    assert select(some) == some


def test_filters_by_group_and_by_pattern_combine(some: list[Program]) -> None:
    assert names(select(some, groups=["b"])) == ["b/one", "b/two"]
    assert names(select(some, names=["one*"])) == ["a/one_more", "b/one"]
    assert names(select(some, groups=["b"], names=["one*"])) == ["b/one"]


@pytest.mark.parametrize(
    ("groups", "patterns", "message"),
    [
        (["c"], [], "no group is named 'c'"),
        (["a", "c"], [], "no group is named 'c'"),
        ([], ["one", "thre*"], "no program matches 'thre\\*'"),
        (["a"], ["two"], "no program is in the groups"),
    ],
)
def test_a_filter_that_matches_nothing_is_an_error(
    some: list[Program], groups: list[str], patterns: list[str], message: str
) -> None:
    with pytest.raises(NoProgramError, match=message):
        select(some, groups, patterns)


def test_an_output_is_expected_of_each_program() -> None:
    assert list(EXPECTED) == names(PROGRAMS)


@pytest.mark.sampled
@pytest.mark.parametrize("program", PROGRAMS, ids=label)
def test_program_prints_what_is_expected(program: Program) -> None:
    process = subprocess.run(
        [sys.executable, program.path, SIZES[0]], capture_output=True, text=True, check=False
    )
    assert (process.stderr, process.returncode) == ("", 0)
    assert process.stdout == EXPECTED[label(program)]


@pytest.mark.sampled
@pytest.mark.parametrize("program", PROGRAMS, ids=label)
def test_program_keeps_to_the_form(program: Program) -> None:
    """It parses as Python 3.9, says what it does, and knows all sizes."""
    tree = ast.parse(program.path.read_text(encoding="utf-8"), feature_version=(3, 9))
    assert ast.get_docstring(tree)
    sizes = [
        ast.literal_eval(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "SIZES"
    ]
    assert [tuple(found) for found in sizes] == [SIZES]
