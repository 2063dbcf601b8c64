"""Compare how interpreters start: `-c pass`, 50 imports from warm and cold caches, memory.

    python benchmarks/startup.py --interp cpython=/usr/bin/python3.11 --interp tauraro=tauraro

Exit code: 0 if everything ran, 1 if an interpreter failed, 2 for wrong options.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchrunner.environment import Environment, describe_interpreters, observe
from benchrunner.interpreters import Interpreter, InterpreterError
from benchrunner.module_tree import build_tree
from benchrunner.options import (
    add_common_options,
    chosen_interpreters,
    chosen_style,
    positive_integer,
)
from benchrunner.process import Execute, execute
from benchrunner.ratios import Direction
from benchrunner.report import startup_table
from benchrunner.results import SCHEMA, write_json
from benchrunner.startup import StartupError, StartupFigures, limited, measure_startup
from benchrunner.tables import show
from benchrunner.workspace import Workspace


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="startup.py", description="Compare how interpreters start, by CPU time and memory."
    )
    add_common_options(parser, rounds=15, timeout=60.0)
    parser.add_argument(
        "--modules",
        type=positive_integer,
        default=50,
        metavar="N",
        help="modules in the generated package, about 150 lines each (default: %(default)s)",
    )
    return parser.parse_args(arguments)


def measure(
    interpreters: Sequence[Interpreter], options: argparse.Namespace, run: Execute
) -> tuple[StartupFigures, int]:
    """The figures, and how many lines the imported package has."""

    def progress(round_: int) -> None:
        if not options.quiet:
            print(f"round {round_ + 1}/{options.reps}", file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="modules-") as home, Workspace() as workspace:
        tree = Path(home) / "tree"
        lines = build_tree(tree, options.modules)
        figures = measure_startup(
            interpreters, tree, options.reps, limited(run, options.timeout), workspace, progress
        )
    return figures, lines


def to_json(
    figures: StartupFigures,
    environment: Environment,
    descriptions: Sequence[str],
    package: dict[str, int],
) -> dict[str, Any]:
    """Plain data: every figure of every round."""
    return {
        "schema": SCHEMA,
        "environment": asdict(environment),
        "interpreters": list(descriptions),
        "package": package,
        "figures": figures.values,
    }


def main(arguments: Sequence[str] | None = None, run: Execute = execute) -> int:
    """The command; `run` starts processes."""
    options = parse_options(arguments)
    try:
        interpreters = chosen_interpreters(options)
        for interpreter in interpreters:
            if interpreter.is_template:
                raise InterpreterError(f"{interpreter.name!r} is no interpreter: it takes no -c")
    except InterpreterError as error:
        print(f"startup.py: {error}", file=sys.stderr)
        return 2
    environment = observe()
    descriptions = describe_interpreters(interpreters)
    try:
        figures, lines = measure(interpreters, options, run)
    except StartupError as error:
        print(f"startup.py: {error}", file=sys.stderr)
        return 1
    names = [one.name for one in interpreters]
    table = startup_table(figures, names, options.ratio or Direction.TIME)
    table.notes += [
        f"rounds: {options.reps}; imports: {options.modules} modules, {lines} lines",
        *descriptions,
        environment.describe(),
    ]
    show([table], chosen_style(options))
    if options.json is not None:
        package = {"modules": options.modules, "lines": lines}
        write_json(options.json, to_json(figures, environment, descriptions, package))
    return 0


if __name__ == "__main__":
    sys.exit(main())
