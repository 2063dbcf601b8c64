"""Runs a function of the IR in Python: the oracle for passes and for native code.

In: a function, its slots, the objects that its code names. Out: the number of the exit taken, with
the slots as the exit leaves them. What the operations compute stands in `semantics.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..native.region import Resume
from .graph import Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from .ops import INVOKES, Op
from .semantics import (
    ATTRIBUTED,
    CHECKED,
    DESCRIBED,
    MEMORY,
    NULL,
    PURE,
    SLOTS,
    EvaluationError,
    roll_back,
)

Fail = Callable[[Operation], bool]
"""Asked before each operation that can leave: whether it is to leave now. Asked for POLL too:
whether the interpreter asks."""


def never(operation: Operation) -> bool:
    """Leave only where the function does."""
    return False


def evaluate(
    function: Function, slots: list[Any], objects: Iterable[object] = (), fail: Fail = never
) -> int:
    """Run the function: the number of its exit. `slots` holds ints, floats and objects, and is
    changed as the exit says; `objects` are those that CONST_OBJECT may name."""
    known = {id(found): found for found in (*objects, True, False, None)}
    known[0] = NULL
    number = run(function, slots, known, fail)
    roll_back()
    return number


def run(function: Function, slots: list[Any], known: dict[int, object], fail: Fail) -> int:
    """Run the function, or a body: that finds its parameters at the end of its slots."""
    values: dict[int, Any] = {}
    block = function.blocks[0]
    while True:
        for operation in block.operations:
            if operation.op in INVOKES:
                exit_ = invoke(function, operation, values, slots, known, fail)
            else:
                exit_ = step(operation, values, slots, known, fail)
            if exit_ is not None:
                return leave(exit_, values, slots)
        match block.terminator:
            case Jump() as jump:
                pass
            case Branch(condition, then, otherwise):
                jump = then if values[condition.number] else otherwise
            case Leave(point):
                return leave(point, values, slots)
            case None:
                raise EvaluationError(f"b{block.number} does not end")
        arguments = read(values, jump.args)
        block = jump.target
        for param, value in zip(block.params, arguments, strict=True):
            values[param.number] = value


def read(values: dict[int, Any], wanted: Sequence[Value]) -> list[Any]:
    """The contents of SSA values."""
    return [values[value.number] for value in wanted]


def leave(point: ExitPoint, values: dict[int, Any], slots: list[Any]) -> int:
    """Fill the slots of an exit."""
    for slot, value in point.stores:
        found = values[value.number]
        slots[slot] = int(found) if isinstance(found, bool) else found
    return point.number


def invoke(
    function: Function,
    operation: Operation,
    values: dict[int, Any],
    slots: list[Any],
    known: dict[int, object],
    fail: Fail,
) -> ExitPoint | None:
    """A call of a body; the exit if it leaves."""
    body = function.bodies[operation.attr]
    own = [*slots, *reversed(read(values, operation.args))]
    if fail(operation) or body.exits[run(body, own, known, fail)].exit.resume is not Resume.RETURN:
        return operation.exit
    assert operation.result is not None
    values[operation.result.number] = own[0]
    return None


def step(
    operation: Operation,
    values: dict[int, Any],
    slots: list[Any],
    known: dict[int, object],
    fail: Fail,
) -> ExitPoint | None:
    """One operation; the exit if it leaves."""
    op, exit_ = operation.op, operation.exit
    if exit_ is not None and fail(operation):
        return exit_
    arguments = read(values, operation.args)
    result: Any
    if op in PURE:
        if op in ATTRIBUTED:
            arguments.append(operation.attr)
        result = PURE[op](*arguments)
    elif op in CHECKED:
        result = CHECKED[op](*arguments)
        if result is None:
            return exit_
    elif op is Op.GUARD:
        return None if arguments[0] else exit_
    elif op is Op.POLL:
        result = fail(operation)
    elif op is Op.CONST_OBJECT:
        result = known[operation.attr]
    elif op in SLOTS:
        result = slots[operation.attr]
    else:
        result = MEMORY[op](*arguments, *([operation.attr] if op in DESCRIBED else []))
    if operation.result is not None:
        values[operation.result.number] = result
    return None


MISSING = set(Op) - set(PURE) - set(CHECKED) - SLOTS - set(MEMORY) - {Op.GUARD, Op.POLL} - INVOKES
if MISSING - {Op.CONST_OBJECT}:
    raise TypeError(f"not evaluated: {sorted(op.text for op in MISSING)}")
