"""Where the variables of a bytecode code object live in the host's frames.

In: the host's code object and the bytecode's. Out: byte offsets from the start of a frame.
"""

from __future__ import annotations

import sys
from types import CodeType

from tauraro_frontend.bytecode.names import mangle

from ..layout.offsets import Offsets
from ..native.region import Place
from .switch import NoSite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tauraro_frontend.bytecode.module import CodeObject

_OPTIMIZED = 1
"""`inspect.CO_OPTIMIZED`; importing `inspect` takes 4 ms."""


class HostVariables:
    """The local variables and cells of one code object; `count` is their number."""

    def __init__(self, host: CodeType, code: CodeObject, offsets: Offsets) -> None:
        self._code = code
        self._first = offsets.frame.localsplus
        self._locals = host.co_varnames
        self._cells = {*host.co_cellvars, *host.co_freevars}
        self.is_function = bool(host.co_flags & _OPTIMIZED)
        self._names = _slot_names(host)
        self.count = len(self._names)

    def frame_place(self, place: Place, key: int | str) -> tuple[Place, int]:
        """Where a local or a cell lies in a frame: as what, and at which offset. A cell itself
        lies there as other objects do.

        A local may be a cell of the host: where comprehensions are functions (3.11), what they use
        is shared with them. Raises NoSite if the variable has no place of its own.
        """
        assert isinstance(key, int)
        if place is Place.RESULT:  # the stack's first item, where nothing is so far
            return place, self._first + 8 * self.count
        is_local = place not in (Place.CELL, Place.BOX)
        name = self._local_name(key) if is_local else self._cell_name(key)
        if name in self._cells:
            # A parameter that is a cell stays among the parameters.
            first = len(self._locals)
            index = self._names.index(name, first if name in self._names[first:] else 0)
            found = Place.LOCAL if place is Place.BOX else Place.CELL
            return found, self._first + 8 * index
        if not is_local or name not in self._locals:
            raise NoSite(f"the host has no variable {name}")
        return Place.LOCAL, self._first + 8 * self._locals.index(name)

    def global_name(self, key: int | str) -> str:
        """The (interned) name of a global variable."""
        assert isinstance(key, str)
        return sys.intern(mangle(self._code.private, key))

    def _local_name(self, key: int) -> str:
        name = self._code.locals[key]
        # Variables of comprehensions may have the name of another variable.
        if self._code.locals.index(name) != key or any(c.name == name for c in self._code.cells):
            raise NoSite(f"the host has no variable {name} of its own")
        return mangle(self._code.private, name)

    def _cell_name(self, key: int) -> str:
        return mangle(self._code.private, self._code.cells[key].name)


def _slot_names(host: Any) -> list[str]:
    """The names of all slots: locals, cells that are not parameters, free variables."""
    names = [*host.co_varnames]
    names += [name for name in host.co_cellvars if name not in host.co_varnames]
    return [*names, *host.co_freevars]
