"""Ints of more than 64 bits in variables: native code leaves them alone where the loop neither
assigns them nor calculates with them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, run_both, run_source

PROGRAM = """
LARGE = 2**100 + 7

def seldom(n, special, total):
    rest = 0
    for i in range(n):
        x = special if i % 1000 == 999 else i
        rest += x & 7
        if i == n - 3:
            rest += LARGE & 1
            total += special
    return rest, total

def multiplied(large, n):
    while n:
        n -= 1
        if n == 5:
            large *= 3
    return large

for number in (2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 3**50, -(2**80)):
    print(seldom(2500, number, -number), multiplied(number, 100))
"""


@pytest.mark.parametrize("mode", MODES)
def test_results(tmp_path: Path, mode: str) -> None:
    """At all borders, with each way out."""
    host, run = run_both(PROGRAM, tmp_path, *MODES[mode])
    assert (run.output, run.status) == (host.output, 0)


def test_is_entered(tmp_path: Path) -> None:
    """A loop beside which there is such an int is native."""
    source = "def f(n, large):\n    for i in range(n):\n        n += i & 1\n    return n + large\n"
    source += "print(f(3000, 2**70) - 2**70)\n"
    run = run_source(source, tmp_path, "--jit-threshold=100", "--jit-sync")
    assert run.output == "4500\n"
    assert "entered 1 time; left 1 x line 2: the loop has ended" in run.report
