"""LLVM IR of the trampoline, continued: iterators.

read_iterator, write_iterator, make_iterator    iterator <-> slots
read_parts, write_parts, make_parts             the same of what a `zip` goes through
"""

from __future__ import annotations

from ..layout import dicts, sets
from ..layout import offsets as at
from ..layout.offsets import Offsets
from ..native.region import IteratorKind
from .table import BUFFERS, ENUMERATED, ITERATORS, KIND_BITS, PART_BITS
from .trampoline_values import choose, load, store

ASCII_ITERATOR = "str_ascii_iterator"
"""The type of iterators of strings that are all ASCII, which the host has no name for."""

DECLARATIONS = f"""
declare ptr @PyObject_GetIter(ptr)
declare ptr @_PyObject_New(ptr)
declare ptr @PyObject_CallFunctionObjArgs(ptr, ...)
declare ptr @PyObject_CallObject(ptr, ptr)
declare ptr @PyTuple_New(i64)
declare i64 @llvm.ctlz.i64(i64, i1)
@PyRangeIter_Type = external global i8
@PyListIter_Type = external global i8
@PyTupleIter_Type = external global i8
@PyListRevIter_Type = external global i8
@PyReversed_Type = external global i8
@PyZip_Type = external global i8
@PyTuple_Type = external global i8
@PyUnicodeIter_Type = external global i8
@{ASCII_ITERATOR} = external global i8
@dict_keys_iterator = external global i8
@dict_values_iterator = external global i8
@dict_items_iterator = external global i8
@set_iterator = external global i8
@dict_values = external global i8
@dict_items = external global i8
@PyEnum_Type = external global i8
"""


NAMED: dict[str, object] = {
    ASCII_ITERATOR: type(iter("a")),
    "dict_keys_iterator": type(iter({})),
    "dict_values_iterator": type(iter({}.values())),
    "dict_items_iterator": type(iter({}.items())),
    "set_iterator": type(iter(set())),
    "dict_values": dict.values,
    "dict_items": dict.items,
}
"""Objects of the host, which live for ever, by the names that the text gives them."""


def iterator_functions(offsets: Offsets) -> list[str]:
    """The functions of this file, and what they call."""
    return [
        DECLARATIONS,
        _read_iterator(offsets),
        _write_iterator(offsets),
        _make_iterator(offsets),
        _write_left(),
        _make_entries(),
        _read_parts(),
        _write_parts(),
        _make_parts(),
    ]


ZIP = ITERATORS[IteratorKind.ZIP]
TABLES = {
    ITERATORS[IteratorKind.DICT_KEYS]: "dict",
    ITERATORS[IteratorKind.DICT_VALUES]: "dict",
    ITERATORS[IteratorKind.DICT_ITEMS]: "dict",
    ITERATORS[IteratorKind.SET]: "set",
}
KIND_MASK = (1 << KIND_BITS) - 1
PART_MASK = (1 << PART_BITS) - 1
IS_ENUMERATED = f"""  %base = and i64 %kind, {KIND_MASK}
  %is_enumerated = icmp sgt i64 %base, {ENUMERATED}
  br i1 %is_enumerated, label %enumerated, label %plain"""


