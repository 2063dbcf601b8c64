"""Lists that grow and shrink, in LLVM IR."""

from __future__ import annotations

from ..ir.graph import Operation
from .host import (
    IMMORTAL,
    LIST_ALLOCATED,
    LIST_ITEMS,
    SIZE,
    SMALL_INT_SIZE,
    SMALL_INTS,
    api,
    small_ints,
)
from .stores import check_memory, release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


BYTES = 32
"""What an item of a list takes, about, with its box."""


def area(e: Emitter, word: int) -> str:
    """The address of a word of the notes."""
    return e.emit(f"getelementptr i64, ptr %slots, i64 {e.function.owned + word}")


def weigh(e: Emitter, items: str) -> None:
    """Note the weight of so many items."""
    place = area(e, 1)
    more = e.emit(f"mul i64 {items}, {BYTES}")
    before = e.emit(f"load i64, ptr {place}")
    e.line(f"store i64 {e.emit(f'add i64 {before}, {more}')}, ptr {place}")


def retain(e: Emitter, found: str) -> None:
    """One more reference to an object."""
    if not IMMORTAL:
        count = e.emit(f"load i64, ptr {found}")
        e.line(f"store i64 {e.emit(f'add i64 {count}, 1')}, ptr {found}")
        return
    count = e.emit(f"load i32, ptr {found}")
    more = e.emit(f"add i32 {count}, 1")
    kept = e.emit(f"icmp eq i32 {more}, 0")  # immortal
    e.line(f"store i32 {e.emit(f'select i1 {kept}, i32 {count}, i32 {more}')}, ptr {found}")


def box_float(e: Emitter, o: Operation, value: str) -> str:
    """A new reference to a float."""
    box = e.emit(f"call ptr {e.static(api('PyFloat_FromDouble'))}(double {value})")
    check_memory(e, o, box)
    return box


def box_int(e: Emitter, o: Operation, value: str) -> str:
    """A new reference to an int; small ones are the host's own."""

    def body() -> None:
        table = small_ints()
        make = f"call ptr {e.static(api('PyLong_FromLongLong'))}(i64 %value)"
        if table is not None:
            offset = e.emit(f"add i64 %value, {-SMALL_INTS.start}")
            is_small = e.emit(f"icmp ult i64 {offset}, {len(SMALL_INTS)}")
            e.line(f"br i1 {is_small}, label %small, label %large")
            e.start("small")
            start = e.static(table)
            box = e.emit(f"getelementptr [{SMALL_INT_SIZE} x i8], ptr {start}, i64 {offset}")
            if not IMMORTAL:
                retain(e, box)
            e.line(f"ret ptr {box}")
            e.start("large")
        e.line(f"ret ptr {e.emit(make)}")

    e.helper("box_int", "define internal ptr @box_int(i64 %value) nounwind", body)
    box = e.emit(f"call ptr @box_int(i64 {value})")
    check_memory(e, o, box)
    return box


def box_bool(e: Emitter, value: str) -> str:
    """A new reference to a bool."""
    true, false = e.static(id(True)), e.static(id(False))
    box = e.emit(f"select i1 {value}, ptr {true}, ptr {false}")
    if not IMMORTAL:
        retain(e, box)
    return box


# --- append


def append_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    append(e, o, a[0], box_float(e, o, a[1]))


def append_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    append(e, o, a[0], box_int(e, o, a[1]))


def append_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    append(e, o, a[0], box_bool(e, a[1]))


