"""Going through dicts and sets, in LLVM IR: the entries of a dict in the order of insertion, the
keys of a set as they stand in its table."""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import dicts as at
from ..layout import sets
from .strings import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

NONE, ELSEWHERE = -1, -2
"""In place of the number of an entry: there is no more; only the host can tell."""

WHERE = f"""
  %keys_at = getelementptr i8, ptr %dict, i64 {at.KEYS}
  %keys = load ptr, ptr %keys_at
  %bytes_at = getelementptr i8, ptr %keys, i64 {at.LOG2_INDEX_BYTES}
  %bytes = load i8, ptr %bytes_at
  %kind_at = getelementptr i8, ptr %keys, i64 {at.KIND}
  %kind = load i8, ptr %kind_at
  %wide_bytes = zext i8 %bytes to i64
  %indices_size = shl i64 1, %wide_bytes
  %indices = getelementptr i8, ptr %keys, i64 {at.INDICES}
  %entries = getelementptr i8, ptr %indices, i64 %indices_size
  %is_general = icmp eq i8 %kind, {at.GENERAL}
  %entry_size = select i1 %is_general, i64 {at.GENERAL_ENTRY}, i64 {at.STRING_ENTRY}
  %key_offset = select i1 %is_general, i64 8, i64 0
  %first = getelementptr i8, ptr %entries, i64 %key_offset"""


def need_entries(e: Emitter) -> None:
    """The module has the functions that find entries."""
    head = "define internal i64 @dict_next(ptr %dict, i64 %from) nounwind"
    e.helper("dict_next", head, lambda: write_dict_next(e))
    head = "define internal ptr @dict_entry(ptr %dict, i64 %number) nounwind"
    e.helper("dict_entry", head, lambda: write_dict_entry(e))
    head = "define internal i64 @set_next(ptr %set, i64 %from) nounwind"
    e.helper("set_next", head, lambda: write_set_next(e))


def dict_next(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_entries(e)
    found = e.emit(f"call i64 @dict_next(ptr {a[0]}, i64 {a[1]})")
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp ne i64 {found}, {ELSEWHERE}"), o.exit)
    e.line(f"{r} = add i64 {found}, 0")


def write_dict_next(e: Emitter) -> None:
    """The body of a function: entries of deleted keys have no value."""
    e.lines += lines_of(f"""
  %values_at = getelementptr i8, ptr %dict, i64 {at.VALUES}
  %values = load ptr, ptr %values_at
  %is_whole = icmp eq ptr %values, null
  br i1 %is_whole, label %whole, label %elsewhere
whole:{WHERE}
  %count_at = getelementptr i8, ptr %keys, i64 {at.ENTRIES}
  %count = load i64, ptr %count_at
  br label %look
look:
  %number = phi i64 [ %from, %whole ], [ %following, %again ]
  %is_inside = icmp slt i64 %number, %count
  br i1 %is_inside, label %inside, label %none
inside:
  %offset = mul i64 %number, %entry_size
  %key_at = getelementptr i8, ptr %first, i64 %offset
  %value_at = getelementptr i8, ptr %key_at, i64 8
  %value = load ptr, ptr %value_at
  %is_gone = icmp eq ptr %value, null
  br i1 %is_gone, label %again, label %found
again:
  %following = add i64 %number, 1
  br label %look
found:
  ret i64 %number
none:
  ret i64 {NONE}
elsewhere:
  ret i64 {ELSEWHERE}""")


def dict_entry(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_entries(e)
    e.line(f"{r} = call ptr @dict_entry(ptr {a[0]}, i64 {a[1]})")


def write_dict_entry(e: Emitter) -> None:
    """The body of a function."""
    e.lines += lines_of(f"""{WHERE}
  %offset = mul i64 %number, %entry_size
  %entry = getelementptr i8, ptr %first, i64 %offset
  ret ptr %entry""")


def set_next(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_entries(e)
    e.line(f"{r} = call i64 @set_next(ptr {a[0]}, i64 {a[1]})")


def write_set_next(e: Emitter) -> None:
    """The body of a function: entries of deleted keys have a hash that no key has."""
    e.lines += lines_of(f"""
  %mask_at = getelementptr i8, ptr %set, i64 {sets.MASK}
  %mask = load i64, ptr %mask_at
  %table_at = getelementptr i8, ptr %set, i64 {sets.TABLE}
  %table = load ptr, ptr %table_at
  br label %look
look:
  %number = phi i64 [ %from, %0 ], [ %following, %again ]
  %is_inside = icmp sle i64 %number, %mask
  br i1 %is_inside, label %inside, label %none
inside:
  %offset = mul i64 %number, {sets.ENTRY}
  %entry = getelementptr i8, ptr %table, i64 %offset
  %key = load ptr, ptr %entry
  %is_unused = icmp eq ptr %key, null
  br i1 %is_unused, label %again, label %used
used:
  %hash_at = getelementptr i8, ptr %entry, i64 {sets.ENTRY_HASH}
  %hash = load i64, ptr %hash_at
  %is_gone = icmp eq i64 %hash, {sets.DELETED_HASH}
  br i1 %is_gone, label %again, label %found
again:
  %following = add i64 %number, 1
  br label %look
found:
  ret i64 %number
none:
  ret i64 {NONE}""")


def set_entry(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    table = e.field(a[0], sets.TABLE, "ptr")
    e.line(f"{r} = getelementptr [{sets.ENTRY} x i8], ptr {table}, i64 {a[1]}")


EMITTERS = {
    Op.DICT_NEXT_CHECKED: dict_next,
    Op.DICT_ENTRY: dict_entry,
    Op.SET_NEXT: set_next,
    Op.SET_ENTRY: set_entry,
}
