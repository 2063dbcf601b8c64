"""Is this module a program? One pass over the tables, the tree of code objects, and each one's
instructions.

In: a module, from wherever. Out: nothing, or BytecodeError with the place. What passes stays
within its bounds in every tier: no number leads outside its table, regions nest as their grammar
says, every temporary is written before it is read and is empty where a statement ends, and names
are names.
"""

from __future__ import annotations

from ...errors import BytecodeError
from ..module import BytecodeModule, CodeKind, Constant
from . import control, definitions, expressions, stores
from .code import CodeVerifier
from .declarations import verify_declarations

ROOT_KINDS = frozenset({CodeKind.MODULE, CodeKind.EVAL, CodeKind.SINGLE})

NESTING_LIMIT = 10_000
"""How deep expressions and statements may lie in each other, enclosing code objects counted in
full. No source text gets so far: hosts take at most 9,997 levels (3.13; 2,995 on 3.11 and
3.12)."""

CODE_NESTING_LIMIT = 3_000
"""How deep code objects may lie in each other; hosts take at most 2,984 lambdas."""


def verify_module(module: BytecodeModule) -> None:
    """Raise BytecodeError unless the module is a program."""
    verify_header(module)
    for index, constant in enumerate(module.constants):
        verify_constant(constant, index)
    verify_codes(module)


def verify_header(module: BytecodeModule) -> None:
    """Check what stands outside of the tables."""
    if "\0" in module.filename:
        raise BytecodeError("filename", "contains a null character")
    if len(module.source_hash) != 8:
        raise BytecodeError("source hash", f"has {len(module.source_hash)} bytes, not 8")
    if not module.codes:
        raise BytecodeError("codes", "there is no module body")
    for index, code in enumerate(module.codes):
        if (code.kind in ROOT_KINDS) != (index == 0):
            raise BytecodeError(
                f"code {index}", f"a code object of kind {code.kind.name} cannot stand here"
            )


LITERAL_TYPES = (bool, int, float, complex, str, bytes, type(None), type(...))


def verify_constant(constant: Constant, index: int) -> None:
    """Check one entry of the constant table."""
    value, kind = constant
    if type(value) not in LITERAL_TYPES:
        raise BytecodeError(f"constant {index}", f"no literal has the type {type(value).__name__}")
    if kind is not None and (kind != "u" or type(value) is not str):
        raise BytecodeError(f"constant {index}", f"no literal of this type has the kind {kind!r}")


def verify_codes(module: BytecodeModule) -> None:
    """Check all code objects, parents first."""
    names: set[str] = set()
    parents: dict[int, int] = {}
    depth = [0] * len(module.codes)  # of the code object itself, in code objects
    nesting = [0] * len(module.codes)  # of its first instruction, in expressions and statements
    for index in range(len(module.codes)):
        parent = parents.get(index)
        if index and parent is None:
            raise BytecodeError(f"code {index}", "no earlier code object refers to it")
        verify_declarations(module, index, parent)
        verifier = CodeVerifier(module, index, names)
        verifier.run()
        height = nesting[index] + verifier.height
        if height > NESTING_LIMIT or depth[index] > CODE_NESTING_LIMIT:
            raise BytecodeError(f"code {index}", "is nested too deeply")
        for child, place in verifier.children:
            if child in parents:
                raise BytecodeError(place, f"code {child} is in use already")
            parents[child] = index
            depth[child] = depth[index] + 1
            nesting[child] = height + 1


del control, definitions, expressions, stores  # imported for their rules
