"""Compare tier 1's code objects with the host's: source file in, first difference out.

The bytecode module goes through its `.tbc` bytes, so nothing but these bytes reaches tier 1.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import CodeType

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_vm.host.compile import host_code

FIELDS = (
    "co_name",
    "co_qualname",
    "co_filename",
    "co_firstlineno",
    "co_flags",
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_varnames",
    "co_cellvars",
    "co_freevars",
    "co_names",
    "co_stacksize",
    "co_code",
    "co_linetable",
    "co_exceptiontable",
)


class Outcome(Enum):
    """What became of one file."""

    EQUAL = "equal"
    DIFFERENT = "different"
    NO_PROGRAM = "rejected by the host"
    HOST_LIMIT = "the host cannot compile its tree"


@dataclass(frozen=True)
class Comparison:
    """The outcome for a file; `detail` names the first difference."""

    path: str
    outcome: Outcome
    detail: str = ""


def first_difference(expected: CodeType, found: CodeType, path: str = "") -> str | None:
    """Where two code objects differ first, recursively; None if they are equal."""
    here = f"{path}/{expected.co_name}"
    for field in FIELDS:
        if getattr(expected, field) != getattr(found, field):
            return f"{here}.{field}"
    if len(expected.co_consts) != len(found.co_consts):
        return f"{here}.co_consts"
    for left, right in zip(expected.co_consts, found.co_consts, strict=True):
        if isinstance(left, CodeType) and isinstance(right, CodeType):
            inner = first_difference(left, right, here)
            if inner is not None:
                return inner
        elif not same_constant(left, right):
            return f"{here}.co_consts: {left!r:.60} and {right!r:.60}"
    return None


def same_constant(left: object, right: object) -> bool:
    """Whether two constants cannot be told apart."""
    if type(left) is not type(right):
        return False
    if isinstance(left, tuple) and isinstance(right, tuple):
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(same_constant(a, b) for a, b in pairs)
    if isinstance(left, frozenset):
        return left == right
    return repr(left) == repr(right)


def compare_source(
    source: str | bytes, name: str, mode: str = "exec", optimize: int = -1
) -> Comparison:
    """Compile a source both ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            expected = compile(source, name, mode, dont_inherit=True, optimize=optimize)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            return Comparison(name, Outcome.NO_PROGRAM, repr(error))
        try:
            found = host_code(decode_module(compile_source(source, name, mode)), optimize=optimize)
        except RecursionError as error:
            if host_rejects_tree(source, name, mode):
                return Comparison(name, Outcome.HOST_LIMIT, repr(error))
            return Comparison(name, Outcome.DIFFERENT, repr(error))
    difference = first_difference(expected, found)
    if difference is None:
        return Comparison(name, Outcome.EQUAL)
    return Comparison(name, Outcome.DIFFERENT, difference)


def host_rejects_tree(source: str | bytes, name: str, mode: str) -> bool:
    """Whether the host compiles the text but not the very tree that it parses from it."""
    flags = ast.PyCF_ONLY_AST
    tree = compile(source, name, mode, flags, dont_inherit=True)
    assert isinstance(tree, ast.AST)
    try:
        compile(tree, name, mode, dont_inherit=True)  # type: ignore[call-overload]  # any ast.mod
    except RecursionError:
        return True
    return False


def compare_file(path: Path) -> Comparison:
    """Compile a file both ways."""
    try:
        return compare_source(path.read_bytes(), str(path))
    except Exception as error:  # a report must not end at the first file that breaks
        return Comparison(str(path), Outcome.DIFFERENT, f"{type(error).__name__}: {error}")


def stdlib_files() -> Iterator[Path]:
    """Every file of the running host's standard library, its tests included."""
    root = Path(ast.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if "site-packages" not in path.parts and "dist-packages" not in path.parts:
            yield path
