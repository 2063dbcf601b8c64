"""Operations that take several LLVM instructions. Each function gets the names of the operation's
arguments, and the name that its result is to have."""

from __future__ import annotations

import struct
from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op
from . import (
    bodies,
    buffers,
    deques,
    dicts,
    entries,
    heaps,
    journal,
    long_calls,
    sets,
    strings,
    texts,
    tuples,
    whole_numbers,
)
from .host import HAS_TAGGED_INTS, INT_DIGITS, INT_SIZE, TUPLE_ITEMS, TYPE, api, libm
from .instances import count_keys, field, instance_values, is_instance, is_version
from .lists import (
    append_bool,
    append_float,
    append_int,
    clear,
    delete_item,
    extend,
    insert_bool,
    insert_float,
    insert_int,
    reverse,
    set_part,
    shrink,
    sort,
)
from .new_instances import (
    fill_bool,
    fill_float,
    fill_int,
    fill_object,
    name,
    new_instance,
    put_field,
)
from .owned import (
    append_object,
    concat,
    due,
    is_harmless,
    list_part,
    new_list,
    own,
    owned,
    put,
    release,
    repeat_bool,
    repeat_float,
    repeat_int,
    stride,
    take,
    to_list,
    to_tuple,
    tuple_part,
)
from .stores import call_float, store_bool, store_float, store_int
from .tables import INTRINSICS, LOADS, OVERFLOW, SIMPLE, SLOTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .emit import Emitter

Emit = Callable[["Emitter", Operation, list[str], str], None]


def float_literal(value: float) -> str:
    """A double's bits."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


CONSTANTS: dict[Op, Callable[[Any], str]] = {
    Op.CONST_INT: str,
    Op.CONST_BOOL: lambda value: "true" if value else "false",
    Op.CONST_FLOAT: float_literal,
}
"""Numbers as operands."""


def constant_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = add i64 {o.attr}, 0")


def constant_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    (bits,) = struct.unpack("<q", struct.pack("<d", o.attr))
    e.line(f"{r} = bitcast i64 {bits} to double")


def constant_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = or i1 {'true' if o.attr else 'false'}, false")


def constant_object(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = getelementptr i8, ptr {e.pointer(o.attr)}, i64 0")


def floor_div(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    quotient = e.emit(f"sdiv i64 {a[0]}, {a[1]}")
    product = e.emit(f"mul i64 {quotient}, {a[1]}")
    rest = e.emit(f"sub i64 {a[0]}, {product}")
    lower = adjusts(e, rest, a[1])
    e.line(f"{r} = sub i64 {quotient}, {e.emit(f'zext i1 {lower} to i64')}")


def floor_mod(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    rest = e.emit(f"srem i64 {a[0]}, {a[1]}")
    adjusted = e.emit(f"add i64 {rest}, {a[1]}")
    e.line(f"{r} = select i1 {adjusts(e, rest, a[1])}, i64 {adjusted}, i64 {rest}")


def adjusts(e: Emitter, rest: str, divisor: str) -> str:
    """Whether the truncated remainder has not the divisor's sign."""
    opposite = e.emit(f"icmp slt i64 {e.emit(f'xor i64 {rest}, {divisor}')}, 0")
    return e.emit(f"and i1 {e.emit(f'icmp ne i64 {rest}, 0')}, {opposite}")


def select(kind: str) -> Emit:
    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        e.line(f"{r} = select i1 {a[0]}, {kind} {a[1]}, {kind} {a[2]}")

    return emit


def convert(text: str, kind: str) -> Emit:
    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        e.line(f"{r} = {text} {a[0]} to {kind}")

    return emit


