"""`tauraro why FILE:LINE [ARG...]`: what became of the loops around a line, and why.

The program runs, with its arguments and without its output: which loops are hot, of which types
their variables are and how native code is left shows in no other way.
"""

from __future__ import annotations

import os

from .stages import no_native_stage
from .subcommand import SubcommandError, bytecode_of_file, explain, split_arguments
from .trial import OPTIONS, OPTIONS_USAGE, run_trial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..load.code import Settings

_USAGE = f"""\
usage: tauraro why FILE:LINE [ARG...] {OPTIONS_USAGE}
Runs the program, without its output; `-- ARG...` gives it words with dashes."""


def why_command(words: Sequence[str]) -> int:
    """Run the program and print the native tier's answer. Returns the exit status, unless the
    program runs: then its status is that of the process."""
    try:
        places, values = split_arguments(words, OPTIONS, _USAGE)
        path, colon, line = places[0].rpartition(":") if places else ("", "", "")
        if not colon or not line.isdecimal():
            raise SubcommandError(f"one place is needed\n{_USAGE}", 2)
        bytecode_of_file(path)
        problem = no_native_stage()
        if problem:
            print(problem)
            return 0

        def answer(settings: Settings, file: str) -> str:
            return f"{_answer(settings, file or path, int(line))}\n"

        run_trial([path, *places[1:]], values, answer)
    except SubcommandError as error:
        return explain(error, "why")


def _answer(settings: Settings, file: str, line: int) -> str:
    """What the native tier says of a line, under a heading."""
    native = settings.native
    lines = [] if native is None else native.why(file, line)
    heading = f"{os.path.basename(file)}:{line}"
    return "\n".join([heading, *(lines or ["  the program was not run in the virtual machine"])])
