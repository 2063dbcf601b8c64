"""Options that only a starting interpreter can take: the process starts its interpreter again.

In: `Options` with something in `host`. Out: the same process image, replaced by the host's
interpreter with these options, that begins in `boot`. The process id, the open files and the
environment stay. Without such options nothing is restarted.

Also the other way out of the command: handing a program that the host alone can speak about (one
that cannot be opened or compiled) to it, so that its own message appears.
"""

from __future__ import annotations

import os
import sys

from .options import Options, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def restart(options: Options, words: list[str]) -> NoReturn:
    """Start the interpreter again, with `options.host`, for the command line `words`."""
    boot = os.path.join(os.path.dirname(__file__), "boot.py")
    replace_by_host([*options.host, boot, _folders_of_parts(options), name_of_command(), *words])


def leave_to_host(options: Options) -> NoReturn:
    """Let CPython run the program instead, without the virtual machine."""
    replace_by_host(options.program_words())


def replace_by_host(words: list[str]) -> NoReturn:
    """Become the host's interpreter, with the options of this one and `words`."""
    executable = sys.executable
    if not executable:
        sys.exit("tauraro: the host does not know its own executable (sys.executable is empty)")
    os.execv(executable, [executable, *interpreter_options(), *words])


def interpreter_options() -> list[str]:
    """The options that the running interpreter was started with."""
    return parse(_started_with[1:]).host


def name_of_command() -> str:
    """How the command was called: its path, or the interpreter's for `python -m tauraro_vm`."""
    program = parse(_started_with[1:])
    return _started_with[0] if program.kind == "module" else sys.argv[0]


_started_with = list(sys.orig_argv)


def _folders_of_parts(options: Options) -> str:
    """Where our parts lie, for an interpreter that would no longer look there; else nothing."""
    if not {"-S", "-s", "-I", "-E"} & set(options.host):
        return ""
    from importlib.util import find_spec

    folders = []
    for name in ("tauraro_vm", "tauraro_frontend", "tauraro_jit"):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            folders.append(os.path.dirname(os.path.dirname(os.path.abspath(spec.origin))))
    return os.pathsep.join(dict.fromkeys(folders))
