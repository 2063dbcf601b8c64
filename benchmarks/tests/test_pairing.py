"""Pairing: the order of the runs, and who is out for which reason."""

from collections.abc import Callable

import pytest
from benchrunner.pairing import RESOLUTION, Sample, compare, failure_of, order_of_round
from benchrunner.process import Outcome
from fake_processes import outcome


class Runs:
    """Answers by contender and remembers the order in which they were asked."""

    def __init__(self, **answers: Callable[[int], Outcome]) -> None:
        self.answers = answers
        self.order: list[str] = []

    def __call__(self, name: str) -> Outcome:
        earlier = self.order.count(name)
        self.order.append(name)
        return self.answers[name](earlier)


def good(_: int) -> Outcome:
    return outcome()


def test_two_contenders_take_turns_at_going_first() -> None:
    runs = Runs(a=good, b=good)
    compare(["a", "b"], 4, runs)
    assert "".join(runs.order) == "abbabaab"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_contender_runs_once_per_round_and_goes_first_in_turn(count: int) -> None:
    names = [f"n{number}" for number in range(count)]
    orders = [order_of_round(names, round_) for round_ in range(2 * count)]
    assert orders[0] == names
    assert all(sorted(order) == names for order in orders)
    assert {order[0] for order in orders} == set(names)


def test_samples_keep_the_order_of_the_rounds() -> None:
    runs = Runs(a=lambda n: outcome(cpu=1.0 + n), b=lambda n: outcome(cpu=10.0 + n))
    comparison = compare(["a", "b"], 3, runs)
    assert [sample.cpu for sample in comparison.samples["a"]] == [1.0, 2.0, 3.0]
    assert comparison.samples["b"][1] == Sample(cpu=11.0, wall=22.0)
    assert not comparison.failures


def test_a_process_too_short_for_the_kernel_takes_the_least_time_there_is() -> None:
    comparison = compare(["a"], 1, Runs(a=lambda n: outcome(cpu=0.0)))
    assert comparison.samples["a"] == [Sample(RESOLUTION, RESOLUTION)]


def test_other_output_puts_a_contender_out_at_once() -> None:
    runs = Runs(a=good, b=lambda n: outcome(stdout=b"result\n" if n == 0 else b"wrong\n"), c=good)
    comparison = compare(["a", "b", "c"], 4, runs)
    assert comparison.failures == {"b": "printed 'wrong', expected 'result'"}
    assert runs.order.count("b") == 2
    assert {name: len(samples) for name, samples in comparison.samples.items()} == {"a": 4, "c": 4}


def test_without_its_baseline_a_program_is_given_up() -> None:
    runs = Runs(a=lambda n: outcome(exit_code=1), b=good)
    comparison = compare(["a", "b"], 3, runs)
    assert runs.order == ["a"]
    assert not comparison.samples
    assert comparison.failures == {"a": "exit code 1", "b": "not compared: a failed"}


def test_a_baseline_that_contradicts_itself_is_given_up() -> None:
    runs = Runs(a=lambda n: outcome(stdout=b"%d" % n), b=lambda n: outcome(stdout=b"0"))
    comparison = compare(["a", "b"], 3, runs)
    assert comparison.failures["a"] == "printed '1', expected '0'"
    assert not comparison.samples


def test_nobody_to_compare() -> None:
    assert compare([], 3, Runs()).samples == {}


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (outcome(cpu=30.0, timed_out=True, exit_code=-9), "no end after 60 s"),
        (outcome(exit_code=-11), "exit code -11"),
        (
            outcome(exit_code=1, stderr=b"Traceback\n  ...\nValueError: no\n"),
            "exit code 1: ValueError: no",
        ),
        (outcome(stdout=b"x" * 100), f"printed '{'x' * 60}…', expected 'result'"),
        (outcome(), None),
    ],
)
def test_reasons(result: Outcome, reason: str | None) -> None:
    assert failure_of(result, b"result\n") == reason