def _read_iterator(offsets: Offsets) -> str:
    """Put an iterator's state into slots. False if it is of another kind, exhausted, or if someone
    else holds it, who might advance it while native code believes to know where it is."""
    part = offsets.range
    if part.position is None:
        state = f"""{load("%next", "%iterator", part.start)}
{load("%step", "%iterator", part.step)}
{load("%left", "%iterator", part.length)}"""
    else:
        state = f"""{load("%index", "%iterator", part.position)}
{load("%start", "%iterator", part.start)}
{load("%step", "%iterator", part.step)}
{load("%length", "%iterator", part.length)}
  %distance = mul i64 %index, %step
  %next = add i64 %start, %distance
  %left = sub i64 %length, %index"""
    plain = {
        ITERATORS[IteratorKind.RANGE]: "range",
        ITERATORS[IteratorKind.LIST]: "list",
        ITERATORS[IteratorKind.TUPLE]: "tuple",
        ITERATORS[IteratorKind.REVERSED_LIST]: "reversed_list",
        ITERATORS[IteratorKind.REVERSED_TUPLE]: "reversed_tuple",
        ITERATORS[IteratorKind.STR]: "str",
        ITERATORS[IteratorKind.DICT_KEYS]: "dict_keys",
        ITERATORS[IteratorKind.DICT_VALUES]: "dict_values",
        ITERATORS[IteratorKind.DICT_ITEMS]: "dict_items",
        ITERATORS[IteratorKind.SET]: "set",
        ZIP: "zip",
        **dict.fromkeys(BUFFERS.values(), "buffer"),
    }
    return f"""
define internal zeroext i1 @read_iterator(ptr %iterator, i64 %kind, ptr %slot) {{
{load("%references", "%iterator", at.REFERENCES, "i32")}
{load("%type", "%iterator", at.TYPE, "ptr")}
  %is_alone = icmp eq i32 %references, 1
  br i1 %is_alone, label %alone, label %bad
alone:
  %slot1 = getelementptr i64, ptr %slot, i64 1
  %slot2 = getelementptr i64, ptr %slot, i64 2
{IS_ENUMERATED}
enumerated:
  %is_enumerate = icmp eq ptr %type, @PyEnum_Type
  br i1 %is_enumerate, label %read_enumerate, label %bad
read_enumerate:
{load("%number", "%iterator", at.ENUMERATE_NUMBER)}
{load("%inner", "%iterator", at.ENUMERATE_ITERATOR, "ptr")}
{load("%long", "%iterator", at.ENUMERATE_LONG_NUMBER)}
  store i64 %number, ptr %slot
  %is_short = icmp eq i64 %long, 0
  br i1 %is_short, label %read_inner, label %bad
read_inner:
  %inner_kind = sub i64 %kind, {ENUMERATED}
  %is_read = call zeroext i1 @read_iterator(ptr %inner, i64 %inner_kind, ptr %slot1)
  ret i1 %is_read
plain:
{choose("%base", plain, "bad")}
range:
  %is_range = icmp eq ptr %type, @PyRangeIter_Type
  br i1 %is_range, label %read_range, label %bad
read_range:
{state}
  store i64 %next, ptr %slot
  store i64 %step, ptr %slot1
  store i64 %left, ptr %slot2
  ret i1 true
list:
  %is_list = icmp eq ptr %type, @PyListIter_Type
  br i1 %is_list, label %sequence, label %bad
tuple:
  %is_tuple = icmp eq ptr %type, @PyTupleIter_Type
  br i1 %is_tuple, label %sequence, label %bad
str:
  %is_str = icmp eq ptr %type, @PyUnicodeIter_Type
  %is_ascii = icmp eq ptr %type, @{ASCII_ITERATOR}
  %is_text = or i1 %is_str, %is_ascii
  br i1 %is_text, label %sequence, label %bad
buffer:
  %wanted = lshr i64 %kind, {KIND_BITS}
  %number_of_type = ptrtoint ptr %type to i64
  %is_wanted = icmp eq i64 %number_of_type, %wanted
  br i1 %is_wanted, label %sequence, label %bad
reversed_list:
  %is_reversed_list = icmp eq ptr %type, @PyListRevIter_Type
  br i1 %is_reversed_list, label %sequence, label %bad
reversed_tuple:
  %is_reversed = icmp eq ptr %type, @PyReversed_Type
  br i1 %is_reversed, label %of_tuple, label %bad
of_tuple:
{load("%reversed", "%iterator", at.INDEX_ITERATOR_SEQUENCE, "ptr")}
  %is_left = icmp ne ptr %reversed, null
  br i1 %is_left, label %look, label %bad
look:
{load("%reversed_type", "%reversed", at.TYPE, "ptr")}
  %is_of_tuple = icmp eq ptr %reversed_type, @PyTuple_Type
  br i1 %is_of_tuple, label %sequence, label %bad
dict_keys:
  %is_keys = icmp eq ptr %type, @dict_keys_iterator
  br i1 %is_keys, label %dict, label %bad
dict_values:
  %is_values = icmp eq ptr %type, @dict_values_iterator
  br i1 %is_values, label %dict, label %bad
dict_items:
  %is_items = icmp eq ptr %type, @dict_items_iterator
  br i1 %is_items, label %dict, label %bad
set:
  %is_set = icmp eq ptr %type, @set_iterator
{load("%set_left", "%iterator", sets.ITEMS_LEFT)}
  br i1 %is_set, label %table, label %bad
dict:
{load("%dict_left", "%iterator", dicts.ITEMS_LEFT)}
  br label %table
table:
  %entries_left = phi i64 [ %set_left, %set ], [ %dict_left, %dict ]
{load("%owner", "%iterator", dicts.ITERATED)}
{load("%entry", "%iterator", dicts.ITERATED_POSITION)}
{load("%size", "%iterator", dicts.ITERATED_SIZE)}
  %slot3 = getelementptr i64, ptr %slot, i64 3
  store i64 %owner, ptr %slot
  store i64 %entry, ptr %slot1
  store i64 %size, ptr %slot2
  store i64 %entries_left, ptr %slot3
  %has_owner = icmp ne i64 %owner, 0
  ret i1 %has_owner
zip:
  %is_zip = icmp eq ptr %type, @PyZip_Type
  br i1 %is_zip, label %parts, label %bad
parts:
  %parts_read = call zeroext i1 @read_parts(ptr %iterator, i64 %kind, ptr %slot)
  ret i1 %parts_read
sequence:
{load("%items", "%iterator", at.INDEX_ITERATOR_SEQUENCE)}
{load("%position", "%iterator", at.INDEX_ITERATOR_INDEX)}
  store i64 %items, ptr %slot
  store i64 %position, ptr %slot1
  %has_items = icmp ne i64 %items, 0
  ret i1 %has_items
bad:
  ret i1 false
}}"""


