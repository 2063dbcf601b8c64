"""The offsets of one version in, the parts that do not hold out: claims against live objects.

Every probe returns an empty string, or what it found wrong. Nothing is written anywhere, and every
read goes through `Memory`, so that a wrong offset cannot end the process.
"""

from __future__ import annotations

import ctypes
import sys
from opcode import opmap

from . import offsets as at
from .memory import Memory, Unreadable
from .offsets import Offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from enum import Enum
    from types import CodeType, FrameType
    from typing import Any

    Probe = Callable[[Memory, Offsets], str]
else:
    from tauraro_frontend.bytecode.records import Enum


class Part(Enum):
    """What native code needs; the value is the phrase that reports print."""

    OBJECTS = "object headers"
    NUMBERS = "ints and floats"
    SEQUENCES = "lists, tuples and cells"
    ITERATORS = "iterators"
    CODE = "code objects"
    FRAMES = "frames"
    RECURSION = "the recursion limit"


def run_probes(offsets: Offsets) -> dict[Part, str]:
    """The parts whose offsets do not hold here, with what was seen."""
    try:
        with Memory() as memory:
            found = {part: _attempt(probe, memory, offsets) for part, probe in PROBES.items()}
    except Unreadable as error:
        return dict.fromkeys(Part, str(error))
    return {part: problem for part, problem in found.items() if problem}


def _attempt(probe: Probe, memory: Memory, offsets: Offsets) -> str:
    try:
        return probe(memory, offsets)
    except Unreadable as error:
        return str(error)


def _differences(**checks: bool) -> str:
    wrong = [name.replace("_", " ") for name, holds in checks.items() if not holds]
    return f"unexpected: {', '.join(wrong)}" if wrong else ""


def probe_objects(memory: Memory, offsets: Offsets) -> str:
    """Reference count and type; the first slot; the buffer of ctypes objects."""

    class Slotted:
        __slots__ = ("first", "second")

    instance: Any = Slotted()
    instance.first, instance.second = object(), 1
    more = [instance.first, instance.first]
    buffer = (ctypes.c_int64 * 2)(7, 8)
    return _differences(
        reference_count=memory.int32(id(instance.first) + at.REFERENCES) == len(more) + 1,
        type=memory.pointer(id(instance) + at.TYPE) == id(Slotted),
        slot=memory.pointer(id(instance) + at.FIRST_SLOT) == id(instance.first),
        buffer=memory.pointer(id(buffer) + at.CTYPES_BUFFER) == ctypes.addressof(buffer),
    )


def probe_numbers(memory: Memory, offsets: Offsets) -> str:
    """Header and digits of ints; the value of floats."""
    problem = ""
    for number in (0, 1, -1, 12345, -(2**30) + 1, 2**30, -(2**62) - 5, 2**95 + 3):
        size = 0 if not number else (abs(number).bit_length() - 1) // at.DIGIT_BITS + 1
        if offsets.tagged_ints:
            header = size << 3 | (0 if number > 0 else 1 if number == 0 else 2)
        else:
            header = size if number > 0 else -size
        digits = [abs(number) >> at.DIGIT_BITS * k & (1 << at.DIGIT_BITS) - 1 for k in range(size)]
        address = id(number)
        seen = [memory.uint32(address + at.INT_DIGITS + 4 * k) for k in range(size)]
        if memory.signed(address + at.INT_HEADER) != header or seen != digits:
            problem = f"unexpected: the int {number}"
    pi = 3.14159
    if memory.double(id(pi) + at.FLOAT_VALUE) != pi:
        problem = "unexpected: the float"
    return problem


def probe_sequences(memory: Memory, offsets: Offsets) -> str:
    """Sizes and items of lists and tuples; contents of cells."""
    first, second = object(), object()
    items = [first, second]
    pair = (first, second)
    method = items.append
    function, cell = _cell_of(first)
    table = memory.pointer(id(items) + at.LIST_ITEMS)
    return _differences(
        list_size=memory.signed(id(items) + at.SEQUENCE_SIZE) == 2,
        list_items=memory.pointer(table + 8) == id(second),
        tuple_size=memory.signed(id(pair) + at.SEQUENCE_SIZE) == 2,
        tuple_items=memory.pointer(id(pair) + at.TUPLE_ITEMS + 8) == id(second),
        cell=memory.pointer(id(cell) + at.CELL_CONTENTS) == id(first),
        globals=memory.pointer(id(function) + at.FUNCTION_GLOBALS) == id(function.__globals__),
        code=memory.pointer(id(function) + at.FUNCTION_CODE) == id(function.__code__),
        closure=memory.pointer(id(function) + at.FUNCTION_CLOSURE) == id(function.__closure__),
        keyword_defaults=memory.pointer(id(function) + at.FUNCTION_KEYWORD_DEFAULTS)
        == id(function.__kwdefaults__),
        method_owner=memory.pointer(id(method) + at.METHOD_OWNER) == id(items),
        method_definition=memory.pointer(id(method) + at.METHOD_DEFINITION)
        == memory.pointer(id(list.append) + at.DESCRIPTOR_DEFINITION),
    )


