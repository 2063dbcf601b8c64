"""Regions into loops, and out again.

    installed = install(site, region, code)     # from now on the loop enters the region
    installed.entered, installed.refused, installed.exits
    installed.retire()                          # the loop stays in tier 1

Both take effect in frames that run already. A `Watch` calls Python instead of native code: that is
how the values are seen that a region is compiled for.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from types import CodeType, FrameType
from typing import TYPE_CHECKING, NamedTuple

from ..layout.host import host_layout
from ..layout.probe import Part
from ..native.region import CompiledRegion, Exit
from .entry import NOTHING, make_entry
from .marks import LoopMark, Switch, marks_of
from .site import LoopSite, NoSite
from .table import Refusal, Table

if TYPE_CHECKING:
    from tauraro_frontend.bytecode.module import CodeObject


class ExitCount(NamedTuple):
    """An exit of a region and how often it was taken."""

    exit: Exit
    times: int


_switches: dict[tuple[int, LoopMark], tuple[weakref.ref[CodeType], Switch]] = {}


def switch_of(code: CodeType, mark: LoopMark) -> Switch:
    """The switch of a loop; always the same one. Raises NoSite if the code has no such loop, or if
    it cannot be patched."""
    key = (id(code), mark)
    entry = _switches.get(key)
    if entry is None or entry[0]() is not code:
        slots = marks_of(code).get(mark)
        if slots is None or not slots.tests:
            raise NoSite("the loop is not in this code")
        if not host_layout().can_enter:
            raise NoSite("the host's layout is not known")
        switch = Switch(code, slots, host_layout().require().code.instructions)
        entry = (weakref.ref(code, lambda _: _switches.pop(key, None)), switch)
        _switches[key] = entry
    return entry[1]


class InstalledRegion:
    """A region that a loop enters."""

    def __init__(self, table: Table, switch: Switch, code: CodeType) -> None:
        self._table = table
        self._switch = switch
        self._entry = make_entry(table)
        self._watch = weakref.ref(code, lambda _: table.detach())
        self._switch.on(self._entry)
        self.active = True

    @property
    def region(self) -> CompiledRegion:
        """What was installed."""
        return self._table.region

    @property
    def entered(self) -> int:
        """How often the region was entered."""
        return self._table.entered

    @property
    def refused(self) -> dict[Refusal, int]:
        """How often the loop could not enter it, by reason."""
        return self._table.refused

    @property
    def exits(self) -> list[ExitCount]:
        """The exits, each with how often it was taken."""
        pairs = zip(self.region.exits, self._table.exits, strict=True)
        return [ExitCount(exit_, count) for exit_, count in pairs]

    def retire(self) -> None:
        """Leave the loop to tier 1, unless another region was installed in the meantime."""
        if self.active:
            self.active = False
            if self._switch.function is self._entry:
                self._switch.off()


def install(site: LoopSite, region: CompiledRegion, code: CodeObject) -> InstalledRegion:
    """Make a loop enter a region. `code` is the bytecode of the code object that contains it.

    Replaces what was installed there before. Raises NoSite if an exit has no place to go on at, if
    a variable has none to live in, or if the host's layout lacks what the region needs.
    """
    layout = host_layout()
    needs_iterators = region.iterator is not None or any(e.loops for e in region.exits)
    problem = layout.lacks(Part.ITERATORS) if needs_iterators else ""
    if problem or not layout.can_enter:
        raise NoSite(problem or "the host's layout is not known")
    table = Table(site, region, code, layout.require(), NOTHING)
    return InstalledRegion(table, switch_of(site.code, site.mark), site.code)


class Watch:
    """A Python function that a loop calls at the start of each iteration, with its frame."""

    def __init__(
        self, code: CodeType, mark: LoopMark, callback: Callable[[FrameType], None]
    ) -> None:
        """Raises NoSite if the code has no such loop."""

        def watching() -> None:
            callback(sys._getframe(1))

        self._switch = switch_of(code, mark)
        self._function = watching
        self._switch.on(watching)

    def stop(self) -> None:
        """Call it no more, unless something else was installed in the meantime."""
        if self._switch.function is self._function:
            self._switch.off()
