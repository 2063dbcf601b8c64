"""Objects that a region makes, in LLVM IR, and the references that it owns.

What a region makes, and lists that it takes out of other lists, it owns: the references stand in
the slots from `Function.owned` on (their number, their weight in bytes, then they themselves), and
the runtime drops them when the region has been left. In between `release` drops them, but nothing
whose destruction may run code of the program.
"""

from __future__ import annotations

import sys

from ..ir.graph import Operation
from .host import IMMORTAL, LIST_ITEMS, SIZE, TUPLE_ITEMS, TYPE, api
from .lists import append, area, box_bool, box_float, box_int, retain, shrink, weigh
from .stores import check_memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

MOST = 32
"""References from which on `release` is due."""

WEIGHT = 1 << 17
"""Bytes from which on it is due."""

DEEPEST = 40
"""Lists within lists that are released here."""

COLLECTS = sys.version_info < (3, 12)
"""Whether making a list may collect garbage, which runs finalizers."""

PLAIN: tuple[type, ...] = (int, float, bool, str, type(None))
"""Types whose destruction runs nothing else."""


def note(e: Emitter, found: str) -> None:
    """Note a reference that is owned from now on."""
    place = area(e, 0)
    count = e.emit(f"load i64, ptr {place}")
    entry = e.emit(f"getelementptr i64, ptr {area(e, 2)}, i64 {count}")
    e.line(f"store ptr {found}, ptr {entry}")
    e.line(f"store i64 {e.emit(f'add i64 {count}, 1')}, ptr {place}")


def made(e: Emitter, o: Operation, r: str, call: str) -> None:
    """A new object; the garbage collector must wait."""
    if COLLECTS:
        was_on = e.emit(f"call i32 {e.static(api('PyGC_Disable'))}()")
    e.line(f"{r} = {call}")
    if COLLECTS:
        on, done = e.fresh_label(), e.fresh_label()
        e.line(f"br i1 {e.emit(f'icmp ne i32 {was_on}, 0')}, label %{on}, label %{done}")
        e.start(on)
        e.emit(f"call i32 {e.static(api('PyGC_Enable'))}()")
        e.line(f"br label %{done}")
        e.start(done)
    check_memory(e, o, r)
    note(e, r)


