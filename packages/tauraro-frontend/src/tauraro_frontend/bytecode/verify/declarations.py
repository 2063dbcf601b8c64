"""What a code object declares: its name, parameters, locals and cells, checked against its
parent's."""

from __future__ import annotations

from ...errors import BytecodeError
from ..module import BytecodeModule, Cell, CodeKind, CodeObject, Signature
from ..names import is_assignable, is_passed, mangle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FIXED_NAMES = {
    CodeKind.MODULE: "<module>",
    CodeKind.EVAL: "<module>",
    CodeKind.SINGLE: "<module>",
    CodeKind.LAMBDA: "<lambda>",
    CodeKind.GENERATOR_EXPRESSION: "<genexpr>",
}
"""The names of code objects that have none in the source."""

CALLED_AT_ONCE = frozenset({CodeKind.GENERATOR_EXPRESSION, CodeKind.TYPE_PARAMETERS})
"""Kinds of code object that the enclosing one calls; their parameters are named ".0", ".1", ..."""

FUNCTIONS = frozenset({CodeKind.FUNCTION, CodeKind.ASYNC, CodeKind.LAMBDA})


def verify_declarations(module: BytecodeModule, index: int, parent: int | None) -> None:
    """Check all of a code object but its instructions."""
    code = module.codes[index]
    outer = None if parent is None else module.codes[parent]
    problem = (
        problem_of_name(code)
        or problem_of_private(code, outer)
        or problem_of_signature(code)
        or problem_of_locals(code)
        or problem_of_cells(code, outer)
        or problem_of_temps(code)
    )
    if problem:
        raise BytecodeError(f"code {index}", problem)


def passed_values(code: CodeObject) -> int:
    """How many values the enclosing code object passes to this one as its first locals."""
    if code.signature is None or code.kind not in CALLED_AT_ONCE:
        return 0
    return len(code.signature.args)


def problem_of_name(code: CodeObject) -> str:
    """What is wrong with the code object's name, or ""."""
    fixed = FIXED_NAMES.get(code.kind)
    good = is_assignable(code.name) if fixed is None else code.name == fixed
    return "" if good else f"a code object of kind {code.kind.name} cannot be named {code.name!r}"


def problem_of_private(code: CodeObject, outer: CodeObject | None) -> str:
    """Names are mangled by the innermost class around them."""
    allowed = {outer.private if outer else ""}
    if code.kind is CodeKind.CLASS:
        allowed = {code.name}
    elif code.kind is CodeKind.TYPE_PARAMETERS:
        allowed.add(code.name)
    return "" if code.private in allowed else f"class {code.private!r} is not around it"


def problem_of_signature(code: CodeObject) -> str:
    """What is wrong with the parameters, or ""."""
    signature = code.signature
    if (signature is not None) != (code.kind in FUNCTIONS or code.kind in CALLED_AT_ONCE):
        return f"a code object of kind {code.kind.name} has {'a' if signature else 'no'} signature"
    if signature is None:
        return ""
    names = signature.names()
    if tuple(code.locals[: len(names)]) != names:
        return "the parameters are not the first locals"
    if code.kind in CALLED_AT_ONCE:
        passed = tuple(f".{position}" for position in range(len(signature.args)))
        if signature != Signature((), passed, None, (), None, 0, ()):
            return "values are passed under other names than .0, .1, ..."
        if code.kind is CodeKind.GENERATOR_EXPRESSION and len(passed) != 1:
            return "a generator expression is passed one value"
        return ""
    if len({mangle(code.private, name) for name in names}) < len(names):
        return "two parameters have the same name"
    if not 0 <= signature.defaults <= len(signature.posonly) + len(signature.args):
        return "there are more default values than parameters"
    if len(signature.kwdefaults) != len(signature.kwonly):
        return "there is not one flag for each keyword-only parameter"
    return ""


def problem_of_locals(code: CodeObject) -> str:
    """What is wrong with the names of the local registers, or ""."""
    passed = passed_values(code)
    for index, name in enumerate(code.locals):
        if not (is_passed(name, index) if index < passed else is_assignable(name)):
            return f"local {index} cannot be named {name!r}"
    return ""


def problem_of_cells(code: CodeObject, outer: CodeObject | None) -> str:
    """What is wrong with the cells, or ""."""
    own = [cell for cell in code.cells if cell.outer == -1]
    free = code.cells[len(own) :]
    if any(cell.outer == -1 for cell in free):
        return "a free variable stands before an own cell"
    params = [cell.param for cell in own if cell.param != -1]
    names = code.signature.names() if code.signature else ()
    if len(set(params)) < len(params):
        return "two cells are made from one parameter"
    for cell in own:
        if not is_assignable(cell.name):
            return f"a cell cannot be named {cell.name!r}"
        if cell.param != -1 and not (
            0 <= cell.param < len(names) and names[cell.param] == cell.name
        ):
            return f"cell {cell.name!r} is not parameter {cell.param}"
    return problem_of_free(code, free, outer)


def problem_of_free(code: CodeObject, free: Sequence[Cell], outer: CodeObject | None) -> str:
    """What is wrong with the free variables, or ""."""
    before = ""
    for cell in free:
        if outer is None or not 0 <= cell.outer < len(outer.cells) or cell.param != -1:
            return f"free variable {cell.name!r} comes from nowhere"
        name = mangle(code.private, cell.name)
        if not is_assignable(cell.name) or name != mangle(
            outer.private, outer.cells[cell.outer].name
        ):
            return f"free variable {cell.name!r} is another one outside"
        if name <= before:
            return "the free variables are not in order"
        before = name
    return ""


def problem_of_temps(code: CodeObject) -> str:
    """Every temporary is read, so a code object cannot have more of them than operands (and
    subjects)."""
    most = sum(len(instruction.src) + 1 for instruction in code.instructions)
    return "" if 0 <= code.temps <= most else f"{code.temps} temporaries are too many"
