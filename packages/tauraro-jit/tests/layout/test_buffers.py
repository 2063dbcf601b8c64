"""Buffers as the host keeps them: what holds here, and that what does not is seen."""

from __future__ import annotations

import ctypes
from array import array
from typing import Any

import pytest

from tauraro_jit.irbuild import buffers as built
from tauraro_jit.layout import buffers
from tauraro_jit.layout.buffers import BufferShape, shape_of_buffer
from tauraro_jit.layout.memory import Memory, Unreadable

from ..compile.machine import Machine, run_plain
from ..compile.regions import Native

FAMILIES = ("bytes", "bytearray", "array", "memoryview")


@pytest.mark.parametrize("family", FAMILIES)
def test_all_holds_here(family: str) -> None:
    assert buffers.buffer_problem(family) == ""


def test_numpy() -> None:
    pytest.importorskip("numpy")
    assert buffers.buffer_problem("ndarray") == ""


@pytest.mark.parametrize(
    ("family", "name", "wrong"),
    [
        ("bytes", "SIZE", 24),
        ("bytes", "BYTES_DATA", 40),
        ("bytes", "INDEX", 8),
        ("bytearray", "BYTEARRAY_START", 32),
        ("bytearray", "BYTEARRAY_BYTES", 24),
        ("bytearray", "BYTEARRAY_ALLOCATED", 16),
        ("bytearray", "BYTEARRAY_EXPORTS", 24),
        ("array", "ARRAY_ITEMS", 32),
        ("array", "ARRAY_DESCRIPTION", 48),
        ("array", "ARRAY_EXPORTS", 48),
        ("array", "ARRAY_ALLOCATED", 40),
        ("memoryview", "VIEW_DATA", 64),
        ("memoryview", "VIEW_READONLY", 80),
        ("memoryview", "VIEW_FORMAT", 104),
        ("memoryview", "VIEW_STRIDES", 104),
        ("memoryview", "VIEW_FLAGS", 16),
        ("memoryview", "VIEW_BUFFER", 64),
    ],
)
def test_wrong_offsets_are_seen(
    family: str, name: str, wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    probes = {
        "bytes": buffers.probe_bytes,
        "bytearray": buffers.probe_bytearray,
        "array": buffers.probe_array,
        "memoryview": buffers.probe_view,
    }
    monkeypatch.setattr(buffers, name, wrong)
    try:
        with Memory() as memory:
            problem = probes[family](memory)
    except Unreadable as error:
        problem = f"unexpected: {error}"
    assert problem.startswith("unexpected: ")


DATA = bytearray(24)
READ_ONLY = memoryview(bytes(9))


@pytest.mark.parametrize(
    ("sample", "shape"),
    [
        (b"abc", BufferShape("bytes", "B", 1, False, False, False)),
        (DATA, BufferShape("bytearray", "B", 1, False, True, False)),
        (array("l", [5]), BufferShape("array", "l", 1, False, True, False)),
        (array("Q", [5, 2**63]), BufferShape("array", "Q", 1, False, True, True)),
        (memoryview(DATA), BufferShape("memoryview", "B", 1, False, True, False)),
        (memoryview(DATA)[::2], BufferShape("memoryview", "B", 1, True, True, False)),
        (memoryview(DATA).cast("d"), BufferShape("memoryview", "d", 1, False, True, False)),
        (READ_ONLY, BufferShape("memoryview", "B", 1, False, False, False)),
        (memoryview(DATA).cast("c"), None),
        (memoryview(DATA).cast("B", (4, 6)), None),
        (memoryview((ctypes.c_int * 3)()), None),
        (array("u", "abc"), None),
        (type("Data", (bytearray,), {})(9), None),
        ([1, 2], None),
        ("abc", None),
    ],
)
def test_what_is_known_of_a_buffer(sample: Any, shape: BufferShape | None) -> None:
    assert shape_of_buffer(sample) == shape
    if shape is not None:
        assert BufferShape.parse(shape.text)[:5] == shape[:5]


def test_a_view_that_is_released() -> None:
    view = memoryview(DATA)
    view.release()
    assert shape_of_buffer(view) is None


PROGRAM = """
data = bytearray(20)
s = 0
for k in range(60):
    data[k % 20] = k * 3 % 251
    s += data[k % 7]
"""


@pytest.mark.parametrize("is_known", [True, False])
def test_what_is_not_known_is_not_used(is_known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_known:
        monkeypatch.setattr(built, "shape_of_buffer", lambda sample: None)
    run = Machine(PROGRAM, Native).run()
    assert run.outcome == run_plain(PROGRAM).outcome
    assert bool(run.exits) is is_known
