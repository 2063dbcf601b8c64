"""The ways out, in LLVM IR: each fills slots and returns its number.

Most exits store the same values into the same slots, so they share the ends of their ways. An exit
that stores a, b, c and one that stores a, b, d:

    x0:  store c; br tail0                  tail0:  phi [0, x0], [1, x1]; store a; store b; ret
    x1:  store d; br tail0

An exit keeps at least one store of its own. A block that only jumps would be folded into the
branches that lead there, and the exit's number would be loaded before each of them, in hot code.
"""

from __future__ import annotations

from ..ir.types import I1
from .tables import LLVM_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..ir.graph import ExitPoint, Value

    Store = tuple[int, Value]
    Way = tuple[ExitPoint, list[Store]]

SHARED = 2
"""Stores for which a common tail pays: it is a block more to go through."""


def write_exits(
    points: Sequence[ExitPoint], unchanged: set[Store], before: Sequence[str] = ()
) -> list[str]:
    """The blocks x0, x1, ... of a function's exits. Stores that are `unchanged` put back what was
    read from the slot: only exits write slots, so they are left out. Each executes the lines
    `before` it returns."""
    writer = Writer(before)
    writer.ways(
        [(point, [store for store in point.stores if store not in unchanged]) for point in points]
    )
    return writer.lines


class Writer:
    """Writes the exits of one function."""

    def __init__(self, before: Sequence[str] = ()) -> None:
        self.before = before
        self.lines: list[str] = []
        self.names = 0
        self.tails = 0

    def ways(self, ways: list[Way], tail: str | None = None) -> list[tuple[str, str]]:
        """Write exits that go on to a tail, or return. The pairs of a phi for their number: what
        it is, and the block that it comes from."""
        found: list[tuple[str, str]] = []
        while ways:
            group, rest = divide(ways)
            if len(group) > 1:
                found.append(self.group(group, tail))
            else:
                point, stores = group[0]
                found.append((str(point.number), f"x{point.number}"))
                self.lines.append(f"x{point.number}:")
                self.end(stores, str(point.number), tail)
            ways = rest
        return found

    def group(self, ways: list[Way], tail: str | None) -> tuple[str, str]:
        """Exits with a tail of their own, which goes on to `tail`."""
        label = f"tail{self.tails}"
        self.tails += 1
        common = shared(ways)
        pairs = self.ways([(point, own_stores(stores, common)) for point, stores in ways], label)
        self.lines.append(f"{label}:")
        number = f"%{label}.n"
        choices = ", ".join(f"[ {value}, %{block} ]" for value, block in pairs)
        self.lines.append(f"  {number} = phi i64 {choices}")
        self.end([store for store in ways[0][1] if store in common], number, tail)
        return number, label

    def end(self, stores: list[Store], number: str, tail: str | None) -> None:
        """Store, and go on."""
        for slot, value in stores:
            self.store(slot, value)
        if tail is None:
            self.lines += [*self.before, f"  ret i64 {number}"]
        else:
            self.lines.append(f"  br label %{tail}")

    def store(self, slot: int, value: Value) -> None:
        """Fill a slot."""
        self.names += 1
        place, source = f"%p{self.names}", f"%v{value.number}"
        self.lines.append(f"  {place} = getelementptr i64, ptr %slots, i64 {slot}")
        kind = LLVM_TYPES[value.type]
        if value.type is I1:
            kind, wide = "i64", f"%w{self.names}"
            self.lines.append(f"  {wide} = zext i1 {source} to i64")
            source = wide
        self.lines.append(f"  store {kind} {source}, ptr {place}")


def divide(ways: list[Way]) -> tuple[list[Way], list[Way]]:
    """Exits that share a tail, and the others: those with the store that most of them have. The
    first exit alone if it shares too little."""
    if len(ways[0][1]) < SHARED:
        return ways[:1], ways[1:]
    counts: dict[Store, int] = {}
    for _, stores in ways:
        for store in stores:
            counts[store] = counts.get(store, 0) + 1
    for store in sorted(counts, key=counts.__getitem__, reverse=True):
        if counts[store] < 2:
            break
        group = [way for way in ways if store in way[1]]
        if len(shared(group)) >= SHARED:
            return group, [way for way in ways if store not in way[1]]
    return ways[:1], ways[1:]


def shared(ways: list[Way]) -> set[Store]:
    """The stores that all exits have."""
    return set.intersection(*(set(stores) for _, stores in ways))


def own_stores(stores: list[Store], common: set[Store]) -> list[Store]:
    """What an exit stores itself: at least something."""
    return [store for store in stores if store not in common] or stores[-1:]
