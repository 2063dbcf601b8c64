"""The passes on the IR in order."""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Function
from .blocks import join_blocks
from .commoning import common_subexpressions
from .constants import Constants
from .dead_code import remove_dead_code
from .folding import fold_constants
from .guards import eliminate_guards
from .hoisting import hoist_invariants
from .loops import Loops, insert_preheaders
from .parameters import propagate_parameters
from .ranges import eliminate_range_checks


def optimize(function: Function) -> None:
    """Make a function smaller and faster."""
    constants = Constants(function)
    constants.gather()
    join_blocks(function)
    insert_preheaders(function, Dominators(function))
    propagate_parameters(function)
    fold_constants(function, constants)
    join_blocks(function)
    dominators = Dominators(function)
    common_subexpressions(function, dominators)
    loops = Loops(dominators)
    hoist_invariants(function, loops)
    eliminate_range_checks(function, loops, constants)
    eliminate_guards(function, dominators)
    join_blocks(function)
    remove_dead_code(function)
