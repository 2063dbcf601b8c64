"""Runs random programs until told to stop: for the long runs that a test suite has no time for.

    PYTHONPATH=packages/tauraro-jit/tests python -m compile.campaign --programs 1000

Each program is run in plain Python and with a loop compiled; with `--force` each operation that can
leave is made to, in the first, a middle and the last of its executions. Differences are printed
with the seed that makes them again.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from collections.abc import Sequence
from random import Random

from .machine import Engine, Machine, run_plain
from .random_programs import random_program
from .regions import Evaluated, Injection, Native, Scope

ENGINES: dict[str, Engine] = {"evaluator": Evaluated, "native": Native}


def check_program(
    source: str,
    random: Random,
    engine: Engine,
    *,
    optimized: bool,
    counts: Counter[str] | None = None,
) -> str | None:
    """Run a program with one of its loops compiled; None if it does what plain Python does."""
    plain = run_plain(source)
    scope = random.choice(list(Scope))
    first = random.choice([1, 1, 2, 3])
    machine = Machine(source, engine, scope, optimized=optimized, first=first)
    if random.random() < 0.25:
        native = random.randrange(len(machine.resumption.loops))
        machine = Machine(source, engine, scope, native=native, optimized=optimized, first=first)
    run = machine.run()
    if counts is not None:
        counts.update(programs=1, entered=bool(run.exits), exits=len(run.exits))
        counts[f"declined: {run.declined}"] += 1
    if run.outcome == plain.outcome:
        return None
    return difference(source, plain.outcome, run.outcome)


def check_forced(
    source: str,
    random: Random,
    scopes: Sequence[Scope] = tuple(Scope),
    *,
    optimized: bool,
    most: int,
    counts: Counter[str] | None = None,
) -> str | None:
    """Make each operation that can leave do so (a sample, if they are more than `most`), in the
    evaluator and in machine code."""
    plain = run_plain(source)
    scope = random.choice(scopes)
    machines = [
        Machine(source, engine, scope, optimized=optimized, entries=1)
        for engine in (Evaluated, Native)
    ]
    for injection in [None, *injections(machines[0], random, most)]:
        for machine in machines:
            run = machine.run(injection)
            if counts is not None:
                counts.update(runs=1)
            if run.outcome != plain.outcome:
                return f"{injection}\n" + difference(source, plain.outcome, run.outcome)
    return None


def injections(machine: Machine, random: Random, most: int) -> list[Injection]:
    """What can be made to leave, and when: the first, a middle and the last time that the first
    entry executes it."""
    machine.run()
    if not machine.regions:
        return []
    engine = machine.regions[0][1]
    assert isinstance(engine, Evaluated)
    found = [
        (number, time)
        for number, count in enumerate(engine.executed)
        for time in sorted({1, (count + 1) // 2, count} if count else ())
    ]
    return found if len(found) <= most else random.sample(found, most)


def difference(source: str, expected: object, found: object) -> str:
    """A report of what is not equal."""
    return f"{source}\nplain:    {expected}\ncompiled: {found}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="compile.campaign")
    parser.add_argument("--seed", type=int, default=0, help="the first program's")
    parser.add_argument("--programs", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, default="native")
    parser.add_argument("--optimized", action="store_true", help="run the passes")
    parser.add_argument("--force", action="store_true", help="make guards fail")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    for seed in range(options.seed, options.seed + options.programs):
        random = Random(seed)
        source = random_program(random)
        if options.force:
            problem = check_forced(
                source, random, optimized=options.optimized, most=60, counts=counts
            )
        else:
            engine = ENGINES[options.engine]
            problem = check_program(
                source, random, engine, optimized=options.optimized, counts=counts
            )
        if problem is not None:
            counts["different"] += 1
            print(f"seed {seed}\n{problem}", flush=True)
    for name, count in counts.most_common(12):
        print(count, name)


if __name__ == "__main__":
    main()
