"""`tauraro why FILE:LINE`: why the code in a line has no native code.

The native tier is asked about the function that the line is in, without types seen in it: a tier
that needs a run to know says so.
"""

from __future__ import annotations

import os

from ..load.code import Settings, code_of_bytecode, module_of_bytecode
from .subcommand import SETTINGS, SubcommandError, bytecode_of_file, explain, split_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from ..tier.protocol import Region

_USAGE = "usage: tauraro why FILE:LINE"


def why_command(words: Sequence[str]) -> int:
    """Print the native tier's answer. Returns the exit status."""
    try:
        places, _ = split_arguments(words, (), _USAGE)
        path, colon, line = places[0].rpartition(":") if len(places) == 1 else ("", "", "")
        if not colon or not line.isdecimal():
            raise SubcommandError(f"one place is needed\n{_USAGE}", 2)
        print(_answer(path, int(line), SETTINGS))
    except SubcommandError as error:
        return explain(error, "why")
    return 0


def _answer(path: str, line: int, settings: Settings) -> str:
    from ..tier.discovery import find_native_tier
    from ..tier.protocol import Declined

    status = find_native_tier()
    if status.tier is None:
        return status.summary()
    region = _region(path, line, settings)
    outcome = status.tier.compile(region)
    if isinstance(outcome, Declined):
        return f"{os.path.basename(path)}: {region.qualname}: {outcome}"
    size = outcome.size
    outcome.retire()
    return f"{os.path.basename(path)}: {region.qualname}: native code, {size} bytes"


def _region(path: str, line: int, settings: Settings) -> Region:
    """The innermost function, or the module, that the line belongs to. Raises SubcommandError."""
    from ..tier.protocol import Region, RegionKind

    bytecode = bytecode_of_file(path)
    try:
        module = module_of_bytecode(bytecode, settings)
        host_code = code_of_bytecode(bytecode, None, settings, tier="host")
    except ValueError as error:
        raise SubcommandError(f"{path}: {error}") from None
    inner = _innermost(host_code, line)
    if inner is None:
        raise SubcommandError(f"{path}: no code in line {line}")
    from ..load.native import index_of

    index = index_of(inner, module)
    if index is None:
        raise SubcommandError(f"{path}: no code object of its own in line {line}")
    return Region(RegionKind.FUNCTION, module, index, 0, inner, line)


def _innermost(code: CodeType, line: int) -> CodeType | None:
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            inner = _innermost(constant, line)
            if inner is not None:
                return inner
    return code if any(line == own for _, _, own in code.co_lines()) else None
