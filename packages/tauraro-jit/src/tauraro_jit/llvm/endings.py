"""The ends of objects, in LLVM IR: functions of a region's module.

    look(object, depth)      whether no code of the program runs when it ends
    drop(object, depth)      drop a reference, if no such code runs by that
    settle(area, count)      drop the references that a region has noted first

Numbers and strings just end; lists and tuples, and instances of the classes that the region knows
(`Function.endings`), with what they hold. Of an instance that another object holds it is enough to
know the class: what it holds may end before the next round of the loop, then the host does it.
"""

from __future__ import annotations

import sys

from ..layout.instances import FIRST_NAME, NAMED, NAMED_INSIDE, ROOM_INSIDE
from .host import IMMORTAL, LIST_ITEMS, SIZE, TUPLE_ITEMS, TYPE, api
from .instances import layout, values_at
from .plain import need_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..layout.instances import Ending
    from .emit import Emitter

DEEPEST = 40
"""Objects within objects that are released here."""

COLLECTS = sys.version_info < (3, 12)
"""Whether making an object may collect garbage, which runs finalizers."""

ENOUGH = 1 << 16
"""Instances that are made before the host may collect garbage."""

PLAIN: tuple[type, ...] = (int, float, bool, str, type(None))
"""Types whose destruction runs nothing else."""


# --- looking


LOOK_HEAD = "define internal zeroext i1 @look(ptr %object, i64 %depth) nounwind"


def look(e: Emitter) -> None:
    """Whether an object is plain, a list or tuple of such, or an instance."""
    e.helper("look_place", LOOK_PLACE_HEAD, lambda: look_at_place(e))
    e.start("entry")
    kind = e.field("%object", TYPE, "ptr")
    for number, plain in enumerate(PLAIN):
        e.line(f"br i1 {is_type(e, kind, plain)}, label %good, label %other{number}")
        e.start(f"other{number}")
    for_instances(e, kind, look_at_instance)
    open_items(e, kind, "good")
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


def open_items(e: Emitter, kind: str, end: str) -> None:
    """%items and %size of a list or tuple that is not too deep, and on to `head`; or `bad`. A dict
    or set of plain objects goes to the label `end`."""
    e.line(f"br i1 {is_type(e, kind, list)}, label %list, label %no_list")
    e.start("list")
    items = e.field("%object", LIST_ITEMS, "ptr")
    e.line("br label %open")
    e.start("no_list")
    e.line(f"br i1 {is_type(e, kind, tuple)}, label %tuple, label %table")
    e.start("table")  # a dict or set, perhaps
    need_plain(e)
    plain = e.emit("call zeroext i1 @plain(ptr %object, i64 0)")
    e.line(f"br i1 {plain}, label %{end}, label %bad")
    e.start("tuple")
    inside = e.address("%object", TUPLE_ITEMS)
    e.line("br label %open")
    e.start("open")
    e.line(f"%items = phi ptr [ {items}, %list ], [ {inside}, %tuple ]")
    e.line(f"%size = load i64, ptr {e.address('%object', SIZE)}")
    e.line(f"br i1 {e.emit(f'icmp sgt i64 %depth, {DEEPEST}')}, label %bad, label %head")


DROP_HEAD = "define internal zeroext i1 @drop(ptr %object, i64 %depth) nounwind"
SETTLE_HEAD = "define internal zeroext i1 @settle(ptr %area, i64 %count) nounwind"


def drop(e: Emitter) -> None:
    """Drop a reference. What a list, tuple or instance holds that ends is dropped one by one. False
    where that may run code of the program: what is left is for the host to drop."""
    e.helper("drop_place", DROP_PLACE_HEAD, lambda: drop_place(e))
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
    for_instances(e, kind, drop_instance)
    open_items(e, kind, "end")
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
    """Drop the first `count` references of an area. True if some had to be kept, or the garbage
    collector has waited for long."""
    e.start("entry")
    total = e.emit("load i64, ptr %area")
    weight = e.emit("getelementptr i64, ptr %area, i64 1")
    entries = e.emit("getelementptr i64, ptr %area, i64 2")
    before = e.emit(f"load i64, ptr {weight}")
    e.line(f"store i64 {e.emit(f'and i64 {before}, {-(1 << 32)}')}, ptr {weight}")
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
    enough = e.emit(f"icmp uge i64 {before}, {ENOUGH << 32}")
    e.line(f"ret i1 {e.emit(f'or i1 %stuck, {enough}')}")


# --- instances


def for_instances(e: Emitter, kind: str, write: Callable[[Emitter, Ending], None]) -> None:
    """Tests for the classes of `endings`, and what is done with their instances. It goes on to
    `good` or `end`, or `bad`."""
    for number, (cls, ending) in enumerate(e.function.endings):
        e.line(
            f"br i1 {e.emit(f'icmp eq ptr {kind}, {e.pointer(id(cls))}')}, "
            f"label %instance{number}, label %no_instance{number}"
        )
        e.start(f"instance{number}")
        if ending.weak:
            references = e.field("%object", ending.weak, "ptr")
            go_on(e, e.emit(f"icmp eq ptr {references}, null"))
        write(e, ending)
        e.start(f"no_instance{number}")


