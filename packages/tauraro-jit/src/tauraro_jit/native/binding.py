"""LLVM through `llvmlite.binding`, the documented way.

Importing that takes 28 ms of processor time, 20 of them for parts of it and of the standard library
that nothing here uses.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import cache

from .generator import CODE_OPTIONS, PASSES, CompileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Binding:
    """A `Generator` that can also show machine code and run LLVM's O2 (optimize 2)."""

    def __init__(self) -> None:
        import llvmlite.binding as llvm

        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        self._llvm: Any = llvm
        self._lock = threading.Lock()
        self._machine = cache(self._make_machine)

    def object_code(self, text: str, optimize: int) -> bytes:
        """See `Generator.object_code`."""
        module, machine = self._optimized(text, optimize)
        with self._code_options(optimize):
            code: bytes = machine.emit_object(module)
        return code

    def assembly(self, text: str, optimize: int) -> str:
        """The machine code of a module, as an assembler would read it. Raises CompileError."""
        module, machine = self._optimized(text, optimize)
        with self._code_options(optimize):
            out: str = machine.emit_assembly(module)
        return out

    @contextmanager
    def _code_options(self, optimize: int) -> Iterator[None]:
        """Set the options of the code generator for a while."""
        options = CODE_OPTIONS if optimize == 1 else ()
        with self._lock:
            for option in options:
                self._llvm.set_option("", f"-{option}=true")
            try:
                yield
            finally:
                for option in options:
                    self._llvm.set_option("", f"-{option}=false")

    def _optimized(self, text: str, optimize: int) -> tuple[Any, Any]:
        """The module after LLVM's passes, and the machine to generate code for."""
        llvm = self._llvm
        try:
            module = llvm.parse_assembly(text)
            module.verify()
        except RuntimeError as error:
            raise CompileError(str(error)) from None
        machine = self._machine(optimize)
        if optimize:
            options = llvm.create_pipeline_tuning_options(optimize)
            options.loop_vectorization = options.slp_vectorization = optimize > 1
            builder = llvm.create_pass_builder(machine, options)
            if optimize == 1:
                passes = llvm.create_new_module_pass_manager()
                for name in PASSES:
                    getattr(passes, f"add_{name}_pass")()
            else:
                passes = builder.getModulePassManager()
            passes.run(module, builder)
        return module, machine

    def _make_machine(self, optimize: int) -> Any:
        """The target machine: this processor with all its features."""
        llvm = self._llvm
        return llvm.Target.from_default_triple().create_target_machine(
            cpu=llvm.get_host_cpu_name(),
            features=llvm.get_host_cpu_features().flatten(),
            opt=2 if optimize else 0,
            reloc="pic",
            codemodel="small",
        )
