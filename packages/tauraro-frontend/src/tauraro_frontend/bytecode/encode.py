"""Bytecode module in, `.tbc` bytes out. Nothing is checked beyond what the format cannot
express."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from operator import itemgetter, sub
from typing import Any

import msgspec

from ..errors import BytecodeError
from .constants import encode_constant
from .container import Container, pack
from .module import BytecodeModule, CodeObject, Instruction, Signature, Span
from .operands import Scope, Variable
from .wire import ENCODING, SHAPES, Arity, WireCode, WireModule, WireSignature

LINE, COLUMN, END_LINE, END_COLUMN = map(itemgetter, range(4))
NO_NAMES = [0]
NO_TABLE: dict[Any, int] = {}  # for immediates that are not one word
SPANS = itemgetter(Instruction._fields.index("spans"))


class Interned(dict[str, int]):
    """Strings to their numbers, given in order of first use."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class InternedOptional:
    """Optional strings to words."""

    def __init__(self, strings: Interned) -> None:
        self.strings = strings

    def __getitem__(self, text: str | None) -> int:
        return 0 if text is None else self.strings[text] + 1


def encode_module(module: BytecodeModule) -> bytes:
    """The module as the bytes of a `.tbc` file.

    Equal modules give equal bytes. Raises BytecodeError for a module that the format cannot hold,
    such as one with an instruction whose operands do not fit the instruction table.
    """
    encoder = Encoder()
    codes = [encoder.code(code, index) for index, code in enumerate(module.codes)]
    constants = [encode_constant(constant) for constant in module.constants]
    filename = module.filename.encode("utf-8", "surrogatepass")
    try:
        payload = msgspec.msgpack.encode(
            WireModule(filename, list(encoder.strings), constants, codes)
        )
    except (ValueError, OverflowError) as error:
        raise BytecodeError("payload", str(error)) from error
    return pack(Container(module.source_hash, payload))


class Encoder:
    """Encodes the code objects of one module into one string table."""

    def __init__(self) -> None:
        self.strings = strings = Interned()
        optional = InternedOptional(strings)
        self.tables: dict[str, Any] = {
            **ENCODING,
            "name": strings,
            "name?": optional,
            "dotted": strings,
        }
        self.shapes = [
            (
                shape.opcode,
                shape.destination,
                shape.sources,
                shape.immediates,
                [self.tables.get(kind, NO_TABLE) for kind in shape.kinds],
                shape.kinds,
            )
            for shape in SHAPES
        ]

    def code(self, code: CodeObject, index: int) -> WireCode:
        """One code object."""
        strings = self.strings
        try:
            name, private = strings[code.name], strings[code.private]
            signature = None if code.signature is None else self.signature(code.signature)
            cells = [
                word
                for cell in code.cells
                for word in (strings[cell.name], cell.outer + 1, cell.param + 1)
            ]
            names = [strings[local] for local in code.locals]
            stream = self.stream(code.instructions)
            spans = list(chain.from_iterable(map(SPANS, code.instructions)))
            return WireCode(
                code.kind,
                name,
                private,
                signature,
                names,
                cells,
                code.temps,
                stream,
                *columns(spans),
            )
        except (LookupError, TypeError, ValueError) as error:
            place = f"code {index} {self.place(code.instructions)}".strip()
            raise BytecodeError(place, f"cannot be encoded ({error!r})") from error

    def signature(self, signature: Signature) -> WireSignature:
        """The parameters of a function."""
        strings = self.strings
        optional = self.tables["name?"]
        return WireSignature(
            [strings[name] for name in signature.posonly],
            [strings[name] for name in signature.args],
            optional[signature.vararg],
            [strings[name] for name in signature.kwonly],
            optional[signature.kwarg],
            signature.defaults,
            list(signature.kwdefaults),
        )

    def stream(self, instructions: Iterable[Instruction]) -> list[int]:
        """The words of all instructions."""
        stream: list[int] = []
        append = stream.append
        shapes = self.shapes
        for op, dst, src, imm, _ in instructions:
            opcode, arity, sources, immediates, tables, kinds = shapes[op]
            append(opcode)
            if arity:
                append(dst if dst is not None and arity == 1 else destination(dst, arity))
            elif dst is not None:
                raise ValueError(f"{op.name} has no destination")
            if sources < 0:
                append(len(src))
            elif sources != len(src):
                raise ValueError(f"{op.name} has {sources} sources")
            for operand in src:
                append(operand)
            if immediates == 1:
                (value,) = imm
                append(tables[0][value])
            elif immediates == 2:
                stream += [table[value] for table, value in zip(tables, imm, strict=True)]
            elif immediates == 3:
                stream += self.long_immediates(kinds, imm)
            elif imm:
                raise ValueError(f"{op.name} has no immediates")
        return stream

    def long_immediates(self, kinds: tuple[str, ...], imm: tuple[Any, ...]) -> list[int]:
        """The words of immediates that are not all one word."""
        if imm == ((),):  # a call without keywords
            return NO_NAMES
        words: list[int] = []
        for kind, value in zip(kinds, imm, strict=True):
            if kind == "names" or kind == "names?":
                words.extend(self.names(value, kind))
            elif kind == "variable" or kind == "variable?":
                words.append(self.variable(value, kind))
            else:
                words.append(self.tables[kind][value])
        return words

    def names(self, names: tuple[str, ...] | None, kind: str) -> list[int]:
        """The words of a tuple of names."""
        if names is None and kind.endswith("?"):
            return [0]
        if names is None:
            raise ValueError("names are missing")
        strings = self.strings
        return [len(names) + kind.endswith("?"), *[strings[name] for name in names]]

    def variable(self, variable: Variable | None, kind: str) -> int:
        """The word of a variable."""
        if variable is None:
            if not kind.endswith("?"):
                raise ValueError("a variable is missing")
            return 0
        scope, index, name = variable
        if scope is Scope.GLOBAL or scope is Scope.NAME:
            index = self.strings[name]
        return (index << 2 | scope) + kind.endswith("?")

    def place(self, instructions: list[Instruction]) -> str:
        """The first instruction that cannot be encoded, for messages."""
        for number, instruction in enumerate(instructions):
            try:
                self.stream([instruction])
            except (LookupError, TypeError, ValueError):
                return f"instruction {number}"
        return ""


def destination(dst: int | None, arity: Arity) -> int:
    """The word of a destination."""
    if arity is Arity.OPTIONAL:
        return 0 if dst is None else dst + 1
    if dst is None:
        raise ValueError("the destination is missing")
    return dst


def columns(spans: list[Span]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Spans as the columns lines, columns, widths, heights of `wire`."""
    lines = list(map(LINE, spans))
    ends = list(map(END_LINE, spans))
    starts = list(map(COLUMN, spans))
    widths = list(map(sub, map(END_COLUMN, spans), starts))
    deltas = list(map(sub, lines, [0, *lines]))
    heights: list[int] = []
    if lines != ends:
        for position, height in enumerate(map(sub, ends, lines)):
            if height:
                heights += (position, height)
    return deltas, starts, widths, heights
