"""The frame of a `.tbc` file: a header that any damage betrays, then the payload.

    offset  size  field
         0     8  magic
         8     4  format version
        12    16  digest of the instruction table
        28    32  digest of every other byte of the file
        60     8  hash of the source
        68     8  length of the payload
        76        payload

Numbers are little endian, digests are BLAKE2b.
"""

from __future__ import annotations

import struct

from ..errors import BytecodeError
from .formats import CHOICES
from .isa import OPS
from .module import CodeKind
from .operands import OperandKind, Role, Scope

try:
    from _blake2 import blake2b  # `hashlib` loads OpenSSL, which takes 3 ms
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from .records import NamedTuple

MAGIC = b"\x89TBC\r\n\x1a\n"
"""Survives neither a 7-bit channel nor the translation of line ends, and is no text."""

FORMAT_VERSION = 1
"""Counts the incompatible changes of this frame and of the payload's encoding."""

HEADER = struct.Struct("<8sI16s32s8sQ")
TABLE_DIGEST_SIZE = 16
DIGEST_SIZE = 32
DIGEST_START = 28
DIGEST_END = DIGEST_START + DIGEST_SIZE


class Container(NamedTuple):
    """A file taken apart."""

    source_hash: bytes
    payload: bytes


_table_digest = b""


def table_digest() -> bytes:
    """The digest of all that gives the numbers in a payload their meaning."""
    global _table_digest
    if _table_digest:
        return _table_digest
    words = [f"{op.name} | {op.syntax} | {' '.join(op.spans)} | {op.region}" for op in OPS]
    words += [f"{kind}: {' '.join(choices)}" for kind, choices in CHOICES.items()]
    words += [" ".join(enum.__members__) for enum in (OperandKind, Role, Scope, CodeKind)]
    _table_digest = blake2b("\n".join(words).encode(), digest_size=TABLE_DIGEST_SIZE).digest()
    return _table_digest


def digest(data: bytes) -> bytes:
    """The digest of a file: of every byte but the digest's own."""
    state = blake2b(data[:DIGEST_START], digest_size=DIGEST_SIZE)
    state.update(data[DIGEST_END:])
    return state.digest()


def seal(data: bytes) -> bytes:
    """The file with its digest field set right."""
    return data[:DIGEST_START] + digest(data) + data[DIGEST_END:]


def pack(container: Container) -> bytes:
    """The bytes of a `.tbc` file."""
    source_hash, payload = container
    if len(source_hash) != 8:
        raise BytecodeError("header", f"a source hash has 8 bytes, not {len(source_hash)}")
    blank = bytes(DIGEST_SIZE)
    header = HEADER.pack(MAGIC, FORMAT_VERSION, table_digest(), blank, source_hash, len(payload))
    return seal(header + payload)


def unpack(data: bytes) -> Container:
    """Take a `.tbc` file apart. Raises BytecodeError for a file that is damaged, foreign or
    outdated."""
    if not data.startswith(MAGIC):
        raise BytecodeError("header", "not a .tbc file")
    if len(data) < HEADER.size:
        raise BytecodeError("header", f"truncated: {len(data)} of {HEADER.size} bytes")
    _, version, table, expected, source_hash, length = HEADER.unpack_from(data)
    if version != FORMAT_VERSION:
        raise BytecodeError("header", f"format version {version}, expected {FORMAT_VERSION}")
    if table != table_digest():
        raise BytecodeError("header", "made for another instruction table")
    found = len(data) - HEADER.size
    if found != length:
        raise BytecodeError("header", f"a payload of {length} bytes is announced, {found} follow")
    if digest(data) != expected:
        raise BytecodeError("payload", "digest mismatch")
    return Container(source_hash, data[HEADER.size :])
