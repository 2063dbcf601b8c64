"""The command `tauraro` beside the interpreter it runs in: the same words, the same results."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TAURARO = str(Path(sys.executable).with_name("tauraro"))
PYTHON = Path(TAURARO).read_text().splitlines()[0].removeprefix("#!")
"""The interpreter of the command's first line: the same one by the same name."""


@dataclass(frozen=True)
class Outcome:
    """How a process ended and what it wrote; addresses of objects are made equal."""

    status: int
    stdout: str
    stderr: str


def clean_environment(folder: Path, **variables: str) -> dict[str, str]:
    """The variables of a user: nothing that changes an interpreter, and a cache of their own."""
    prefixes = ("PYTHON", "TAURARO", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(prefixes)}
    return kept | {"XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)} | variables


def run_program(
    program: Sequence[str],
    words: Sequence[str],
    folder: Path,
    stdin: str | bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run `program` with `words` in `folder`."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*program, *words],
        cwd=folder,
        env=clean_environment(folder) if environment is None else environment,
        input=data,
        capture_output=True,
        timeout=120,
    )
    return Outcome(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x...", data.decode("utf-8", "backslashreplace"))


def run_tauraro(
    words: Sequence[str], folder: Path, stdin: str | bytes = b"", **variables: str
) -> Outcome:
    """Run the command alone."""
    return run_program([TAURARO], words, folder, stdin, clean_environment(folder, **variables))


def run_python(
    words: Sequence[str], folder: Path, stdin: str | bytes = b"", **variables: str
) -> Outcome:
    """Run the host's interpreter alone."""
    environment = clean_environment(folder, **variables)
    return run_program([PYTHON], words, folder, stdin, environment)


def compare(
    words: Sequence[str], folder: Path, stdin: str | bytes = b"", **variables: str
) -> Outcome:
    """Run both; the host once, the command without and with what it has cached. Returns the result.

    Asserts that all three are the same.
    """
    expected = run_python(words, folder, stdin, **variables)
    for run in ("cold", "warm"):
        found = run_tauraro(words, folder, stdin, **variables)
        if found != expected:
            raise AssertionError(f"{run} {words}:\n{_difference(expected, found)}")
    return expected


def _difference(expected: Outcome, found: Outcome) -> str:
    """The lines that differ."""
    lines = []
    if expected.status != found.status:
        lines.append(f"status {expected.status} became {found.status}")
    for name in ("stdout", "stderr"):
        one, other = getattr(expected, name).splitlines(), getattr(found, name).splitlines()
        lines += [f"{name} {line}" for line in difflib.unified_diff(one, other, lineterm="", n=0)]
    return "\n".join(lines)
