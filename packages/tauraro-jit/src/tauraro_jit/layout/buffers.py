"""Where bytes, bytearrays, arrays, memoryviews and NumPy's arrays keep their elements: offsets, and
claims against live objects.

A *family* is one of these types. Its claims are probed when a hot loop first meets one.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from functools import cache

from .families import known_types
from .host import host_layout
from .memory import Memory, mismatch
from .offsets import TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

SIZE = 16
"""The number of elements, but of views and NumPy's arrays."""
BYTES_DATA = 32
BYTEARRAY_ALLOCATED = 24
BYTEARRAY_BYTES = 32
"""Where its memory begins, at or before the first element."""
BYTEARRAY_START = 40
BYTEARRAY_EXPORTS = 48
ARRAY_ITEMS = 24
ARRAY_ALLOCATED = 32
ARRAY_EXPORTS = 56
ARRAY_DESCRIPTION = 40
"""What begins with the letter of the elements' type."""
VIEW_BUFFER = 24
VIEW_FLAGS = 40
VIEW_DATA = 56
VIEW_READONLY = 88
VIEW_AXES = 92
VIEW_FORMAT = 96
VIEW_SHAPE = 104
VIEW_STRIDES = 112
VIEW_SUBOFFSETS = 120
BUFFER_FLAGS = 16
RELEASED = 1
"""A bit of a view's flags, and of those of what it is a view of."""
NUMPY_DATA = 16
NUMPY_AXES = 24
NUMPY_SHAPE = 32
NUMPY_STRIDES = 40
NUMPY_DTYPE = 56
NUMPY_FLAGS = 64
CONTIGUOUS, ALIGNED, WRITEABLE, WARN = 1, 0x100, 0x400, 1 << 31
"""Bits of the flags of NumPy's arrays; the last one: storing gives a warning."""

CODES = {
    "b": "b",
    "B": "B",
    "h": "h",
    "H": "H",
    "i": "i",
    "I": "I",
    "l": "q",
    "L": "Q",
    "q": "q",
    "Q": "Q",
    "n": "q",
    "N": "Q",
    "f": "f",
    "d": "d",
    "?": "?",
}
"""Letters of the types of elements, as `struct` has them, to those that differ in size or kind."""

SIZES = {code: struct.calcsize(code) for code in set(CODES.values())}
MOST_AXES = 3


class BufferShape(NamedTuple):
    """What is known of a buffer. `family`; `code`, the letter of its elements' type as the host has
    it; the number of `axes`; whether they are `strided` (else the elements lie side by side);
    whether they may be written; whether some are too `large` for a signed number."""

    family: str
    code: str
    axes: int
    strided: bool
    writable: bool
    large: bool

    @property
    def kind(self) -> str:
        """A key of SIZES."""
        return CODES[self.code]

    @property
    def text(self) -> str:
        """A description, which `parse` understands."""
        return " ".join([self.family, self.code, *(f"{part:d}" for part in self[2:5])])

    @staticmethod
    def parse(text: str) -> BufferShape:
        """What a description says; nothing of large elements."""
        family, code, axes, strided, writable = text.split()
        return BufferShape(family, code, int(axes), strided == "1", writable == "1", False)


def type_of(family: str) -> type:
    """The type of the buffers of a family, whose module the program has imported."""
    if family in ("array", "ndarray"):
        module = sys.modules["array" if family == "array" else "numpy"]
        found: type = getattr(module, family)
        return found
    return {"bytes": bytes, "bytearray": bytearray, "memoryview": memoryview}[family]


def shape_of_buffer(sample: Any) -> BufferShape | None:
    """What native code may take for granted of buffers like this; None if it is no buffer, or one
    that native code cannot use."""
    family = known_types().get(type(sample))
    if family is None or buffer_problem(family):
        return None
    if family in ("bytes", "bytearray"):
        return BufferShape(family, "B", 1, False, family == "bytearray", False)
    if family == "array":
        if sample.typecode not in CODES:
            return None
        return BufferShape(family, sample.typecode, 1, False, True, is_large(sample))
    return shape_of_view(sample) if family == "memoryview" else shape_of_numpy(sample)


def shape_of_view(sample: memoryview[Any]) -> BufferShape | None:
    """Of a view: one axis, elements of a type that is native."""
    try:
        code, size, strides = sample.format, sample.itemsize, sample.strides
    except ValueError:  # it is released
        return None
    if sample.ndim != 1 or code not in CODES or not strides or sample.suboffsets:
        return None
    strided = strides[0] != size
    large = is_large(sample)
    return BufferShape("memoryview", code, 1, strided, not sample.readonly, large)


