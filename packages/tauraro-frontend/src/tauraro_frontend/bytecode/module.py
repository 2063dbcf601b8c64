"""The bytecode module in memory: what `build` makes, `encode` writes, `decode` reads and every tier
consumes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from .isa import Op


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


@dataclass(slots=True)
class CodeObject:
    """A unit of execution. All names are unmangled; `private` is the class name that mangles them,
    or "".

    `temps` is the number of temporary registers. `locals` names the local registers, parameters
    first; a comprehension's variables are locals of the enclosing code object, so a name may occur
    more than once.
    """

    kind: CodeKind
    name: str
    private: str
    signature: Signature | None
    locals: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    temps: int = 0
    instructions: list[Instruction] = field(default_factory=list)


@dataclass(slots=True)
class BytecodeModule:
    """A compiled source file. `codes[0]` is the module body; a child's index is greater than its
    parent's, and exactly one instruction refers to each child. `source_hash` is 8 bytes, zero if
    unknown."""

    filename: str
    source_hash: bytes
    constants: list[Constant] = field(default_factory=list)
    codes: list[CodeObject] = field(default_factory=list)
