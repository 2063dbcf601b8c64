"""Function in, text out; `parser.py` reads it back.

    function "total:3" slots 4
    exit 0 statement 5 line 2 "guard"
        write global "s" int 3
        iterate 12 range 4
        store 3 %6
    b0:
        %1:i64 = slot_int[3]
        jump b1(%1)
    b1(%6:i64):
        %7:i64 = const_int[1]
        %8:i64 = add_checked %6, %7 else x0
        jump b1(%8)

An exit lists the variables that the runtime writes, the inner loops that are running with their
iterators (`iterate PC` alone is a `while` loop), and the value that each slot gets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ..native.region import IteratorState
from ..native.region import Value as FrameValue
from .graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Terminator, Value

INDENT = "    "


def print_function(function: Function) -> str:
    """The text of a function and of its bodies, ending in a newline."""
    lines = [*function_lines(function)]
    for body in function.bodies.values():
        lines += ["", *function_lines(body)]
    return "\n".join(lines) + "\n"


def function_lines(function: Function) -> Iterator[str]:
    """A function alone: header, exits, blocks."""
    control = f" control {function.control}" if function.control >= 0 else ""
    kinds = ", ".join(parameter.value for parameter in function.parameters)
    takes = f" takes {kinds}" if kinds else ""
    types = ", ".join(result.value for result in function.results)
    gives = f" gives {types}" if types else ""
    yield f"function {quote(function.name)} slots {function.slots}{control}{takes}{gives}"
    for exit_ in function.exits:
        yield from exit_lines(exit_)
    for block in function.blocks:
        yield from block_lines(block)


def quote(text: str) -> str:
    """Text as a literal on one line."""
    return json.dumps(text)


def exit_lines(point: ExitPoint) -> Iterator[str]:
    """An exit: its header, then what the frame gets."""
    found = point.exit
    place = f"{found.resume.name.lower()} {found.pc} line {found.line}"
    yield f"exit {point.number} {place} {quote(found.reason)}"
    for output in found.outputs:
        yield f"{INDENT}write {frame_value(output)}"
    for loop in found.loops:
        iterator = "" if loop.iterator is None else " " + iterator_state(loop.iterator)
        yield f"{INDENT}iterate {loop.pc}{iterator}"
    for slot, value in point.stores:
        yield f"{INDENT}store {slot} {value}"


def frame_value(value: FrameValue) -> str:
    """A variable of the frame and its slot."""
    key = quote(value.key) if isinstance(value.key, str) else str(value.key)
    exact = "" if value.exact_type is None else f" {value.exact_type.__name__}"
    return f"{value.place.name.lower()} {key} {value.type.name.lower()} {value.slot}{exact}"


def iterator_state(state: IteratorState) -> str:
    """An iterator and its first slot."""
    kinds = (state.kind, *state.parts)
    return f"{'+'.join(kind.name.lower() for kind in kinds)} {state.slot}"


def block_lines(block: Block) -> Iterator[str]:
    """A block: its label, operations and terminator."""
    params = ", ".join(typed(param) for param in block.params)
    yield f"b{block.number}({params}):" if params else f"b{block.number}:"
    for operation in block.operations:
        yield INDENT + operation_text(operation)
    yield INDENT + terminator_text(block.terminator)


def typed(value: Value) -> str:
    """A value where it is defined."""
    return f"{value}:{value.type.value}"


def values(found: Iterable[Value]) -> str:
    """Values where they are used."""
    return ", ".join(map(str, found))


def operation_text(operation: Operation) -> str:
    """An operation: `result = op[attribute] arguments else exit`."""
    result = "" if operation.result is None else f"{typed(operation.result)} = "
    attribute = "" if operation.attr is None else f"[{attribute_text(operation.attr)}]"
    arguments = f" {values(operation.args)}" if operation.args else ""
    exit_ = "" if operation.exit is None else f" else x{operation.exit.number}"
    return f"{result}{operation.op.text}{attribute}{arguments}{exit_}"


def attribute_text(attribute: object) -> str:
    """An attribute as a literal: true, 3, 0.5, "sin", or the name of a built-in type."""
    if isinstance(attribute, bool):
        return "true" if attribute else "false"
    if isinstance(attribute, type):
        return attribute.__name__
    return quote(attribute) if isinstance(attribute, str) else repr(attribute)


def terminator_text(terminator: Terminator | None) -> str:
    """The end of a block."""
    match terminator:
        case Jump():
            return f"jump {jump_text(terminator)}"
        case Branch(condition, then, otherwise):
            return f"branch {condition} {jump_text(then)} {jump_text(otherwise)}"
        case Leave(exit_):
            return f"leave x{exit_.number}"
        case None:
            return "open"


def jump_text(jump: Jump) -> str:
    """A target with arguments."""
    arguments = f"({values(jump.args)})" if jump.args else ""
    return f"b{jump.target.number}{arguments}"
