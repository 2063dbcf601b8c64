"""New instances of the program's classes, and objects that attributes get, in LLVM IR."""

from __future__ import annotations

from ..ir.graph import Operation
from ..layout.instances import FIRST_NAME, NAMED, NAMED_INSIDE, ROOM_INSIDE, TP_NEW, slot_of
from .endings import COLLECTS
from .host import IMMORTAL
from .instances import layout
from .lists import area, box_bool, box_float, box_int, retain
from .owned import made, make_due, note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


def new_instance(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """As `object.__new__` makes it."""
    arguments = f"ptr {a[0]}, ptr {e.static(id(()))}, ptr null"
    made(e, o, r, f"call ptr {e.static(slot_of(object, TP_NEW))}({arguments})")
    place = area(e, 1)
    weight = e.emit(f"load i64, ptr {place}")
    e.line(f"store i64 {e.emit(f'add i64 {weight}, {ONE}')}, ptr {place}")


ONE = (1 << 32 if COLLECTS else 0) + 64
"""What an instance weighs, about. Above that those are counted that were made while the garbage
collector had to wait."""


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
    """Give the reference to an attribute that is not set."""
    e.line(f"store ptr {box}, ptr {e.emit(f'getelementptr ptr, ptr {a[0]}, i64 {a[1]}')}")


def name(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """An instance knows in which order it got its attributes: they are numbers."""
    values, position, number = a
    count = e.emit(f"trunc i64 {e.emit(f'add i64 {position}, 1')} to i8")
    if layout().valid is None:
        place = e.emit(f"sub i64 {FIRST_NAME}, {position}")
        named = NAMED
    else:
        room = e.emit(f"zext i8 {e.field(values, ROOM_INSIDE, 'i8')} to i64")
        place = e.emit(f"add i64 {e.emit(f'shl i64 {room}, 3')}, {position}")
        named = NAMED_INSIDE
    entry = e.emit(f"getelementptr i8, ptr {values}, i64 {place}")
    e.line(f"store i8 {e.emit(f'trunc i64 {number} to i8')}, ptr {entry}")
    e.line(f"store i8 {count}, ptr {e.address(values, named)}")


def put_field(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """An attribute that is set gets another object. What nothing else refers to is released where
    the loop comes round."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    retain(e, a[2])
    e.line(f"store ptr {a[2]}, ptr {place}")
    width = "i32" if IMMORTAL else "i64"
    last, other, shared, done = (e.fresh_label() for _ in range(4))
    count = e.emit(f"load {width}, ptr {old}")
    e.line(f"br i1 {e.emit(f'icmp eq {width} {count}, 1')}, label %{last}, label %{other}")
    e.start(last)
    note(e, old)
    make_due(e)
    e.line(f"br label %{done}")
    e.start(other)
    if IMMORTAL:
        e.line(f"br i1 {e.emit(f'icmp slt i32 {count}, 0')}, label %{done}, label %{shared}")
    else:
        e.line(f"br label %{shared}")
    e.start(shared)
    e.line(f"store {width} {e.emit(f'sub {width} {count}, 1')}, ptr {old}")
    e.line(f"br label %{done}")
    e.start(done)
