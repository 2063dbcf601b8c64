"""Tree -> number."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from .errors import UndefinedResult, UnknownName
from .nodes import Binary, Call, Node, Number, Unary, Variable

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e, "tau": math.tau}

OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "**": math.pow,
}

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "abs": abs,
    "min": min,
    "max": max,
    "hypot": math.hypot,
}


def evaluate(node: Node, variables: Mapping[str, float]) -> float:
    """The value of a tree; variables hide constants of the same name."""
    match node:
        case Number(value=value):
            return value
        case Variable(name=name):
            if name in variables:
                return variables[name]
            if name in CONSTANTS:
                return CONSTANTS[name]
            raise UnknownName(f"{name} has no value", node.column)
        case Unary(operator="-", operand=operand):
            return -evaluate(operand, variables)
        case Unary(operand=operand):
            return evaluate(operand, variables)
        case Binary(operator=symbol, left=left, right=right):
            pair = evaluate(left, variables), evaluate(right, variables)
            return _apply(OPERATORS[symbol], pair, node)
        case Call(name=name, arguments=arguments):
            if name not in FUNCTIONS:
                raise UnknownName(f"there is no function {name}", node.column)
            values = tuple(evaluate(argument, variables) for argument in arguments)
            return _apply(FUNCTIONS[name], values, node)
    raise AssertionError(f"unknown node: {node!r}")


def _apply(function: Callable[..., float], values: tuple[float, ...], node: Node) -> float:
    try:
        return function(*values)
    except (ArithmeticError, ValueError, TypeError) as error:
        shown = ", ".join(f"{value:g}" for value in values)
        raise UndefinedResult(f"no result for ({shown})", node.column) from error
