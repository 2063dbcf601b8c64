"""Bytecode loop or function to IR, by lazy basic block versioning: each block exists once per types
of its variables.

    flow.py        where the control instructions of a loop lead
    iterators.py   iterators as exits describe them
    state.py       what variables and temporaries hold, as types and SSA values
    builder.py     what is being built: operations, exits, block versions
    frames.py      variables that enter a region, and that its exits write
    effects.py     stores that wait for the end of their statement
    variables.py   loads and stores
    arithmetic.py  operators on numbers
    words.py       operators on ints of 64 bits without a sign
    built_in.py    built-in functions
    arguments.py   how arguments meet parameters
    calls.py       calls of all of them, and of functions of the program
    mathematics.py  more of math
    classes.py     the program's classes as they are when the region is built
    instances.py   their instances: how they enter, and what is known of them
    attributes.py  attributes and methods
    special.py     operators on instances
    records.py     instances that are made, and not seen
    sequences.py   lists and tuples
    buffers.py     bytes, bytearrays, arrays, memoryviews, arrays of NumPy
    scalars.py     numbers of NumPy
    reductions.py  what goes through all elements: sum, max, in
    lists.py       methods of lists
    owned.py       what a region makes, and how long it is kept
    fresh.py       lists and tuples that are being made
    literals.py    strings that are constants
    strings.py     strings and characters
    dicts.py       dicts with ints or strings as keys
    sets.py        sets of them
    entries.py     going through dicts and sets
    heaps.py       heappush and heappop
    deques.py      both ends of deques
    texts.py       new strings
    pairs.py       tuples whose parts are at hand
    percent.py     text % values
    comparisons.py  comparisons but for `in`
    displays.py    displays, slices, + and *
    generators.py  generator expressions that sum and the like go through
    comprehensions.py  list comprehensions, and the loops of these expressions
    loops.py       for and while, and the ends of statement regions
    values.py      and / or, conditional expressions, chained comparisons, if
    closures.py    functions that share variables with others
    raising.py     where exceptions go
    exceptions.py  try; exceptions that nobody sees
    bodies.py      functions that a region calls
    region.py      the work list: one version of a block after another
    functions.py   loops and whole functions
"""

from . import (
    arithmetic,
    attributes,
    comprehensions,
    displays,
    exceptions,
    mathematics,
    sequences,
    special,
    values,
)
from .builder import BuiltRegion, Decline, RegionRequest, TooEarly
from .functions import build_region

__all__ = ["BuiltRegion", "Decline", "RegionRequest", "TooEarly", "build_region"]

del arithmetic, attributes, comprehensions, displays, exceptions, mathematics, sequences, special
del values
