"""The built-in names, as they were when the VM was loaded, for the functions of this package: a
program may replace or delete those of the host.

Each module of the package that works while a program runs calls `use_own_names(globals())` before
its first function: the host gives the `__builtins__` that it finds there to the functions defined
after it.
"""

from __future__ import annotations

import builtins
from typing import Any

OWN_NAMES: dict[str, Any] = dict(vars(builtins))


def use_own_names(module_globals: dict[str, Any]) -> None:
    """Let the functions that a module defines from now on see the names as they are kept here."""
    module_globals["__builtins__"] = OWN_NAMES
