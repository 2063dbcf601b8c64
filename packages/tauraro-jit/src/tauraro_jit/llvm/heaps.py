"""Heaps in LLVM IR: lists of numbers, strings, or tuples of those, in the order of `heapq`.

    less(a, b)               whether a < b: 0, 1; 2 if only the host can tell
    heap_fits(list, item)    whether all comparisons that a push makes can be made here
    heap_push(list, item)    the item at its place; it is the last one of the list
    heap_opens(list)         whether all comparisons that a pop makes can be made here
    heap_turn(list)          the first item to the end, the others as a heap

They compare what the host compares, in its order.
"""

from __future__ import annotations

from ..ir.graph import Operation
from ..ir.ops import Op
from .host import FLOAT_VALUE, LIST_ITEMS, SIZE, TUPLE_ITEMS, TYPE, api
from .lists import append, retain
from .strings import lines_of
from .tuples import is_plain, short_int

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

LESS_THAN, EQUAL = 0, 2
"""Comparisons by the host's numbers."""


def need_less(e: Emitter) -> None:
    """The module has the functions that compare."""
    head = "define internal i32 @less_plain(ptr %x, ptr %y) noinline nounwind"
    e.helper("less_plain", head, lambda: write_less_plain(e))
    head = "define internal i32 @less(ptr %x, ptr %y) noinline nounwind"
    e.helper("less", head, lambda: write_less(e))


def types_of() -> str:
    return f"""  %x_type_at = getelementptr i8, ptr %x, i64 {TYPE}
  %x_type = load ptr, ptr %x_type_at
  %y_type_at = getelementptr i8, ptr %y, i64 {TYPE}
  %y_type = load ptr, ptr %y_type_at
  %is_same_type = icmp eq ptr %x_type, %y_type"""


def write_less_plain(e: Emitter) -> None:
    """The body of a function: of two objects that are no tuples."""
    e.lines += lines_of(f"""
{types_of()}
  br i1 %is_same_type, label %one_type, label %general
one_type:
  %are_ints = icmp eq ptr %x_type, {e.static(id(int))}
  br i1 %are_ints, label %ints, label %no_ints
ints:
{short_int("x")}
{short_int("y")}
  %are_short = and i1 %x_short, %y_short
  br i1 %are_short, label %short, label %general
short:
  %is_less_int = icmp slt i64 %x_value, %y_value
  %less_int = zext i1 %is_less_int to i32
  ret i32 %less_int
no_ints:
  %are_floats = icmp eq ptr %x_type, {e.static(id(float))}
  br i1 %are_floats, label %floats, label %general
floats:
  %x_at = getelementptr i8, ptr %x, i64 {FLOAT_VALUE}
  %y_at = getelementptr i8, ptr %y, i64 {FLOAT_VALUE}
  %x_float = load double, ptr %x_at
  %y_float = load double, ptr %y_at
  %is_less_float = fcmp olt double %x_float, %y_float
  %less_float = zext i1 %is_less_float to i32
  ret i32 %less_float
general:
{is_plain(e, "%x_type", "x_is_plain")}
{is_plain(e, "%y_type", "y_is_plain")}
  %are_plain = and i1 %x_is_plain, %y_is_plain
  br i1 %are_plain, label %ask, label %elsewhere
ask:
  %found = call i32 {compare(e)}(ptr %x, ptr %y, i32 {LESS_THAN})
  %is_error = icmp slt i32 %found, 0
  br i1 %is_error, label %raised, label %told
told:
  ret i32 %found
raised:
  call void {e.static(api("PyErr_Clear"))}()
  br label %elsewhere
elsewhere:
  ret i32 2""")


def compare(e: Emitter) -> str:
    return e.static(api("PyObject_RichCompareBool"))


