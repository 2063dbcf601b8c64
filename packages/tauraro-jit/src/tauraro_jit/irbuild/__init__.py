"""Bytecode loop to IR, by lazy basic block versioning: each block exists once per types of its
variables.

    flow.py        where the control instructions of a loop lead
    state.py       what variables and temporaries hold, as types and SSA values
    builder.py     the work list: one version of a block after another
    variables.py   loads and stores
    arithmetic.py  operators on numbers
    calls.py       built-in functions and math
    sequences.py   lists and tuples
    loops.py       for and while, and the ends of statement regions
    values.py      and / or, conditional expressions, chained comparisons, if
"""

from . import arithmetic, calls, loops, sequences, values, variables
from .builder import BuiltRegion, Decline, RegionBuilder, RegionRequest

__all__ = ["BuiltRegion", "Decline", "RegionRequest", "build_region"]

del arithmetic, calls, loops, sequences, values, variables


def build_region(request: RegionRequest) -> BuiltRegion:
    """The IR of a loop. Raises Decline, with the reason, for a loop that is not compiled."""
    return RegionBuilder(request).build()
