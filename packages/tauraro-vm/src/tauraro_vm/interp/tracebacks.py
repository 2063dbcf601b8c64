"""Keeps the VM's own frames out of the program's tracebacks.

In: a traceback as the host built it. Out: the same without the entries of the VM.
"""

from __future__ import annotations

from itertools import islice
from types import FrameType, TracebackType

from .own_names import use_own_names

use_own_names(globals())

PACKAGE = __name__.partition(".")[0] + "."


class ShimMark:
    """What has a subclass's instance among its constants is a shim."""

    __slots__ = ()


def is_own(frame: FrameType) -> bool:
    """Whether a frame runs a function of the VM."""
    name = frame.f_globals.get("__name__")
    return isinstance(name, str) and name.startswith(PACKAGE)


def own_frames_removed(traceback: TracebackType | None) -> TracebackType | None:
    """The traceback from its first entry that is not of the VM."""
    while traceback is not None and is_own(traceback.tb_frame):
        traceback = traceback.tb_next
    return traceback


def remove_own_entries(exc: BaseException) -> None:
    """Drop the entries of the VM that follow the first entry, which is the shim's."""
    first = exc.__traceback__
    if first is None:
        return
    following = first.tb_next
    if following is not None and is_own(following.tb_frame):
        first.tb_next = own_frames_removed(following)


def remove_unentered(exc: RecursionError) -> None:
    """Drop the entry after the first one if it is the last, of a shim which could not make
    its frame: the host has none for a call that is too deep."""
    first = exc.__traceback__
    entry = None if first is None else first.tb_next
    if first is None or entry is None or entry.tb_next is not None:
        return
    code = entry.tb_frame.f_code
    for constant in code.co_consts:  # without a call, for which there may be no room
        if isinstance(constant, ShimMark):
            place = next(islice(code.co_positions(), entry.tb_lasti // 2, None))
            if place[2:] == (0, 0):  # a statement of the shim's own
                first.tb_next = None
            return
