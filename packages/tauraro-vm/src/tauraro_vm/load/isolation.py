"""Importing the virtual machine's own parts without meeting the program's modules.

In: a module's name. Out: the module, made of the standard library and site-packages only.

A program may have an `ast.py` or a `token.py` of its own beside it, and CPython lets it, as long as
nothing else asks for the standard one. The compiler does ask, in the middle of the program's own
imports. So it is imported with the program's folders left out, and modules that the program has
under names of the standard library are out of the way meanwhile. Afterwards a standard module
that the program's own would have hidden is forgotten again: the compiler keeps it, the program
gets its own. The same goes for a standard module that the program is just importing, if that one
has to be compiled (`--vm-modules='*'`).
"""

from __future__ import annotations

import _frozen_importlib
import _frozen_importlib_external as _external
import _imp
import os
import sys
from _thread import RLock, get_ident

import tauraro_frontend
import tauraro_vm

from ..tier.forking import Undivided

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

    from .policy import Policy

_OTHER_NAMES = {"llvmlite"}
"""What the compilers need besides the standard library."""

_lock = RLock()
_parts: dict[str, ModuleType] = {}
"""What `import_part` has given. `sys.modules` may have a module of the program by that name."""

_importing: set[int] = set()


def is_importing_parts() -> bool:
    """Whether the calling thread is inside `import_part`: what it imports is not the program's."""
    return get_ident() in _importing


def import_part(name: str, policy: Policy) -> ModuleType:
    """Import the module `name`, and all it needs, apart from the program's modules.

    A module that has been imported already, and is no part of the program, is taken as it is.
    """
    part = _parts.get(name)
    if part is not None:
        return part
    with Undivided(), _lock:
        finder = _HostFinder(policy)
        hidden = _take_away_namesakes(policy)
        hidden_tops = {_top(hidden_name) for hidden_name in hidden}
        before = set(sys.modules)
        position = _position_of_path_finder()
        sys.meta_path.insert(position, finder)
        _importing.add(get_ident())
        try:
            __import__(name)
            part = _parts[name] = sys.modules[name]
            return part
        finally:
            _importing.discard(get_ident())
            sys.meta_path.remove(finder)
            forgotten = {
                top
                for top in finder.found
                if top in hidden_tops or _is_hidden_by_program(top, policy)
            }
            for new in sys.modules.keys() - before:
                if _top(new) in forgotten:
                    del sys.modules[new]
            sys.modules.update(hidden)


def _forget_other_threads() -> None:
    """In a forked process: whatever other threads held is nobody's any more."""
    global _lock
    _lock = RLock()
    _importing.intersection_update({get_ident()})


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_other_threads)


class AloneImporting:
    """A context in which other threads do not begin to import; gives whether none is importing.

    Two threads that import the same modules in another order can meet them half done.
    """

    def __enter__(self) -> bool:
        _imp.acquire_lock()  # the way to each module's own lock leads through this one
        locks: dict[str, Callable[[], Any]] = vars(_frozen_importlib)["_module_locks"]
        return not any(map(_owners, [reference() for reference in list(locks.values())]))

    def __exit__(self, *_: object) -> None:
        _imp.release_lock()


def has_namesakes(policy: Policy, names: Container[str], known: Sequence[str] = ()) -> bool:
    """Whether the program has, or could import, modules of its own under these names of the
    standard library: then who needs them has to be imported by `import_part`. Of `known` entries
    of `sys.path` it is known that they have none."""
    library = os.path.dirname(os.__file__)  # whatever lies there needs no look at the disk
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        is_elsewhere = isinstance(file, str) and not file.startswith(library)
        if is_elsewhere and name in names and _is_of_program(module, policy):
            return True
    for entry in sys.path:
        if not isinstance(entry, str) or entry in known or entry.startswith(library):
            continue
        if not _is_host(entry, policy):
            try:
                found = os.listdir(entry or ".")
            except OSError:  # a zip file, perhaps
                return os.path.exists(entry)
            if any(each.partition(".")[0] in names for each in found):
                return True
    return False


def is_loaded(module: ModuleType) -> bool:
    """Whether nobody is still executing the module's body."""
    spec = getattr(module, "__spec__", None)
    return not getattr(spec, "_initializing", False)


def _position_of_path_finder() -> int:
    """Where to insert: built-in and frozen modules come first, as ever."""
    for position, finder in enumerate(sys.meta_path):
        if finder is _external.PathFinder:
            return position
    return len(sys.meta_path)


class _HostFinder:
    """Finds top-level modules for `import_part`, for the thread that made it; notes their names."""

    def __init__(self, policy: Policy) -> None:
        self._thread = get_ident()
        self.found: set[str] = set()
        self._path = [
            os.path.dirname(os.path.dirname(package.__file__ or ""))
            for package in (tauraro_vm, tauraro_frontend)
        ]
        self._path += [
            entry for entry in sys.path if isinstance(entry, str) and _is_host(entry, policy)
        ]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A top-level module on the host's part of the path; submodules lie in their package."""
        if path is not None or get_ident() != self._thread:
            return None
        self.found.add(name)
        return _external.PathFinder.find_spec(name, self._path, target)


def _is_host(entry: str, policy: Policy) -> bool:
    return not policy.is_own_code(os.path.join(entry, ""))


def _take_away_namesakes(policy: Policy) -> dict[str, ModuleType]:
    """Remove from `sys.modules` what the compiler must not meet under standard names: modules of
    the program, and modules that are not ready."""
    names = sys.stdlib_module_names | _OTHER_NAMES
    hidden = {
        name: module
        for name, module in list(sys.modules.items())
        if _top(name) in names
        and name != "__main__"
        and (_is_loading_here(name, module) or _is_of_program(module, policy))
    }
    for name in hidden:
        del sys.modules[name]
    return hidden


def _is_loading_here(name: str, module: ModuleType) -> bool:
    """Whether this thread is in the middle of importing the module. Another thread's business is
    left alone: it needs the module where it has put it."""
    if is_loaded(module):
        return False
    locks: dict[str, Callable[[], Any]] = vars(_frozen_importlib)["_module_locks"]
    reference = locks.get(name)
    lock = None if reference is None else reference()
    return get_ident() in _owners(lock)


def _owners(lock: object) -> list[int]:
    """The threads that hold a module's lock."""
    owner = getattr(lock, "owner", None)
    if owner is None:
        return []
    return owner if isinstance(owner, list) else [owner]


def _is_of_program(module: ModuleType, policy: Policy) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and policy.is_own_code(file)


def _top(name: str) -> str:
    return name.partition(".")[0]


def _is_hidden_by_program(top: str, policy: Policy) -> bool:
    """Whether the program, importing `top`, would have found a module of its own."""
    if top.startswith("tauraro"):
        return False
    for entry in sys.path:
        if not isinstance(entry, str) or _is_host(entry, policy):
            return False
        spec = _external.PathFinder.find_spec(top, [entry])
        if spec is not None and spec.loader is not None:
            return True
    return False
