'''Random programs of everything: the whole language in loops, with hostile operands.

    source = program(seed)

The same seed gives the same program on each host. Nothing is known of types: what a statement does to
a variable may make a later one fail, and each case says how far it came. The grammar is text with
`<symbols>`; each is replaced by one of its alternatives, at random. A line that is a symbol alone
stands for statements.
'''

from __future__ import annotations

import functools
import re
import sys
import warnings
from collections.abc import Callable
from random import Random
from types import CodeType, FrameType, ModuleType
from typing import Any

from .hostile_grammar import DEEP, LEAVES, STATEMENTS, START, ending
from .hostile_prelude import COLLECTED, DESTROYED, PRELUDE

CASES = 5
TIMES = 3
"""How often each case runs: from the second time on it enters what was compiled for the first."""
TRIES = 40
"""How many statements of a case are replaced at most."""
LINES = 20_000
"""How many lines a case executes at most."""
DEPTH = 3
"""Expressions inside expressions; further down only leaves."""
SYMBOL = re.compile(r"<(\w+)>")
SUITE = re.compile(r"( *)<suite>")


class Writer:
    """Expands the grammar for one program."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.names = 0
        self.budget = 0
        self.loops = 0
        self.allowed: dict[str, list[str]] = {}

    def restrict(self) -> None:
        """A case is made of some of the alternatives only: few that native code cannot have leave
        more loops to it."""
        choose = self.random
        few = choose.random() < 0.7
        self.allowed = {f"leaf {symbol}": each for symbol, each in LEAVES.items()}
        for word, groups in (("deep", DEEP), ("statement", STATEMENTS)):
            for name, each in groups.items():
                size = choose.randint(3, 8 if word == "deep" else 14) if few else len(each)
                self.allowed[f"{word} {name}"] = choose.sample(each, min(size, len(each)))

    def expression(self, text: str, depth: int = DEPTH, own: str = "") -> str:
        """`text` without symbols. `<own>` is a name that is new in each statement."""

        def alternative(match: re.Match[str]) -> str:
            symbol = match[1]
            if symbol == "own":
                return own
            leaves, deep = self.allowed[f"leaf {symbol}"], self.allowed.get(f"deep {symbol}")
            choice = deep if deep and depth > 0 and self.random.random() < 0.65 else leaves
            return self.expression(self.random.choice(choice), depth - 1, own)

        return SYMBOL.sub(alternative, text)

    def suite(self, indent: str, low: int = 1, high: int = 4) -> list[str]:
        """Statements."""
        return [
            line
            for _ in range(self.random.randint(low, high))
            for line in self.statement(indent)
        ]

    def statement(self, indent: str, group: str = "") -> list[str]:
        """One statement, of a group or of any."""
        self.budget -= 1
        groups = ["simple"] * 6 + ["branch"] * 2
        if self.loops < 3 and self.budget > 0:
            groups += ["loop"] * 3
        if self.loops:
            groups += ["jump"]
        if self.budget <= 0:
            groups = ["simple"]
        group = group or self.random.choice(groups)
        template = self.random.choice(self.allowed[f"statement {group}"])
        self.names += 1
        own = f"n{self.names}"
        self.loops += group == "loop"
        lines = []
        for line in template.split("\n"):
            place = SUITE.fullmatch(line)
            if place is not None:
                lines += self.suite(indent + place[1])
            else:
                lines.append(indent + self.expression(line, own=own))
        self.loops -= group == "loop"
        return lines

    def case(self, number: int) -> list[str]:
        """A function."""
        while True:
            self.budget = 26
            self.loops = 0
            self.restrict()
            first = [f"    {self.expression(line)}" for line in START]
            lines = [f"def case_{number}():", "    global total", *first]
            for _ in range(self.random.randint(2, 3)):
                lines += self.statement("    ", "loop")
                if self.random.random() < 0.5:
                    lines += self.statement("    ", "simple")
            lines += [f"    {line}" for line in ending()]
            if mended(lines, f"case_{number}", self.random):
                return [*lines, ""]


class TooLong(BaseException):
    """A case executes too many lines."""


def mended(lines: list[str], name: str, random: Random) -> bool:
    """Whether a case can be used, with most of the statements that end it replaced by `pass`."""
    for _ in range(TRIES):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile("\n".join(lines), name, "exec", dont_inherit=True)
        except SyntaxError:
            return False
        try:
            failing = _last_line(code, name)
        except TooLong:
            return False
        if failing is None:
            return True
        number, indent = failing - 1, len(lines[failing - 1]) - len(lines[failing - 1].lstrip())
        if lines[number].endswith(":") or random.random() < 0.03:
            return random.random() < 0.3
        lines[number] = " " * indent + "pass"
    return True


def _last_line(code: CodeType, name: str) -> int | None:
    """The line of a case that an exception leaves it from. Raises TooLong."""
    namespace = dict(_prelude())
    exec(code, namespace)
    namespace["traces"].clear()
    count = 0

    def watch(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        if count > LINES:
            raise TooLong
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        namespace[name]()
    except Exception as error:
        entry = error.__traceback__
        while entry is not None and entry.tb_frame.f_code.co_name != name:
            entry = entry.tb_next
        return None if entry is None else entry.tb_lineno
    finally:
        sys.settrace(before)
    return None


@functools.cache
def _prelude() -> dict[str, Any]:
    """The names that cases use."""
    module = ModuleType("prelude")
    sys.modules["prelude"] = module
    exec(PRELUDE, module.__dict__)
    return module.__dict__


def program(seed: int) -> str:
    """The program of a seed."""
    writer = Writer(seed)
    lines = [PRELUDE, COLLECTED if seed % 2 else DESTROYED]
    for number in range(CASES):
        lines += writer.case(number)
    for number in range(CASES):
        lines.append(f'report("case {number}", case_{number}, {TIMES})')
    return "\n".join(lines) + "\n"
