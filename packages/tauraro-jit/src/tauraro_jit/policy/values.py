"""What a frame at the head of a loop holds, as far as native code could not calculate with it.

In: the frame of a thread that stands still in a `Watch`. Out: a word for the first local variable
that makes native code pointless. No reference to the program's objects is kept.
"""

from __future__ import annotations

import ctypes

from ..layout.buffers import buffer_iterators
from ..layout.families import is_scalar
from ..layout.host import host_layout
from ..layout.iterators import ITERATED, inner_of
from ..layout.offsets import FRAME_OBJECT_FRAME
from .containers import problem_of_use
from .screening import COMPARING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType
    from typing import Any

    from .screening import Screen

CALCULATED = (int, float, bool, str, list, tuple, type(None))
"""Types of operands that are compiled."""


NOT_GIVEN = frozenset({str, bytes, bytearray, dict, set, frozenset})
"""Types of arguments that are not compiled."""

COMPARED = (*CALCULATED, str)
"""Types of values that are compared."""


def problem_of_frame(frame: FrameType, screen: Screen, loop: tuple[int, int]) -> str:
    """What native code cannot use of the local variables that each iteration of a loop uses, or
    nothing."""
    uses = screen.uses(*loop)
    parts: list[tuple[Iterable[int], Callable[[int, object], str]]] = [
        (screen.operands(*loop), lambda _, value: problem_of_value(value)),
        (screen.operands(*loop, COMPARING), lambda _, value: problem_of_value(value, COMPARED)),
        (uses, lambda number, value: problem_of_use(value, uses[number])),
    ]
    found = [problem_of_locals(frame, sorted(numbers), test) for numbers, test in parts]
    if screen.is_for(loop):
        found.append(problem_of_iterator(frame))
    if loop == screen.whole:
        code = frame.f_code
        parameters = range(code.co_argcount + code.co_kwonlyargcount)
        found.append(problem_of_locals(frame, parameters, lambda _, value: problem_of_given(value)))
    return next((problem for problem in found if problem), "")


def problem_of_iterator(frame: FrameType) -> str:
    """Why native code cannot advance the iterator of the loop at whose head a frame is."""
    address = ctypes.c_int64.from_address(id(frame) + FRAME_OBJECT_FRAME).value
    part = host_layout().require().frame
    top = ctypes.c_int32.from_address(address + part.stacktop).value
    slot = ctypes.py_object.from_address(address + part.localsplus + 8 * (top - 1))
    try:
        iterator: Any = slot.value
    except ValueError:  # a null pointer
        return ""
    parts = [iterator]
    if type(iterator) in (enumerate, zip):
        parts += inner_of(iterator)
    known = ITERATED | buffer_iterators()
    kinds = [type(part) for part in parts if type(part) not in known]
    return f"a for loop over {kinds[0].__name__}" if kinds else ""


def problem_of_locals(
    frame: FrameType, numbers: Iterable[int], problem_of: Callable[[int, object], str]
) -> str:
    """Why native code cannot use one of these local variables, or nothing: what `problem_of` says
    of its number and value. Those that are not bound are no problem."""
    address = ctypes.c_int64.from_address(id(frame) + FRAME_OBJECT_FRAME).value
    first = address + host_layout().require().frame.localsplus
    for number in numbers:
        slot = ctypes.py_object.from_address(first + 8 * number)
        try:
            problem = problem_of(number, slot.value)
        except ValueError:  # a null pointer
            continue
        if problem:
            return f"{frame.f_code.co_varnames[number]} is {problem}"
    return ""


def problem_of_given(value: object) -> str:
    """Why a function that calls itself cannot be given a value in native code, or nothing."""
    return f"of type {type(value).__name__}" if type(value) in NOT_GIVEN else ""


def problem_of_value(value: object, types: tuple[type, ...] = CALCULATED) -> str:
    """Why native code cannot calculate with a value, or nothing."""
    if type(value) not in types and not is_scalar(type(value)):
        return f"of type {type(value).__name__}"
    if type(value) is int and not -(2**63) <= value < 2**64:
        return "an int of more than 64 bits"
    return ""
