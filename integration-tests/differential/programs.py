"""The programs that are compared: found in `examples/` and `integration-tests/corpus/`.

In:  the two folders, and each program's docstring.
Out: `Program` values, in the order of their names.

A file, or a folder with a `__main__.py`, is a program. Corpus programs in `py312/` and `py313/`
need that version of the language. A program's docstring may hold these lines:

    Exit status: 3                  it ends with this status instead of 0
    Writes to standard error.       it does, although it ends with status 0
    Arguments: one "two words"      its command line, as a shell would split it

A file named `invalid_*` cannot be compiled and never begins to run.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = {"corpus": ROOT / "integration-tests" / "corpus", "examples": ROOT / "examples"}
KNOWN_DIFFERENCES = HERE / "known_differences.toml"

EXIT_STATUS = re.compile(rb"^Exit status: (\d+)$", re.MULTILINE)
STANDARD_ERROR = re.compile(rb"^Writes to standard error\.$", re.MULTILINE)
ARGUMENTS = re.compile(rb"^Arguments: (.+)$", re.MULTILINE)
VERSION_FOLDER = re.compile(r"py3(\d+)$")

# Sizes at which the examples end quickly even in the reference interpreter.
SMALL = {
    "examples/async_orders": ["12"],
    "examples/calculator": ["area", "-n", "300"],
    "examples/mandelbrot": ["12"],
    "examples/matrix_product": ["12"],
    "examples/nbody": ["60"],
    "examples/ray_tracer": ["16"],
    "examples/sales_report": ["6"],
    "examples/sieve": ["4000"],
    "examples/spectral_norm": ["14"],
    "examples/web_notes": ["15"],
    "examples/word_count": ["2"],
}


@dataclass(frozen=True)
class Program:
    """One program: `command` is what follows the interpreter, run in `folder`.

    `folder` is relative to a copy of the folders, as made by `copy_programs`.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    exit_status: int = 0
    writes_to_stderr: bool = False

    @property
    def runs(self) -> bool:
        """Whether it begins to run at all."""
        return not self.name.rpartition("/")[2].startswith("invalid_")

    def __str__(self) -> str:
        return self.name


def copy_programs(workspace: Path) -> None:
    """Copy the folders into a workspace, without caches: runs leave no trace in the sources."""
    for name, folder in FOLDERS.items():
        shutil.copytree(folder, workspace / name, ignore=shutil.ignore_patterns("__pycache__"))


def find_programs(
    *, small: bool = True, version: tuple[int, int] = sys.version_info[:2]
) -> list[Program]:
    """The programs that this version of the language can run; `small` examples end quickly."""
    programs = []
    for kind, root in FOLDERS.items():
        for folder in (root, *sorted(root.glob("py3*"))):
            needed = VERSION_FOLDER.match(folder.name)
            if folder == root or (needed and version >= (3, int(needed[1]))):
                place = Path(kind) / folder.relative_to(root)
                programs += [_describe(path, place, small) for path in _entries(folder)]
    return programs


def _entries(folder: Path) -> list[Path]:
    packages = [path.parent for path in folder.glob("*/__main__.py")]
    return sorted([*folder.glob("*.py"), *packages])


def _describe(path: Path, folder: Path, small: bool) -> Program:
    name = (folder / path.stem).as_posix()
    source = path / "__main__.py" if path.is_dir() else path
    if (path / "__init__.py").exists():
        command = ["-m", path.name]
        text = (path / "__init__.py").read_bytes()
    else:
        command = [path.name]
        text = source.read_bytes()
    if found := ARGUMENTS.search(text):
        command += shlex.split(found[1].decode())
    if small:
        command += SMALL.get(name, [])
    status = EXIT_STATUS.search(text)
    return Program(
        name=name,
        folder=folder,
        command=tuple(command),
        exit_status=int(status[1]) if status else 0,
        writes_to_stderr=bool(status or STANDARD_ERROR.search(text)),
    )


@dataclass(frozen=True)
class KnownDifference:
    """A program that is known to differ in some tiers, and why."""

    program: str
    tiers: frozenset[str]
    reason: str
    versions: frozenset[str]


def known_differences(text: str | None = None) -> list[KnownDifference]:
    """The entries of `known_differences.toml` (or of such a text)."""
    table = tomllib.loads(KNOWN_DIFFERENCES.read_text("utf-8") if text is None else text)
    return [
        KnownDifference(
            program=entry["program"],
            tiers=frozenset(entry["tiers"]),
            reason=entry["reason"],
            versions=frozenset(entry.get("versions", ["3.11", "3.12", "3.13"])),
        )
        for entry in table.get("difference", [])
    ]


def reason_to_differ(program: Program, tier: str) -> str | None:
    """Why a program is known to differ in a tier on this version, None if it must be equal."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for known in known_differences():
        if known.program == program.name and tier in known.tiers and version in known.versions:
            return known.reason
    return None
