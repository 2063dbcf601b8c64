"""What ran where: the facts behind `--stats`.

In: events from the loaders. Out: `statistics`, the counts of this process. Recording an event costs
an append and an entry, so it is always on; everything derived is worked out when somebody asks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from .tier.protocol import LoadedProgram


class LoadedModule:
    """A module, program or statement whose code came from the virtual machine.

    `tier` is `host` or `interp`, `origin` where the code came from: `cache`, `source`, `tbc` or,
    where only some functions have it, `request`.
    `code` is what was executed, `bytecode` the `.tbc` it was made from, which is read from the
    cache when it is asked for: that may raise OSError or ValueError. `as_program` is what a native
    tier knows it by, once that has asked.
    """

    __slots__ = ("as_program", "code", "filename", "name", "origin", "read", "tier")

    def __init__(
        self,
        name: str,
        filename: str,
        tier: str,
        origin: str,
        code: CodeType,
        bytecode: Callable[[], bytes],
    ) -> None:
        self.name = name
        self.filename = filename
        self.tier = tier
        self.origin = origin
        self.code = code
        self.read = bytecode
        self.as_program: LoadedProgram | None = None

    @property
    def bytecode(self) -> bytes:
        """The `.tbc`."""
        return self.read()

    def holds(self, code: CodeType) -> bool:
        """Whether a code object is the module's, or part of it."""
        work = [self.code]
        while work:
            each = work.pop()
            if each is code:
                return True
            work += [inner for inner in each.co_consts if isinstance(inner, type(each))]
        return False


class Fallback:
    """A source that the virtual machine would have taken, and why the host compiled it."""

    __slots__ = ("filename", "name", "reason")

    def __init__(self, name: str, filename: str, reason: str) -> None:
        self.name = name
        self.filename = filename
        self.reason = reason


class Statistics:
    """The events of this process, in order. `native` gives the lines of a native tier's report.

    `loaded` has what was loaded last under each name from each file, and so keeps no code that a
    process has loaded anew; `replaced` counts what was there before. `latest` has the last one of
    each file.
    """

    __slots__ = ("fallbacks", "latest", "loaded", "native", "replaced")

    def __init__(self) -> None:
        self.loaded: list[LoadedModule] = []
        self.latest: dict[str, LoadedModule] = {}
        self.replaced = 0
        self.fallbacks: list[Fallback] = []
        self.native: Callable[[], list[str]] | None = None

    def add(self, module: LoadedModule) -> None:
        """Something was loaded."""
        if module.filename in self.latest:
            place = module.filename, module.name
            others = [each for each in self.loaded if (each.filename, each.name) != place]
            self.replaced += len(self.loaded) - len(others)
            self.loaded[:] = others
        self.latest[module.filename] = module
        self.loaded.append(module)

    def module_in(self, filename: str) -> LoadedModule | None:
        """What was loaded last from a source file; None if that was left to the host."""
        return self.latest.get(filename)


statistics = Statistics()
