"""One entry of the table in one mode: the outcome of each of its tests.

A program counts as one test: its outcome is what it printed and how it ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .environment import ROOT, Environment
from .table import Entry

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"

CPYTHON = "cpython"
TAURARO = ("--vm-modules=*",)
MODES: dict[str, tuple[str, ...]] = {
    "default": TAURARO,
    "threshold": (*TAURARO, "--jit-threshold=1"),
    "sync": (*TAURARO, "--jit-threshold=1", "--jit-sync"),
    "stress": (*TAURARO, "--jit-threshold=1", "--jit-sync", "--jit-stress=exits"),
    "host": (*TAURARO, "--jit=off"),
}
"""Ways to run a package in the VM. `sync`: the program waits for its native code, so that runs
repeat; `host`: without native code, to tell whose difference it is."""

PYTEST = ("-q", "-p", "outcomes", "-p", "no:cacheprovider", "-p", "no:randomly", "--tb=short")
"""Options of every run. The second line of a package's own settings may say otherwise."""


@dataclass
class Result:
    """Outcomes by the names of tests; what failing ones said; why there is not all of it."""

    outcomes: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(outcome.startswith("passed") for outcome in self.outcomes.values())


def command(environment: Environment, mode: str) -> list[str]:
    """The interpreter of a mode."""
    if mode == CPYTHON:
        return [environment.python]
    return [environment.tauraro, *MODES[mode]]


def run_entry(
    entry: Entry, environment: Environment, mode: str, version: str, timeout: float
) -> Result:
    """Run all tests of an entry."""
    if entry.programs:
        return _run_programs(entry, environment, mode, timeout)
    return _run_suite(entry, environment, mode, version, timeout)


def _run_suite(
    entry: Entry, environment: Environment, mode: str, version: str, timeout: float
) -> Result:
    """Run pytest. What a folder is left in by one mode must not show in the next: its caches are
    the interpreter's own, and its other files the tests clean up."""
    result = Result()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        if entry.in_source_distribution:
            folder = environment.sources(entry.name, version)
        elif entry.folder:
            folder = ROOT / entry.folder
        file = Path(temporary, "outcomes.json")
        words = [*command(environment, mode), "-m", "pytest", *PYTEST]
        words += [f"--deselect={name}" for name in entry.unsteady]
        words += ["--pyargs", *entry.pyargs] if entry.pyargs else entry.suite
        variables = environment.variables()
        variables["PYTHONPATH"] = str(HERE)
        variables["PACKAGES_OUTCOMES"] = str(file)
        status, output, seconds = _run(words, folder, variables, timeout)
        result.seconds = seconds
        if file.exists():
            seen = json.loads(file.read_text())
            result.outcomes, result.details = seen["outcomes"], seen["details"]
        if status not in (0, 1) or not result.outcomes:
            result.problem = f"{_ending(status)}\n{output[-3000:]}"
    return result


def _run_programs(entry: Entry, environment: Environment, mode: str, timeout: float) -> Result:
    result = Result()
    for name in entry.programs:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
            words = [*command(environment, mode), str(PROGRAMS / name)]
            status, output, seconds = _run(words, Path(temporary), environment.variables(), timeout)
        result.seconds += seconds
        outcome = "passed" if status == 0 else _ending(status)
        result.outcomes[name] = f"{outcome}: {output}"
        result.details[name] = output[-3000:]
    return result


def _ending(status: int | None) -> str:
    if status is None:
        return "no end in time"
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"


def _run(
    words: list[str], folder: Path, variables: dict[str, str], timeout: float
) -> tuple[int | None, str, float]:
    """The exit status, or None if it had to be killed; standard output and error; CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        words, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output, _ = process.communicate(timeout=timeout)
            status: int | None = process.returncode
        except subprocess.TimeoutExpired:
            # With what it has started: a server that goes on would hold up the pipe.
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            status = None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return status, output, round(used, 1)
