"""The bytecode module in memory: what `build` makes, `encode` writes, `decode` reads and every tier
consumes."""

from __future__ import annotations

from .isa import Op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum
    from typing import Any, NamedTuple
else:
    from .records import IntEnum, NamedTuple


class Span(NamedTuple):
    """A stretch of source (PEP 657): lines count from 1, columns are UTF-8 byte offsets from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


class Instruction(NamedTuple):
    """One instruction.

    `dst` is an encoded destination or None, `src` encoded operands, `imm` the immediates in the
    order of the instruction table (decoded: names are strings, choices their text, variables
    `Variable`), `spans` the source spans that the table's span rules call for.
    """

    op: Op
    dst: int | None
    src: tuple[int, ...]
    imm: tuple[Any, ...]
    spans: tuple[Span, ...]


class Constant(NamedTuple):
    """A literal; `kind` is ``"u"`` for ``u""`` literals, else None."""

    value: object
    kind: str | None


class CodeKind(IntEnum):
    """What a code object stands for."""

    MODULE = 0
    EVAL = 1
    SINGLE = 2
    FUNCTION = 3
    LAMBDA = 4
    ASYNC = 5
    CLASS = 6
    GENERATOR_EXPRESSION = 7
    TYPE_PARAMETERS = 8
    LAZY = 9


class Signature(NamedTuple):
    """Parameters by (unmangled) name; the first locals of the code object, in this order:
    positional-only, positional, keyword-only, `*`, `**`. `defaults` counts the trailing positional
    parameters that have one; `kwdefaults` has one flag for each keyword-only parameter."""

    posonly: tuple[str, ...]
    args: tuple[str, ...]
    vararg: str | None
    kwonly: tuple[str, ...]
    kwarg: str | None
    defaults: int
    kwdefaults: tuple[bool, ...]

    def names(self) -> tuple[str, ...]:
        """All parameters in register order."""
        stars = tuple(name for name in (self.vararg, self.kwarg) if name is not None)
        return (*self.posonly, *self.args, *self.kwonly, *stars)


class Cell(NamedTuple):
    """A variable shared between code objects.

    `outer` is the index of the enclosing code object's cell for a free variable, or -1 for a cell
    made at entry; `param` is the local register whose value moves into a new cell at entry, or -1.
    """

    name: str
    outer: int
    param: int


class Record:
    """What has fields, its `__slots__`: records of one class are equal if all fields are.

    Making a data class of a class takes thirty times as long as making the class.
    """

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


class CodeObject(Record):
    """A unit of execution. All names are unmangled; `private` is the class name that mangles them,
    or "".

    `temps` is the number of temporary registers. `locals` names the local registers, parameters
    first; a comprehension's variables are locals of the enclosing code object, so a name may occur
    more than once.
    """

    __slots__ = (
        "cells", "instructions", "kind", "locals", "name", "private", "signature", "temps",
    )  # fmt: skip

    def __init__(
        self,
        kind: CodeKind,
        name: str,
        private: str,
        signature: Signature | None,
        locals: list[str] | None = None,
        cells: list[Cell] | None = None,
        temps: int = 0,
        instructions: list[Instruction] | None = None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.private = private
        self.signature = signature
        self.locals = [] if locals is None else locals
        self.cells = [] if cells is None else cells
        self.temps = temps
        self.instructions = [] if instructions is None else instructions


class BytecodeModule(Record):
    """A compiled source file. `codes[0]` is the module body; a child's index is greater than its
    parent's, and exactly one instruction refers to each child. `source_hash` is 8 bytes, zero if
    unknown."""

    __slots__ = ("codes", "constants", "filename", "source_hash")

    def __init__(
        self,
        filename: str,
        source_hash: bytes,
        constants: list[Constant] | None = None,
        codes: list[CodeObject] | None = None,
    ) -> None:
        self.filename = filename
        self.source_hash = source_hash
        self.constants = [] if constants is None else constants
        self.codes = [] if codes is None else codes
