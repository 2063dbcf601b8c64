"""LLVM IR text in, callable machine code out, in two steps:

    text  -> object_code -> bytes of an object file
    bytes -> load_object -> address of the function in this process

Both may run on any thread; LLVM works without the interpreter's lock. LLVM is loaded on first use.

Costs on one machine (ms): loading LLVM 45; a loop of 15 instructions 1 (optimize 0), 2.6 (1) or
3.7 (2), of which code generation takes 0.7 or 2.
"""

from __future__ import annotations

import ctypes
import threading
from functools import cache
from typing import Any

from msgspec import Struct


class CompileError(Exception):
    """LLVM rejects the text, or it names a symbol that this process does not have."""


class NativeFunction(Struct, frozen=True):
    """A function in memory: its address and the bytes of its object file. The code is never freed;
    `keep` is there for whoever must show what the address depends on."""

    address: int
    size: int
    keep: tuple[object, ...] = ()


_lock = threading.Lock()


def compile_ir(text: str, name: str, optimize: int = 1) -> NativeFunction:
    """Compile a module and load it; the address is that of its function `name`.

    `optimize` is 0 (fast compilation), 1 (a light pipeline: within a few percent of 2 for most
    loops, at half the time) or 2 (LLVM's O2). Function names are global in the process: `name` must
    be new. Raises CompileError.
    """
    return load_object(object_code(text, optimize), name)


def object_code(text: str, optimize: int = 1) -> bytes:
    """The object file of a module. Raises CompileError."""
    module, machine = _optimized(text, optimize)
    code: bytes = machine.emit_object(module)
    return code


def load_object(code: bytes, name: str) -> NativeFunction:
    """Load an object file; the address is that of its function `name`. Raises CompileError."""
    llvm = _llvm()
    with _lock:
        engine = _engine()
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        address: int = engine.get_function_address(name)
    if not address:
        raise CompileError(f"no function {name}")
    return NativeFunction(address, len(code))


def assembly(text: str, optimize: int = 1) -> str:
    """The machine code of a module, as an assembler would read it. Raises CompileError."""
    module, machine = _optimized(text, optimize)
    out: str = machine.emit_assembly(module)
    return out


def _optimized(text: str, optimize: int) -> tuple[Any, Any]:
    """The module after LLVM's passes, and the machine to generate code for."""
    llvm = _llvm()
    try:
        module = llvm.parse_assembly(text)
        module.verify()
    except RuntimeError as error:
        raise CompileError(str(error)) from None
    _check_symbols(llvm, module)
    machine = _machine(optimize)
    if optimize:
        builder = llvm.create_pass_builder(machine, _tuning(llvm, optimize))
        passes = _light_pipeline(llvm) if optimize == 1 else builder.getModulePassManager()
        passes.run(module, builder)
    return module, machine


@cache
def _llvm() -> Any:
    """LLVM, with the code generator of this machine; the only import of it."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


@cache
def _machine(optimize: int) -> Any:
    """The target machine: this processor with all its features."""
    llvm = _llvm()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=2 if optimize else 0,
        reloc="default",
        codemodel="jitdefault",
    )


@cache
def _engine() -> Any:
    """The one engine that links objects into this process; it owns a target machine of its own."""
    llvm = _llvm()
    machine = llvm.Target.from_default_triple().create_target_machine(codemodel="jitdefault")
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)


def _tuning(llvm: Any, optimize: int) -> Any:
    options = llvm.create_pipeline_tuning_options(optimize)
    options.loop_vectorization = options.slp_vectorization = optimize > 1
    return options


def _light_pipeline(llvm: Any) -> Any:
    """No NewGVN: it ends the process with a failed assertion on some large regions (LLVM 22), and
    gains nothing after our own common subexpression elimination."""
    manager = llvm.create_new_module_pass_manager()
    manager.add_sroa_pass()
    manager.add_simplify_cfg_pass()
    manager.add_instruction_combine_pass()
    manager.add_loop_rotate_pass()
    manager.add_simplify_cfg_pass()
    manager.add_instruction_combine_pass()
    return manager


def _check_symbols(llvm: Any, module: Any) -> None:
    """Make every external symbol known to the linker, which would end the process otherwise."""
    for symbol in (*module.functions, *module.global_variables):
        name: str = symbol.name
        if not symbol.is_declaration or name.startswith("llvm."):
            continue
        if llvm.address_of_symbol(name) is None:
            address = _find_symbol(name)
            if address is None:
                raise CompileError(f"unknown symbol {name}")
            llvm.add_symbol(name, address)


def _find_symbol(name: str) -> int | None:
    """The address of a function or variable of the host or its C library."""
    for library in (ctypes.pythonapi, ctypes.CDLL("libm.so.6")):
        try:
            return ctypes.addressof(ctypes.c_char.in_dll(library, name))
        except ValueError:
            continue
    return None
