"""Text in, bytecode module out: the inverse of `disassemble`, whose docstring tells the notation.

The result is not verified. Constants that are written out are added to the table if they are not
in it, so a hand-written text needs no table; neither does it need spans (but `verify` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import BytecodeError
from .formats import CHOICES, Immediate
from .isa import Op
from .module import BytecodeModule, Cell, CodeKind, CodeObject, Constant, Instruction, Span
from .operands import Role, Scope, Variable, const, keep, local, temp, to_local, to_temp
from .text import constant_key, parse_constant, parse_names, parse_signature, parse_span, tokens

SUFFIXES: dict[str, dict[str, object]] = {
    **{kind: {word: word for word in words} for kind, words in CHOICES.items()},
    "role": {role.name.lower(): role for role in Role},
}
CONVERSIONS = {f"!{letter}": ord(letter) for letter in "sra"}
ABSENT: dict[str, object] = {"flag": False, "names": (), "conversion": -1}
"""What an immediate is that is not written, by kind; the optional ones are None."""


def assemble(text: str) -> BytecodeModule:
    """The module that a text describes. Raises BytecodeError that names the line."""
    assembler = Assembler()
    for number, line in enumerate(text.split("\n"), 1):
        try:
            words = tokens(line)
            if words:
                assembler.line(words, line)
        except (ValueError, LookupError) as error:
            problem = str(error) if isinstance(error, ValueError) else f"no such thing: {error}"
            raise BytecodeError(f"line {number}", problem) from error
    return assembler.module


class Assembler:
    """Adds one line after the other to `module`."""

    def __init__(self) -> None:
        self.module = BytecodeModule("", bytes(8))
        self.constants: dict[tuple[int, bytes], int] = {}
        self.code: CodeObject | None = None

    def line(self, words: list[str], line: str) -> None:
        """One line. Raises ValueError or LookupError for what is not in the notation."""
        head, *rest = words
        if head == "module":
            self.module.filename = text_of(rest[0])
        elif head == "source-hash":
            self.module.source_hash = bytes.fromhex(rest[0])
        elif head == "constants":
            self.code = None
        elif head == "code":
            self.begin_code(rest)
        elif self.code is None:
            if head != f"${len(self.module.constants)}":
                raise ValueError("constants are not in order")
            self.add_constant(parse_constant(rest[0]))
        elif head == "signature":
            self.code.signature = parse_signature(
                line.partition(";")[0].split("signature", 1)[1].strip()
            )
        elif head == "temps":
            self.code.temps = int(rest[0])
        elif head == "locals":
            self.code.locals += rest
        elif head == "cell":
            place = {"outer": -1, "param": -1}
            if len(rest) == 3:
                place[rest[1]] = int(rest[2])
            self.code.cells.append(Cell(rest[0], place["outer"], place["param"]))
        else:
            self.code.instructions.append(self.instruction(words, self.code))

    def begin_code(self, words: Sequence[str]) -> None:
        """The first line of a code object: number, kind, name and the class around it."""
        if int(words[0]) != len(self.module.codes):
            raise ValueError("code objects are not in order")
        private = words[4] if len(words) == 5 and words[3] == "private" else ""
        self.code = CodeObject(CodeKind[words[1].upper()], text_of(words[2]), private, None)
        self.module.codes.append(self.code)

    def add_constant(self, constant: Constant) -> int:
        """Append to the constant table; the index."""
        index = len(self.module.constants)
        self.module.constants.append(constant)
        self.constants.setdefault(constant_key(constant), index)
        return index

    def constant(self, text: str) -> int:
        """The index of a constant, added if it is new."""
        if text.startswith("$"):
            return int(text[1:])
        constant = parse_constant(text)
        index = self.constants.get(constant_key(constant))
        return self.add_constant(constant) if index is None else index

    def instruction(self, words: list[str], code: CodeObject) -> Instruction:
        """One instruction."""
        dst = None
        if len(words) > 2 and words[1] == "=":
            dst = destination(words[0], code)
            words = words[2:]
        name, *suffixes = words[0].split(".")
        op = Op[name]
        rows = op.format.immediates
        values: dict[str, Any] = {
            row.name: SUFFIXES[row.kind][suffix]
            for row, suffix in zip(suffixed(op), suffixes, strict=True)
        }
        src: list[int] = []
        spans: list[Span] = []
        for word in words[1:]:
            key, equals, value = word.partition("=")
            row = next((row for row in rows if row.name == key and equals), None)
            if word.startswith("@"):
                spans.append(parse_span(word[1:]))
            elif row is not None:
                values[key] = self.immediate(row, value, code)
            elif word.startswith("+"):
                values[word[1:]] = True
            elif word in CONVERSIONS:
                values["conversion"] = CONVERSIONS[word]
            elif word.startswith(".") and word != "..." and "#" not in word:
                values["name"] = word[1:]
            else:
                src.append(self.operand(word, code))
        unknown = values.keys() - {row.name for row in rows}
        if unknown:
            raise ValueError(f"{op.name} has no immediate {', '.join(sorted(unknown))}")
        imm = tuple(values[row.name] if row.name in values else absent(row) for row in rows)
        return Instruction(op, dst, tuple(src), imm, tuple(spans))

    def operand(self, word: str, code: CodeObject) -> int:
        """A value that is read."""
        if word.startswith("%"):
            operand = temp(int(word[1:].rstrip("&")))
            return keep(operand) if word.endswith("&") else operand
        index = find(word, code.locals)
        return const(self.constant(word)) if index is None else local(index)

    def immediate(self, row: Immediate, text: str, code: CodeObject) -> object:
        """An immediate that is written with its name."""
        if row.kind in ("count", "code"):
            return int(text)
        if row.kind == "names":
            return parse_names(text)
        if row.kind == "const":
            return self.constant(text)
        if row.kind == "cell":
            return found(text, [cell.name for cell in code.cells])
        if row.kind == "variable":
            return variable(text, code)
        if row.kind in ("name", "dotted"):
            return text
        raise ValueError(f"the immediate {row.name} is written in another way")


def suffixed(op: Op) -> list[Immediate]:
    """The immediates that are written as suffixes of the instruction's name."""
    return [row for row in op.format.immediates if row.kind in SUFFIXES]


