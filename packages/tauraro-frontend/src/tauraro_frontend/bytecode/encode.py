"""Bytecode module in, `.tbc` bytes out. Nothing is checked beyond what the format cannot
express."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter, sub

from ..errors import BytecodeError
from .constants import encode_constant
from .container import Container, pack
from .messagepack import FALSE, NIL, TRUE, Numbers, pack_array, pack_binary, pack_text
from .module import BytecodeModule, CodeObject, Instruction, Signature, Span
from .operands import Scope, Variable
from .wire import ENCODING, SHAPES, Arity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

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
    numbers = encoder.numbers
    try:
        parts = [
            pack_array(4),
            pack_binary(module.filename.encode("utf-8", "surrogatepass")),
            pack_array(len(encoder.strings)),
            *map(pack_text, encoder.strings),
            pack_array(len(constants)),
        ]
        for tag, content in constants:
            parts += (pack_array(2), numbers[tag], pack_binary(content))
    except (ValueError, OverflowError) as error:
        raise BytecodeError("payload", str(error)) from error
    payload = b"".join((*parts, pack_array(len(codes)), *codes))
    return pack(Container(module.source_hash, payload))


class Encoder:
    """Encodes the code objects of one module into one string table."""

    def __init__(self) -> None:
        self.numbers = Numbers()
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

    def code(self, code: CodeObject, index: int) -> bytes:
        """One code object."""
        strings, array, run = self.strings, self.numbers.array, self.numbers.run
        try:
            head = run((code.kind, strings[code.name], strings[code.private]))
            signature = NIL if code.signature is None else self.signature(code.signature)
            cells = [
                word
                for cell in code.cells
                for word in (strings[cell.name], cell.outer + 1, cell.param + 1)
            ]
            names = [strings[local] for local in code.locals]
            stream = self.stream(code.instructions)
            spans = list(chain.from_iterable(map(SPANS, code.instructions)))
            return b"".join(
                (
                    pack_array(12),
                    head,
                    signature,
                    array(names),
                    array(cells),
                    self.numbers[code.temps],
                    array(stream),
                    *map(array, columns(spans)),
                )
            )
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            place = f"code {index} {self.place(code.instructions)}".strip()
            raise BytecodeError(place, f"cannot be encoded ({error!r})") from error

    def signature(self, signature: Signature) -> bytes:
        """The parameters of a function."""
        strings, numbers = self.strings, self.numbers
        optional = self.tables["name?"]
        return b"".join(
            (
                pack_array(7),
                numbers.array([strings[name] for name in signature.posonly]),
                numbers.array([strings[name] for name in signature.args]),
                numbers[optional[signature.vararg]],
                numbers.array([strings[name] for name in signature.kwonly]),
                numbers[optional[signature.kwarg]],
                numbers[signature.defaults],
                pack_array(len(signature.kwdefaults)),
                *[TRUE if flag else FALSE for flag in signature.kwdefaults],
            )
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
