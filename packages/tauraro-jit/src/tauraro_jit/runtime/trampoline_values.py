"""LLVM IR of the trampoline, continued: variables and boxes.

release                                         references dropped
load_variable, variable_address, store_global   where a variable of a frame is
unbox, box                                      object <-> slot
"""

from __future__ import annotations

from ..layout import offsets as at
from ..layout.buffers import SCALAR_VALUE
from ..layout.offsets import Offsets
from ..native.region import Place, SlotType
from .table import PLACES, TYPES, Refusal, VariableWord

DECLARATIONS = """
declare ptr @PyThreadState_Get()
declare void @Py_IncRef(ptr)
declare void @Py_DecRef(ptr)
declare ptr @PyErr_Occurred()
declare void @PyErr_Clear()
declare ptr @PyLong_FromLongLong(i64)
declare ptr @PyLong_FromUnsignedLongLong(i64)
declare i64 @PyLong_AsUnsignedLongLong(ptr)
declare i64 @PyUnicode_GetLength(ptr)
declare i32 @PyUnicode_ReadChar(ptr, i64)
declare ptr @PyUnicode_FromOrdinal(i32)
declare ptr @PyFloat_FromDouble(double)
declare ptr @PyType_GetSlot(ptr, i32)
declare ptr @PyDict_GetItemWithError(ptr, ptr)
declare i32 @PyDict_SetItem(ptr, ptr, ptr)
@PyLong_Type = external global i8
@PyFloat_Type = external global i8
@PyBool_Type = external global i8
@PyUnicode_Type = external global i8
@PyCell_Type = external global i8
@PyDict_Type = external global i8
@_Py_NoneStruct = external global i8
@_Py_TrueStruct = external global i8
@_Py_FalseStruct = external global i8
"""

TP_ALLOC = 47
"""The number of a type's slot, in the stable interface."""

KINDS = {
    TYPES[SlotType.INT]: "int",
    TYPES[SlotType.FLOAT]: "float",
    TYPES[SlotType.BOOL]: "bool",
    TYPES[SlotType.NUMBER]: "number",
    TYPES[SlotType.WORD]: "word",
    TYPES[SlotType.CHAR]: "char",
    TYPES[SlotType.SCALAR]: "scalar",
}
"""Where a value of each type is boxed and unboxed, but for objects."""


def value_functions(offsets: Offsets) -> list[str]:
    """The functions of this file."""
    return [
        _release(),
        _variable_address(),
        _load_variable(offsets),
        _store_global(offsets),
        _unbox_tagged_int() if offsets.tagged_ints else _unbox_sized_int(),
        _unbox(),
        _box(),
    ]


def load(result: str, base: str, offset: int, kind: str = "i64") -> str:
    """`result` = the `kind` at `base` + `offset`."""
    return f"""  {result}.at = getelementptr i8, ptr {base}, i64 {offset}
  {result} = load {kind}, ptr {result}.at, align 1"""


def choose(value: str, cases: dict[int, str], otherwise: str) -> str:
    """Go to the label of the case that `value` is. The tests of all cases but the first begin
    blocks: `case1` and so on. LLVM selects instructions for a `switch` the slow way."""
    lines = []
    for k, (case, label) in enumerate(cases.items()):
        following = f"case{k + 1}" if k + 1 < len(cases) else otherwise
        lines += [f"case{k}:"] if k else []
        lines.append(f"  %is_case{k} = icmp eq i64 {value}, {case}")
        lines.append(f"  br i1 %is_case{k}, label %{label}, label %{following}")
    return "\n".join(lines)


def store(base: str, offset: int, value: str) -> str:
    """Store `value`, a type and a register, at `base` + `offset`."""
    name = f"{base}.{value.split()[-1].strip('%')}"
    return f"""  {name} = getelementptr i8, ptr {base}, i64 {offset}
  store {value}, ptr {name}, align 1"""


# --- variables


