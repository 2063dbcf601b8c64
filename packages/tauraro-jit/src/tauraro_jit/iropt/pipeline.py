"""The passes on the IR in order."""

from __future__ import annotations

from ..ir.dominance import Dominators
from ..ir.graph import Function
from .blocks import join_blocks
from .commoning import common_subexpressions
from .dead_code import remove_dead_code
from .folding import fold_constants
from .guards import eliminate_guards
from .hoisting import hoist_invariants
from .parameters import propagate_parameters


def optimize(function: Function) -> None:
    """Make a function smaller and faster."""
    fold_constants(function)
    join_blocks(function)
    propagate_parameters(function)
    dominators = Dominators(function)
    common_subexpressions(function, dominators)
    hoist_invariants(function, dominators)
    eliminate_guards(function, dominators)
    join_blocks(function)
    remove_dead_code(function)
