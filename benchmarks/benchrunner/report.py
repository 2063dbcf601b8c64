"""Tables of a run: `Results` in, one `Table` per size out; `StartupFigures` in, one `Table` out."""

from collections.abc import Iterator, Sequence

from benchrunner.ratios import Direction, Spread, Summary, paired_difference, paired_ratio
from benchrunner.results import EVERY_GROUP, Contest, Results
from benchrunner.startup import MEASURES, StartupFigures
from benchrunner.tables import Table

ABSENT = "-"


def tables_of(results: Results) -> list[Table]:
    """A table per size: a row per program, and for each group its geometric mean and its worst."""
    return [_table(results, size) for size in results.sizes()]


def seconds_text(seconds: float) -> str:
    """Three digits that matter."""
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}"


def ratio_text(ratio: float) -> str:
    """Two decimals, three below 0.1, where two would say little."""
    return f"{ratio:.3f}x" if ratio < 0.1 else f"{ratio:.2f}x"


def range_text(low: float, high: float) -> str:
    """A range of ratios."""
    return f"{ratio_text(low)[:-1]}..{ratio_text(high)[:-1]}"


def _table(results: Results, size: str) -> Table:
    headers = ["program", f"{results.baseline} s"]
    for name in results.rivals:
        headers += [f"{name} s", results.direction.value, "low..high"]
    table = Table(f"CPU time of the whole process, size {size}", tuple(headers))
    groups = results.groups(size)
    for group in groups:
        for contest in results.at(size, group):
            table.add(_contest_cells(results, contest))
        _add_totals(table, results, size, group)
    if len(groups) > 1:
        _add_totals(table, results, size, EVERY_GROUP)
    table.notes += _notes(results, size)
    return table


def _contest_cells(results: Results, contest: Contest) -> Iterator[str]:
    yield f"{contest.group}/{contest.program}"
    yield _median_seconds(contest.seconds(results.baseline))
    for name in results.rivals:
        yield _median_seconds(contest.seconds(name))
        ratio = contest.ratio(results.baseline, name, results.direction)
        if ratio is None:
            yield from (ABSENT, ABSENT)
        else:
            yield ratio_text(ratio.median)
            yield range_text(ratio.low, ratio.high)


def _median_seconds(seconds: Spread | None) -> str:
    return ABSENT if seconds is None else seconds_text(seconds.median)


def _add_totals(table: Table, results: Results, size: str, group: str) -> None:
    if not results.rivals:
        return
    summaries = [results.summary(size, group, name) for name in results.rivals]
    means = [f"{group}: geomean", ""]
    worst = [f"{group}: worst", ""]
    for summary in summaries:
        means += _mean_cells(summary)
        worst += ["", ABSENT, ""] if summary is None else _worst_cells(summary)
    table.add(means, total=True)
    table.add(worst, total=True)


def _mean_cells(summary: Summary | None) -> list[str]:
    if summary is None:
        return ["", ABSENT, ""]
    return ["", ratio_text(summary.geomean), range_text(summary.low, summary.high)]


def _worst_cells(summary: Summary) -> list[str]:
    return ["", ratio_text(summary.worst), summary.worst_program]


def _notes(results: Results, size: str) -> Iterator[str]:
    for contest in results.at(size):
        for name, reason in contest.comparison.failures.items():
            yield f"FAILED {contest.group}/{contest.program}, {name}: {reason}"
    if results.rivals:
        yield f"{results.direction.value}: median of the rounds of {_meaning(results)}"
    yield ", ".join(f"{key}: {value}" for key, value in results.options.items())
    yield from results.interpreters
    yield results.environment.describe()


def _meaning(results: Results) -> str:
    if results.direction is Direction.SPEEDUP:
        return f"time of {results.baseline} / time; above 1 is faster"
    return f"time / time of {results.baseline}; below 1 is faster"


def startup_table(
    figures: StartupFigures, contenders: Sequence[str], direction: Direction
) -> Table:
    """A row per measure: medians, and for each rival the median paired difference and ratio."""
    baseline, *rivals = contenders
    headers = ["CPU time or memory", "unit", baseline]
    for name in rivals:
        headers += [name, "difference", direction.value, "low..high"]
    table = Table("Start-up", tuple(headers))
    for measure, (description, unit) in MEASURES.items():
        first = figures.of(measure, baseline)
        cells = [description, unit, f"{first.median:.1f}"]
        for name in rivals:
            second = figures.of(measure, name)
            cells += [f"{second.median:.1f}", *_compared(first, second, direction)]
        table.add(cells)
    return table


def _compared(first: Spread, second: Spread, direction: Direction) -> list[str]:
    difference = paired_difference(first.rounds, second.rounds)
    if min(*first.rounds, *second.rounds) <= 0:
        return [f"{difference.median:+.1f}", ABSENT, ABSENT]
    ratio = paired_ratio(first.rounds, second.rounds, direction)
    return [
        f"{difference.median:+.1f}",
        ratio_text(ratio.median),
        range_text(ratio.low, ratio.high),
    ]
