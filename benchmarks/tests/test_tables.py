"""Tables as text."""

import importlib.util

import pytest
from benchrunner.tables import Table, default_style, markdown, plain, show


@pytest.fixture
def table() -> Table:
    table = Table("Title", ("name", "s", "note"), notes=["a | b"])
    table.add(["short", "1.00", ""])
    table.add(["much longer", "10.00", "*x"])
    table.add(["sum", "11.00", ""], total=True)
    table.add(["next", "2.00", ""])
    return table


def test_plain_text_is_aligned(table: Table) -> None:
    assert plain(table) == (
        "Title\n"
        "\n"
        "name             s  note\n"
        "-----------  -----  ----\n"
        "short         1.00\n"
        "much longer  10.00    *x\n"
        "-----------  -----  ----\n"
        "sum          11.00\n"
        "\n"
        "next          2.00\n"
        "\n"
        "a | b\n"
    )


def test_markdown_escapes_and_sets_totals_in_bold(table: Table) -> None:
    assert markdown(table) == (
        "### Title\n"
        "\n"
        "| name | s | note |\n"
        "| :-- | --: | --: |\n"
        "| short | 1.00 |  |\n"
        "| much longer | 10.00 | \\*x |\n"
        "| **sum** | **11.00** |  |\n"
        "| next | 2.00 |  |\n"
        "\n"
        "* a \\| b\n"
    )


def test_a_row_has_a_cell_per_column(table: Table) -> None:
    with pytest.raises(ValueError, match="2 cells for 3 columns"):
        table.add(["a", "b"])


def test_rich_shows_every_cell(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rich")
    show([table], "rich")
    shown = capsys.readouterr().out
    assert all(cell in shown for row in table.rows for cell in row.cells)
    assert "a | b" in shown


def test_no_rich_in_a_pipe_or_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_style() == "plain"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert default_style() == "plain"
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    assert default_style() == "rich"
