"""One program in one mode, many times -> what differed from CPython.

A run that does not end in time counts as a difference; where each of its threads was is part of
the report.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

PROGRAMS = Path(__file__).resolve().parent / "programs"

HOST = (sys.executable,)
_TAURARO = (sys.executable, "-X", "faulthandler", "-m", "tauraro_vm")
MODES = {
    "default": _TAURARO,
    "threshold": (*_TAURARO, "--jit-threshold=1"),
    "sync": (*_TAURARO, "--jit-threshold=1", "--jit-sync"),
    "stress": (*_TAURARO, "--jit-threshold=1", "--jit-sync", "--jit-stress=exits"),
}


class Outcome(NamedTuple):
    """What a program printed and how it ended; the status is None if it had to be killed."""

    output: str
    errors: str
    status: int | None


def names() -> list[str]:
    """The programs; what several of them share begins with an underscore."""
    return sorted(path.stem for path in PROGRAMS.glob("[!_]*.py"))


def run_once(words: Iterable[str], name: str, timeout: float) -> Outcome:
    """Run a program; the processes that it leaves behind end with it."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        subprocess.Popen(
            [*words, str(PROGRAMS / f"{name}.py")], cwd=folder, env=_variables(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace", start_new_session=True,
        ) as process,
    ):  # fmt: skip
        try:
            output, errors = process.communicate(timeout=timeout)
            return Outcome(output, errors, process.returncode)
        except subprocess.TimeoutExpired:
            return Outcome(*_end(process), None)


def _end(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Kill a program that hangs, with all that it has started; what it said until then."""
    process.send_signal(signal.SIGABRT)  # the fault handler prints where every thread is
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.communicate()


def _variables() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "TAURARO"))}
    return kept | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def repeat(name: str, mode: str, times: int, jobs: int, timeout: float) -> Counter[str]:
    """Run a program in a mode; how often it differed from CPython in which way."""
    expected = run_once(HOST, name, timeout)
    if expected.status != 0 or expected.errors:
        raise RuntimeError(f"{name} fails under CPython:\n{expected.output}\n{expected.errors}")
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = pool.map(lambda _: run_once(MODES[mode], name, timeout), range(times))
        return Counter(difference(expected, each) for each in outcomes if each != expected)


def difference(expected: Outcome, outcome: Outcome) -> str:
    """How an outcome differs from the expected one, readable."""
    ending = "no end in time" if outcome.status is None else f"exit status {outcome.status}"
    lines = difflib.unified_diff(
        expected.output.splitlines(), outcome.output.splitlines(), "CPython", "Tauraro", n=0,
        lineterm="",
    )  # fmt: skip
    return "\n".join([ending, *(line[:500] for line in lines), outcome.errors[-6000:]])
