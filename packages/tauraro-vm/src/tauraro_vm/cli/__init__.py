"""The command `tauraro`: what `python` does, with the program in the virtual machine.

In: the words of the command line. Out: the program has run; the process ends as CPython's would.

    options.py     words -> `Options`
    restart.py     options that only a starting interpreter can take: start it again, once
    boot.py        where the restarted interpreter begins
    run.py         prepares `__main__`, `sys.argv`, `sys.path` and the code of the program
    bottom.py      runs it at the bottom of the stack, and ends the process
    depth.py       recursion: the program may go as deep as it could without us
    repl.py        the interactive interpreter
    compile.py     tauraro compile       dis.py     tauraro dis
    why.py         tauraro why           compare.py tauraro compare
    stages.py      the text of each stage: dis, --dump
    trial.py       running a program for what dis and why tell of it
    report.py      --stats               about.py   --version, --help, usage
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

SUBCOMMANDS = ("compare", "compile", "dis", "why")


def main(arguments: Sequence[str] | None = None, command: str | None = None) -> NoReturn:
    """Run the command line `arguments` (by default that of the process), and end the process.

    Call it from the module that the interpreter was started with: the program's code then has no
    frame below it, as in CPython. `command` is given by `boot` alone: the name that the command
    was called by, in an interpreter that has the options it needs.
    """
    from .options import UsageError, parse

    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and words[0] in SUBCOMMANDS and not os.path.lexists(words[0]):
        _run_subcommand(words)
    try:
        options = parse(words)
    except UsageError as error:
        from .about import usage_error

        sys.exit(usage_error(error))
    if options.about:
        from .about import print_about

        print_about(options)
        sys.exit(0)
    from .restart import name_of_command, restart

    if options.host and command is None:
        restart(options, words)
    if command is None:
        command = name_of_command()
        if not sys.flags.safe_path:
            del sys.path[0]  # the host put it there for the command, not for the program
    from .run import run

    run(options, command)


def _run_subcommand(words: list[str]) -> NoReturn:
    """The subcommands are ordinary programs: they end with a status and print what they have."""
    if words[0] == "compare":
        from .compare import compare_command as subcommand
    elif words[0] == "compile":
        from .compile import compile_command as subcommand
    elif words[0] == "dis":
        from .dis import dis_command as subcommand
    else:
        from .why import why_command as subcommand
    try:
        status = subcommand(words[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. The interpreter must not find that out again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 1
    sys.exit(status)
