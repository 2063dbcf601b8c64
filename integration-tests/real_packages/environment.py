"""What the packages are run in: a virtual environment, and the source distributions.

In:  a folder to work in, an interpreter, entries of the table.
Out: an `Environment`. What is there already is used again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .table import Entry

ROOT = Path(__file__).resolve().parents[2]
OWN = ("tauraro-frontend", "tauraro-vm", "tauraro-jit")
ALWAYS = ("pytest",)

_VERSION = "import platform; print(platform.python_version())"


@dataclass(frozen=True)
class Environment:
    """A virtual environment and the folder around it."""

    work: Path
    version: str

    @property
    def folder(self) -> Path:
        return self.work / f"python{self.version}"

    @property
    def python(self) -> str:
        """The host."""
        return str(self.folder / "bin" / "python")

    @property
    def tauraro(self) -> str:
        """The command."""
        return str(self.folder / "bin" / "tauraro")

    def variables(self) -> dict[str, str]:
        """The environment variables of a run: no settings of the caller's, caches of its own."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "PYTEST", "TAURARO"))
            and name not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR"}
        }
        path = f"{self.folder / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}"
        own = {"PATH": path, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        return kept | own | {"XDG_CACHE_HOME": str(self.folder / "cache")}

    def versions(self) -> dict[str, str]:
        """The installed distributions, by their names in lower case."""
        words = [self.python, "-m", "pip", "list", "--format=json"]
        rows = json.loads(_run(words, capture=True))
        return {row["name"].lower(): row["version"] for row in rows}

    def sources(self, name: str, version: str) -> Path:
        """The folder of a source distribution, downloaded and unpacked if it is not there."""
        folder = self.work / "sources"
        found = _unpacked(folder, name, version)
        if found is None:
            archives = self.work / "archives"
            words = ["download", "-qq", "--no-deps", "--no-binary", name, "--dest"]
            _run([self.python, "-m", "pip", *words, str(archives), f"{name}=={version}"])
            for archive in archives.glob("*.tar.gz"):
                shutil.unpack_archive(archive, folder)
                archive.unlink()
            found = _unpacked(folder, name, version)
        if found is None:
            raise FileNotFoundError(f"{name} {version} has no source distribution")
        return found


def prepare(work: Path, python: str, entries: list[Entry]) -> Environment:
    """The environment for some entries: made, and filled with what they need."""
    version = _run([python, "-c", _VERSION], capture=True).strip()
    environment = Environment(work.resolve(), version)
    if not Path(environment.python).exists():
        _run([python, "-m", "venv", str(environment.folder)])
    wanted = {word for entry in entries for word in entry.needs} | set(ALWAYS)
    wanted |= {entry.name for entry in entries if entry.is_package}
    words = [environment.python, "-m", "pip", "install", "-qq", *sorted(wanted)]
    for name in OWN:
        words += ["--editable", str(ROOT / "packages" / name)]
    _run(words)
    return environment


def _unpacked(folder: Path, name: str, version: str) -> Path | None:
    """Names of archives spell `-`, `_` and capital letters as they like."""
    wanted = f"{name}-{version}".replace("-", "_").lower()
    for path in folder.glob("*"):
        if path.name.replace("-", "_").lower() == wanted:
            return path
    return None


def _run(words: list[str], capture: bool = False) -> str:
    """Run a command that must succeed; what it prints, if `capture`."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "TAURARO"))}
    output = subprocess.PIPE if capture else None
    done = subprocess.run(words, check=True, stdout=output, text=True, env=variables)
    return done.stdout or ""
