"""Every Python constant survives, bit by bit, in a file and as text."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.constants import Tag, decode_constant, encode_constant
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.disassemble import disassemble
from tauraro_frontend.bytecode.encode import encode_module
from tauraro_frontend.bytecode.module import BytecodeModule, Constant
from tauraro_frontend.bytecode.text import format_constant, parse_constant
from tauraro_frontend.errors import BytecodeError

QUIET_NAN = struct.unpack("<d", bytes.fromhex("010000000000f87f"))[0]
NEGATIVE_NAN = struct.unpack("<d", bytes.fromhex("efbeadde0000f8ff"))[0]

SPECIAL = [
    None, True, False, ..., 0, -1, 255, -256, 2**63, -(2**64), 10**5000, 0.0, -0.0, 1e300, 5e-324,
    math.inf, -math.inf, math.nan, QUIET_NAN, NEGATIVE_NAN, 1j, -1j, complex(-0.0, 0.0),
    complex(0.0, -0.0), complex(math.inf, QUIET_NAN), "", "é€𝄞", "\ud800\udfff", "\0\n'\"\\", b"",
    b"\0\xff'",
]  # fmt: skip

floats = st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("<d", struct.pack("<Q", bits))[0])
values = st.one_of(
    st.sampled_from(SPECIAL),
    st.integers(),
    floats,
    st.builds(complex, floats, floats),
    st.text(st.characters()),
    st.binary(),
)
constants = st.one_of(
    st.builds(Constant, values, st.none()),
    st.builds(Constant, st.text(st.characters()), st.just("u")),
)


def bits(constant: Constant) -> tuple[object, ...]:
    """What has to survive: the type, the kind and every bit."""
    value, kind = constant
    if isinstance(value, float):
        return float, struct.pack("<d", value), kind
    if isinstance(value, complex):
        return complex, struct.pack("<dd", value.real, value.imag), kind
    return type(value), value, kind


@given(constants)
def test_bytes(constant: Constant) -> None:
    tag, content = encode_constant(constant)
    assert bits(decode_constant(tag, content)) == bits(constant)


@given(constants)
def test_text(constant: Constant) -> None:
    assert bits(parse_constant(format_constant(constant))) == bits(constant)


@given(st.lists(constants))
def test_module(table: list[Constant]) -> None:
    module = BytecodeModule("", bytes(8), table, [])
    decoded = decode_module(encode_module(module), verify=False)
    assert list(map(bits, decoded.constants)) == list(map(bits, table))
    assembled = assemble(disassemble(module))
    assert list(map(bits, assembled.constants)) == list(map(bits, table))


@given(st.integers(0, len(Tag) + 3), st.binary(max_size=20))
def test_any_bytes_are_a_constant_or_an_error(tag: int, content: bytes) -> None:
    try:
        constant = decode_constant(tag, content)
    except BytecodeError as error:
        place = error.place
    else:
        encode_constant(constant)
        place = "constants"
    assert place == "constants"


@pytest.mark.parametrize(
    "value", [(), frozenset(), [], object(), int], ids=lambda value: type(value).__name__
)
def test_other_values_are_no_constants(value: object) -> None:
    with pytest.raises(BytecodeError, match="constants: no literal"):
        encode_constant(Constant(value, None))
