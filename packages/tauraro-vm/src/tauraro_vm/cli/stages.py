"""The text of a stage that a program passes through.

In: `.tbc` bytes and the name of a stage. Out: text, as `tauraro dis` and `--dump` print it.
"""

from __future__ import annotations

from ..load.code import Settings, module_of_bytecode
from ..load.isolation import import_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def text_of_stage(bytecode: bytes, stage: str, settings: Settings) -> str:
    """The text of `stage`: `bytecode`, or `host`. Raises BytecodeError for bad bytecode."""
    module = module_of_bytecode(bytecode, settings)
    if stage == "bytecode":
        disassembler: Any = import_part("tauraro_frontend.bytecode.disassemble", settings.policy)
        text: str = disassembler.disassemble(module)
        return text.rstrip("\n")
    translator: Any = import_part("tauraro_vm.host.compile", settings.policy)
    ast: Any = import_part("ast", settings.policy)
    text = ast.unparse(translator.translate_module(module))
    return text


def no_native_stage() -> str:
    """Why there is no text of a stage of the native tier, or nothing if there is."""
    from ..tier.discovery import find_native_tier

    status = find_native_tier()
    if status.tier is None:
        return status.summary()
    problem = status.tier.describe().problem
    return f"{status.plugin}: {problem}" if problem else ""