def _release() -> str:
    """Drop references (null is none)."""
    return """
define internal void @release(ptr %objects, i64 %count) {
entry:
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp slt i64 %k, %count
  br i1 %more, label %body, label %done
body:
  %place = getelementptr ptr, ptr %objects, i64 %k
  %object = load ptr, ptr %place
  call void @Py_DecRef(ptr %object)
  %next = add i64 %k, 1
  br label %head
done:
  ret void
}"""


def _variable_address() -> str:
    """Where the object of a local or a cell is stored. Cells are made when a function begins."""
    return f"""
define internal ptr @variable_address(ptr %frame, ptr %record) {{
{load("%key", "%record", VariableWord.KEY.offset)}
  %slot = getelementptr i8, ptr %frame, i64 %key
{load("%place", "%record", VariableWord.PLACE.offset)}
  %is_cell = icmp eq i64 %place, {PLACES[Place.CELL]}
  br i1 %is_cell, label %cell, label %local
local:
  ret ptr %slot
cell:
  %object = load ptr, ptr %slot
  %contents = getelementptr i8, ptr %object, i64 {at.CELL_CONTENTS}
  ret ptr %contents
}}"""


def _load_variable(offsets: Offsets) -> str:
    """The object that a variable is bound to (borrowed), or null."""
    return f"""
define internal ptr @load_variable(ptr %frame, ptr %record) {{
{load("%key", "%record", VariableWord.KEY.offset)}
{load("%place", "%record", VariableWord.PLACE.offset)}
  %is_global = icmp eq i64 %place, {PLACES[Place.GLOBAL]}
  br i1 %is_global, label %global, label %near
near:
  %address = call ptr @variable_address(ptr %frame, ptr %record)
  %object = load ptr, ptr %address
  ret ptr %object
global:
{load("%globals", "%frame", offsets.frame.globals, "ptr")}
  %name = inttoptr i64 %key to ptr
  %value = call ptr @PyDict_GetItemWithError(ptr %globals, ptr %name)
  ret ptr %value
}}"""


def _store_global(offsets: Offsets) -> str:
    """Bind a global. The result is what it replaces, with a reference to it. May set an error."""
    return f"""
define internal ptr @store_global(ptr %frame, ptr %record, ptr %new) {{
{load("%globals", "%frame", offsets.frame.globals, "ptr")}
{load("%name", "%record", VariableWord.KEY.offset, "ptr")}
  %old = call ptr @PyDict_GetItemWithError(ptr %globals, ptr %name)
  call void @Py_IncRef(ptr %old)
  %status = call i32 @PyDict_SetItem(ptr %globals, ptr %name, ptr %new)
  ret ptr %old
}}"""


# --- boxes


def _unbox_tagged_int() -> str:
    """3.12: a header of three tag bits and the number of digits."""
    return f"""
define internal zeroext i1 @unbox_int(ptr %object, ptr %slot) {{
{load("%header", "%object", at.INT_HEADER)}
  %digits = lshr i64 %header, 3
  %tag = and i64 %header, 3
  %sign = sub i64 1, %tag
{_digits("%digits", "%sign")}"""


def _unbox_sized_int() -> str:
    """3.11: a header of the number of digits, negative for negative numbers."""
    return f"""
define internal zeroext i1 @unbox_int(ptr %object, ptr %slot) {{
{load("%header", "%object", at.INT_HEADER)}
  %negated = sub i64 0, %header
  %is_negative = icmp slt i64 %header, 0
  %digits = select i1 %is_negative, i64 %negated, i64 %header
  %positive = icmp sgt i64 %header, 0
  %unit = select i1 %positive, i64 1, i64 0
  %sign = select i1 %is_negative, i64 -1, i64 %unit
{_digits("%digits", "%sign")}"""


