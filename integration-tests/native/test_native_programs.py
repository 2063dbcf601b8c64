"""Whole programs with hot loops: the output is the host's, and the loops do become native."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_host, run_program

pytestmark = pytest.mark.sampled

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
    "enumerate": """
def f(rows, n):
    seen = []
    s = 0
    for r, row in enumerate(rows * n, 7):
        for i, x in enumerate(row, r):
            for j, y in enumerate(range(i, 3, -1)):
                s = s * 31 % 1000003 + i * j + x - y
                if s % 977 == 5:
                    seen.append((r, i, j, x, y))
    return s, seen
rows = [[5, 6, 7], (1, 2), [], [9, 8, 7, 6], [0.5, 1.5]]
print(f(rows, 60))
print([(i, x) for i, x in enumerate(rows)])
""",
    "words": """
MASK = (1 << 64) - 1
def f(n, h):
    seen = []
    for i in range(n):
        h = ((h ^ (i & 255)) * 0x100000001B3) & MASK
        h ^= h >> 33
        if i % 300 == 299:
            seen.append(h)
        if i == 700:
            h = -h
    return h, seen
print(f(1500, 0xCBF29CE484222325), f(1000, 3), f(10, 1 << 80))
""",
    "random_numbers": """
import random
from random import random as one
random.seed(12)
def f(n):
    inside = 0
    for _ in range(n):
        x = random.random()
        y = one() * 2 - 1
        if x ** 2 + y ** 2 <= 1.0:
            inside += 1
    return inside
print(f(2000), random.random())
""",
    "calls_with_loops": """
def steps(n):
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count
def nearest(x, limit):
    for k in range(limit):
        if k * k >= x:
            return k
    return None
total = 0
for n in range(1, 600):
    total += steps(n)
    if nearest(n, 1000) == 20:
        total += 1
    if n > 590:
        total += steps(2 ** 70 + n)
print(total)
""",
    "unpacking": """
def f(pairs, bodies, n):
    s = 0.0
    for k in range(n):
        for (a, [b, c]), d in pairs:
            s += a * b - c * d
        for r, v, m in bodies:
            x, y = v
            r[0] += x * m
            r[1] -= y / (k + 1)
            s += r[0] ** 2 + (-y) ** 3
        if k == n - 2:
            pairs.append(((1, [2, "three"]), 4))
    return s
try:
    print(f([((1, [2.5, 3]), 4), ((5, [6.5, 7]), 8)], [([0.0, 1.0], [-0.5, 0.25], 2.0)], 400))
except TypeError as error:
    print(error)
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
