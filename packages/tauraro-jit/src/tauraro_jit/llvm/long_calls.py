"""Calls that take long, in LLVM IR: how often they are given up, and how a region rests then.

A call that is built into a region, or is one of a body, cannot be left in its middle: where the
interpreter is asked for (another thread wants to run), or the journal is full, all of it is given
up, and the host executes it. Where that happens time and again, with no such call that was finished
in between, the region leaves at once when it is entered: for 0, 1, 3, 7, ... entries. What the host
executes meanwhile may be compiled by itself: the loops inside.
"""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from ..native.calls import Control

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter


def count_interrupted(e: Emitter) -> None:
    """A call is given up."""
    if e.control is not None:
        place = e.pointer(e.control.place("interrupted"))
        before = e.emit(f"load i64, ptr {place}")
        e.line(f"store i64 {e.emit(f'add i64 {before}, 1')}, ptr {place}")


def interrupted(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    count_interrupted(e)


def finished(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """What was interrupted before was worth it."""
    if e.control is not None:
        e.line(f"store i64 0, ptr {e.pointer(e.control.place('tries'))}")


def rest(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Leave for some entries: for none after the first interruption, then for 1, 3, 7, ..."""
    assert o.exit is not None
    if e.control is None:
        return
    skip, skipped, count, seen, tries = (
        e.pointer(e.control.place(name))
        for name in ("skip", "skipped", "interrupted", "seen", "tries")
    )
    look, again, pass_, go = (e.fresh_label() for _ in range(4))
    left = e.emit(f"load i64, ptr {skip}")
    begin = e.label
    e.line(f"br i1 {e.emit(f'icmp sgt i64 {left}, 0')}, label %{pass_}, label %{look}, !prof !1")
    e.start(look)
    now = e.emit(f"load i64, ptr {count}")
    is_new = e.emit(f"icmp ne i64 {now}, {e.emit(f'load i64, ptr {seen}')}")
    e.line(f"br i1 {is_new}, label %{again}, label %{go}, !prof !1")
    e.start(again)
    e.line(f"store i64 {now}, ptr {seen}")
    before = e.emit(f"load i64, ptr {tries}")
    is_most = e.emit(f"icmp sge i64 {before}, {Control.LONGEST}")
    more = e.emit(f"select i1 {is_most}, i64 {before}, i64 {e.emit(f'add i64 {before}, 1')}")
    e.line(f"store i64 {more}, ptr {tries}")
    first = e.emit(f"sub i64 {e.emit(f'shl i64 1, {before}')}, 1")
    e.line(f"br i1 {e.emit(f'icmp sgt i64 {first}, 0')}, label %{pass_}, label %{go}")
    e.start(pass_)
    entries = e.emit(f"phi i64 [ {left}, %{begin} ], [ {first}, %{again} ]")
    e.line(f"store i64 {e.emit(f'sub i64 {entries}, 1')}, ptr {skip}")
    passed = e.emit(f"load i64, ptr {skipped}")
    e.line(f"store i64 {e.emit(f'add i64 {passed}, 1')}, ptr {skipped}")
    e.line(f"br label %x{o.exit.number}")
    e.start(go)


EMITTERS = {Op.INTERRUPTED: interrupted, Op.FINISHED: finished, Op.REST_CHECKED: rest}
