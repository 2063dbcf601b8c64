"""Start one program, on the host or in a tier of the VM, and compare outcomes.

In:  a `Program` and a workspace made by `copy_programs`.
Out: an `Outcome` (standard output, standard error, exit status); differences as text; and what
     `--stats` says about who executed it. Equal output alone does not show that: where the VM
     cannot compile a source, the host does, and prints the same.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .programs import Program

TIERS = ("interp", "host")

MODES = {
    "interp": ("--tier=interp",),
    "host": ("--tier=host",),
    "native": ("--tier=native",),
    "threshold": ("--jit-threshold=1",),
    "stress": ("--jit-threshold=1", "--jit-stress=exits"),
    "verify": ("--jit-threshold=1", "--jit-verify"),
}
"""The tiers, and further ways to run a program: each loop native from its second iteration on; and
each guard of that code failing once; and that code compared with tier 0 as it runs."""

NATIVE_MODES = ("threshold", "stress")
TIMEOUT = 120.0

STATS_TITLE = b"tauraro: what ran where\n"
TIER_LINE = re.compile(
    r"^  tier \d \((\w+)\): (\d+) modules?, \d+ code objects?, (.*)$", re.MULTILINE
)
FALLBACK = re.compile(r"^  compiled by the host instead: (\d+)\n((?:    .*\n?)*)", re.MULTILINE)
EXECUTED = re.compile(r"^  executed in tier 0: ([\d,]+) instructions", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What a program wrote and how it ended; `exit_status` is None if it had to be killed."""

    stdout: bytes
    stderr: bytes
    exit_status: int | None


def launcher(mode: str | None) -> tuple[str, ...]:
    """The command that runs a program: the host's Python itself for None, else in a mode."""
    if mode is None:
        return (sys.executable,)
    return (sys.executable, "-m", "tauraro_vm", *MODES[mode])


def tier_of(mode: str) -> str:
    """The tier that runs whole modules in a mode."""
    return "interp" if mode == "interp" else "host"


def run_program(
    program: Program,
    workspace: Path,
    mode: str | None = None,
    *,
    options: Sequence[str] = (),
    hash_seed: int = 0,
    timeout: float = TIMEOUT,
) -> Outcome:
    """Run a program to its end: empty input, clean environment, its own folder.

    `options` are further options of the host or of the VM, such as `--stats`.
    """
    try:
        done = subprocess.run(
            [*launcher(mode), *options, *program.command],
            cwd=workspace / program.folder,
            env=_environment(hash_seed),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        return Outcome(expired.stdout or b"", expired.stderr or b"", None)
    return Outcome(done.stdout, done.stderr, done.returncode)


def _environment(hash_seed: int) -> dict[str, str]:
    """The caller's variables without those that change what Python or the VM does or prints."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "TAURARO", "COV_"))
        and name not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR"}
    }
    return kept | {"PYTHONHASHSEED": str(hash_seed), "PYTHONUTF8": "1", "COLUMNS": "100"}


@dataclass(frozen=True)
class Execution:
    """What `--stats` reports: modules by tier, where they came from, what the host compiled."""

    modules: dict[str, int]
    origins: str
    fallbacks: str
    instructions: int

    def only_in(self, tier: str) -> bool:
        """Whether the tier ran every module that the VM took, and the host compiled none."""
        return set(self.modules) == {tier} and not self.fallbacks


def split_stats(outcome: Outcome) -> tuple[Outcome, Execution | None]:
    """An outcome of a run with `--stats`, without the report; and the report, None if absent."""
    before, title, report = outcome.stderr.partition(STATS_TITLE)
    plain = Outcome(outcome.stdout, before, outcome.exit_status)
    if not title:
        return plain, None
    text = report.decode("utf-8", "backslashreplace")
    lines = TIER_LINE.findall(text)
    fallback = FALLBACK.search(text)
    executed = EXECUTED.search(text)
    return plain, Execution(
        modules={tier: int(count) for tier, count, _ in lines},
        origins="; ".join(origins for _, _, origins in lines),
        fallbacks=fallback[2] if fallback else "",
        instructions=int(executed[1].replace(",", "")) if executed else 0,
    )


def difference(expected: Outcome, actual: Outcome) -> str:
    """A readable account of how two outcomes differ; empty if they are equal."""
    if actual.exit_status is None:
        return "did not end in time"
    parts = []
    if actual.exit_status != expected.exit_status:
        parts.append(f"exit status {actual.exit_status} instead of {expected.exit_status}")
    for stream in ("stdout", "stderr"):
        before, after = getattr(expected, stream), getattr(actual, stream)
        if before != after:
            lines = list(
                difflib.unified_diff(
                    before.decode("utf-8", "backslashreplace").split("\n"),
                    after.decode("utf-8", "backslashreplace").split("\n"),
                    f"{stream} of the host",
                    f"{stream} of the tier",
                    n=1,
                    lineterm="",
                )
            )
            parts += lines or [f"{stream} differs in bytes that do not decode"]
    return "\n".join(parts)


def summary(expected: Outcome, actual: Outcome) -> str:
    """The difference in a word or two, for a table: `ok`, `stdout:12`, `exit 1`, `timeout`."""
    if actual == expected:
        return "ok"
    if actual.exit_status is None:
        return "timeout"
    words = []
    for stream in ("stdout", "stderr"):
        before, after = getattr(expected, stream), getattr(actual, stream)
        if before != after:
            words.append(f"{stream}:{_first_difference(before, after)}")
    if actual.exit_status != expected.exit_status:
        words.append(f"exit {actual.exit_status}")
    return " ".join(words)


def _first_difference(before: bytes, after: bytes) -> int:
    """The number of the first line that differs."""
    pairs = zip(before.split(b"\n"), after.split(b"\n"), strict=False)
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            return number
    return min(before.count(b"\n"), after.count(b"\n")) + 2
