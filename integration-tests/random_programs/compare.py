"""One random program under CPython and under Tauraro in several modes."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import NamedTuple

from command.pair import PYTHON, TAURARO, Outcome, clean_environment, run_program

from . import generate, hostile

MODES = {
    "compiled": ("--jit-threshold=2",),
    "late": ("--jit-threshold=7",),
    "stress": ("--jit-threshold=1", "--jit-stress=exits"),
    "verify": ("--jit-threshold=2", "--jit-verify"),
    "interp": ("--tier=interp",),
}
"""What is asked of the command. Loops are compiled at their second or seventh iteration, for the
types that they have then; or each guard fails once; or native code is compared with tier 0 as it
runs, which tells what differs; or everything runs in tier 0."""

GRAMMARS = {"typed": generate.program, "hostile": hostile.program}
"""What makes programs: of known types with surprises, or of everything in loops."""


class Difference(NamedTuple):
    """A program that Tauraro does not run as CPython does: its seed, the mode, what differs."""

    seed: int
    mode: str
    text: str


def compare(
    seed: int, modes: tuple[str, ...], folder: Path, grammar: str = "typed"
) -> list[Difference]:
    """Run the program of a seed in all modes; what differs from CPython. Its source stays in
    `folder`."""
    path = folder / f"program_{seed}.py"
    path.write_text(GRAMMARS[grammar](seed), encoding="utf-8")
    environment = clean_environment(folder, PYTHONHASHSEED="0")
    words = ("-W", "ignore", path.name)
    expected = run_program([PYTHON], words, folder, environment=environment)
    found = []
    for mode in modes:
        command = (*MODES[mode], *words)
        outcome = run_program([TAURARO], command, folder, environment=environment)
        if outcome != expected:
            found.append(Difference(seed, mode, _difference(expected, outcome)))
    return found


def _difference(expected: Outcome, outcome: Outcome) -> str:
    """The lines that differ."""
    one, two = _lines(expected), _lines(outcome)
    lines = difflib.unified_diff(one, two, "CPython", "Tauraro", n=0, lineterm="")
    return "\n".join(line[:400] for line in lines) or "(nothing that can be shown)"


def _lines(outcome: Outcome) -> list[str]:
    status = f"exit status {outcome.status}"
    return [*outcome.stdout.splitlines(), *outcome.stderr.splitlines(), status]


def version() -> str:
    """The host's version, for reports."""
    return ".".join(map(str, sys.version_info[:3]))
