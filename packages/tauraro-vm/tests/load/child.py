"""Child interpreters for tests of the import hook: a program in, its output out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PREFIXES = ("PYTHON", "TAURARO", "COV_")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The variables of a user without settings, whose caches lie in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIXES)}
    return kept | {"XDG_CACHE_HOME": str(folder / "cache")} | variables


def run(folder: Path, text: str, *words: str, flags: tuple[str, ...] = (), **variables: str) -> str:
    """Run the program `text` in `folder`; its standard output. It must end well and say nothing
    on its standard error."""
    done = subprocess.run(
        [sys.executable, *flags, "-c", text, *words],
        cwd=folder,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


HOOK = "import tauraro; tauraro.install(); "
"""Begins a program that wants its modules in the virtual machine; its lines keep their numbers."""

ORIGINS = (
    "from tauraro_vm.trace import statistics\n"
    "print([(m.name, m.tier, m.origin) for m in statistics.loaded])\n"
    "print([(f.name, f.reason) for f in statistics.fallbacks])\n"
)
"""Last lines of a program that tells what was loaded how."""


def run_hooked(
    folder: Path, text: str, *words: str, flags: tuple[str, ...] = (), **variables: str
) -> str:
    """As `run`, with the hook; what was loaded how stands in the last two lines."""
    return run(folder, HOOK + text + "\n" + ORIGINS, *words, flags=flags, **variables)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files, with the folders they lie in."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
