"""Tables: a title, headers and rows in, text out.

The same table prints as aligned plain text, as Markdown, or through `rich` where it is installed.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "markdown", "rich"]


@dataclass(frozen=True)
class Row:
    """Cells, one per column; a total is set off from the rows above it."""

    cells: tuple[str, ...]
    total: bool = False


@dataclass
class Table:
    """The first column is aligned left and the others right; notes follow below."""

    title: str
    headers: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, cells: Iterable[str], *, total: bool = False) -> None:
        """Append a row, which must have a cell for each header."""
        row = Row(tuple(cells), total)
        if len(row.cells) != len(self.headers):
            raise ValueError(f"{len(row.cells)} cells for {len(self.headers)} columns")
        self.rows.append(row)


def plain(table: Table) -> str:
    """Aligned columns, for a terminal or a log."""
    lines = [table.headers, *(row.cells for row in table.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.headers))]
    rule = "  ".join("-" * width for width in widths)
    output = [table.title, "", _aligned(table.headers, widths), rule]
    for previous, row in zip([None, *table.rows], table.rows, strict=False):
        if row.total and previous is not None and not previous.total:
            output.append(rule)
        elif not row.total and previous is not None and previous.total:
            output.append("")
        output.append(_aligned(row.cells, widths))
    if table.notes:
        output += ["", *table.notes]
    return "\n".join(output) + "\n"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    others = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "  ".join([first, *others]).rstrip()


def markdown(table: Table) -> str:
    """A Markdown table; totals are bold."""
    output = [f"### {table.title}", "", _piped(table.headers)]
    output.append(_piped([":--", *["--:"] * (len(table.headers) - 1)]))
    for row in table.rows:
        emphasis = "**" if row.total else ""
        cells = (_escaped(cell) for cell in row.cells)
        output.append(_piped(f"{emphasis}{cell}{emphasis}" if cell else "" for cell in cells))
    if table.notes:
        output += ["", *(f"* {_escaped(note)}" for note in table.notes)]
    return "\n".join(output) + "\n"


def _piped(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "\\<")


def _print_rich(table: Table) -> None:
    # Imported by name: `rich` is optional, and a type checker need not have it either.
    text = importlib.import_module("rich.text")
    grid = importlib.import_module("rich.table").Table(
        title=table.title, title_justify="left", title_style="bold"
    )
    for number, header in enumerate(table.headers):
        grid.add_column(header, justify="right" if number else "left", no_wrap=True)
    for row, following in zip(table.rows, [*table.rows[1:], None], strict=True):
        last_of_section = following is not None and following.total != row.total
        grid.add_row(
            *(text.Text(cell) for cell in row.cells),
            style="bold" if row.total else None,
            end_section=last_of_section,
        )
    console = importlib.import_module("rich.console").Console()
    console.print(grid)
    for note in table.notes:
        console.print(note, markup=False, highlight=False)
    console.print()


def _print_plain(table: Table) -> None:
    print(plain(table))


def _print_markdown(table: Table) -> None:
    print(markdown(table))


_PRINTERS: dict[Style, Callable[[Table], None]] = {
    "plain": _print_plain,
    "markdown": _print_markdown,
    "rich": _print_rich,
}


def default_style() -> Style:
    """`rich` at a terminal where it is installed, plain text otherwise."""
    if sys.stdout.isatty() and importlib.util.find_spec("rich") is not None:
        return "rich"
    return "plain"


def show(tables: Iterable[Table], style: Style) -> None:
    """Print tables to standard output."""
    for table in tables:
        _PRINTERS[style](table)
