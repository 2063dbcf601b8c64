"""Runs a pass on IR given as text: verifies before and after, and that both do the same."""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from tauraro_jit.ir.dominance import Dominators
from tauraro_jit.ir.evaluate import evaluate
from tauraro_jit.ir.graph import Function
from tauraro_jit.ir.parser import parse_function
from tauraro_jit.ir.printer import print_function
from tauraro_jit.ir.verify import verify_function
from tauraro_jit.iropt.constants import Constants
from tauraro_jit.iropt.loops import Loops

Pass = Callable[[Function], object]


def check(run: Pass, before: str, after: str | None, *runs: list[Any]) -> None:
    """The pass turns `before` into `after` (None: it changes nothing); both do the same when they
    begin with each of the slots."""
    source = textwrap.dedent(before).strip() + "\n"
    function = parse(source)
    verify_function(function)
    assert print_function(function) == source, "not in the printer's form"
    run(function)
    verify_function(function)
    expected = source if after is None else textwrap.dedent(after).strip() + "\n"
    assert print_function(function) == expected
    assert runs, "a pass is compared in action"
    for slots in runs:
        assert outcome(parse(source), slots) == outcome(function, slots)


def parse(text: str) -> Function:
    """The function of an indented text."""
    return parse_function(textwrap.dedent(text).strip())


def outcome(function: Function, slots: Iterable[Any]) -> str:
    """What a run leaves: where it goes on, and all slots, as text that shows signs of zeros.
    Objects are copied first: a run changes them."""
    found = copy.deepcopy(list(slots))
    number = evaluate(function, found)
    left = function.exits[number].exit
    return f"{left.resume} {left.pc} {found!r}"


def with_dominators(run: Callable[[Function, Dominators], object]) -> Pass:
    """A pass that needs the dominator tree."""
    return lambda function: run(function, Dominators(function))


def with_loops(run: Callable[[Function, Loops], object]) -> Pass:
    """A pass on loops."""
    return lambda function: run(function, Loops(Dominators(function)))


def with_constants(run: Callable[[Function, Constants], object]) -> Pass:
    """A pass that makes constants."""

    def gather_and_run(function: Function) -> None:
        constants = Constants(function)
        constants.gather()
        run(function, constants)

    return gather_and_run
