"""Each program twice, with every loop native; `run.py` runs them as often as one likes."""

from __future__ import annotations

from collections import Counter

import pytest

from .repeat import Outcome, difference, names, repeat


@pytest.mark.parametrize("name", names())
def test_program_is_the_same_each_time(name: str) -> None:
    assert repeat(name, "threshold", times=2, jobs=1, timeout=120) == Counter()


def test_a_difference_is_readable() -> None:
    text = difference(Outcome("1\n2\n", "", 0), Outcome("1\n3\n", "died", None))
    assert text.splitlines() == [
        "no end in time", "--- CPython", "+++ Tauraro", "@@ -2 +2 @@", "-2", "+3", "died",
    ]  # fmt: skip