def absent(row: Immediate) -> object:
    """What an immediate is that is not written. Raises ValueError if it has to be."""
    if row.optional:
        return None
    if row.kind not in ABSENT:
        raise ValueError(f"the immediate {row.name} is missing")
    return ABSENT[row.kind]


def destination(word: str, code: CodeObject) -> int:
    """A register that is written."""
    if word.startswith("%"):
        return to_temp(int(word[1:]))
    name, _, role = word.rpartition(":")
    return to_local(found(name, code.locals), Role[role.upper()])


def variable(text: str, code: CodeObject) -> Variable:
    """A variable as an immediate."""
    word, _, name = text.partition(":")
    scope = Scope[word.upper()]
    if scope is Scope.LOCAL:
        slot = found(name, code.locals)
        return Variable(scope, slot, code.locals[slot])
    if scope is Scope.CELL:
        slot = found(name, [cell.name for cell in code.cells])
        return Variable(scope, slot, code.cells[slot].name)
    return Variable(scope, 0, name)


def find(word: str, names: Sequence[str]) -> int | None:
    """The index of a name that is written as such, or with its number; None if it is something
    else."""
    name, number_sign, number = word.rpartition("#")
    if number_sign and number.isdecimal() and int(number) < len(names):
        return int(number) if names[int(number)] == name else None
    return names.index(word) if word in names else None


def found(word: str, names: Sequence[str]) -> int:
    """The same, but it has to be there."""
    index = find(word, names)
    if index is None:
        raise ValueError(f"{word!r:.80} is not declared")
    return index


def text_of(word: str) -> str:
    """The text of a quoted word."""
    value = parse_constant(word).value
    if not isinstance(value, str):
        raise ValueError(f"{word!r:.80} is no text")
    return value
