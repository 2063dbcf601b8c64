"""A fresh environment, and what a user does in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

NAMES = ("tauraro-frontend", "tauraro-vm", "tauraro-jit")


def _foreign_to_the_checkout() -> dict[str, str]:
    """The environment variables of a user: nothing that leads Python back to this process's own."""
    prefixes = ("PYTHON", "TAURARO", "VIRTUAL_ENV", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes)}


class Environment:
    """A venv and what a user does in it. Commands run in `folder`, outside of the checkout."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv" / "bin"
        self.variables = _foreign_to_the_checkout() | {"XDG_CACHE_HOME": str(folder / "cache")}
        self.succeed([python, "-m", "venv", folder / "venv"])

    def install(self, *arguments: str | Path) -> None:
        """`pip install`, as a user would; fails with pip's output."""
        self.succeed([self.bin / "python", "-m", "pip", "install", "--quiet", *arguments])

    def run(
        self, command: Sequence[str | Path], **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command; a bare first word is a program of this environment."""
        program, *arguments = map(str, command)
        if os.sep not in program:
            program = str(self.bin / program)
        return subprocess.run(
            [program, *arguments],
            cwd=self.folder,
            env=self.variables | variables,
            capture_output=True,
            text=True,
        )

    def succeed(self, command: Sequence[str | Path], **variables: str) -> str:
        """Run a command that must exit with 0; its standard output."""
        done = self.run(command, **variables)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout
