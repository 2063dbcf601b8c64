"""Struct offsets of CPython 3.11, 3.12 and 3.13 on x86-64 (release builds with the global lock).

All offsets are in bytes from the start of the object or struct. They are claims: `probe` compares
them with live objects before anyone uses them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple

# The same on all versions.
REFERENCES = 0
TYPE = 8
FLOAT_VALUE = 16
INT_HEADER = 16
INT_DIGITS = 24
SEQUENCE_SIZE = 16
LIST_ITEMS = 24
TUPLE_ITEMS = 24
CELL_CONTENTS = 16
FUNCTION_GLOBALS = 16
FUNCTION_CODE = 48
FUNCTION_KEYWORD_DEFAULTS = 64
FUNCTION_CLOSURE = 72
METHOD_DEFINITION = 16
METHOD_OWNER = 24
DESCRIPTOR_DEFINITION = 40
"""Of built-in methods, bound (`PyCFunctionObject`) and in their class (`PyMethodDescrObject`)."""

INDEX_ITERATOR_INDEX = 16
INDEX_ITERATOR_SEQUENCE = 24
ZIP_SIZE = 16
ZIP_ITERATORS = 24
ENUMERATE_NUMBER = 16
ENUMERATE_ITERATOR = 24
ENUMERATE_LONG_NUMBER = 40
FIRST_SLOT = 16
"""The first `__slots__` member of an instance."""
CTYPES_BUFFER = 16
"""The address of the memory of a ctypes object."""
FRAME_OBJECT_FRAME = 24
"""A frame object's pointer to its interpreter frame."""

DIGIT_BITS = 30


class FrameOffsets(NamedTuple):
    """The interpreter frame (`_PyInterpreterFrame`).

    `call_state` is, on 3.11, the byte `is_entry` (1: entered from C, so that nothing written to the
    caller's frame reaches the eval loop); later, the 16 bits `return_offset`. `frame_object` is 0
    until somebody asks for the frame.
    """

    code: int
    previous: int
    globals: int
    locals: int
    frame_object: int
    ip: int
    stacktop: int
    call_state: int
    owner: int
    localsplus: int


class CodeOffsets(NamedTuple):
    """The code object. `monitoring` is None before 3.12; behind that pointer, `monitor_bytes` bytes
    at `active_monitors` are zero exactly if no tool watches the code."""

    consts: int
    nlocalsplus: int
    firsttraceable: int
    instructions: int
    monitoring: int | None
    active_monitors: int
    monitor_bytes: int


class RangeOffsets(NamedTuple):
    """The range iterator. With a `position` (3.11) start and length stand still; without (None),
    the start is the next value and the length the number of items left."""

    position: int | None
    start: int
    step: int
    length: int


class Offsets(NamedTuple):
    """Everything that differs between versions.

    `current_frame` is the path of loads from the thread state to the frame that runs; `tracing` the
    path to a byte that is not 0 while a trace or profile function is called (None: code objects
    carry their monitors, see `CodeOffsets`). `resume_bias` is what the frame's instruction pointer
    lacks to the instruction where it goes on after a call; `call_counts`: the call's length,
    twice `call_state`, is added as well. `tagged_ints`: an int's header is sign and number of
    digits (3.12) instead of a signed size. `immortals`: reference counts are 32 bits wide.
    `recursion_remaining`: of the 32 bits in a thread state that say how many more calls are
    allowed; the limit is next to them.
    """

    frame: FrameOffsets
    code: CodeOffsets
    range: RangeOffsets
    current_frame: tuple[int, ...]
    tracing: tuple[int, ...] | None
    resume_bias: int
    call_counts: bool
    generator_frame: int
    tagged_ints: bool
    immortals: bool
    recursion_remaining: int


OFFSETS: dict[tuple[int, int], Offsets] = {
    (3, 11): Offsets(
        frame=FrameOffsets(
            code=32,
            previous=48,
            globals=8,
            locals=24,
            frame_object=40,
            ip=56,
            stacktop=64,
            call_state=68,
            owner=69,
            localsplus=72,
        ),
        code=CodeOffsets(
            consts=24,
            nlocalsplus=76,
            firsttraceable=168,
            instructions=184,
            monitoring=None,
            active_monitors=0,
            monitor_bytes=0,
        ),
        range=RangeOffsets(position=16, start=24, step=32, length=40),
        current_frame=(56, 8),
        tracing=(56, 0),
        resume_bias=2,
        call_counts=False,
        generator_frame=80,
        tagged_ints=False,
        immortals=False,
        recursion_remaining=32,
    ),
    (3, 12): Offsets(
        frame=FrameOffsets(
            code=0,
            previous=8,
            globals=24,
            locals=40,
            frame_object=48,
            ip=56,
            stacktop=64,
            call_state=68,
            owner=70,
            localsplus=72,
        ),
        code=CodeOffsets(
            consts=24,
            nlocalsplus=72,
            firsttraceable=176,
            instructions=192,
            monitoring=168,
            active_monitors=15,
            monitor_bytes=15,
        ),
        range=RangeOffsets(position=None, start=16, step=24, length=32),
        current_frame=(56, 0),
        tracing=None,
        resume_bias=2,
        call_counts=True,
        generator_frame=72,
        tagged_ints=True,
        immortals=True,
        recursion_remaining=28,
    ),
    (3, 13): Offsets(
        frame=FrameOffsets(
            code=0,
            previous=8,
            globals=24,
            locals=40,
            frame_object=48,
            ip=56,
            stacktop=64,
            call_state=68,
            owner=70,
            localsplus=72,
        ),
        code=CodeOffsets(
            consts=24,
            nlocalsplus=72,
            firsttraceable=184,
            instructions=200,
            monitoring=176,
            active_monitors=10,
            monitor_bytes=10,
        ),
        range=RangeOffsets(position=None, start=16, step=24, length=32),
        current_frame=(72,),
        tracing=None,
        resume_bias=0,
        call_counts=True,
        generator_frame=72,
        tagged_ints=True,
        immortals=True,
        recursion_remaining=44,
    ),
}
