"""Built-in functions that look at their caller's frame, which is a shim.

In: a call of one of them, its arguments in the frame's list. Out: the call with what the shim
cannot show filled in, or its result. They are recognized by identity.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind

from .comprehensions import PARAMETER
from .instruction import UNBOUND, Instruction, Registers
from .link import ComprehensionCode
from .own_names import use_own_names
from .shim import HEADROOM
from .templates import compiled
from .written_locals import content_of

if TYPE_CHECKING:
    from .frame import Frame

use_own_names(globals())

FrameReader = Callable[["Frame", Registers, Instruction], "Instruction | None"]

NAMESPACE_KINDS = frozenset({CodeKind.MODULE, CodeKind.SINGLE, CodeKind.EVAL, CodeKind.CLASS})


@lru_cache(maxsize=8)
def with_namespaces(flags: int) -> Callable[..., Any]:
    """A function that calls eval or exec with given namespaces; text that they compile inherits
    its compiler flags."""
    return compiled(
        "def evaluate(function, namespaces, keywords, source, *ignored, **also_ignored):\n"
        " return function(source, *namespaces, **keywords)\n",
        "evaluate",
        flags,
    )


def local_variables(frame: Frame) -> Any:
    """What `locals()` gives in the frame."""
    code = frame.code
    if code.kind in NAMESPACE_KINDS:
        found = comprehension_variables(frame)
        return {**frame.namespace, **found} if found else frame.namespace
    names = bound_variables(frame)
    return names if sys.version_info >= (3, 13) else taken_over(frame, names)


def taken_over(frame: Frame, names: dict[str, Any]) -> dict[str, Any]:
    """The one dictionary of a frame before 3.13, brought up to date."""
    code = frame.code
    snapshot: dict[str, Any] = getattr(frame, "snapshot", {})
    for name in [*code.local_names, *code.cell_names]:
        snapshot.pop(name, None)
    snapshot.update(names)
    frame.snapshot = snapshot
    return snapshot


def bound_variables(frame: Frame) -> dict[str, Any]:
    """The bound variables of a function by name: locals, cells, free variables."""
    code, registers = frame.code, frame.registers
    found: dict[str, Any] = {}
    if isinstance(code, ComprehensionCode):
        found[PARAMETER] = registers[code.iterator]
        shown = {**code.variables, **{name: code.free[name] for name in code.free_names}}
        for name, register in shown.items():
            add_cell(found, name, registers[register])
        return found
    moved = {
        cell.param: code.layout.cells[position]
        for position, cell in enumerate(code.source.cells)
        if cell.outer < 0 <= cell.param
    }
    for register, name in enumerate(code.local_names):
        value = registers[register]
        if register in moved:
            add_cell(found, name, registers[moved[register]])
        elif value is not UNBOUND:
            found[name] = value
    for position, name in enumerate(code.cell_names):
        add_cell(found, name, registers[code.layout.cells[position]])
    return found


def comprehension_variables(frame: Frame) -> dict[str, Any]:
    """The bound variables of comprehensions in a namespace, which are no variables of it."""
    code, registers = frame.code, frame.registers
    found: dict[str, Any] = {}
    for register, name in enumerate(code.local_names):
        if registers[register] is not UNBOUND:
            found[name] = registers[register]
    for position, cell in enumerate(code.source.cells):
        if cell.outer < 0 and not cell.name.startswith("__class"):
            add_cell(found, code.cell_names[position], registers[code.layout.cells[position]])
    return found


def add_cell(found: dict[str, Any], name: str, cell: Any) -> None:
    """Add the content of a cell unless it is empty."""
    try:
        found.setdefault(name, cell.cell_contents)
    except ValueError:
        return


def give(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """Answer the call here."""
    frame.arguments.clear()
    registers[ins.dst] = value
    return ins.next


def has_no_arguments(frame: Frame) -> bool:
    """Whether the call passes none."""
    return len(frame.arguments) == 1


def read_locals(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    if has_no_arguments(frame):
        return give(frame, registers, ins, local_variables(frame))
    return None


def read_dir(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    if has_no_arguments(frame):
        frame.arguments[-1] = partial(sorted, list(local_variables(frame)))
    return None


def read_super(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    if not has_no_arguments(frame):
        return None
    problem, arguments = super_arguments(frame)
    if problem:
        frame.arguments.clear()
        frame.fail(ins, RuntimeError(f"super(): {problem}"))
    else:
        frame.arguments[-1] = partial(super, *arguments)
    return None


def first_argument(frame: Frame) -> Any:
    """The first argument of a frame's function, which has one; UNBOUND if it was deleted."""
    code, registers = frame.code, frame.registers
    if isinstance(code, ComprehensionCode):
        return registers[code.iterator]
    for position, cell in enumerate(code.source.cells):
        if cell.outer < 0 == cell.param:
            return content_of(registers[code.layout.cells[position]])
    return registers[0]


