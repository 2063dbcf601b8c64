"""What the command says of itself: `--help`, `--version`, and that a command line is wrong."""

from __future__ import annotations

import os
import sys

from .. import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .options import Options, UsageError

_USAGE = """\
usage: tauraro [option] ... [-c cmd | -m mod | file | -] [arg] ...
       tauraro compare [--runs=N] file [arg] ...
       tauraro compile file -o file.tbc
       tauraro dis file [--stage=bytecode|host]
       tauraro dis file [arg] ... --stage=ir|llvm|asm
       tauraro why file:line [arg] ...
"""

_HELP = """\
Runs a Python program, as `python` does, from Tauraro's bytecode.

The program:
file          a script, a .tbc file, or a directory or zip file with a __main__.py
-m mod        a module, as a script
-c cmd        the text of a program
-             a program on standard input (default; interactive if that is a terminal)
arg ...       the program's arguments: everything after it is its own

Tauraro's options, before the program:
--stats             at the end, tell on stderr what ran where, what became native and why the
                    rest did not, and which lines took the time
--tier=TIER         interp: execute the bytecode itself (slow; the reference)
                    host:   host code made from the bytecode, no native code
                    native: native code where the native tier makes some (default)
--jit=off           the same as --tier=host
--jit-threshold=N   compile each loop after N iterations, not when it is found to be hot: runs
                    are then reproducible
--jit-only=PATTERN  compile no loops but these: file:line of a loop's first line, or the name of
                    its function; with * and ?; may be repeated
--jit-stress=exits  make each guard in native code fail once
--jit-verify        run samples of native code in tier 0, too, and compare: what differs is told on
                    stderr, and the status is 1
--jit-sync          wait while a loop is compiled (it is always so)
--dump=STAGE,...    print stages on stderr: bytecode, host of everything that is loaded, ir, llvm,
                    asm of everything that becomes native
--vm-modules=PATTERN,...  packages of site-packages or the standard library to run as the
                    program's own: a name, `name.*`, or `*` for all
--version, -V       the versions of Tauraro, of its host and of the native tier

CPython's options mean what they mean to `python`:
-b -B -d -E -i -I -O -OO -P -q -s -S -u -v -W arg -x -X opt
--check-hash-based-pycs always|default|never
--help-env, --help-xoptions and --help-all describe them and the variables PYTHON...

Variables:
TAURARO_ENABLE=1    every Python of this environment runs its modules as Tauraro would
TAURARO_PERF_MAP=1  tell the profiler `perf` where native code is, in /tmp/perf-PID.map (-X perf
                    does, too; from 3.12 on it keeps the host from running native code)

A file in the working directory that is called like a subcommand is the program.
"""


def print_about(options: Options) -> None:
    """Print what `options.about` asks for, to stdout."""
    if options.about == "help":
        print(_USAGE, _HELP, sep="\n", end="")
    elif options.about == "version":
        print(version_text(options.verbosity))
    else:
        from .restart import replace_by_host

        replace_by_host([f"--{options.about}"])


def version_text(verbosity: int = 1) -> str:
    """The versions, and what the native tier is or why there is none."""
    from ..tier.discovery import find_native_tier

    host = sys.version if verbosity > 1 else sys.version.split()[0]
    name = sys.implementation.name.replace("cpython", "CPython")
    return f"Tauraro {__version__} ({name} {host})\n{find_native_tier().summary()}"


def usage_error(error: UsageError) -> int:
    """Say what is wrong with the command line; the exit status for it."""
    name = os.path.basename(sys.argv[0]).removesuffix(".py")
    name = "python -m tauraro_vm" if name == "__main__" else name
    print(error, file=sys.stderr)
    print(f"usage: {name} [option] ... [-c cmd | -m mod | file | -] [arg] ...", file=sys.stderr)
    print(f"Try `{name} -h' for more information.", file=sys.stderr)
    return 2
