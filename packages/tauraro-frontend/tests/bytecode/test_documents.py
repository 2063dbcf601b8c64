"""The pages of documentation about the bytecode are current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tauraro_frontend.bytecode.document import document
from tauraro_frontend.bytecode.isa import OPS, Op

ROOT = Path(__file__).parents[4]
DOCS = ROOT / "docs"


def test_instruction_set_is_current() -> None:
    assert (DOCS / "isa.md").read_text("utf-8") == document(), (
        "run: python -m tauraro_frontend.bytecode.document > docs/isa.md"
    )


def test_instruction_set_has_every_instruction() -> None:
    text = document()
    assert [op.name for op in OPS if f"| {op:d} | `{op.name}` |" not in text] == []


ADDING = DOCS / "adding-an-instruction.md"


def paths_in(text: str) -> list[str]:
    """The files a page names: words in backticks with a slash and a suffix."""
    return re.findall(r"`((?:[\w.-]+/)+[\w*-]+\.\w+)`", text)


@pytest.mark.parametrize("path", sorted(set(paths_in(ADDING.read_text("utf-8")))))
def test_adding_an_instruction_names_files_that_exist(path: str) -> None:
    assert list(ROOT.glob(path)), path


def test_adding_an_instruction_shows_the_table_as_it_is() -> None:
    text = ADDING.read_text("utf-8")
    table = (ROOT / "packages/tauraro-frontend/src/tauraro_frontend/bytecode/isa.py").read_text(
        "utf-8"
    )
    rows = re.findall(r"^    ([A-Z_]+) = .*$", text, re.MULTILINE)
    assert rows
    for row in re.findall(r"^    ([A-Z_]+ = .*)$", text, re.MULTILINE):
        assert row in table
    for name in re.findall(r"`Op\.([A-Z_]+)`", text):
        assert name in Op.__members__