def negate(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = fneg double {a[0]}")


def not_(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = xor i1 {a[0]}, true")


def call(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """An LLVM intrinsic where it is exact by definition, else the C library's own function by
    address: by name LLVM would replace it with what it takes for equal."""
    args = ", ".join(f"double {arg}" for arg in a)
    if o.attr in INTRINSICS:
        e.line(f"{r} = call double @llvm.{o.attr}.f64({args})")
    else:
        e.line(f"{r} = call double {e.static(libm(o.attr))}({args})")


def tuple_items(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = getelementptr i8, ptr {a[0]}, i64 {TUPLE_ITEMS}")


def item(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    e.line(f"{r} = load ptr, ptr {place}")


def is_type(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    found = e.field(a[0], TYPE, "ptr")
    e.line(f"{r} = icmp eq ptr {found}, {e.static(id(o.attr))}")


def unbox_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Ints of up to two digits of 30 bits; most have one. An int's memory always has room for
    two."""
    head = e.field(a[0], INT_SIZE, "i64")
    one, more, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    if HAS_TAGGED_INTS:
        compact = e.emit(f"icmp ult i64 {head}, 16")
        sign = e.emit(f"sub i64 1, {e.emit(f'and i64 {head}, 3')}")
    else:
        compact = e.emit(f"icmp ult i64 {e.emit(f'add i64 {head}, 1')}, 3")
        sign = head
    e.line(f"br i1 {compact}, label %{one}, label %{more}, !prof !0")
    e.start(one)
    digit = e.emit(f"zext i32 {e.field(a[0], INT_DIGITS, 'i32')} to i64")
    short = e.emit(f"mul i64 {digit}, {sign}")
    e.line(f"br label %{done}")
    e.start(more)
    if HAS_TAGGED_INTS:
        size = e.emit(f"lshr i64 {head}, 3")
        negative = e.emit(f"icmp eq i64 {e.emit(f'and i64 {head}, 3')}, 2")
    else:
        negative = e.emit(f"icmp slt i64 {head}, 0")
        flipped = e.emit(f"sub i64 0, {head}")
        size = e.emit(f"select i1 {negative}, i64 {flipped}, i64 {head}")
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp eq i64 {size}, 2"), o.exit)
    digits = e.field(a[0], INT_DIGITS, "i64")
    low = e.emit(f"and i64 {digits}, 1073741823")
    high = e.emit(f"shl i64 {e.emit(f'lshr i64 {digits}, 32')}, 30")
    both = e.emit(f"or i64 {low}, {high}")
    minus = e.emit(f"sub i64 0, {both}")
    long = e.emit(f"select i1 {negative}, i64 {minus}, i64 {both}")
    end = e.label
    e.line(f"br label %{done}")
    e.start(done)
    e.line(f"{r} = phi i64 [ {short}, %{one} ], [ {long}, %{end} ]")


def lookup(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = call ptr {e.static(api('PyDict_GetItem'))}(ptr {a[0]}, ptr {a[1]})")


def guard(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    assert o.exit is not None
    e.leave_unless(a[0], o.exit)


def poll(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    bits = f"i{e.poll.bits}"
    word = e.emit(f"load volatile {bits}, ptr %poll")
    asked = e.emit(f"and {bits} {word}, {e.poll.mask}")
    if e.countdowns:
        asked = e.emit(f"select i1 {e.counted_down(o)}, {bits} 1, {bits} {asked}")
    e.line(f"{r} = icmp ne {bits} {asked}, 0")


EMITTERS: dict[Op, Emit] = {
    Op.CONST_INT: constant_int,
    Op.CONST_FLOAT: constant_float,
    Op.CONST_BOOL: constant_bool,
    Op.CONST_OBJECT: constant_object,
    Op.FLOOR_DIV: floor_div,
    Op.FLOOR_MOD: floor_mod,
    Op.SELECT_INT: select("i64"),
    Op.SELECT_FLOAT: select("double"),
    Op.FNEG: negate,
    Op.NOT: not_,
    Op.CALL1: call,
    Op.CALL2: call,
    Op.INT_TO_FLOAT: convert("sitofp i64", "double"),
    Op.CALL_FLOAT: call_float,
    Op.UINT_TO_FLOAT: convert("uitofp i64", "double"),
    Op.FLOAT_TO_INT: convert("fptosi double", "i64"),
    Op.BOOL_TO_INT: convert("zext i1", "i64"),
    Op.TUPLE_ITEMS: tuple_items,
    Op.ITEM: item,
    Op.IS_TYPE: is_type,
    Op.UNBOX_INT_CHECKED: unbox_int,
    Op.IS_INSTANCE: is_instance,
    Op.INSTANCE_VALUES_CHECKED: instance_values,
    Op.FIELD_CHECKED: field,
    Op.IS_VERSION: is_version,
    Op.COUNT_KEYS: count_keys,
    Op.PUT_FIELD: put_field,
    Op.NEW_INSTANCE_CHECKED: new_instance,
    Op.FILL_INT: fill_int,
    Op.FILL_FLOAT: fill_float,
    Op.FILL_BOOL: fill_bool,
    Op.FILL_OBJECT: fill_object,
    Op.NAME: name,
    Op.LOOKUP: lookup,
    Op.GUARD: guard,
    Op.POLL: poll,
    Op.STORE_FLOAT: store_float,
    Op.STORE_INT: store_int,
    Op.REPLACE_FLOAT: store_float,
    Op.REPLACE_INT: store_int,
    Op.STORE_BOOL: store_bool,
    Op.APPEND_INT: append_int,
    Op.APPEND_FLOAT: append_float,
    Op.APPEND_BOOL: append_bool,
    Op.APPEND: append_object,
    Op.PUT: put,
    Op.EXTEND: extend,
    Op.INSERT_INT: insert_int,
    Op.INSERT_FLOAT: insert_float,
    Op.INSERT_BOOL: insert_bool,
    Op.REVERSE: reverse,
    Op.SORT: sort,
    Op.CLEAR: clear,
    Op.STRIDE_CHECKED: stride,
    Op.SHRINK: shrink,
    Op.NEW_LIST_CHECKED: new_list,
    Op.REPEAT_INT_CHECKED: repeat_int,
    Op.REPEAT_FLOAT_CHECKED: repeat_float,
    Op.REPEAT_BOOL_CHECKED: repeat_bool,
    Op.LIST_PART_CHECKED: list_part,
    Op.TUPLE_PART_CHECKED: tuple_part,
    Op.TO_LIST_CHECKED: to_list,
    Op.TO_TUPLE_CHECKED: to_tuple,
    Op.CONCAT_CHECKED: concat,
    Op.ADD_INT: append_int,
    Op.ADD_FLOAT: append_float,
    Op.ADD_BOOL: append_bool,
    Op.ADD_OBJECT: append_object,
    Op.IS_HARMLESS: is_harmless,
    Op.DUE: due,
    Op.OWNED: owned,
    Op.OWN: own,
    Op.RELEASE: release,
    Op.TAKE: take,
    Op.DELETE: delete_item,
    Op.SET_PART: set_part,
}

EMITTERS.update(bodies.EMITTERS)
EMITTERS.update(whole_numbers.EMITTERS)
EMITTERS.update(buffers.EMITTERS)
EMITTERS.update(deques.EMITTERS)
EMITTERS.update(journal.EMITTERS)
EMITTERS.update(long_calls.EMITTERS)
EMITTERS.update(dicts.EMITTERS)
EMITTERS.update(entries.EMITTERS)
EMITTERS.update(heaps.EMITTERS)
EMITTERS.update(sets.EMITTERS)
EMITTERS.update(strings.EMITTERS)
EMITTERS.update(texts.EMITTERS)
EMITTERS.update(tuples.EMITTERS)

UNSUPPORTED = (
    {op for op in Op if op not in EMITTERS and op not in SIMPLE and op not in OVERFLOW}
    - set(SLOTS)
    - set(LOADS)
)
if UNSUPPORTED:
    raise TypeError(f"no LLVM for {sorted(op.text for op in UNSUPPORTED)}")