def _write_iterator(offsets: Offsets) -> str:
    """Move an iterator to where its slots are. One that has come to its end is left for the host to
    find so: it is the host that lets go of the sequence."""
    part = offsets.range
    if part.position is None:
        state = f"""{store("%iterator", part.start, "i64 %next")}
{store("%iterator", part.length, "i64 %left")}"""
    else:
        state = f"""{load("%length", "%iterator", part.length)}
  %index = sub i64 %length, %left
{store("%iterator", part.position, "i64 %index")}"""
    return f"""
define internal void @write_iterator(ptr %iterator, i64 %kind, ptr %slot) {{
  %slot1 = getelementptr i64, ptr %slot, i64 1
  %slot2 = getelementptr i64, ptr %slot, i64 2
{IS_ENUMERATED}
enumerated:
  %number = load i64, ptr %slot
{store("%iterator", at.ENUMERATE_NUMBER, "i64 %number")}
{load("%inner", "%iterator", at.ENUMERATE_ITERATOR, "ptr")}
  %inner_kind = sub i64 %kind, {ENUMERATED}
  call void @write_iterator(ptr %inner, i64 %inner_kind, ptr %slot1)
  ret void
plain:
{choose("%base", {ITERATORS[IteratorKind.RANGE]: "range", ZIP: "zip", **TABLES}, "sequence")}
dict:
  call void @write_left(ptr %iterator, i64 {dicts.ITEMS_LEFT}, ptr %slot)
  ret void
set:
  call void @write_left(ptr %iterator, i64 {sets.ITEMS_LEFT}, ptr %slot)
  ret void
zip:
  call void @write_parts(ptr %iterator, i64 %kind, ptr %slot)
  ret void
range:
  %next = load i64, ptr %slot
  %left = load i64, ptr %slot2
{state}
  ret void
sequence:
  %position = load i64, ptr %slot1
{store("%iterator", at.INDEX_ITERATOR_INDEX, "i64 %position")}
  ret void
}}"""


