"""Regions into loops, and out again.

    installed = install(site, region, code)     # from now on the loop enters the region
    installed.entered, installed.refused, installed.exits
    installed.retire()                          # the loop stays in tier 1

Both take effect in frames that run already.
"""

from __future__ import annotations

import weakref
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple

from ..layout.host import host_layout
from ..layout.probe import Part
from ..native.region import CompiledRegion, Exit
from .entry import NOTHING, make_entry
from .site import LoopSite
from .switch import NoSite, Switch, switch_of
from .table import Refusal, Table

if TYPE_CHECKING:
    from tauraro_frontend.bytecode.module import CodeObject


class ExitCount(NamedTuple):
    """An exit of a region and how often it was taken."""

    exit: Exit
    times: int


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