def write_less(e: Emitter) -> None:
    """The body of a function: tuples are compared by the first items that differ."""
    e.lines += lines_of(f"""
{types_of()}
  %is_tuple = icmp eq ptr %x_type, {e.static(id(tuple))}
  %are_tuples = and i1 %is_same_type, %is_tuple
  br i1 %are_tuples, label %tuples, label %plain
plain:
  %less_plain = call i32 @less_plain(ptr %x, ptr %y)
  ret i32 %less_plain
tuples:
  %x_size_at = getelementptr i8, ptr %x, i64 {SIZE}
  %y_size_at = getelementptr i8, ptr %y, i64 {SIZE}
  %x_size = load i64, ptr %x_size_at
  %y_size = load i64, ptr %y_size_at
  %x_items = getelementptr i8, ptr %x, i64 {TUPLE_ITEMS}
  %y_items = getelementptr i8, ptr %y, i64 {TUPLE_ITEMS}
  %is_shorter = icmp slt i64 %x_size, %y_size
  %size = select i1 %is_shorter, i64 %x_size, i64 %y_size
  br label %head
head:
  %k = phi i64 [ 0, %tuples ], [ %next, %each ], [ %next, %equal ]
  %is_more = icmp slt i64 %k, %size
  br i1 %is_more, label %each, label %ended
each:
  %next = add i64 %k, 1
  %a_at = getelementptr ptr, ptr %x_items, i64 %k
  %b_at = getelementptr ptr, ptr %y_items, i64 %k
  %a = load ptr, ptr %a_at
  %b = load ptr, ptr %b_at
  %is_identical = icmp eq ptr %a, %b
  br i1 %is_identical, label %head, label %below
below:
  %less_item = call i32 @less_plain(ptr %a, ptr %b)
  %is_less = icmp eq i32 %less_item, 1
  br i1 %is_less, label %yes, label %not_less
not_less:
  %is_unknown = icmp eq i32 %less_item, 2
  br i1 %is_unknown, label %elsewhere, label %above
above:
  %more_item = call i32 {compare(e)}(ptr %a, ptr %b, i32 {EQUAL})
  %is_equal = icmp eq i32 %more_item, 1
  br i1 %is_equal, label %equal, label %no
equal:
  br label %head
ended:
  %less_size = zext i1 %is_shorter to i32
  ret i32 %less_size
yes:
  ret i32 1
no:
  ret i32 0
elsewhere:
  ret i32 2""")


# --- push


