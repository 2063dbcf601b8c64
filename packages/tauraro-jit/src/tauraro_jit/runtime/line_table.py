"""The host's table of source positions, with less in it.

In: the table of a code object (PEP 626, PEP 657), and a stretch of its instructions. Out: the same
table, in which these instructions have a line, but no columns. The host reads the table from its
beginning for each frame of a traceback, so what stands there takes time in each of them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

_ONE_LINE, _NO_COLUMNS, _LONG, _NONE = 10, 13, 14, 15
_MOST = 8
"""Instruction units of one entry."""


class Entry(NamedTuple):
    """An entry: its bytes, its instruction units, the lines that it goes on; `known`: it has a
    line."""

    data: bytes
    units: int
    lines: int
    known: bool


def without_columns(table: bytes, start: int, end: int) -> bytes:
    """The table without columns for the instruction units from `start` up to `end`. The same if
    that is no whole number of entries, or if one of them has no line."""
    before, inside, rest = bytearray(), [], bytearray()
    position = 0
    for entry in entries_of(table):
        following = position + entry.units
        if following <= start:
            before += entry.data
        elif start <= position and following <= end and entry.known:
            inside.append(entry)
        elif position >= end:
            rest += entry.data
        else:
            return table
        position = following
    lines = sum(entry.lines for entry in inside)
    for done in range(start, end, _MOST):
        units = min(_MOST, end - done)
        before.append(0x80 | _NO_COLUMNS << 3 | units - 1)
        before += signed(lines)
        lines = 0
    return bytes(before + rest)


def entries_of(table: bytes) -> list[Entry]:
    """The entries of a table: each begins with a byte of which the highest bit is set."""
    starts = [index for index, byte in enumerate(table) if byte & 0x80]
    found = []
    for start, end in zip(starts, [*starts[1:], len(table)], strict=True):
        kind, units = table[start] >> 3 & 15, (table[start] & 7) + 1
        if kind in (_NO_COLUMNS, _LONG):
            lines = read_signed(table, start + 1)
        else:
            lines = kind - _ONE_LINE if _ONE_LINE < kind < _NO_COLUMNS else 0
        found.append(Entry(table[start:end], units, lines, kind != _NONE))
    return found


def read_signed(table: bytes, at: int) -> int:
    """A number whose lowest bit is its sign, six bits in a byte, the lowest first."""
    value = shift = 0
    while True:
        byte = table[at]
        value |= (byte & 63) << shift
        if not byte & 64:
            return -(value >> 1) if value & 1 else value >> 1
        at, shift = at + 1, shift + 6


def signed(number: int) -> bytes:
    """Such a number's bytes."""
    value = -number << 1 | 1 if number < 0 else number << 1
    data = bytearray()
    while value >= 64:
        data.append(64 | value & 63)
        value >>= 6
    data.append(value)
    return bytes(data)
