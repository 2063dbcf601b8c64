"""LLVM through llvmlite's shared library itself, without importing `llvmlite.binding`: 8 ms instead
of 28.

The library's C functions are not documented, so this is done only for versions of llvmlite that it
was written for, if all the functions are there; a program that has imported `llvmlite.binding`
itself, or any other version, gets `Binding`. Both ways may be used in one process. Each module has
an LLVM context of its own, so that nothing is shared with other users of the library.
"""

from __future__ import annotations

import os
from _thread import RLock
from ctypes import (
    CDLL,
    POINTER,
    byref,
    c_bool,
    c_char_p,
    c_int,
    c_size_t,
    c_void_p,
    string_at,
)
from types import SimpleNamespace

from .generator import CODE_OPTIONS, PASSES, CompileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KNOWN = ("0.50.",)
"""Beginnings of the versions of llvmlite whose C functions are those declared here."""

_P, _S, _OUT = c_void_p, c_char_p, POINTER(c_char_p)

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "InitializeNativeTarget": (c_int, ()),
    "InitializeNativeAsmPrinter": (c_int, ()),
    "DisposeString": (None, (_S,)),
    "SetCommandLine": (None, (_S, _S)),  # name of the program, option
    "GetDefaultTargetTriple": (None, (_OUT,)),
    "GetHostCPUName": (None, (_OUT,)),
    "GetHostCPUFeatures": (c_int, (_OUT,)),
    "GetTargetFromTriple": (_P, (_S, _OUT)),
    # target, triple, processor, features, level, relocation, code model, print, jit, ABI
    "CreateTargetMachine": (_P, (_P, _S, _S, _S, c_int, _S, _S, c_int, c_int, _S)),
    "ContextCreate": (_P, ()),
    "ContextDispose": (None, (_P,)),
    "ParseAssembly": (_P, (_P, _S, _OUT)),
    "VerifyModule": (c_bool, (_P, _OUT)),
    "DisposeModule": (None, (_P,)),
    "CreatePipelineTuningOptions": (_P, ()),
    "DisposePipelineTuningOptions": (None, (_P,)),
    "CreatePassBuilder": (_P, (_P, _P)),
    "DisposePassBuilder": (None, (_P,)),
    "CreateNewModulePassManager": (_P, ()),
    "DisposeNewModulePassManger": (None, (_P,)),  # sic
    "module_AddInstCombinePass": (None, (_P,)),
    "module_AddSimplifyCFGPass": (None, (_P,)),
    "module_AddLoopRotatePass": (None, (_P,)),
    "RunNewModulePassManager": (None, (_P, _P, _P)),
    "TargetMachineEmitToMemory": (_P, (_P, _P, c_int, _OUT)),
    "GetBufferStart": (_P, (_P,)),
    "GetBufferSize": (c_size_t, (_P,)),
    "DisposeMemoryBuffer": (None, (_P,)),
}

_PASSES = {
    "instruction_combine": "module_AddInstCombinePass",
    "simplify_cfg": "module_AddSimplifyCFGPass",
    "loop_rotate": "module_AddLoopRotatePass",
}


def load_library() -> Library | None:
    """The library, if there is one of a known version. Raises ImportError without llvmlite."""
    import llvmlite

    if not llvmlite.__version__.startswith(KNOWN):
        return None
    path = os.path.join(llvmlite.__path__[0], "binding", "libllvmlite.so")
    try:
        library = CDLL(path)
        functions = {name: library["LLVMPY_" + name] for name in _FUNCTIONS}
    except (OSError, AttributeError):
        return None
    for name, (result, arguments) in _FUNCTIONS.items():
        functions[name].restype = result
        functions[name].argtypes = arguments
    return Library(SimpleNamespace(**functions))


