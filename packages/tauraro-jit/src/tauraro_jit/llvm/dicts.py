"""Dicts in LLVM IR: what a key leads to, and new values.

A *place* is the address of the pointer to a key's value. Two functions find it, one for ints and
one for strings, each as the host does but for one thing: where a key has the same hash and is no
int, or no string, the host would call its `__eq__`; they say `ELSEWHERE`.
"""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import dicts as at
from ..layout import strings
from .host import HAS_TAGGED_INTS, INT_DIGITS, INT_SIZE, TYPE, api
from .lists import area, weigh
from .owned import is_harmless, made
from .stores import store_bool, store_float, store_int, without_memory
from .strings import lines_of, need_equal
from .tuples import same_tuple, tuple_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]

ELSEWHERE = "inttoptr (i64 1 to ptr)"
"""In place of a place: only the host can tell."""

MANY = 2**30
"""More references than an object has."""

REPLACED = (int, float, bool, NoneType)
"""Types of values that are replaced: their end runs no Python."""


# --- finding


def find_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    head = "define internal ptr @dict_find_int(ptr %dict, i64 %key) noinline nounwind"
    e.helper("dict_find_int", head, lambda: write_find(e, INT_HASH, same_int(e)))
    found(e, o, e.emit(f"call ptr @dict_find_int(ptr {a[0]}, i64 {a[1]})"), r)