def go_on(e: Emitter, condition: str) -> None:
    """Go on in a new block, or to `bad`."""
    label = e.fresh_label()
    e.line(f"br i1 {condition}, label %{label}, label %bad")
    e.start(label)


def look_at_instance(e: Emitter, ending: Ending) -> None:
    outermost = e.fresh_label()
    e.line(f"br i1 {e.emit('icmp eq i64 %depth, 0')}, label %{outermost}, label %good")
    e.start(outermost)
    if ending.has_values:
        e.helper("look_values", LOOK_VALUES_HEAD, lambda: each_value(e, "look_place", "i64 0"))
        go_on(e, e.emit("call zeroext i1 @look_values(ptr %object, i64 0)"))
    for slot in ending.slots:
        place = e.address("%object", slot)
        go_on(e, e.emit(f"call zeroext i1 @look_place(ptr {place}, i64 0)"))
    e.line("br label %good")


def drop_instance(e: Emitter, ending: Ending) -> None:
    go_on(e, e.emit(f"icmp sle i64 %depth, {DEEPEST}"))
    if ending.has_values:
        e.helper("drop_values", DROP_VALUES_HEAD, lambda: each_value(e, "drop_place", "i64 %depth"))
        go_on(e, e.emit("call zeroext i1 @drop_values(ptr %object, i64 %depth)"))
    for slot in ending.slots:
        place = e.address("%object", slot)
        go_on(e, e.emit(f"call zeroext i1 @drop_place(ptr {place}, i64 %depth)"))
    e.line("br label %end")


LOOK_PLACE_HEAD = "define internal zeroext i1 @look_place(ptr %place, i64 %depth) nounwind"
DROP_PLACE_HEAD = "define internal zeroext i1 @drop_place(ptr %place, i64 %depth) nounwind"
LOOK_VALUES_HEAD = "define internal zeroext i1 @look_values(ptr %object, i64 %depth) nounwind"
DROP_VALUES_HEAD = "define internal zeroext i1 @drop_values(ptr %object, i64 %depth) nounwind"


def look_at_place(e: Emitter) -> None:
    """Whether no code of the program runs when an instance that ends drops what is here."""
    item = open_place(e)
    width = "i32" if IMMORTAL else "i64"
    count = e.emit(f"load {width}, ptr {item}")
    e.line(f"br i1 {e.emit(f'icmp eq {width} {count}, 1')}, label %last, label %good")
    e.start("last")
    e.line(f"ret i1 {e.emit(f'call zeroext i1 @look(ptr {item}, i64 1)')}")
    e.start("good")
    e.line("ret i1 true")


def drop_place(e: Emitter) -> None:
    """Drop what is here, if that runs no code of the program."""
    item = open_place(e)
    e.line("store ptr null, ptr %place")
    deeper = e.emit("add i64 %depth, 1")
    good = e.emit(f"call zeroext i1 @drop(ptr {item}, i64 {deeper})")
    e.line(f"br i1 {good}, label %good, label %kept")
    e.start("kept")
    e.line(f"store ptr {item}, ptr %place")
    e.line("ret i1 false")
    e.start("good")
    e.line("ret i1 true")


def open_place(e: Emitter) -> str:
    """What is at %place; `good` if that is nothing."""
    e.start("entry")
    item = e.emit("load ptr, ptr %place")
    e.line(f"br i1 {e.emit(f'icmp eq ptr {item}, null')}, label %good, label %some")
    e.start("some")
    return item


def each_value(e: Emitter, function: str, depth: str) -> None:
    """Call a function for the place of each attribute of an instance, as long as that is true.
    False if they are in a dict."""
    e.start("entry")
    there, place, distance = values_at(e, "%object")
    e.line(f"br i1 {there}, label %open, label %bad")
    e.start("open")
    values = e.address(place, distance)
    if layout().valid is None:
        count, first, step = e.field(values, NAMED, "i8"), e.address(values, FIRST_NAME), -1
    else:
        count = e.field(values, NAMED_INSIDE, "i8")
        room = e.emit(f"zext i8 {e.field(values, ROOM_INSIDE, 'i8')} to i64")
        first, step = e.emit(f"getelementptr ptr, ptr {values}, i64 {room}"), 1
    total = e.emit(f"zext i8 {count} to i64")
    e.line("br label %head")
    e.start("head")
    e.line("%k = phi i64 [ 0, %open ], [ %next, %round ]")
    e.line(f"br i1 {e.emit(f'icmp slt i64 %k, {total}')}, label %round, label %good")
    e.start("round")
    e.line("%next = add i64 %k, 1")
    entry = e.emit(f"getelementptr i8, ptr {first}, i64 {e.emit(f'mul i64 %k, {step}')}")
    number = e.emit(f"zext i8 {e.emit(f'load i8, ptr {entry}')} to i64")
    value = e.emit(f"getelementptr ptr, ptr {values}, i64 {number}")
    good = e.emit(f"call zeroext i1 @{function}(ptr {value}, {depth})")
    e.line(f"br i1 {good}, label %head, label %bad")
    e.start("good")
    e.line("ret i1 true")
    e.start("bad")
    e.line("ret i1 false")
