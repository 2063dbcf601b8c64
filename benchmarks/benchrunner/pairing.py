"""Interleaved runs: contenders and a number of rounds in, paired samples out.

In each round every contender runs once, so that whatever slows the machine for a while slows all
of them. Their order is turned and reversed from round to round, so that none always runs first.

    baseline other | other baseline | other baseline | baseline other | …
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchrunner.process import Outcome

RESOLUTION = 1e-6
"""Seconds: the kernel reports CPU time in microseconds, so nothing ran for less."""


@dataclass(frozen=True)
class Sample:
    """Seconds that one process took."""

    cpu: float
    wall: float


@dataclass
class Comparison:
    """Samples by contender, index = round; a contender has samples or a failure, never both."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def order_of_round(contenders: Sequence[str], round_: int) -> list[str]:
    """The contenders in the order in which they run in a round; round 0 keeps theirs."""
    shift = round_ // 2 % len(contenders)
    turned = [*contenders[shift:], *contenders[:shift]]
    return turned if round_ % 2 == 0 else turned[::-1]


def compare(
    contenders: Sequence[str], rounds: int, run_once: Callable[[str], Outcome]
) -> Comparison:
    """Run all contenders `rounds` times; the first one is the baseline that the rest must match.

    A contender that fails, is too slow or prints something else is out from there on, with the
    reason; without a baseline there is nothing to compare and all runs stop.
    """
    comparison = Comparison({name: [] for name in contenders})
    if not contenders:
        return comparison
    baseline = contenders[0]
    expected: bytes | None = None
    for round_ in range(rounds):
        for name in order_of_round(contenders, round_):
            if name in comparison.failures:
                continue
            outcome = run_once(name)
            failure = failure_of(outcome, expected)
            if failure is not None:
                comparison.failures[name] = failure
                del comparison.samples[name]
                if name == baseline:
                    return _without_baseline(comparison, baseline)
                continue
            if expected is None:
                expected = outcome.stdout
            sample = Sample(max(outcome.cpu, RESOLUTION), max(outcome.wall, RESOLUTION))
            comparison.samples[name].append(sample)
    return comparison


def failure_of(outcome: Outcome, expected: bytes | None) -> str | None:
    """Why an outcome does not count, or None; `expected` is the right output once it is known."""
    if outcome.timed_out:
        return f"no end after {outcome.wall:.3g} s"
    if outcome.exit_code != 0:
        lines = outcome.stderr.decode("utf-8", "replace").strip().splitlines()
        detail = f": {lines[-1].strip()}" if lines else ""
        return f"exit code {outcome.exit_code}{detail}"
    if expected is not None and outcome.stdout != expected:
        return f"printed {_shorten(outcome.stdout)}, expected {_shorten(expected)}"
    return None


def _without_baseline(comparison: Comparison, baseline: str) -> Comparison:
    for name in comparison.samples:
        comparison.failures[name] = f"not compared: {baseline} failed"
    comparison.samples.clear()
    return comparison


def _shorten(output: bytes, limit: int = 60) -> str:
    text = output.decode("utf-8", "replace").strip()
    return repr(text if len(text) <= limit else text[:limit] + "…")
