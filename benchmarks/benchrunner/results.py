"""All that a run measured: comparisons per program in, summaries and JSON out."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchrunner.environment import Environment
from benchrunner.pairing import Comparison
from benchrunner.ratios import Direction, Spread, Summary, paired_ratio, summarize

SCHEMA = 1
"""Version of the JSON form; it changes when a key changes its meaning or goes away."""

EVERY_GROUP = "all"


@dataclass(frozen=True)
class Contest:
    """One program at one size, run by all contenders."""

    group: str
    program: str
    size: str
    comparison: Comparison

    def seconds(self, name: str) -> Spread | None:
        """CPU seconds of a contender by round, None if it did not run."""
        samples = self.comparison.samples.get(name)
        return Spread(tuple(sample.cpu for sample in samples)) if samples else None

    def ratio(self, baseline: str, name: str, direction: Direction) -> Spread | None:
        """The paired ratio of CPU times, None if either did not run."""
        first = self.seconds(baseline)
        second = self.seconds(name)
        if first is None or second is None or len(first.rounds) != len(second.rounds):
            return None
        return paired_ratio(first.rounds, second.rounds, direction)


@dataclass
class Results:
    """A run. `interpreters` describes each contender, the baseline first."""

    environment: Environment
    interpreters: list[str]
    contenders: list[str]
    direction: Direction
    options: Mapping[str, Any]
    contests: list[Contest] = field(default_factory=list)

    @property
    def baseline(self) -> str:
        """The contender that all ratios refer to."""
        return self.contenders[0]

    @property
    def rivals(self) -> list[str]:
        """The contenders other than the baseline."""
        return self.contenders[1:]

    @property
    def complete(self) -> bool:
        """True if every contender ran every program, with equal output."""
        return not any(contest.comparison.failures for contest in self.contests)

    def sizes(self) -> list[str]:
        """The sizes that ran, in the order in which they ran."""
        return list(dict.fromkeys(contest.size for contest in self.contests))

    def groups(self, size: str) -> list[str]:
        """The groups that ran at a size."""
        found = (contest.group for contest in self.contests if contest.size == size)
        return list(dict.fromkeys(found))

    def at(self, size: str, group: str = EVERY_GROUP) -> list[Contest]:
        """The contests at a size, of one group or of all."""
        return [
            contest
            for contest in self.contests
            if contest.size == size and group in (EVERY_GROUP, contest.group)
        ]

    def summary(self, size: str, group: str, name: str) -> Summary | None:
        """The contender's ratios over a group, None if it ran nothing of it."""
        ratios = {}
        for contest in self.at(size, group):
            ratio = contest.ratio(self.baseline, name, self.direction)
            if ratio is not None:
                ratios[f"{contest.group}/{contest.program}"] = ratio
        return summarize(ratios, self.direction)

    def to_json(self) -> dict[str, Any]:
        """Plain data: every sample, and the summaries by size, group and contender."""
        return {
            "schema": SCHEMA,
            "environment": asdict(self.environment),
            "interpreters": self.interpreters,
            "baseline": self.baseline,
            "ratio": self.direction.value,
            "options": dict(self.options),
            "contests": [self._contest_to_json(contest) for contest in self.contests],
            "summaries": [
                {"size": size, "group": group, "contender": name, **asdict(summary)}
                for size in self.sizes()
                for group in [*self.groups(size), EVERY_GROUP]
                for name in self.rivals
                if (summary := self.summary(size, group, name)) is not None
            ],
        }

    def _contest_to_json(self, contest: Contest) -> dict[str, Any]:
        ratios = {
            name: asdict(ratio) | {"median": ratio.median}
            for name in self.rivals
            if (ratio := contest.ratio(self.baseline, name, self.direction)) is not None
        }
        return {
            "group": contest.group,
            "program": contest.program,
            "size": contest.size,
            "ratios": ratios,
            **asdict(contest.comparison),
        }


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write plain data as indented JSON."""
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
