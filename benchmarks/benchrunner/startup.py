"""Start-up: interpreters in, figures per round out.

Four processes of each interpreter run in every round: `-c pass`; one that tells its peak memory;
the import of a generated package from a warm and from a cold cache, which tells CPU time and peak
memory. Memory has to come from inside: what the kernel reports of a child after its end is at
least the size of the process that started it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchrunner.interpreters import Interpreter
from benchrunner.module_tree import PRINT_PEAK_MEMORY, SCRIPT
from benchrunner.pairing import failure_of, order_of_round
from benchrunner.process import Execute, Launch, Outcome
from benchrunner.ratios import Spread
from benchrunner.workspace import Workspace

KIB_PER_MIB = 1024

MEASURES = {
    "pass": ("-c pass", "ms"),
    "warm_process": ("import, warm cache: whole process", "ms"),
    "warm_import": ("import, warm cache: the imports alone", "ms"),
    "cold_process": ("import, cold cache: whole process", "ms"),
    "cold_import": ("import, cold cache: the imports alone", "ms"),
    "compile": ("compilation (cold imports - warm ones)", "ms"),
    "memory": ("peak memory, -c pass", "MiB"),
    "warm_memory": ("peak memory, import, warm cache", "MiB"),
    "cold_memory": ("peak memory, import, cold cache", "MiB"),
}
"""Key of a figure -> what it is, and its unit; in the order of the report."""


class StartupError(RuntimeError):
    """An interpreter that does not run one of the cases; the message is for the user."""


@dataclass
class StartupFigures:
    """Figures by measure, then by interpreter; each list's index is the round."""

    values: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, measure: str, interpreter: str, value: float) -> None:
        """Append the figure of a round."""
        self.values.setdefault(measure, {}).setdefault(interpreter, []).append(value)

    def of(self, measure: str, interpreter: str) -> Spread:
        """All rounds of one measure."""
        return Spread(tuple(self.values[measure][interpreter]))


def measure_startup(
    interpreters: Sequence[Interpreter],
    tree: Path,
    rounds: int,
    run: Callable[[Launch], Outcome],
    workspace: Workspace,
    progress: Callable[[int], Any] = lambda round_: None,
) -> StartupFigures:
    """Measure all interpreters, interleaved, after one run of each that fills its caches.

    `tree` is the directory that `build_tree` made. Raises `StartupError` at the first failure:
    start-up is too basic to go on without.
    """
    figures = StartupFigures()
    by_name = {one.name: one for one in interpreters}
    for interpreter in interpreters:
        _figures_of(interpreter, tree, run, workspace)
    for round_ in range(rounds):
        for name in order_of_round(list(by_name), round_):
            for measure, value in _figures_of(by_name[name], tree, run, workspace).items():
                figures.add(measure, name, value)
        progress(round_)
    return figures


def limited(run: Execute, timeout: float) -> Callable[[Launch], Outcome]:
    """`run` with a fixed time limit."""
    return lambda launch: run(launch, timeout)


def _figures_of(
    interpreter: Interpreter, tree: Path, run: Callable[[Launch], Outcome], workspace: Workspace
) -> dict[str, float]:
    def words(*words: str) -> Outcome:
        return _checked(interpreter, run(workspace.launch_words(interpreter, words)))

    warm_home = workspace.copy(f"{interpreter.name}-warm", tree, "warm")
    cold_home = workspace.copy(f"{interpreter.name}-cold", tree, "cold")
    bare = words("-c", "pass")
    memory = words("-c", PRINT_PEAK_MEMORY)
    warm = _import_all(interpreter, warm_home, run, workspace)
    cold = _import_all(interpreter, cold_home, run, workspace)
    warm_seconds, warm_memory = _reported(warm)
    cold_seconds, cold_memory = _reported(cold)
    return {
        "pass": 1e3 * bare.cpu,
        "warm_process": 1e3 * warm.cpu,
        "warm_import": 1e3 * warm_seconds,
        "cold_process": 1e3 * cold.cpu,
        "cold_import": 1e3 * cold_seconds,
        "compile": 1e3 * (cold_seconds - warm_seconds),
        "memory": int(memory.stdout) / KIB_PER_MIB,
        "warm_memory": warm_memory / KIB_PER_MIB,
        "cold_memory": cold_memory / KIB_PER_MIB,
    }


def _import_all(
    interpreter: Interpreter,
    home: Path,
    run: Callable[[Launch], Outcome],
    workspace: Workspace,
) -> Outcome:
    launch = workspace.launch_words(interpreter, [str(home / SCRIPT)], home)
    return _checked(interpreter, run(launch))


def _reported(outcome: Outcome) -> tuple[float, int]:
    """Seconds and KiB, as the script of the generated package prints them."""
    seconds, memory = outcome.stdout.split()
    return float(seconds), int(memory)


def _checked(interpreter: Interpreter, outcome: Outcome) -> Outcome:
    failure = failure_of(outcome, None)
    if failure is not None:
        raise StartupError(f"{interpreter.name}: {failure}")
    return outcome
