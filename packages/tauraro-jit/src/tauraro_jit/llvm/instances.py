"""Operations on instances of the program's classes, in LLVM IR."""

from __future__ import annotations

from ..ir.graph import Operation
from ..layout.instances import KEYS_COUNT, VERSION_TAG, InstanceOffsets, instance_layout
from .host import INT_DIGITS, TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


def is_instance(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = icmp eq ptr {e.field(a[0], TYPE, 'ptr')}, {a[1]}")


def instance_values(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The array of attributes, or leave."""
    assert o.exit is not None
    there, place, distance = values_at(e, a[0])
    e.leave_unless(there, o.exit)
    e.line(f"{r} = getelementptr i8, ptr {place}, i64 {distance}")


def layout() -> InstanceOffsets:
    """The offsets, which hold where instances are compiled."""
    offsets = instance_layout().offsets
    assert offsets is not None
    return offsets


def values_at(e: Emitter, instance: str) -> tuple[str, str, int]:
    """Whether an instance has its array of attributes; and where that is then: so many bytes behind
    a place."""
    offsets = layout()
    if offsets.valid is not None:
        valid = e.emit(f"icmp ne i8 {e.field(instance, offsets.valid, 'i8')}, 0")
        no_dict = e.emit(f"icmp eq ptr {e.field(instance, offsets.dict, 'ptr')}, null")
        return e.emit(f"and i1 {valid}, {no_dict}"), instance, offsets.values
    word = e.field(instance, offsets.values, "ptr")
    if offsets.tagged:
        number = e.emit(f"ptrtoint ptr {word} to i64")
        return e.emit(f"trunc i64 {number} to i1"), word, 1
    return e.emit(f"icmp ne ptr {word}, null"), word, 0


def field(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    assert o.exit is not None
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    e.line(f"{r} = load ptr, ptr {place}")
    e.leave_unless(e.emit(f"icmp ne ptr {r}, null"), o.exit)


def is_version(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The wanted version is an int of one digit: no text has a number of this process in it."""
    found = e.field(a[0], VERSION_TAG, "i32")
    e.line(f"{r} = icmp eq i32 {found}, {e.field(a[1], INT_DIGITS, 'i32')}")


def count_keys(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    keys = e.field(a[0], layout().keys, "ptr")
    e.line(f"{r} = load i64, ptr {e.address(keys, KEYS_COUNT)}")
