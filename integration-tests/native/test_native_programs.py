"""Whole programs with hot loops: the output is the host's, and the loops do become native."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_host, run_program

NUMERIC = Path(__file__).parents[2] / "benchmarks" / "programs" / "numeric"

PROGRAMS = {
    "overflow": """
def f(n):
    x = 1
    for i in range(n):
        x = x * 3 + i
    return x
print(f(200) % 1000003, f(5))
""",
    "types_change": """
def f(n):
    s = 0
    for i in range(n):
        s += i if i < n // 2 else i / 2
    return s
print(f(1000), f(10))
""",
    "break_else_continue": """
def f(n):
    found = []
    for a in range(2, n):
        for b in range(2, a):
            if a % b == 0:
                break
            if b * b > a:
                continue
        else:
            found.append(a)
    return found
print(f(120))
""",
    "module_level": """
total = 0
for i in range(2000):
    total += i & 7
    total ^= i
print(total, i)
x = 10.0
while x > 0.001:
    x *= 0.99
print(x)
""",
    "raises_in_the_middle": """
def f(values, n):
    total = 0
    try:
        for i in range(n):
            total += values[i] // (n // 2 - i)
    except ZeroDivisionError as error:
        import traceback
        traceback.print_exc()
        print(type(error).__name__, error, i, total)
    finally:
        print("finally", i)
    return total
print(f(list(range(1000)), 1000))
def g(values, n):
    for i in range(n):
        values[i] += 1.5
g([0.5] * 100, 200)
""",
    "closures_and_cells": """
def outer(n):
    total = 0
    def add(k):
        nonlocal total
        for i in range(k):
            total += i
    for _ in range(5):
        add(n)
    return total
print(outer(500))
""",
    "generator": """
def squares(n):
    x = 0
    for i in range(n):
        for j in range(50):
            x += i * j
        yield x
print(sum(squares(60)))
""",
    "lists_of_lists": """
def f(n):
    grid = [[float(i * j % 5) for j in range(n)] for i in range(n)]
    for step in range(6):
        for i in range(1, n - 1):
            row = grid[i]
            for j in range(1, n - 1):
                row[j] = (row[j - 1] + row[j + 1] + grid[i - 1][j]) / 3
    return sum(map(sum, grid)), -grid[-2][-2]
print(f(40))
""",
    "shrinking_and_negative": """
def f(values):
    out = 0
    i = -1
    while i >= -len(values):
        out = out * 31 + values[i] & 0xffff
        i -= 1
    values[-1] = True
    return out, values[-1] is True
print(f(list(range(300))), f([2**70, 1, 2]), f([False, True, 3]))
""",
    "one_guard_at_each_place": """
def f(values):
    s = 0
    for k in range(len(values)):
        s = s + values[k]
    return s
for place in range(0, 60, 7):
    for odd in (2**65, 0.25, True):
        values = [1] * 60
        values[place] = odd
        print(place, odd, f(values))
""",
}


@pytest.mark.parametrize("options", [["--jit-threshold=1"], ["--jit-threshold=7"]], ids=str)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, options: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"{name}.py"
    path.write_text(PROGRAMS[name], encoding="utf-8")
    expected = run_host(path)
    found = run_program(path, *options)
    assert found.output == expected.output
    assert found.errors == expected.errors
    assert found.status == expected.status
    assert found.native > 0


@pytest.mark.parametrize("path", sorted(NUMERIC.glob("*.py")), ids=lambda path: path.stem)
def test_numeric_benchmark(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    text = path.read_text(encoding="utf-8").replace("sys.argv", "['', 'tiny']")
    copy.write_text(text, encoding="utf-8")
    expected = run_host(copy)
    found = run_program(copy, "--jit-threshold=20")
    assert (found.output, found.errors, found.status) == (
        expected.output,
        expected.errors,
        expected.status,
    )


def test_without_a_known_layout_everything_runs(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAMS["module_level"], encoding="utf-8")
    found = run_program(path, "--jit-threshold=1", environment={"TAURARO_LAYOUT": "off"})
    assert found.output == run_host(path).output
    assert found.native == 0


def test_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAMS["overflow"], encoding="utf-8")
    found = run_program(path, "--jit=off")
    assert found.output == run_host(path).output
    assert found.native == 0
