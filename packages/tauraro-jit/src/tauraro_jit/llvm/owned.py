"""Objects that a region makes, in LLVM IR, and the references that it owns.

What a region makes, and lists that it takes out of other lists, it owns: the references stand in
the slots from `Function.owned` on (their number, their weight in bytes, then they themselves), and
the runtime drops them when the region has been left. In between `release` drops them, but nothing
whose destruction may run code of the program.
"""

from __future__ import annotations

from ..ir.graph import Operation
from .endings import COLLECTS, DROP_HEAD, LOOK_HEAD, SETTLE_HEAD, drop, look, settle
from .host import IMMORTAL, LIST_ITEMS, SIZE, api
from .lists import append, area, box_bool, box_float, box_int, retain, shrink, weigh
from .stores import check_memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

MOST = 32
"""References from which on `release` is due."""

WEIGHT = 1 << 17
"""Bytes from which on it is due."""


def note(e: Emitter, found: str) -> None:
    """Note a reference that is owned from now on."""
    place = area(e, 0)
    count = e.emit(f"load i64, ptr {place}")
    entry = e.emit(f"getelementptr i64, ptr {area(e, 2)}, i64 {count}")
    e.line(f"store ptr {found}, ptr {entry}")
    e.line(f"store i64 {e.emit(f'add i64 {count}, 1')}, ptr {place}")


def note_replaced(e: Emitter, old: str) -> None:
    """Note what was taken out of a list. If it may be an instance it is dropped where the loop
    comes round."""
    note(e, old)
    if e.function.endings:
        make_due(e)


def make_due(e: Emitter) -> None:
    """Something is to be dropped where the loop comes round."""
    place = area(e, 1)
    weight = e.emit(f"load i64, ptr {place}")
    e.line(f"store i64 {e.emit(f'or i64 {weight}, {WEIGHT}')}, ptr {place}")


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
    note_replaced(e, old)


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
    note_replaced(e, old)
    shrink(e, o, a, r)


# --- what is owned


def due(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    many = e.emit(f"icmp uge i64 {e.emit(f'load i64, ptr {area(e, 0)}')}, {MOST}")
    weight = e.emit(f"and i64 {e.emit(f'load i64, ptr {area(e, 1)}')}, {(1 << 32) - 1}")
    heavy = e.emit(f"icmp uge i64 {weight}, {WEIGHT}")
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


def release(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Drop the first references; those that are kept move down."""
    e.helper("drop", DROP_HEAD, lambda: drop(e))
    e.helper("settle", SETTLE_HEAD, lambda: settle(e))
    e.line(f"{r} = call zeroext i1 @settle(ptr {area(e, 0)}, i64 {a[0]})")
