"""`NAME=COMMAND` -> interpreters and their argument vectors."""

import sys
from pathlib import Path

import pytest
from benchrunner.interpreters import (
    Interpreter,
    InterpreterError,
    parse_interpreter,
    parse_interpreters,
)
from benchrunner.programs import Program
from fake_processes import make_command

SIEVE = Program("numeric", "sieve", Path("/programs/numeric/sieve.py"))


def test_a_command_is_split_as_a_shell_would() -> None:
    interpreter = parse_interpreter(f"py='{sys.executable}' -X 'a b' -O")
    assert interpreter == Interpreter("py", (sys.executable, "-X", "a b", "-O"))
    assert interpreter.argv(SIEVE, Path("/copy/sieve.py"), ["small"]) == (
        sys.executable,
        "-X",
        "a b",
        "-O",
        "/copy/sieve.py",
        "small",
    )


def test_leading_assignments_set_variables() -> None:
    interpreter = parse_interpreter(f"py=A=1 B_2='x y' {sys.executable} C=3")
    assert interpreter.variables == {"A": "1", "B_2": "x y"}
    assert interpreter.command == (sys.executable, "C=3")


def test_an_executable_is_found_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = make_command(tmp_path, "snake")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert parse_interpreter("s=snake -O").command == (str(command), "-O")


def test_a_relative_path_counts_from_here_and_links_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "python"
    link.symlink_to(make_command(tmp_path, "real"))
    monkeypatch.chdir(tmp_path)
    assert parse_interpreter("venv=./python").command == (str(link),)


def test_a_command_per_program(tmp_path: Path) -> None:
    command = make_command(tmp_path, "sieve")
    interpreter = parse_interpreter(f"c={tmp_path}/{{name}} --group={{group}}")
    assert interpreter.is_template
    argv = interpreter.argv(SIEVE, Path("/copy/sieve.py"), ["large"])
    assert argv == (str(command), "--group=numeric", "large")
    assert interpreter.runs(SIEVE)
    assert not interpreter.runs(Program("numeric", "life", Path("/programs/numeric/life.py")))
    assert interpreter.version() == ""


def test_a_placeholder_for_the_program_itself() -> None:
    interpreter = Interpreter("tool", (sys.executable, "-m", "tool", "--run={path}"))
    argv = interpreter.argv(SIEVE, Path("/copy/sieve.py"), ["tiny"])
    assert argv[-2:] == ("--run=/copy/sieve.py", "tiny")


def test_the_version_is_what_the_command_says() -> None:
    expected = "Python " + sys.version.split()[0]
    assert Interpreter("py", (sys.executable,)).version() == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("python3", "expected NAME=COMMAND"),
        ("=python3", "expected NAME=COMMAND"),
        ("a b=python3", "expected NAME=COMMAND"),
        ("py=", "is empty"),
        ("py=A=1", "is empty"),
        ("py='python3", "cannot split"),
        ("py=/nowhere/python3", "not found: /nowhere/python3"),
    ],
)
def test_what_makes_no_sense_is_named(text: str, message: str) -> None:
    with pytest.raises(InterpreterError, match=message):
        parse_interpreter(text)


def test_a_name_given_twice() -> None:
    with pytest.raises(InterpreterError, match="two interpreters are named 'py'"):
        parse_interpreters([f"py={sys.executable}", f"py={sys.executable} -O"])
