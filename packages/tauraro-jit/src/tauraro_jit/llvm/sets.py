"""Sets in LLVM IR: whether they have a key, and new keys. As with dicts, a key of the same hash
that is no int, or no string, is left to the host."""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import sets as at
from ..layout.dicts import PERTURB
from .dicts import INT_HASH, KEYS, same_int, same_str, str_hash
from .host import api
from .lists import weigh
from .owned import made
from .plain import need_plain
from .stores import without_memory
from .strings import lines_of
from .tuples import same_tuple, tuple_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]

MISSING, THERE, ELSEWHERE = 0, 1, 2


def has(key: str) -> Emit:
    """Whether a set has a key."""

    def body(e: Emitter) -> None:
        if key == "int":
            write_has(e, INT_HASH, same_int(e))
        elif key == "tuple":
            write_has(e, tuple_hash(e), same_tuple(e))
        else:
            write_has(e, str_hash(e), same_str(e))

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        name, kind = f"set_has_{key}", KEYS.get(key, "ptr")
        head = f"define internal i32 @{name}(ptr %set, {kind} %key) noinline nounwind"
        e.helper(name, head, lambda: body(e))
        found = e.emit(f"call i32 @{name}(ptr {a[0]}, {kind} {a[1]})")
        assert o.exit is not None
        e.leave_unless(e.emit(f"icmp ne i32 {found}, {ELSEWHERE}"), o.exit)
        e.line(f"{r} = icmp eq i32 {found}, {THERE}")

    return emit


def write_has(e: Emitter, hashing: str, comparing: str) -> None:
    """The body of a function."""
    probing = f"""
start:
  %mask_at = getelementptr i8, ptr %set, i64 {at.MASK}
  %mask = load i64, ptr %mask_at
  %table_at = getelementptr i8, ptr %set, i64 {at.TABLE}
  %table = load ptr, ptr %table_at
  %first = and i64 %hash, %mask
  br label %probe
probe:
  %position = phi i64 [ %first, %start ], [ %next, %jump ]
  %perturb = phi i64 [ %hash, %start ], [ %perturbed, %jump ]
  %last = add i64 %position, {at.LINEAR_PROBES}
  %has_room = icmp ule i64 %last, %mask
  %end = select i1 %has_room, i64 %last, i64 %position
  br label %look
look:
  %number = phi i64 [ %position, %probe ], [ %following, %more ]
  %offset = mul i64 %number, {at.ENTRY}
  %entry = getelementptr i8, ptr %table, i64 %offset
  %entry_key = load ptr, ptr %entry
  %is_unused = icmp eq ptr %entry_key, null
  br i1 %is_unused, label %missing, label %used
used:
  %entry_hash_at = getelementptr i8, ptr %entry, i64 {at.ENTRY_HASH}
  %entry_hash = load i64, ptr %entry_hash_at
  %has_hash = icmp eq i64 %entry_hash, %hash
  br i1 %has_hash, label %compare, label %again
again:
  %following = add i64 %number, 1
  %is_end = icmp uge i64 %number, %end
  br i1 %is_end, label %jump, label %more
more:
  br label %look
jump:
  %perturbed = lshr i64 %perturb, {PERTURB}
  %five = mul i64 %position, 5
  %six = add i64 %five, %perturbed
  %onward = add i64 %six, 1
  %next = and i64 %onward, %mask
  br label %probe
hit:
  ret i32 {THERE}
missing:
  ret i32 {MISSING}
elsewhere:
  ret i32 {ELSEWHERE}"""
    e.lines += [line for part in (hashing, probing, comparing) for line in lines_of(part)]


def add(key: str) -> Emit:
    """Add a key that is missing; the third argument says whether it is there."""

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        name, kind = f"set_add_{key}", KEYS[key]
        head = f"define internal i1 @{name}(ptr %set, {kind} %key) noinline nounwind"
        e.helper(name, head, lambda: write_add(e, key))
        adding, done = e.fresh_label(), e.fresh_label()
        e.line(f"br i1 {a[2]}, label %{done}, label %{adding}")
        e.start(adding)
        added = e.emit(f"call i1 @{name}(ptr {a[0]}, {kind} {a[1]})")
        e.line(f"br i1 {added}, label %{done}, label %{without_memory(e, o)}, !prof !0")
        e.start(done)

    return emit


def write_add(e: Emitter, key: str) -> None:
    """The body of a function: a new key. Whether there was memory for it."""
    keys = {
        "int": f"  %box = call ptr {e.static(api('PyLong_FromLongLong'))}(i64 %key)",
        "str": "  %box = getelementptr i8, ptr %key, i64 0\n"
        f"  call void {e.static(api('Py_IncRef'))}(ptr %box)",
    }
    e.lines += lines_of(f"""
{keys[key]}
  %is_missing = icmp eq ptr %box, null
  br i1 %is_missing, label %bad, label %add
add:
  %status = call i32 {e.static(api("PySet_Add"))}(ptr %set, ptr %box)
  call void {e.static(api("Py_DecRef"))}(ptr %box)
  %is_added = icmp eq i32 %status, 0
  br i1 %is_added, label %good, label %bad
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret i1 false
good:
  ret i1 true""")


def discard(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Drop a key that is there."""
    head = "define internal i1 @set_discard(ptr %set, i64 %key) noinline nounwind"
    e.helper("set_discard", head, lambda: write_discard(e))
    dropping, done = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {a[2]}, label %{dropping}, label %{done}")
    e.start(dropping)
    dropped = e.emit(f"call i1 @set_discard(ptr {a[0]}, i64 {a[1]})")
    e.line(f"br i1 {dropped}, label %{done}, label %{without_memory(e, o)}, !prof !0")
    e.start(done)


def write_discard(e: Emitter) -> None:
    """The body of a function. Whether there was memory for it."""
    e.lines += lines_of(f"""
  %box = call ptr {e.static(api("PyLong_FromLongLong"))}(i64 %key)
  %is_missing = icmp eq ptr %box, null
  br i1 %is_missing, label %bad, label %drop
drop:
  %status = call i32 {e.static(api("PySet_Discard"))}(ptr %set, ptr %box)
  call void {e.static(api("Py_DecRef"))}(ptr %box)
  %is_dropped = icmp sge i32 %status, 0
  br i1 %is_dropped, label %good, label %bad
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret i1 false
good:
  ret i1 true""")


# --- new sets


def new_set(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PySet_New'))}(ptr null)")


def to_set(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PySet_New'))}(ptr {a[0]})")
    weigh(e, e.field(r, at.USED, "i64"))


def combine(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api(o.attr))}(ptr {a[0]}, ptr {a[1]})")
    weigh(e, e.field(r, at.USED, "i64"))


def is_plain(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    need_plain(e)
    e.line(f"{r} = call zeroext i1 @plain(ptr {a[0]}, i64 0)")


EMITTERS: dict[Op, Emit] = {
    Op.SET_HAS_INT_CHECKED: has("int"),
    Op.SET_HAS_STR_CHECKED: has("str"),
    Op.SET_HAS_TUPLE_CHECKED: has("tuple"),
    Op.SET_DISCARD_INT: discard,
    Op.NEW_SET_CHECKED: new_set,
    Op.TO_SET_CHECKED: to_set,
    Op.SET_COMBINE_CHECKED: combine,
    Op.IS_PLAIN: is_plain,
    Op.SET_ADD_INT: add("int"),
    Op.SET_ADD_STR: add("str"),
}
