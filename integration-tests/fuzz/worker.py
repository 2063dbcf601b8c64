"""A child process that judges mutants: `python -m fuzz.worker SEED START STOP FILE...`.

Writes one line of JSON before each mutant (its number) and one after (its verdict), so that
whoever reads them knows which one the process died of. The processor time of each mutant and the
memory of the process are limited.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import resource
import signal
import sys
import warnings
from pathlib import Path

from .judge import judge
from .mutate import mutant

SECONDS = 5.0
"""Processor time for one mutant; then SIGPROF ends the process."""

MEMORY = 2 << 30


def restrict() -> None:
    """Give up what a mutant could do harm with."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def mutant_of(seed: str, number: int, seeds: list[bytes]) -> bytes:
    """The mutant of that number."""
    source = random.Random(f"{seed}:{number}")
    return mutant(source.choice(seeds), source)


def main(arguments: list[str]) -> None:
    """Judge the mutants START to STOP."""
    seed, start, stop, *files = arguments
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    sys.stdout = sys.stderr  # what a program in interactive mode displays is no answer
    sys.displayhook = lambda value: None
    seeds = [Path(file).read_bytes() for file in files]
    faulthandler.enable()
    warnings.simplefilter("ignore")
    restrict()
    for number in range(int(start), int(stop)):
        data = mutant_of(seed, number, seeds)
        print(json.dumps({"number": number}), file=answers, flush=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        verdict = judge(data)
        signal.setitimer(signal.ITIMER_PROF, 0)
        row = {
            "outcome": verdict.outcome.name,
            "problem": verdict.problem,
            "differs": verdict.differs,
        }
        print(json.dumps(row), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