def _digits(count: str, sign: str) -> str:
    """The rest of `unbox_int`: up to three digits, of which the third must be small."""
    bits = at.DIGIT_BITS
    return f"""{load("%d0", "%object", at.INT_DIGITS, "i32")}
  %w0 = zext i32 %d0 to i64
  %is_short = icmp ule i64 {count}, 1
  br i1 %is_short, label %short, label %long
short:
  %small = mul i64 %w0, {sign}
  store i64 %small, ptr %slot
  ret i1 true
long:
{load("%d1", "%object", at.INT_DIGITS + 4, "i32")}
  %w1 = zext i32 %d1 to i64
  %s1 = shl i64 %w1, {bits}
  %low = or i64 %w0, %s1
  %is_two = icmp eq i64 {count}, 2
  br i1 %is_two, label %two, label %more
two:
  %middle = mul i64 %low, {sign}
  store i64 %middle, ptr %slot
  ret i1 true
more:
  %is_three = icmp eq i64 {count}, 3
  br i1 %is_three, label %three, label %big
three:
{load("%d2", "%object", at.INT_DIGITS + 8, "i32")}
  %w2 = zext i32 %d2 to i64
  %s2 = shl i64 %w2, {2 * bits}
  %whole = or i64 %low, %s2
  %signed = mul i64 %whole, {sign}
  store i64 %signed, ptr %slot
  %fits = icmp ult i64 %w2, {1 << 63 - 2 * bits}
  br i1 %fits, label %good, label %edge
edge:
  %is_eight = icmp eq i64 %w2, {1 << 63 - 2 * bits}
  %is_least = icmp eq i64 %signed, {-(1 << 63)}
  %below_zero = icmp slt i64 {sign}, 0
  %both = and i1 %is_eight, %is_least
  %exact = and i1 %both, %below_zero
  ret i1 %exact
good:
  ret i1 true
big:
  ret i1 false
}}"""


def _unbox() -> str:
    """Put an object into a slot; -1, or the reason of the refusal."""
    return f"""
define internal i64 @unbox(ptr %object, ptr %record, ptr %slot) {{
{load("%type", "%object", at.TYPE, "ptr")}
{load("%kind", "%record", VariableWord.TYPE.offset)}
{choose("%kind", KINDS, "object_kind")}
int:
  %is_int = icmp eq ptr %type, @PyLong_Type
  br i1 %is_int, label %unbox_int, label %other
unbox_int:
  %int_fits = call zeroext i1 @unbox_int(ptr %object, ptr %slot)
  br i1 %int_fits, label %good, label %big
float:
  %is_float = icmp eq ptr %type, @PyFloat_Type
  br i1 %is_float, label %unbox_float, label %other
unbox_float:
{load("%float_value", "%object", at.FLOAT_VALUE)}
  store i64 %float_value, ptr %slot
  br label %good
bool:
  %is_bool = icmp eq ptr %type, @PyBool_Type
  %is_true = icmp eq ptr %object, @_Py_TrueStruct
  %truth = zext i1 %is_true to i64
  store i64 %truth, ptr %slot
  br i1 %is_bool, label %good, label %other
number:
  %second = getelementptr i64, ptr %slot, i64 1
  %is_number_int = icmp eq ptr %type, @PyLong_Type
  br i1 %is_number_int, label %number_int, label %number_float
number_int:
  store i64 0, ptr %slot
  %number_fits = call zeroext i1 @unbox_int(ptr %object, ptr %second)
  br i1 %number_fits, label %good, label %big
number_float:
  store i64 1, ptr %slot
{load("%number_value", "%object", at.FLOAT_VALUE)}
  store i64 %number_value, ptr %second
  %is_number_float = icmp eq ptr %type, @PyFloat_Type
  br i1 %is_number_float, label %good, label %other
word:
  %is_word = icmp eq ptr %type, @PyLong_Type
  br i1 %is_word, label %unbox_word, label %other
unbox_word:
  %word_value = call i64 @PyLong_AsUnsignedLongLong(ptr %object)
  store i64 %word_value, ptr %slot
  %error = call ptr @PyErr_Occurred()
  %word_fits = icmp eq ptr %error, null
  br i1 %word_fits, label %good, label %no_word
no_word:
  call void @PyErr_Clear()
  br label %big
char:
  %is_str = icmp eq ptr %type, @PyUnicode_Type
  br i1 %is_str, label %str, label %other
str:
  %length = call i64 @PyUnicode_GetLength(ptr %object)
  %is_char = icmp eq i64 %length, 1
  br i1 %is_char, label %unbox_char, label %other
unbox_char:
  %code = call i32 @PyUnicode_ReadChar(ptr %object, i64 0)
  %wide_code = zext i32 %code to i64
  store i64 %wide_code, ptr %slot
  br label %good
scalar:
{load("%scalar_type", "%record", VariableWord.EXACT_TYPE.offset, "ptr")}
  %is_scalar = icmp eq ptr %type, %scalar_type
  br i1 %is_scalar, label %unbox_scalar, label %other
unbox_scalar:
{load("%scalar_bits", "%object", SCALAR_VALUE)}
  store i64 %scalar_bits, ptr %slot
  br label %good
object_kind:
{load("%exact", "%record", VariableWord.EXACT_TYPE.offset, "ptr")}
  store ptr %object, ptr %slot
  %is_exact = icmp eq ptr %type, %exact
  %may_be_any = icmp eq ptr %exact, null
  %is_wanted = or i1 %is_exact, %may_be_any
  br i1 %is_wanted, label %wanted, label %other
wanted:
{load("%code_wanted", "%record", VariableWord.CODE.offset, "ptr")}
  %may_have_any = icmp eq ptr %code_wanted, null
  br i1 %may_have_any, label %good, label %function
function:
{load("%code_found", "%object", at.FUNCTION_CODE, "ptr")}
  %has_code = icmp eq ptr %code_found, %code_wanted
  br i1 %has_code, label %good, label %other
good:
  ret i64 -1
other:
  ret i64 {Refusal.TYPE.value}
big:
  ret i64 {Refusal.BIG_INT.value}
}}"""