def append(e: Emitter, o: Operation, found: str, box: str) -> None:
    """Append an object, and give away the reference to it: where there is room, else as the host
    does."""
    size = e.field(found, SIZE, "i64")
    room, full, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    has_room = e.emit(f"icmp slt i64 {size}, {e.field(found, LIST_ALLOCATED, 'i64')}")
    e.line(f"br i1 {has_room}, label %{room}, label %{full}, !prof !0")
    e.start(room)
    items = e.field(found, LIST_ITEMS, "ptr")
    e.line(f"store ptr {box}, ptr {e.emit(f'getelementptr ptr, ptr {items}, i64 {size}')}")
    e.line(f"store i64 {e.emit(f'add i64 {size}, 1')}, ptr {e.address(found, SIZE)}")
    e.line(f"br label %{done}")
    e.start(full)
    if e.function.owned >= 0:
        weigh(e, e.emit(f"lshr i64 {size}, 3"))
    status = e.emit(f"call i32 {e.static(api('PyList_Append'))}(ptr {found}, ptr {box})")
    release(e, box)
    check_status(e, o, status)
    e.line(f"br label %{done}")
    e.start(done)


def check_status(e: Emitter, o: Operation, status: str) -> None:
    """As `check_memory`, for functions of the host that give 0 or -1."""
    number = e.emit(f"sext i32 {status} to i64")
    check_memory(e, o, e.emit(f"inttoptr i64 {e.emit(f'add i64 {number}, 1')} to ptr"))


# --- pop


def shrink(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Drop the last item, a number. The host gives memory back when less than half is used."""
    found, size = a
    keep, give, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    half = e.emit(f"lshr i64 {e.field(found, LIST_ALLOCATED, 'i64')}, 1")
    e.line(
        f"br i1 {e.emit(f'icmp sge i64 {size}, {half}')}, label %{keep}, label %{give}, !prof !0"
    )
    e.start(keep)
    items = e.field(found, LIST_ITEMS, "ptr")
    last = e.emit(f"load ptr, ptr {e.emit(f'getelementptr ptr, ptr {items}, i64 {size}')}")
    e.line(f"store i64 {size}, ptr {e.address(found, SIZE)}")
    release(e, last)
    e.line(f"br label %{done}")
    e.start(give)
    delete(e, o, found, size)
    e.line(f"br label %{done}")
    e.start(done)


def delete(e: Emitter, o: Operation, found: str, index: str) -> None:
    """Drop one item."""
    behind = e.emit(f"add i64 {index}, 1")
    arguments = f"ptr {found}, i64 {index}, i64 {behind}, ptr null"
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_SetSlice'))}({arguments})"))


def delete_item(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    delete(e, o, *a)


# --- the host's own functions


def extend(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    size = e.field(a[0], SIZE, "i64")
    arguments = f"ptr {a[0]}, i64 {size}, i64 {size}, ptr {a[1]}"
    if e.function.owned >= 0:
        weigh(e, e.field(a[1], SIZE, "i64"))
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_SetSlice'))}({arguments})"))


def set_part(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    if e.function.owned >= 0:
        weigh(e, e.field(a[3], SIZE, "i64"))
    arguments = f"ptr {a[0]}, i64 {a[1]}, i64 {a[2]}, ptr {a[3]}"
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_SetSlice'))}({arguments})"))


def clear(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    arguments = f"ptr {a[0]}, i64 0, i64 {e.field(a[0], SIZE, 'i64')}, ptr null"
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_SetSlice'))}({arguments})"))


def reverse(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_Reverse'))}(ptr {a[0]})"))


def sort(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    check_status(e, o, e.emit(f"call i32 {e.static(api('PyList_Sort'))}(ptr {a[0]})"))


def insert_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    insert(e, o, a, box_int(e, o, a[2]))


def insert_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    insert(e, o, a, box_float(e, o, a[2]))


def insert_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    insert(e, o, a, box_bool(e, a[2]))


def insert(e: Emitter, o: Operation, a: list[str], box: str) -> None:
    """Insert an object, and give away the reference to it."""
    arguments = f"ptr {a[0]}, i64 {a[1]}, ptr {box}"
    status = e.emit(f"call i32 {e.static(api('PyList_Insert'))}({arguments})")
    release(e, box)
    check_status(e, o, status)
