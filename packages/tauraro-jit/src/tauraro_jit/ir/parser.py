"""Text in the form of `printer.py` in, function out: the same blocks, values and exits under the
same numbers.

The parser checks that names are defined, not that the function makes sense: see `verify.py`.
"""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Sequence

from ..native.region import Exit, IteratorKind, IteratorState, LoopState, Place, Resume, SlotType
from ..native.region import Value as FrameValue
from .graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Terminator, Value
from .ops import Op
from .types import Type

STRING = r'"(?:[^"\\]|\\.)*"'
HEADER = re.compile(rf"function ({STRING}) slots (\d+)")
EXIT = re.compile(rf"exit (\d+) (\w+) (-?\d+) line (\d+) ({STRING})")
WRITE = re.compile(rf"write (\w+) ({STRING}|\d+) (\w+) (\d+)(?: (\w+))?")
ITERATE = re.compile(r"iterate (\d+)(?: (\w+) (\d+))?")
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
FLOATS = {"inf", "-inf", "nan", "-nan"}


class ParseError(ValueError):
    """Text that is no function; the message says which line and why."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")


def parse_function(text: str) -> Function:
    """The function that the text describes. Raises ParseError."""
    parser = FunctionParser(text)
    try:
        return parser.function()
    except (KeyError, ValueError) as error:
        if isinstance(error, ParseError):
            raise
        raise ParseError(parser.line, f"unknown {error}") from None


class FunctionParser:
    """Reads one function, line by line. Exits and blocks may be named before they are defined, so
    blocks and exits are made first, values where they are defined, everything else afterwards."""

    def __init__(self, text: str) -> None:
        self.lines = [line.strip() for line in text.splitlines()]
        self.line = 0
        self.values: dict[int, Value] = {}
        self.blocks: dict[int, Block] = {}
        self.exits: dict[int, ExitPoint] = {}

    def function(self) -> Function:
        """The whole text."""
        header = self.match(HEADER, self.lines[0] if self.lines else "")
        function = Function(json.loads(header[1]), slots=int(header[2]))
        self.declare(function)
        block: Block | None = None
        for number, text in enumerate(self.lines[1:], 1):
            self.line = number + 1
            label = LABEL.fullmatch(text)
            if label is not None:
                block = self.blocks[int(label[1])]
            elif text and block is not None:
                self.block_line(block, text)
        self.line = 1
        for number, lines in self.exit_sections():
            self.exits[number].stores = tuple(self.stores(lines))
        function._values = max(self.values, default=0)
        return function

    def declare(self, function: Function) -> None:
        """Make all exits, blocks and values, without what refers to others."""
        for number, lines in self.exit_sections():
            self.exits[number] = ExitPoint(number, self.exit(lines), ())
        function.exits = list(self.exits.values())
        for position, text in enumerate(self.lines):
            self.line = position + 1
            label = LABEL.fullmatch(text)
            if label is not None:
                params = tuple(map(self.define, PARAMETER.findall(label[2] or "")))
                self.blocks[int(label[1])] = Block(int(label[1]), params)
            elif " = " in text and text.startswith("%"):
                self.define(self.match(PARAMETER, text.split(" = ", 1)[0]).groups())
        function.blocks = list(self.blocks.values())

    def exit_sections(self) -> list[tuple[int, list[str]]]:
        """The lines of each exit, its header first."""
        sections: list[tuple[int, list[str]]] = []
        for text in self.lines[1:]:
            if LABEL.fullmatch(text):
                break
            found = EXIT.fullmatch(text)
            if found is not None:
                sections.append((int(found[1]), []))
            if sections and text:
                sections[-1][1].append(text)
        return sections

    def match(self, pattern: re.Pattern[str], text: str) -> re.Match[str]:
        """The match of a whole line."""
        found = pattern.fullmatch(text)
        if found is None:
            raise ParseError(self.line + 1, f"not understood: {text}")
        return found

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

    def exit(self, lines: list[str]) -> Exit:
        """What the header, `write` and `iterate` lines of an exit say."""
        head = self.match(EXIT, lines[0])
        outputs = tuple(self.write(line) for line in lines if line.startswith("write"))
        loops = tuple(self.iterate(line) for line in lines if line.startswith("iterate"))
        resume, reason = Resume[head[2].upper()], json.loads(head[5])
        return Exit(resume, int(head[3]), outputs, loops, reason, int(head[4]))

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
        return LoopState(int(pc), IteratorState(IteratorKind[kind.upper()], int(slot)))

    def stores(self, lines: list[str]) -> list[tuple[int, Value]]:
        """The `store` lines of an exit."""
        found = [self.match(STORE, line) for line in lines if line.startswith("store")]
        return [(int(match[1]), self.values[int(match[2])]) for match in found]

    # --- blocks

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
        return Operation(Op(name), self.used(arguments), result, attr, point)


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
