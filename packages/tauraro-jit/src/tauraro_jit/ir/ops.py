"""The operation table of the IR. Printer, verifier, evaluator and the LLVM emitter derive from it.

A row: argument types, result type, whether it is pure (no memory, no effect, removable), meaning.
Operations ending in `_checked` and `guard` leave the region through their exit when they cannot go
on; nothing has happened then.
"""

from __future__ import annotations

from enum import Enum

from .types import F64, I1, I64, PTR, Type


class Op(Enum):
    """The operations."""

    arguments: tuple[Type, ...]
    result: Type | None
    pure: bool
    doc: str

    def __new__(
        cls, name: str, arguments: tuple[Type, ...], result: Type | None, pure: bool, doc: str
    ) -> Op:
        member = object.__new__(cls)
        member._value_ = name
        member.arguments = arguments
        member.result = result
        member.pure = pure
        member.doc = doc
        return member

    @property
    def checked(self) -> bool:
        """Whether the operation has an exit."""
        return self.value.endswith("_checked") or self is Op.GUARD

    # fmt: off
    # --- constants (attr: the value)
    CONST_INT = "const_int", (), I64, True, "an integer"
    CONST_FLOAT = "const_float", (), F64, True, "a double"
    CONST_BOOL = "const_bool", (), I1, True, "a truth value"
    CONST_OBJECT = "const_object", (), PTR, True, "the address of an object that the code keeps alive"
    SLOT_INT = "slot_int", (), I64, False, "an input slot (attr: its number)"
    SLOT_FLOAT = "slot_float", (), F64, False, "an input slot (attr: its number)"
    SLOT_OBJECT = "slot_object", (), PTR, False, "an input slot (attr: its number)"
    # --- integers
    ADD_CHECKED = "add_checked", (I64, I64), I64, False, "a + b; exit on overflow"
    SUB_CHECKED = "sub_checked", (I64, I64), I64, False, "a - b; exit on overflow"
    MUL_CHECKED = "mul_checked", (I64, I64), I64, False, "a * b; exit on overflow"
    UADD_CHECKED = "uadd_checked", (I64, I64), I64, False, "a + b, all unsigned; exit on overflow"
    USUB_CHECKED = "usub_checked", (I64, I64), I64, False, "a - b, all unsigned; exit if a < b"
    UMUL_CHECKED = "umul_checked", (I64, I64), I64, False, "a * b, all unsigned; exit on overflow"
    ADD = "add", (I64, I64), I64, True, "a + b, the low 64 bits"
    SUB = "sub", (I64, I64), I64, True, "a - b, the low 64 bits"
    MUL = "mul", (I64, I64), I64, True, "a * b, the low 64 bits"
    FLOOR_DIV = "floor_div", (I64, I64), I64, True, "a // b; b is not 0, the result fits"
    FLOOR_MOD = "floor_mod", (I64, I64), I64, True, "a % b with the sign of b; b is not 0"
    UDIV = "udiv", (I64, I64), I64, True, "a // b, all unsigned; b is not 0"
    UMOD = "umod", (I64, I64), I64, True, "a % b, all unsigned; b is not 0"
    AND = "and", (I64, I64), I64, True, "a & b"
    OR = "or", (I64, I64), I64, True, "a | b"
    XOR = "xor", (I64, I64), I64, True, "a ^ b"
    SHIFT_LEFT = "shl", (I64, I64), I64, True, "a << b, 0 <= b < 64, high bits lost"
    SHIFT_RIGHT = "ashr", (I64, I64), I64, True, "a >> b, 0 <= b < 64"
    USHIFT_RIGHT = "lshr", (I64, I64), I64, True, "a >> b, a unsigned, 0 <= b < 64"
    INT_EQ = "int_eq", (I64, I64), I1, True, "a == b"
    INT_NE = "int_ne", (I64, I64), I1, True, "a != b"
    INT_LT = "int_lt", (I64, I64), I1, True, "a < b"
    INT_LE = "int_le", (I64, I64), I1, True, "a <= b"
    INT_GT = "int_gt", (I64, I64), I1, True, "a > b"
    INT_GE = "int_ge", (I64, I64), I1, True, "a >= b"
    UINT_LT = "uint_lt", (I64, I64), I1, True, "a < b, both unsigned: 0 <= a < b in one test"
    SELECT_INT = "select_int", (I1, I64, I64), I64, True, "a ? b : c"
    # --- floats
    FADD = "fadd", (F64, F64), F64, True, "a + b"
    FSUB = "fsub", (F64, F64), F64, True, "a - b"
    FMUL = "fmul", (F64, F64), F64, True, "a * b"
    FDIV = "fdiv", (F64, F64), F64, True, "a / b"
    FNEG = "fneg", (F64,), F64, True, "-a"
    FREM = "frem", (F64, F64), F64, True, "fmod(a, b)"
    FLOAT_EQ = "float_eq", (F64, F64), I1, True, "a == b"
    FLOAT_NE = "float_ne", (F64, F64), I1, True, "a != b (true for nan)"
    FLOAT_LT = "float_lt", (F64, F64), I1, True, "a < b"
    FLOAT_LE = "float_le", (F64, F64), I1, True, "a <= b"
    FLOAT_GT = "float_gt", (F64, F64), I1, True, "a > b"
    FLOAT_GE = "float_ge", (F64, F64), I1, True, "a >= b"
    SELECT_FLOAT = "select_float", (I1, F64, F64), F64, True, "a ? b : c"
    CALL1 = "call1", (F64,), F64, True, "a function of libm (attr: its name)"
    CALL2 = "call2", (F64, F64), F64, True, "a function of libm (attr: its name)"
    # --- truth values
    NOT = "not", (I1,), I1, True, "not a"
    BOTH = "both", (I1, I1), I1, True, "a and b, both evaluated"
    EITHER = "either", (I1, I1), I1, True, "a or b, both evaluated"
    DIFFER = "differ", (I1, I1), I1, True, "a != b"
    # --- conversions
    INT_TO_FLOAT = "int_to_float", (I64,), F64, True, "nearest double"
    UINT_TO_FLOAT = "uint_to_float", (I64,), F64, True, "nearest double of an unsigned"
    FLOAT_TO_INT = "float_to_int", (F64,), I64, True, "toward zero; in range"
    BOOL_TO_INT = "bool_to_int", (I1,), I64, True, "0 or 1"
    # --- objects
    LIST_SIZE = "list_size", (PTR,), I64, False, "len of a list or tuple"
    LIST_ITEMS = "list_items", (PTR,), PTR, False, "the item array of a list"
    TUPLE_ITEMS = "tuple_items", (PTR,), PTR, False, "the item array of a tuple"
    ITEM = "item", (PTR, I64), PTR, False, "items[i], borrowed"
    IS_TYPE = "is_type", (PTR,), I1, False, "whether the exact type is attr"
    IS_OBJECT = "is_object", (PTR, PTR), I1, True, "identity"
    UNBOX_FLOAT = "unbox_float", (PTR,), F64, False, "the value of a float"
    UNBOX_INT_CHECKED = "unbox_int_checked", (PTR,), I64, False, "the value of an int; exit if it is too long"
    STORE_FLOAT = "store_float", (PTR, I64, F64), None, False, "items[i] = a float, in its old box if nobody else holds it"
    STORE_INT = "store_int", (PTR, I64, I64), None, False, "items[i] = an int"
    STORE_BOOL = "store_bool", (PTR, I64, I1), None, False, "items[i] = a bool"
    CALL_FLOAT = "call_float", (PTR,), F64, False, "a call without arguments that runs no Python and gives a float"
    FUNCTION_CODE = "function_code", (PTR,), PTR, False, "the code object of a Python function"
    LOOKUP = "lookup", (PTR, PTR), PTR, False, "dict value for a string key, borrowed; NULL if missing"
    # --- leaving
    GUARD = "guard", (I1,), None, False, "exit unless a"
    POLL = "poll", (), I1, False, "whether signals, other threads or tracing ask for the interpreter"
    # fmt: on


ATTRIBUTES: dict[Op, type] = {
    Op.CONST_INT: int,
    Op.CONST_FLOAT: float,
    Op.CONST_BOOL: bool,
    Op.CONST_OBJECT: int,
    Op.SLOT_INT: int,
    Op.SLOT_FLOAT: int,
    Op.SLOT_OBJECT: int,
    Op.CALL1: str,
    Op.CALL2: str,
    Op.IS_TYPE: type,
}
"""The type of an operation's attribute; operations that are not here have none."""
