"""`tauraro.jit` in an ordinary program, with the native tier."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

PROGRAM = """\
import traceback

import tauraro


@tauraro.jit
def squares(n, step=1):
    total = 0
    for i in range(0, n, step):
        total += i * i
    return total


@tauraro.jit
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@tauraro.jit
def lines(file):
    for line in file:
        pass


@tauraro.jit
def straight():
    return 1


def other(n):
    for i in range(n):
        pass


print(tauraro.is_compiled(squares), tauraro.why_not(squares))
print(squares(100), squares(100, 2), fib(15), straight())
with open(__file__) as file:
    lines(file)
    lines(file)
print(tauraro.is_compiled(squares), tauraro.is_compiled(fib), tauraro.tier_of(squares))
print(tauraro.is_compiled(lines), tauraro.why_not(lines))
print(tauraro.is_compiled(straight), tauraro.why_not(straight))
print(tauraro.is_compiled(other), tauraro.tier_of(other))
try:
    squares("x")
except TypeError:
    traceback.print_exc()
"""

EXPECTED = """\
False line 6: it has not been called since
328350 161700 610 1
True True host
False line 21: none of its loops is compiled (a for loop over TextIOWrapper)
False line 25: hot loops are compiled where they run, functions are not
False None
"""


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "app.py").write_text(text)
    command = [sys.executable, "app.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_functions_of_an_ordinary_program_become_native(tmp_path: Path) -> None:
    requested = run(tmp_path, PROGRAM)
    assert requested.stdout == EXPECTED
    plain = run(
        tmp_path,
        "class tauraro:\n    jit = is_compiled = why_not = tier_of = staticmethod("
        "lambda function: function)\n" + PROGRAM.replace("import tauraro\n", "", 1),
    )
    assert _tail(requested.stderr) == _tail(plain.stderr), "the same traceback"


def _tail(text: str) -> list[str]:
    """A traceback without the numbers of its lines."""
    return [line.partition(", line ")[0] for line in text.splitlines()]
