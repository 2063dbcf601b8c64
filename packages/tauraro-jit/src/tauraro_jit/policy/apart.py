"""Objects of ours that the collector leaves alone.

The compiler is 20,000 objects that live as long as the process. A collector that visits them takes
a third longer for each full collection of a small program, and pushes the program's own objects out
of the processor's cache. So they are taken out of the lists that it goes through.

The collector links the objects that it knows into lists, one for each generation, in the order in
which they were made; the word pairs of the links lie before the objects. What was made in a context
is a stretch of the youngest generation's list. It becomes a ring of its own, as the host's
permanent generation is one: its objects are used and freed as ever, but never visited.
"""

from __future__ import annotations

import ctypes
import gc
import sys

from tauraro_vm.tier.interpreters import may_have_others

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

LINKS = 16
"""Bytes of the links before an object: next, then previous."""

FLAGS = 3
"""Bits of a link to the previous object that mean something else."""

KNOWN = (3, 11), (3, 12), (3, 13)
"""Hosts with these lists."""

_kept: list[object] = []


class Apart:
    """A context in which objects are made that the collector shall leave alone. No code of the
    program may run in it. Does nothing where the program's other threads may make objects, too, or
    where the collector is at work meanwhile."""

    def __enter__(self) -> None:
        self._collections = -1
        if gc.isenabled() or sys.version_info[:2] not in KNOWN or _threads() > 1:
            return
        self._collections = _collections()
        self._first: list[object] = []
        second: list[object] = []
        # Probed anew each time, it takes no longer than to look whether that was done.
        if _next(self._first) != _links(second) or _previous(second) != _links(self._first):
            self._collections = -1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._collections < 0:
            return
        last: list[object] = []
        if self._collections != _collections() or _threads() > 1:
            return
        first, end = _links(self._first), _links(last)
        before, inner = _previous(self._first), _previous(last)
        _join(before, end)
        _join(inner, first)
        _kept.append(self._first)


def _threads() -> int:
    """The threads that may make objects, but for the sampler, which makes few, and ours. At least
    two where other interpreters may run."""
    return 2 if may_have_others() else len(sys._current_frames()) - 1


def _collections() -> int:
    """How often the collector was at work."""
    return sum(generation["collections"] for generation in gc.get_stats())


def _links(thing: object) -> int:
    """The address of an object's links."""
    return id(thing) - LINKS


def _next(thing: object) -> int:
    return _word(_links(thing)).value


def _previous(thing: object) -> int:
    return _word(_links(thing) + 8).value & ~FLAGS


def _join(one: int, other: int) -> None:
    """Have `other` follow `one` in a list."""
    _word(one).value = other
    flags = _word(other + 8).value & FLAGS
    _word(other + 8).value = one | flags


_word = ctypes.c_uint64.from_address
