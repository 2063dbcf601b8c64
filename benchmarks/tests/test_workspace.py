"""Private copies: which caches a run can see, and what is in its environment."""

import sys
from pathlib import Path

import pytest
from benchrunner.interpreters import Interpreter
from benchrunner.programs import Program
from benchrunner.workspace import Workspace, child_environment

PYTHON = Interpreter("py", (sys.executable, "-O"), {"MARK": "x"})


@pytest.fixture
def program(tmp_path: Path) -> Program:
    path = tmp_path / "group" / "name.py"
    path.parent.mkdir()
    path.write_text("print(1)\n", encoding="utf-8")
    return Program("group", "name", path)


def test_warm_runs_share_a_copy(program: Program) -> None:
    with Workspace() as workspace:
        first = workspace.copy("a", program.path, "warm")
        (first.parent / "__pycache__").mkdir()
        assert workspace.copy("a", program.path, "warm") == first
        assert (first.parent / "__pycache__").exists()


def test_cold_runs_start_from_a_fresh_copy_and_drop_the_last_one(program: Program) -> None:
    with Workspace() as workspace:
        first = workspace.copy("a", program.path, "cold")
        (first.parent / "__pycache__").mkdir()
        second = workspace.copy("a", program.path, "cold")
        assert second.read_text(encoding="utf-8") == "print(1)\n"
        assert [path.name for path in second.parent.iterdir()] == ["name.py"]
        assert not first.exists()


def test_interpreters_do_not_share_copies(program: Program) -> None:
    with Workspace() as workspace:
        assert workspace.copy("a", program.path, "warm") != workspace.copy(
            "b", program.path, "warm"
        )


def test_caches_beside_the_sources_are_not_copied(tmp_path: Path) -> None:
    (tmp_path / "tree" / "__pycache__").mkdir(parents=True)
    (tmp_path / "tree" / "module.py").touch()
    with Workspace() as workspace:
        copy = workspace.copy("a", tmp_path / "tree", "warm")
        assert [path.name for path in copy.iterdir()] == ["module.py"]


def test_nothing_is_left_at_the_end(program: Program) -> None:
    with Workspace() as workspace:
        copy = workspace.copy("a", program.path, "warm")
    assert not copy.parent.parent.exists()
    assert program.path.exists()


def test_launch_of_a_program(program: Program) -> None:
    with Workspace() as workspace:
        launch = workspace.launch_program(PYTHON, program, ["small"], "warm")
        script = workspace.copy("py", program.path, "warm")
        assert launch.argv == (sys.executable, "-O", str(script), "small")
        assert launch.directory == script.parent
        assert launch.environment["MARK"] == "x"
        assert Path(launch.environment["XDG_CACHE_HOME"]).parent == script.parent


def test_launch_of_plain_words() -> None:
    other = Interpreter("other", (sys.executable,))
    with Workspace() as workspace:
        one = workspace.launch_words(PYTHON, ["-c", "pass"])
        two = workspace.launch_words(other, ["-c", "pass"])
    assert one.argv == (sys.executable, "-O", "-c", "pass")
    assert one.environment["XDG_CACHE_HOME"] != two.environment["XDG_CACHE_HOME"]


def test_environment_of_a_measured_process() -> None:
    inherited = {
        "PATH": "/bin",
        "PYTHONHASHSEED": "7",
        "PYTHONPYCACHEPREFIX": "/elsewhere",
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": "/elsewhere/cache",
    }
    assert child_environment(inherited, {"A": "1"}, Path("/caches")) == {
        "PATH": "/bin",
        "PYTHONHASHSEED": "0",
        "XDG_CACHE_HOME": "/caches",
        "A": "1",
    }


def test_an_interpreter_may_set_what_is_fixed_otherwise() -> None:
    environment = child_environment({}, {"PYTHONHASHSEED": "5"}, Path("/caches"))
    assert environment["PYTHONHASHSEED"] == "5"
