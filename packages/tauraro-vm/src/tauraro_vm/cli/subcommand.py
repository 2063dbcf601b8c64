"""What the subcommands have in common: a source or `.tbc` file in, bytecode out, and their errors.

Errors of the arguments end with status 2; files that cannot be read, compiled or trusted with 1.
"""

from __future__ import annotations

import os
import sys

from ..load.code import HostCompiles, Settings, compile_text, read_source
from ..load.policy import Policy
from .bottom import display_exception

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = Settings(Policy())


class SubcommandError(Exception):
    """What ends a subcommand: a message, or nothing if it has been said, and the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def explain(error: SubcommandError, name: str) -> int:
    """Print the message of an error; its status."""
    if str(error):
        print(f"tauraro {name}: {error}", file=sys.stderr)
    return error.status


def split_arguments(
    words: Sequence[str], options: Sequence[str], usage: str
) -> tuple[list[str], dict[str, str]]:
    """Positional words and the values of `options`, each given as `-o X`, `--stage X`, `--stage=X`.

    Raises SubcommandError with `usage` for a word that is neither; status 0 for `--help`.
    """
    rest = list(words)
    plain: list[str] = []
    values: dict[str, str] = {}
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word in ("-h", "--help"):
            print(usage)
            raise SubcommandError("", 0)
        if word == "--":
            return plain + rest, values
        if name in options:
            if not equals:
                if not rest:
                    raise SubcommandError(f"argument expected for {name}\n{usage}", 2)
                value = rest.pop(0)
            values[name] = value
        elif word.startswith("-"):
            raise SubcommandError(f"unknown option {word}\n{usage}", 2)
        else:
            plain.append(word)
    return plain, values


def bytecode_of_file(path: str) -> bytes:
    """The `.tbc` of a source file, or the content of a `.tbc` file. Raises SubcommandError."""
    try:
        content = read_source(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SubcommandError(f"can't read {path!r}: {reason}") from None
    if path.endswith(".tbc"):
        return content
    path = os.path.abspath(path)
    try:
        return compile_text(content, path, SETTINGS).bytecode
    except HostCompiles as reason:
        problem = str(reason)
    try:
        compile(content, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
        display_exception(error.with_traceback(None))
        raise SubcommandError("") from None
    raise SubcommandError(f"can't compile {path!r}: {problem}")
