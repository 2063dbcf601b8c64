"""Stores of bodies, in LLVM IR: they note what they replace.

    items[i] = x in a body       journal[n++] = place, old; *place = a box of x
    the region leaves            from the last to the first: *place = old
    the statement is finished    release what was replaced

A body gives up wherever it cannot go on, and the host executes the call again from its beginning.
Native code runs no Python, so nobody has seen what was stored until then. The journal belongs to
the process: it is empty whenever native code does not run.

A box that nobody else refers to is changed in place, as other stores do; then its content is noted.
What an entry is stands in the low bits of its place:

    OBJECT    old is a reference that the journal holds; what is at the place has one, too
    BITS      old are the 64 bits that were at the place, in a float
    DIGIT     old are the 32 bits that were at the place, in an int
    STATIC    as OBJECT, but both objects live for ever: nobody holds a reference

If there is no OBJECT among them the entries are just forgotten when the statement is finished.
"""

from __future__ import annotations

import ctypes
import mmap
from functools import cache

from ..ir.graph import Operation
from ..ir.ops import JOURNALLED, Op
from .host import (
    FLOAT_VALUE,
    HAS_TAGGED_INTS,
    IMMORTAL,
    INT_DIGITS,
    INT_SIZE,
    SMALL_INT_SIZE,
    SMALL_INTS,
    TYPE,
    api,
    small_ints,
)
from .long_calls import count_interrupted
from .stores import release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .emit import Emitter

ROOM = 1 << 19
"""Stores of one statement; what needs more is left to calls further inside."""

HEAD = 16
"""Bytes before the entries: the first word is their number, the second is not 0 if one of them is
an OBJECT."""

OBJECT, BITS, DIGIT, STATIC = range(4)
KINDS = 7
"""The bits of a place that tell what an entry is."""


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
    noted = walk(e)
    place, kind, old = read(e, noted)
    e.line(
        f"switch i64 {kind}, label %object [ i64 {BITS}, label %bits i64 {DIGIT}, label %digit "
        f"i64 {STATIC}, label %static ]"
    )
    e.start("bits")
    e.line(f"store i64 {old}, ptr {place}")
    e.line("br label %again")
    e.start("digit")
    e.line(f"store i32 {e.emit(f'trunc i64 {old} to i32')}, ptr {place}")
    e.line("br label %again")
    e.start("static")
    before = e.emit(f"inttoptr i64 {old} to ptr")
    count(e, before, 1)
    count(e, e.emit(f"load ptr, ptr {place}"), -1)
    e.line(f"store ptr {before}, ptr {place}")
    e.line("br label %again")
    e.start("object")
    new = e.emit(f"load ptr, ptr {place}")
    e.line(f"store i64 {old}, ptr {place}")
    release(e, new)
    e.line("br label %again")


def keep(e: Emitter) -> None:
    """Release what was replaced."""
    noted = walk(e)
    _, kind, old = read(e, noted)
    is_object = e.emit(f"icmp eq i64 {kind}, {OBJECT}")
    e.line(f"br i1 {is_object}, label %object, label %again")
    e.start("object")
    release(e, e.emit(f"inttoptr i64 {old} to ptr"))
    e.line("br label %again")


def walk(e: Emitter) -> str:
    """A loop that takes the last entry away, until there is none."""
    head = e.pointer(address())
    e.line("br label %again")
    e.start("again")
    number = e.emit(f"load i64, ptr {head}")
    e.line(f"br i1 {e.emit(f'icmp eq i64 {number}, 0')}, label %end, label %more")
    e.start("end")
    e.line(f"store i64 0, ptr {e.address(head, 8)}")
    e.line("ret void")
    e.start("more")
    last = e.emit(f"sub i64 {number}, 1")
    e.line(f"store i64 {last}, ptr {head}")
    return entry(e, last)


def entry(e: Emitter, number: str) -> str:
    """The address of an entry."""
    entries = e.emit(f"getelementptr i8, ptr {e.pointer(address())}, i64 {HEAD}")
    return e.emit(f"getelementptr [16 x i8], ptr {entries}, i64 {number}")


def read(e: Emitter, noted: str) -> tuple[str, str, str]:
    """The place of an entry, what it is, and what was there."""
    word = e.emit(f"load i64, ptr {noted}")
    kind = e.emit(f"and i64 {word}, {KINDS}")
    place = e.emit(f"inttoptr i64 {e.emit(f'and i64 {word}, {~KINDS}')} to ptr")
    return place, kind, e.field(noted, 8, "i64")


