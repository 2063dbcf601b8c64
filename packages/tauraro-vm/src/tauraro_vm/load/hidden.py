"""Functions whose frames nobody sees.

In: a function. Out: the same function; while it runs, its frame is in no traceback, is skipped by
`sys._getframe` and `f_back`, and is not traced. Programs therefore see the stack that the host
alone would show, although the virtual machine's importer and command are part of it.

CPython treats a frame that has not reached its first RESUME instruction as incomplete and leaves
it out wherever frames are looked at. In a hidden function RESUME is replaced by NOP, so its frame
stays incomplete. Nothing else depends on the instruction: it polls for signals and starts tracing.

Not for generators (RESUME is where they are resumed), nor for functions that ask for their own
frame, by `locals()` or `super()` without arguments, for instance.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

_NOP = 30 if sys.version_info >= (3, 13) else 9
"""Its number, as the module `opcode` has it, which a start need not import for this."""


def _probe() -> None:
    """Not called. Without cells, the first instruction of a function is its RESUME."""


_RESUME = _probe.__code__.co_code[0]


def hide_frame(function: Callable[P, R]) -> Callable[P, R]:
    """Make the frames of `function` invisible; raises ValueError for a generator function."""
    code = function.__code__
    if code.co_flags & 0x2A0:  # generator, coroutine, asynchronous generator
        raise ValueError(f"{code.co_qualname} is resumed: its frames cannot be hidden")
    instructions = bytearray(code.co_code)
    for index in range(0, len(instructions), 2):
        if instructions[index] == _RESUME:
            instructions[index] = _NOP
    function.__code__ = code.replace(co_code=bytes(instructions))
    return function
