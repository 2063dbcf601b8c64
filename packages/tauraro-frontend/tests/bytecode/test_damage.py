"""Whatever the bytes are, decoding gives a module or a BytecodeError that names the place."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauraro_frontend.bytecode.container import (
    FORMAT_VERSION,
    HEADER,
    MAGIC,
    Container,
    pack,
    seal,
    table_digest,
    unpack,
)
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.encode import encode_module
from tauraro_frontend.errors import BytecodeError
from tauraro_frontend.pipeline import build_module

DATA = encode_module(
    build_module("def f(a, *b):\n    return [x for x in a if b], 'text'\n", "f.py")
)


def problem_of(data: bytes) -> str:
    """What decoding says."""
    with pytest.raises(BytecodeError) as caught:
        decode_module(data)
    return str(caught.value)


def repaired(data: bytes) -> bytes:
    """The file with its length and digest set right."""
    head = data[: HEADER.size]
    fields = HEADER.unpack(head)
    return seal(HEADER.pack(*fields[:-1], len(data) - HEADER.size) + data[HEADER.size :])


def test_header_is_as_documented() -> None:
    magic, version, table, _, source_hash, length = HEADER.unpack_from(DATA)
    assert (magic, version, table) == (MAGIC, FORMAT_VERSION, table_digest())
    assert length == len(DATA) - HEADER.size
    assert unpack(DATA) == Container(source_hash, DATA[HEADER.size :])


def test_every_truncation() -> None:
    for length in range(len(DATA)):
        place = problem_of(DATA[:length]).partition(":")[0]
        assert place == "header"


def test_every_single_bit() -> None:
    for position in range(len(DATA)):
        for bit in range(8):
            flipped = bytearray(DATA)
            flipped[position] ^= 1 << bit
            assert problem_of(bytes(flipped)).startswith(("header: ", "payload: digest mismatch"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "header: not a .tbc file"),
        (b"print('hello')\n" * 10, "header: not a .tbc file"),
        (DATA[:40], "header: truncated: 40 of 76 bytes"),
        (DATA + b"\0", "header: a payload of"),
        (seal(DATA[:8] + b"\2" + DATA[9:]), "header: format version 2, expected 1"),
        (seal(DATA[:12] + bytes(16) + DATA[28:]), "header: made for another instruction table"),
        (DATA[:60] + bytes(8) + DATA[68:], "payload: digest mismatch"),
    ],
)
def test_header(data: bytes, problem: str) -> None:
    assert problem_of(data).startswith(problem)


def test_source_hash_has_eight_bytes() -> None:
    with pytest.raises(BytecodeError, match="header: a source hash has 8 bytes, not 3"):
        pack(Container(b"abc", b""))


def test_repaired_truncations() -> None:
    for length in range(HEADER.size, len(DATA)):
        assert problem_of(repaired(DATA[:length])).startswith("payload: ")


def payload() -> list[Any]:
    """The payload as plain lists: filename, strings, constants, codes."""
    decoded: list[Any] = msgspec.msgpack.decode(DATA[HEADER.size :])
    return decoded


FIELDS = {
    "kind": 0, "name": 1, "signature": 3, "locals": 4, "cells": 5, "temps": 6, "stream": 7,
    "lines": 8, "columns": 9, "widths": 10, "heights": 11,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "field", "change", "problem"),
    [
        (0, "kind", lambda kind: 77, "code 0: 77 is not a valid CodeKind"),
        (0, "name", lambda name: 10**6, "code 0: refers to something that is not there"),
        (0, "name", lambda name: -1, "payload: expected an integer within bounds at byte "),
        (0, "name", lambda name: "f", "payload: expected an integer within bounds at byte "),
        (1, "locals", lambda names: [*names, 10**6], "code 1: refers to"),
        (1, "cells", lambda cells: [*cells, 1], "code 1: a cell has three words"),
        (
            1,
            "signature",
            lambda signature: signature[:3],
            "payload: expected an array of length 7 before what is at byte ",
        ),
        (1, "stream", lambda stream: [255, *stream[1:]], "code 1 instruction 0: refers to"),
        (1, "stream", lambda stream: stream[:-1], "code 1 instruction 5: refers to"),
        (1, "stream", lambda stream: stream[:1], "code 1 instruction 0: refers to"),
        (
            1,
            "stream",
            lambda stream: [2**40],
            "payload: expected an integer within bounds at byte ",
        ),
        (1, "lines", lambda lines: lines[1:], "code 1 spans: columns of different lengths"),
        (1, "heights", lambda heights: [0], "code 1 spans: zip() argument 2 is shorter"),
        (1, "heights", lambda heights: [10**6, 1], "code 1 spans: refers to"),
        (1, "temps", lambda temps: 2**31 - 1, "code 1: 2147483647 temporaries are too many"),
    ],
)
def test_payload(code: int, field: str, change: Any, problem: str) -> None:
    changed = payload()
    row = changed[3][code]
    row[FIELDS[field]] = change(row[FIELDS[field]])
    data = pack(Container(bytes(8), msgspec.msgpack.encode(changed)))
    assert problem_of(data).startswith(problem)


def test_spans_that_no_instruction_uses() -> None:
    changed = payload()
    for field in ("lines", "columns", "widths"):
        changed[3][1][FIELDS[field]].append(0)
    data = pack(Container(bytes(8), msgspec.msgpack.encode(changed)))
    assert "are used" in problem_of(data)


def test_announced_lengths_cost_nothing() -> None:
    """An array or text that claims four billion elements is refused without room for them."""
    for claim in (b"\xdd\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"):
        assert problem_of(pack(Container(bytes(8), b"\x94" + claim))).startswith("payload: ")


@given(st.binary(max_size=200))
def test_any_payload(content: bytes) -> None:
    assert ": " in problem_of(pack(Container(bytes(8), content)))


@given(st.randoms(use_true_random=False))
def test_changed_words(source: random.Random) -> None:
    """Changed numbers in a well-formed payload are a program or a BytecodeError."""
    changed = payload()
    code = source.choice(changed[3])
    numbers = source.choice([code[FIELDS["stream"]], code[FIELDS["columns"]], code[4], code[7]])
    for _ in range(source.randint(1, 3)):
        if numbers:
            numbers[source.randrange(len(numbers))] = source.choice([0, 1, 2, 3, 7, 8, 40, 10**6])
    data = pack(Container(bytes(8), msgspec.msgpack.encode(changed)))
    try:
        module = decode_module(data)
    except BytecodeError as error:
        place = error.place
    else:
        assert decode_module(encode_module(module)) == module
        place = "none"
    assert place
