"""Statistics of paired runs: times in, ratios with their range and geometric means out.

Both times of a ratio come from the same round. The median of the rounds' ratios stands for a
program; lowest and highest are shown beside it, since few rounds do not support more than that.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """What a ratio of two times means."""

    SPEEDUP = "speedup"
    """Baseline's time / contender's time: higher is better."""
    TIME = "time"
    """Contender's time / baseline's time: lower is better."""

    def of(self, baseline: float, contender: float) -> float:
        """The ratio of two times."""
        return baseline / contender if self is Direction.SPEEDUP else contender / baseline

    def worst(self, values: Iterable[float]) -> float:
        """The ratio that is least to the contender's credit."""
        return min(values) if self is Direction.SPEEDUP else max(values)


@dataclass(frozen=True)
class Spread:
    """A figure per round: at least one, all finite."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, or the mean of the middle two."""
        return statistics.median(self.rounds)

    @property
    def low(self) -> float:
        """The lowest."""
        return min(self.rounds)

    @property
    def high(self) -> float:
        """The highest."""
        return max(self.rounds)


@dataclass(frozen=True)
class Summary:
    """Ratios of several programs in one figure.

    `geomean` is that of the medians, `low` that of the programs' lowest rounds and `high` that of
    their highest: what would come out if all programs had been unlucky, or lucky, at once.
    """

    geomean: float
    low: float
    high: float
    worst: float
    worst_program: str
    programs: int


def paired_ratio(
    baseline: Sequence[float], contender: Sequence[float], direction: Direction
) -> Spread:
    """The ratio of each round; both must have run in all rounds."""
    pairs = zip(baseline, contender, strict=True)
    return Spread(tuple(direction.of(first, second) for first, second in pairs))


def paired_difference(baseline: Sequence[float], contender: Sequence[float]) -> Spread:
    """What the contender took more than the baseline, for each round."""
    pairs = zip(baseline, contender, strict=True)
    return Spread(tuple(second - first for first, second in pairs))


def summarize(ratios: Mapping[str, Spread], direction: Direction) -> Summary | None:
    """One summary of the ratios of programs (by name), None if there are none."""
    if not ratios:
        return None
    medians = {name: ratio.median for name, ratio in ratios.items()}
    worst = direction.worst(medians.values())
    return Summary(
        geomean=statistics.geometric_mean(medians.values()),
        low=statistics.geometric_mean(ratio.low for ratio in ratios.values()),
        high=statistics.geometric_mean(ratio.high for ratio in ratios.values()),
        worst=worst,
        worst_program=next(name for name, median in medians.items() if median == worst),
        programs=len(medians),
    )
