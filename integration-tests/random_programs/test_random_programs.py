"""A sample of what `run.py` does in full."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from .compare import MODES, compare
from .generate import program

# Each version of the host takes others.
SEEDS = range(sys.version_info[1] % 3, 15, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_program_is_the_same_in_all_modes(seed: int, tmp_path: Path) -> None:
    modes = tuple(MODES) if seed % 5 == 0 else ("compiled", "stress")
    assert compare(seed, modes, tmp_path) == []


def test_the_same_seed_gives_the_same_program() -> None:
    assert program(3) == program(3) != program(4)


def test_programs_are_valid() -> None:
    for seed in range(100):
        ast.parse(program(seed))
