"""Stores of bodies, in LLVM IR: they note what they replace.

    items[i] = x in a body       journal[n++] = place, old; *place = a box of x
    the region leaves            from the last to the first: *place = old
    the statement is finished    release what was replaced

A body gives up wherever it cannot go on, and the host executes the call again from its beginning.
Native code runs no Python, so nobody has seen what was stored until then. The journal belongs to
the process: it is empty whenever native code does not run.
"""

from __future__ import annotations

import ctypes
import mmap
from functools import cache

from ..ir.graph import Operation
from ..ir.ops import JOURNALLED, Op
from .host import IMMORTAL, SMALL_INT_SIZE, SMALL_INTS, api, small_ints
from .stores import check_memory, release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .emit import Emitter

ROOM = 1 << 19
"""Stores of one statement; what needs more is left to calls further inside."""

HEAD = 16
"""Bytes before the entries: the first word is their number."""


@cache
def memory() -> mmap.mmap:
    """The journal, which takes memory where it is used."""
    return mmap.mmap(-1, HEAD + 16 * ROOM)


@cache
def address() -> int:
    """Where the journal is."""
    return ctypes.addressof(ctypes.c_char.from_buffer(memory()))


def before_exits(e: Emitter) -> list[str]:
    """What a region does before it returns."""
    bodies = e.function.bodies.values()
    if not any(o.op in JOURNALLED for body in bodies for b in body.blocks for o in b.operations):
        return []
    e.helper("roll_back", "define internal void @roll_back() noinline nounwind", lambda: undo(e))
    return ["  call void @roll_back()"]


def undo(e: Emitter) -> None:
    """Put back what was replaced, the last first."""
    place = walk(e)
    old = e.emit(f"load ptr, ptr {e.address(place, 8)}")
    target = e.emit(f"load ptr, ptr {place}")
    new = e.emit(f"load ptr, ptr {target}")
    e.line(f"store ptr {old}, ptr {target}")
    release(e, new)
    e.line("br label %again")


def keep(e: Emitter) -> None:
    """Release what was replaced."""
    place = walk(e)
    old = e.emit(f"load ptr, ptr {e.address(place, 8)}")
    release(e, old)
    e.line("br label %again")


def walk(e: Emitter) -> str:
    """A loop that takes the last entry away, until there is none."""
    head = e.pointer(address())
    e.line("br label %again")
    e.start("again")
    count = e.emit(f"load i64, ptr {head}")
    e.line(f"br i1 {e.emit(f'icmp eq i64 {count}, 0')}, label %end, label %more")
    e.start("end")
    e.line("ret void")
    e.start("more")
    last = e.emit(f"sub i64 {count}, 1")
    e.line(f"store i64 {last}, ptr {head}")
    return entry(e, last)


def entry(e: Emitter, number: str) -> str:
    """The address of an entry."""
    entries = e.emit(f"getelementptr i8, ptr {e.pointer(address())}, i64 {HEAD}")
    return e.emit(f"getelementptr [16 x i8], ptr {entries}, i64 {number}")


def commit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.helper("commit", "define internal void @commit() noinline nounwind", lambda: keep(e))
    e.line("call void @commit()")


def changed(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """LLVM sees for itself what a call may change."""


def box_bool(e: Emitter, o: Operation, value: str) -> str:
    true, false = e.static(id(True)), e.static(id(False))
    box = e.emit(f"select i1 {value}, ptr {true}, ptr {false}")
    count(e, box)
    return box


def box_float(e: Emitter, o: Operation, value: str) -> str:
    box = e.emit(f"call ptr {e.static(api('PyFloat_FromDouble'))}(double {value})")
    check_memory(e, o, box)
    return box


def box_int(e: Emitter, o: Operation, value: str) -> str:
    """A cached one, or a new one."""
    table = small_ints()
    if table is None:
        box = e.emit(f"call ptr {e.static(api('PyLong_FromLongLong'))}(i64 {value})")
        check_memory(e, o, box)
        return box
    small, large, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    offset = e.emit(f"add i64 {value}, {-SMALL_INTS.start}")
    is_small = e.emit(f"icmp ult i64 {offset}, {len(SMALL_INTS)}")
    e.line(f"br i1 {is_small}, label %{small}, label %{large}")
    e.start(small)
    cached = e.emit(f"getelementptr [{SMALL_INT_SIZE} x i8], ptr {e.static(table)}, i64 {offset}")
    count(e, cached)
    e.line(f"br label %{done}")
    e.start(large)
    box = e.emit(f"call ptr {e.static(api('PyLong_FromLongLong'))}(i64 {value})")
    check_memory(e, o, box)
    end = e.label
    e.line(f"br label %{done}")
    e.start(done)
    return e.emit(f"phi ptr [ {cached}, %{small} ], [ {box}, %{end} ]")


def count(e: Emitter, box: str) -> None:
    """One more reference to an object that is always there."""
    if not IMMORTAL:
        found = e.emit(f"load i64, ptr {box}")
        e.line(f"store i64 {e.emit(f'add i64 {found}, 1')}, ptr {box}")


def stored(make: Callable[[Emitter, Operation, str], str]) -> Callable[..., None]:
    """A store: first its room is looked for, then the box is made."""

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        head = e.pointer(address())
        number = e.emit(f"load i64, ptr {head}")
        assert o.exit is not None
        e.leave_unless(e.emit(f"icmp ult i64 {number}, {ROOM}"), o.exit)
        box = make(e, o, a[2])
        place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
        old = e.emit(f"load ptr, ptr {place}")
        noted = entry(e, number)
        e.line(f"store ptr {place}, ptr {noted}")
        e.line(f"store ptr {old}, ptr {e.address(noted, 8)}")
        e.line(f"store i64 {e.emit(f'add i64 {number}, 1')}, ptr {head}")
        e.line(f"store ptr {box}, ptr {place}")

    return emit


EMITTERS = {
    Op.JOURNAL_INT_CHECKED: stored(box_int),
    Op.JOURNAL_FLOAT_CHECKED: stored(box_float),
    Op.JOURNAL_BOOL_CHECKED: stored(box_bool),
    Op.CHANGED: changed,
    Op.COMMIT: commit,
}
