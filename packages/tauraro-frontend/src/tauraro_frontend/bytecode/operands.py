"""How an instruction names its values: operands, destinations, variables.

Operand (a value read), one integer: ``index << 2 | OperandKind``.

    TEMP   a temporary, read for the last time: the register is empty afterwards
    KEEP   a temporary that will be read again
    LOCAL  a local register; reading an unbound one raises `UnboundLocalError`
    CONST  an entry of the module's constant table

Destination (the register written), one integer: ``index << 3 | kind`` where kind 0 is a temporary
and ``1 + Role`` a local. The role says which construct of the source stores there; the host's line
table depends on it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum
    from typing import NamedTuple
else:
    from .records import IntEnum, NamedTuple


class OperandKind(IntEnum):
    """What an operand's index counts."""

    TEMP = 0
    KEEP = 1
    LOCAL = 2
    CONST = 3


class Role(IntEnum):
    """Which construct of the source a store belongs to."""

    TARGET = 0  # one target of several, an element of an unpacking, a loop or `with` target
    ASSIGN = 1  # the last (or only) target of an assignment statement
    WALRUS = 2  # `(name := value)`
    AUGMENT = 3  # `target op= value`
    DEFINE = 4  # `def`, `class`, `type`, a type parameter
    IMPORT = 5  # `import`, `from ... import`


class Scope(IntEnum):
    """Where a variable lives."""

    LOCAL = 0  # a local register; `slot` counts locals
    CELL = 1  # a host cell; `slot` counts the code object's cells
    GLOBAL = 2  # the module's namespace
    NAME = 3  # the namespace of a class body or module body


class Variable(NamedTuple):
    """A variable as an immediate operand: `slot` is the index of the LOCAL or CELL (0 otherwise),
    `name` (unmangled) is there for all."""

    scope: Scope
    slot: int
    name: str


TEMP, KEEP, LOCAL, CONST = OperandKind.TEMP, OperandKind.KEEP, OperandKind.LOCAL, OperandKind.CONST


def temp(index: int) -> int:
    """The operand that reads temporary `index` for the last time."""
    return index << 2


def keep(operand: int) -> int:
    """The same temporary, to be read again later."""
    return operand | 1


def local(index: int) -> int:
    """The operand that reads local `index`."""
    return index << 2 | 2


def const(index: int) -> int:
    """The operand that reads constant `index`."""
    return index << 2 | 3


def is_leaf(operand: int) -> bool:
    """Whether the operand is a local or a constant: it needs no instruction of its own, but a
    source span."""
    return operand & 2 != 0


def to_temp(index: int) -> int:
    """The destination that writes temporary `index`."""
    return index << 3


def to_local(index: int, role: Role) -> int:
    """The destination that writes local `index` as part of the construct `role`."""
    return index << 3 | role + 1


def destination_role(dst: int) -> Role | None:
    """The role of a destination, or None if it is a temporary."""
    kind = dst & 7
    return Role(kind - 1) if kind else None