def find_str(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    head = "define internal ptr @dict_find_str(ptr %dict, ptr %key) noinline nounwind"
    e.helper("dict_find_str", head, lambda: write_find(e, str_hash(e), same_str(e)))
    found(e, o, e.emit(f"call ptr @dict_find_str(ptr {a[0]}, ptr {a[1]})"), r)


def find_tuple(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    head = "define internal ptr @dict_find_tuple(ptr %dict, ptr %key) noinline nounwind"
    e.helper("dict_find_tuple", head, lambda: write_find(e, tuple_hash(e), same_tuple(e)))
    found(e, o, e.emit(f"call ptr @dict_find_tuple(ptr {a[0]}, ptr {a[1]})"), r)


def found(e: Emitter, o: Operation, place: str, r: str) -> None:
    """The result, unless only the host can tell."""
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp ne ptr {place}, {ELSEWHERE}"), o.exit)
    e.line(f"{r} = getelementptr i8, ptr {place}, i64 0")


INT_HASH = f"""
  %overflow = alloca i32
  %is_negative = icmp slt i64 %key, 0
  %minus = sub i64 0, %key
  %size = select i1 %is_negative, i64 %minus, i64 %key
  %low = and i64 %size, {at.HASH_MODULUS}
  %high = lshr i64 %size, 61
  %sum = add i64 %low, %high
  %is_over = icmp uge i64 %sum, {at.HASH_MODULUS}
  %less = sub i64 %sum, {at.HASH_MODULUS}
  %rest = select i1 %is_over, i64 %less, i64 %sum
  %opposite = sub i64 0, %rest
  %signed = select i1 %is_negative, i64 %opposite, i64 %rest
  %is_error = icmp eq i64 %signed, -1
  %hash = select i1 %is_error, i64 -2, i64 %signed
  br label %start"""


def str_hash(e: Emitter) -> str:
    return f"""
  %hash_at = getelementptr i8, ptr %key, i64 {strings.HASH}
  %kept_hash = load i64, ptr %hash_at
  %is_unknown = icmp eq i64 %kept_hash, -1
  br i1 %is_unknown, label %compute, label %known
compute:
  %new_hash = call i64 {e.static(api("PyObject_Hash"))}(ptr %key)
  br label %known
known:
  %hash = phi i64 [ %kept_hash, %0 ], [ %new_hash, %compute ]
  br label %start"""


def same_int(e: Emitter) -> str:
    """Whether the key of an entry is the int."""
    if HAS_TAGGED_INTS:
        one_digit = """  %is_short = icmp ult i64 %head, 16
  %tag = and i64 %head, 3
  %sign = sub i64 1, %tag"""
    else:
        one_digit = """  %next_head = add i64 %head, 1
  %is_short = icmp ult i64 %next_head, 3
  %sign = add i64 %head, 0"""
    return f"""
compare:
  %type_at = getelementptr i8, ptr %entry_key, i64 {TYPE}
  %type = load ptr, ptr %type_at
  %is_int = icmp eq ptr %type, {e.static(id(int))}
  br i1 %is_int, label %int, label %elsewhere
int:
  %head_at = getelementptr i8, ptr %entry_key, i64 {INT_SIZE}
  %head = load i64, ptr %head_at
{one_digit}
  br i1 %is_short, label %short, label %long
short:
  %digit_at = getelementptr i8, ptr %entry_key, i64 {INT_DIGITS}
  %digit = load i32, ptr %digit_at
  %wide_digit = zext i32 %digit to i64
  %short_value = mul i64 %wide_digit, %sign
  %is_same_short = icmp eq i64 %short_value, %key
  br i1 %is_same_short, label %hit, label %again
long:
  %value = call i64 {e.static(api("PyLong_AsLongLongAndOverflow"))}(ptr %entry_key, ptr %overflow)
  %over = load i32, ptr %overflow
  %fits = icmp eq i32 %over, 0
  %is_equal = icmp eq i64 %value, %key
  %is_same_long = and i1 %fits, %is_equal
  br i1 %is_same_long, label %hit, label %again"""


def same_str(e: Emitter) -> str:
    """Whether the key of an entry is the string."""
    need_equal(e)
    return f"""
compare:
  %is_identical = icmp eq ptr %entry_key, %key
  br i1 %is_identical, label %hit, label %other
other:
  %type_at = getelementptr i8, ptr %entry_key, i64 {TYPE}
  %type = load ptr, ptr %type_at
  %is_str = icmp eq ptr %type, {e.static(id(str))}
  br i1 %is_str, label %str, label %elsewhere
str:
  %equal = call i1 @str_equal(ptr %entry_key, ptr %key)
  br i1 %equal, label %hit, label %again
"""


def write_find(e: Emitter, hashing: str, comparing: str) -> None:
    """The body of a function that finds a place; null where the key is missing."""
    split = f"""
start:
  %values_at = getelementptr i8, ptr %dict, i64 {at.VALUES}
  %values = load ptr, ptr %values_at
  %is_whole = icmp eq ptr %values, null
  %watchers_at = getelementptr i8, ptr %dict, i64 {at.WATCHERS}
  %watchers = load i8, ptr %watchers_at
  %is_private = icmp eq i8 %watchers, 0
  %is_usual = and i1 %is_whole, {"%is_private" if at.HAS_WATCHERS else "true"}
  br i1 %is_usual, label %usual, label %elsewhere"""
    probing = f"""
usual:
  %keys_at = getelementptr i8, ptr %dict, i64 {at.KEYS}
  %keys = load ptr, ptr %keys_at
  %log_at = getelementptr i8, ptr %keys, i64 {at.LOG2_SIZE}
  %log = load i8, ptr %log_at
  %bytes_at = getelementptr i8, ptr %keys, i64 {at.LOG2_INDEX_BYTES}
  %bytes = load i8, ptr %bytes_at
  %kind_at = getelementptr i8, ptr %keys, i64 {at.KIND}
  %kind = load i8, ptr %kind_at
  %wide_log = zext i8 %log to i64
  %slots = shl i64 1, %wide_log
  %mask = sub i64 %slots, 1
  %wide_bytes = zext i8 %bytes to i64
  %indices_size = shl i64 1, %wide_bytes
  %indices = getelementptr i8, ptr %keys, i64 {at.INDICES}
  %entries = getelementptr i8, ptr %indices, i64 %indices_size
  %is_general = icmp eq i8 %kind, {at.GENERAL}
  %entry_size = select i1 %is_general, i64 {at.GENERAL_ENTRY}, i64 {at.STRING_ENTRY}
  %key_offset = select i1 %is_general, i64 8, i64 0
  %first = and i64 %hash, %mask
  br label %probe
probe:
  %position = phi i64 [ %first, %usual ], [ %next, %again ]
  %perturb = phi i64 [ %hash, %usual ], [ %perturbed, %again ]
  %is_8 = icmp ult i64 %wide_log, 8
  br i1 %is_8, label %read_8, label %more_than_8
read_8:
  %at_8 = getelementptr i8, ptr %indices, i64 %position
  %index_8 = load i8, ptr %at_8
  %wide_8 = sext i8 %index_8 to i64
  br label %got
more_than_8:
  %is_16 = icmp ult i64 %wide_log, 16
  br i1 %is_16, label %read_16, label %more_than_16
read_16:
  %at_16 = getelementptr i16, ptr %indices, i64 %position
  %index_16 = load i16, ptr %at_16
  %wide_16 = sext i16 %index_16 to i64
  br label %got
more_than_16:
  %is_32 = icmp ult i64 %wide_log, 32
  br i1 %is_32, label %read_32, label %read_64
read_32:
  %at_32 = getelementptr i32, ptr %indices, i64 %position
  %index_32 = load i32, ptr %at_32
  %wide_32 = sext i32 %index_32 to i64
  br label %got
read_64:
  %at_64 = getelementptr i64, ptr %indices, i64 %position
  %index_64 = load i64, ptr %at_64
  br label %got
got:
  %index = phi i64 [ %wide_8, %read_8 ], [ %wide_16, %read_16 ],
    [ %wide_32, %read_32 ], [ %index_64, %read_64 ]
  %is_entry = icmp sge i64 %index, 0
  br i1 %is_entry, label %entry, label %none
none:
  %is_empty = icmp eq i64 %index, {at.EMPTY}
  br i1 %is_empty, label %missing, label %again
entry:
  %offset = mul i64 %index, %entry_size
  %entry_at = getelementptr i8, ptr %entries, i64 %offset
  %entry_key_at = getelementptr i8, ptr %entry_at, i64 %key_offset
  %entry_key = load ptr, ptr %entry_key_at
  %str_hash_at = getelementptr i8, ptr %entry_key, i64 {strings.HASH}
  %entry_hash_at = select i1 %is_general, ptr %entry_at, ptr %str_hash_at
  %entry_hash = load i64, ptr %entry_hash_at
  %has_hash = icmp eq i64 %entry_hash, %hash
  br i1 %has_hash, label %compare, label %again
again:
  %perturbed = lshr i64 %perturb, {at.PERTURB}
  %five = mul i64 %position, 5
  %six = add i64 %five, %perturbed
  %onward = add i64 %six, 1
  %next = and i64 %onward, %mask
  br label %probe
hit:
  %place = getelementptr i8, ptr %entry_key_at, i64 8
  ret ptr %place
missing:
  ret ptr null
elsewhere:
  ret ptr {ELSEWHERE}"""
    e.lines += [line for part in (hashing, split, probing, comparing) for line in lines_of(part)]


# --- storing


def check_old(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Leave if there is a value at a place whose end may run Python."""
    assert o.exit is not None
    some, done = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {a[0]}, null')}, label %{done}, label %{some}")
    e.start(some)
    kind = e.field(e.emit(f"load ptr, ptr {a[0]}"), TYPE, "ptr")
    tests = [e.emit(f"icmp eq ptr {kind}, {e.static(id(type_))}") for type_ in REPLACED]
    known = tests[0]
    for test in tests[1:]:
        known = e.emit(f"or i1 {known}, {test}")
    e.leave_unless(known, o.exit)
    e.line(f"br label %{done}")
    e.start(done)


def lets_go(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Leave if code of the program may run when what is at a place ends."""
    assert o.exit is not None
    some, done = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {a[0]}, null')}, label %{done}, label %{some}")
    e.start(some)
    old = e.emit(f"load ptr, ptr {a[0]}")
    is_harmless(e, o, [old, str(MANY)], f"%{some}.good")
    e.leave_unless(f"%{some}.good", o.exit)
    e.line(f"br label %{done}")
    e.start(done)


def set_object(key: str) -> Emit:
    """Store an object. The host does it, since it may have to tell the garbage collector; what is
    replaced is noted before."""
    key_kind = KEYS[key]
    name = f"dict_put_{key}"

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        arguments = f"ptr {area(e, 0)}, ptr {a[0]}, ptr {a[1]}, {key_kind} {a[2]}, ptr {a[3]}"
        head = f"define internal i1 @{name}(ptr %area, ptr %dict, ptr %place, "
        head += f"{key_kind} %key, ptr %value) noinline nounwind"
        e.helper(name, head, lambda: write_put(e, key))
        done = e.fresh_label()
        stored = e.emit(f"call i1 @{name}({arguments})")
        e.line(f"br i1 {stored}, label %{done}, label %{without_memory(e, o)}, !prof !0")
        e.start(done)

    return emit


def note_in(count: str, found: str) -> str:
    """The lines that note a reference in %area, and take one."""
    return f"""  %{count} = load i64, ptr %area
  %{count}_list = getelementptr i64, ptr %area, i64 2
  %{count}_at = getelementptr ptr, ptr %{count}_list, i64 %{count}
  store ptr {found}, ptr %{count}_at
  %{count}_more = add i64 %{count}, 1
  store i64 %{count}_more, ptr %area"""


def key_object(e: Emitter, key: str) -> str:
    """The line that makes %key_box, a new reference to a key."""
    if key == "int":
        return f"  %key_box = call ptr {e.static(api('PyLong_FromLongLong'))}(i64 %key)"
    retain = f"call void {e.static(api('Py_IncRef'))}"
    return f"  %key_box = getelementptr i8, ptr %key, i64 0\n  {retain}(ptr %key)"


def write_put(e: Emitter, key: str) -> None:
    """The body of a function. Whether there was memory for it."""
    e.lines += lines_of(f"""
  %is_new = icmp eq ptr %place, null
  br i1 %is_new, label %put, label %keep
keep:
  %old = load ptr, ptr %place
  call void {e.static(api("Py_IncRef"))}(ptr %old)
{note_in("count", "%old")}
  br label %put
put:
{key_object(e, key)}
  %no_key = icmp eq ptr %key_box, null
  br i1 %no_key, label %bad, label %set
set:
  %status = call i32 {e.static(api("PyDict_SetItem"))}(ptr %dict, ptr %key_box, ptr %value)
  call void {e.static(api("Py_DecRef"))}(ptr %key_box)
  %is_set = icmp eq i32 %status, 0
  br i1 %is_set, label %good, label %bad
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret i1 false
good:
  ret i1 true""")


def remove_item(key: str) -> Emit:
    """Drop a key. A key that is no int may be a value of the region: it is noted."""
    key_kind = KEYS[key]
    name = f"dict_remove_{key}"

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        notes = area(e, 0) if key == "str" else "null"
        arguments = f"ptr {notes}, ptr {a[0]}, ptr {a[1]}, {key_kind} {a[2]}"
        head = f"define internal i1 @{name}(ptr %area, ptr %dict, ptr %place, {key_kind} %key)"
        e.helper(name, f"{head} noinline nounwind", lambda: write_remove(e, key))
        done = e.fresh_label()
        removed = e.emit(f"call i1 @{name}({arguments})")
        e.line(f"br i1 {removed}, label %{done}, label %{without_memory(e, o)}, !prof !0")
        e.start(done)

    return emit


def write_remove(e: Emitter, key: str) -> None:
    """The body of a function. Whether there was memory for it."""
    keep = f"""  %old_at = getelementptr i8, ptr %place, i64 -8
  %old = load ptr, ptr %old_at
  call void {e.static(api("Py_IncRef"))}(ptr %old)
{note_in("count", "%old")}"""
    e.lines += lines_of(f"""
{keep if key == "str" else ""}
{key_object(e, key)}
  %no_key = icmp eq ptr %key_box, null
  br i1 %no_key, label %bad, label %remove
remove:
  %status = call i32 {e.static(api("PyDict_DelItem"))}(ptr %dict, ptr %key_box)
  call void {e.static(api("Py_DecRef"))}(ptr %key_box)
  %is_removed = icmp eq i32 %status, 0
  br i1 %is_removed, label %good, label %bad
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret i1 false
good:
  ret i1 true""")


# --- new dicts


def new_dict(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyDict_New'))}()")


def copy_dict(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    made(e, o, r, f"call ptr {e.static(api('PyDict_Copy'))}(ptr {a[0]})")
    weigh(e, e.field(a[0], at.USED, "i64"))


KEYS = {"int": "i64", "str": "ptr"}
VALUES: dict[str, tuple[str, Op, Emit]] = {
    "int": ("i64", Op.STORE_INT, store_int),
    "float": ("double", Op.STORE_FLOAT, store_float),
    "bool": ("i1", Op.STORE_BOOL, store_bool),
}


def set_item(key: str, value: str) -> Emit:
    """Store a value at the place of a key, or with a new key."""
    key_kind = KEYS[key]
    value_kind, op, store = VALUES[value]
    name = f"dict_add_{key}_{value}"

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        found, place, own_key, new = a
        head = f"define internal i1 @{name}(ptr %dict, {key_kind} %key, {value_kind} %value)"
        e.helper(name, f"{head} noinline nounwind", lambda: write_add(e, key, value))
        adding, storing, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
        is_new = e.emit(f"icmp eq ptr {place}, null")
        e.line(f"br i1 {is_new}, label %{adding}, label %{storing}, !prof !1")
        e.start(adding)
        arguments = f"ptr {found}, {key_kind} {own_key}, {value_kind} {new}"
        added = e.emit(f"call i1 @{name}({arguments})")
        e.line(f"br i1 {added}, label %{done}, label %{without_memory(e, o)}, !prof !0")
        e.start(storing)
        store(e, Operation(op, (), None, None, o.exit), [place, "0", new], "")
        e.line(f"br label %{done}")
        e.start(done)

    return emit


def write_add(e: Emitter, key: str, value: str) -> None:
    """The body of a function: a new key with its value. Whether there was memory for it."""
    true, false = e.static(id(True)), e.static(id(False))
    retain = f"call void {e.static(api('Py_IncRef'))}"
    release = f"call void {e.static(api('Py_DecRef'))}"
    keys = {
        "int": f"  %key_box = call ptr {e.static(api('PyLong_FromLongLong'))}(i64 %key)",
        "str": f"  %key_box = getelementptr i8, ptr %key, i64 0\n  {retain}(ptr %key)",
    }
    values = {
        "int": f"  %box = call ptr {e.static(api('PyLong_FromLongLong'))}(i64 %value)",
        "float": f"  %box = call ptr {e.static(api('PyFloat_FromDouble'))}(double %value)",
        "bool": f"  %box = select i1 %value, ptr {true}, ptr {false}\n  {retain}(ptr %box)",
    }
    text = f"""
{keys[key]}
{values[value]}
  %no_key = icmp eq ptr %key_box, null
  %no_box = icmp eq ptr %box, null
  %is_missing = or i1 %no_key, %no_box
  br i1 %is_missing, label %drop, label %set
set:
  %status = call i32 {e.static(api("PyDict_SetItem"))}(ptr %dict, ptr %key_box, ptr %box)
  br label %drop
drop:
  %result = phi i32 [ -1, %0 ], [ %status, %set ]
  {release}(ptr %key_box)
  {release}(ptr %box)
  %is_set = icmp eq i32 %result, 0
  br i1 %is_set, label %good, label %bad
bad:
  call void {e.static(api("PyErr_Clear"))}()
  ret i1 false
good:
  ret i1 true"""
    e.lines += lines_of(text)


EMITTERS: dict[Op, Emit] = {
    Op.DICT_FIND_INT_CHECKED: find_int,
    Op.DICT_FIND_STR_CHECKED: find_str,
    Op.DICT_FIND_TUPLE_CHECKED: find_tuple,
    Op.DICT_OLD_CHECKED: check_old,
    Op.DICT_LETS_GO_CHECKED: lets_go,
    Op.DICT_SET_INT_OBJECT: set_object("int"),
    Op.DICT_SET_STR_OBJECT: set_object("str"),
    Op.DICT_REMOVE_INT: remove_item("int"),
    Op.DICT_REMOVE_STR: remove_item("str"),
    Op.NEW_DICT_CHECKED: new_dict,
    Op.COPY_DICT_CHECKED: copy_dict,
    Op.DICT_SET_INT_INT: set_item("int", "int"),
    Op.DICT_SET_INT_FLOAT: set_item("int", "float"),
    Op.DICT_SET_INT_BOOL: set_item("int", "bool"),
    Op.DICT_SET_STR_INT: set_item("str", "int"),
    Op.DICT_SET_STR_FLOAT: set_item("str", "float"),
    Op.DICT_SET_STR_BOOL: set_item("str", "bool"),
}
