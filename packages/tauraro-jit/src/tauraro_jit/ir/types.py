"""Types of SSA values."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
else:
    from tauraro_frontend.bytecode.records import Enum


class Type(Enum):
    """An unboxed 64-bit integer, a double, a truth value, a borrowed pointer to an object or its
    items."""

    I64 = "i64"
    F64 = "double"
    I1 = "i1"
    PTR = "ptr"


I64, F64, I1, PTR = Type.I64, Type.F64, Type.I1, Type.PTR