def new_list(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyList_New'))}(i64 0)")


def list_part(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    part(e, o, a, r, "PyList_GetSlice")


def tuple_part(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    part(e, o, a, r, "PyTuple_GetSlice")


def part(e: Emitter, o: Operation, a: list[str], r: str, function: str) -> None:
    made(e, o, r, f"call ptr {e.static(api(function))}(ptr {a[0]}, i64 {a[1]}, i64 {a[2]})")
    weigh(e, e.emit(f"sub i64 {a[2]}, {a[1]}"))


def to_list(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PySequence_List'))}(ptr {a[0]})")
    weigh(e, e.field(r, SIZE, "i64"))


def to_tuple(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyList_AsTuple'))}(ptr {a[0]})")


def concat(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PySequence_Concat'))}(ptr {a[0]}, ptr {a[1]})")
    weigh(e, e.field(r, SIZE, "i64"))


def stride(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyObject_GetItem'))}(ptr {a[0]}, ptr {a[1]})")
    weigh(e, e.field(r, SIZE, "i64"))


# --- [x] * n


def repeat_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    repeat(e, o, box_int(e, o, a[0]), a[1], r)


def repeat_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    repeat(e, o, box_float(e, o, a[0]), a[1], r)


def repeat_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    repeat(e, o, box_bool(e, a[0]), a[1], r)


def repeat(e: Emitter, o: Operation, box: str, count: str, r: str) -> None:
    """A list of `count` references to a box of which we have one. The host does it itself, from a
    list of one."""
    e.helper(
        "repeat", "define internal ptr @repeat(ptr %box, i64 %count) nounwind", lambda: body(e)
    )
    made(e, o, r, f"call ptr @repeat(ptr {box}, i64 {count})")
    weigh(e, count)


def body(e: Emitter) -> None:
    release = f"call void {e.static(api('Py_DecRef'))}"
    one = e.emit(f"call ptr {e.static(api('PyList_New'))}(i64 1)")
    e.line(f"br i1 {e.emit(f'icmp eq ptr {one}, null')}, label %none, label %some")
    e.start("some")
    items = e.field(one, LIST_ITEMS, "ptr")
    e.line(f"store ptr %box, ptr {items}")
    many = e.emit(f"call ptr {e.static(api('PySequence_Repeat'))}(ptr {one}, i64 %count)")
    e.line(f"{release}(ptr {one})")
    e.line(f"ret ptr {many}")
    e.start("none")
    e.line(f"{release}(ptr %box)")
    e.line("ret ptr null")


# --- items


def append_object(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    retain(e, a[1])
    append(e, o, a[0], a[1])


def put(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """What is replaced is released later."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    retain(e, a[2])
    e.line(f"store ptr {a[2]}, ptr {place}")
    note(e, old)


def take(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The last item of a list. Its place is as good as free: the host takes back memory when less
    than half is used, so a number takes the place, and goes as numbers do."""
    items = e.field(a[0], LIST_ITEMS, "ptr")
    place = e.emit(f"getelementptr ptr, ptr {items}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    true = e.static(id(True))
    if not IMMORTAL:
        retain(e, true)
    e.line(f"store ptr {true}, ptr {place}")
    note(e, old)
    shrink(e, o, a, r)


# --- what is owned


def due(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    many = e.emit(f"icmp uge i64 {e.emit(f'load i64, ptr {area(e, 0)}')}, {MOST}")
    heavy = e.emit(f"icmp uge i64 {e.emit(f'load i64, ptr {area(e, 1)}')}, {WEIGHT}")
    e.line(f"{r} = or i1 {many}, {heavy}")


def owned(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = load i64, ptr {area(e, 0)}")


def own(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    some, done = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {a[0]}, null')}, label %{done}, label %{some}")
    e.start(some)
    retain(e, a[0])
    note(e, a[0])
    e.line(f"br label %{done}")
    e.start(done)


def is_harmless(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Whether an object has more references, or consists of plain objects, and lists and tuples of
    them."""
    e.helper("look", LOOK_HEAD, lambda: look(e))
    shared, alone, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    count = e.emit(f"load {'i32' if IMMORTAL else 'i64'}, ptr {a[0]}")
    if IMMORTAL:  # these are negative
        count = e.emit(f"zext i32 {count} to i64")
    e.line(f"br i1 {e.emit(f'icmp sle i64 {count}, {a[1]}')}, label %{alone}, label %{shared}")
    e.start(alone)
    found = e.emit(f"call zeroext i1 @look(ptr {a[0]}, i64 0)")
    e.line(f"br label %{done}")
    e.start(shared)
    e.line(f"br label %{done}")
    e.start(done)
    e.line(f"{r} = phi i1 [ {found}, %{alone} ], [ true, %{shared} ]")


LOOK_HEAD = "define internal zeroext i1 @look(ptr %object, i64 %depth) nounwind"


def look(e: Emitter) -> None:
    """Whether an object is plain, or a list or tuple of such."""
    e.start("entry")
    kind = e.field("%object", TYPE, "ptr")
    for number, plain in enumerate(PLAIN):
        e.line(f"br i1 {is_type(e, kind, plain)}, label %good, label %other{number}")
        e.start(f"other{number}")
    open_items(e, kind)
    e.start("head")
    e.line("%k = phi i64 [ 0, %open ], [ %next, %some ]")
    e.line(f"br i1 {e.emit('icmp slt i64 %k, %size')}, label %some, label %good")
    e.start("some")
    item = e.emit(f"load ptr, ptr {e.emit('getelementptr ptr, ptr %items, i64 %k')}")
    e.line("%next = add i64 %k, 1")
    deeper = e.emit("add i64 %depth, 1")
    good = e.emit(f"call zeroext i1 @look(ptr {item}, i64 {deeper})")
    e.line(f"br i1 {good}, label %head, label %bad")
    e.start("good")
    e.line("ret i1 true")
    e.start("bad")
    e.line("ret i1 false")


def open_items(e: Emitter, kind: str) -> None:
    """%items and %size of a list or tuple that is not too deep, and on to `head`; or `bad`."""
    e.line(f"br i1 {is_type(e, kind, list)}, label %list, label %no_list")
    e.start("list")
    items = e.field("%object", LIST_ITEMS, "ptr")
    e.line("br label %open")
    e.start("no_list")
    e.line(f"br i1 {is_type(e, kind, tuple)}, label %tuple, label %bad")
    e.start("tuple")
    inside = e.address("%object", TUPLE_ITEMS)
    e.line("br label %open")
    e.start("open")
    e.line(f"%items = phi ptr [ {items}, %list ], [ {inside}, %tuple ]")
    e.line(f"%size = load i64, ptr {e.address('%object', SIZE)}")
    e.line(f"br i1 {e.emit(f'icmp sgt i64 %depth, {DEEPEST}')}, label %bad, label %head")


def release(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Drop the first references; those that are kept move down."""
    e.helper("drop", DROP_HEAD, lambda: drop(e))
    e.helper("settle", SETTLE_HEAD, lambda: settle(e))
    e.line(f"{r} = call zeroext i1 @settle(ptr {area(e, 0)}, i64 {a[0]})")


DROP_HEAD = "define internal zeroext i1 @drop(ptr %object, i64 %depth) nounwind"
SETTLE_HEAD = "define internal zeroext i1 @settle(ptr %area, i64 %count) nounwind"


def drop(e: Emitter) -> None:
    """Drop a reference. The items of a list or tuple that ends are dropped one by one. False where
    that may run code of the program: what is left is for the host to drop."""
    width = "i32" if IMMORTAL else "i64"
    e.start("entry")
    count = e.emit(f"load {width}, ptr %object")
    if IMMORTAL:
        e.line(f"br i1 {e.emit(f'icmp slt i32 {count}, 0')}, label %good, label %counted")
        e.start("counted")
    e.line(f"br i1 {e.emit(f'icmp eq {width} {count}, 1')}, label %last, label %shared")
    e.start("shared")
    e.line(f"store {width} {e.emit(f'sub {width} {count}, 1')}, ptr %object")
    e.line("br label %good")
    e.start("last")
    kind = e.field("%object", TYPE, "ptr")
    for number, plain in enumerate(PLAIN):
        e.line(f"br i1 {is_type(e, kind, plain)}, label %end, label %other{number}")
        e.start(f"other{number}")
    open_items(e, kind)
    e.start("head")
    e.line("%k = phi i64 [ 0, %open ], [ %next, %dropped ], [ %next, %round ]")
    e.line(f"br i1 {e.emit('icmp slt i64 %k, %size')}, label %round, label %end")
    e.start("round")
    place = e.emit("getelementptr ptr, ptr %items, i64 %k")
    item = e.emit(f"load ptr, ptr {place}")
    e.line("%next = add i64 %k, 1")
    e.line(f"br i1 {e.emit(f'icmp eq ptr {item}, null')}, label %head, label %some")
    e.start("some")
    e.line(f"store ptr null, ptr {place}")
    deeper = e.emit("add i64 %depth, 1")
    good = e.emit(f"call zeroext i1 @drop(ptr {item}, i64 {deeper})")
    e.line(f"br i1 {good}, label %dropped, label %kept")
    e.start("dropped")
    e.line("br label %head")
    e.start("kept")
    e.line(f"store ptr {item}, ptr {place}")
    e.line("br label %bad")
    e.start("end")
    e.line(f"store {width} 0, ptr %object")
    e.line(f"call void {e.static(api('_Py_Dealloc'))}(ptr %object)")
    e.line("br label %good")
    e.start("good")
    e.line("ret i1 true")
    e.start("bad")
    e.line("ret i1 false")


def is_type(e: Emitter, kind: str, wanted: type) -> str:
    """Whether a type is this one."""
    return e.emit(f"icmp eq ptr {kind}, {e.static(id(wanted))}")


def settle(e: Emitter) -> None:
    """Drop the first `count` references of an area. True if some had to be kept."""
    e.start("entry")
    total = e.emit("load i64, ptr %area")
    weight = e.emit("getelementptr i64, ptr %area, i64 1")
    entries = e.emit("getelementptr i64, ptr %area, i64 2")
    e.line(f"store i64 0, ptr {weight}")
    e.line("br label %head")
    e.start("head")
    e.line("%k = phi i64 [ 0, %entry ], [ %next, %gone ], [ %next, %kept ]")
    e.line("%left = phi i64 [ 0, %entry ], [ %left, %gone ], [ %more, %kept ]")
    e.line("%stuck = phi i1 [ false, %entry ], [ %stuck, %gone ], [ %stays, %kept ]")
    e.line(f"br i1 {e.emit(f'icmp slt i64 %k, {total}')}, label %round, label %done")
    e.start("round")
    entry = e.emit(f"getelementptr ptr, ptr {entries}, i64 %k")
    found = e.emit(f"load ptr, ptr {entry}")
    e.line("%next = add i64 %k, 1")
    e.line(f"br i1 {e.emit('icmp slt i64 %k, %count')}, label %old, label %kept")
    e.start("old")
    good = e.emit(f"call zeroext i1 @drop(ptr {found}, i64 0)")
    e.line(f"br i1 {good}, label %gone, label %kept")
    e.start("gone")
    e.line("br label %head")
    e.start("kept")
    e.line("%still = phi i1 [ false, %round ], [ true, %old ]")
    e.line("%stays = or i1 %stuck, %still")
    e.line(f"store ptr {found}, ptr {e.emit(f'getelementptr ptr, ptr {entries}, i64 %left')}")
    e.line("%more = add i64 %left, 1")
    e.line("br label %head")
    e.start("done")
    e.line("store i64 %left, ptr %area")
    e.line("ret i1 %stuck")
