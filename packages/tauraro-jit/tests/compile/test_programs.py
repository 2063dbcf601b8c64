"""Programs with a point, entered at different rounds, in every scope: the same as plain Python."""

from __future__ import annotations

import gc
import sys

import pytest

from .machine import ENGINES, OPTIMIZED, Engine, Machine, Run, run_plain
from .programs import MODULE_ONLY, PROGRAMS
from .regions import Evaluated, Native, Scope


def check(source: str, run: Run) -> None:
    """The run has left what plain Python leaves."""
    assert run.outcome == run_plain(source).outcome


@pytest.mark.parametrize("optimized", OPTIMIZED)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, engine: Engine, optimized: bool) -> None:
    source = PROGRAMS[name]
    everywhere = optimized and name not in MODULE_ONLY
    for number, scope in enumerate(Scope if everywhere else [Scope.MODULE]):
        machine = Machine(source, engine, scope, optimized=optimized, first=1 + number)
        check(source, machine.run())


@pytest.mark.parametrize("name", PROGRAMS)
def test_inner_loops_as_regions(name: str) -> None:
    source = PROGRAMS[name]
    loops = len(Machine(source, Evaluated).resumption.loops)
    for native in range(loops):
        scope = Scope.MODULE if name in MODULE_ONLY else Scope.FUNCTION
        machine = Machine(source, Evaluated, scope, native=native, optimized=True)
        check(source, machine.run())


DECLINED = {
    "a descriptor",
    "a method of its own for assignments",
    "a method of its own for attributes",
    "a built-in is replaced",
    "a generator expression elsewhere",
    "a method in a variable is that of another list",
    "a subclass of list",
    "an assignment expression behind a choice",
    "call between targets",
    "isinstance of a class that asks the program",
    "a bool as a key",
    "many ways that store in one test",
    "random numbers in a test",
    "random numbers that are not all",
    "two stores in a function",
    "two targets with a choice",
    "unpacking with a choice",
}
"""Programs whose loop is not compiled; what they would get wrong is still tested."""

if sys.version_info >= (3, 13):  # such instances always have a dict
    DECLINED.add("slots beside a dict")


@pytest.mark.parametrize("name", PROGRAMS)
def test_native_code_is_entered(name: str) -> None:
    """Nothing is compared in vain."""
    run = Machine(PROGRAMS[name], Evaluated, Scope.MODULE).run()
    assert bool(run.exits) is (name not in DECLINED)


def test_results_are_right_by_themselves() -> None:
    """The harness would see a wrong result."""

    class Wrong(Evaluated):
        def run(self, slots: list[object], inject: object) -> int:
            number = super().run(slots, None)
            slots[:] = [slot + 1 if type(slot) is int else slot for slot in slots]
            return number

    source = PROGRAMS["sum"]
    assert Machine(source, Wrong).run().outcome != run_plain(source).outcome


@pytest.mark.parametrize("name", ["rows", "store while iterating", "bools", "neighbours"])
def test_stores_keep_no_objects(name: str) -> None:
    """Boxes that native code makes and drops are counted right."""
    machine = Machine(PROGRAMS[name], Native, optimized=True)

    def blocks() -> int:
        machine.run()
        machine.namespace.clear()
        gc.collect()
        return sys.getallocatedblocks()

    counts = [blocks() for _ in range(20)]
    assert counts[-1] - counts[9] < 20