def super_arguments(frame: Frame) -> tuple[str, tuple[Any, ...]]:
    """What is wrong with a `super()` here, and its implied arguments."""
    code, registers = frame.code, frame.registers
    signature = code.signature
    if signature is None or not signature.posonly + signature.args:
        return "no arguments", ()
    first = first_argument(frame)
    if first is UNBOUND:
        return "arg[0] deleted", ()
    if "__class__" not in code.free_names:
        return "__class__ cell not found", ()
    class_cell = registers[code.layout.cells[code.cell_names.index("__class__")]]
    try:
        cls = class_cell.cell_contents
    except ValueError:
        return "empty __class__ cell", ()
    if not isinstance(cls, type):
        return f"__class__ is not a type ({type(cls).__name__})", ()
    return "", (cls, first)


def read_namespaces(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """eval and exec: globals and locals of the caller unless given."""
    arguments = frame.arguments
    shape = frame.code.leaves[ins.leaf].shape
    if shape.request.name != "CALL":
        return None
    given = list(reversed(arguments[:-1]))
    positional = given[: shape.size]
    keywords = dict(zip(shape.keywords, given[shape.size :], strict=True))
    missing = positional[1:2] in ([], [None]) and keywords.get("globals") is None
    if not positional or not missing or len(positional) > 3:
        return None
    function = arguments[-1]
    local_names = positional[2] if len(positional) > 2 else keywords.pop("locals", None)
    if local_names is None:
        local_names = local_variables(frame)
    keywords.pop("globals", None)
    namespaces = (frame.globals, local_names)
    if ins.test_leaf >= 0 and ins.op is Op.CALL and len(keywords) == len(shape.keywords):
        arguments[:] = [
            *reversed(list(keywords.values())), local_names, frame.globals, positional[0], function
        ]  # fmt: skip
        frame.leaf = ins.test_leaf
        return None
    call = with_namespaces(frame.code.module.flags)
    arguments[:] = [
        *shape.filling(),
        partial(call, function, namespaces, keywords, positional[0]),
    ]
    return None


# --- the recursion limit: what the loop itself needs is added to what a program asks for, so that a
# limit which leaves the program no frame more still lets its handlers run


class Raised:
    """The limit that a program in tier 0 has asked for, and what was set for it."""

    asked = actual = -1


def read_set_limit(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """sys.setrecursionlimit: the host checks the program's limit, then the raised one is set, both
    without a frame of the VM."""
    arguments = frame.arguments
    if len(arguments) == 2 and type(arguments[0]) is int:
        asked = arguments[0]
        arguments[:] = [map(arguments[1], (asked, asked + HEADROOM)), list]
        Raised.asked, Raised.actual = asked, asked + HEADROOM
        frame.resume = give_none
    return None


def give_none(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: the answer is None."""
    registers[ins.dst] = None
    return ins.next


def read_limit(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """sys.getrecursionlimit: what the program asked for."""
    if has_no_arguments(frame) and sys.getrecursionlimit() == Raised.actual:
        return give(frame, registers, ins, Raised.asked)
    return None


FRAME_READERS: dict[int, FrameReader] = {
    id(builtins.locals): read_locals,
    id(builtins.vars): read_locals,
    id(builtins.dir): read_dir,
    id(builtins.super): read_super,
    id(builtins.eval): read_namespaces,
    id(builtins.exec): read_namespaces,
    id(sys.setrecursionlimit): read_set_limit,
    id(sys.getrecursionlimit): read_limit,
}
"""By the identity of the function."""