def shape_of_numpy(sample: Any) -> BufferShape | None:
    """Of an array of NumPy: numbers in the host's byte order."""
    code = sample.dtype.char
    if not 1 <= sample.ndim <= MOST_AXES or code not in CODES or sample.dtype is not dtype_of(code):
        return None
    if not sample.flags.aligned:
        return None
    strided = not sample.flags.c_contiguous
    return BufferShape("ndarray", code, sample.ndim, strided, is_written(sample), False)


def is_written(sample: Any) -> bool:
    """Whether an array of NumPy may be stored into without a warning."""
    if not sample.flags.writeable:
        return False
    with Memory() as memory:
        return not memory.uint32(id(sample) + NUMPY_FLAGS) & WARN


def dtype_of(code: str) -> Any:
    """NumPy's type of elements."""
    return sys.modules["numpy"].dtype(code)


FEW = 64
"""Elements that are looked at."""


def is_large(sample: Any) -> bool:
    """Whether some elements are too large for a signed number of 64 bits."""
    code = sample.format if isinstance(sample, memoryview) else sample.typecode
    if CODES[code] != "Q":
        return False
    step = max(1, len(sample) // FEW)
    return any(sample[k] >= 2**63 for k in range(0, len(sample), step))


# --- claims


@cache
def buffer_problem(family: str) -> str:
    """Why native code cannot use a family, or nothing; probed on the first call."""
    probes = {
        "bytes": probe_bytes,
        "bytearray": probe_bytearray,
        "array": probe_array,
        "memoryview": probe_view,
        "ndarray": probe_numpy,
    }
    return host_layout().lacks() or mismatch(family, probes[family])


def differences(**holds: bool) -> str:
    """What does not hold, or nothing."""
    wrong = [name for name, correct in holds.items() if not correct]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


TEXT = bytes(range(7, 40))


def probe_bytes(memory: Memory) -> str:
    """Of bytes."""
    return differences(
        size=memory.signed(id(TEXT) + SIZE) == len(TEXT),
        data=memory.read(id(TEXT) + BYTES_DATA, len(TEXT)) == TEXT,
        iterator=iterates(memory, TEXT),
    )


def probe_bytearray(memory: Memory) -> str:
    """Of a bytearray, also one that has lost its first elements."""
    whole, rest = bytearray(TEXT), bytearray(TEXT)
    del rest[:3]
    holds = {"iterator": iterates(memory, whole)}
    for name, found in (("whole", whole), ("rest", rest)):
        at = id(found)
        start, first = (memory.pointer(at + n) for n in (BYTEARRAY_START, BYTEARRAY_BYTES))
        size, room = (memory.signed(at + n) for n in (SIZE, BYTEARRAY_ALLOCATED))
        holds[name] = size == len(found) and memory.read(start, size) == found
        with memoryview(found):
            exports = memory.signed(at + BYTEARRAY_EXPORTS)
        holds[f"exports of {name}"] = exports == 1 and memory.signed(at + BYTEARRAY_EXPORTS) == 0
        known = found.__sizeof__() - bytearray.__basicsize__
        holds[f"room of {name}"] = first <= start <= first + 3 and size < room == known
    return differences(**holds)


def probe_array(memory: Memory) -> str:
    """Of arrays of each type of elements."""
    make = type_of("array")
    wrong = ""
    for code in "bBhHiIlLqQfd":
        found: Any = make(code, [1, 2, 3, 100])
        items = memory.pointer(id(found) + ARRAY_ITEMS)
        description = memory.pointer(id(found) + ARRAY_DESCRIPTION)
        data = found.tobytes()
        with memoryview(found):
            exports = memory.signed(id(found) + ARRAY_EXPORTS)
        allocated = (found.__sizeof__() - make.__basicsize__) // found.itemsize
        wrong = wrong or differences(
            size=memory.signed(id(found) + SIZE) == 4,
            items=memory.read(items, len(data)) == data,
            code=memory.byte(description) == ord(code) and found.itemsize == SIZES[CODES[code]],
            iterator=iterates(memory, found),
            exports=exports == 1 and memory.signed(id(found) + ARRAY_EXPORTS) == 0,
            allocated=memory.signed(id(found) + ARRAY_ALLOCATED) == allocated >= 4,
        )
    return wrong


def probe_view(memory: Memory) -> str:
    """Of views: of the whole, of a part, backwards, of other types; and of one that is released."""
    holder = bytearray(TEXT[:32])
    whole = memoryview(holder)
    wrong = ""
    for view in (whole, whole[3:20:4], whole[::-2], whole.cast("i"), whole.toreadonly()):
        wrong = wrong or view_differs(memory, view, holder)
    ended, sliced = memoryview(holder), memoryview(holder)
    part = sliced[1:]
    ended.release()
    flags = memory.int32(id(ended) + VIEW_FLAGS)
    buffers = [memory.pointer(id(view) + VIEW_BUFFER) for view in (whole, sliced, part)]
    return wrong or differences(
        iterator=iterates(memory, whole),
        flags=memory.int32(id(whole) + VIEW_FLAGS) & RELEASED == 0 and flags & RELEASED == 1,
        buffer=buffers[1] == buffers[2] != buffers[0],
        buffer_flags=all(memory.int32(buffer + BUFFER_FLAGS) & RELEASED == 0 for buffer in buffers),
    )


def view_differs(memory: Memory, view: memoryview[Any], holder: bytearray) -> str:
    """What does not hold of a view."""
    start = memory.pointer(id(holder) + BYTEARRAY_START)
    data, at = memory.pointer(id(view) + VIEW_DATA), id(view)
    size, stride = len(view), (view.strides or (0,))[0]
    low = min(data, data + stride * (size - 1))
    form = memory.pointer(at + VIEW_FORMAT)
    read = [memory.read(data + stride * k, view.itemsize) for k in range(size)]
    return differences(
        data=start <= low and b"".join(read) == view.tobytes(),
        axes=memory.int32(at + VIEW_AXES) == 1,
        readonly=bool(memory.int32(at + VIEW_READONLY)) is view.readonly,
        format=memory.read(form, 2) == (view.format or "B").encode() + b"\0",
        shape=memory.signed(memory.pointer(at + VIEW_SHAPE)) == size,
        strides=memory.signed(memory.pointer(at + VIEW_STRIDES)) == stride,
        suboffsets=memory.pointer(at + VIEW_SUBOFFSETS) == 0,
    )


def probe_numpy(memory: Memory) -> str:
    """Of arrays of NumPy."""
    make: Any = sys.modules["numpy"].array
    grid = make([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]])
    fixed = make([1, 2, 3])
    fixed.flags.writeable = False
    wrong = ""
    for found in (grid, grid.T, grid[:, ::-2], fixed, fixed[1:]):
        at = id(found)
        shape, strides = memory.pointer(at + NUMPY_SHAPE), memory.pointer(at + NUMPY_STRIDES)
        flags = memory.uint32(at + NUMPY_FLAGS)
        wrong = wrong or differences(
            axes=memory.int32(at + NUMPY_AXES) == found.ndim,
            data=memory.pointer(at + NUMPY_DATA) == found.__array_interface__["data"][0],
            shape=words(memory, shape, found.ndim) == found.shape,
            strides=words(memory, strides, found.ndim) == found.strides,
            dtype=memory.pointer(at + NUMPY_DTYPE) == id(found.dtype),
            flags=bool(flags & WRITEABLE) is found.flags.writeable and bool(flags & ALIGNED),
        )
    for code in CODES:
        if code in "nN":
            continue
        one = dtype_of(code).type(100)
        raw = one.tobytes()
        wrong = wrong or differences(
            scalar=memory.read(id(one) + SCALAR_VALUE, len(raw)) == raw or code == "?",
            scalar_type=memory.pointer(id(one) + TYPE) == id(type(one)),
        )
    return wrong or differences(iterator=iterates(memory, grid[0]))


