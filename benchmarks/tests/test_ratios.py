"""Statistics: paired times -> ratios, ranges, geometric means."""

import pytest
from benchrunner.ratios import (
    Direction,
    Spread,
    paired_difference,
    paired_ratio,
    summarize,
)


def test_ratio_pairs_times_of_the_same_round() -> None:
    # The machine is twice as slow in the second round: the ratio does not change.
    ratio = paired_ratio([1.0, 2.0, 1.0], [0.5, 1.0, 0.5], Direction.SPEEDUP)
    assert ratio.rounds == (2.0, 2.0, 2.0)


def test_direction_decides_what_is_divided_by_what() -> None:
    assert paired_ratio([3.0], [1.5], Direction.SPEEDUP).median == 2.0
    assert paired_ratio([3.0], [1.5], Direction.TIME).median == 0.5


def test_median_and_range_of_the_rounds() -> None:
    spread = Spread((4.0, 1.0, 2.0, 100.0))
    assert (spread.low, spread.median, spread.high) == (1.0, 3.0, 100.0)


def test_unequal_numbers_of_rounds_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paired_ratio([1.0, 1.0], [1.0], Direction.TIME)


def test_difference_is_what_the_contender_took_more() -> None:
    assert paired_difference([10.0, 20.0], [15.0, 22.0]).rounds == (5.0, 2.0)


def test_summary_takes_the_geometric_mean_of_the_medians() -> None:
    summary = summarize(
        {"a": Spread((2.0, 2.0, 9.0)), "b": Spread((8.0, 8.0, 1.0))}, Direction.SPEEDUP
    )
    assert summary is not None
    assert summary.geomean == pytest.approx(4.0)
    assert summary.low == pytest.approx(2.0**0.5)
    assert summary.high == pytest.approx(72.0**0.5)
    assert summary.programs == 2


@pytest.mark.parametrize(
    ("direction", "worst"), [(Direction.SPEEDUP, "slow"), (Direction.TIME, "fast")]
)
def test_worst_is_the_lowest_speedup_or_the_highest_time(direction: Direction, worst: str) -> None:
    ratios = {"fast": Spread((3.0,)), "slow": Spread((0.5,)), "same": Spread((1.0,))}
    summary = summarize(ratios, direction)
    assert summary is not None
    assert summary.worst_program == worst
    assert summary.worst == ratios[worst].median


def test_nothing_has_no_summary() -> None:
    assert summarize({}, Direction.TIME) is None
