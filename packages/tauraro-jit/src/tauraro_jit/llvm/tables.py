"""Operations that are one LLVM instruction, and what a module declares."""

from __future__ import annotations

from ..ir.ops import Op
from ..ir.types import F64, I1, I64, PTR
from ..layout import deques, dicts, sets
from .host import FLOAT_VALUE, FUNCTION_CODE, FUNCTION_DEFAULTS, LIST_ITEMS, SIZE

LLVM_TYPES = {I64: "i64", F64: "double", I1: "i1", PTR: "ptr"}

SIMPLE = {
    Op.ADD: "add i64",
    Op.SUB: "sub i64",
    Op.MUL: "mul i64",
    Op.UDIV: "udiv i64",
    Op.UMOD: "urem i64",
    Op.AND: "and i64",
    Op.OR: "or i64",
    Op.XOR: "xor i64",
    Op.SHIFT_LEFT: "shl i64",
    Op.SHIFT_RIGHT: "ashr i64",
    Op.USHIFT_RIGHT: "lshr i64",
    Op.INT_EQ: "icmp eq i64",
    Op.INT_NE: "icmp ne i64",
    Op.INT_LT: "icmp slt i64",
    Op.INT_LE: "icmp sle i64",
    Op.INT_GT: "icmp sgt i64",
    Op.INT_GE: "icmp sge i64",
    Op.UINT_LT: "icmp ult i64",
    Op.FADD: "fadd double",
    Op.FSUB: "fsub double",
    Op.FMUL: "fmul double",
    Op.FDIV: "fdiv double",
    Op.FREM: "frem double",
    Op.FLOAT_EQ: "fcmp oeq double",
    Op.FLOAT_NE: "fcmp une double",
    Op.FLOAT_LT: "fcmp olt double",
    Op.FLOAT_LE: "fcmp ole double",
    Op.FLOAT_GT: "fcmp ogt double",
    Op.FLOAT_GE: "fcmp oge double",
    Op.BOTH: "and i1",
    Op.EITHER: "or i1",
    Op.DIFFER: "xor i1",
    Op.IS_OBJECT: "icmp eq ptr",
}
OVERFLOW = {
    Op.ADD_CHECKED: "sadd",
    Op.SUB_CHECKED: "ssub",
    Op.MUL_CHECKED: "smul",
    Op.UADD_CHECKED: "uadd",
    Op.USUB_CHECKED: "usub",
    Op.UMUL_CHECKED: "umul",
}
SLOTS = {Op.SLOT_INT: "i64", Op.SLOT_FLOAT: "double", Op.SLOT_OBJECT: "ptr"}
LOADS = {
    Op.LIST_SIZE: (SIZE, "i64"),
    Op.DICT_SIZE: (dicts.USED, "i64"),
    Op.SET_SIZE: (sets.USED, "i64"),
    Op.DEQUE_SIZE: (deques.SIZE, "i64"),
    Op.LIST_ITEMS: (LIST_ITEMS, "ptr"),
    Op.UNBOX_FLOAT: (FLOAT_VALUE, "double"),
    Op.FUNCTION_CODE: (FUNCTION_CODE, "ptr"),
    Op.FUNCTION_DEFAULTS: (FUNCTION_DEFAULTS, "ptr"),
}
INTRINSICS = {"floor", "ceil", "trunc", "fabs", "sqrt", "copysign", "roundeven"}

DECLARATIONS = [
    "%object = type opaque",
    *(
        f"declare {{ i64, i1 }} @llvm.{kind}.with.overflow.i64(i64, i64)"
        for kind in OVERFLOW.values()
    ),
    *(
        f"declare double @llvm.{name}.f64({'double, double' if name == 'copysign' else 'double'})"
        for name in sorted(INTRINSICS)
    ),
    '!0 = !{!"branch_weights", i32 2000, i32 1}',
    '!1 = !{!"branch_weights", i32 1, i32 2000}',
]
