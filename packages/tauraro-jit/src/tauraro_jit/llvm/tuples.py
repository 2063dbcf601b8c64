"""New tuples, and tuples as keys, in LLVM IR.

    tuple_hash(tuple)        its hash; -1 if only the host can tell
    tuple_equal(a, b)        whether two are equal: 0, 1; 2 if only the host can tell

Of keys only tuples of numbers, strings and None are looked into: comparing those runs no code of
the program.
"""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import strings
from ..layout.tuples import PRIME_1, PRIME_2, PRIME_5, ROTATION, SIZE_MASK
from .host import HAS_TAGGED_INTS, INT_DIGITS, INT_SIZE, SIZE, TUPLE_ITEMS, TYPE, api
from .lists import box_bool, box_float, box_int, retain
from .owned import made
from .strings import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

PLAIN: tuple[type, ...] = (int, str, float, bool, type(None))
"""Types whose hash and comparison run no code of the program."""


def new_tuple(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyTuple_New'))}(i64 {a[0]})")


def fill_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    fill(e, a, box_int(e, o, a[2]))


def fill_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    fill(e, a, box_float(e, o, a[2]))


def fill_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    fill(e, a, box_bool(e, a[2]))


def fill_object(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    retain(e, a[2])
    fill(e, a, a[2])


def fill(e: Emitter, a: list[str], box: str) -> None:
    """An item of a tuple that is being made."""
    items = e.address(a[0], TUPLE_ITEMS)
    e.line(f"store ptr {box}, ptr {e.emit(f'getelementptr ptr, ptr {items}, i64 {a[1]}')}")


# --- keys


def need_keys(e: Emitter) -> None:
    """The module has the functions that hash and compare tuples."""
    head = "define internal i64 @tuple_hash(ptr %tuple) noinline nounwind"
    e.helper("tuple_hash", head, lambda: write_hash(e))
    head = "define internal i32 @tuple_equal(ptr %a, ptr %b) noinline nounwind"
    e.helper("tuple_equal", head, lambda: write_equal(e))


def short_int(name: str) -> str:
    """Whether an int has one digit, and its value."""
    if HAS_TAGGED_INTS:
        sign = f"""  %{name}_short = icmp ult i64 %{name}_head, 16
  %{name}_tag = and i64 %{name}_head, 3
  %{name}_sign = sub i64 1, %{name}_tag"""
    else:
        sign = f"""  %{name}_above = add i64 %{name}_head, 1
  %{name}_short = icmp ult i64 %{name}_above, 3
  %{name}_sign = add i64 %{name}_head, 0"""
    return f"""  %{name}_head_at = getelementptr i8, ptr %{name}, i64 {INT_SIZE}
  %{name}_head = load i64, ptr %{name}_head_at
{sign}
  %{name}_digit_at = getelementptr i8, ptr %{name}, i64 {INT_DIGITS}
  %{name}_digit = load i32, ptr %{name}_digit_at
  %{name}_wide = zext i32 %{name}_digit to i64
  %{name}_value = mul i64 %{name}_wide, %{name}_sign"""


def is_plain(e: Emitter, kind: str, name: str) -> str:
    """The lines of a test whether a type is one of those; the result is %name."""
    lines = []
    before = ""
    for number, type_ in enumerate(PLAIN):
        lines.append(f"  %{name}_is{number} = icmp eq ptr {kind}, {e.static(id(type_))}")
        if before:
            lines.append(f"  %{name}_any{number} = or i1 {before}, %{name}_is{number}")
            before = f"%{name}_any{number}"
        else:
            before = f"%{name}_is{number}"
    lines.append(f"  %{name} = or i1 {before}, false")
    return "\n".join(lines)


def write_hash(e: Emitter) -> None:
    """The body of a function; as the host does it."""
    e.lines += lines_of(f"""
  %size_at = getelementptr i8, ptr %tuple, i64 {SIZE}
  %size = load i64, ptr %size_at
  %items = getelementptr i8, ptr %tuple, i64 {TUPLE_ITEMS}
  br label %head
head:
  %k = phi i64 [ 0, %0 ], [ %next, %mix ]
  %sum = phi i64 [ {PRIME_5}, %0 ], [ %mixed, %mix ]
  %is_more = icmp slt i64 %k, %size
  br i1 %is_more, label %each, label %done
each:
  %item_at = getelementptr ptr, ptr %items, i64 %k
  %item = load ptr, ptr %item_at
  %next = add i64 %k, 1
  %type_at = getelementptr i8, ptr %item, i64 {TYPE}
  %type = load ptr, ptr %type_at
  %is_int = icmp eq ptr %type, {e.static(id(int))}
  br i1 %is_int, label %int, label %other
int:
{short_int("item")}
  %is_error = icmp eq i64 %item_value, -1
  %item_hash = select i1 %is_error, i64 -2, i64 %item_value
  br i1 %item_short, label %mix, label %general
other:
  %is_str = icmp eq ptr %type, {e.static(id(str))}
  br i1 %is_str, label %str, label %rest
str:
  %hash_at = getelementptr i8, ptr %item, i64 {strings.HASH}
  %kept_hash = load i64, ptr %hash_at
  %is_unknown = icmp eq i64 %kept_hash, -1
  br i1 %is_unknown, label %general, label %mix
rest:
{is_plain(e, "%type", "is_known")}
  br i1 %is_known, label %general, label %elsewhere
general:
  %new_hash = call i64 {e.static(api("PyObject_Hash"))}(ptr %item)
  br label %mix
mix:
  %lane = phi i64 [ %item_hash, %int ], [ %kept_hash, %str ], [ %new_hash, %general ]
  %scaled = mul i64 %lane, {PRIME_2}
  %added = add i64 %sum, %scaled
  %high = shl i64 %added, {ROTATION}
  %low = lshr i64 %added, {64 - ROTATION}
  %turned = or i64 %high, %low
  %mixed = mul i64 %turned, {PRIME_1}
  br label %head
done:
  %masked = xor i64 %size, {SIZE_MASK}
  %hash = add i64 %sum, %masked
  %is_bad = icmp eq i64 %hash, -1
  %result = select i1 %is_bad, i64 1546275796, i64 %hash
  ret i64 %result
elsewhere:
  ret i64 -1""")


def write_equal(e: Emitter) -> None:
    """The body of a function. The host compares items one by one, and stops where two differ."""
    e.lines += lines_of(f"""
  %a_size_at = getelementptr i8, ptr %a, i64 {SIZE}
  %a_size = load i64, ptr %a_size_at
  %b_size_at = getelementptr i8, ptr %b, i64 {SIZE}
  %b_size = load i64, ptr %b_size_at
  %a_items = getelementptr i8, ptr %a, i64 {TUPLE_ITEMS}
  %b_items = getelementptr i8, ptr %b, i64 {TUPLE_ITEMS}
  %is_as_long = icmp eq i64 %a_size, %b_size
  br i1 %is_as_long, label %head, label %no
head:
  %k = phi i64 [ 0, %0 ], [ %next, %same ], [ %next, %each ]
  %is_more = icmp slt i64 %k, %a_size
  br i1 %is_more, label %each, label %yes
each:
  %x_at = getelementptr ptr, ptr %a_items, i64 %k
  %y_at = getelementptr ptr, ptr %b_items, i64 %k
  %x = load ptr, ptr %x_at
  %y = load ptr, ptr %y_at
  %next = add i64 %k, 1
  %is_identical = icmp eq ptr %x, %y
  br i1 %is_identical, label %head, label %types
types:
  %x_type_at = getelementptr i8, ptr %x, i64 {TYPE}
  %x_type = load ptr, ptr %x_type_at
  %y_type_at = getelementptr i8, ptr %y, i64 {TYPE}
  %y_type = load ptr, ptr %y_type_at
{is_plain(e, "%x_type", "x_is_plain")}
{is_plain(e, "%y_type", "y_is_plain")}
  %are_plain = and i1 %x_is_plain, %y_is_plain
  br i1 %are_plain, label %plain, label %elsewhere
plain:
  %x_is_int = icmp eq ptr %x_type, {e.static(id(int))}
  %y_is_int = icmp eq ptr %y_type, {e.static(id(int))}
  %are_ints = and i1 %x_is_int, %y_is_int
  br i1 %are_ints, label %ints, label %general
ints:
{short_int("x")}
{short_int("y")}
  %are_short = and i1 %x_short, %y_short
  br i1 %are_short, label %short, label %general
short:
  %is_equal_int = icmp eq i64 %x_value, %y_value
  br i1 %is_equal_int, label %same, label %no
general:
  %found = call i32 {e.static(api("PyObject_RichCompareBool"))}(ptr %x, ptr %y, i32 2)
  %is_equal = icmp eq i32 %found, 1
  br i1 %is_equal, label %same, label %no
same:
  br label %head
yes:
  ret i32 1
no:
  ret i32 0
elsewhere:
  ret i32 2""")


def tuple_hash(e: Emitter) -> str:
    """How a key that is a tuple is hashed, see `dicts.write_find`."""
    need_keys(e)
    return """
  %hash = call i64 @tuple_hash(ptr %key)
  %has_no_hash = icmp eq i64 %hash, -1
  br i1 %has_no_hash, label %elsewhere, label %start"""


def same_tuple(e: Emitter) -> str:
    """Whether the key of an entry is the tuple."""
    return f"""
compare:
  %is_identical = icmp eq ptr %entry_key, %key
  br i1 %is_identical, label %hit, label %other
other:
  %type_at = getelementptr i8, ptr %entry_key, i64 {TYPE}
  %type = load ptr, ptr %type_at
  %is_tuple = icmp eq ptr %type, {e.static(id(tuple))}
  br i1 %is_tuple, label %tuple, label %elsewhere
tuple:
  %order = call i32 @tuple_equal(ptr %entry_key, ptr %key)
  %is_known = icmp ne i32 %order, 2
  br i1 %is_known, label %decided, label %elsewhere
decided:
  %is_equal = icmp eq i32 %order, 1
  br i1 %is_equal, label %hit, label %again"""


EMITTERS = {
    Op.NEW_TUPLE_CHECKED: new_tuple,
    Op.TUPLE_FILL_INT: fill_int,
    Op.TUPLE_FILL_FLOAT: fill_float,
    Op.TUPLE_FILL_BOOL: fill_bool,
    Op.TUPLE_FILL_OBJECT: fill_object,
}
