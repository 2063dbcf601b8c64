"""A loop is left in mid-body, natively, in every context a loop can stand in.

Each program has a loop whose body is

    log.append(("a", i))
    x += i
    log.append(("b", i))  # T

and a region that does the first two statements of every second iteration and leaves before the
third. The program must not notice.
"""

from __future__ import annotations

import gc
from typing import Any

import pytest
from region_kit import INT, NUMBER, Program, RegionMaker, Slots
from runtime_contexts import CONTEXTS, Context

from tauraro_jit.native.region import IteratorKind, Place
from tauraro_jit.runtime.table import Refusal


def install_halves(program: Program, kind: IteratorKind | None) -> Any:
    """The region that does half an iteration, every second time."""
    maker = RegionMaker(program, program.line("# L"), kind, i=INT, x=NUMBER)
    exit_ = maker.exit(["x"], statement=program.line("# T"))
    again = maker.exit([], statement=program.line("# T") - 2)
    turn = 0

    def body(slots: Slots) -> int:
        nonlocal turn
        turn += 1
        if turn % 2:
            return again
        log: list[object] = program.log  # type: ignore[attr-defined]
        log.append(("a", slots["i"]))
        slots["x"] = slots["x"] + slots["i"]
        return exit_

    return maker.install(body)


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda c: c.name)
def test_context(context: Context) -> None:
    """60 calls (or module runs) with and without the region leave the same trace."""
    outcomes = []
    for native in (False, True):
        program = context.program()
        log: list[object] = []
        program.log = log  # type: ignore[attr-defined]
        installed = install_halves(program, context.kind) if native else None
        in_module = any(program.mark(program.line("# L")).code_index == 0 for _ in "x")
        results = []
        separate = context.refuses is Refusal.NAMESPACE
        namespace = {} if separate else program.run(log=log)
        for round_ in range(60):
            if separate:
                names: dict[str, Any] = {"log": log}
                exec(program.code, names, locals_ := {})
                results.append(locals_["x"])
            else:
                if in_module:
                    namespace = program.run(log=log)
                results.append(namespace["f"]())
            if round_ % 20 == 0:
                gc.collect()
        outcomes.append((results, log))
        if installed is not None:
            if context.refuses is None:
                assert installed.entered > 50
                assert not installed.refused
                assert sum(e.times for e in installed.exits) == installed.entered
            else:
                assert not installed.entered
                assert set(installed.refused) == {context.refuses}
    assert outcomes[0] == outcomes[1]


def test_places() -> None:
    """The contexts cover every place where a variable can live."""
    seen = set()
    for context in CONTEXTS:
        program = context.program()
        maker = RegionMaker(program, program.line("# L"), context.kind, i=INT, x=INT)
        seen |= {value.place for value in maker.values.values()}
    assert seen == {Place.LOCAL, Place.CELL, Place.GLOBAL}