SCALAR_VALUE = 16
"""Where NumPy's scalars have their value."""


def words(memory: Memory, address: int, count: int) -> tuple[int, ...]:
    """Words side by side."""
    return tuple(memory.signed(address + 8 * k) for k in range(count))


# --- iterators

INDEX, SEQUENCE = 16, 24
"""Of an iterator: where it is, and what it goes through."""


class Items:
    """Something that is gone through by its indexes, as NumPy's arrays are."""

    def __getitem__(self, index: int) -> int:
        return index


BY_INDEX: type = type(iter(Items()))


def iterator_of(family: str) -> type:
    """The type of a family's iterators."""
    if family == "ndarray":
        return BY_INDEX
    if family == "array":
        return type(iter(type_of("array")("b")))
    found: dict[str, type] = {
        "bytes": type(iter(b"")),
        "bytearray": type(iter(bytearray())),
        "memoryview": type(iter(memoryview(b""))),
    }
    return found[family]


def buffer_iterators() -> set[type]:
    """The types of the iterators of buffers that the program may have. Other things may have such
    an iterator, too."""
    return {iterator_of(family) for family in known_types().values()}


def iterated(iterator: object) -> Any:
    """What the iterator of a buffer goes through; None if it has come to its end."""
    with Memory() as memory:
        address = memory.pointer(id(iterator) + SEQUENCE)
    return ctypes.cast(address, ctypes.py_object).value if address else None


def iterates(memory: Memory, found: Any) -> bool:
    """Whether an iterator is what native code takes it for."""
    iterator = iter(found)
    next(iterator)
    at = id(iterator)
    known = type(iterator) is iterator_of(known_types()[type(found)])
    return known and memory.signed(at + INDEX) == 1 and memory.pointer(at + SEQUENCE) == id(found)
