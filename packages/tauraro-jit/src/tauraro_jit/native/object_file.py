"""What an object file of LLVM says about the code in it."""

from __future__ import annotations

import struct

_EXECUTABLE = 4
"""SHF_EXECINSTR of the ELF format."""


def code_size(data: bytes) -> int:
    """The bytes of machine code in a 64-bit little-endian ELF file; of any other, its length."""
    if data[:6] != b"\x7fELF\x02\x01":
        return len(data)
    (table,) = struct.unpack_from("<Q", data, 0x28)
    entry, count = struct.unpack_from("<HH", data, 0x3A)
    size = 0
    for place in range(table, table + entry * count, entry):
        flags, _, _, length = struct.unpack_from("<QQQQ", data, place + 8)
        if flags & _EXECUTABLE:
            size += length
    return size
