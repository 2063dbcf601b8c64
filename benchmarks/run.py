"""Run the benchmark programs under several interpreters and compare their CPU times.

    python benchmarks/run.py --interp cpython=/usr/bin/python3.11 --interp tauraro=tauraro

Exit code: 0 if every program ran everywhere and printed the same, 1 if not, 2 for wrong options,
130 after Ctrl-C (what was measured until then is shown).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchrunner.environment import describe_interpreters, observe
from benchrunner.interpreters import Interpreter, InterpreterError
from benchrunner.options import add_common_options, chosen_interpreters, chosen_style
from benchrunner.pairing import compare
from benchrunner.process import Execute, Outcome, execute
from benchrunner.programs import SIZES, NoProgramError, Program, discover, select
from benchrunner.ratios import Direction
from benchrunner.report import ratio_text, seconds_text, tables_of
from benchrunner.results import Contest, Results, write_json
from benchrunner.tables import show
from benchrunner.workspace import CacheMode, Workspace

PROGRAMS = Path(__file__).parent / "programs"


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="run.py", description="Compare interpreters by the CPU time of whole processes."
    )
    add_common_options(parser, rounds=5, timeout=120.0)
    parser.add_argument(
        "--size",
        action="append",
        choices=SIZES,
        help="tiny (for tests), small (about 1 s on CPython), large (about 8 s); give it several "
        "times (default: small)",
    )
    parser.add_argument(
        "--group", action="append", default=[], metavar="GROUP", help="only this group"
    )
    parser.add_argument(
        "--name", action="append", default=[], metavar="PATTERN", help="only programs like this"
    )
    parser.add_argument(
        "--cache",
        choices=("warm", "cold"),
        default="warm",
        help="warm: an unmeasured run fills the program's caches first; cold: each run starts "
        "without any (default: %(default)s)",
    )
    parser.add_argument(
        "--programs", type=Path, default=PROGRAMS, metavar="DIR", help="where GROUP/NAME.py lie"
    )
    parser.add_argument("--list", action="store_true", help="list the programs chosen and stop")
    return parser.parse_args(arguments)


def run_contest(
    interpreters: Sequence[Interpreter],
    program: Program,
    size: str,
    workspace: Workspace,
    options: argparse.Namespace,
    run: Execute,
) -> Contest:
    """Measure one program at one size."""
    contenders = {one.name: one for one in interpreters if one.runs(program)}
    mode: CacheMode = options.cache

    def run_once(name: str, argument: str = size) -> Outcome:
        launch = workspace.launch_program(contenders[name], program, [argument], mode)
        return run(launch, options.timeout)

    if mode == "warm":
        for name in contenders:
            run_once(name, SIZES[0])
    comparison = compare(list(contenders), options.reps, run_once)
    return Contest(program.group, program.name, size, comparison)


def progress_line(results: Results, contest: Contest) -> str:
    """What one contest came to."""
    words = [f"{contest.size} {contest.group}/{contest.program}:"]
    for name in results.contenders:
        seconds = contest.seconds(name)
        if seconds is None:
            words.append(f"{name} {contest.comparison.failures.get(name, 'none')}")
            continue
        ratio = contest.ratio(results.baseline, name, results.direction)
        shown = f" ({ratio_text(ratio.median)})" if ratio and name != results.baseline else ""
        words.append(f"{name} {seconds_text(seconds.median)} s{shown}")
    return "  ".join(words)


def measure(
    results: Results,
    interpreters: Sequence[Interpreter],
    programs: Sequence[Program],
    sizes: Sequence[str],
    options: argparse.Namespace,
    run: Execute,
) -> None:
    """Fill `results`, one contest after the other, so that a run that is cut short has some."""
    total = len(programs) * len(sizes)
    with Workspace() as workspace:
        for size in sizes:
            for program in programs:
                contest = run_contest(interpreters, program, size, workspace, options, run)
                results.contests.append(contest)
                if not options.quiet:
                    line = progress_line(results, contest)
                    print(f"[{len(results.contests)}/{total}] {line}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None, run: Execute = execute) -> int:
    """The command; `run` starts processes."""
    options = parse_options(arguments)
    try:
        interpreters = chosen_interpreters(options)
        programs = select(discover(options.programs), options.group, options.name)
    except (InterpreterError, NoProgramError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    if options.list:
        for program in programs:
            print(f"{program.group}/{program.name}")
        return 0
    results = Results(
        environment=observe(),
        interpreters=describe_interpreters(interpreters),
        contenders=[one.name for one in interpreters],
        direction=options.ratio or Direction.SPEEDUP,
        options={"rounds": options.reps, "caches": options.cache},
    )
    interrupted = False
    try:
        measure(results, interpreters, programs, options.size or ["small"], options, run)
    except KeyboardInterrupt:
        interrupted = True
    show(tables_of(results), chosen_style(options))
    if options.json is not None:
        write_json(options.json, results.to_json())
    if interrupted:
        return 130
    return 0 if results.complete else 1


if __name__ == "__main__":
    sys.exit(main())
