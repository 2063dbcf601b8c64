"""Every operation that can leave the region is made to: the first, a middle and the last time. The
program must end as if nothing had happened."""

from __future__ import annotations

from random import Random

import pytest

from .campaign import check_forced, injections
from .machine import OPTIMIZED, Machine
from .programs import MODULE_ONLY, PROGRAMS
from .random_programs import random_program
from .regions import Evaluated, Scope


@pytest.mark.parametrize("optimized", OPTIMIZED)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, optimized: bool) -> None:
    random = Random(name)
    everywhere = optimized and name not in MODULE_ONLY
    scopes = list(Scope) if everywhere else [Scope.MODULE]
    problem = check_forced(PROGRAMS[name], random, scopes, optimized=optimized, most=12)
    assert problem is None, problem


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("optimized", OPTIMIZED)
@pytest.mark.parametrize("seed", range(100, 110))
def test_random_program(seed: int, optimized: bool) -> None:
    random = Random(seed)
    problem = check_forced(random_program(random), random, optimized=optimized, most=15)
    assert problem is None, problem


def test_each_kind_of_exit_is_forced() -> None:
    """Guards, overflow, long ints, stores and polls are all among what is made to leave."""
    forced: set[str] = set()
    for source in PROGRAMS.values():
        machine = Machine(source, Evaluated, Scope.MODULE, entries=1)
        wanted = {number for number, _ in injections(machine, Random(0), 1000)}
        for region, _ in machine.regions[:1]:
            leaving = enumerate(region.function.leaving())
            forced |= {operation.op.text for number, operation in leaving if number in wanted}
    stores = {"store_int", "store_float", "store_bool"}
    checked = {"add_checked", "sub_checked", "mul_checked", "unbox_int_checked"}
    assert forced >= {"guard", "poll"} | stores | checked


def test_a_forced_exit_really_leaves() -> None:
    machine = Machine(PROGRAMS["sum"], Evaluated, entries=1)
    assert [left.reason for left in machine.run().exits] == ["the loop has ended"]
    for injection in injections(machine, Random(0), 100):
        assert machine.run(injection).exits[0].reason != "the loop has ended"
