"""The size of machine code in an object file."""

from __future__ import annotations

from tauraro_jit.native.compile import assembly, object_code
from tauraro_jit.native.object_file import code_size

SMALL = "define i64 @f(i64 %x) {\n  ret i64 %x\n}"
LARGE = (
    "define i64 @f(i64 %x) {\n"
    + "".join(
        f"  %y{n} = xor i64 %{f'y{n - 1}' if n else 'x'}, {(n * 7919) << 33}\n"
        f"  store volatile i64 %y{n}, ptr null\n"
        for n in range(50)
    )
    + "  ret i64 %y49\n}"
)


def test_code_only_is_counted() -> None:
    small, large = object_code(SMALL), object_code(LARGE)
    assert 1 < code_size(small) < 32
    assert 50 * 8 < code_size(large) < len(large)
    assert assembly(LARGE).count("\n") > 50


def test_another_format_counts_as_a_whole() -> None:
    assert code_size(b"") == 0
    assert code_size(b"MZ" + bytes(98)) == 100
