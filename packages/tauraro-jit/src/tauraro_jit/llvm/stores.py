"""Boxes, in LLVM IR: stores into lists make a new one, unless the old one is nobody else's; and
calls that return one."""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op
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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


STORES = {
    "double": (Op.STORE_FLOAT, Op.REPLACE_FLOAT),
    "i64": (Op.STORE_INT, Op.REPLACE_INT),
}
"""The stores of numbers, by what LLVM calls these."""

SEVERAL = 3
"""Stores of a function for which LLVM makes shorter work of one more function."""


def store_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    def reuse(old: str) -> None:
        e.line(f"store double {a[2]}, ptr {e.address(old, FLOAT_VALUE)}")

    def fits(old: str, alone: str) -> str:
        if o.op is Op.REPLACE_FLOAT:
            return alone
        found = e.field(old, TYPE, "ptr")
        is_float = e.emit(f"icmp eq ptr {found}, {e.static(id(float))}")
        return e.emit(f"and i1 {alone}, {is_float}")

    store_boxed(e, o, a, fits, reuse, "double", "PyFloat_FromDouble")


def store_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """In place: both values positive, of one digit, and no cached small int."""

    def reuse(old: str) -> None:
        digit = e.emit(f"trunc i64 {a[2]} to i32")
        e.line(f"store i32 {digit}, ptr {e.address(old, INT_DIGITS)}")

    def fits(old: str, alone: str) -> str:
        if o.op is not Op.REPLACE_INT:
            found = e.field(old, TYPE, "ptr")
            is_int = e.emit(f"icmp eq ptr {found}, {e.static(id(int))}")
            alone = e.emit(f"and i1 {alone}, {is_int}")
        one_digit = e.emit(
            f"icmp eq i64 {e.field(old, INT_SIZE, 'i64')}, {8 if HAS_TAGGED_INTS else 1}"
        )
        offset = e.emit(f"sub i64 {a[2]}, 257")
        room = e.emit(f"icmp ult i64 {offset}, {2**30 - 257}")
        return e.emit(f"and i1 {alone}, {e.emit(f'and i1 {one_digit}, {room}')}")

    table = small_ints()
    if table is None:
        store_boxed(e, o, a, fits, reuse, "i64", "PyLong_FromLongLong")
        return
    small, large, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    offset = e.emit(f"add i64 {a[2]}, {-SMALL_INTS.start}")
    is_small = e.emit(f"icmp ult i64 {offset}, {len(SMALL_INTS)}")
    e.line(f"br i1 {is_small}, label %{small}, label %{large}")
    e.start(small)
    box = e.emit(f"getelementptr [{SMALL_INT_SIZE} x i8], ptr {e.static(table)}, i64 {offset}")
    replace_by(e, a, box)
    e.line(f"br label %{done}")
    e.start(large)
    store_boxed(e, o, a, fits, reuse, "i64", "PyLong_FromLongLong")
    e.line(f"br label %{done}")
    e.start(done)


def replace_by(e: Emitter, a: list[str], box: str) -> None:
    """items[i] = an object that already exists. Often it is there: then there is nothing to do,
    and no count to wait for."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    other, done = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {old}, {box}')}, label %{done}, label %{other}")
    e.start(other)
    if not IMMORTAL:
        count = e.emit(f"load i64, ptr {box}")
        e.line(f"store i64 {e.emit(f'add i64 {count}, 1')}, ptr {box}")
    e.line(f"store ptr {box}, ptr {place}")
    release(e, old)
    e.line(f"br label %{done}")
    e.start(done)


def store_boxed(
    e: Emitter,
    o: Operation,
    a: list[str],
    fits: Callable[[str, str], str],
    reuse: Callable[[str], None],
    kind: str,
    maker: str,
) -> None:
    """items[i] = a number: in the old box if it is of that type and nobody else refers to it, else
    in a box of the host's `maker`. Where there are several stores that is a function of its own: it
    makes up most of the text, and takes long enough for a call not to matter."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    alone = e.emit(f"icmp eq i64 {e.emit(f'load i64, ptr {old}')}, 1")
    in_place, fresh, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {fits(old, alone)}, label %{in_place}, label %{fresh}, !prof !0")
    e.start(in_place)
    reuse(old)
    e.line(f"br label %{done}")
    e.start(fresh)
    if sum(e.counts.get(op, 0) for op in STORES[kind]) < SEVERAL:
        box = e.emit(f"call ptr {e.static(api(maker))}({kind} {a[2]})")
        check_memory(e, o, box)
        e.line(f"store ptr {box}, ptr {place}")
        release(e, old)
        e.line(f"br label %{done}")
        e.start(done)
        return
    head = f"define internal i1 @box_{kind}(ptr %place, {kind} %value) noinline nounwind"
    e.helper(f"box_{kind}", head, lambda: replace_by_new(e, kind, maker))
    stored = e.emit(f"call i1 @box_{kind}(ptr {place}, {kind} {a[2]})")
    e.line(f"br i1 {stored}, label %{done}, label %{without_memory(e, o)}, !prof !0")
    e.start(done)


