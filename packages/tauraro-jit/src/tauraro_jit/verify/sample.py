"""One entry of a region, by native code and by tier 0.

In: a `Subject`, and the frame that is about to enter. Out: what differed, or why nothing was
compared.
"""

from __future__ import annotations

from types import CellType

from tauraro_vm.tier.protocol import FrameState, Moment

from ..irbuild.flow import find_flow
from ..native.region import FUNCTION, Exit, Place, Resume
from ..runtime.switch import all_off
from .comparing import compare
from .counting import Count, count_references, is_alive, object_at
from .describing import UNBOUND, Describer, Description, Node
from .frames import FrameView
from .process import Child, Late, Pipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, NamedTuple

    from tauraro_frontend.bytecode.module import BytecodeModule
    from tauraro_vm.tier.protocol import Reference

    from ..runtime.site import LoopSite
    from ..runtime.table import Table
else:
    from tauraro_frontend.bytecode.records import NamedTuple

PATIENCE = 10.0
"""Seconds that tier 0 gets."""

MOST = 5
"""Differences told of one entry."""


class Subject:
    """A loop or function whose entries are compared. `reference` is its code in tier 0, `name` what
    reports call it."""

    def __init__(
        self,
        site: LoopSite,
        module: BytecodeModule,
        reference: Reference,
        name: str,
        is_program: Callable[[object], bool],
    ) -> None:
        code = module.codes[site.mark.code_index]
        self.reference = reference
        self.name = name
        self.is_program = is_program
        self.is_function_code = bool(site.code.co_flags & 1)
        self.view = FrameView(site.code, code)
        self.pc = site.mark.loop_pc
        if self.pc == FUNCTION:
            self.start, self.inside = 0, range(len(code.instructions) + 1)
        else:
            flow = find_flow(code, self.pc)
            self.start = min(
                pc for pc, first in flow.statements.items() if pc > self.pc and first == pc
            )
            self.inside = range(self.pc, flow.end + 1)
        self.lines = {
            pc: instruction.spans[0].line
            for pc, instruction in enumerate(code.instructions)
            if instruction.spans
        }


class Verdict(NamedTuple):
    """What came of comparing. `skipped` says why nothing was compared, `is_whole` whether all
    objects were looked at; `differences` are lines of a report."""

    skipped: str
    is_whole: bool
    differences: list[str]


class Sample:
    """One entry, from `__init__`, which forks before it, to `end` or `give_up`."""

    def __init__(
        self,
        subject: Subject,
        tables: tuple[Table, ...],
        address: int,
        global_names: dict[str, Any],
        namespace: Any,
    ) -> None:
        """`address` is that of the frame, `namespace` what the frame's names are in if it is none
        of a function. Raises OSError."""
        self._subject = subject
        self._tables = tables
        self._address = address
        self._globals = global_names
        self._namespace = namespace
        self._top = subject.view.top(address)
        self._taken = [table.exits for table in tables]
        self._plan, self._result = Pipe(), Pipe()
        self._child = Child(self._run_reference)
        self._result.close_input()

    def taken(self) -> tuple[int, int] | None:
        """The number of the table that was entered meanwhile, and of the exit that was taken; None
        if none was."""
        for number, (table, before) in enumerate(zip(self._tables, self._taken, strict=True)):
            for chosen, (now, then) in enumerate(zip(table.exits, before, strict=True)):
                if now != then:
                    return number, chosen
        return None

    def give_up(self) -> None:
        """Nothing was entered."""
        self._child.wait()
        self._plan.close()
        self._result.close()

    def end(self, rounds: dict[int, int], taken: tuple[int, int]) -> Verdict:
        """Compare. `rounds` is how often each loop came round, `taken` the number of the table and
        of its exit."""
        report = Pipe()
        try:
            self._plan.send((*taken, rounds))
            second = Child(lambda: self._compare(taken, report))
            try:
                found = report.receive(PATIENCE + 5)
                return Verdict(*found)
            finally:
                second.wait()
        except (Late, EOFError, OSError) as problem:
            return Verdict(f"comparing failed: {type(problem).__name__}", False, [])
        finally:
            report.close()
            self.give_up()

    # --- in the first child

    def _run_reference(self) -> None:
        """Count, wait for what native code did, do it in tier 0, describe."""
        all_off()
        subject, view = self._subject, self._subject.view
        roots = [id(self._globals)]
        counts = count_references(view.held(self._address, self._top), roots)
        number, chosen, rounds = self._plan.receive(60.0)
        exit_ = self._tables[number].region.exits[chosen]
        before = Describer(subject.is_program)
        variables = view.variables(self._address)
        before.describe(self._roots(variables, self._own_iterator(), (), None, []))
        known = before.addresses()
        # What native code turns its back on is looked at again, if somebody else keeps it.
        first = [
            (subject.view.names[key], id(value))
            for key, value in variables.items()
            if counts is not None and id(value) in counts and counts[id(value)].others > 0
        ]
        try:
            returned, result, state, iterators = self._reach(exit_, rounds, variables)
        except BaseException as problem:
            self._result.send((f"tier 0 raises {type(problem).__name__}: {problem}",))
            return
        if state is None:
            self._result.send((result,))
            return
        after = Describer(subject.is_program)
        own = iterators.pop(subject.pc, UNBOUND)
        description = after.describe(
            self._roots(
                state, own, tuple(iterators.values()), (result,) if returned else None, first
            )
        )
        counted = None if counts is None else plain_counts(counts)
        self._result.send(("", plain(description), known, counted, first))

    def _reach(
        self, exit_: Exit, rounds: dict[int, int], variables: dict[tuple[Place, int], Any]
    ) -> tuple[bool, Any, dict[tuple[Place, int], Any] | None, dict[int, Any]]:
        """Execute as far as native code did: whether the function returned, what it returned, the
        variables, the iterators. Without variables the result says how tier 0 went elsewhere."""
        subject = self._subject
        own = self._own_iterator()
        iterators = {} if own is UNBOUND else {subject.pc: own}
        loops = tuple(loop.pc for loop in exit_.loops if loop.iterator is not None)
        state = FrameState(
            {key: value for (place, key), value in variables.items() if place is Place.LOCAL},
            subject.view.cells(self._address),
            self._globals,
            self._namespace,
            iterators,
        )
        moment = Moment(
            -1 if exit_.resume is Resume.RETURN else exit_.pc,
            exit_.resume is Resume.NEXT,
            rounds,
            loops,
        )
        reached = subject.reference.run(subject.start, state, moment, subject.inside)
        if reached.left:
            return False, "tier 0 leaves the loop earlier", None, {}
        if exit_.resume is Resume.RETURN:
            if not reached.returned:
                return False, "tier 0 does not return", None, {}
            state_of_cells = subject.view.variables(self._address)
            return True, reached.result, state_of_cells, dict(iterators)
        if reached.returned:
            return False, "tier 0 returns earlier", None, {}
        found: dict[tuple[Place, int], Any] = {}
        for key in subject.view.names:
            place, number = key
            if place is Place.LOCAL and number in reached.state.locals:
                found[key] = reached.state.locals[number]
            elif place is Place.CELL:
                cell: Any = reached.state.cells[number]
                if isinstance(cell, CellType):
                    try:
                        found[key] = cell.cell_contents
                    except ValueError:
                        continue
        return False, None, found, dict(reached.state.iterators)

    # --- in the second child

    def _compare(self, taken: tuple[int, int], report: Pipe) -> None:
        """Describe what native code has made, and compare it with what the first child sends."""
        subject, view = self._subject, self._subject.view
        exit_ = self._tables[taken[0]].region.exits[taken[1]]
        # What the loop's frame will be given on its return is in its place already.
        top = view.top(self._address) + 1
        where = f"{exit_.reason} in line {exit_.line}"
        try:
            problem, *rest = self._result.receive(PATIENCE)
        except Late:
            report.send(("tier 0 takes too long", False, []))
            return
        if problem:
            report.send(("", True, [f"{problem}, while native code came to: {where}"]))
            return
        described, known, counted, first = rest
        before = restored_counts(counted or {})
        alive = [address for address, count in before.items() if count.others > 0]
        lost = [address for address in alive if not is_alive(address, before[address])]
        if lost:
            kinds = ", ".join(sorted({f"<{before[address].type}>" for address in lost}))
            report.send(("", True, [f"gone, though others refer to it: {kinds}"]))
            return
        counts = None
        if counted is not None:
            held = view.held(self._address, top)
            counts = count_references(held, [id(self._globals)], alive)
        returned = exit_.resume is Resume.RETURN
        inner = [loop for loop in exit_.loops if loop.iterator is not None]
        iterators = tuple(view.item(self._address, self._top + n) for n in range(len(inner)))
        result = (view.item(self._address, view.count),) if returned else None
        own = Describer(subject.is_program).describe(
            self._roots(
                view.variables(self._address), self._own_iterator(), iterators, result, first
            )
        )
        reference = restored(described)
        addresses = frozenset(known)
        lines = [
            f"{place}: native code has {native}, tier 0 {other}"
            for place, native, other in compare(reference, own, addresses)
        ]
        is_whole = reference.is_whole and own.is_whole
        if is_whole and counts is not None:
            lines += miscounted(own, before, counts)
        more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
        if lines:
            lines = [f"where it was left: {where}", *lines[:MOST], *more]
        report.send(("", is_whole, lines))

    # --- in both

    def _own_iterator(self) -> Any:
        """The iterator of the region's own loop."""
        if self._tables[0].region.iterator is None:
            return UNBOUND
        return self._subject.view.item(self._address, self._top - 1)

    def _roots(
        self,
        variables: dict[tuple[Place, int], Any],
        own: Any,
        inner: tuple[Any, ...],
        result: tuple[Any] | None,
        first: list[tuple[str, int]],
    ) -> Iterator[tuple[str, Any]]:
        """What is described, in a fixed order. `first`: the addresses of objects that variables
        have been when the region was entered, and that are still there."""
        for key, name in self._subject.view.names.items():
            yield name, variables.get(key, UNBOUND)
        yield "the loop's iterator", own
        for number, iterator in enumerate(inner):
            yield f"the iterator of inner loop {number + 1}", iterator
        if result is not None:
            yield "the result", result[0]
        for name, address in first:
            yield f"{name} at first", object_at(address)
        yield "globals()", self._globals


