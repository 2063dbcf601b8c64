"""Running a program in order to tell what became of it: for `why`, and `dis` of native stages.

In: the words FILE ARG... and what to tell at the end. Out: the program has run as `tauraro FILE
ARG...` would run it, with its status, but for its standard output, which goes nowhere: that of the
process is for what is told.
"""

from __future__ import annotations

import os
import sys

from ..trace import statistics
from .options import NATIVE_WITH_VALUE, Options, UsageError, set_option
from .restart import name_of_command
from .settings import write_to
from .subcommand import SubcommandError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

    from ..load.code import Settings

    Telling = Callable[[Settings, str], str]
    """Gives the text to tell of a process with these settings, and a main file of this name."""

OPTIONS = tuple(f"--{name}" for name in NATIVE_WITH_VALUE)
"""Options of the command that a trial takes, too."""

OPTIONS_USAGE = "[--jit-threshold=N] [--jit-only=PATTERN] [--jit-stress=exits]"


def run_trial(
    words: Sequence[str],
    values: Mapping[str, str],
    tell: Telling,
    stages: tuple[str, ...] = (),
) -> NoReturn:
    """Run the program `words`, with the options `values`. What `tell` gives at the end is written
    to the standard output; with `stages` their text is, and `tell` is asked only if there was
    none. Raises SubcommandError."""
    options = Options()
    options.kind, options.target = "script", words[0]
    options.arguments, options.plain = list(words[1:]), list(words)
    try:
        for name, value in values.items():
            if name in OPTIONS:
                set_option(options, name[2:], value)
    except UsageError as error:
        raise SubcommandError(str(error), 2) from None
    options.dump, options.dump_to = stages, _take_standard_output()
    process = os.getpid()

    def at_end(settings: Settings) -> None:
        if os.getpid() == process and not options.dumped:  # children are not asked
            write_to(options.dump_to, tell(settings, _main_file()))

    options.at_end = at_end
    if not sys.flags.safe_path:
        del sys.path[0]  # the host put it there for the command, not for the program
    from .run import run

    run(options, name_of_command())


def _take_standard_output() -> int:
    """Send what is written to the standard output away; a file descriptor for ours."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        kept = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
    except OSError as error:
        raise SubcommandError(f"can't write to the standard output: {error.strerror}") from None
    return kept


def _main_file() -> str:
    """The file that the program's code names, nothing if none of it was loaded."""
    for module in statistics.loaded:
        if module.name == "__main__":
            return module.code.co_filename
    return ""
