"""Programs for the compiler, each with a point: name -> source. The last statement is the loop.

They stand in `programs.txt`, those with classes in `objects.txt`; a line `### name` begins each.
"""

from __future__ import annotations

from pathlib import Path


def read_programs(path: Path) -> dict[str, str]:
    """The programs of a file by name."""
    sections = path.read_text(encoding="utf-8").split("### ")[1:]
    named = (section.partition("\n") for section in sections)
    return {name: source.strip() for name, _, source in named}


PROGRAMS = read_programs(Path(__file__).with_name("programs.txt"))
PROGRAMS |= read_programs(Path(__file__).with_name("objects.txt"))
PROGRAMS |= read_programs(Path(__file__).with_name("dicts.txt"))
PROGRAMS |= read_programs(Path(__file__).with_name("texts.txt"))

MODULE_ONLY = {"a function reads a global"}
"""Programs that mean something else when their variables are not the module's."""
