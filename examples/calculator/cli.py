"""The command line: what is asked, and how answers are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from enum import Enum

from .errors import CalculatorError
from .evaluate import evaluate
from .nodes import outline
from .parser import parse
from .tokens import tokenize


class Show(Enum):
    """The stages of an expression that can be printed."""

    TOKENS = "tokens"
    TREE = "tree"
    VALUE = "value"

    def __str__(self) -> str:
        return self.value


def definition(text: str) -> tuple[str, float]:
    """`name=number`, as argparse's type function."""
    name, equals, number = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"not of the form name=number: {text!r}")
    return name, float(number)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="calculator", description="Calculate with numbers.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    value = commands.add_parser("eval", help="calculate one expression")
    value.add_argument("expression")
    value.add_argument(
        "-d",
        "--define",
        type=definition,
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="give a variable its value",
    )
    value.add_argument("--show", type=Show, choices=list(Show), default=Show.VALUE)

    table = commands.add_parser("table", help="tabulate an expression of x from 0 to 1")
    table.add_argument("expression")
    table.add_argument("-n", "--steps", type=int, default=10)

    area = commands.add_parser("area", help="the area under an expression of x from 0 to 1")
    area.add_argument("expression", nargs="?", default="4 / (1 + x ** 2)")
    area.add_argument("-n", "--steps", type=int, default=80_000)
    return parser


def run_eval(arguments: argparse.Namespace) -> None:
    match arguments.show:
        case Show.TOKENS:
            print(*tokenize(arguments.expression), sep="\n")
        case Show.TREE:
            print(*outline(parse(arguments.expression)), sep="\n")
        case Show.VALUE:
            value = evaluate(parse(arguments.expression), dict(arguments.define))
            print(f"{value:.12g}")


def run_table(arguments: argparse.Namespace) -> None:
    tree = parse(arguments.expression)
    for step in range(arguments.steps + 1):
        x = step / arguments.steps
        print(f"{x:8.4f} {evaluate(tree, {'x': x}):14.8f}")


def run_area(arguments: argparse.Namespace) -> None:
    tree = parse(arguments.expression)
    width = 1.0 / arguments.steps
    heights = (evaluate(tree, {"x": (step + 0.5) * width}) for step in range(arguments.steps))
    print(f"{sum(heights) * width:.8f}")


COMMANDS = {"eval": run_eval, "table": run_table, "area": run_area}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; without one, `area`. Returns the exit status."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        arguments = parser.parse_args(["area"])
    try:
        COMMANDS[arguments.command](arguments)
    except CalculatorError as error:
        print(f"calculator: {error.explain(arguments.expression)}", file=sys.stderr)
        return 1
    return 0
