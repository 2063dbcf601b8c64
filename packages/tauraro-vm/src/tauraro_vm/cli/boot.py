"""Where the interpreter begins that `restart` has started: a script, not a module to import.

In: the words FOLDERS NAME WORD... : where our parts lie, how the command was called, and its own
command line. Out: `tauraro_vm.cli.main` goes on with them.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

if not sys.flags.safe_path:
    del sys.path[0]  # this folder: its modules are not meant to be found by their bare names


class _PartFinder:
    """Finds our own packages, and nothing else, where the options hide them from `sys.path`."""

    def __init__(self, folders: list[str]) -> None:
        self._folders = folders

    def find_spec(self, name: str, path: object = None, target: Any = None) -> Any:
        """The spec of one of our packages; submodules are found in their package."""
        if path is not None or name.partition(".")[0] not in _PARTS:
            return None
        import _frozen_importlib_external

        return _frozen_importlib_external.PathFinder.find_spec(name, self._folders, target)


_PARTS = ("tauraro", "tauraro_frontend", "tauraro_jit", "tauraro_vm")


def _start() -> None:
    folders, command, *words = sys.argv[1:]
    if folders:
        import os

        sys.meta_path.append(_PartFinder(folders.split(os.pathsep)))
    from tauraro_vm.cli import main

    main(words, command)


_start()
