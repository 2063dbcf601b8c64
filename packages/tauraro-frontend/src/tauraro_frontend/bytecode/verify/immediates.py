"""What an immediate operand may be: one check for each kind of the instruction table."""

from __future__ import annotations

from ..formats import CHOICES, Immediate
from ..isa import Op
from ..module import CodeObject
from ..names import is_assignable, is_dotted
from ..operands import Role, Scope, Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Surroundings(Protocol):
        """What an immediate is checked against. `names` collects the identifiers that have been
        found good."""

        @property
        def code(self) -> CodeObject: ...
        @property
        def constants(self) -> int: ...
        @property
        def names(self) -> set[str]: ...

    Check = Callable[[Surroundings, object], bool]

COUNT_LIMIT = 2**31 - 1
CONVERSIONS = frozenset({-1, ord("s"), ord("r"), ord("a")})


def is_name(around: Surroundings, value: object) -> bool:
    """An identifier that is bound, or may be."""
    if value in around.names:
        return True
    if is_assignable(value):
        around.names.add(str(value))
        return True
    return False


def is_name_read(around: Surroundings, value: object) -> bool:
    """An identifier that is only read: `__debug__` is one as well."""
    return value == "__debug__" or is_name(around, value)


def is_names(around: Surroundings, value: object) -> bool:
    """A tuple of different identifiers."""
    if value == ():
        return True
    if type(value) is not tuple or len(set(value)) < len(value):
        return False
    return all(is_name(around, name) for name in value)


def is_imported_names(around: Surroundings, value: object) -> bool:
    """A tuple of identifiers, or a star."""
    if type(value) is not tuple or not value:
        return False
    return value == ("*",) or all(is_name_read(around, name) for name in value)


def is_declared_names(around: Surroundings, value: object) -> bool:
    """One or more identifiers."""
    return (
        type(value) is tuple and bool(value) and all(is_name_read(around, name) for name in value)
    )


def is_module_name(around: Surroundings, value: object) -> bool:
    """A dotted name, or nothing."""
    return value == "" or is_name_read(around, value) or is_dotted(value)


def is_count(around: Surroundings, value: object) -> bool:
    return type(value) is int and 0 <= value <= COUNT_LIMIT


def is_conversion(around: Surroundings, value: object) -> bool:
    return type(value) is int and value in CONVERSIONS


def is_flag(around: Surroundings, value: object) -> bool:
    return value is False or value is True


def is_cell(around: Surroundings, value: object) -> bool:
    return type(value) is int and 0 <= value < len(around.code.cells)


def is_const(around: Surroundings, value: object) -> bool:
    return type(value) is int and 0 <= value < around.constants


def is_role(around: Surroundings, value: object) -> bool:
    return type(value) is Role


def is_variable(around: Surroundings, value: object) -> bool:
    """A variable that is there, and has that name."""
    if type(value) is not Variable or not is_name(around, value.name):
        return False
    code = around.code
    if value.scope is Scope.LOCAL:
        return 0 <= value.slot < len(code.locals) and code.locals[value.slot] == value.name
    if value.scope is Scope.CELL:
        return 0 <= value.slot < len(code.cells) and code.cells[value.slot].name == value.name
    return value.slot == 0


CHECKS: dict[str, Check] = {
    "name": is_name,
    "names": is_names,
    "dotted": is_module_name,
    "count": is_count,
    "conversion": is_conversion,
    "flag": is_flag,
    "code": is_count,
    "cell": is_cell,
    "const": is_const,
    "role": is_role,
    "variable": is_variable,
}

READ_ONLY = frozenset(
    {
        Op.LOAD_NAME, Op.LOAD_GLOBAL, Op.LOAD_OUTER_GLOBAL, Op.GETATTR,
        Op.IMPORT_SUB, Op.IMPORT_FROM,
    }
)  # fmt: skip
"""Instructions whose names are not bound."""

EXCEPTIONS: dict[tuple[Op, str], Check] = {
    **{(op, "name"): is_name_read for op in READ_ONLY},
    (Op.IMPORT, "names"): is_imported_names,
    (Op.DECLARE, "names"): is_declared_names,
}
"""Immediates that differ from others of their kind."""


def check_of(op: Op, immediate: Immediate) -> Check:
    """The check of one immediate of the table."""
    check = EXCEPTIONS.get((op, immediate.name)) or CHECKS.get(immediate.kind)
    if check is None:
        check = is_choice_of(immediate.kind)
    return or_absent(check) if immediate.optional else check


def is_choice_of(kind: str) -> Check:
    """The check of a word out of a few."""
    choices = frozenset(CHOICES[kind])

    def is_choice(around: Surroundings, value: object) -> bool:
        return type(value) is str and value in choices

    return is_choice


def or_absent(check: Check) -> Check:
    """The check of an optional immediate."""

    def is_absent_or_good(around: Surroundings, value: object) -> bool:
        return value is None or check(around, value)

    return is_absent_or_good