def replace_by_new(e: Emitter, kind: str, maker: str) -> None:
    """The body of a function: a new box at a place. Whether there was memory for it."""
    box = e.emit(f"call ptr {e.static(api(maker))}({kind} %value)")
    missing, made = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {box}, null')}, label %{missing}, label %{made}, !prof !1")
    e.start(missing)
    e.line(f"call void {e.static(api('PyErr_Clear'))}()")
    e.line("ret i1 false")
    e.start(made)
    old = e.emit("load ptr, ptr %place")
    e.line(f"store ptr {box}, ptr %place")
    release(e, old)
    e.line("ret i1 true")


def without_memory(e: Emitter, o: Operation) -> str:
    """Where to go when memory has run out: before the statement, where the host will raise; in the
    middle of one, end as the host does when it cannot go on."""
    if o.exit is not None:
        return f"x{o.exit.number}"
    if not e.last_lines:
        e.last_lines += [
            "no_memory:",
            f"  call void {e.static(api('PyErr_NoMemory'))}()",
            f"  call void {e.static(api('PyErr_Print'))}()",
            f"  call void {e.static(api('Py_Exit'))}(i32 1)",
            "  unreachable",
        ]
    return "no_memory"


def check_memory(e: Emitter, o: Operation, box: str) -> None:
    """Leave if there was no memory for a box."""
    missing, made = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {box}, null')}, label %{missing}, label %{made}, !prof !1")
    e.start(missing)
    e.line(f"call void {e.static(api('PyErr_Clear'))}()")
    e.line(f"br label %{without_memory(e, o)}")
    e.start(made)


def store_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    true, false = e.static(id(True)), e.static(id(False))
    replace_by(e, a, e.emit(f"select i1 {a[2]}, ptr {true}, ptr {false}"))


def release(e: Emitter, old: str) -> None:
    """Drop a reference to a number."""
    done, counted, dead = e.fresh_label(), e.fresh_label(), e.fresh_label()
    width = "i32" if IMMORTAL else "i64"
    count = e.emit(f"load {width}, ptr {old}")
    if IMMORTAL:
        e.line(f"br i1 {e.emit(f'icmp slt i32 {count}, 0')}, label %{done}, label %{counted}")
    else:
        e.line(f"br label %{counted}")
    e.start(counted)
    fewer = e.emit(f"sub {width} {count}, 1")
    e.line(f"store {width} {fewer}, ptr {old}")
    e.line(f"br i1 {e.emit(f'icmp eq {width} {fewer}, 0')}, label %{dead}, label %{done}")
    e.start(dead)
    e.line(f"call void {e.static(api('_Py_Dealloc'))}(ptr {old})")
    e.line(f"br label %{done}")
    e.start(done)


def call_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The value of the box that a function without arguments returns."""
    box = e.emit(f"call ptr {e.static(api('PyObject_CallNoArgs'))}(ptr {a[0]})")
    check_memory(e, o, box)
    e.line(f"{r} = load double, ptr {e.address(box, FLOAT_VALUE)}")
    release(e, box)
