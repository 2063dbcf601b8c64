"""Bytecode module in, text out. `assemble` reads it back to an equal module.

    code 1 function 'total'
        signature (values, start=)
        temps 1
        locals values start item
        FOR    item:target = ...

Values: `%0` a temporary, read for the last time; `%0&` one that stays; `x` a local; literals; `$7`
the constant of that number (long ones, see the table at the top). `x#3` is local number 3, where
several have one name. Destinations: `%0`, or a local with its role. `OP.word` is an immediate out
of a few words, `.name` an immediate called name, `+flag` a flag that is set, `@12:4-17` a source
span. `;` begins a comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .formats import CHOICES
from .module import BytecodeModule, CodeObject, Instruction
from .operands import OperandKind, Role, Scope, Variable, destination_role
from .text import constant_key, format_constant, format_names, format_signature, format_span

INLINE_LIMIT = 60
"""Constants whose text is longer are written as their number."""

LINE_LIMIT = 96

CONVERSIONS = {ord("s"): "!s", ord("r"): "!r", ord("a"): "!a"}
SUFFIXES = frozenset(CHOICES) | {"role"}
"""Kinds of immediate that are written as a suffix of the instruction's name."""


def disassemble(module: BytecodeModule, source: str | None = None, spans: bool = True) -> str:
    """The text of a verified module. `source` adds its lines as comments; without `spans` the text
    is shorter, but no longer assembles to the same module."""
    lines = source.splitlines() if source is not None else []
    printer = Printer(module, lines, spans)
    text = [f"module {module.filename!r}", f"source-hash {module.source_hash.hex()}", ""]
    if module.constants:
        text += ["constants", *printer.constant_rows(), ""]
    for index in range(len(module.codes)):
        text += [*printer.code(index), ""]
    return "\n".join(text)


class Printer:
    """Prints the code objects of one module."""

    def __init__(self, module: BytecodeModule, source: Sequence[str], spans: bool) -> None:
        self.module = module
        self.source = source
        self.spans = spans
        self.texts = list(map(format_constant, module.constants))
        first: dict[tuple[int, bytes], int] = {}
        for index, constant in enumerate(module.constants):
            first.setdefault(constant_key(constant), index)
        self.inline = [
            len(text) <= INLINE_LIMIT and first[constant_key(constant)] == index
            for index, (text, constant) in enumerate(zip(self.texts, module.constants, strict=True))
        ]

    def constant_rows(self) -> Iterator[str]:
        """The constant table."""
        for index, text in enumerate(self.texts):
            yield f"    ${index} {text}"

    def code(self, index: int) -> Iterator[str]:
        """A code object."""
        code = self.module.codes[index]
        private = f" private {code.private}" if code.private else ""
        yield f"code {index} {code.kind.name.lower()} {code.name!r}{private}"
        if code.signature is not None:
            yield f"    signature {format_signature(code.signature)}"
        yield f"    temps {code.temps}"
        yield from wrapped("    locals", code.locals)
        for cell in code.cells:
            origin = f" param {cell.param}" if cell.param >= 0 else ""
            yield f"    cell {cell.name}" + (f" outer {cell.outer}" if cell.outer >= 0 else origin)
        yield from self.instructions(code)

    def instructions(self, code: CodeObject) -> Iterator[str]:
        """The instructions of a code object, indented by region."""
        names = CodeNames(code)
        depth = 0
        line = 0
        for instruction in code.instructions:
            action = instruction.op.region[:1]
            if action in ("-", "/"):
                depth -= 1
            if instruction.spans and instruction.spans[0].line != line:
                line = instruction.spans[0].line
                if 0 < line <= len(self.source):
                    yield f"    ; {line:4} | {self.source[line - 1].rstrip()}"
            yield "    " + "  " * depth + self.instruction(instruction, names)
            if action in ("+", "/"):
                depth += 1

    def instruction(self, instruction: Instruction, names: CodeNames) -> str:
        """One instruction."""
        op, dst, src, imm, spans = instruction
        words = []
        if dst is not None:
            words += [names.destination(dst), "="]
        suffixes = []
        immediates = []
        for row, value in zip(op.format.immediates, imm, strict=True):
            if row.kind in SUFFIXES:
                suffixes.append(value.name.lower() if isinstance(value, Role) else value)
            else:
                immediates.append(self.immediate(row.name, row.kind, row.optional, value, names))
        words.append(".".join([op.name, *suffixes]))
        words += [self.operand(operand, names) for operand in src]
        words += filter(None, immediates)
        if self.spans:
            words += [f"@{format_span(span)}" for span in spans]
        return " ".join(words)

    def operand(self, operand: int, names: CodeNames) -> str:
        """A value that is read."""
        index = operand >> 2
        kind = operand & 3
        if kind == OperandKind.CONST:
            return self.constant(index)
        return names.locals[index] if kind == OperandKind.LOCAL else f"%{index}{'&' * kind}"

    def constant(self, index: int) -> str:
        """A constant."""
        return self.texts[index] if self.inline[index] else f"${index}"

    def immediate(self, name: str, kind: str, optional: bool, value: Any, names: CodeNames) -> str:
        """An immediate; "" if it is what its absence means."""
        if value is None or value is False or (value == () and not optional):
            return ""
        if kind == "flag":
            return f"+{name}"
        if kind == "conversion":
            return CONVERSIONS.get(value, "")
        if kind == "name" and name == "name":
            return f".{value}"
        if kind == "names":
            value = format_names(value)
        elif kind == "cell":
            value = names.cells[value]
        elif kind == "const":
            value = self.constant(value)
        elif kind == "variable":
            value = names.variable(value)
        return f"{name}={value}"


class CodeNames:
    """How the locals and cells of a code object are written: by name, or with the number if that
    is ambiguous."""

    def __init__(self, code: CodeObject) -> None:
        self.locals = unambiguous(code.locals)
        self.cells = unambiguous([cell.name for cell in code.cells])

    def destination(self, dst: int) -> str:
        """A register that is written."""
        role = destination_role(dst)
        return f"%{dst >> 3}" if role is None else f"{self.locals[dst >> 3]}:{role.name.lower()}"

    def variable(self, variable: Variable) -> str:
        """A variable as an immediate."""
        scope, slot, name = variable
        if scope is Scope.LOCAL:
            name = self.locals[slot]
        elif scope is Scope.CELL:
            name = self.cells[slot]
        return f"{scope.name.lower()}:{name}"


def unambiguous(names: Sequence[str]) -> list[str]:
    """The names, with a number where one occurs twice or could be something else."""
    occurrences = Counter(names)
    return [
        name if name.isidentifier() and occurrences[name] == 1 else f"{name}#{index}"
        for index, name in enumerate(names)
    ]


def wrapped(head: str, words: Sequence[str]) -> Iterator[str]:
    """Lines that begin with `head` and hold the words; none if there are none."""
    line = head
    for word in words:
        if len(line) + len(word) >= LINE_LIMIT and line != head:
            yield line
            line = head
        line += f" {word}"
    if line != head:
        yield line
