"""`tauraro dis FILE --stage=STAGE`: the text of one stage of a program.

The native stages exist only where a program has run, as its types and values decide: it does, with
its arguments, and what becomes native is shown.
"""

from __future__ import annotations

import os

from .options import NATIVE_STAGES, STAGES
from .stages import no_native_stage, text_of_stage
from .subcommand import SETTINGS, SubcommandError, bytecode_of_file, explain, split_arguments
from .trial import OPTIONS, OPTIONS_USAGE, run_trial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..load.code import Settings

_USAGE = f"""\
usage: tauraro dis FILE [--stage={"|".join(STAGES)}]
       tauraro dis FILE [ARG...] --stage={"|".join(NATIVE_STAGES)} {OPTIONS_USAGE}
The second form runs the program, without its output; `-- ARG...` gives it words with dashes."""


def dis_command(words: Sequence[str]) -> int:
    """Print the stage (by default the bytecode) of a source or `.tbc` file. Returns the status,
    unless the program runs: then its status is that of the process."""
    try:
        program, values = split_arguments(words, ("--stage", *OPTIONS), _USAGE)
        stage = values.get("--stage", "bytecode")
        is_native = stage in NATIVE_STAGES
        if not program or (len(program) > 1 and not is_native) or stage not in STAGES:
            problem = f"no stage {stage!r}" if stage not in STAGES else "one file is needed"
            raise SubcommandError(f"{problem}\n{_USAGE}", 2)
        bytecode = bytecode_of_file(program[0])
        if is_native:
            problem = no_native_stage()
            if problem:
                raise SubcommandError(f"stage {stage}: there is nothing to show ({problem})")
            run_trial(program, values, _conclusion, (stage,))
        try:
            print(text_of_stage(bytecode, stage, SETTINGS))
        except ValueError as error:
            raise SubcommandError(f"{program[0]}: {error}") from None
    except SubcommandError as error:
        return explain(error, "dis")
    return 0


def _conclusion(settings: Settings, file: str) -> str:
    """Why there was nothing to show."""
    native = settings.native
    report = [] if native is None else native.report()
    name = os.path.basename(file)
    lines = [f"nothing of {name} became native (--jit-threshold=1 compiles all loops)", *report]
    return "".join(f"# {line.strip()}\n" for line in lines)