def _make_iterator(offsets: Offsets) -> str:
    """A new iterator in the state that its slots describe, or null with an error."""
    part = offsets.range
    index = "" if part.position is None else store("%new", part.position, "i64 0")
    made = {
        ITERATORS[IteratorKind.RANGE]: "range",
        ITERATORS[IteratorKind.REVERSED_LIST]: "reversed",
        ITERATORS[IteratorKind.REVERSED_TUPLE]: "reversed",
        ITERATORS[IteratorKind.DICT_KEYS]: "dict_keys",
        ITERATORS[IteratorKind.DICT_VALUES]: "dict_values",
        ITERATORS[IteratorKind.DICT_ITEMS]: "dict_items",
        ITERATORS[IteratorKind.SET]: "set",
        ZIP: "zip",
    }
    return f"""
define internal ptr @make_iterator(i64 %kind, ptr %slot) {{
{IS_ENUMERATED}
enumerated:
  %inner_kind = sub i64 %kind, {ENUMERATED}
  %inner_slot = getelementptr i64, ptr %slot, i64 1
  %inner = call ptr @make_iterator(i64 %inner_kind, ptr %inner_slot)
  %no_inner = icmp eq ptr %inner, null
  br i1 %no_inner, label %bad, label %enumerate
enumerate:
  %pairs = call ptr (ptr, ...) @PyObject_CallFunctionObjArgs(
    ptr @PyEnum_Type, ptr %inner, ptr null)
  call void @Py_DecRef(ptr %inner)
  %no_pairs = icmp eq ptr %pairs, null
  br i1 %no_pairs, label %bad, label %number
number:
  %first = load i64, ptr %slot
{store("%pairs", at.ENUMERATE_NUMBER, "i64 %first")}
  ret ptr %pairs
plain:
{choose("%base", made, "sequence")}
zip:
  %zipped = call ptr @make_parts(i64 %kind, ptr %slot)
  ret ptr %zipped
dict_values:
  %dict_values_made = call ptr @make_entries(ptr %slot, ptr @dict_values, i64 {dicts.ITEMS_LEFT})
  ret ptr %dict_values_made
dict_items:
  %dict_items_made = call ptr @make_entries(ptr %slot, ptr @dict_items, i64 {dicts.ITEMS_LEFT})
  ret ptr %dict_items_made
dict_keys:
  %dict_keys_made = call ptr @make_entries(ptr %slot, ptr null, i64 {dicts.ITEMS_LEFT})
  ret ptr %dict_keys_made
set:
  %set_made = call ptr @make_entries(ptr %slot, ptr null, i64 {sets.ITEMS_LEFT})
  ret ptr %set_made
reversed:
  %backwards = load ptr, ptr %slot
  %turned = call ptr (ptr, ...) @PyObject_CallFunctionObjArgs(
    ptr @PyReversed_Type, ptr %backwards, ptr null)
  br label %made
range:
  %new = call ptr @_PyObject_New(ptr @PyRangeIter_Type)
  %no_range = icmp eq ptr %new, null
  br i1 %no_range, label %bad, label %fill
fill:
  %slot1 = getelementptr i64, ptr %slot, i64 1
  %slot2 = getelementptr i64, ptr %slot, i64 2
  %next = load i64, ptr %slot
  %step = load i64, ptr %slot1
  %left = load i64, ptr %slot2
{index}
{store("%new", part.start, "i64 %next")}
{store("%new", part.step, "i64 %step")}
{store("%new", part.length, "i64 %left")}
  ret ptr %new
sequence:
  %items = load ptr, ptr %slot
  %forwards = call ptr @PyObject_GetIter(ptr %items)
  br label %made
made:
  %iterator = phi ptr [ %forwards, %sequence ], [ %turned, %reversed ]
  %no_iterator = icmp eq ptr %iterator, null
  br i1 %no_iterator, label %bad, label %move
move:
  %position_place = getelementptr i64, ptr %slot, i64 1
  %position = load i64, ptr %position_place
{store("%iterator", at.INDEX_ITERATOR_INDEX, "i64 %position")}
  ret ptr %iterator
bad:
  ret ptr null
}}"""


# --- dicts and sets


def _write_left() -> str:
    """Where an iterator of a dict or set is; `at` says where it keeps the number of items left."""
    return f"""
define internal void @write_left(ptr %iterator, i64 %at, ptr %slot) {{
  %slot1 = getelementptr i64, ptr %slot, i64 1
  %slot2 = getelementptr i64, ptr %slot, i64 2
  %slot3 = getelementptr i64, ptr %slot, i64 3
  %position = load i64, ptr %slot1
  %size = load i64, ptr %slot2
  %left = load i64, ptr %slot3
{store("%iterator", dicts.ITERATED_POSITION, "i64 %position")}
{store("%iterator", dicts.ITERATED_SIZE, "i64 %size")}
  %left_place = getelementptr i8, ptr %iterator, i64 %at
  store i64 %left, ptr %left_place
  ret void
}}"""


def _make_entries() -> str:
    """A new iterator of a dict or set, or of what a method of the dict gives."""
    return """
define internal ptr @make_entries(ptr %slot, ptr %method, i64 %at) {
entry:
  %owner = load ptr, ptr %slot
  %is_own = icmp eq ptr %method, null
  br i1 %is_own, label %own, label %view
own:
  %of_owner = call ptr @PyObject_GetIter(ptr %owner)
  br label %made
view:
  %found = call ptr (ptr, ...) @PyObject_CallFunctionObjArgs(ptr %method, ptr %owner, ptr null)
  %no_view = icmp eq ptr %found, null
  br i1 %no_view, label %bad, label %iterate
iterate:
  %of_view = call ptr @PyObject_GetIter(ptr %found)
  call void @Py_DecRef(ptr %found)
  br label %made
made:
  %iterator = phi ptr [ %of_owner, %own ], [ %of_view, %iterate ]
  %no_iterator = icmp eq ptr %iterator, null
  br i1 %no_iterator, label %bad, label %move
move:
  call void @write_left(ptr %iterator, i64 %at, ptr %slot)
  ret ptr %iterator
bad:
  ret ptr null
}"""