class Library:
    """A `Generator`, for optimize 0 and 1."""

    def __init__(self, functions: Any) -> None:
        self._llvm = functions
        self._lock = RLock()
        self._machines: dict[int, int] = {}
        functions.InitializeNativeTarget()
        functions.InitializeNativeAsmPrinter()

    def object_code(self, text: str, optimize: int) -> bytes:
        """See `Generator.object_code`."""
        llvm = self._llvm
        with self._lock:
            machine = self._machine(optimize)
            context = llvm.ContextCreate()
            module = 0
            try:
                module = self._parsed(context, text)
                if not optimize:
                    return self._emitted(module, machine)
                self._run_passes(module, machine)
                self._switch("true")
                try:
                    return self._emitted(module, machine)
                finally:
                    self._switch("false")
            finally:
                if module:
                    llvm.DisposeModule(module)
                llvm.ContextDispose(context)

    # --- modules

    def _parsed(self, context: int, text: str) -> int:
        """A verified module. Raises CompileError."""
        llvm = self._llvm
        error = c_char_p()
        module = llvm.ParseAssembly(context, text.encode(), byref(error))
        problem = self._taken(error)
        if problem or not module:
            if module:
                llvm.DisposeModule(module)
            raise CompileError(f"LLVM IR parsing error\n{problem}")
        failed = llvm.VerifyModule(module, byref(error))
        problem = self._taken(error)
        if failed:
            llvm.DisposeModule(module)
            raise CompileError(problem)
        result: int = module
        return result

    def _run_passes(self, module: int, machine: int) -> None:
        llvm = self._llvm
        options = llvm.CreatePipelineTuningOptions()
        builder = llvm.CreatePassBuilder(machine, options)
        passes = llvm.CreateNewModulePassManager()
        for name in PASSES:
            getattr(llvm, _PASSES[name])(passes)
        llvm.RunNewModulePassManager(passes, module, builder)
        llvm.DisposeNewModulePassManger(passes)
        llvm.DisposePassBuilder(builder)
        llvm.DisposePipelineTuningOptions(options)

    def _switch(self, value: str) -> None:
        """Set the options of the code generator."""
        for option in CODE_OPTIONS:
            self._llvm.SetCommandLine(b"", f"-{option}={value}".encode())

    def _emitted(self, module: int, machine: int) -> bytes:
        """The object file of a module."""
        llvm = self._llvm
        error = c_char_p()
        buffer = llvm.TargetMachineEmitToMemory(machine, module, 1, byref(error))
        problem = self._taken(error)
        if not buffer:
            raise CompileError(problem)
        code = string_at(llvm.GetBufferStart(buffer), llvm.GetBufferSize(buffer))
        llvm.DisposeMemoryBuffer(buffer)
        return code

    # --- machines

    def _machine(self, optimize: int) -> int:
        """The target machine: this processor with all its features."""
        found = self._machines.get(optimize)
        if found is None:
            processor, features = c_char_p(), c_char_p()
            self._llvm.GetHostCPUName(byref(processor))
            self._llvm.GetHostCPUFeatures(byref(features))
            found = self._machines[optimize] = self._make_machine(
                self._taken(processor), self._taken(features), 2 if optimize else 0
            )
        return found

    def _make_machine(self, processor: str, features: str, level: int) -> int:
        llvm = self._llvm
        out, error = c_char_p(), c_char_p()
        llvm.GetDefaultTargetTriple(byref(out))
        triple = self._taken(out).encode()
        target = llvm.GetTargetFromTriple(triple, byref(error))
        problem = self._taken(error)
        if not target:
            raise CompileError(problem)
        machine: int | None = llvm.CreateTargetMachine(
            target,
            triple,
            processor.encode(),
            features.encode(),
            level,
            b"pic",
            b"small",
            0,
            0,
            b"",
        )
        if not machine:
            raise CompileError("cannot create target machine")
        return machine

    def _taken(self, string: c_char_p) -> str:
        """The text of a string of the library, which is freed; empty if there is none."""
        value = string.value
        if value is None:
            return ""
        self._llvm.DisposeString(string)
        string.value = None
        return value.decode("utf-8", "replace")
