"""Dicts, sets and strings as the host keeps them: what holds here, and that what does not is seen."""

from __future__ import annotations

from types import ModuleType

import pytest

from tauraro_jit.irbuild import dicts as built_dicts
from tauraro_jit.layout import dicts, sets, strings
from tauraro_jit.layout.memory import Memory, Unreadable

from ..compile.machine import Machine, run_plain
from ..compile.regions import Native


def test_all_holds_here() -> None:
    assert dicts.dict_problem() == sets.set_problem() == strings.string_problem() == ""
    found = strings.characters()
    assert found is not None
    assert found.ascii + found.ascii_size * ord("z") == id("z")
    assert found.other + found.other_size * (0xE4 - 128) == id("\xe4")


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (dicts, "USED", 24),
        (dicts, "LOG2_INDEX_BYTES", 8),
        (dicts, "GENERAL", 2),
        (dicts, "PERTURB", 4),
        (dicts, "HASH_MODULUS", 2**61),
        (sets, "USED", 32),
        (sets, "LINEAR_PROBES", 0),
        (sets, "ENTRY_HASH", 0),
        (strings, "SIZE", 24),
        (strings, "DATA", 64),
        (strings, "ASCII_DATA", 44),
        (strings, "KIND_SHIFT", 3),
    ],
)
def test_wrong_offsets_are_seen(
    module: ModuleType, name: str, wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, wrong)
    try:
        with Memory() as memory:
            problem = module.probe(memory)
    except Unreadable as error:
        problem = f"unexpected: {error}"
    assert problem.startswith("unexpected: ")


PROGRAM = """
table = {k: k for k in range(5)}
s = 0
for k in range(20):
    s += table[k % 5]
"""


@pytest.mark.parametrize("problem", ["", "dicts: unexpected: size"])
def test_what_is_not_known_is_not_used(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built_dicts, "dict_problem", lambda: problem)
    run = Machine(PROGRAM, Native).run()
    assert run.outcome == run_plain(PROGRAM).outcome
    assert bool(run.exits) is (not problem)
