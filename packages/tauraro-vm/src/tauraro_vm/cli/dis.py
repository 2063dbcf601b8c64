"""`tauraro dis FILE --stage=STAGE`: the text of one stage of a program."""

from __future__ import annotations

from .options import NATIVE_STAGES, STAGES
from .stages import no_native_stage, text_of_stage
from .subcommand import SETTINGS, SubcommandError, bytecode_of_file, explain, split_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE = f"usage: tauraro dis FILE [--stage={'|'.join(STAGES)}]"


def dis_command(words: Sequence[str]) -> int:
    """Print the stage (by default the bytecode) of a source or `.tbc` file. Returns the status."""
    try:
        paths, values = split_arguments(words, ("--stage",), _USAGE)
        stage = values.get("--stage", "bytecode")
        if len(paths) != 1 or stage not in STAGES:
            problem = f"no stage {stage!r}" if len(paths) == 1 else "one file is needed"
            raise SubcommandError(f"{problem}\n{_USAGE}", 2)
        bytecode = bytecode_of_file(paths[0])
        if stage in NATIVE_STAGES:
            raise SubcommandError(f"stage {stage}: {no_native_stage()}")
        try:
            print(text_of_stage(bytecode, stage, SETTINGS))
        except ValueError as error:
            raise SubcommandError(f"{paths[0]}: {error}") from None
    except SubcommandError as error:
        return explain(error, "dis")
    return 0
