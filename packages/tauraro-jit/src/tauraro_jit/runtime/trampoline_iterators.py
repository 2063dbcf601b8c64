"""LLVM IR of the trampoline, continued: iterators.

    read_iterator, write_iterator, make_iterator    iterator <-> slots
"""

from __future__ import annotations

from ..layout import offsets as at
from ..layout.offsets import Offsets
from ..native.region import IteratorKind
from .table import ENUMERATED, ITERATORS
from .trampoline_values import load, store

DECLARATIONS = """
declare ptr @PyObject_GetIter(ptr)
declare ptr @_PyObject_New(ptr)
declare ptr @PyObject_CallFunctionObjArgs(ptr, ...)
@PyRangeIter_Type = external global i8
@PyListIter_Type = external global i8
@PyTupleIter_Type = external global i8
@PyEnum_Type = external global i8
"""


def iterator_functions(offsets: Offsets) -> list[str]:
    """The functions of this file, and what they call."""
    return [
        DECLARATIONS,
        _read_iterator(offsets),
        _write_iterator(offsets),
        _make_iterator(offsets),
    ]


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
    return f"""
define internal i1 @read_iterator(ptr %iterator, i64 %kind, ptr %slot) {{
{load("%references", "%iterator", at.REFERENCES, "i32")}
{load("%type", "%iterator", at.TYPE, "ptr")}
  %is_alone = icmp eq i32 %references, 1
  br i1 %is_alone, label %alone, label %bad
alone:
  %slot1 = getelementptr i64, ptr %slot, i64 1
  %slot2 = getelementptr i64, ptr %slot, i64 2
  %is_enumerated = icmp sgt i64 %kind, {ENUMERATED}
  br i1 %is_enumerated, label %enumerated, label %plain
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
  %is_read = call i1 @read_iterator(ptr %inner, i64 %inner_kind, ptr %slot1)
  ret i1 %is_read
plain:
  switch i64 %kind, label %bad [
    i64 {ITERATORS[IteratorKind.RANGE]}, label %range
    i64 {ITERATORS[IteratorKind.LIST]}, label %list
    i64 {ITERATORS[IteratorKind.TUPLE]}, label %tuple
  ]
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
  %is_enumerated = icmp sgt i64 %kind, {ENUMERATED}
  br i1 %is_enumerated, label %enumerated, label %plain
enumerated:
  %number = load i64, ptr %slot
{store("%iterator", at.ENUMERATE_NUMBER, "i64 %number")}
{load("%inner", "%iterator", at.ENUMERATE_ITERATOR, "ptr")}
  %inner_kind = sub i64 %kind, {ENUMERATED}
  call void @write_iterator(ptr %inner, i64 %inner_kind, ptr %slot1)
  ret void
plain:
  %is_range = icmp eq i64 %kind, {ITERATORS[IteratorKind.RANGE]}
  br i1 %is_range, label %range, label %sequence
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
    return f"""
define internal ptr @make_iterator(i64 %kind, ptr %slot) {{
  %is_enumerated = icmp sgt i64 %kind, {ENUMERATED}
  br i1 %is_enumerated, label %enumerated, label %plain
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
  %is_range = icmp eq i64 %kind, {ITERATORS[IteratorKind.RANGE]}
  br i1 %is_range, label %range, label %sequence
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
  %iterator = call ptr @PyObject_GetIter(ptr %items)
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