def _cell_of(content: object) -> tuple[Any, object]:
    def inner(*, other: int = 0) -> object:
        return content

    closure = inner.__closure__
    assert closure is not None
    return inner, closure[0]


def probe_iterators(memory: Memory, offsets: Offsets) -> str:
    """Iterators of ranges, lists and tuples, and `enumerate`, each advanced a few times."""
    part = offsets.range
    wrong = ""
    # Several at once: beside each lie others, with other numbers.
    ranges = [(first, iter(range(first, first + 30, 3))) for first in range(10, 16)]
    for first, numbers in ranges:
        next(numbers)
        next(numbers)
        address = id(numbers)
        start, step, length = (
            memory.signed(address + offset) for offset in (part.start, part.step, part.length)
        )
        index = 0 if part.position is None else memory.signed(address + part.position)
        wrong = wrong or _differences(
            range_iterator=(index, start, step, length)
            == ((0, first + 6, 3, 8) if part.position is None else (2, first, 3, 10))
        )
    for sequence in ([5, 6, 7], (5, 6, 7), "567", "\u20ac67"):
        backwards = reversed(sequence)
        next(backwards)
        wrong = wrong or _differences(
            reversed_iterator=memory.signed(id(backwards) + at.INDEX_ITERATOR_INDEX) == 1
            and memory.pointer(id(backwards) + at.INDEX_ITERATOR_SEQUENCE) == id(sequence)
        )
        pair: Any = zip(backwards, iter(sequence), strict=False)
        iterators = memory.pointer(id(pair) + at.ZIP_ITERATORS)
        wrong = wrong or _differences(
            zip_size=memory.signed(id(pair) + at.ZIP_SIZE) == 2,
            zip_iterators=memory.pointer(iterators + at.TYPE) == id(tuple)
            and memory.pointer(iterators + at.TUPLE_ITEMS) == id(backwards),
        )
        iterator = iter(sequence)
        next(iterator)
        wrong = wrong or _differences(
            sequence_iterator=memory.signed(id(iterator) + at.INDEX_ITERATOR_INDEX) == 1
            and memory.pointer(id(iterator) + at.INDEX_ITERATOR_SEQUENCE) == id(sequence)
        )
    for first in (7, 2**63):
        counted = iter([5, 6, 7])
        pairs = enumerate(counted, first)
        next(pairs)
        long_number = memory.pointer(id(pairs) + at.ENUMERATE_LONG_NUMBER)
        wrong = wrong or _differences(
            enumerated=memory.pointer(id(pairs) + at.ENUMERATE_ITERATOR) == id(counted),
            enumerate_long_number=bool(long_number) is (first == 2**63),
            enumerate_number=first == 2**63
            or memory.signed(id(pairs) + at.ENUMERATE_NUMBER) == first + 1,
        )
    return wrong


def probe_code(memory: Memory, offsets: Offsets) -> str:
    """Constants, number of variables, instructions, and the fields in between."""
    # Never run, so that its instructions stand still. With a free variable the first instruction
    # is another than RESUME, which is the first to be traced.
    code: Any = (lambda a, b: [a, b, memory, "constant"]).__code__
    resume = code.co_code.index(bytes([opmap["RESUME"], 0]))
    part = offsets.code
    adaptive: bytes = code._co_code_adaptive
    address = id(code)
    fields = {
        "constants": memory.pointer(address + part.consts) == id(code.co_consts),
        "variables": memory.int32(address + part.nlocalsplus) == 3,
        "instructions": memory.read(address + part.instructions, len(adaptive)) == adaptive,
        "first_traceable": memory.int32(address + part.firsttraceable) == resume // 2 > 0,
    }
    if part.monitoring is not None:
        # A pointer that is null until a tool watches the code.
        fields["monitoring"] = memory.pointer(address + part.monitoring) == 0
        fields["monitoring"] &= part.firsttraceable == part.monitoring + 8
    return _differences(**fields)


def probe_frames(memory: Memory, offsets: Offsets) -> str:
    """Frames, suspended and running: those of a generator lie at a known address."""
    first, second = object(), object()

    def watch() -> None:
        found.append(_running(memory, offsets, generator, watch.__code__))

    def generate(one: object, two: object) -> Generator[None, None, None]:
        for _ in numbers:
            watch()
            yield

    found: list[str] = []
    numbers: Iterator[int] = iter(range(3))
    generator = generate(first, second)
    next(generator)
    wrong = found[0] or _suspended(memory, offsets, generator, first, second)
    generator.close()
    return wrong


