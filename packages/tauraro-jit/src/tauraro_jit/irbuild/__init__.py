"""Bytecode loop to IR, by lazy basic block versioning: each block exists once per types of its
variables.

    flow.py        where the control instructions of a loop lead
    iterators.py   iterators as exits describe them
    state.py       what variables and temporaries hold, as types and SSA values
    builder.py     what is being built: operations, exits, block versions
    variables.py   loads and stores
    arithmetic.py  operators on numbers
    words.py       operators on ints of 64 bits without a sign
    calls.py       built-in functions, functions of the program
    mathematics.py  more of math
    sequences.py   lists and tuples
    loops.py       for and while, and the ends of statement regions
    values.py      and / or, conditional expressions, chained comparisons, if
    region.py      the work list: one version of a block after another
"""

from . import arithmetic, mathematics, sequences, values
from .builder import BuiltRegion, Decline, RegionRequest
from .region import build_region

__all__ = ["BuiltRegion", "Decline", "RegionRequest", "build_region"]

del arithmetic, mathematics, sequences, values
