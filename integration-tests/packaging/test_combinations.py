"""Each combination of the distributions, installed alone from wheels and used as a user would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .environments import Environment

Make = Callable[[Path, tuple[str, ...]], Environment]

FRONTEND = ("tauraro-frontend",)
INTERPRETED = ("tauraro-frontend", "tauraro-vm")
ALL = ("tauraro-frontend", "tauraro-vm[jit]", "tauraro-jit")

PROGRAM = """\
import sys


def squares(limit):
    return [number * number for number in range(limit)]


try:
    print(sum(squares(int(sys.argv[1]))), __name__)
except ValueError as error:
    print(error)
"""


def importable(environment: Environment, *modules: str) -> list[str]:
    """Which of the modules the environment's own Python finds."""
    program = (
        "import sys, importlib.util as util\n"
        "print(*[name for name in sys.argv[1:] if util.find_spec(name)])\n"
    )
    return environment.succeed(["python", "-c", program, *modules]).split()


MODULES = ("tauraro_frontend", "tauraro_vm", "tauraro", "tauraro_jit", "llvmlite")


def test_frontend_alone_compiles(environment: Make, python: Path) -> None:
    alone = environment(python, FRONTEND)
    assert importable(alone, *MODULES) == ["tauraro_frontend"]
    (alone.folder / "app.py").write_text(PROGRAM)
    alone.succeed(["python", "-m", "tauraro_frontend", "compile", "app.py", "-o", "app.tbc"])
    alone.succeed(["python", "-m", "tauraro_frontend", "verify", "app.tbc"])
    assert "squares" in alone.succeed(["python", "-m", "tauraro_frontend", "dis", "app.tbc"])


def test_machine_without_native_tier_runs_programs(environment: Make, python: Path) -> None:
    machine = environment(python, INTERPRETED)
    assert importable(machine, *MODULES) == ["tauraro_frontend", "tauraro_vm", "tauraro"]
    use_every_way(machine)
    assert "not installed" in machine.succeed(["tauraro", "--version"])


def test_all_three_run_programs(environment: Make, python: Path) -> None:
    everything = environment(python, ALL)
    assert importable(everything, *MODULES) == list(MODULES)
    use_every_way(everything)
    assert "llvm (tauraro-jit 0.1.0)" in everything.succeed(["tauraro", "--version"])


def use_every_way(environment: Environment) -> None:
    """Run one program by each way that the command offers, and in an ordinary interpreter."""
    (environment.folder / "app.py").write_text(PROGRAM)
    expected = environment.succeed(["python", "app.py", "9"])
    assert expected == "204 __main__\n"
    for command in (
        ["tauraro", "app.py", "9"],
        ["tauraro", "app.py", "9"],  # now from the cache
        ["tauraro", "-m", "app", "9"],
        ["tauraro", "-c", PROGRAM, "9"],
        ["tauraro", "--tier=interp", "app.py", "9"],
        ["python", "-m", "tauraro_vm", "app.py", "9"],
    ):
        assert environment.succeed(command) == expected, command
    environment.succeed(["tauraro", "compile", "app.py", "-o", "compiled.tbc"])
    assert environment.succeed(["tauraro", "compiled.tbc", "9"]) == expected
    ordinary = "import tauraro; tauraro.install(); import sys; sys.argv = ['', '4']; import app"
    assert environment.succeed(["python", "-c", ordinary]) == "14 app\n"