def _suspended(
    memory: Memory,
    offsets: Offsets,
    generator: Any,
    first: object,
    second: object,
) -> str:
    part = offsets.frame
    frame = id(generator) + offsets.generator_frame
    code, frame_object = generator.gi_code, generator.gi_frame
    variables = memory.int32(id(code) + offsets.code.nlocalsplus)
    slots = [memory.pointer(frame + part.localsplus + 8 * k) for k in range(variables + 1)]
    instructions = id(code) + offsets.code.instructions
    return _differences(
        frame_code=memory.pointer(frame + part.code) == id(code),
        frame_globals=memory.pointer(frame + part.globals) == id(globals()),
        frame_locals=memory.pointer(frame + part.locals) == 0,
        frame_of_object=memory.pointer(id(frame_object) + at.FRAME_OBJECT_FRAME) == frame,
        frame_object=memory.pointer(frame + part.frame_object) == id(frame_object),
        variables=slots[:2] == [id(first), id(second)],
        owner=memory.byte(frame + part.owner) == 1,
        # The iterator, and the value that was sent for.
        stack_size=memory.int32(frame + part.stacktop) in (variables + 1, variables + 2),
        instruction_pointer=memory.pointer(frame + part.ip) == instructions + frame_object.f_lasti,
    )


def _running(memory: Memory, offsets: Offsets, generator: Any, caller: object) -> str:
    """Called by `caller`, which a generator called: three frames in a row."""
    part = offsets.frame
    own = frame_of(memory, offsets, _running.__code__)
    if not own:
        return "unexpected: the current frame"
    watch = memory.pointer(own + part.previous)
    running = memory.pointer(watch + part.previous)
    if running != id(generator) + offsets.generator_frame:
        return "unexpected: the previous frame"
    frame_object: FrameType = generator.gi_frame
    code = id(frame_object.f_code)
    variables = memory.int32(code + offsets.code.nlocalsplus)
    top = memory.int32(running + part.stacktop)
    item = memory.pointer(running + part.localsplus + 8 * (top - 1))
    ip = memory.pointer(running + part.ip)
    holds = _differences(
        calling_code=memory.pointer(watch + part.code) == id(caller),
        stack_size=top == variables + 1,
        stack_item=memory.pointer(item + at.TYPE) == id(type(iter(range(0)))),
        instruction_pointer=ip == code + offsets.code.instructions + frame_object.f_lasti,
        called_by_the_loop=offsets.call_counts or memory.byte(watch + part.call_state) == 0,
    )
    return holds or _resume_point(memory, offsets, frame_object, running)


def _resume_point(memory: Memory, offsets: Offsets, frame: FrameType, running: int) -> str:
    """The pointer and its correction lead to the instruction after the call."""
    offset = memory.pointer(running + offsets.frame.ip) - id(frame.f_code)
    offset += offsets.resume_bias - offsets.code.instructions
    if offsets.call_counts:
        offset += 2 * memory.uint16(running + offsets.frame.call_state)
    code = frame.f_code.co_code
    if not 2 <= offset < len(code) or code[offset] != opmap["POP_TOP"]:
        return "unexpected: the point where a frame goes on"
    return ""


def frame_of(memory: Memory, offsets: Offsets, code: CodeType) -> int:
    """The innermost interpreter frame that runs `code`, at most a few calls up; else 0."""
    thread = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyThreadState_Get", ctypes.pythonapi))
    address: int = thread()
    for offset in offsets.current_frame:
        address = memory.pointer(address + offset)
    for _ in range(8):
        if memory.pointer(address + offsets.frame.code) == id(code):
            return address
        address = memory.pointer(address + offsets.frame.previous)
    return 0


def probe_recursion(memory: Memory, offsets: Offsets) -> str:
    """One call more leaves one less; the limit is known."""
    thread = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyThreadState_Get", ctypes.pythonapi))
    place: int = thread() + offsets.recursion_remaining

    def remaining() -> int:
        return memory.int32(place)

    def deeper() -> int:
        return remaining()

    first = remaining()
    return _differences(
        limit=memory.int32(place + 4) == sys.getrecursionlimit(),
        calls=0 < deeper() == first - 1,
    )


PROBES: dict[Part, Probe] = {
    Part.OBJECTS: probe_objects,
    Part.NUMBERS: probe_numbers,
    Part.SEQUENCES: probe_sequences,
    Part.ITERATORS: probe_iterators,
    Part.CODE: probe_code,
    Part.FRAMES: probe_frames,
    Part.RECURSION: probe_recursion,
}
