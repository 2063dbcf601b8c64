"""Other interpreters in the same process.

In: nothing. Out: whether this is the main one, and whether there may be others.

Native code belongs to the main interpreter: `ctypes` is shared by all (and refused by those that
have a lock of their own), and its threads are looked at from outside. The host looks through the
threads of all interpreters when it is asked for frames; those of an interpreter with a lock of its
own (PEP 684) run meanwhile, and both write to the same memory.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CREATORS = ("_interpreters", "_xxsubinterpreters", "_testcapi", "_testinternalcapi")
"""Modules of the host that make interpreters."""


def is_main_interpreter() -> bool:
    """Whether the process began with this interpreter."""
    if sys.version_info >= (3, 12):
        import _imp

        # It is for the others only. That is asked first, before anything changes.
        override: Any = vars(_imp)["_override_multi_interp_extensions_check"]
        try:
            before = override(0)
        except RuntimeError:
            return True
        override(before)
        return False
    else:
        known = "_xxsubinterpreters" in sys.modules
        try:
            creator = __import__("_xxsubinterpreters")
        except ImportError:  # nobody can have made one
            return True
        if not known:
            del sys.modules["_xxsubinterpreters"]
        is_main: bool = creator.get_current() == creator.get_main()
        return is_main


def may_have_others() -> bool:
    """Whether the process may have other interpreters: their frames must not be asked for.

    Each who asks for frames calls this first. One function for both would itself be among the
    frames, and its caller, which holds them, part of a cycle with all frames below.
    """
    return any(name in sys.modules for name in _CREATORS)
