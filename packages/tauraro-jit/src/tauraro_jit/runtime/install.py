"""Regions into loops, and out again.

    installed = install(site, region, code)     # from now on the loop enters the region
    installed.entered, installed.refused, installed.exits
    installed.retire()                          # the loop stays in tier 1

Both take effect in frames that run already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType

from ..layout.host import host_layout
from ..layout.probe import Part
from ..native.calls import Control
from ..native.region import CompiledRegion, Exit
from .entry import NOTHING, Watcher, make_entry
from .quiet import seconds_in
from .site import LoopSite
from .switch import NoSite, Switch, switch_of
from .table import Refusal, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from typing import NamedTuple

    from tauraro_frontend.bytecode.module import CodeObject
else:
    import _weakref as weakref

    from tauraro_frontend.bytecode.records import NamedTuple


class ExitCount(NamedTuple):
    """An exit of a region and how often it was taken."""

    exit: Exit
    times: int


class InstalledRegion:
    """A region that a loop enters, or one of several, each for other types.

    `tables` has the newest first: in this order they are tried.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        switch: Switch,
        code: CodeType,
        watch: Callable[[tuple[Table, ...]], Watcher] | None = None,
    ) -> None:
        self.tables = tuple(tables)
        self._switch = switch
        newest, *older = self.tables
        if older:
            newest.try_next(older[0])
        self._entry = make_entry(newest, None if watch is None else watch(self.tables))
        for table in older:
            table.set_entry_code(id(self._entry.__code__))

        self._controls = [
            kept for table in tables for kept in table.region.keep if isinstance(kept, Control)
        ]
        for control in self._controls:
            control.set("switch", switch.place)
            control.set("cold", switch.cold)

        def detach(_: object) -> None:
            for table in self.tables:
                table.detach()
            for control in self._controls:
                control.set("switch", 0)

        self._watch = weakref.ref(code, detach)
        self.active = True
        self.resume()

    def resume(self) -> None:
        """Have the loop enter again, after something else was installed there, or after it switched
        itself off."""
        if self.active:
            for control in self._controls:
                control.set("off", 0)
            self._switch.on(self._entry)

    @property
    def is_switched_off(self) -> bool:
        """Whether a function has failed so often that it is not entered any more."""
        return any(control.get("off") for control in self._controls)

    @property
    def region(self) -> CompiledRegion:
        """What was installed last."""
        return self.tables[0].region

    @property
    def entered(self) -> int:
        """How often the regions were entered."""
        return sum(table.entered for table in self.tables)

    @property
    def seconds(self) -> float:
        """The time spent in the regions, as far as somebody waited quietly."""
        return sum(seconds_in(table.number) for table in self.tables)

    @property
    def refused(self) -> dict[Refusal, int]:
        """How often the loop could enter none, by the reason of the oldest."""
        return self.tables[0].refused

    @property
    def exits(self) -> list[ExitCount]:
        """The exits of all regions, each with how often it was taken."""
        return [
            ExitCount(exit_, count)
            for table in self.tables
            for exit_, count in zip(table.region.exits, table.exits, strict=True)
        ]

    def retire(self) -> None:
        """Leave the loop to tier 1, unless another region was installed in the meantime."""
        if self.active:
            self.active = False
            if self._switch.function is self._entry:
                self._switch.off()


def install(
    site: LoopSite,
    region: CompiledRegion,
    code: CodeObject,
    others: InstalledRegion | None = None,
    watch: Callable[[tuple[Table, ...]], Watcher] | None = None,
) -> InstalledRegion:
    """Make a loop enter a region. `code` is the bytecode of the code object that contains it.

    Replaces what was installed there before; where the region is refused, `others` are tried, which
    were installed in the same loop. `watch` gives who is to watch how these tables are entered.
    Raises NoSite if an exit has no place to go on at, if
    a variable has none to live in, or if the host's layout lacks what the region needs.
    """
    layout = host_layout()
    needs_iterators = region.iterator is not None or any(e.loops for e in region.exits)
    problem = layout.lacks(Part.ITERATORS) if needs_iterators else ""
    if problem or not layout.can_enter:
        raise NoSite(problem or "the host's layout is not known")
    table = Table(site, region, code, layout.require(), NOTHING)
    older = () if others is None else others.tables
    return InstalledRegion((table, *older), switch_of(site.code, site.mark), site.code, watch)
