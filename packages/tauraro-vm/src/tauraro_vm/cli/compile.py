"""`tauraro compile SOURCE -o FILE.tbc`: a program as bytecode, to run without its source."""

from __future__ import annotations

import os

from ..load.code import module_of_bytecode
from .subcommand import SETTINGS, SubcommandError, bytecode_of_file, explain, split_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE = "usage: tauraro compile SOURCE [-o FILE.tbc]"


def compile_command(words: Sequence[str]) -> int:
    """Compile one file; by default beside it, with the suffix `.tbc`. Returns the exit status."""
    try:
        paths, values = split_arguments(words, ("-o", "--output"), _USAGE)
        if len(paths) != 1:
            raise SubcommandError(f"one source is needed\n{_USAGE}", 2)
        target = values.get("-o") or values.get("--output")
        bytecode = bytecode_of_file(paths[0])
        try:
            module_of_bytecode(bytecode, SETTINGS)  # what nobody would load is not written
        except ValueError as error:
            raise SubcommandError(f"can't compile {paths[0]!r}: {error}") from None
        _write(target or os.path.splitext(paths[0])[0] + ".tbc", bytecode)
    except SubcommandError as error:
        return explain(error, "compile")
    return 0


def _write(path: str, bytecode: bytes) -> None:
    """Write the file whole or not at all."""
    temporary = f"{path}.{os.getpid()}"
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as file:  # a device, a pipe
                file.write(bytecode)
            return
        try:
            with open(temporary, "xb") as file:
                file.write(bytecode)
            os.replace(temporary, path)
        except OSError:
            if os.path.exists(temporary):
                os.unlink(temporary)
            raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SubcommandError(f"can't write {path!r}: {reason}") from None
