"""Trace and profile functions see the program's lines, which are not those of a shim.

When one is set, the functions of tier 0 get tier 1's code, and what begins from then on is tier
1's; when a function is defined after it was taken away, the shims come back. What runs already goes
on in tier 0. The host tells of it before it sets the function (audit events, PEP 578).
"""

from __future__ import annotations

import gc
import sys
from _thread import get_ident
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any
from weakref import ref

from .own_names import use_own_names
from .tracebacks import ShimMark

if TYPE_CHECKING:
    from collections.abc import Callable

    from tauraro_frontend.bytecode.module import BytecodeModule

    from .link import LinkedCode, LinkedModule

    HostCode = Callable[[BytecodeModule, str, int], CodeType]
    """Module, file name, optimization level -> tier 1's code object."""

use_own_names(globals())

EVENTS = frozenset(("sys.settrace", "sys.setprofile", "sys.monitoring.register_callback"))

Place = tuple[str, int]
"""A qualified name and a first line: not every code object has its own."""


class CodeMark(ShimMark):
    """What has a subclass's instance among its constants is the shim of a function, `code`."""

    __slots__ = ("code",)

    code: LinkedCode


class Tracing:
    """Whether something may trace or profile the program."""

    def __init__(self) -> None:
        self.is_on = False
        self._host_code: HostCode | None = None
        self._thread = 0
        self._replaced: list[tuple[ref[FunctionType], CodeType, CodeType]] = []
        self._codes: dict[LinkedModule, dict[Place, list[CodeType]]] = {}

    def watch(self, host_code: HostCode) -> None:
        """Notice from now on what is set. Hooks cannot be removed: this is for processes whose
        program runs in tier 0."""
        if self._host_code is None:
            sys.addaudithook(self._noticed)
        self._host_code = host_code

    def _noticed(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS and not self.is_on:
            # What is set may be None. If so, the next function that is defined ends this.
            self.is_on = True
            self._thread = get_ident()
            self._replace_shims()

    def _replace_shims(self) -> None:
        for each in gc.get_objects():
            if type(each) is FunctionType:
                shim = each.__code__
                code = linked_code_of(shim)
                found = None if code is None else self.code_of(code)
                if found is not None and found.co_freevars == shim.co_freevars:
                    each.__code__ = found
                    self._replaced.append((ref(each), shim, found))

    def code_of(self, code: LinkedCode) -> CodeType | None:
        """Tier 1's code object instead of a function's or class's shim; None for what the host has
        none of."""
        codes = self._codes.get(code.module)
        if codes is None:
            assert self._host_code is not None
            module = code.module
            codes = self._codes[module] = {}
            by_place(self._host_code(module.source, module.filename, module.optimize), codes)
        place = code.qualname, code.first_line
        earlier = (
            []
            if code.parent is None
            else [
                each
                for each in code.parent.children.values()
                if each.index < code.index and (each.qualname, each.first_line) == place
            ]
        )
        found = codes.get(place, [])
        return found[len(earlier)] if len(earlier) < len(found) else None

    def instead_of(self, code: LinkedCode) -> CodeType | None:
        """Tier 1's code object for what begins now, or None for the shim. Ends the tracing if the
        thread that it began in has neither a trace nor a profile function."""
        if self._thread == get_ident() and not is_watched():
            self.is_on = False
            for reference, shim, replacement in self._replaced:
                function = reference()
                if function is not None and function.__code__ is replacement:
                    function.__code__ = shim
            self._replaced.clear()
            self._codes.clear()
            return None
        return self.code_of(code)


def linked_code_of(code: CodeType) -> LinkedCode | None:
    """The code object of tier 0 that a function's code object drives, if it is a shim."""
    for constant in code.co_consts:
        if isinstance(constant, CodeMark):
            return constant.code
    return None


def by_place(code: CodeType, found: dict[Place, list[CodeType]]) -> None:
    """Add a code object and those inside it, in the order of the source."""
    found.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            by_place(constant, found)


def is_watched() -> bool:
    """Whether the running thread has a trace or profile function, or the process a tool."""
    watched = sys.gettrace() is not None or sys.getprofile() is not None
    if sys.version_info >= (3, 12):
        watched = watched or any(sys.monitoring.get_tool(number) for number in range(6))
    return watched


tracing = Tracing()
