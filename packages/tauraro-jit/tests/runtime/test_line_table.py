"""Tables of source positions say the same, but for the columns of one stretch."""

from __future__ import annotations

import ast
from pathlib import Path
from types import CodeType

import pytest

from tauraro_jit.runtime import line_table
from tauraro_jit.runtime.line_table import entries_of, read_signed, signed, without_columns

FILES = [Path(module.__file__) for module in (ast, pytest, line_table) if module.__file__]


def codes(code: CodeType) -> list[CodeType]:
    """A code object and all inside it."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return [code, *(found for each in inner for found in codes(each))]


ALL = [code for path in FILES for code in codes(compile(path.read_text(), path.name, "exec"))]


def test_entries() -> None:
    """They cover all instructions, and are the whole table."""
    for code in ALL:
        entries = entries_of(code.co_linetable)
        assert sum(entry.units for entry in entries) == len(code.co_code) // 2
        assert b"".join(entry.data for entry in entries) == code.co_linetable


@pytest.mark.parametrize("number", [0, 1, -1, 31, 32, -32, 2047, -2048, 10**9, -(10**9)])
def test_numbers(number: int) -> None:
    assert read_signed(b"\x80" + signed(number), 1) == number


def test_without_columns() -> None:
    """Lines stay, also behind the stretch; columns go in it. Each begins with an entry."""
    for code in ALL:
        position = 0
        starts = []
        for entry in entries_of(code.co_linetable):
            starts.append(position)
            position += entry.units
        for start, end in zip(starts, [*starts[3:], position], strict=False):
            table = without_columns(code.co_linetable, start, end)
            new = code.replace(co_linetable=table)
            old = list(code.co_positions())
            found = list(new.co_positions())
            assert found[:start] == old[:start]
            assert found[end:] == old[end:]
            if all(line is not None for line, *_ in old[start:end]):
                lines = {line for line, *_ in found[start:end]}
                assert len(lines) == 1
                assert lines == {old[end - 1][0]}
                assert {
                    columns for _, _, *columns in map(list, found[start:end]) if any(columns)
                } == set()


def test_what_is_left_alone() -> None:
    """A stretch that begins or ends within an entry."""
    table = bytes([0x80 | 13 << 3 | 3, 2, 0x80 | 13 << 3 | 3, 2])
    assert without_columns(table, 1, 4) == table
    assert without_columns(table, 0, 6) == table
    assert without_columns(table, 4, 8) == table[:2] + bytes([0x80 | 13 << 3 | 3, 2])
    assert without_columns(table, 0, 8) == bytes([0x80 | 13 << 3 | 7, 4])
