"""Benchmark programs: a directory in, the programs in it out.

`programs/GROUP/NAME.py` is a program. It takes one argument, a size, and prints a result that
every interpreter has to print alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

SIZES = ("tiny", "small", "large")
"""Sizes that every program knows: for tests, about 1 s, about 8 s on CPython 3.11."""


@dataclass(frozen=True, order=True)
class Program:
    """One file; `group` is the directory's name and `name` the file's, without suffix."""

    group: str
    name: str
    path: Path


class NoProgramError(ValueError):
    """A filter that leaves nothing; the message is for the user."""


def discover(root: Path) -> list[Program]:
    """All programs under `root`, by group, then by name."""
    return sorted(
        Program(path.parent.name, path.stem, path.absolute())
        for path in root.glob("*/*.py")
        if not path.stem.startswith("_")
    )


def select(
    programs: Iterable[Program], groups: Sequence[str] = (), names: Sequence[str] = ()
) -> list[Program]:
    """Programs of any of the `groups` whose name matches any of the shell patterns `names`.

    An empty filter lets everything through. A group or pattern that matches nothing at all is a
    `NoProgramError`: a misspelt name must not shrink a measurement silently.
    """
    available = list(programs)
    for group in groups:
        if all(program.group != group for program in available):
            raise NoProgramError(f"no group is named {group!r}")
    for pattern in names:
        if not any(fnmatchcase(program.name, pattern) for program in available):
            raise NoProgramError(f"no program matches {pattern!r}")
    selected = [
        program
        for program in available
        if (not groups or program.group in groups)
        and (not names or any(fnmatchcase(program.name, pattern) for pattern in names))
    ]
    if not selected:
        raise NoProgramError("no program is in the groups and matches the names asked for")
    return selected
