"""MessagePack, as much of it as a payload is made of: arrays, integers, text, bytes, nil, booleans.

In: values one by one. Out: their bytes, in the shortest form, and back. Any MessagePack library
reads what is written here. Reading accepts nothing but the shortest form of what is expected at
this place, so that equal modules have equal bytes both ways, and a length that the data cannot
hold is refused before any room is made for it.

Own code, because loading a library for this costs more than compiling a small program does (see
docs/decisions/0005-cold-start.md).
"""

from __future__ import annotations

import struct

from ..errors import BytecodeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER_LIMIT = 2**31 - 1
"""The largest absolute value of an integer."""

NIL, FALSE, TRUE = b"\xc0", b"\xc2", b"\xc3"

# By first byte: how many bytes of length or number follow.
ARRAYS = {0xDC: 2, 0xDD: 4}
TEXTS = {0xD9: 1, 0xDA: 2, 0xDB: 4}
BINARIES = {0xC4: 1, 0xC5: 2, 0xC6: 4}
UNSIGNED = {0xCC: 1, 0xCD: 2, 0xCE: 4}
SIGNED = {0xD0: 1, 0xD1: 2, 0xD2: 4}

SHORT = bytes([*range(0x80), *range(0xE0, 0x100)])
"""The bytes that are an integer of -32 to 127, which is what they are as signed bytes."""


def packed_length(length: int, fix: int, fix_limit: int, heads: dict[int, int]) -> bytes:
    """The head of an array, text or binary: in one byte below `fix_limit`, else by `heads`."""
    if length < fix_limit:
        return bytes((fix | length,))
    for head, width in heads.items():
        if length >> 8 * width == 0:
            return bytes((head,)) + length.to_bytes(width, "big")
    raise OverflowError(f"{length} elements are too many")


def pack_array(length: int) -> bytes:
    """The head of an array; its elements follow."""
    return packed_length(length, 0x90, 16, ARRAYS)


def pack_text(text: str) -> bytes:
    """A string. Raises UnicodeEncodeError for lone surrogates."""
    content = text.encode()
    return packed_length(len(content), 0xA0, 32, TEXTS) + content


def pack_binary(content: bytes) -> bytes:
    """Bytes."""
    return packed_length(len(content), 0, 0, BINARIES) + content


def pack_number(number: int) -> bytes:
    """An integer. Raises OverflowError beyond the limit, TypeError for what is no integer."""
    if -32 <= number < 128:
        return bytes((number & 0xFF,))
    if not -NUMBER_LIMIT <= number <= NUMBER_LIMIT:
        raise OverflowError(f"{number} is too large")
    heads, magnitude = (UNSIGNED, number) if number >= 0 else (SIGNED, ~number << 1)
    head, width = next(item for item in heads.items() if magnitude >> 8 * item[1] == 0)
    return bytes((head,)) + number.to_bytes(width, "big", signed=number < 0)


class Numbers(dict[int, bytes]):
    """Integers to their bytes; remembers those that it met."""

    def __missing__(self, number: int) -> bytes:
        packed = self[number] = pack_number(number)
        return packed

    def array(self, numbers: list[int]) -> bytes:
        """An array of integers."""
        return pack_array(len(numbers)) + self.run(numbers)

    def run(self, numbers: Iterable[int]) -> bytes:
        """Integers, one after the other."""
        return b"".join(map(self.__getitem__, numbers))


