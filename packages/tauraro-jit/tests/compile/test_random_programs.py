"""Random programs: the same as plain Python. `campaign.py` runs as many as wanted."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .campaign import check_program
from .machine import ENGINES, OPTIMIZED, Engine
from .random_programs import random_program

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("optimized", OPTIMIZED)
@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(random=st.randoms(use_true_random=False))
def test_random_program(random: Random, engine: Engine, optimized: bool) -> None:
    problem = check_program(random_program(random), random, engine, optimized=optimized)
    assert problem is None, problem


def test_the_same_seed_gives_the_same_program() -> None:
    assert random_program(Random(5)) == random_program(Random(5))
    assert random_program(Random(5)) != random_program(Random(6))
