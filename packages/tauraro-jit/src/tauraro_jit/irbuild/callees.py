"""Which functions of the module a function calls, as far as the names in it tell.

LOAD_GLOBAL name      a function that the module has under this name
LOAD_CELL name        one that a variable shared with the function around it holds
GETATTR name          a method that instances of the class have whose method this one is
"""

from __future__ import annotations

from types import FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode

from .builder import RegionBuilder, Unsupported
from .classes import find as find_in_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Find = Callable[[RegionBuilder, FunctionType], int]

Caller = tuple[int, type | None]
"""The code object of a function, and the class whose method it is, if it is one."""


class Callees:
    """The calls between the functions of a region. `find` gives the code object of a function."""

    def __init__(self, region: RegionBuilder) -> None:
        self._region = region
        self._known: dict[Caller, list[Caller]] = {}

    def is_recursive(
        self, index: int, find: Find, cls: type | None, cells: dict[str, FunctionType]
    ) -> bool:
        """Whether a function may come to call itself. `cells` are the functions that are known to
        be in variables shared with it."""
        seen: set[Caller] = set()
        work = list(self._of((index, cls), find, cells))
        while work:
            caller = work.pop()
            if caller[0] == index:
                return True
            if caller not in seen:
                seen.add(caller)
                work += self._of(caller, find, cells)
        return False

    def _of(self, caller: Caller, find: Find, cells: dict[str, FunctionType]) -> list[Caller]:
        found = self._known.get(caller)
        if found is None:
            found = self._known[caller] = list(self._find(caller, find, cells))
        return found

    def _find(self, caller: Caller, find: Find, cells: dict[str, FunctionType]) -> Iterator[Caller]:
        index, cls = caller
        request = self._region.request
        code = request.module.codes[index]
        names: set[tuple[Bytecode, str]] = set()
        for i in code.instructions:
            if i.op in (Bytecode.LOAD_GLOBAL, Bytecode.GETATTR):
                names.add((i.op, i.imm[0]))
            elif i.op is Bytecode.LOAD_CELL:
                names.add((i.op, code.cells[i.imm[0]].name))
        for op, name in sorted(names):
            function: object = None
            if op is Bytecode.LOAD_GLOBAL:
                function = request.globals.get(name)
            elif op is Bytecode.LOAD_CELL:
                function = cells.get(name)
            elif cls is not None:
                function = find_in_class(cls, name)
            if isinstance(function, FunctionType):
                try:
                    found = find(self._region, function)
                except Unsupported:
                    continue
                yield found, cls if op is Bytecode.GETATTR else None
