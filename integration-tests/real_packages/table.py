"""packages.toml -> entries."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("packages.toml")
KINDS = ("suite", "pyargs", "programs")


@dataclass(frozen=True)
class Entry:
    """One row of packages.toml; the fields are described there. One of `KINDS` is not empty."""

    name: str
    suite: tuple[str, ...] = ()
    pyargs: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    folder: str = ""
    needs: tuple[str, ...] = ()
    unsteady: dict[str, str] = field(default_factory=dict)

    @property
    def is_package(self) -> bool:
        """Whether it is to be had from an index; else it is part of this repository."""
        return not self.folder

    @property
    def in_source_distribution(self) -> bool:
        """Whether its tests are in the source distribution."""
        return bool(self.suite) and self.is_package


def read_table(path: Path = TABLE) -> list[Entry]:
    """All entries, in their order. Raises ValueError for one that cannot be understood."""
    entries = []
    for name, row in tomllib.loads(path.read_text()).items():
        if len(set(row) & set(KINDS)) != 1:
            raise ValueError(f"{path.name}: [{name}] has not one of {', '.join(KINDS)}")
        if unknown := set(row) - set(Entry.__dataclass_fields__):
            raise ValueError(f"{path.name}: [{name}] has unknown settings: {sorted(unknown)}")
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
        }
        entries.append(Entry(name, **values))
    return entries


def choose(entries: list[Entry], names: list[str]) -> list[Entry]:
    """The entries of these names, or all if there are none. Raises ValueError for a wrong name."""
    if unknown := set(names) - {entry.name for entry in entries}:
        raise ValueError(f"no such package in {TABLE.name}: {', '.join(sorted(unknown))}")
    return [entry for entry in entries if not names or entry.name in names]
