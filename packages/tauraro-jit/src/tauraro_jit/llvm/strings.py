"""Strings in LLVM IR: their characters, and whether two are equal."""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import strings as at
from .host import api, libc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]

PLAIN = at.USABLE | at.ASCII


def lines_of(text: str) -> list[str]:
    """The lines of a text that begins with a line break."""
    return text.strip("\n").split("\n")


# --- equality


def need_equal(e: Emitter) -> None:
    """The module has a function that compares strings."""
    head = "define internal i1 @str_equal(ptr %a, ptr %b) nounwind"
    e.helper("str_equal", head, lambda: write_equal(e))


def write_equal(e: Emitter) -> None:
    """The body of that function. Strings of ASCII are compared at once."""
    e.lines += lines_of(f"""
  %is_identical = icmp eq ptr %a, %b
  br i1 %is_identical, label %yes, label %sizes
sizes:
  %a_size_at = getelementptr i8, ptr %a, i64 {at.SIZE}
  %b_size_at = getelementptr i8, ptr %b, i64 {at.SIZE}
  %size = load i64, ptr %a_size_at
  %b_size = load i64, ptr %b_size_at
  %is_as_long = icmp eq i64 %size, %b_size
  br i1 %is_as_long, label %states, label %no
states:
  %a_state_at = getelementptr i8, ptr %a, i64 {at.STATE}
  %b_state_at = getelementptr i8, ptr %b, i64 {at.STATE}
  %a_state = load i32, ptr %a_state_at
  %b_state = load i32, ptr %b_state_at
  %both = and i32 %a_state, %b_state
  %bits = and i32 %both, {PLAIN}
  %are_plain = icmp eq i32 %bits, {PLAIN}
  br i1 %are_plain, label %plain, label %general
plain:
  %a_data = getelementptr i8, ptr %a, i64 {at.ASCII_DATA}
  %b_data = getelementptr i8, ptr %b, i64 {at.ASCII_DATA}
  %difference = call i32 {e.static(libc("memcmp"))}(ptr %a_data, ptr %b_data, i64 %size)
  %is_same = icmp eq i32 %difference, 0
  ret i1 %is_same
general:
  %order = call i32 {e.static(api("PyUnicode_Compare"))}(ptr %a, ptr %b)
  %is_equal = icmp eq i32 %order, 0
  ret i1 %is_equal
yes:
  ret i1 true
no:
  ret i1 false""")


def equal(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_equal(e)
    e.line(f"{r} = call i1 @str_equal(ptr {a[0]}, ptr {a[1]})")


# --- characters


def size(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = load i64, ptr {e.address(a[0], at.SIZE)}")


def character(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The character at an index that is in range. Strings of ASCII are read at once."""
    head = "define internal i64 @str_at(ptr %text, i64 %index, i32 %state) noinline nounwind"
    e.helper("str_at", head, lambda: write_character(e))
    state = e.field(a[0], at.STATE, "i32")
    plain, general, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    bits = e.emit(f"and i32 {state}, {PLAIN}")
    is_plain = e.emit(f"icmp eq i32 {bits}, {PLAIN}")
    e.line(f"br i1 {is_plain}, label %{plain}, label %{general}, !prof !0")
    e.start(plain)
    data = e.address(a[0], at.ASCII_DATA)
    byte = e.emit(f"load i8, ptr {e.emit(f'getelementptr i8, ptr {data}, i64 {a[1]}')}")
    code = e.emit(f"zext i8 {byte} to i64")
    e.line(f"br label %{done}")
    e.start(general)
    wide = e.emit(f"call i64 @str_at(ptr {a[0]}, i64 {a[1]}, i32 {state})")
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp sge i64 {wide}, 0"), o.exit)
    end = e.label
    e.line(f"br label %{done}")
    e.start(done)
    e.line(f"{r} = phi i64 [ {code}, %{plain} ], [ {wide}, %{end} ]")


def write_character(e: Emitter) -> None:
    """The body of a function: a character of a string that is not all ASCII; -1 if the host keeps
    its characters elsewhere."""
    e.lines += lines_of(f"""
  %bits = and i32 %state, {at.USABLE}
  %is_usable = icmp eq i32 %bits, {at.USABLE}
  br i1 %is_usable, label %usable, label %bad
usable:
  %data = getelementptr i8, ptr %text, i64 {at.DATA}
  %shifted = lshr i32 %state, {at.KIND_SHIFT}
  %kind = and i32 %shifted, {at.KIND_MASK}
  %is_1 = icmp eq i32 %kind, 1
  br i1 %is_1, label %one, label %more
one:
  %at_1 = getelementptr i8, ptr %data, i64 %index
  %code_1 = load i8, ptr %at_1
  %wide_1 = zext i8 %code_1 to i64
  ret i64 %wide_1
more:
  %is_2 = icmp eq i32 %kind, 2
  br i1 %is_2, label %two, label %most
two:
  %at_2 = getelementptr i16, ptr %data, i64 %index
  %code_2 = load i16, ptr %at_2
  %wide_2 = zext i16 %code_2 to i64
  ret i64 %wide_2
most:
  %is_4 = icmp eq i32 %kind, 4
  br i1 %is_4, label %four, label %bad
four:
  %at_4 = getelementptr i32, ptr %data, i64 %index
  %code_4 = load i32, ptr %at_4
  %wide_4 = zext i32 %code_4 to i64
  ret i64 %wide_4
bad:
  ret i64 -1""")


def character_object(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The host's string of one character of Latin-1; leave for others."""
    places = at.characters()
    assert places is not None
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp ult i64 {a[0]}, 256"), o.exit)
    is_ascii = e.emit(f"icmp ult i64 {a[0]}, {at.FIRST_OTHER}")
    rest = e.emit(f"sub i64 {a[0]}, {at.FIRST_OTHER}")
    low = e.emit(f"mul i64 {a[0]}, {places.ascii_size}")
    high = e.emit(f"mul i64 {rest}, {places.other_size}")
    first, second = e.static(places.ascii), e.static(places.other)
    base = e.emit(f"select i1 {is_ascii}, ptr {first}, ptr {second}")
    offset = e.emit(f"select i1 {is_ascii}, i64 {low}, i64 {high}")
    e.line(f"{r} = getelementptr i8, ptr {base}, i64 {offset}")


EMITTERS: dict[Op, Emit] = {
    Op.STR_EQUAL: equal,
    Op.STR_SIZE: size,
    Op.STR_AT_CHECKED: character,
    Op.CHARACTER_CHECKED: character_object,
}
