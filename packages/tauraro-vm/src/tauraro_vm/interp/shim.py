"""Shims: host code objects that drive frames of tier 0.

In: a linked code object. Out: a host code object with the program's name, file and signature. Its
body is a loop: `step` runs the frame until it makes a request, and a binary search finds the leaf,
a statement of its own that carries the request out at the source position of the instruction. So
the host's stack, tracebacks, current exception, generators and coroutines are the program's own.

    def f(a, b):
        for frame in "~": for pop in "~": for step in "~": for next in "~":
            next = "driver" @ (a, b, lambda: (a, b))
            frame = next[0]; pop = next[1]; step = next[2]
            if frame is None: raise pop  # an exception: the call is too deep, for example
            next = step()
            while True:
                while next == ENTER:  # an exception of this frame is to be handled
                    try: raise ~frame
                    except:
                        next = -frame
                        with frame:
                            ... the same loop as below ...
                            if next == RERAISE: raise
                    next = -frame
                with frame:  # catches exceptions that have a handler in this frame
                    while next >= 0:
                        if next < 1: next = step(pop()(pop()))
                        else:        next = step(pop()(pop(), pop()))
                    if next == RETURN: return +frame
                next = -frame

The loops give the shim's own variables their places (see `stack_slots`). The operators are methods
of the driver and of the frame: so the code object has no names but the program's. The cells of the
program's variables are there so that `f_locals` shows the values: see `layout`.
The driver is put among the constants of the finished code object.
"""

from __future__ import annotations

import ast
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
from .stack_slots import RESERVED, on_stack
from .statistics import budget, statistics
from .tracing import CodeMark, tracing

if TYPE_CHECKING:
    from .link import LinkedCode

use_own_names(globals())

OWN = FRAME, POP, STEP, NEXT

Entered = tuple["Execution | None", Any, Any]


HEADROOM = 8
"""How many frames of the host the loop needs on top of a shim's."""


class Driver(CodeMark):
    """What a function's shim calls to make a frame."""

    __slots__ = ("headroom",)

    def __init__(self, code: LinkedCode) -> None:
        self.code = code
        self.headroom = HEADROOM if code.has_handlers else HEADROOM // 2

    def __matmul__(self, given: tuple[Any, ...]) -> Entered:
        """A frame and two of its methods; or None and an exception to be raised in the shim.

        `given` are the arguments, one for each parameter, and a function of the shim's: it has the
        globals, and the cells in the order of their names.
        """
        try:
            leave_headroom(self.headroom)
            code = self.code
            registers = code.template.copy()
            registers[: code.parameters] = given[:-1]
            function = given[-1]
            registers[code.closure_start : code.closure_end] = function.__closure__ or ()
            for register in code.made_cells:
                registers[register] = CellType()
            for param in code.moved:
                registers[param] = None
            if not code.ran:
                note_run(code)
            kind = Execution if budget.remaining is None else LimitedExecution
            frame = kind(code, function.__globals__, None, registers, code.start)
        except BaseException as exc:
            exc.__traceback__ = None
            return None, exc, None
        return frame, frame.arguments.pop, frame.step


def note_run(code: LinkedCode) -> None:
    """Count a code object that runs for the first time."""
    code.ran = True
    statistics.ran(code.module.filename, code.qualname)


def leave_headroom(depth: int = HEADROOM) -> None:
    """Raise RecursionError now if the loop could not run at this depth: a frame that has begun can
    always execute its handlers, and leave without a trace of the VM."""
    if depth > 2:  # the two functions that have been called to get here
        leave_headroom(depth - 1)


def function_shim(code: LinkedCode) -> CodeType:
    """The shim of a function, generator expression, lambda or annotation scope; what tier 1 has
    instead while something traces the program."""
    replacement = tracing.instead_of(code) if tracing.is_on else None
    if replacement is not None:
        return replacement
    if code.shim is None:
        code.link()
        code.shim = driven_shim(code, Driver(code), Storage(line_start(code.first_line)))
    return code.shim


def driven_shim(
    code: LinkedCode, driver: Driver, storage: Storage, begin: Sequence[ast.stmt] = ()
) -> CodeType:
    """A function's shim with the driver that makes its frames."""
    return bind_constant(compile_shim(code, function_body(code, storage, begin)), driver)


def function_body(
    code: LinkedCode, storage: Storage, begin: Sequence[ast.stmt] = ()
) -> list[ast.stmt]:
    """The statements of a function's shim; `begin` are the first ones that have its frame."""
    parameters = () if code.signature is None else code.signature.names()
    here = storage.here
    passed = [storage.name(code.mangle(parameter)) for parameter in parameters]
    given = ast.Tuple([*passed, referring_to(code.aliases, storage)], LOAD, **here)
    driver = ast.Constant(PLACEHOLDER, **here)
    entered = ast.BinOp(driver, ast.MatMult(), given, **here)
    got = [storage.item(storage.next, number) for number in range(3)]
    failed = ast.Compare(storage.frame, [ast.Is()], [ast.Constant(None, **here)], **here)
    body: list[ast.stmt] = [
        storage.set_next(entered),
        *map(storage.assign_own, (FRAME, POP, STEP), got),
        ast.If(failed, [ast.Raise(storage.name(POP), None, **here)], [], **here),
        *begin,
        *ShimBody(code, storage).statements(ast.Call(storage.step, [], [], **here)),
    ]
    for own in reversed(OWN):
        reserved = ast.Constant(RESERVED, **here)
        body = [ast.For(storage.name(own, STORE), reserved, body, [], **here)]
    body[:0] = [*docstring(code, storage), declare_variables(code, storage)]
    if code.is_generator:
        never = ast.Expr(ast.Yield(None, **here), **here)
        body.append(ast.If(ast.Constant(False, **here), [never], [], **here))
    return body


def declare_variables(code: LinkedCode, storage: Storage) -> ast.stmt:
    """Statements that are never executed. They bind the program's variables, and refer to the
    shim's own ones from a function: so these are cells, and come after all others."""
    here = storage.here
    names = [alias for alias in code.aliases if alias not in code.free_names]
    declared: list[ast.stmt] = [ast.Expr(referring_to(OWN, storage), **here)]
    if names:
        targets = [storage.name(each, STORE) for each in names]
        declared.append(ast.Assign(targets, ast.Constant(None, **here), **here))
    return ast.If(ast.Constant(False, **here), declared, [], **here)


def parameters_of(code: LinkedCode, here: At) -> ast.arguments:
    """The signature, without defaults: the function object has them."""
    signature = code.signature
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


def referring_to(names: Sequence[str], storage: Storage) -> ast.expr:
    """A function that has variables of the shim in its closure: `lambda: (x, y)`."""
    loads = [storage.name(each) for each in names]
    here = storage.here
    return ast.Lambda(no_parameters(), ast.Tuple(loads, LOAD, **here), **here)


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
    found = found.replace(co_name=code.name, co_qualname=code.qualname, co_flags=flags)
    return found if plain else with_names_of(code, on_stack(found, OWN) or found)


def with_names_of(code: LinkedCode, shim: CodeType) -> CodeType:
    """The shim with the names of the program's code object. (Its local variables are cells too: the
    host has the same place for both.)"""
    names = code.names
    return shim.replace(
        co_nlocals=len(names.variables),
        co_varnames=names.variables,
        co_cellvars=tuple(code.renamed.get(each, each) for each in shim.co_cellvars),
        co_names=(*shim.co_names, *names.names),
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
        named = ast.Expr(referring_to(code.free_names, storage), **storage.here)
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
