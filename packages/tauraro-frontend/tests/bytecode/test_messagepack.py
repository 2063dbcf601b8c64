"""Our MessagePack is everybody's, in the shortest form, and nothing else is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec.msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauraro_frontend.bytecode.messagepack import (
    NUMBER_LIMIT,
    Numbers,
    Reader,
    pack_array,
    pack_binary,
    pack_text,
)
from tauraro_frontend.errors import BytecodeError

EDGES = sorted(
    {
        sign * ((1 << bits) + by)
        for bits in (0, 4, 5, 7, 8, 15, 16, 30)
        for by in (-1, 0, 1)
        for sign in (1, -1)
    }
    | {NUMBER_LIMIT, -NUMBER_LIMIT}
)
NUMBERS = st.integers(-NUMBER_LIMIT, NUMBER_LIMIT) | st.sampled_from(EDGES)
LENGTHS = (0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536)


def wrong(read: Callable[[Reader], Any], data: bytes) -> str:
    """What reading says."""
    with pytest.raises(BytecodeError) as caught:
        read(Reader(data))
    return str(caught.value)


@given(st.lists(NUMBERS, max_size=40))
def test_numbers(numbers: list[int]) -> None:
    data = Numbers().array(numbers)
    assert data == msgspec.msgpack.encode(numbers)
    reader = Reader(data)
    assert reader.offsets() == numbers
    reader.end()


@pytest.mark.parametrize("number", EDGES)
def test_edges_of_the_number_formats(number: int) -> None:
    data = Numbers()[number]
    assert data == msgspec.msgpack.encode(number)
    if number >= 0:
        assert Reader(data).number() == number
    else:
        assert "an integer within bounds" in wrong(Reader.number, data)


@pytest.mark.parametrize("length", LENGTHS)
def test_lengths(length: int) -> None:
    content = bytes(length)
    numbers = [0] * length
    assert pack_binary(content) == msgspec.msgpack.encode(content)
    assert pack_text("x" * length) == msgspec.msgpack.encode("x" * length)
    assert Numbers().array(numbers) == msgspec.msgpack.encode(numbers)
    assert Reader(pack_binary(content)).binary() == content
    assert Reader(pack_text("x" * length)).text() == "x" * length
    assert Reader(Numbers().array(numbers)).numbers() == numbers


@pytest.mark.parametrize("number", [NUMBER_LIMIT + 1, -NUMBER_LIMIT - 1, 1 << 40, 1 << 70])
def test_numbers_that_are_too_large(number: int) -> None:
    with pytest.raises(OverflowError):
        Numbers()[number]


@pytest.mark.parametrize("number", [NUMBER_LIMIT + 1, -NUMBER_LIMIT - 1, 1 << 40, -(1 << 40)])
def test_numbers_of_others_that_are_too_large(number: int) -> None:
    assert "within bounds" in wrong(Reader.offsets, msgspec.msgpack.encode([number]))


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (Reader.number, b"\xcc\x05"),
        (Reader.number, b"\xcd\x00\xff"),
        (Reader.number, b"\xce\x00\x00\xff\xff"),
        (Reader.offsets, b"\x91\xd0\xff"),
        (Reader.offsets, b"\x91\xd0\x05"),
        (Reader.offsets, b"\x91\xd1\xff\x80"),
        (Reader.array, b"\xdc\x00\x00"),
        (Reader.array, b"\xdd\x00\x00\x00\x00"),
        (Reader.text, b"\xd9\x01x"),
        (Reader.text, b"\xda\x00\x20" + b"x" * 32),
        (Reader.binary, b"\xc5\x00\x01x"),
    ],
)
def test_longer_forms_are_refused(read: Callable[[Reader], Any], data: bytes) -> None:
    problem = wrong(read, data)
    assert "in its shortest form" in problem or "within bounds" in problem


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (Reader.number, b""),
        (Reader.number, b"\xcd\x01"),
        (Reader.number, b"\xca\0\0\0\0"),
        (Reader.numbers, b"\x92\x01"),
        (Reader.array, b"\x80"),
        (Reader.array, b""),
        (Reader.array, b"\xdc\x01"),
        (Reader.text, b"\xa2x"),
        (Reader.text, b"\xa1\xff"),
        (Reader.text, b"\x01"),
        (Reader.binary, b"\xa1x"),
        (Reader.flag, b"\xc0"),
        (Reader.flag, b""),
        (Reader.end, b"\x01"),
    ],
)
def test_what_is_not_there(read: Callable[[Reader], Any], data: bytes) -> None:
    assert wrong(read, data).startswith("payload: ")


def test_position_follows() -> None:
    reader = Reader(pack_array(3) + b"\xc0\xc3\xc2" + pack_text("é") + b"\xcc\xff")
    reader.tuple_of(3)
    assert (reader.is_nil(), reader.is_nil()) == (True, False)
    assert (reader.flag(), reader.flag(), reader.text(), reader.number()) == (True, False, "é", 255)
    reader.end()


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Whatever is read is what would be written."""
    try:
        numbers = Reader(data).offsets()
    except BytecodeError:
        return
    assert data.startswith(Numbers().array(numbers))
