"""Runs a program whose loop goes native, and the same program in plain Python.

A program is a module's source. Its loop `native` (the last statement unless told otherwise) is
compiled when its body begins for the `first` time; when the region is left, plain Python goes on
from the exit's state, and the next round enters native code again. What both runs leave behind must
be equal: types, bits of floats, identity of lists, the exception.
"""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from tauraro_jit.irbuild import Decline

from .regions import Evaluated, Injection, Left, Namespace, Native, Region, Scope, position
from .resumption import AGAIN, Loop, Resumption, statement_at

Engine = Callable[[Any], Evaluated | Native]

OPTIMIZED = [
    pytest.param(True, id="optimized"),
    pytest.param(False, id="as built", marks=pytest.mark.sampled),
]
"""Regions as they are used, and before the passes, which know nothing of the host's version."""

ENGINES = [
    pytest.param(Evaluated, id="evaluator", marks=pytest.mark.sampled),
    pytest.param(Native, id="native"),
]
"""What executes them. The evaluator, too, is the same for all versions."""

REGIONS = 3
"""Regions that are compiled for one loop at most: each for other types."""


class Enter(BaseException):
    """Plain Python has reached the start of the native loop's body."""


@dataclass
class Run:
    """A program's run: what it leaves, and what native code did."""

    outcome: object
    namespace: Namespace
    exits: list[Left] = field(default_factory=list)
    declined: str | None = None


def run_plain(source: str) -> Run:
    """The program in plain Python."""
    namespace: Namespace = {"__name__": "program"}
    error = None
    try:
        exec(compile(source, "program", "exec"), namespace)
    except Exception as found:
        error = found
    return Run(outcome(namespace, error), namespace)


class Machine:
    """Runs a program with its loop compiled. Compiled regions are kept from one run to the next, so
    that one compilation serves many injected failures."""

    def __init__(
        self,
        source: str,
        engine: Engine,
        scope: Scope = Scope.MODULE,
        *,
        native: int | None = None,
        optimized: bool = False,
        first: int = 1,
        entries: int = 6,
    ) -> None:
        self.tree = ast.parse(source)
        if native is None:
            last = self.tree.body[-1]
            assert isinstance(last, Loop)
            native = Resumption(self.tree, -1).loops.index(last)
        self.native = native
        self.resumption = Resumption(self.tree, native)
        self.loop: Loop = self.resumption.loops[self.native]
        self.engine, self.scope, self.optimized = engine, scope, optimized
        self.first, self.entries = first, entries
        self.namespace: Namespace = {}
        self.classes: dict[str, type] = {}
        self.regions: list[tuple[Region, Evaluated | Native]] = []
        self.declined: str | None = None

    def run(self, inject: Injection | None = None) -> Run:
        """The whole program once. `inject` is used by the first entry."""
        self.namespace.clear()
        self.inject = inject
        self.exits: list[Left] = []
        self.reached = 0
        self.rounds: set[int] = set()
        self.iterators: dict[int, Iterator[Any]] = {}
        self.namespace.update(
            {
                "__name__": "program",
                "__start": self.start,
                "__rest": self.rest,
                "__round": self.round,
                "__enter": self.enter,
                "__builtins__": {**vars(builtins), "__build_class__": self.build_class},
                AGAIN: AGAIN,
            }
        )
        tree = self.resumption.whole()
        error = None
        while True:
            try:
                exec(compile(tree, "program", "exec"), self.namespace)
            except Enter:
                tree = self.go_native()
                continue
            except Exception as found:
                error = found
            break
        return Run(outcome(self.namespace, error), self.namespace, self.exits, self.declined)

    # --- what the trees call

    def build_class(self, body: Callable[[], Any], name: str, *bases: Any, **options: Any) -> type:
        """A class statement: regions are compiled for the classes of the first run."""
        if name not in self.classes:
            self.classes[name] = builtins.__build_class__(body, name, *bases, **options)
        return self.classes[name]

    def start(self, number: int, iterable: Any) -> Iterator[Any]:
        """The iterator of a `for` loop that begins."""
        iterator = self.iterators[number] = iter(iterable)
        return iterator

    def rest(self, number: int) -> Iterator[Any]:
        """The interrupted round, then the rest of a running loop's iterator."""
        yield AGAIN
        yield from self.iterators[number]

    def round(self, number: int) -> bool:
        """Whether a running `while` loop is in its interrupted round."""
        if number in self.rounds:
            self.rounds.remove(number)
            return True
        return False

    def enter(self) -> None:
        """The start of the native loop's body."""
        self.reached += 1
        if self.first <= self.reached < self.first + self.entries and self.declined is None:
            raise Enter

    # --- native code

    def go_native(self) -> ast.Module:
        """Enter native code: what is left of the program afterwards."""
        iterator = self.iterators.get(self.native)
        left = None
        for region, engine in self.regions:
            left = region.enter(engine, self.namespace, iterator, self.inject)
            if left is not None:
                break
        else:
            if len(self.regions) < REGIONS:
                try:
                    region = self.compile(iterator)
                except Decline as problem:
                    self.declined = str(problem)
                else:
                    self.regions.append((region, self.engine(region.built)))
                    return self.go_native()
        loops = enumerate(self.resumption.loops)
        self.rounds = {n for n, loop in loops if isinstance(loop, ast.While)}
        if left is None:
            return self.resumption.from_statement(self.loop.body[0])
        self.inject = None
        self.exits.append(left)
        return self.resume(region, left)

    def compile(self, iterator: object | None) -> Region:
        """The region for what the variables hold now."""
        return Region(
            self.tree, self.loop, self.scope, self.namespace, iterator, optimized=self.optimized
        )

    def resume(self, region: Region, left: Left) -> ast.Module:
        """Go on where an exit says."""
        target = statement_at(self.tree, *position(region.code, left.pc))
        if left.own is not None:
            self.iterators[self.native] = left.own
        for pc, iterator in left.inner.items():
            inner = statement_at(self.tree, *position(region.code, pc))
            self.iterators[self.resumption.loops.index(inner)] = iterator  # type: ignore[arg-type]
        if left.resume.name == "NEXT":
            assert isinstance(target, Loop)
            return self.resumption.from_head(target)
        return self.resumption.from_statement(target)


