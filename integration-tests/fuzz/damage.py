"""Damaged files: every truncation, and flipped bits. In: a file. Out: what decoding says of
each."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.errors import BytecodeError


def truncations(data: bytes) -> Iterator[bytes]:
    """All proper prefixes of a file."""
    for length in range(len(data)):
        yield data[:length]


def flips(data: bytes, count: int, seed: str) -> Iterator[bytes]:
    """Copies of a file with one bit flipped, at random."""
    source = random.Random(seed)
    for _ in range(count):
        damaged = bytearray(data)
        damaged[source.randrange(len(data))] ^= 1 << source.randrange(8)
        yield bytes(damaged)


def is_refused(data: bytes) -> bool:
    """Whether decoding raises BytecodeError with a place. Other exceptions are let through."""
    try:
        decode_module(data)
    except BytecodeError as error:
        return error.place in ("header", "payload")
    return False
