"""Runs a program in tier 0 and in the host and gives what each printed, tracebacks included."""

from __future__ import annotations

import contextlib
import difflib
import io
import linecache
import re
import sys
import textwrap
import traceback
from collections.abc import Callable
from types import CodeType
from typing import Any

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_vm.interp import LinkedModule, interp_code
from tauraro_vm.interp.link import LinkedCode

FILENAME = "<program>"


def tier0(source: str, mode: str = "exec", optimize: int = -1) -> CodeType:
    """The code object that runs `source` in tier 0, made from encoded bytes."""
    return interp_code(decode_module(compile_source(source, FILENAME, mode)), optimize=optimize)


def host(source: str, mode: str = "exec", optimize: int = -1) -> CodeType:
    """The host's own code object."""
    code: CodeType = compile(source, FILENAME, mode, dont_inherit=True, optimize=optimize)
    return code


def output_of(code: CodeType) -> str:
    """What a program prints, without addresses; an uncaught exception with its traceback."""
    printed = io.StringIO()
    limit = sys.getrecursionlimit()
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, {"__name__": "program"})
        except BaseException as error:
            error.__traceback__ = own_part(error)
            traceback.print_exception(error, file=printed)
        finally:
            sys.setrecursionlimit(limit)
    return re.sub(r"0x[0-9a-f]+", "0x...", printed.getvalue())


def own_part(error: BaseException) -> Any:
    """The traceback without the entries of this module."""
    entry = error.__traceback__
    while entry is not None and entry.tb_frame.f_code.co_filename != FILENAME:
        entry = entry.tb_next
    return entry


def assert_same(source: str) -> str:
    """Assert that a program prints the same in tier 0 as in the host; what it prints."""
    source = textwrap.dedent(source)
    lines = source.splitlines(keepends=True)
    linecache.cache[FILENAME] = (len(source), None, lines, FILENAME)
    expected = output_of(host(source))
    actual = output_of(tier0(source))
    if actual != expected:
        pairs = difflib.unified_diff(expected.split("\n"), actual.split("\n"), "host", "tier 0")
        raise AssertionError("\n".join(pairs))
    return expected


def namespace_of(source: str, make: Callable[[str], CodeType] = tier0) -> dict[str, Any]:
    """The globals of a program that was run."""
    namespace: dict[str, Any] = {"__name__": "program"}
    exec(make(textwrap.dedent(source)), namespace)
    return namespace


def linked(source: str, *path: str) -> LinkedCode:
    """The linked code object of a program, or of the function found by names inside it."""
    module = decode_module(compile_source(textwrap.dedent(source), FILENAME))
    code = LinkedModule(module, None, 0).body.link()
    for name in path:
        index = next(
            value
            for raw in code.source.instructions
            for immediate, value in zip(raw.op.format.immediates, raw.imm, strict=True)
            if immediate.kind == "code" and module.codes[value].name == name
        )
        code = code.child(index).link()
    return code
