"""Text in the form of `printer.py` in, function out: the same blocks, values and exits under the
same numbers.

The parser checks that names are defined, not that the function makes sense: see `verify.py`.
"""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..native.region import Exit, IteratorKind, IteratorState, LoopState, Place, Resume, SlotType
from ..native.region import Value as FrameValue
from .graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Terminator, Value
from .ops import Op
from .types import Type

STRING = r'"(?:[^"\\]|\\.)*"'
TYPES = r"\w+(?:, \w+)*"
HEADER = re.compile(
    rf"function ({STRING}) slots (\d+)(?: control (\d+))?(?: takes ({TYPES}))?(?: gives ({TYPES}))?"
)
EXIT = re.compile(rf"exit (\d+) (\w+) (-?\d+) line (\d+) ({STRING})")
WRITE = re.compile(rf"write (\w+) ({STRING}|\d+) (\w+) (\d+)(?: (\w+))?")
ITERATE = re.compile(r"iterate (\d+)(?: ([\w+]+) (\d+))?")
STORE = re.compile(r"store (\d+) %(\d+)")
LABEL = re.compile(r"b(\d+)(?:\((.*)\))?:")
PARAMETER = re.compile(r"%(\d+):(\w+)")
ARGUMENTS = r"%\d+(?:, %\d+)*"
OPERATION = re.compile(
    rf"(?:%(\d+):(\w+) = )?(\w+)(?:\[({STRING}|[^\]]*)\])?(?: ({ARGUMENTS}))?(?: else x(\d+))?"
)
TARGET = rf"b\d+(?:\({ARGUMENTS}\))?"
JUMP = re.compile(rf"jump ({TARGET})")
BRANCH = re.compile(rf"branch %(\d+) ({TARGET}) ({TARGET})")
LEAVE = re.compile(r"leave x(\d+)")
NUMBER = re.compile(r"%(\d+)")
OPERATIONS = {op.text: op for op in Op}
FLOATS = {"inf", "-inf", "nan", "-nan"}


class ParseError(ValueError):
    """Text that is no function; the message says which line and why."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


def parse_function(text: str) -> Function:
    """The function that the text describes, with its bodies, which follow it. Raises ParseError."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if i and line.startswith("function ")]
    bounds = pairwise([0, *starts, len(lines)])
    function, *bodies = (parse_one(lines[start:end], start) for start, end in bounds)
    shared = {body.name: body for body in bodies}
    for each in (function, *bodies):
        each.bodies = shared
    return function


def parse_one(lines: list[str], start: int) -> Function:
    """The function that some lines describe, which begin behind line `start`."""
    parser = FunctionParser(lines)
    try:
        return parser.function()
    except (KeyError, ValueError) as error:
        if isinstance(error, ParseError):
            raise ParseError(error.line + start, error.problem) from None
        raise ParseError(parser.line + start, f"unknown {error}") from None


