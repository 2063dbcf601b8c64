"""Buffers as the evaluator sees them: real addresses, with the memory that they may reach."""

from __future__ import annotations

import ctypes
import struct

from ..layout.buffers import CODES, BufferShape, shape_of_buffer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Address:
    """A place in a buffer. `first` and `behind` are where its memory begins and ends; the buffer is
    kept alive."""

    __slots__ = ("at", "behind", "first", "found")

    def __init__(self, found: object, at: int, first: int, behind: int) -> None:
        self.found = found
        self.at = at
        self.first = first
        self.behind = behind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self.at == other.at

    def __hash__(self) -> int:
        return hash(self.at)

    def check(self, size: int) -> int:
        """The address of an element of so many bytes. Raises IndexError if it is not all in the
        buffer."""
        if not self.first <= self.at <= self.behind - size:
            raise IndexError(f"{size} bytes at {self.at - self.first} of a buffer")
        return self.at


def is_buffer(found: Any, description: str) -> bool:
    """Whether a buffer is as its description says."""
    actual, wanted = shape_of_buffer(found), BufferShape.parse(description)
    if actual is None or (actual.family, actual.code, actual.axes) != wanted[:3]:
        return False
    return wanted.strided >= actual.strided and wanted.writable <= actual.writable


def buffer_data(found: Any, family: str) -> Address:
    """Its first element."""
    with memoryview(found) as view:
        size, strides, shape = view.itemsize, view.strides or (), view.shape or ()
    far = [stride * (count - 1) for stride, count in zip(strides, shape, strict=True)]
    start = start_of(found)
    if 0 in shape:
        return Address(found, start, start, start)
    low, high = (sum(part for part in far if (part < 0) is negative) for negative in (True, False))
    return Address(found, start, start + low, start + high + size)


class Buffer(ctypes.Structure):
    """What the host tells of a buffer, as far as it matters."""

    _fields_ = (("data", ctypes.c_void_p), ("rest", ctypes.c_byte * 96))


def start_of(found: object) -> int:
    """The address of the first element of an object."""
    api, buffer = ctypes.pythonapi, Buffer()
    if api.PyObject_GetBuffer(ctypes.py_object(found), ctypes.byref(buffer), STRIDES):
        raise BufferError("no buffer")
    data: int = buffer.data or 0
    api.PyBuffer_Release(ctypes.byref(buffer))
    return data


STRIDES = 0x18
"""What buffers are asked for: they may have any strides."""


def buffer_size(found: Any, axis: int, family: str) -> int:
    with memoryview(found) as view:
        return (view.shape or ())[axis]


def buffer_stride(found: Any, axis: int, family: str) -> int:
    with memoryview(found) as view:
        return (view.strides or ())[axis]


def address(data: Address, index: int, stride: int) -> Address:
    return Address(data.found, data.at + index * stride, data.first, data.behind)


def distance(a: Address, b: Address) -> int:
    return a.at - b.at


def narrow(value: float) -> float:
    found: float = ctypes.c_float(value).value
    return found


def peek(place: Address, code: str) -> Any:
    """An element; bools are ints."""
    form = CODES[code]
    data = ctypes.string_at(place.check(struct.calcsize(form)), struct.calcsize(form))
    (found,) = struct.unpack(form, data)
    if form == "Q":
        return found - 2**64 if found >= 2**63 else found
    return int(found) if form == "?" else found


def poke(place: Address, value: Any, code: str) -> None:
    """Store an element, which fits."""
    form = CODES[code]
    value = value % 2**64 if form == "Q" else bool(value) if form == "?" else value
    data = bytes(ctypes.c_float(value)) if form == "f" else struct.pack(form, value)
    ctypes.memmove(place.check(len(data)), data, len(data))


def has_room(found: Any, description: str) -> bool:
    """A buffer that is looked at cannot grow."""
    return is_buffer(found, description)


def add_element(found: Any, value: Any, description: str) -> None:
    """Append an element, which fits."""
    found.append(value % 2**64 if BufferShape.parse(description).kind == "Q" else value)
