"""A sample of what `run.py` does in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.encode import encode_module
from tauraro_frontend.pipeline import build_module, compile_source
from tauraro_vm.host.compile import host_code
from tauraro_vm.interp import interp_code

from .campaign import death, judge_mutants, program_files
from .damage import flips, is_refused, truncations
from .judge import Outcome, Verdict, in_tier_0, in_tier_1, judge, run

FLIPS = 200
MUTANTS = 500

every_program = pytest.mark.parametrize("program", program_files(), ids=lambda path: path.stem)


def compiled(program: Path) -> bytes:
    return compile_source(program.read_bytes(), program.name)


@every_program
def test_program_runs_the_same_in_both_tiers(program: Path) -> None:
    """Unmutated, so that a mutant's fate says something."""
    module = decode_module(compiled(program))
    one = run(interp_code(module), in_tier_0)
    assert not one.ended
    assert one.error == ""
    assert one.output == run(host_code(module), in_tier_1).output
    assert judge(compiled(program)) == Verdict(Outcome.RAN)


@every_program
def test_truncations(program: Path) -> None:
    assert all(map(is_refused, truncations(compiled(program))))


@every_program
def test_flipped_bits(program: Path) -> None:
    assert all(map(is_refused, flips(compiled(program), FLIPS, program.name)))


def test_mutants() -> None:
    report = judge_mutants("test", MUTANTS, 2)
    assert report.problems == []
    assert report.outcomes.total() == MUTANTS
    assert report.outcomes["REFUSED"] > MUTANTS // 4
    assert report.outcomes["RAN"] > MUTANTS // 10


def test_judge_tells_endless_programs() -> None:
    data = encode_module(build_module("while True: pass\n", "endless"))
    assert judge(data) == Verdict(Outcome.ENDED)


def test_endless_programs_end_in_both_tiers() -> None:
    module = build_module("while True: pass\n", "endless")
    assert run(interp_code(module), in_tier_0).ended
    assert run(host_code(module), in_tier_1).ended


def test_judge_withholds_what_does_harm() -> None:
    for source in ("open('x')", "exec('')", "import os"):
        module = build_module(source, "harm")
        assert run(interp_code(module), in_tier_0).error.startswith(("NameError", "ImportError"))


def test_a_crash_is_told_from_a_limit() -> None:
    assert death(-27, "") == {"outcome": "STOPPED", "problem": ""}
    assert death(-11, "Fatal\n\n  File x\n") == {
        "outcome": "CRASHED",
        "problem": "SIGSEGV: Fatal |   File x",
    }
    assert death(3, "")["problem"].startswith("exit status 3")