def note(e: Emitter, place: str, kind: int, old: str) -> None:
    """One more entry; `old` is an i64. There is room for it."""
    head = e.pointer(address())
    number = e.emit(f"load i64, ptr {head}")
    noted = entry(e, number)
    word = e.emit(f"ptrtoint ptr {place} to i64")
    e.line(f"store i64 {e.emit(f'or i64 {word}, {kind}') if kind else word}, ptr {noted}")
    e.line(f"store i64 {old}, ptr {e.address(noted, 8)}")
    e.line(f"store i64 {e.emit(f'add i64 {number}, 1')}, ptr {head}")


def commit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """What was replaced is released, if it is something to release."""
    e.helper("commit", "define internal void @commit() noinline nounwind", lambda: keep(e))
    head = e.pointer(address())
    some, none, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    any_object = e.emit(f"icmp ne i64 {e.field(head, 8, 'i64')}, 0")
    e.line(f"br i1 {any_object}, label %{some}, label %{none}, !prof !1")
    e.start(some)
    e.line("call void @commit()")
    e.line(f"br label %{done}")
    e.start(none)
    e.line(f"store i64 0, ptr {head}")
    e.line(f"br label %{done}")
    e.start(done)


def changed(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """LLVM sees for itself what a call may change."""


def count(e: Emitter, box: str, change: int) -> None:
    """More or fewer references to an object that is always there."""
    if not IMMORTAL:
        found = e.emit(f"load i64, ptr {box}")
        e.line(f"store i64 {e.emit(f'add i64 {found}, {change}')}, ptr {box}")


# --- stores


def store_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """In place, or a new box."""
    place, old = begin(e, o, a)
    is_float = e.emit(f"icmp eq ptr {e.field(old, TYPE, 'ptr')}, {e.static(id(float))}")
    in_place, fresh, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    fits = e.emit(f"and i1 {is_alone(e, old)}, {is_float}")
    e.line(f"br i1 {fits}, label %{in_place}, label %{fresh}, !prof !0")
    e.start(in_place)
    content = e.address(old, FLOAT_VALUE)
    note(e, content, BITS, e.emit(f"load i64, ptr {content}"))
    e.line(f"store double {a[2]}, ptr {content}")
    e.line(f"br label %{done}")
    e.start(fresh)
    store_new(e, o, place, "double", a[2], "PyFloat_FromDouble")
    e.line(f"br label %{done}")
    e.start(done)


def store_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """A small int that is always there; or in place, if both values are positive and of one digit;
    or a new box."""
    place, old = begin(e, o, a)
    in_place, large, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    table = small_ints()
    if table is not None:
        small, other = e.fresh_label(), e.fresh_label()
        offset = e.emit(f"add i64 {a[2]}, {-SMALL_INTS.start}")
        is_small = e.emit(f"icmp ult i64 {offset}, {len(SMALL_INTS)}")
        e.line(f"br i1 {is_small}, label %{small}, label %{other}")
        e.start(small)
        first = e.static(table)
        box = e.emit(f"getelementptr [{SMALL_INT_SIZE} x i8], ptr {first}, i64 {offset}")
        start, address_of_old = e.emit(f"ptrtoint ptr {first} to i64"), as_word(e, old)
        distance = e.emit(f"sub i64 {address_of_old}, {start}")
        is_static = e.emit(f"icmp ult i64 {distance}, {SMALL_INT_SIZE * len(SMALL_INTS)}")
        store_static(e, place, old, box, is_static)
        e.line(f"br label %{done}")
        e.start(other)
    is_int = e.emit(f"icmp eq ptr {e.field(old, TYPE, 'ptr')}, {e.static(id(int))}")
    size = e.field(old, INT_SIZE, "i64")
    one_digit = e.emit(f"icmp eq i64 {size}, {8 if HAS_TAGGED_INTS else 1}")
    digit = e.emit(f"sub i64 {a[2]}, {SMALL_INTS.stop}")
    room = e.emit(f"icmp ult i64 {digit}, {2**30 - SMALL_INTS.stop}")
    fits = e.emit(f"and i1 {is_int}, {e.emit(f'and i1 {one_digit}, {room}')}")
    fits = e.emit(f"and i1 {fits}, {is_alone(e, old)}")
    e.line(f"br i1 {fits}, label %{in_place}, label %{large}")
    e.start(in_place)
    content = e.address(old, INT_DIGITS)
    note(e, content, DIGIT, e.emit(f"zext i32 {e.emit(f'load i32, ptr {content}')} to i64"))
    e.line(f"store i32 {e.emit(f'trunc i64 {a[2]} to i32')}, ptr {content}")
    e.line(f"br label %{done}")
    e.start(large)
    store_new(e, o, place, "i64", a[2], "PyLong_FromLongLong")
    e.line(f"br label %{done}")
    e.start(done)


def store_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """True or False."""
    place, old = begin(e, o, a)
    true, false = e.static(id(True)), e.static(id(False))
    box = e.emit(f"select i1 {a[2]}, ptr {true}, ptr {false}")
    is_true, is_false = (e.emit(f"icmp eq ptr {old}, {each}") for each in (true, false))
    store_static(e, place, old, box, e.emit(f"or i1 {is_true}, {is_false}"))


def begin(e: Emitter, o: Operation, a: list[str]) -> tuple[str, str]:
    """Look for room. The place that is stored to, and what is there."""
    number = e.emit(f"load i64, ptr {e.pointer(address())}")
    assert o.exit is not None
    full, some = e.fresh_label(), e.fresh_label()
    fits = e.emit(f"icmp ult i64 {number}, {ROOM}")
    e.line(f"br i1 {fits}, label %{some}, label %{full}, !prof !0")
    e.start(full)
    count_interrupted(e)
    e.line(f"br label %x{o.exit.number}")
    e.start(some)
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    return place, e.emit(f"load ptr, ptr {place}")


def is_alone(e: Emitter, box: str) -> str:
    """Whether an object has one reference."""
    return e.emit(f"icmp eq i64 {e.emit(f'load i64, ptr {box}')}, 1")


def as_word(e: Emitter, pointer: str) -> str:
    """An address."""
    return e.emit(f"ptrtoint ptr {pointer} to i64")


def store_static(e: Emitter, place: str, old: str, box: str, is_static: str) -> None:
    """An object that is always there over another one, which may be such, too."""
    differs, static, counted, done = (e.fresh_label() for _ in range(4))
    e.line(f"br i1 {e.emit(f'icmp eq ptr {old}, {box}')}, label %{done}, label %{differs}")
    e.start(differs)
    count(e, box, 1)
    e.line(f"br i1 {is_static}, label %{static}, label %{counted}, !prof !0")
    e.start(static)
    count(e, old, -1)
    note(e, place, STATIC, as_word(e, old))
    e.line(f"store ptr {box}, ptr {place}")
    e.line(f"br label %{done}")
    e.start(counted)
    note_object(e, place, old)
    e.line(f"store ptr {box}, ptr {place}")
    e.line(f"br label %{done}")
    e.start(done)


def note_object(e: Emitter, place: str, old: str) -> None:
    """What was there is the journal's now."""
    note(e, place, OBJECT, as_word(e, old))
    e.line(f"store i64 1, ptr {e.address(e.pointer(address()), 8)}")


def store_new(e: Emitter, o: Operation, place: str, kind: str, value: str, maker: str) -> None:
    """A new box; leave if there is no memory for it. A function of its own: this is rare."""
    name = f"journal_{kind}"
    head = f"define internal i1 @{name}(ptr %place, {kind} %value) noinline nounwind"

    def body() -> None:
        box = e.emit(f"call ptr {e.static(api(maker))}({kind} %value)")
        e.line(f"br i1 {e.emit(f'icmp eq ptr {box}, null')}, label %missing, label %made, !prof !1")
        e.start("missing")
        e.line(f"call void {e.static(api('PyErr_Clear'))}()")
        e.line("ret i1 false")
        e.start("made")
        note_object(e, "%place", e.emit("load ptr, ptr %place"))
        e.line(f"store ptr {box}, ptr %place")
        e.line("ret i1 true")

    e.helper(name, head, body)
    assert o.exit is not None
    e.leave_unless(e.emit(f"call i1 @{name}(ptr {place}, {kind} {value})"), o.exit)


EMITTERS: dict[Op, Callable[[Emitter, Operation, list[str], str], None]] = {
    Op.JOURNAL_INT_CHECKED: store_int,
    Op.JOURNAL_FLOAT_CHECKED: store_float,
    Op.JOURNAL_BOOL_CHECKED: store_bool,
    Op.CHANGED: changed,
    Op.COMMIT: commit,
}