class FunctionParser:
    """Reads one function. Exits and blocks may be named before they are defined, so they are made
    first, with all values; then what refers to others. `line` is the number of the line being
    read."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.strip() for line in lines]
        self.line = 1
        self.values: dict[int, Value] = {}
        self.blocks: dict[int, Block] = {}
        self.exits: dict[int, ExitPoint] = {}

    def function(self) -> Function:
        """The whole text."""
        header = self.match(HEADER, self.lines[0] if self.lines else "")
        function = Function(json.loads(header[1]))
        function.slots = int(header[2])
        function.control = -1 if header[3] is None else int(header[3])
        if header[4] is not None:
            function.parameters = tuple(Type(kind) for kind in header[4].split(", "))
        if header[5] is not None:
            function.results = tuple(Type(kind) for kind in header[5].split(", "))
        labels = [i for i, text in enumerate(self.lines) if LABEL.fullmatch(text)]
        heads = [i for i, text in enumerate(self.lines) if EXIT.fullmatch(text)]
        body = labels[0] if labels else len(self.lines)
        sections = [range(*ends) for ends in pairwise([*heads, body])]
        for section in sections:
            self.exit(section)
        for text in self.read(range(body, len(self.lines))):
            self.declare(text)
        for section, point in zip(sections, self.exits.values(), strict=True):
            point.stores = tuple(self.store(text) for text in self.read(section, "store"))
        self.fill(range(body, len(self.lines)))
        function.exits = list(self.exits.values())
        function.blocks = list(self.blocks.values())
        function._values = max(self.values, default=0)
        return function

    def read(self, lines: range, word: str = "") -> Iterator[str]:
        """The lines that are not empty, or that begin with `word`."""
        for index in lines:
            self.line = index + 1
            text = self.lines[index]
            if text and text.startswith(word):
                yield text

    def match(self, pattern: re.Pattern[str], text: str) -> re.Match[str]:
        """The match of a whole line."""
        found = pattern.fullmatch(text)
        if found is None:
            raise ParseError(self.line, f"not understood: {text}")
        return found

    def declare(self, text: str) -> None:
        """Make the block or the value that a line defines."""
        label = LABEL.fullmatch(text)
        if label is not None:
            number = int(label[1])
            if number in self.blocks:
                raise ParseError(self.line, f"b{number} is defined twice")
            params = tuple(map(self.define, PARAMETER.findall(label[2] or "")))
            self.blocks[number] = Block(number, params)
        elif text.startswith("%"):
            self.define(self.match(PARAMETER, text.partition(" = ")[0]).groups())

    def define(self, found: Sequence[str]) -> Value:
        """A new value."""
        number, kind = found
        if int(number) in self.values:
            raise ParseError(self.line, f"%{number} is defined twice")
        value = self.values[int(number)] = Value(int(number), Type(kind))
        return value

    def used(self, text: str | None) -> tuple[Value, ...]:
        """The values of an argument list."""
        return tuple(self.values[int(number)] for number in NUMBER.findall(text or ""))

    # --- exits

    def exit(self, section: range) -> None:
        """What the header, `write` and `iterate` lines of an exit say."""
        head = self.match(EXIT, next(self.read(section)))
        outputs = tuple(self.write(text) for text in self.read(section, "write"))
        loops = tuple(self.iterate(text) for text in self.read(section, "iterate"))
        self.line = section.start + 1
        found = Exit(
            Resume[head[2].upper()], int(head[3]), outputs, loops, json.loads(head[5]), int(head[4])
        )
        self.exits[int(head[1])] = ExitPoint(int(head[1]), found, ())

    def write(self, line: str) -> FrameValue:
        """A variable to write."""
        place, key, kind, slot, exact = self.match(WRITE, line).groups()
        name = json.loads(key)
        type_ = None if exact is None else getattr(builtins, exact)
        return FrameValue(Place[place.upper()], name, SlotType[kind.upper()], int(slot), type_)

    def iterate(self, line: str) -> LoopState:
        """A running loop."""
        pc, kind, slot = self.match(ITERATE, line).groups()
        if kind is None:
            return LoopState(int(pc), None)
        own, *parts = (IteratorKind[name.upper()] for name in kind.split("+"))
        return LoopState(int(pc), IteratorState(own, int(slot), tuple(parts)))

    def store(self, line: str) -> tuple[int, Value]:
        """The value that a slot gets."""
        slot, number = self.match(STORE, line).groups()
        return int(slot), self.values[int(number)]

    # --- blocks

    def fill(self, lines: range) -> None:
        """The operations and terminators of all blocks."""
        block: Block | None = None
        for text in self.read(lines):
            label = LABEL.fullmatch(text)
            if label is not None:
                block = self.blocks[int(label[1])]
            elif block is not None:
                self.block_line(block, text)

    def block_line(self, block: Block, text: str) -> None:
        """An operation or a terminator."""
        if block.terminator is not None:
            raise ParseError(self.line, "behind the end of the block")
        if text.split()[0] in ("jump", "branch", "leave"):
            block.terminator = self.terminator(text)
        elif text != "open":
            block.operations.append(self.operation(text))

    def terminator(self, text: str) -> Terminator:
        """The end of a block."""
        if jump := JUMP.fullmatch(text):
            return self.jump(jump[1])
        if branch := BRANCH.fullmatch(text):
            condition = self.values[int(branch[1])]
            return Branch(condition, self.jump(branch[2]), self.jump(branch[3]))
        return Leave(self.exits[int(self.match(LEAVE, text)[1])])

    def jump(self, text: str) -> Jump:
        """A target with arguments."""
        label, _, arguments = text.partition("(")
        return Jump(self.blocks[int(label[1:])], self.used(arguments))

    def operation(self, text: str) -> Operation:
        """An operation."""
        number, _, name, attribute, arguments, exit_ = self.match(OPERATION, text).groups()
        result = None if number is None else self.values[int(number)]
        point = None if exit_ is None else self.exits[int(exit_)]
        attr = None if attribute is None else parse_attribute(attribute)
        return Operation(OPERATIONS[name], self.used(arguments), result, attr, point)


def parse_attribute(text: str) -> object:
    """The value of an attribute's literal."""
    if text in ("true", "false"):
        return text == "true"
    if text.startswith('"'):
        return json.loads(text)
    if text in FLOATS:
        return float(text)
    if text.isidentifier():
        return getattr(builtins, text)
    return float(text) if set(text) & set(".e") else int(text)
