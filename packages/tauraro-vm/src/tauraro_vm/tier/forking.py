"""Work of ours that `os.fork` must not cut in two.

A forked process has one thread, the one that forked. What another thread was just doing stays half
done in it for ever: locks stay locked, modules half imported. A program without locks and imports
in its threads forks safely; that its loops are compiled there, which locks and imports, must not
change that. So such work is done in an `Undivided`, and a fork waits until there is none.
"""

from __future__ import annotations

import os
import time
from _thread import get_ident

PATIENCE = 10.0
"""Seconds that a fork waits at most. The work may itself wait for the thread that forks, if that
one is in the middle of an import."""

_STEP = 2e-4

_at_work: list[int] = []
"""The threads that are at it, once for each time they have begun."""

_forking: list[int] = []
"""The threads that are about to fork."""


class Undivided:
    """A context for such work. It may be entered again inside."""

    def __enter__(self) -> None:
        _at_work.append(get_ident())

    def __exit__(self, *_: object) -> None:
        _at_work.remove(get_ident())


def is_forking() -> bool:
    """Whether a thread is about to fork: work that can be done later should be."""
    return bool(_forking)


def _wait() -> None:
    """Before a fork: let other threads finish their work, and begin none that can wait."""
    own = get_ident()
    _forking.append(own)
    limit = time.monotonic() + PATIENCE
    while any(ident != own for ident in _at_work) and time.monotonic() < limit:
        time.sleep(_STEP)


def _go_on() -> None:
    """After a fork, in the process that forked."""
    _forking.remove(get_ident())


def _begin() -> None:
    """After a fork, in the new process: other threads are gone."""
    own = get_ident()
    _at_work[:] = [ident for ident in _at_work if ident == own]
    _forking.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_wait, after_in_parent=_go_on, after_in_child=_begin)
