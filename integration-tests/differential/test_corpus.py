"""Every program writes the same, to both streams, and ends the same: host and tiers."""

from __future__ import annotations

import sys
import warnings
from functools import cache
from pathlib import Path

import pytest

from .programs import FOLDERS, Program, copy_programs, find_programs, reason_to_differ
from .running import NATIVE_MODES, TIERS, Outcome, difference, run_program, split_stats

PROGRAMS = find_programs()
every_program = pytest.mark.parametrize("program", PROGRAMS, ids=str)

# `run_corpus` runs all of them; here each version of the host takes others.
SAMPLE = PROGRAMS[sys.version_info[1] % 4 :: 4]


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the programs, so that every cache starts cold and the sources stay clean."""
    folder = tmp_path_factory.mktemp("programs")
    copy_programs(folder)
    return folder


@cache
def on_host(program: Program, workspace: Path) -> Outcome:
    return run_program(program, workspace)


def compiling_warns(program: Program, workspace: Path) -> bool:
    """Whether the host's compiler has something to say about the main file."""
    if program.command[0] == "-m":
        return False
    path = workspace / program.folder / program.command[0]
    source = path / "__main__.py" if path.is_dir() else path
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(source.read_bytes(), source.name, "exec", dont_inherit=True)
    return bool(caught)


@every_program
def test_the_program_is_a_fair_test(program: Program, workspace: Path) -> None:
    """It ends as it says, writes to standard error only if it says so, and never varies."""
    outcome = on_host(program, workspace)
    assert outcome.exit_status == program.exit_status
    assert bool(outcome.stderr) <= program.writes_to_stderr, outcome.stderr.decode()
    assert outcome.stdout or outcome.stderr
    assert str(workspace).encode() not in outcome.stdout
    again = run_program(program, workspace, hash_seed=1)
    assert again == outcome, difference(outcome, again)


def expect_known_difference(request: pytest.FixtureRequest, program: Program, tier: str) -> None:
    """Where a difference is listed, with its reason, the test must fail."""
    if reason := reason_to_differ(program, tier):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.mark.parametrize("tier", TIERS)
@every_program
def test_a_tier_equals_the_host(
    program: Program, tier: str, workspace: Path, request: pytest.FixtureRequest
) -> None:
    """From cold caches and from warm ones; then in no other tier, with nothing left to the host's
    own compiler.

    A main program that the compiler warns about has no cache: it warns at every start.
    """
    expect_known_difference(request, program, tier)
    expected = on_host(program, workspace)
    actual = run_program(program, workspace, tier)
    assert actual == expected, difference(expected, actual)
    again, execution = split_stats(run_program(program, workspace, tier, options=["--stats"]))
    assert again == expected, difference(expected, again)
    if program.runs:
        assert execution is not None
        assert not execution.fallbacks, execution.fallbacks
        assert execution.only_in(tier)
        assert ("from the cache" in execution.origins) == (not compiling_warns(program, workspace))
        assert (execution.instructions > 0) == (tier == "interp")


@pytest.mark.parametrize("mode", NATIVE_MODES)
@pytest.mark.parametrize("program", SAMPLE, ids=str)
def test_native_code_equals_the_host(
    program: Program, mode: str, workspace: Path, request: pytest.FixtureRequest
) -> None:
    """With each loop compiled as early as can be, and with each guard failing once."""
    expect_known_difference(request, program, mode)
    expected = on_host(program, workspace)
    actual = run_program(program, workspace, mode)
    assert actual == expected, difference(expected, actual)


def test_every_folder_holds_programs() -> None:
    names = {program.name for program in PROGRAMS}
    assert len(names) == len(PROGRAMS)
    assert sum(name.startswith("corpus/") for name in names) >= 60
    assert sum(name.startswith("examples/") for name in names) >= 15
    assert all(folder.is_dir() for folder in FOLDERS.values())