def _box() -> str:
    """A new reference to what a slot holds, or null with an error."""
    return f"""
define internal ptr @box(ptr %record, ptr %slots) {{
{load("%offset", "%record", VariableWord.SLOT.offset)}
  %slot = getelementptr i8, ptr %slots, i64 %offset
{load("%kind", "%record", VariableWord.TYPE.offset)}
{choose("%kind", KINDS, "object")}
int:
  %int_place = phi ptr [ %slot, %0 ], [ %second, %number ]
  %int_value = load i64, ptr %int_place
  %new_int = call ptr @PyLong_FromLongLong(i64 %int_value)
  ret ptr %new_int
float:
  %float_place = phi ptr [ %slot, %case1 ], [ %second, %number ]
  %float_value = load double, ptr %float_place
  %new_float = call ptr @PyFloat_FromDouble(double %float_value)
  ret ptr %new_float
bool:
  %truth = load i64, ptr %slot
  %is_true = icmp ne i64 %truth, 0
  %constant = select i1 %is_true, ptr @_Py_TrueStruct, ptr @_Py_FalseStruct
  call void @Py_IncRef(ptr %constant)
  ret ptr %constant
number:
  %second = getelementptr i64, ptr %slot, i64 1
  %tag = load i64, ptr %slot
  %is_int = icmp eq i64 %tag, 0
  br i1 %is_int, label %int, label %float
word:
  %word_value = load i64, ptr %slot
  %new_word = call ptr @PyLong_FromUnsignedLongLong(i64 %word_value)
  ret ptr %new_word
char:
  %code = load i32, ptr %slot
  %new_char = call ptr @PyUnicode_FromOrdinal(i32 %code)
  ret ptr %new_char
scalar:
{load("%type", "%record", VariableWord.EXACT_TYPE.offset, "ptr")}
  %bits = load i64, ptr %slot
  %alloc = call ptr @PyType_GetSlot(ptr %type, i32 {TP_ALLOC})
  %new_scalar = call ptr %alloc(ptr %type, i64 0)
  %no_scalar = icmp eq ptr %new_scalar, null
  br i1 %no_scalar, label %none, label %fill
fill:
{store("%new_scalar", SCALAR_VALUE, "i64 %bits")}
  ret ptr %new_scalar
none:
  ret ptr null
object:
  %held = load ptr, ptr %slot
  call void @Py_IncRef(ptr %held)
  ret ptr %held
}}"""
