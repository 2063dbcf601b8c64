"""Whether a running call is a new one, told from what the interpreter knows of its frame.

The interpreter makes the frame object of a call when somebody first asks for it. Whoever asks each
time that a loop comes round sees so when it does in another call.
"""

from __future__ import annotations

import ctypes

from ..layout.host import host_layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

NEAR = 4
"""Frames that are looked at, from the innermost outwards."""

_thread_state: Callable[[], int] = ctypes.PYFUNCTYPE(ctypes.c_void_p)(
    ("PyThreadState_Get", ctypes.pythonapi)
)
_word = ctypes.c_uint64.from_address


def is_new_call(code: CodeType) -> bool:
    """Whether the innermost call of `code`, at most a few calls up, has no frame object so far. To
    be asked before that is asked for."""
    offsets = host_layout().offsets
    if offsets is None:
        return False
    address = _thread_state()
    for offset in offsets.current_frame:
        address = _word(address + offset).value
    for _ in range(NEAR):
        if not address:
            break
        if _word(address + offsets.frame.code).value == id(code):
            return _word(address + offsets.frame.frame_object).value == 0
        address = _word(address + offsets.frame.previous).value
    return False
