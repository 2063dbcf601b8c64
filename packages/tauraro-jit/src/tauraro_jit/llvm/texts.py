"""New strings, in LLVM IR. The host's own functions make them."""

from __future__ import annotations

import ctypes
from functools import cache

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import strings as at
from .host import IMMORTAL, api
from .lists import area, box_float, box_int
from .owned import made, note
from .stores import check_memory, release
from .strings import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


_words: list[ctypes.c_int64] = []


def new_text(e: Emitter, o: Operation, r: str, call: str) -> None:
    """A new string, with its weight. Strings are no garbage collector's business."""
    e.line(f"{r} = {call}")
    check_memory(e, o, r)
    note(e, r)
    place = area(e, 1)
    size = e.field(r, at.SIZE, "i64")
    before = e.emit(f"load i64, ptr {place}")
    e.line(f"store i64 {e.emit(f'add i64 {before}, {size}')}, ptr {place}")


def concat(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    new_text(e, o, r, f"call ptr {e.static(api('PyUnicode_Concat'))}(ptr {a[0]}, ptr {a[1]})")


def repeat(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    new_text(e, o, r, f"call ptr {e.static(api('PySequence_Repeat'))}(ptr {a[0]}, i64 {a[1]})")


def part(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    function = e.static(api("PyUnicode_Substring"))
    new_text(e, o, r, f"call ptr {function}(ptr {a[0]}, i64 {a[1]}, i64 {a[2]})")


def join(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    new_text(e, o, r, f"call ptr {e.static(api('PyUnicode_Join'))}(ptr {a[0]}, ptr {a[1]})")


def append(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    head = "define internal ptr @str_append(ptr %area, ptr %text, ptr %more, i1 %alone) nounwind"
    e.helper("str_append", head, lambda: write_append(e))
    e.line(f"{r} = call ptr @str_append(ptr {area(e, 0)}, ptr {a[0]}, ptr {a[1]}, i1 {a[2]})")
    check_memory(e, o, r)


@cache
def found_last() -> int:
    """The address of a word: the number of the note that was found the last time. What is made
    besides comes behind it."""
    word = ctypes.c_int64()
    _words.append(word)
    return ctypes.addressof(word)


def write_append(e: Emitter) -> None:
    """The body of a function: a string that only the notes hold grows in place, where the host can
    do so; else a new one is noted."""
    width = "i32" if IMMORTAL else "i64"
    last = e.pointer(found_last())
    e.lines += lines_of(f"""
  %total = load i64, ptr %area
  %entries = getelementptr i64, ptr %area, i64 2
  br i1 %alone, label %count, label %new
count:
  %references = load {width}, ptr %text
  %is_single = icmp eq {width} %references, 1
  br i1 %is_single, label %try, label %new
try:
  %last = load i64, ptr {last}
  %is_note = icmp ult i64 %last, %total
  br i1 %is_note, label %compare, label %look
compare:
  %last_entry = getelementptr ptr, ptr %entries, i64 %last
  %last_found = load ptr, ptr %last_entry
  %is_last = icmp eq ptr %last_found, %text
  br i1 %is_last, label %grow, label %look
look:
  %k = phi i64 [ %total, %try ], [ %total, %compare ], [ %before, %other ]
  %is_some = icmp sgt i64 %k, 0
  br i1 %is_some, label %other, label %new
other:
  %before = sub i64 %k, 1
  %next_entry = getelementptr ptr, ptr %entries, i64 %before
  %found = load ptr, ptr %next_entry
  %is_it = icmp eq ptr %found, %text
  br i1 %is_it, label %note, label %look
note:
  store i64 %before, ptr {last}
  br label %grow
grow:
  %entry = phi ptr [ %last_entry, %compare ], [ %next_entry, %note ]
  call void {e.static(api("PyUnicode_Append"))}(ptr %entry, ptr %more)
  %grown = load ptr, ptr %entry
  ret ptr %grown
new:
  %both = call ptr {e.static(api("PyUnicode_Concat"))}(ptr %text, ptr %more)
  %is_missing = icmp eq ptr %both, null
  br i1 %is_missing, label %done, label %keep
keep:
  %place = getelementptr ptr, ptr %entries, i64 %total
  store ptr %both, ptr %place
  %more_notes = add i64 %total, 1
  store i64 %more_notes, ptr %area
  %size_at = getelementptr i8, ptr %both, i64 {at.SIZE}
  %size = load i64, ptr %size_at
  %weight_at = getelementptr i64, ptr %area, i64 1
  %weight = load i64, ptr %weight_at
  %heavier = add i64 %weight, %size
  store i64 %heavier, ptr %weight_at
  br label %done
done:
  ret ptr %both""")


def character(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The host has one string each of the characters of Latin-1."""
    code = e.emit(f"trunc i64 {a[0]} to i32")
    new_text(e, o, r, f"call ptr {e.static(api('PyUnicode_FromOrdinal'))}(i32 {code})")


def format_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    formatted(e, o, box_int(e, o, a[0]), a[1], r)


def format_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    formatted(e, o, box_float(e, o, a[0]), a[1], r)


def formatted(e: Emitter, o: Operation, box: str, how: str, r: str) -> None:
    """The text of a number in a box of ours, which is dropped."""
    found = e.emit(f"call ptr {e.static(api('PyObject_Format'))}(ptr {box}, ptr {how})")
    release(e, box)
    check_memory(e, o, found)
    note(e, found)
    e.line(f"{r} = getelementptr i8, ptr {found}, i64 0")


def format_text(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    new_text(e, o, r, f"call ptr {e.static(api('PyObject_Format'))}(ptr {a[0]}, ptr {a[1]})")


def new_box(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    box = box_int(e, o, a[0])
    note(e, box)
    e.line(f"{r} = getelementptr i8, ptr {box}, i64 0")


def new_float_box(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    box = box_float(e, o, a[0])
    note(e, box)
    e.line(f"{r} = getelementptr i8, ptr {box}, i64 0")


def call(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    given = ", ".join(f"ptr {argument}" for argument in (*a, "null"))
    made(e, o, r, f"call ptr (ptr, ...) {e.static(api('PyObject_CallFunctionObjArgs'))}({given})")


# --- reading


def compare(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    order = e.emit(f"call i32 {e.static(api('PyUnicode_Compare'))}(ptr {a[0]}, ptr {a[1]})")
    e.line(f"{r} = sext i32 {order} to i64")


def has(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    found = e.emit(f"call i32 {e.static(api('PyUnicode_Contains'))}(ptr {a[0]}, ptr {a[1]})")
    truth_of(e, o, e.emit(f"sext i32 {found} to i64"), r)


def matches(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    way = e.emit(f"trunc i64 {a[2]} to i32")
    size = e.field(a[0], at.SIZE, "i64")
    given = f"ptr {a[0]}, ptr {a[1]}, i64 0, i64 {size}, i32 {way}"
    truth_of(e, o, e.emit(f"call i64 {e.static(api('PyUnicode_Tailmatch'))}({given})"), r)


def truth_of(e: Emitter, o: Operation, found: str, r: str) -> None:
    """Whether a function of the host said 1, and not 0; it says -1 where memory has run out."""
    check_memory(e, o, e.emit(f"inttoptr i64 {e.emit(f'add i64 {found}, 1')} to ptr"))
    e.line(f"{r} = icmp eq i64 {found}, 1")


def to_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Through an int of the host."""
    kind = "{ i64, i1 }"
    head = f"define internal {kind} @text_to_int(ptr %text) noinline nounwind"
    e.helper("text_to_int", head, lambda: write_to_int(e))
    both = e.emit(f"call {kind} @text_to_int(ptr {a[0]})")
    e.line(f"{r} = extractvalue {kind} {both}, 0")
    assert o.exit is not None
    e.leave_unless(e.emit(f"extractvalue {kind} {both}, 1"), o.exit)


def write_to_int(e: Emitter) -> None:
    """The body of a function: the number, and whether there is one of 64 bits."""
    e.lines += lines_of(f"""
  %overflow = alloca i32
  %box = call ptr {e.static(api("PyLong_FromUnicodeObject"))}(ptr %text, i32 10)
  %is_missing = icmp eq ptr %box, null
  br i1 %is_missing, label %bad, label %made
made:
  %value = call i64 {e.static(api("PyLong_AsLongLongAndOverflow"))}(ptr %box, ptr %overflow)
  call void {e.static(api("Py_DecRef"))}(ptr %box)
  %over = load i32, ptr %overflow
  %fits = icmp eq i32 %over, 0
  %first = insertvalue {{ i64, i1 }} poison, i64 %value, 0
  %both = insertvalue {{ i64, i1 }} %first, i1 %fits, 1
  ret {{ i64, i1 }} %both
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret {{ i64, i1 }} zeroinitializer""")


def to_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    box = e.emit(f"call ptr {e.static(api('PyFloat_FromString'))}(ptr {a[0]})")
    check_memory(e, o, box)
    e.line(f"{r} = call double {e.static(api('PyFloat_AsDouble'))}(ptr {box})")
    release(e, box)


EMITTERS = {
    Op.STR_CONCAT_CHECKED: concat,
    Op.STR_REPEAT_CHECKED: repeat,
    Op.STR_PART_CHECKED: part,
    Op.STR_JOIN_CHECKED: join,
    Op.STR_APPEND: append,
    Op.CHARACTER_TEXT_CHECKED: character,
    Op.FORMAT_INT_CHECKED: format_int,
    Op.FORMAT_FLOAT_CHECKED: format_float,
    Op.FORMAT_TEXT_CHECKED: format_text,
    Op.BOX_INT_CHECKED: new_box,
    Op.BOX_FLOAT_CHECKED: new_float_box,
    Op.TEXT_CALL1_CHECKED: call,
    Op.TEXT_CALL2_CHECKED: call,
    Op.TEXT_CALL3_CHECKED: call,
    Op.STR_COMPARE: compare,
    Op.STR_HAS_CHECKED: has,
    Op.STR_MATCHES_CHECKED: matches,
    Op.TEXT_TO_INT_CHECKED: to_int,
    Op.TEXT_TO_FLOAT_CHECKED: to_float,
}
