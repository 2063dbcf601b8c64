"""AST to bytecode module, one file per group of constructs.

function.py        the builder of one code object: registers, operands, stores
expressions.py     operators, displays, calls, value regions
comprehensions.py  comprehensions and generator expressions
targets.py         assignment, deletion, annotation
statements.py      simple statements, imports, assert
control.py         if, while, for, with
exceptions.py      raise, try
patterns.py        match
definitions.py     functions, classes, type parameters
"""

from . import (
    comprehensions,
    control,
    definitions,
    exceptions,
    expressions,
    patterns,
    statements,
    targets,
)
from .function import build_tree, check_complete

__all__ = ["build_tree"]

check_complete()
del comprehensions, control, definitions, exceptions, expressions, patterns, statements, targets