def miscounted(
    description: Description, before: dict[int, Count], after: dict[int, Count]
) -> Iterator[str]:
    """Objects to which others seem to have got, or lost, references."""
    nodes = {node.address: number for number, node in enumerate(description.nodes)}
    for address, count in after.items():
        earlier = before.get(address)
        if earlier is None:
            if count.others >= 0:
                continue
            was = 0
        elif earlier.type != count.type:
            continue
        else:
            was = earlier.others
        if was != count.others:
            yield f"references to {what_is(description, nodes.get(address), address)}:" + (
                f" {count.others - was:+d} that nothing holds"
            )


def what_is(description: Description, number: int | None, address: int) -> str:
    """An object in a report: the node of that number, or what is at an address."""
    found = object_at(address)
    name = f"<{type(found).__qualname__}>"
    if number is not None:
        return f"{name} in {place_name(description, number)}"
    return f"{name} {found!r:.40}" if type(found) in (int, float) else name


def place_name(description: Description, number: int) -> str:
    """What the program calls the place where an object was found first."""
    from .comparing import place_of

    node = description.nodes[number]
    return place_of(description, node.parent, node.step)


def plain(description: Description) -> tuple[Any, ...]:
    """As plain tuples."""
    return (
        list(description.names),
        description.roots,
        [tuple(node) for node in description.nodes],
        description.is_whole,
    )


def restored(data: tuple[Any, ...]) -> Description:
    """What `plain` was given."""
    names, roots, nodes, is_whole = data
    return Description(names, roots, [Node(*node) for node in nodes], is_whole)


def plain_counts(counts: dict[int, Count]) -> dict[int, tuple[int, str, int]]:
    """As plain tuples."""
    return {
        address: (count.others, count.type, count.type_address) for address, count in counts.items()
    }


def restored_counts(data: dict[int, tuple[int, str, int]]) -> dict[int, Count]:
    """What `plain_counts` was given."""
    return {address: Count(*count) for address, count in data.items()}
