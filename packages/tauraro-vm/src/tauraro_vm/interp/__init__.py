"""Tier 0: the reference interpreter for bytecode.

In: a verified bytecode module. Out: a host code object; run with `exec`, it executes the module's
instructions one by one, and so do the functions it defines.

    instruction.py      a linked instruction; the table of functions that execute opcodes
    link.py             bytecode -> linked code objects (layout.py, structure.py, truth.py,
                        assignment.py, assertions.py, positions.py, leaves.py, preparation.py)
    frame.py            one activation     regions.py   parts to unwind
    loop.py             fetch and execute
    ops_*.py            one function per opcode
    shim.py             host code objects that drive frames (shim_syntax.py: their statements)
                        (code_names.py: what they list, stack_slots.py: their own variables)
    comprehensions.py   those that are functions of the host (comprehension_frames.py)
    tracing.py          tier 1's code for what is traced
    written_locals.py   variables changed through f_locals
    class_bodies.py     those of classes and modules
    templates.py        tiny host functions that do what one construct does
    drive.py            runs a frame from any instruction without a shim
    statistics.py       counters, and a limit on the instructions executed
"""

from __future__ import annotations

from types import CodeType
from typing import TYPE_CHECKING

from tauraro_frontend.bytecode.module import BytecodeModule

from . import (
    ops_calls,
    ops_control,
    ops_definitions,
    ops_displays,
    ops_exceptions,
    ops_imports,
    ops_match,
    ops_names,
    ops_operators,
    ops_types,
    ops_values,
    ops_with,
)
from .class_bodies import module_code
from .drive import Returned, Stopped, drive, frame_at
from .instruction import check_complete
from .link import LinkedModule
from .statistics import StepLimit, limit, statistics
from .tracing import tracing

if TYPE_CHECKING:
    from .tracing import HostCode

__all__ = [
    "LinkedModule",
    "Returned",
    "StepLimit",
    "Stopped",
    "drive",
    "frame_at",
    "interp_code",
    "limit",
    "statistics",
]

check_complete()
del ops_calls, ops_control, ops_definitions, ops_displays, ops_exceptions, ops_imports
del ops_match, ops_names, ops_operators, ops_types, ops_values, ops_with


def interp_code(
    module: BytecodeModule,
    filename: str | None = None,
    optimize: int = -1,
    host_code: HostCode | None = None,
) -> CodeType:
    """A host code object that runs a verified module in tier 0.

    `filename` defaults to the module's own, `optimize` is that of the built-in `compile`. With
    tier 1's `host_code`, trace and profile functions see the program's lines: see `tracing`.
    Raises BytecodeError for a module that is no program.
    """
    if host_code is not None:
        tracing.watch(host_code)
    return module_code(LinkedModule(module, filename, optimize).body)
