"""A calculator for the command line: `python -m calculator --help`.

The way of an expression: text -> tokens (`tokens`) -> tree (`parser`, `nodes`) -> number
(`evaluate`).
"""

from .errors import CalculatorError
from .evaluate import evaluate
from .parser import parse

__all__ = ["CalculatorError", "evaluate", "parse"]
