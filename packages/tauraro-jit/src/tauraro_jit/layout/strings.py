"""Where the host keeps the characters of strings: offsets, claims against live objects.

Only needed where a hot loop meets strings, so it is probed then.
"""

from __future__ import annotations

import sys
from functools import cache

from .host import host_layout
from .memory import Memory, mismatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

SIZE = 16
HASH = 24
STATE = 32
KIND_SHIFT, KIND_MASK = 2, 7
"""In the state: bytes of a character."""
COMPACT, ASCII, READY = 1 << 5, 1 << 6, 1 << 7
"""Bits of the state; the last one only before 3.12, where all strings are ready."""
OLD = sys.version_info < (3, 12)
USABLE = COMPACT | (READY if OLD else 0)
"""What the state of a string must say whose characters are read."""
ASCII_DATA = 48 if OLD else 40
DATA = 72 if OLD else 56
"""Where the characters begin, of strings of ASCII and of others."""
FIRST_OTHER = 128


class Characters(NamedTuple):
    """The host's strings of one character: ASCII from `ascii` on, the rest of Latin-1 from `other`
    on, each so many bytes behind the one before."""

    ascii: int
    ascii_size: int
    other: int
    other_size: int


@cache
def string_problem() -> str:
    """Why native code cannot read strings here, or nothing; probed on the first call."""
    return host_layout().lacks() or mismatch("strings", probe)


def probe(memory: Memory) -> str:
    """What does not hold, or nothing."""
    texts = ["", "a", "plain text", "caf\xe9", "\xff" * 9, "\u20ac 5", "\U0001f40d snake"]
    texts += ["".join([text, text, "z"]) for text in texts]
    for text in texts:
        wide = max(map(ord, text), default=0)
        kind = 1 if wide < 0x100 else 2 if wide < 0x10000 else 4
        state = memory.uint32(id(text) + STATE)
        data = id(text) + (ASCII_DATA if wide < FIRST_OTHER else DATA)
        size = len(text)
        holds = {
            "size": memory.signed(id(text) + SIZE) == size,
            "state": state & USABLE == USABLE and state >> KIND_SHIFT & KIND_MASK == kind,
            "ascii": bool(state & ASCII) is (wide < FIRST_OTHER),
            "hash": hash(text) == memory.signed(id(text) + HASH),
        }
        read = memory.read(data, kind * size) if size else b""
        found = [int.from_bytes(read[n : n + kind], "little") for n in range(0, kind * size, kind)]
        holds["characters"] = found == [ord(c) for c in text]
        wrong = [name for name, correct in holds.items() if not correct]
        if wrong:
            return f"unexpected: {', '.join(wrong)} of {text!r}"
    return ""


@cache
def characters() -> Characters | None:
    """Where the strings of one character are, if they lie side by side."""
    places = [id(chr(code)) for code in range(256)]
    ascii_, other = places[:FIRST_OTHER], places[FIRST_OTHER:]
    ascii_size, other_size = ascii_[1] - ascii_[0], other[1] - other[0]
    found = Characters(ascii_[0], ascii_size, other[0], other_size)
    regular = ascii_ == [found.ascii + ascii_size * k for k in range(FIRST_OTHER)]
    regular &= other == [found.other + other_size * k for k in range(FIRST_OTHER)]
    return found if regular else None
