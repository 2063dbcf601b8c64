"""Where the variables of a bytecode code object live in the host's frames.

In: the host's code object and the bytecode's. Out: byte offsets from the start of a frame.
"""

from __future__ import annotations

import inspect
import sys
from types import CodeType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.names import mangle

from ..layout.offsets import Offsets
from ..native.region import Place
from .site import NoSite

if TYPE_CHECKING:
    from tauraro_frontend.bytecode.module import CodeObject


class HostVariables:
    """The local variables and cells of one code object; `count` is their number."""

    def __init__(self, host: CodeType, code: CodeObject, offsets: Offsets) -> None:
        self._code = code
        self._first = offsets.frame.localsplus
        self._locals = host.co_varnames
        self.is_function = bool(host.co_flags & inspect.CO_OPTIMIZED)
        self._names = _slot_names(host)
        self.count = len(self._names)

    def frame_offset(self, place: Place, key: int | str) -> int:
        """Where a local or a cell lies in a frame. Raises NoSite if it has no place of its own."""
        assert isinstance(key, int)
        if place is Place.LOCAL:
            return self._first + 8 * self._local(key)
        return self._first + 8 * self._cell(key)

    def global_name(self, key: int | str) -> str:
        """The (interned) name of a global variable."""
        assert isinstance(key, str)
        return sys.intern(mangle(self._code.private, key))

    def _local(self, key: int) -> int:
        name = self._code.locals[key]
        # The host gives variables of the same name (those of comprehensions) one slot, or none.
        if self._code.locals.index(name) == key:
            host_name = mangle(self._code.private, name)
            if host_name in self._locals:
                return self._locals.index(host_name)
        raise NoSite(f"the host has no variable {name}")

    def _cell(self, key: int) -> int:
        name = mangle(self._code.private, self._code.cells[key].name)
        first = len(self._locals)
        # A parameter that is a cell stays among the locals.
        for start in (first, 0):
            if name in self._names[start:]:
                return self._names.index(name, start)
        raise NoSite(f"the host has no cell {name}")


def _slot_names(host: Any) -> list[str]:
    """The names of all slots: locals, cells that are not parameters, free variables."""
    names = [*host.co_varnames]
    names += [name for name in host.co_cellvars if name not in host.co_varnames]
    return [*names, *host.co_freevars]
