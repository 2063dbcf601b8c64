"""One expression in a loop, compiled, then computed natively for many values.

`for k in range(1): r = EXPRESSION`: native code enters with the variables of the expression, and
either reaches the end of the loop with `r`, or leaves to the statement with nothing changed.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from typing import Any

from tauraro_jit.native.region import Resume

from .machine import Engine
from .regions import Region, Scope

INTS = [0, 1, -1, 2, -2, 3, -7, 10, 62, 63, 64, 65]
INTS += [2**30, 2**31 - 1, -(2**31), 2**60, 2**62, -(2**62)]
INTS += [2**53 - 1, 2**53, 2**53 + 1, -(2**53) - 1]
INTS += [2**63 - 1, -(2**63) + 1, -(2**63), 2**63, -(2**64)]
FLOATS = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, -2.5, 3.0, 7.25, 0.1, 0.49999999999999994]
FLOATS += [2.0**52 + 0.5, 2.0**53, 2.0**53 + 2, -(2.0**53), 2.0**63, -(2.0**63), 9.3e18, 1e16]
FLOATS += [1e300, -1e308, 5e-324, -5e-324, 2.2250738585072014e-308, math.inf, -math.inf, math.nan]
BOOLS = [True, False]
WORDS = [0, 1, 2, 7, 64, 255, 2**31, 2**32 + 1, 2**53, 2**53 + 1, 2**62, 2**63 - 1]
WORDS += [2**63, 2**63 + 1, 2**64 - 2048, 2**64 - 2, 2**64 - 1, 2**64, -1]


class Word:
    """Stands for ints that are entered as 64 bits without a sign."""


VALUES: dict[type, list[Any]] = {int: INTS, float: FLOATS, bool: BOOLS, Word: WORDS}
TYPICAL: dict[type, Any] = {int: 5, float: 1.5, bool: True, Word: 2**63}

LEFT = object()
"""Native code has left the region; the host would compute, or raise."""


class Expression:
    """A compiled expression of `x` and `y`, which have the given types. Raises Decline."""

    def __init__(
        self, text: str, types: tuple[type, ...], engine: Engine, *, target: str = "r"
    ) -> None:
        self.source = f"{target} = {text}"
        self.names = "xy"[: len(types)]
        tree = ast.parse(f"import math\nfor k in range(1):\n    {self.source}")
        loop = tree.body[-1]
        assert isinstance(loop, ast.For)
        namespace = {name: TYPICAL[kind] for name, kind in zip(self.names, types, strict=True)}
        self.namespace: dict[str, Any] = {"math": math, "k": 0, "r": 0, "s": 0, **namespace}
        region = Region(tree, loop, Scope.MODULE, self.namespace, iter(range(1)), optimized=False)
        self.region, self.engine = region, engine(region.built)

    def native(self, *values: Any) -> Any:
        """The value of `r`, LEFT, or None if the values cannot even enter."""
        iterator = iter(range(1))
        next(iterator)
        self.namespace.update(zip(self.names, values, strict=True))
        self.namespace.update(r=0, s=0)
        left = self.region.enter(self.engine, self.namespace, iterator)
        if left is None:
            return None
        if left.resume is Resume.NEXT:
            return self.namespace["r"]
        assert self.namespace["r"] == 0, "an exit to the statement with the result"
        return LEFT

    def host(self, *values: Any) -> Any:
        """The value of `r`, or LEFT if the host raises."""
        namespace: dict[str, Any] = {"math": math, **dict(zip(self.names, values, strict=True))}
        try:
            exec(self.source, namespace)
        except (ArithmeticError, ValueError, TypeError):
            return LEFT
        return namespace["r"]


def every_value(types: tuple[type, ...]) -> Iterator[tuple[Any, ...]]:
    """All combinations of edge values."""
    if not types:
        yield ()
        return
    for first in VALUES[types[0]]:
        for rest in every_value(types[1:]):
            yield (first, *rest)


def same(left: object, right: object) -> bool:
    """Equal in type and bits; every nan is equal."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float) and isinstance(right, float):
        if math.isnan(left) or math.isnan(right):
            return math.isnan(left) and math.isnan(right)
        return left.hex() == right.hex()
    return left == right
