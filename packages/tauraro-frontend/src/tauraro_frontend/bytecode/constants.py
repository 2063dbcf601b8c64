"""Constants as bytes. Every value that a literal can have survives bit by bit: the sign of zero,
the payload of a NaN, lone surrogates, integers of any size.

    Constant(-0.0, None)  <->  (FLOAT, b"\\0\\0\\0\\0\\0\\0\\0\\x80")
"""

from __future__ import annotations

import struct

from ..errors import BytecodeError
from .module import Constant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum
else:
    from .records import IntEnum

FLOAT64 = struct.Struct("<d")
COMPLEX128 = struct.Struct("<dd")


class Tag(IntEnum):
    """The type of a constant in a `.tbc` file."""

    NONE = 0
    FALSE = 1
    TRUE = 2
    ELLIPSIS = 3
    INT = 4  # two's complement, little endian, as few bytes as possible
    FLOAT = 5  # binary64, little endian
    COMPLEX = 6  # real, imaginary
    STR = 7  # UTF-8, lone surrogates as if they were characters
    U_STR = 8  # the same, written with the prefix u
    BYTES = 9


SINGLETONS = {Tag.NONE: None, Tag.FALSE: False, Tag.TRUE: True, Tag.ELLIPSIS: ...}
TAG_OF = {value: tag for tag, value in SINGLETONS.items()}


def encode_constant(constant: Constant) -> tuple[int, bytes]:
    """A constant as tag and content. Raises BytecodeError for a value that no literal has."""
    value, kind = constant
    if isinstance(value, str):
        content = value.encode("utf-8", "surrogatepass")
        return (Tag.STR if kind is None else Tag.U_STR), content
    if value is None or value is ... or value is True or value is False:
        return TAG_OF[value], b""
    if isinstance(value, int):
        return Tag.INT, value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    if isinstance(value, float):
        return Tag.FLOAT, FLOAT64.pack(value)
    if isinstance(value, complex):
        return Tag.COMPLEX, COMPLEX128.pack(value.real, value.imag)
    if isinstance(value, bytes):
        return Tag.BYTES, value
    raise BytecodeError("constants", f"no literal has a value of type {type(value).__name__}")


def decode_constant(tag: int, content: bytes) -> Constant:
    """The inverse of `encode_constant`. Raises BytecodeError for what it does not make."""
    try:
        return Constant(decode_value(Tag(tag), content), "u" if tag == Tag.U_STR else None)
    except (ValueError, struct.error) as error:
        raise BytecodeError("constants", str(error)) from error


def decode_value(tag: Tag, content: bytes) -> object:
    """The value of a constant. Raises ValueError or struct.error for contents that do not fit the
    tag."""
    if tag is Tag.STR or tag is Tag.U_STR:
        return content.decode("utf-8", "surrogatepass")
    if tag is Tag.INT:
        return int.from_bytes(content, "little", signed=True)
    if tag is Tag.FLOAT:
        (real,) = FLOAT64.unpack(content)
        return real
    if tag is Tag.COMPLEX:
        return complex(*COMPLEX128.unpack(content))
    if tag is Tag.BYTES:
        return content
    if content:
        raise ValueError(f"a constant of type {tag.name} has no content")
    return SINGLETONS[tag]
