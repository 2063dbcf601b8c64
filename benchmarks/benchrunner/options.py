"""Command-line options that `run.py` and `startup.py` share."""

import argparse
import math
import shutil
import sys
from pathlib import Path

from benchrunner.interpreters import Interpreter, InterpreterError, parse_interpreters
from benchrunner.ratios import Direction
from benchrunner.tables import Style, default_style


def positive_integer(text: str) -> int:
    """For `argparse`: a whole number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {text}")
    return number


def positive_seconds(text: str) -> float:
    """For `argparse`: a finite duration above 0."""
    number = float(text)
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"expected seconds above 0, got {text}")
    return number


def writable_file(text: str) -> Path:
    """For `argparse`: a file in a directory that exists, so that no result is lost at the end."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"cannot write a file at {text}")
    return path


def add_common_options(parser: argparse.ArgumentParser, rounds: int, timeout: float) -> None:
    """Declare the shared options; `rounds` and `timeout` (seconds) are this command's defaults."""
    parser.add_argument(
        "--interp",
        metavar="NAME=COMMAND",
        action="append",
        default=[],
        help="an interpreter; give it several times (default: this Python as 'python', and "
        "'tauraro' if it is on the PATH). Leading VARIABLE=value words set variables; with "
        "{name}, {group} or {path} in it, COMMAND is one command per program",
    )
    parser.add_argument(
        "--baseline", metavar="NAME", help="what ratios refer to (default: the first interpreter)"
    )
    parser.add_argument(
        "--reps",
        type=positive_integer,
        default=rounds,
        metavar="N",
        help="rounds; in each, every interpreter runs once (default: %(default)s)",
    )
    parser.add_argument(
        "--timeout",
        type=positive_seconds,
        default=timeout,
        metavar="SECONDS",
        help="limit for one process (default: %(default)s)",
    )
    parser.add_argument(
        "--ratio",
        type=Direction,
        choices=list(Direction),
        help="speedup: baseline / contender; time: contender / baseline",
    )
    parser.add_argument(
        "--json", type=writable_file, metavar="FILE", help="also write all samples there"
    )
    style = parser.add_mutually_exclusive_group()
    style.add_argument(
        "--markdown", dest="style", action="store_const", const="markdown", help="Markdown tables"
    )
    style.add_argument(
        "--plain",
        dest="style",
        action="store_const",
        const="plain",
        help="plain text (default, except at a terminal where `rich` is installed)",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


def chosen_style(options: argparse.Namespace) -> Style:
    """The style asked for, or the one that suits standard output."""
    style: Style | None = options.style
    return style or default_style()


def chosen_interpreters(options: argparse.Namespace) -> list[Interpreter]:
    """The interpreters asked for, baseline first; `InterpreterError` if they make no sense."""
    interpreters = parse_interpreters(options.interp) or _default_interpreters()
    if options.baseline is None:
        return interpreters
    first = [one for one in interpreters if one.name == options.baseline]
    if not first:
        raise InterpreterError(f"no interpreter is named {options.baseline!r}")
    return first + [one for one in interpreters if one.name != options.baseline]


def _default_interpreters() -> list[Interpreter]:
    interpreters = [Interpreter("python", (sys.executable,))]
    tauraro = shutil.which("tauraro")
    if tauraro is not None:
        interpreters.append(Interpreter("tauraro", (tauraro,)))
    return interpreters
