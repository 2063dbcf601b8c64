"""Shims: host code objects that drive frames of tier 0.

In: a linked code object. Out: a host code object with the program's name, file and signature. Its
body is a loop: `step` runs the frame until it makes a request, and a binary search finds the leaf,
a statement of its own that carries the request out at the source position of the instruction. So
the host's stack, tracebacks, current exception, generators and coroutines are the program's own.

    def f(a, b):
        frame = "driver".enter("driver".globals(), (lambda: (a, b)).__closure__, a, b)
        pop = frame.arguments.pop; step = frame.step
        next = frame.step()
        while True:
            while next == ENTER:  # an exception of this frame is to be handled
                try: raise frame.enter_handler()
                except:
                    next = frame.in_handler()
                    with frame:
                        ... the same loop as below ...
                        if next == RERAISE: raise
                next = frame.go_on()
            with frame:  # catches exceptions that have a handler in this frame
                while next >= 0:
                    if next < 1: next = step(pop()(pop()))
                    else:        next = step(pop()(pop(), pop()))
                if next == RETURN: return frame.finish()
            next = frame.go_on()

The cells of the variables are there so that `f_locals` shows the values: see `shown`.
The driver is put among the constants of the finished code object.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Sequence
from inspect import CO_NESTED, CO_NEWLOCALS, CO_OPTIMIZED
from types import CellType, CodeType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeKind
from tauraro_frontend.errors import BytecodeError

from .loop import Execution, LimitedExecution
from .own_names import use_own_names
from .shim_syntax import (
    FRAME,
    LOAD,
    NEXT,
    PLACEHOLDER,
    POP,
    STEP,
    STORE,
    At,
    ConstantStorage,
    ShimBody,
    Storage,
    line_start,
)
from .statistics import budget, statistics
from .tracebacks import HIDDEN

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

NOTHING = ".~"
"""A variable that is never bound and comes after the shim's own in the host's order."""

OWN = frozenset({FRAME, POP, STEP, NEXT, NOTHING})


class Driver:
    """What a function's shim calls to make a frame."""

    __slots__ = ("code",)

    globals = staticmethod(builtins.globals)
    exc_info = staticmethod(sys.exc_info)

    def __init__(self, code: LinkedCode) -> None:
        self.code = code

    def enter(
        self, global_names: dict[str, Any], closure: tuple[CellType, ...], *arguments: Any
    ) -> Execution:
        """A frame for a call with these arguments, one for each parameter; `closure` are the shim's
        cells in the order of `closure_names`."""
        code = self.code
        registers = code.template.copy()
        registers[: len(arguments)] = arguments
        registers[code.closure_start : code.closure_end] = closure
        for register in code.made_cells:
            registers[register] = CellType()
        for param in code.moved:
            registers[param] = None
        if not code.ran:
            note_run(code)
        leave_headroom(HEADROOM if code.has_handlers else HEADROOM // 2)
        kind = Execution if budget.remaining is None else LimitedExecution
        return kind(code, global_names, None, registers, code.start)


def note_run(code: LinkedCode) -> None:
    """Count a code object that runs for the first time."""
    code.ran = True
    statistics.ran(code.module.filename, code.qualname)


HEADROOM = 8
"""How many frames of the host the loop needs on top of a shim's."""


def leave_headroom(depth: int = HEADROOM) -> None:
    """Raise RecursionError now if the loop could not run at this depth: a frame that has begun can
    always execute its handlers, and leave without a trace of the VM."""
    if depth > 2:  # the two functions that have been called to get here
        leave_headroom(depth - 1)


def function_shim(code: LinkedCode) -> CodeType:
    """The shim of a function, generator expression, lambda or annotation scope."""
    if code.shim is None:
        code.link()
        code.shim = bind_constant(compile_shim(code, function_body(code)), Driver(code))
    return code.shim


def function_body(code: LinkedCode) -> list[ast.stmt]:
    """The statements of a function's shim."""
    storage = Storage(line_start(code.first_line))
    parameters = code.local_names[: code.parameters]
    driver = ast.Constant(PLACEHOLDER, **storage.here)
    passed = [storage.name(parameter) for parameter in parameters]
    global_names = storage.call(driver, "globals")
    cells = closure(code.layout.aliases, storage)
    frame = storage.call(driver, "enter", global_names, cells, *passed)
    entering = ast.Try(
        [storage.assign(FRAME, frame)],
        [ast.ExceptHandler(None, None, without_driver(driver, storage), **storage.here)],
        [],
        [],
        **storage.here,
    )
    body = [*docstring(code, storage), declare_variables(code, storage), entering]
    arguments = storage.attribute(storage.frame, "arguments")
    body += [
        storage.assign(POP, storage.attribute(arguments, "pop")),
        storage.assign(STEP, storage.attribute(storage.frame, "step")),
        *ShimBody(code, storage).statements(storage.method("step")),
    ]
    if code.is_generator:
        never = ast.Expr(ast.Yield(None, **storage.here), **storage.here)
        body.append(ast.If(ast.Constant(False, **storage.here), [never], [], **storage.here))
    return body


def without_driver(driver: ast.expr, storage: Storage) -> list[ast.stmt]:
    """Raise what went wrong before the frame was there, without the driver's part of the traceback.
    (It may be too deep a recursion: no function of Python is called.)

        "driver".exc_info()[1].__traceback__.tb_next = None
        raise
    """
    details = storage.call(driver, "exc_info")
    exc = ast.Subscript(details, ast.Constant(1, **storage.here), LOAD, **storage.here)
    traceback = storage.attribute(exc, "__traceback__")
    target = storage.attribute(traceback, "tb_next", STORE)
    cut = ast.Assign([target], ast.Constant(None, **storage.here), **storage.here)
    return [cut, ast.Raise(None, None, **storage.here)]


def declare_variables(code: LinkedCode, storage: Storage) -> ast.stmt:
    """Statements that are never executed. They bind the program's variables, and refer to the
    shim's own ones from a function: so these are cells, and `co_varnames` has no name of theirs."""
    own = [alias for alias in code.layout.aliases if alias not in code.free_names]
    names = [storage.name(each) for each in (FRAME, POP, STEP, NEXT, NOTHING)]
    function = ast.Lambda(no_parameters(), ast.Tuple(names, LOAD, **storage.here), **storage.here)
    targets = [storage.name(each, STORE) for each in (NOTHING, *own)]
    unbound = ast.Assign(targets, ast.Constant(None, **storage.here), **storage.here)
    never = ast.Constant(False, **storage.here)
    return ast.If(never, [ast.Expr(function, **storage.here), unbound], [], **storage.here)


def parameters_of(code: LinkedCode, here: At) -> ast.arguments:
    """The signature, without defaults: the function object has them."""
    signature = code.source.signature
    if signature is None:
        return no_parameters()

    def arg(raw: str) -> ast.arg:
        return ast.arg(code.mangle(raw), None, **here)

    return ast.arguments(
        [arg(raw) for raw in signature.posonly],
        [arg(raw) for raw in signature.args],
        None if signature.vararg is None else arg(signature.vararg),
        [arg(raw) for raw in signature.kwonly],
        [None] * len(signature.kwonly),
        None if signature.kwarg is None else arg(signature.kwarg),
        [],
    )


def no_parameters() -> ast.arguments:
    """An empty signature."""
    return ast.arguments([], [], None, [], [], None, [])


def docstring(code: LinkedCode, storage: Storage) -> list[ast.stmt]:
    """The function's docstring as a statement, if it has one."""
    if code.kind not in (CodeKind.FUNCTION, CodeKind.ASYNC) or code.module.optimize > 1:
        return []
    instructions = code.source.instructions
    first = instructions[0] if instructions else None
    if first is None or first.op is not Op.DISCARD or first.src[0] & 3 != 3:
        return []
    value = code.module.source.constants[first.src[0] >> 2].value
    if not isinstance(value, str):
        return []
    return [ast.Expr(ast.Constant(value, **storage.here), **storage.here)]


def closure(names: Sequence[str], storage: Storage) -> ast.expr:
    """The cells of variables: `(lambda: (x, y)).__closure__`."""
    if not names:
        return ast.Tuple([], LOAD, **storage.here)
    loads = [storage.name(each) for each in names]
    function = ast.Lambda(no_parameters(), ast.Tuple(loads, LOAD, **storage.here), **storage.here)
    return storage.attribute(function, "__closure__")


def define(
    kind: type[ast.FunctionDef] | type[ast.AsyncFunctionDef],
    name: str,
    arguments: ast.arguments,
    body: list[ast.stmt],
    here: At,
) -> ast.FunctionDef | ast.AsyncFunctionDef:
    """A function definition."""
    make: Any = kind  # what it takes depends on the host's version
    function: ast.FunctionDef | ast.AsyncFunctionDef = make(
        name, arguments, body, [], None, None, **here
    )
    if "type_params" in function._fields:
        vars(function)["type_params"] = []
    return function


def compile_shim(code: LinkedCode, body: list[ast.stmt], *, plain: bool = False) -> CodeType:
    """Compile a shim, with its free variables bound around it; take its code object and give it the
    program's names. `plain`: the body's variables are a namespace, as in a class or module."""
    here = line_start(code.first_line)
    kind = ast.AsyncFunctionDef if code.is_async else ast.FunctionDef
    arguments = no_parameters() if plain else parameters_of(code, here)
    around: list[ast.stmt] = [define(kind, "shim", arguments, body, here)]
    if code.free_names:
        targets: list[ast.expr] = [ast.Name(free, STORE, **here) for free in code.free_names]
        around.insert(0, ast.Assign(targets, ast.Constant(None, **here), **here))
    outer = define(ast.FunctionDef, "around", no_parameters(), around, here)
    tree = ast.Module([outer], [])
    try:
        module = compile(tree, code.module.filename, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError, TypeError) as error:
        raise BytecodeError(code.place, f"is no function ({error})") from error
    found = code_constant(code_constant(module, "around"), "shim")
    flags = found.co_flags & ~CO_NESTED | code.module.flags
    if code.is_nested:
        flags |= CO_NESTED
    if plain:
        flags &= ~(CO_OPTIMIZED | CO_NEWLOCALS | CO_NESTED)
    cells = [HIDDEN if each in OWN else each for each in found.co_cellvars]
    return found.replace(
        co_name=code.name,
        co_qualname=code.qualname,
        co_flags=flags,
        co_cellvars=tuple(code.layout.renamed.get(each, each) for each in cells),
    )


def code_constant(code: CodeType, wanted: str) -> CodeType:
    """The code object of that name among the constants."""
    return next(
        value for value in code.co_consts if isinstance(value, CodeType) and value.co_name == wanted
    )


def bind_constant(code: CodeType, value: Any) -> CodeType:
    """The code object with `value` in place of the placeholder."""
    constants = tuple(value if each == PLACEHOLDER else each for each in code.co_consts)
    return code.replace(co_consts=constants)


def body_shim(
    code: LinkedCode, head: list[ast.stmt], begin: ast.expr, storage: Storage
) -> CodeType:
    """The shim of a body whose frame is the placeholder."""
    body = [*head, *ShimBody(code, storage).statements(begin)]
    return compile_shim(code, body, plain=True)


def class_shim(code: LinkedCode) -> CodeType:
    """The shim of a class body, made once; its frame is the placeholder."""
    if code.shim is None:
        storage = ConstantStorage(line_start(code.first_line))
        begin = storage.method("enter", storage.method("host_locals"))
        # The cells arrive with the frame; they are named here so that the function can have them.
        named = ast.Expr(closure(code.free_names, storage), **storage.here)
        head: list[ast.stmt] = [named] if code.free_names else []
        code.shim = body_shim(code, head, begin, storage)
        note_run(code)
    return code.shim


def module_shim(code: LinkedCode) -> CodeType:
    """The shim of a module body; its frame is the placeholder."""
    if code.shim is None:
        storage = ConstantStorage(line_start(code.first_line))
        namespaces = storage.method("host_globals"), storage.method("host_locals")
        elsewhere = ast.Return(storage.method("run_copy", *namespaces), **storage.here)
        claimed = ast.UnaryOp(ast.Not(), storage.method("claim"), **storage.here)
        head: list[ast.stmt] = [ast.If(claimed, [elsewhere], [], **storage.here)]
        code.shim = body_shim(code, head, storage.method("enter", *namespaces), storage)
    return code.shim
