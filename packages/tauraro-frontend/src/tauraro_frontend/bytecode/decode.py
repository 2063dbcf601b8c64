"""`.tbc` bytes in, bytecode module out. Trusts nothing: whatever the bytes are, the result is a
module whose numbers all mean something in its tables, or a BytecodeError that names the place.

That the module is a program is for `verify` to say.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from operator import add

from ..errors import BytecodeError
from .constants import decode_constant
from .container import unpack
from .isa import Op
from .messagepack import Reader
from .module import (
    BytecodeModule,
    Cell,
    CodeKind,
    CodeObject,
    Constant,
    Instruction,
    Signature,
    Span,
)
from .operands import Scope, Variable
from .spans import DESTINATION_SPANS, ROLE_SPANS, conditional_spans
from .wire import DECODING, SHAPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NO_TABLE: tuple[Any, ...] = ()  # for immediates that are not one word
NO_NAMES: tuple[tuple[str, ...]] = ((),)
new_tuple = tuple.__new__


def decode_module(data: bytes, verify: bool = True) -> BytecodeModule:
    """The module in a `.tbc` file, verified unless the caller has done so before.

    Raises BytecodeError if the file is damaged, was written for another instruction table, or
    holds what is no program.
    """
    source_hash, payload = unpack(data)
    reader = Reader(payload)
    reader.tuple_of(4)
    try:
        filename = reader.binary().decode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise BytecodeError("payload", str(error)) from error
    strings = [reader.text() for _ in range(reader.array())]
    constants = [constant(reader) for _ in range(reader.array())]
    decoder = Decoder(strings)
    codes = [decoder.code(reader, index) for index in range(reader.array())]
    reader.end()
    module = BytecodeModule(filename, source_hash, constants, codes)
    if verify:
        from .verify import verify_module  # a program just compiled does without

        verify_module(module)
    return module


def constant(reader: Reader) -> Constant:
    """The constant that comes next."""
    reader.tuple_of(2)
    tag = reader.number()
    return decode_constant(tag, reader.binary())


class Decoder:
    """Decodes code objects that share one string table. `code` errors are told by number."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.tables: dict[str, Any] = {
            **DECODING,
            "name": strings,
            "name?": (None, *strings),
            "dotted": strings,
        }
        self.shapes = [
            (
                shape.op,
                shape.destination,
                shape.sources,
                shape.immediates,
                [self.tables.get(kind, NO_TABLE) for kind in shape.kinds],
                shape.fixed_spans,
                shape.leaf_spans,
                shape.role_spans,
                shape.conditional_spans,
            )
            for shape in SHAPES
        ]

    def code(self, reader: Reader, index: int) -> CodeObject:
        """The code object that comes next."""
        strings = self.strings
        instructions: list[Instruction] = []
        place = ""
        reader.tuple_of(12)
        try:
            code = CodeObject(
                CodeKind(reader.number()),
                strings[reader.number()],
                strings[reader.number()],
                None if reader.is_nil() else self.signature(reader),
                [strings[name] for name in reader.numbers()],
                self.cells(reader.numbers()),
                reader.number(),
                instructions,
            )
            stream = reader.numbers()
            place = "spans"
            spans = decode_spans(reader)
            place = "instruction"
            used = self.stream(stream, code, spans)
        except BytecodeError:
            raise
        except (LookupError, ValueError) as error:
            if place == "instruction":
                place = f"instruction {len(instructions)}"
            raise BytecodeError(f"code {index} {place}".strip(), problem(error)) from error
        if used != len(spans):
            raise BytecodeError(f"code {index} spans", f"{used} are used, {len(spans)} are there")
        return code

    def signature(self, reader: Reader) -> Signature:
        """The parameters of a function."""
        strings = self.strings
        optional = self.tables["name?"]
        reader.tuple_of(7)
        return Signature(
            tuple([strings[name] for name in reader.numbers()]),
            tuple([strings[name] for name in reader.numbers()]),
            optional[reader.number()],
            tuple([strings[name] for name in reader.numbers()]),
            optional[reader.number()],
            reader.number(),
            tuple([reader.flag() for _ in range(reader.array())]),
        )

    def cells(self, words: list[int]) -> list[Cell]:
        """The cells of a code object."""
        if len(words) % 3:
            raise ValueError("a cell has three words")
        strings = self.strings
        rows = zip(words[::3], words[1::3], words[2::3], strict=True)
        return [Cell(strings[name], outer - 1, param - 1) for name, outer, param in rows]

    def stream(self, stream: list[int], code: CodeObject, spans: list[Span]) -> int:
        """Append the instructions of a stream to the code object; the number of spans they
        carry."""
        append = code.instructions.append
        shapes = self.shapes
        imm: tuple[Any, ...]
        src: tuple[int, ...]
        position = first = 0
        end = len(stream)
        while position < end:
            shape = shapes[stream[position]]
            op, arity, sources, immediates, tables, count, leaves, role, conditional = shape
            position += 1
            dst = None
            if arity:
                dst = stream[position]
                position += 1
                if arity == 2:
                    dst = dst - 1 if dst else None
                if dst is not None:
                    count += DESTINATION_SPANS[dst & 7]
            if sources < 0:
                sources = stream[position]
                position += 1
            if sources == 1:
                operand = stream[position]
                position += 1
                src = (operand,)
                if leaves:
                    count += operand >> 1 & 1
            elif sources:
                src = tuple(stream[position : position + sources])
                position += sources
                if leaves:
                    for operand in src:
                        count += operand >> 1 & 1
            else:
                src = ()
            if immediates == 1:
                imm = (tables[0][stream[position]],)
                position += 1
            elif immediates == 2:
                words = stream[position : position + len(tables)]
                position += len(tables)
                imm = tuple([table[word] for table, word in zip(tables, words, strict=True)])
            elif immediates == 3:
                imm, position = self.long_immediates(op, stream, position, code)
            else:
                imm = ()
            if role >= 0:
                count += ROLE_SPANS[imm[role]]
            if conditional and imm is not NO_NAMES:
                count += conditional_spans(conditional, imm)
            last = first + count
            append(new_tuple(Instruction, (op, dst, src, imm, tuple(spans[first:last]))))
            first = last
        if position != end:
            raise IndexError
        return first

    def long_immediates(
        self, op: Op, stream: list[int], position: int, code: CodeObject
    ) -> tuple[tuple[Any, ...], int]:
        """Immediates that are not all one word, and the position behind them."""
        if op is Op.CALL and stream[position] == 0:
            return NO_NAMES, position + 1
        values: list[Any] = []
        for kind in SHAPES[op].kinds:
            word = stream[position]
            position += 1
            if kind == "names" or kind == "names?":
                count = word - (kind == "names?")
                if count < 0:
                    values.append(None)
                    continue
                values.append(self.names(stream[position : position + count], count))
                position += count
            elif kind == "variable":
                values.append(self.variable(word, code))
            elif kind == "variable?":
                values.append(self.variable(word - 1, code) if word else None)
            else:
                values.append(self.tables[kind][word])
        return tuple(values), position

    def names(self, words: list[int], count: int) -> tuple[str, ...]:
        """A tuple of names."""
        if len(words) != count:
            raise IndexError
        strings = self.strings
        return tuple([strings[word] for word in words])

    def variable(self, word: int, code: CodeObject) -> Variable:
        """A variable; where it is a register or cell, the code object knows its name."""
        scope = Scope(word & 3)
        index = word >> 2
        if scope is Scope.LOCAL:
            return Variable(scope, index, code.locals[index])
        if scope is Scope.CELL:
            return Variable(scope, index, code.cells[index].name)
        return Variable(scope, 0, self.strings[index])


def decode_spans(reader: Reader) -> list[Span]:
    """The spans of the code object that comes next. Raises ValueError or IndexError if the columns
    do not fit together."""
    deltas, starts = reader.offsets(), reader.numbers()
    widths, rises = reader.offsets(), reader.numbers()
    lines = list(accumulate(deltas))
    if not len(lines) == len(starts) == len(widths):
        raise ValueError("columns of different lengths")
    ends = lines.copy()
    heights = iter(rises)
    for position, height in zip(heights, heights, strict=True):
        ends[position] += height
    rows = zip(lines, starts, ends, map(add, starts, widths), strict=True)
    return list(map(new_tuple, repeat(Span), rows))


def problem(error: Exception) -> str:
    """What is wrong, in words, where the exception does not say."""
    if isinstance(error, LookupError):
        return "refers to something that is not there"
    return str(error)
