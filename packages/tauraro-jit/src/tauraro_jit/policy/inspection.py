"""What somebody who looks closely asks for: only some loops, text of every stage, `perf`.

Imported only where one of these was asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fnmatch import fnmatchcase

from tauraro_vm.tier.protocol import NativeOptions

from ..compiler import Compilation
from ..ir.printer import print_function
from ..native.compile import CompileError, assembly
from ..native.perf_map import PerfMap
from .loops import HotLoop


class Inspection:
    """What is to be done with each loop; `options`: see `NativeTier.start`."""

    def __init__(self, options: NativeOptions) -> None:
        self._options = options
        self._perf_map = PerfMap() if options.perf_map else None

    def excludes(self, loop: HotLoop) -> bool:
        """Whether a loop is not among those that were asked for."""
        patterns = self._options.only
        names = names_of(loop)
        return bool(patterns) and not any(
            fnmatchcase(name, pattern) or fnmatchcase(name, f"*/{pattern}")
            for pattern in patterns
            for name in names
        )

    def compiled(self, loop: HotLoop, compilation: Compilation) -> None:
        """A loop has got native code: tell of it."""
        show = self._options.show
        if show is not None:
            for stage in self._options.stages:
                show(f"{heading(stage, loop, compilation)}\n{TEXTS[stage](compilation)}\n")
        if self._perf_map is not None:
            file = os.path.basename(loop.code.co_filename)
            name = f"tauraro:{file}:{loop.line}"
            self._perf_map.add(compilation.region.address, compilation.size, name)


def names_of(loop: HotLoop) -> tuple[str, str]:
    """What a pattern may name: FILE:LINE of the loop's first line, and its function."""
    return f"{loop.code.co_filename}:{loop.line}", loop.code.co_qualname


def heading(stage: str, loop: HotLoop, compilation: Compilation) -> str:
    """The line above the text of a stage."""
    code = loop.code
    kind = "function" if loop.mark.is_function else "loop in"
    return (
        f"# {stage} of the {kind} {code.co_qualname} ({code.co_filename}:{loop.line}), "
        f"version {loop.compilations}, {compilation.size:,} bytes of machine code"
    )


def _assembly(compilation: Compilation) -> str:
    try:
        return assembly(compilation.text, compilation.optimize).rstrip("\n")
    except CompileError as error:
        return f"# {error}"


TEXTS: dict[str, Callable[[Compilation], str]] = {
    "ir": lambda compilation: print_function(compilation.built.function).rstrip("\n"),
    "llvm": lambda compilation: compilation.text.rstrip("\n"),
    "asm": _assembly,
}