class Reader:
    """Reads `data` from the beginning. All methods raise BytecodeError for anything but what they
    are named for."""

    __slots__ = ("data", "position")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def wrong(self, expected: str) -> BytecodeError:
        """What is wrong at the present position."""
        return BytecodeError("payload", f"expected {expected} at byte {self.position}")

    def end(self) -> None:
        """Nothing follows."""
        if self.position != len(self.data):
            raise self.wrong("the end")

    def length(self, what: str, fix: int, fix_limit: int, heads: dict[int, int]) -> int:
        """A head that `packed_length` made, of something that the data can hold."""
        data, position = self.data, self.position
        head = data[position] if position < len(data) else -1
        if 0 <= head - fix < fix_limit:
            length, position = head - fix, position + 1
        elif head in heads:
            start, width = position, heads[head]
            position += 1 + width
            length = int.from_bytes(data[start + 1 : position], "big")
            if data[start:position] != packed_length(length, fix, fix_limit, heads):
                raise self.wrong(f"{what} in its shortest form")
        else:
            raise self.wrong(what)
        if length > len(data) - position:
            raise self.wrong(f"{what} that ends before the payload does")
        self.position = position
        return length

    def array(self) -> int:
        """The head of an array: how many elements follow."""
        return self.length("an array", 0x90, 16, ARRAYS)

    def tuple_of(self, length: int) -> None:
        """The head of an array of `length` elements."""
        if self.array() != length:
            raise self.wrong(f"an array of length {length} before what is")

    def binary(self) -> bytes:
        """Bytes."""
        length = self.length("bytes", 0, 0, BINARIES)
        return self.take(length)

    def text(self) -> str:
        """A string."""
        length = self.length("text", 0xA0, 32, TEXTS)
        try:
            return self.take(length).decode()
        except UnicodeDecodeError as error:
            raise BytecodeError("payload", str(error)) from error

    def take(self, length: int) -> bytes:
        """The next bytes, which are there."""
        start = self.position
        self.position = start + length
        return self.data[start : self.position]

    def is_nil(self) -> bool:
        """Whether nil stands here; it is read then."""
        found = self.data[self.position : self.position + 1] == NIL
        self.position += found
        return found

    def flag(self) -> bool:
        """A boolean."""
        found = self.data[self.position : self.position + 1]
        if found != FALSE and found != TRUE:
            raise self.wrong("a boolean")
        self.position += 1
        return found == TRUE

    def number(self) -> int:
        """An integer >= 0."""
        (number,) = self.run(1)
        return number

    def numbers(self) -> list[int]:
        """An array of integers >= 0."""
        return self.run(self.array())

    def offsets(self) -> list[int]:
        """An array of integers."""
        return self.run(self.array(), -NUMBER_LIMIT)

    def run(self, count: int, least: int = 0) -> list[int]:
        """That many integers, none below `least`."""
        data, position = self.data, self.position
        block = data[position : position + count]
        if len(block) == count:
            if block.isascii():  # each integer is one byte
                self.position = position + count
                return list(block)
            if least < 0 and not block.translate(None, SHORT):
                self.position = position + count
                return list(struct.unpack(f"{count}b", block))
        numbers: list[int] = []
        append = numbers.append
        try:
            for _ in range(count):
                byte = data[position]
                if byte < 0x80:
                    append(byte)
                    position += 1
                elif byte == 0xCC and data[position + 1] >= 0x80:
                    append(data[position + 1])
                    position += 2
                elif byte == 0xCD and data[position + 1]:
                    append(data[position + 1] << 8 | data[position + 2])
                    position += 3
                elif byte >= 0xE0 and least < 0:
                    append(byte - 0x100)
                    position += 1
                else:
                    self.position = position
                    append(self.long_number(least))
                    position = self.position
        except IndexError:
            self.position = len(data)
            raise self.wrong("an integer") from None
        self.position = position
        return numbers

    def long_number(self, least: int) -> int:
        """An integer of several bytes. Raises IndexError at the end of the data."""
        head = self.data[self.position]
        width = UNSIGNED.get(head) or SIGNED.get(head)
        if width is None:
            raise self.wrong("an integer within bounds")
        start = self.position + 1
        content = self.data[start : start + width]
        if len(content) < width:
            raise IndexError
        number = int.from_bytes(content, "big", signed=head in SIGNED)
        if not least <= number <= NUMBER_LIMIT:
            raise self.wrong("an integer within bounds")
        if pack_number(number) != self.data[self.position : start + width]:
            raise self.wrong("an integer in its shortest form")
        self.position = start + width
        return number
