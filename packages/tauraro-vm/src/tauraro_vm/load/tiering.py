"""Tier 1's code prepared for a native tier, and the thread that finds hot loops.

Whether there is a native tier at all is known from the installed distributions' entry points; it is
imported when code has to be compiled, or when a program has run for a while. A short program that
was compiled before never sees it.
"""

from __future__ import annotations

import sys
import time

from ..tier.interpreters import may_have_others
from ..tier.sampler import QuickSwitching, Sampler
from ..trace import LoadedModule, statistics
from . import cache
from .isolation import AloneImporting, has_namesakes, import_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Sequence
    from types import CodeType, FrameType, ModuleType
    from typing import Any

    from tauraro_frontend.bytecode.module import BytecodeModule

    from ..tier.entry_points import EntryPoint
    from ..tier.protocol import Declined, LoadedProgram, NativeOptions, NativeTier, Region
    from .policy import Policy


_NEVER = 3600.0

TAKEN = frozenset(
    [
        "_ctypes", "_opcode", "_opcode_metadata", "_struct", "_weakrefset", "collections", "ctypes",
        "enum", "functools", "gc", "itertools", "keyword", "opcode", "operator", "reprlib",
        "struct", "types", "weakref",
    ]
)  # fmt: skip
"""What of the standard library is imported to look at running code."""

_PATIENCE = 0.5
"""Seconds to wait for another thread's import."""


class Loaded:
    """A loaded module as the native tier asks for it: see `LoadedProgram`. Keeps no code alive."""

    def __init__(self, loaded: LoadedModule, policy: Policy) -> None:
        self._read = loaded.read
        self._policy = policy
        self.filename = loaded.code.co_filename
        self.mode = "exec"
        self.optimize = -1
        self._module: BytecodeModule | None = None

    def module(self) -> BytecodeModule:
        """The decoded module, always the same one; it was verified when it was loaded."""
        if self._module is not None:
            return self._module
        decoder: Any = import_part("tauraro_frontend.bytecode.decode", self._policy)
        module: BytecodeModule = decoder.decode_module(self._read(), verify=False)
        self.mode = {"EVAL": "eval", "SINGLE": "single"}.get(module.codes[0].kind.name, "exec")
        self._module = module
        return module

    def tree(self) -> ast.Module | ast.Expression | ast.Interactive:
        """Tier 1's tree."""
        translator: Any = import_part("tauraro_vm.host.compile", self._policy)
        tree: ast.Module | ast.Expression | ast.Interactive = translator.host_tree(self.module())
        return tree


