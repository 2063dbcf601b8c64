"""Deques in LLVM IR: what is at their ends; the host's own functions change them."""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import deques as at
from .owned import note
from .stores import check_memory, release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]


def first(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    item(e, a[0], at.FIRST_BLOCK, at.FIRST_INDEX, r)


def last(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    item(e, a[0], at.LAST_BLOCK, at.LAST_INDEX, r)


def item(e: Emitter, found: str, block: int, index: int, r: str) -> None:
    items = e.address(e.field(found, block, "ptr"), at.ITEMS)
    place = e.emit(f"getelementptr ptr, ptr {items}, i64 {e.field(found, index, 'i64')}")
    e.line(f"{r} = load ptr, ptr {place}")


def is_unbounded(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = icmp slt i64 {e.field(a[0], at.MOST, 'i64')}, 0")


def append(name: str) -> Emit:
    """At an end; the result is None."""

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        found = e.emit(f"call ptr {e.pointer(at.function(name))}(ptr {a[0]}, ptr {a[1]})")
        check_memory(e, o, found)
        release(e, found)

    return emit


def pop(name: str) -> Emit:
    """From an end of a deque that is not empty. The item is owned from then on."""

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        note(e, e.emit(f"call ptr {e.pointer(at.function(name))}(ptr {a[0]}, ptr null)"))

    return emit


EMITTERS: dict[Op, Emit] = {
    Op.DEQUE_FIRST: first,
    Op.DEQUE_LAST: last,
    Op.DEQUE_IS_UNBOUNDED: is_unbounded,
    Op.DEQUE_APPEND: append("append"),
    Op.DEQUE_APPEND_LEFT: append("appendleft"),
    Op.DEQUE_POP: pop("pop"),
    Op.DEQUE_POP_LEFT: pop("popleft"),
}
