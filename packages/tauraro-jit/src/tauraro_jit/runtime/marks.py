"""The marks of loops in host code: which loop it is, and where its test lies.

Each loop's body begins with a call that is jumped over (see `instrument`):

    JUMP_FORWARD  body          patched to  JUMP_FORWARD  call
    ...
    call: ENTRY()
    body: ...

ENTRY is a constant of the code object, one of its own for each loop. As long as nothing is
installed it is a *mark*: a tuple that says which loop this is, so it survives `marshal` and
identifies the loop again. A loop becomes hot when ENTRY is replaced by a Python function without
parameters and the jump's argument, one byte, is changed. Both reach frames that run and functions
that will be made of the code object later. A cold test costs 0 to 1.5 ns an iteration (testing a
constant that is patched: 1.5 to 3.5). `switch` does the patching.

The sampler's thread imports this module: it imports as little as it can.

A code object's constants are part of its hash: a dictionary keyed by code objects loses those
whose loops are patched later.
"""

from __future__ import annotations

import sys
from opcode import opmap

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from collections.abc import Iterable, Iterator
    from types import CodeType
    from typing import NamedTuple
else:
    import _weakref as weakref

    from tauraro_frontend.bytecode.records import NamedTuple

HOT_TAG = "tauraro.hot"
ENTRY_TAG = "tauraro.entry"


class LoopMark(NamedTuple):
    """Which loop: the index of its code object in the bytecode module, and the pc of its FOR or
    LOOP. Or a whole function, which is entered where it begins: `native.region.FUNCTION`."""

    code_index: int
    loop_pc: int

    @property
    def is_function(self) -> bool:
        """Whether this is no loop, but the beginning of a function."""
        return self.loop_pc < 0


class TestPlace(NamedTuple):
    """A jump over a call: byte offset of the instruction, its argument while the loop is cold, and
    while it is hot."""

    offset: int
    cold: int
    hot: int


class MarkSlots(NamedTuple):
    """Where a loop's two constants are in `co_consts`, and the tests (one for each copy of the
    loop)."""

    hot: int
    entry: int
    tests: tuple[TestPlace, ...]


def hot_mark(mark: LoopMark) -> tuple[str, int, int]:
    """The constant HOT, which `instrument` tests; never loaded at run time."""
    return (HOT_TAG, *mark)


def entry_mark(mark: LoopMark) -> tuple[str, int, int]:
    """The constant ENTRY of a loop that nothing was installed for."""
    return (ENTRY_TAG, *mark)


_known: dict[int, tuple[weakref.ref[CodeType], dict[LoopMark, MarkSlots]]] = {}


def marks_of(code: CodeType) -> dict[LoopMark, MarkSlots]:
    """The loops of a code object, also those that were patched since the first call for it."""
    key = id(code)
    entry = _known.get(key)
    if entry is None or entry[0]() is not code:
        entry = (weakref.ref(code, lambda _: _known.pop(key, None)), find_marks(code))
        _known[key] = entry
    return entry[1]


def find_marks(code: CodeType) -> dict[LoopMark, MarkSlots]:
    """The loops of a code object, if none is patched."""
    hot: dict[LoopMark, int] = {}
    entry: dict[LoopMark, int] = {}
    for index, constant in enumerate(code.co_consts):
        if type(constant) is tuple and len(constant) == 3:
            tag, code_index, loop_pc = constant
            if tag == HOT_TAG:
                hot[LoopMark(code_index, loop_pc)] = index
            elif tag == ENTRY_TAG:
                entry[LoopMark(code_index, loop_pc)] = index
    return {
        mark: MarkSlots(index, entry[mark], tuple(_find_tests(code.co_code, index, entry[mark])))
        for mark, index in hot.items()
        if mark in entry
    }


_LOAD_CONST = opmap["LOAD_CONST"]
_EXTENDED_ARG = opmap["EXTENDED_ARG"]
_JUMP = opmap["JUMP_FORWARD"]
_PUSH_NULL = opmap["PUSH_NULL"]
_TEST = opmap.get("POP_JUMP_IF_NOT_NONE", opmap.get("POP_JUMP_FORWARD_IF_NOT_NONE", -1))
_TEST_SIZE = 4 if sys.version_info >= (3, 13) else 2


def _find_tests(data: bytes, hot: int, entry: int) -> Iterator[TestPlace]:
    """The tests of the loop with these constants:

    LOAD_CONST HOT (or the jump), POP_JUMP_IF_NOT_NONE, PUSH_NULL and LOAD_CONST ENTRY in any order
    """
    for load in _loads(data, entry):
        call = load - 2 if data[load - 2] == _PUSH_NULL else load
        test = call - _TEST_SIZE
        start = test - 2 * _units(hot)
        if data[test] == _TEST and data[start] in (_LOAD_CONST, _EXTENDED_ARG, _JUMP):
            skipped = (call - start - 2) // 2
            yield TestPlace(start, skipped + data[test + 1], skipped)


def _units(argument: int) -> int:
    """The number of code units of an instruction with this argument."""
    return max(1, (argument.bit_length() + 7) // 8)


def _loads(data: bytes, index: int) -> Iterator[int]:
    """The offsets of the instructions that load a constant."""
    argument = start = 0
    for offset in range(0, len(data), 2):
        argument = argument << 8 | data[offset + 1]
        if data[offset] == _EXTENDED_ARG:
            continue
        if data[offset] == _LOAD_CONST and argument == index:
            yield start
        argument = 0
        start = offset + 2


def first_lines(code: CodeType) -> Iterator[tuple[LoopMark, int]]:
    """The functions in a code object and in all that it contains, with the line of the first
    instruction behind their test, where it has one."""
    for mark, slots in find_marks(code).items():
        if mark.is_function and slots.tests:
            test = slots.tests[0]
            target = test.offset + 2 + 2 * test.cold
            for start, end, line in code.co_lines():
                if start <= target < end and line is not None:
                    yield mark, line
    for each in code.co_consts:
        if isinstance(each, type(code)):
            yield from first_lines(each)


def jump_over_tests(code: CodeType) -> CodeType:
    """Replace, in a code object and in all that it contains, the tests by jumps."""
    constants = tuple(
        jump_over_tests(each) if isinstance(each, type(code)) else each for each in code.co_consts
    )
    marks = find_marks(code)
    tests = [test for slots in marks.values() for test in slots.tests]
    if not tests and all(new is old for new, old in zip(constants, code.co_consts, strict=True)):
        return code
    data = bytearray(code.co_code)
    for test in tests:
        data[test.offset : test.offset + 2] = bytes([_JUMP, test.cold])
    table = code.co_linetable
    for mark, slots in marks.items():
        if mark.is_function:
            from .line_table import without_columns

            for test in slots.tests:
                first = test.offset // 2
                table = without_columns(table, first, first + 1 + test.cold)
    return code.replace(co_code=bytes(data), co_consts=constants, co_linetable=table)


def without_tests(code: CodeType, slots: Iterable[MarkSlots]) -> bytes:
    """The instructions, with the units that are patched blanked out."""
    data = bytearray(code.co_code)
    for each in slots:
        for test in each.tests:
            data[test.offset : test.offset + 2] = b"\0\0"
    return bytes(data)