class NativeTiering:
    """The native tier of this process, one of those that the distributions name in `entries`.
    `options` gives what is asked of it, `threshold` the one part of that which is needed before
    there is a tier."""

    def __init__(
        self,
        policy: Policy,
        threshold: int | None,
        options: Callable[[], NativeOptions],
        entries: Sequence[EntryPoint],
    ) -> None:
        self._policy = policy
        self._entries = entries
        self.threshold = threshold
        self._options = options
        self._tier: NativeTier | None = None
        self._looked = False
        self._is_ready = False
        self._known: tuple[str, ...] = ()
        self._searching = False
        self._has_no_namesakes = False
        self._unprepared: set[int] = set()
        self._sampler = Sampler(self._look)

    def prepare(self) -> None:
        """Keep prepared code in the cache, and report."""
        cache.keep_native_code()
        statistics.native = self.report

    def start(self, at_once: bool = False) -> None:
        """Begin to look for hot loops.

        What looks is imported `at_once`, which takes 3 ms, or by the sampler's thread at its first
        look, so that a program that is done before pays nothing. But that thread has to wait for
        the interpreter's lock at each file: that costs more, and the program, too. What stops at a
        loop comes only when one is hot. That thread cannot import apart from the program's modules
        (see `isolation`), which would vanish under the program's eyes; if those could be in the
        way, it is all done at once. Nor may it import what others look for in `sys.modules`, and
        would find half done, as `dataclasses` looks for `typing`; or `threading`, which takes the
        thread that imports it for the main thread.
        """
        if self.threshold is None:
            has_none = not has_namesakes(self._policy, TAKEN)
            if has_none:
                self._known = tuple(entry for entry in sys.path if isinstance(entry, str))
            if at_once or not has_none:
                self._has_no_namesakes = has_none
                try:
                    for _ in range(1 if has_none else 2):
                        self._is_ready = self._import()
                finally:
                    self._has_no_namesakes = False
            self._sampler.start()

    def _import(self) -> bool:
        """Have the tier import what it needs next; gives whether there is a tier."""
        tier = self.tier
        if tier is not None:
            tier.look([], bytearray(1))
        return tier is not None

    @property
    def tier(self) -> NativeTier | None:
        """The native tier, imported when first asked for; None if it cannot be used after all."""
        if not self._looked:
            self._looked = self._searching = True
            try:
                discovery: Any = self._load("tauraro_vm.tier.discovery")
                found: NativeTier | None = discovery.first_that_fits(self._entries).tier
                if found is None:
                    cache.keep_native_code(False)
                else:
                    found.start(self._find, self._load, self._options())
                self._tier = found
            finally:
                self._searching = False
        return self._tier

    def compile(self, module: BytecodeModule, filename: str | None) -> CodeType:
        """Tier 1's code object of a module, prepared for native code."""
        translator: Any = import_part("tauraro_vm.host.compile", self._policy)
        tier = self._tier_soon()
        code: CodeType
        if tier is None:
            code = translator.host_code(module, filename)
            if self._searching:
                self._unprepared.add(id(code))
        else:
            code = translator.host_code(module, filename, compiler=tier.compile_tree)
        return code

    def _tier_soon(self) -> NativeTier | None:
        """The native tier. If another thread is just importing it, wait, but not for ever: it may
        need a module that this thread is importing."""
        tier = self.tier
        limit = time.monotonic() + _PATIENCE
        while tier is None and self._searching and time.monotonic() < limit:
            time.sleep(0.001)
            tier = self.tier
        return tier

    def has_prepared(self, code: CodeType) -> bool:
        """Whether code that `compile` has just made is what the cache is for. Not if another thread
        was just importing the native tier."""
        if id(code) in self._unprepared:
            self._unprepared.discard(id(code))
            return False
        return True

    def loaded(self, code: CodeType) -> None:
        """A module's code is about to run."""
        if self.threshold is not None and self.tier is not None:
            self.tier.loaded(code)

    def request(self, region: Region) -> Declined | None:
        """Ask for native code of a function: see `NativeTier.request`."""
        from ..tier.protocol import Declined, DeclineReason

        tier = self.tier
        if tier is None:
            return Declined(DeclineReason.UNSUPPORTED_HOST, region.line, "see tauraro --version")
        return tier.request(region)

    def report(self) -> list[str]:
        """The native tier's part of `--stats`."""
        if self._tier is not None:
            return [*self._tier.report(), *self._problems()]
        if self._looked:
            return ["  tier 2 (native): it cannot be used (tauraro --version tells why)"]
        return ["  tier 2 (native): nothing was hot: the program was done before it was looked at"]

    def _problems(self) -> list[str]:
        if self.threshold is not None or not may_have_others():
            return []
        return ["  tier 2 (native): no longer looks for hot loops: other interpreters may run"]

    def why(self, filename: str, line: int) -> list[str]:
        """What became of the loops around a line of a file, and why."""
        tier = self.tier
        return [] if tier is None else tier.why(filename, line)

    def _find(self, filename: str) -> LoadedProgram | None:
        """Always the same for the same module, so that the tier sees when a file is loaded anew."""
        module = statistics.module_in(filename)
        if module is None:
            return None
        if module.as_program is None:
            module.as_program = Loaded(module, self._policy)
        return module.as_program

    def _load(self, name: str) -> ModuleType:
        if self._has_no_namesakes or self._sampler.is_current():
            __import__(name)
            return sys.modules[name]
        return import_part(name, self._policy)

    def _look(self, frames: list[FrameType], stopping: bytearray) -> float:
        """On the sampler's thread."""
        if self._is_ready:
            if self._tier is None:
                return _NEVER
            if not frames:
                return 0.02
            delay = self._tier.look(frames, stopping)
            if delay >= 0:
                return delay
            self._is_ready = False
        with AloneImporting() as alone, QuickSwitching():
            if not alone:
                return 0.02
            if has_namesakes(self._policy, TAKEN, self._known):
                return _NEVER
            tier = self.tier
            delay = _NEVER if tier is None else tier.look([], stopping)
            self._is_ready = True
            return max(0.0, delay)


def native_tiering(
    policy: Policy, threshold: int | None, options: Callable[[], NativeOptions]
) -> NativeTiering | None:
    """The native tier of this process, prepared but not started; None if no distribution with one
    is installed. Only the main interpreter can have one."""
    from ..tier.entry_points import find_entry_points
    from ..tier.scan_cache import default_cache_file

    path = [entry for entry in sys.path if isinstance(entry, str)]
    entries = find_entry_points(path, default_cache_file())
    if not entries:
        return None
    native = NativeTiering(policy, threshold, options, entries)
    native.prepare()
    return native