# --- what a run leaves


def outcome(namespace: Namespace, error: Exception | None) -> object:
    """All variables in a form that compares exactly, and the exception."""
    seen: dict[int, int] = {}
    names = sorted(name for name in namespace if not name.startswith("__"))
    variables = {
        name: exact(namespace[name], seen)
        for name in names
        if not isinstance(namespace[name], ModuleType) and not callable(namespace[name])
    }
    return variables, None if error is None else (type(error), str(error))


def exact(value: object, seen: dict[int, int]) -> object:
    """A value with its exact type; lists and tuples by identity too."""
    if isinstance(value, float):
        return ("nan",) if math.isnan(value) else (type(value), value.hex())
    if type(value) is int:
        return hex(value)  # as long as it may be
    if isinstance(value, (list, tuple, dict)):
        if id(value) in seen and not isinstance(value, tuple):
            return ("seen", seen[id(value)])
        seen[id(value)] = len(seen)
        parts = value.items() if isinstance(value, dict) else value
        kind = type(value) if type(value).__module__ != "program" else type(value).__name__
        return (kind, [exact(part, seen) for part in parts])
    if type(value).__module__ == "program":
        if id(value) in seen:
            return ("seen", seen[id(value)])
        seen[id(value)] = len(seen)
        attributes = {name: exact(found, seen) for name, found in attributes_of(value)}
        return (type(value).__name__, attributes)
    return (type(value), repr(value))


def attributes_of(value: object) -> Iterator[tuple[str, object]]:
    """The attributes of an instance of a program's class."""
    for base in type(value).__mro__:
        for name in vars(base).get("__slots__", ()):
            if hasattr(value, name):
                yield name, getattr(value, name)
    yield from getattr(value, "__dict__", {}).items()