def fits(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_less(e)
    head = "define internal i1 @heap_fits(ptr %list, ptr %item) noinline nounwind"
    e.helper("heap_fits", head, lambda: write_fits(e))
    assert o.exit is not None
    e.leave_unless(e.emit(f"call i1 @heap_fits(ptr {a[0]}, ptr {a[1]})"), o.exit)


def write_fits(e: Emitter) -> None:
    """The body of a function."""
    e.lines += lines_of(f"""
  %size_at = getelementptr i8, ptr %list, i64 {SIZE}
  %size = load i64, ptr %size_at
  %items_at = getelementptr i8, ptr %list, i64 {LIST_ITEMS}
  %items = load ptr, ptr %items_at
  br label %head
head:
  %place = phi i64 [ %size, %0 ], [ %parent, %look ]
  %is_below = icmp sgt i64 %place, 0
  br i1 %is_below, label %look, label %good
look:
  %before = sub i64 %place, 1
  %parent = lshr i64 %before, 1
  %other_at = getelementptr ptr, ptr %items, i64 %parent
  %other = load ptr, ptr %other_at
  %less = call i32 @less(ptr %item, ptr %other)
  %is_less = icmp eq i32 %less, 1
  br i1 %is_less, label %head, label %end
end:
  %is_known = icmp eq i32 %less, 0
  ret i1 %is_known
good:
  ret i1 true""")


def push(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Append, then move up."""
    need_less(e)
    head = "define internal void @heap_push(ptr %list, ptr %item) noinline nounwind"
    e.helper("heap_push", head, lambda: write_push(e))
    retain(e, a[1])
    append(e, o, a[0], a[1])
    e.line(f"call void @heap_push(ptr {a[0]}, ptr {a[1]})")


def write_push(e: Emitter) -> None:
    """The body of a function."""
    e.lines += lines_of(f"""
  %size_at = getelementptr i8, ptr %list, i64 {SIZE}
  %size = load i64, ptr %size_at
  %items_at = getelementptr i8, ptr %list, i64 {LIST_ITEMS}
  %items = load ptr, ptr %items_at
  %last = sub i64 %size, 1
  br label %head
head:
  %place = phi i64 [ %last, %0 ], [ %parent, %up ]
  %is_below = icmp sgt i64 %place, 0
  br i1 %is_below, label %look, label %end
look:
  %before = sub i64 %place, 1
  %parent = lshr i64 %before, 1
  %other_at = getelementptr ptr, ptr %items, i64 %parent
  %other = load ptr, ptr %other_at
  %less = call i32 @less(ptr %item, ptr %other)
  %is_less = icmp eq i32 %less, 1
  br i1 %is_less, label %up, label %end
up:
  %down_at = getelementptr ptr, ptr %items, i64 %place
  store ptr %other, ptr %down_at
  br label %head
end:
  %place_at = getelementptr ptr, ptr %items, i64 %place
  store ptr %item, ptr %place_at
  ret void""")


# --- pop


def opens(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_less(e)
    head = "define internal i1 @heap_opens(ptr %list) noinline nounwind"
    e.helper("heap_opens", head, lambda: write_pop(e, moves=False))
    assert o.exit is not None
    e.leave_unless(e.emit(f"call i1 @heap_opens(ptr {a[0]})"), o.exit)


def turn(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_less(e)
    head = "define internal i1 @heap_turn(ptr %list) noinline nounwind"
    e.helper("heap_turn", head, lambda: write_pop(e, moves=True))
    e.emit(f"call i1 @heap_turn(ptr {a[0]})")


def write_pop(e: Emitter, moves: bool) -> None:
    """The body of a function: down along the smaller items to the end; then the last item goes up
    from there, past those that are larger. Where nothing moves, what would have moved up by one is
    still a place lower."""
    move = """  %up_at = getelementptr ptr, ptr %items, i64 %place
  store ptr %chosen, ptr %up_at"""
    look_up = "%parent" if moves else "%low"
    sink = """  %sunk_at = getelementptr ptr, ptr %items, i64 %low
  store ptr %other, ptr %sunk_at"""
    finish = """  %final_at = getelementptr ptr, ptr %items, i64 %low
  store ptr %item, ptr %final_at
  store ptr %root, ptr %item_at"""
    e.lines += lines_of(f"""
  %size_at = getelementptr i8, ptr %list, i64 {SIZE}
  %size = load i64, ptr %size_at
  %items_at = getelementptr i8, ptr %list, i64 {LIST_ITEMS}
  %items = load ptr, ptr %items_at
  %last = sub i64 %size, 1
  %item_at = getelementptr ptr, ptr %items, i64 %last
  %item = load ptr, ptr %item_at
  %root = load ptr, ptr %items
  %half = lshr i64 %last, 1
  %is_single = icmp slt i64 %last, 1
  br i1 %is_single, label %good, label %head
head:
  %place = phi i64 [ 0, %0 ], [ %child, %down ]
  %is_inner = icmp slt i64 %place, %half
  br i1 %is_inner, label %inner, label %leaf
inner:
  %double = shl i64 %place, 1
  %left = add i64 %double, 1
  %right = add i64 %double, 2
  %left_at = getelementptr ptr, ptr %items, i64 %left
  %left_item = load ptr, ptr %left_at
  %has_right = icmp slt i64 %right, %last
  br i1 %has_right, label %both, label %down
both:
  %right_at = getelementptr ptr, ptr %items, i64 %right
  %right_item = load ptr, ptr %right_at
  %order = call i32 @less(ptr %left_item, ptr %right_item)
  %is_left = icmp eq i32 %order, 1
  %better = select i1 %is_left, i64 %left, i64 %right
  %better_item = select i1 %is_left, ptr %left_item, ptr %right_item
  %is_known = icmp ne i32 %order, 2
  br i1 %is_known, label %down, label %bad
down:
  %child = phi i64 [ %left, %inner ], [ %better, %both ]
  %chosen = phi ptr [ %left_item, %inner ], [ %better_item, %both ]
{move if moves else ""}
  br label %head
leaf:
  br label %rise
rise:
  %low = phi i64 [ %place, %leaf ], [ %parent, %higher ]
  %is_below = icmp sgt i64 %low, 0
  br i1 %is_below, label %look, label %end
look:
  %before = sub i64 %low, 1
  %parent = lshr i64 %before, 1
  %other_at = getelementptr ptr, ptr %items, i64 {look_up}
  %other = load ptr, ptr %other_at
  %less = call i32 @less(ptr %item, ptr %other)
  %is_less = icmp eq i32 %less, 1
  br i1 %is_less, label %higher, label %told
higher:
{sink if moves else ""}
  br label %rise
told:
  %is_told = icmp eq i32 %less, 0
  br i1 %is_told, label %end, label %bad
end:
{finish if moves else ""}
  br label %good
good:
  ret i1 true
bad:
  ret i1 false""")


EMITTERS = {
    Op.HEAP_FITS_CHECKED: fits,
    Op.HEAP_PUSH: push,
    Op.HEAP_OPENS_CHECKED: opens,
    Op.HEAP_TURN: turn,
}
