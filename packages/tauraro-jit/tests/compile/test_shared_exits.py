"""Exits that share what they store: each leaves with its own variables, for its own place."""

from __future__ import annotations

from random import Random

import pytest

from .campaign import injections
from .machine import Machine, run_plain
from .regions import Evaluated, Native, Scope

ROWS = """
rows = [[float(i + k) for k in range(4)] for i in range(4)]
count = 0
for i in range(4):
    a = rows[i]
    for j in range(i + 1, 4):
        b = rows[j]
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        count += 1
        force = dx * dx + dy * dy
        a[2] -= dx * force
        a[3] -= dy * force
        b[2] += dx * force
        b[3] += dy * force
"""

KINDS = """
numbers = [3, 1, 4, 1, 5, 9, 2, 6]
flags = [False] * 8
total = 0
for n, k in enumerate(numbers):
    small = k < 4
    if small:
        total += k * numbers[n - 1]
        flags[n] = small
    else:
        half = k / 2
        total -= numbers[-1]
        numbers[n] = total
    last = numbers[n]
"""


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("source", [ROWS, KINDS], ids=["rows", "kinds"])
def test_each_guard_leaves_where_it_stands(source: str, scope: Scope) -> None:
    """The first, a middle and the last time: machine code leaves through the same exit as the
    evaluator, and the program ends as it does in plain Python."""
    plain = run_plain(source)
    evaluated = Machine(source, Evaluated, scope, optimized=True, entries=1)
    native = Machine(source, Native, scope, optimized=True, entries=1)
    found = injections(evaluated, Random(0), 10_000)
    places = set()
    for injection in found:
        expected, run = evaluated.run(injection), native.run(injection)
        assert run.outcome == plain.outcome, injection
        assert [(e.resume, e.pc, e.reason) for e in run.exits] == [
            (e.resume, e.pc, e.reason) for e in expected.exits
        ]
        places.add(run.exits[0].pc)
    assert len(places) > 5
