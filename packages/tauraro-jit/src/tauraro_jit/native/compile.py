"""LLVM IR text in, callable machine code out, in two steps:

    text  -> object_code -> bytes of an object file
    bytes -> load_object -> address of the function in this process

Both may run on any thread; LLVM works without the interpreter's lock. LLVM is loaded on first use:
its shared library by itself where that is possible (`library`), else llvmlite's package
(`binding`). It is not loaded for code that an earlier process has kept (`object_cache`).

Costs on one machine (ms): loading LLVM 8 (the package 28); generating code 0.7 and 3 for 1000 lines
of text (optimize 0), or 1.5 and 22 for 1000 lines (1, 2); LLVM's passes 3 for 1000 lines (1).
Without any of the passes loops run up to 1.2 times as long, and compile as long; with optimize 0
they run 2 to 4 times as long.
"""

from __future__ import annotations

import _thread
import ctypes
import sys
from functools import cache

from .elf import link
from .generator import CompileError, Generator
from .object_cache import cached_object
from .stack import can_compile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NamedTuple

    from .binding import Binding
else:
    from tauraro_frontend.bytecode.records import NamedTuple

__all__ = [
    "CompileError",
    "NativeFunction",
    "assembly",
    "compile_ir",
    "load_object",
    "object_code",
]


class NativeFunction(NamedTuple):
    """A function in memory: its address and the bytes of its object file. The code is never freed;
    `keep` is there for whoever must show what the address depends on."""

    address: int
    size: int
    keep: tuple[object, ...] = ()


_lock = _thread.allocate_lock()


def compile_ir(
    text: str,
    name: str,
    optimize: int = 1,
    symbols: Mapping[str, int] | None = None,
    keep: bool = False,
) -> NativeFunction:
    """Compile a module and load it; the address is that of its function `name`.

    `optimize` is 0 (fast compilation), 1 (a light pipeline: within a few percent of 2 for most
    loops, at half the time) or 2 (LLVM's O2). `symbols` are the addresses of the names that the
    text leaves undefined; those of the host's C-API and of the C library are known. `keep` the code
    for later processes: for texts that are the same for all programs. Raises CompileError.
    """
    return load_object(object_code(text, optimize, keep, is_ours=True), name, symbols)


def object_code(text: str, optimize: int = 1, keep: bool = False, is_ours: bool = False) -> bytes:
    """The object file of a module. `keep` it for later processes: for texts that they will have,
    too; `is_ours`: that all programs have. Raises CompileError."""
    if not keep:
        return _generate(text, optimize)
    return cached_object(text, optimize, lambda: _generate(text, optimize), is_ours)


def load_object(code: bytes, name: str, symbols: Mapping[str, int] | None = None) -> NativeFunction:
    """Load an object file; the address is that of its function `name`. Raises CompileError."""
    known = symbols or {}

    def find(symbol: str) -> int | None:
        return known.get(symbol) or _find_symbol(symbol)

    return NativeFunction(link(code, name, find), len(code))


def assembly(text: str, optimize: int = 1) -> str:
    """The machine code of a module, as an assembler would read it. Raises CompileError."""
    return _binding().assembly(text, optimize)


def _generate(text: str, optimize: int) -> bytes:
    if not can_compile():
        raise CompileError("the thread that needs it has too small a stack")
    own = generator() if optimize < 2 else _binding()
    return own.object_code(text, optimize)


def generator() -> Generator:
    """LLVM, loaded on the first call."""
    with _lock:
        return _generator()


@cache
def _generator() -> Generator:
    if "llvmlite.binding" not in sys.modules:
        from .library import load_library

        library = load_library()
        if library is not None:
            return library
    return _binding()


@cache
def _binding() -> Binding:
    from .binding import Binding

    return Binding()


@cache
def _libraries() -> tuple[ctypes.CDLL, ...]:
    """Where the names are that a text leaves undefined."""
    return ctypes.pythonapi, ctypes.CDLL("libm.so.6")


def _find_symbol(name: str) -> int | None:
    """The address of a function or variable of the host or its C library."""
    for library in _libraries():
        try:
            return ctypes.addressof(ctypes.c_char.in_dll(library, name))
        except ValueError:
            continue
    return None
