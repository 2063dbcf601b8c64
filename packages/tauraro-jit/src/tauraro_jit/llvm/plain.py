"""What ends without running code of the program, in LLVM IR: numbers and strings, and lists,
tuples, dicts and sets of such.

    plain(object, depth)     whether an object is that
"""

from __future__ import annotations

from ..layout import dicts, sets
from .entries import need_entries
from .host import LIST_ITEMS, SIZE, TUPLE_ITEMS, TYPE
from .strings import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

DEEPEST = 30
"""Objects within objects that are looked into."""

PLAIN: tuple[type, ...] = (int, str, float, bool, type(None))


def need_plain(e: Emitter) -> None:
    """The module has the function."""
    need_entries(e)
    head = "define internal zeroext i1 @plain(ptr %object, i64 %depth) noinline nounwind"
    e.helper("plain", head, lambda: write_plain(e))


def write_plain(e: Emitter) -> None:
    """Its body."""
    e.start("entry")
    kind = e.field("%object", TYPE, "ptr")
    tests = dict.fromkeys(PLAIN, "good")
    for type_, label in (tests | {list: "list", tuple: "tuple", dict: "dict", set: "set"}).items():
        other = e.fresh_label()
        same = e.emit(f"icmp eq ptr {kind}, {e.static(id(type_))}")
        e.line(f"br i1 {same}, label %{label}, label %{other}")
        e.start(other)
    e.line("br label %bad")
    e.lines += lines_of(f"""
list:
  %list_at = getelementptr i8, ptr %object, i64 {LIST_ITEMS}
  %list_items = load ptr, ptr %list_at
  br label %open
tuple:
  %tuple_items = getelementptr i8, ptr %object, i64 {TUPLE_ITEMS}
  br label %open
open:
  %items = phi ptr [ %list_items, %list ], [ %tuple_items, %tuple ]
  %size_at = getelementptr i8, ptr %object, i64 {SIZE}
  %size = load i64, ptr %size_at
  %deeper = add i64 %depth, 1
  %is_deep = icmp sgt i64 %depth, {DEEPEST}
  br i1 %is_deep, label %bad, label %head
head:
  %k = phi i64 [ 0, %open ], [ %next, %some ], [ %next, %each ]
  %is_more = icmp slt i64 %k, %size
  br i1 %is_more, label %each, label %good
each:
  %item_at = getelementptr ptr, ptr %items, i64 %k
  %item = load ptr, ptr %item_at
  %next = add i64 %k, 1
  %is_null = icmp eq ptr %item, null
  br i1 %is_null, label %head, label %some
some:
  %is_plain = call zeroext i1 @plain(ptr %item, i64 %deeper)
  br i1 %is_plain, label %head, label %bad
dict:
  %values_at = getelementptr i8, ptr %object, i64 {dicts.VALUES}
  %values = load ptr, ptr %values_at
  %is_whole = icmp eq ptr %values, null
  %dict_deeper = add i64 %depth, 1
  %dict_shallow = icmp sle i64 %depth, {DEEPEST}
  %dict_good = and i1 %is_whole, %dict_shallow
  br i1 %dict_good, label %dict_head, label %bad
dict_head:
  %from = phi i64 [ 0, %dict ], [ %onward, %dict_value ]
  %number = call i64 @dict_next(ptr %object, i64 %from)
  %is_entry = icmp sge i64 %number, 0
  br i1 %is_entry, label %dict_key, label %good
dict_key:
  %onward = add i64 %number, 1
  %pair = call ptr @dict_entry(ptr %object, i64 %number)
  %key = load ptr, ptr %pair
  %key_good = call zeroext i1 @plain(ptr %key, i64 %dict_deeper)
  br i1 %key_good, label %dict_value, label %bad
dict_value:
  %value_at = getelementptr ptr, ptr %pair, i64 1
  %value = load ptr, ptr %value_at
  %value_good = call zeroext i1 @plain(ptr %value, i64 %dict_deeper)
  br i1 %value_good, label %dict_head, label %bad
set:
  %table_at = getelementptr i8, ptr %object, i64 {sets.TABLE}
  %table = load ptr, ptr %table_at
  %set_deeper = add i64 %depth, 1
  %set_shallow = icmp sle i64 %depth, {DEEPEST}
  br i1 %set_shallow, label %set_head, label %bad
set_head:
  %set_from = phi i64 [ 0, %set ], [ %set_onward, %set_key ]
  %set_number = call i64 @set_next(ptr %object, i64 %set_from)
  %is_key = icmp sge i64 %set_number, 0
  br i1 %is_key, label %set_key, label %good
set_key:
  %set_onward = add i64 %set_number, 1
  %set_offset = mul i64 %set_number, {sets.ENTRY}
  %set_entry = getelementptr i8, ptr %table, i64 %set_offset
  %element = load ptr, ptr %set_entry
  %element_good = call zeroext i1 @plain(ptr %element, i64 %set_deeper)
  br i1 %element_good, label %set_head, label %bad
good:
  ret i1 true
bad:
  ret i1 false""")
