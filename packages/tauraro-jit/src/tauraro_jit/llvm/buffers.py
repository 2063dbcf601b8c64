"""Buffers in LLVM IR: whether they are what they are taken for, and their elements."""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op
from ..layout import buffers as at
from ..layout.buffers import CODES, SIZES, BufferShape
from .host import api, libc
from .lists import weigh
from .owned import made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]

SHAPES = {
    "memoryview": (at.VIEW_SHAPE, at.VIEW_STRIDES),
    "ndarray": (at.NUMPY_SHAPE, at.NUMPY_STRIDES),
}
"""Where buffers with axes have the pointers to sizes and strides."""


# --- what a buffer is


def is_buffer(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Its type is known."""
    wanted = BufferShape.parse(o.attr)
    tests = {"array": of_array, "memoryview": of_view, "ndarray": of_numpy}
    found = tests[wanted.family](e, a[0], wanted) if wanted.family in tests else "true"
    e.line(f"{r} = or i1 {found}, false")


def of_array(e: Emitter, found: str, wanted: BufferShape) -> str:
    code = e.field(e.field(found, at.ARRAY_DESCRIPTION, "ptr"), 0, "i8")
    return e.emit(f"icmp eq i8 {code}, {ord(wanted.code)}")


def of_view(e: Emitter, found: str, wanted: BufferShape) -> str:
    """Not released, of one axis."""
    flags = e.field(found, at.VIEW_FLAGS, "i32")
    whole = e.field(e.field(found, at.VIEW_BUFFER, "ptr"), at.BUFFER_FLAGS, "i32")
    released = e.emit(f"and i32 {e.emit(f'or i32 {flags}, {whole}')}, {at.RELEASED}")
    form = e.field(e.field(found, at.VIEW_FORMAT, "ptr"), 0, "i16")
    tests = [
        e.emit(f"icmp eq i32 {released}, 0"),
        e.emit(f"icmp eq i16 {form}, {ord(wanted.code)}"),
        e.emit(f"icmp eq i32 {e.field(found, at.VIEW_AXES, 'i32')}, 1"),
        e.emit(f"icmp eq ptr {e.field(found, at.VIEW_SUBOFFSETS, 'ptr')}, null"),
    ]
    if wanted.writable:
        tests.append(e.emit(f"icmp eq i32 {e.field(found, at.VIEW_READONLY, 'i32')}, 0"))
    good = every(e, tests)
    if wanted.strided:
        return good
    before, one_axis, done = e.label, e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {good}, label %{one_axis}, label %{done}")
    e.start(one_axis)
    stride = e.field(e.field(found, at.VIEW_STRIDES, "ptr"), 0, "i64")
    beside = e.emit(f"icmp eq i64 {stride}, {SIZES[wanted.kind]}")
    e.line(f"br label %{done}")
    e.start(done)
    return e.emit(f"phi i1 [ false, %{before} ], [ {beside}, %{one_axis} ]")


def of_numpy(e: Emitter, found: str, wanted: BufferShape) -> str:
    """Of just this type of elements: NumPy has one object for each that is the host's own."""
    mask = at.ALIGNED
    if wanted.writable:
        mask |= at.WRITEABLE
    if not wanted.strided:
        mask |= at.CONTIGUOUS
    flags = e.field(found, at.NUMPY_FLAGS, "i32")
    asked = mask | at.WARN if wanted.writable else mask
    kept = e.emit(f"and i32 {flags}, {asked - 2**32 if asked >= 2**31 else asked}")
    dtype = e.pointer(id(at.dtype_of(wanted.code)))
    tests = [
        e.emit(f"icmp eq ptr {e.field(found, at.NUMPY_DTYPE, 'ptr')}, {dtype}"),
        e.emit(f"icmp eq i32 {e.field(found, at.NUMPY_AXES, 'i32')}, {wanted.axes}"),
        e.emit(f"icmp eq i32 {kept}, {mask}"),
    ]
    return every(e, tests)


def every(e: Emitter, tests: list[str]) -> str:
    """Whether all hold."""
    found = tests[0]
    for test in tests[1:]:
        found = e.emit(f"and i1 {found}, {test}")
    return found


def data(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    if o.attr == "bytes":
        e.line(f"{r} = getelementptr i8, ptr {a[0]}, i64 {at.BYTES_DATA}")
        return
    places = {
        "bytearray": at.BYTEARRAY_START,
        "array": at.ARRAY_ITEMS,
        "memoryview": at.VIEW_DATA,
        "ndarray": at.NUMPY_DATA,
    }
    e.line(f"{r} = load ptr, ptr {e.address(a[0], places[o.attr])}")


def size(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    if o.attr not in SHAPES:
        e.line(f"{r} = load i64, ptr {e.address(a[0], at.SIZE)}")
        return
    word(e, e.field(a[0], SHAPES[o.attr][0], "ptr"), a[1], r)


def stride(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    word(e, e.field(a[0], SHAPES[o.attr][1], "ptr"), a[1], r)


def word(e: Emitter, words: str, number: str, r: str) -> None:
    """One of several words."""
    place = e.emit(f"getelementptr i64, ptr {words}, i64 {number}")
    e.line(f"{r} = load i64, ptr {place}")


# --- buffers that grow


def room(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Nobody looks at its memory, and the host would not take other memory."""
    family = BufferShape.parse(o.attr).family
    size = e.field(a[0], at.SIZE, "i64")
    if family == "array":
        alone = e.emit(f"icmp eq i64 {e.field(a[0], at.ARRAY_EXPORTS, 'i64')}, 0")
        rest = e.emit(f"icmp slt i64 {size}, {e.field(a[0], at.ARRAY_ALLOCATED, 'i64')}")
        e.line(f"{r} = and i1 {alone}, {rest}")
        return
    alone = e.emit(f"icmp eq i64 {e.field(a[0], at.BYTEARRAY_EXPORTS, 'i64')}, 0")
    allocated = e.field(a[0], at.BYTEARRAY_ALLOCATED, "i64")
    places = [e.field(a[0], n, "i64") for n in (at.BYTEARRAY_START, at.BYTEARRAY_BYTES)]
    needed = e.emit(f"add i64 {size}, {e.emit(f'sub i64 {places[0]}, {places[1]}')}")
    fits = e.emit(f"icmp sle i64 {e.emit(f'add i64 {needed}, 2')}, {allocated}")
    half = e.emit(f"lshr i64 {allocated}, 1")
    large = e.emit(f"icmp sge i64 {e.emit(f'add i64 {size}, 1')}, {half}")
    e.line(f"{r} = and i1 {every(e, [alone, fits])}, {large}")


def add_element(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """A bytearray has a zero behind its last element."""
    shape = BufferShape.parse(o.attr)
    is_array = shape.family == "array"
    start = e.field(a[0], at.ARRAY_ITEMS if is_array else at.BYTEARRAY_START, "ptr")
    size = e.field(a[0], at.SIZE, "i64")
    offset = e.emit(f"mul i64 {size}, {SIZES[shape.kind]}")
    place = e.emit(f"getelementptr i8, ptr {start}, i64 {offset}")
    poke = poke_float if o.op is Op.BUFFER_ADD_FLOAT else poke_int
    poke(e, Operation(o.op, (), None, shape.code), [place, a[1]], "")
    larger = e.emit(f"add i64 {size}, 1")
    if not is_array:
        e.line(f"store i8 0, ptr {e.emit(f'getelementptr i8, ptr {start}, i64 {larger}')}")
    e.line(f"store i64 {larger}, ptr {e.address(a[0], at.SIZE)}")


def new_bytearray(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """All zeros."""
    make = e.static(api("PyByteArray_FromStringAndSize"))
    made(e, o, r, f"call ptr {make}(ptr null, i64 {a[0]})")
    weigh(e, e.emit(f"lshr i64 {a[0]}, 3"))
    start = e.field(r, at.BYTEARRAY_START, "ptr")
    e.line(f"call ptr {e.static(libc('memset'))}(ptr {start}, i32 0, i64 {a[0]})")


# --- elements


def address(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = getelementptr i8, ptr {a[0]}, i64 {e.emit(f'mul i64 {a[1]}, {a[2]}')}")


def distance(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    first, second = (e.emit(f"ptrtoint ptr {place} to i64") for place in a)
    e.line(f"{r} = sub i64 {first}, {second}")


def peek_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    code = CODES[o.attr]
    bits = 8 * SIZES[code]
    if bits == 64:
        e.line(f"{r} = load i64, ptr {a[0]}, align 1")
        return
    found = e.emit(f"load i{bits}, ptr {a[0]}, align 1")
    if code == "?":
        e.line(f"{r} = zext i1 {e.emit(f'icmp ne i8 {found}, 0')} to i64")
    else:
        e.line(f"{r} = {'sext' if code.islower() else 'zext'} i{bits} {found} to i64")


def peek_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    if o.attr == "d":
        e.line(f"{r} = load double, ptr {a[0]}, align 1")
    else:
        e.line(f"{r} = fpext float {e.emit(f'load float, ptr {a[0]}, align 1')} to double")


def poke_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    bits = 8 * SIZES[CODES[o.attr]]
    value = a[1] if bits == 64 else e.emit(f"trunc i64 {a[1]} to i{bits}")
    e.line(f"store i{bits} {value}, ptr {a[0]}, align 1")


def poke_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    if o.attr == "d":
        e.line(f"store double {a[1]}, ptr {a[0]}, align 1")
    else:
        e.line(f"store float {e.emit(f'fptrunc double {a[1]} to float')}, ptr {a[0]}, align 1")


def narrow(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = fpext float {e.emit(f'fptrunc double {a[0]} to float')} to double")


EMITTERS: dict[Op, Emit] = {
    Op.IS_BUFFER: is_buffer,
    Op.BUFFER_DATA: data,
    Op.BUFFER_SIZE: size,
    Op.BUFFER_STRIDE: stride,
    Op.ADDRESS: address,
    Op.DISTANCE: distance,
    Op.PEEK_INT: peek_int,
    Op.PEEK_FLOAT: peek_float,
    Op.POKE_INT: poke_int,
    Op.POKE_FLOAT: poke_float,
    Op.NEW_BYTEARRAY_CHECKED: new_bytearray,
    Op.BUFFER_ROOM: room,
    Op.BUFFER_ADD_INT: add_element,
    Op.BUFFER_ADD_FLOAT: add_element,
    Op.NARROW: narrow,
}