# --- zip: part k has its number in the word's bits from KIND_BITS + k * PART_BITS on

_EACH_PART = f"""entry:
  %numbers = lshr i64 %kind, {KIND_BITS}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %again ]
  %rest = phi i64 [ %numbers, %entry ], [ %fewer, %again ]
  %place = phi ptr [ %slot, %entry ], [ %behind, %again ]
  %part = and i64 %rest, {PART_MASK}
  %is_part = icmp ne i64 %part, 0
  br i1 %is_part, label %body, label %done"""

_NEXT_PART = f"""again:
  %next = add i64 %k, 1
  %fewer = lshr i64 %rest, {PART_BITS}
  %is_range = icmp eq i64 %part, {ITERATORS[IteratorKind.RANGE]}
  %narrow = select i1 %is_range, i64 3, i64 2
  %is_behind = icmp uge i64 %part, {ITERATORS[IteratorKind.DICT_KEYS]}
  %words = select i1 %is_behind, i64 4, i64 %narrow
  %behind = getelementptr i64, ptr %place, i64 %words
  br label %head"""

_PART = f"""{load("%tuple", "%iterator", at.ZIP_ITERATORS, "ptr")}
  %items = getelementptr i8, ptr %tuple, i64 {at.TUPLE_ITEMS}
  %item = getelementptr ptr, ptr %items, i64 %k
  %inner = load ptr, ptr %item"""


def _read_parts() -> str:
    """As `read_iterator`: nobody else may hold the tuple of the iterators either."""
    return f"""
define internal zeroext i1 @read_parts(ptr %iterator, i64 %kind, ptr %slot) {{
{_EACH_PART}
body:
{load("%size", "%iterator", at.ZIP_SIZE)}
  %is_there = icmp slt i64 %k, %size
  br i1 %is_there, label %there, label %bad
there:
{_PART}
{load("%references", "%tuple", at.REFERENCES, "i32")}
  %is_alone = icmp eq i32 %references, 1
  br i1 %is_alone, label %alone, label %bad
alone:
  %is_read = call zeroext i1 @read_iterator(ptr %inner, i64 %part, ptr %place)
  br i1 %is_read, label %again, label %bad
{_NEXT_PART}
done:
{load("%count", "%iterator", at.ZIP_SIZE)}
  %is_all = icmp eq i64 %k, %count
  ret i1 %is_all
bad:
  ret i1 false
}}"""


def _write_parts() -> str:
    """As `write_iterator`."""
    return f"""
define internal void @write_parts(ptr %iterator, i64 %kind, ptr %slot) {{
{_EACH_PART}
body:
{_PART}
  call void @write_iterator(ptr %inner, i64 %part, ptr %place)
  br label %again
{_NEXT_PART}
done:
  ret void
}}"""


def _make_parts() -> str:
    """As `make_iterator`. A tuple with holes may be dropped."""
    return f"""
define internal ptr @make_parts(i64 %kind, ptr %slot) {{
  %digits = call i64 @llvm.ctlz.i64(i64 %kind, i1 false)
  %bits = sub i64 {64 - KIND_BITS + PART_BITS - 1}, %digits
  %parts = udiv i64 %bits, {PART_BITS}
  %made = call ptr @PyTuple_New(i64 %parts)
  %no_tuple = icmp eq ptr %made, null
  br i1 %no_tuple, label %none, label %entry
{_EACH_PART}
body:
  %inner = call ptr @make_iterator(i64 %part, ptr %place)
  %items = getelementptr i8, ptr %made, i64 {at.TUPLE_ITEMS}
  %item = getelementptr ptr, ptr %items, i64 %k
  store ptr %inner, ptr %item
  %is_made = icmp ne ptr %inner, null
  br i1 %is_made, label %again, label %bad
{_NEXT_PART}
done:
  %zip = call ptr @PyObject_CallObject(ptr @PyZip_Type, ptr %made)
  call void @Py_DecRef(ptr %made)
  ret ptr %zip
bad:
  call void @Py_DecRef(ptr %made)
  br label %none
none:
  ret ptr null
}}"""
