"""rich: tables, trees, panels, columns, markdown, highlighting, progress, tracebacks, as text."""

import io
import logging
from dataclasses import dataclass, field

from rich.columns import Columns
from rich.console import Console, Group
from rich.json import JSON
from rich.layout import Layout
from rich.live import Live
from rich.logging import RichHandler
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.pretty import Pretty, pretty_repr
from rich.progress import Progress
from rich.segment import Segment
from rich.style import Style
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.traceback import Traceback
from rich.tree import Tree

MARKDOWN = """# Title

Some *emphasis*, **strong** text and `code`, with a [link](https://example.org/).

1. one
2. two
   * nested

> A quotation.

```python
def f(x):
    return x + 1
```

| a | b |
|---|--:|
| 1 | 2 |
"""


@dataclass
class Node:
    name: str
    weight: float = 1.5
    children: list["Node"] = field(default_factory=list)


def table(rows: int) -> Table:
    result = Table(title="Rows", caption="of numbers", show_footer=True)
    result.add_column("n", footer="sum", justify="right", style="cyan")
    result.add_column("square", footer=str(sum(n * n for n in range(rows))), justify="right")
    result.add_column("text", ratio=1, overflow="fold")
    for n in range(rows):
        result.add_row(
            str(n), str(n * n), ":star: " * (n % 4) + "word " * n, end_section=n % 5 == 4
        )
    return result


def tree(depth: int, name: str = "root") -> Tree:
    result = Tree(f"[bold]{name}[/bold]")
    for n in range(depth):
        result.add(tree(depth - 1, f"{name}.{n}"))
    return result


def failing(n: int) -> int:
    values = {"n": n, "text": "x" * 30}
    if n == 0:
        raise ValueError(f"nothing left of {values}")
    return failing(n - 1) + 1


def text_operations() -> None:
    text = Text("The quick brown fox jumps over the lazy dog", style="green")
    text.highlight_words(["fox", "dog"], "bold red")
    text.highlight_regex(r"\bq\w+", "underline")
    lines = text.wrap(Console(width=16, file=io.StringIO()), 16)
    print([line.plain for line in lines], [len(line.spans) for line in lines])
    print(text.markup)
    segments = list(Segment.split_and_crop_lines(text.render(Console(file=io.StringIO())), 12))
    print(len(segments), Segment.get_line_length(segments[0]))
    print(Style.parse("bold red on #102030") + Style(italic=True))


def main() -> None:
    console = Console(
        file=io.StringIO(), width=88, color_system="truecolor", force_terminal=True,
        legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(table(24))
    console.print(tree(4))
    console.print(Panel(Group("[red]one[/red]", Padding("two", (1, 4))), title="Panel"))
    console.print(Columns([f"item {n}" for n in range(40)], equal=True))
    console.print(Markdown(MARKDOWN, hyperlinks=False))
    console.print(Syntax("class A:\n    x: int = 3  # comment\n", "python", line_numbers=True))
    console.print(JSON('{"a": [1, 2.5, null, true], "b": {"c": "text"}}'))
    node = Node("a", children=[Node(str(n), n / 3, [Node("leaf")]) for n in range(5)])
    console.print(Pretty(node), node, {"k": [1, 2, {3}], "u": "http://example.org/?q=1"})
    print(pretty_repr(node, max_width=40))
    layout = Layout()
    layout.split_row(Layout(Panel("left"), size=20), Layout(Panel("right")))
    console.print(layout, height=6)
    with Progress(console=console, auto_refresh=False, disable=True) as progress:
        task = progress.add_task("work", total=50)
        for _ in range(50):
            progress.advance(task)
        print(progress.tasks[0].completed, progress.finished)
    with Live(table(3), console=console, auto_refresh=False) as live:
        live.update(table(5), refresh=True)
    try:
        failing(5)
    except ValueError as error:
        trace = Traceback.from_exception(type(error), error, None, show_locals=True, suppress=[])
        console.print(trace)
        # Without paths: they depend on where the program lies.
        full = Traceback.extract(type(error), error, error.__traceback__, show_locals=True)
        for frame in full.stacks[0].frames:
            print(frame.name, frame.lineno, sorted(frame.locals or {}))
    log = logging.getLogger("rich_output")
    handler = RichHandler(console=console, show_time=False, show_path=False)
    log.addHandler(handler)
    log.warning("a warning with %d numbers and 'text'", 3)
    text_operations()
    print(console.file.getvalue())


if __name__ == "__main__":
    main()
