"""What a native tier takes and gives.

In: a `Region`, that is a hot loop or function with the types seen in it. Out: `NativeCode` that
runs it, or `Declined` with the reason. The virtual machine knows a native tier by these types only.

A plugin names its tier class in the entry-point group `tauraro.native_tier`; see `discovery`.
Loading it takes little: every program of whose code some is compiled pays for that.
"""

from __future__ import annotations

from types import MappingProxyType

from . import PROTOCOL_VERSION as PROTOCOL_VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping
    from enum import Enum
    from types import CodeType, FrameType, ModuleType
    from typing import NamedTuple, Protocol

    from tauraro_frontend.bytecode.module import BytecodeModule, CodeObject
else:
    from tauraro_frontend.bytecode.records import Enum, NamedTuple

    Protocol = object


class RegionKind(Enum):
    """What part of a code object a region covers."""

    LOOP = "loop"
    FUNCTION = "function"


class SeenTypes(NamedTuple):
    """The exact types that one instruction has met.

    `operands` has one entry for each register operand, in the order of the instruction table; an
    empty entry means "nothing seen". `result` is empty for instructions that write no register.
    """

    operands: tuple[tuple[type, ...], ...] = ()
    result: tuple[type, ...] = ()


class Region(NamedTuple):
    """A hot part of one code object.

    `module.codes[code_index]` is the code object, `entry_pc` the index of the instruction that the
    region starts with (a loop header, or 0), `host_code` the tier-1 code it runs in today. `seen`
    maps instruction indices of that code object to the types met there; it may have gaps.
    """

    kind: RegionKind
    module: BytecodeModule
    code_index: int
    entry_pc: int
    host_code: CodeType
    line: int
    seen: Mapping[int, SeenTypes] = MappingProxyType({})

    @property
    def code(self) -> CodeObject:
        """The code object that the region is a part of."""
        return self.module.codes[self.code_index]

    @property
    def qualname(self) -> str:
        """The qualified name of the function, as tracebacks print it."""
        return self.host_code.co_qualname

    @property
    def filename(self) -> str:
        """The source file as the host knows it."""
        return self.host_code.co_filename

    def __str__(self) -> str:
        """`loop in f (app.py:3)`: how reports name the region."""
        return f"{self.kind.value} in {self.qualname} ({self.filename}:{self.line})"


class DeclineReason(Enum):
    """Why a region stays in tier 1; the value is the phrase that reports print."""

    LOOPS_ONLY = "hot loops are compiled where they run, functions are not"
    UNSUPPORTED_HOST = "the native tier does not support this host"
    UNSUPPORTED_INSTRUCTION = "an instruction is not compiled"
    UNKNOWN_TYPES = "no types were seen"
    UNSTABLE_TYPES = "the types change too often"
    NO_GAIN = "native code would not be faster"
    TOO_LARGE = "the region is too large"
    CODE_BUDGET = "the budget for native code is used up"
    INTERNAL_ERROR = "the native tier failed"
    NOT_PLAIN = "only plain functions are compiled on request"
    NOT_YET = "it has not been called since"
    LOOPS_DECLINED = "none of its loops is compiled"


class Declined(NamedTuple):
    """A region that gets no native code: `line` is the line to blame, `detail` may be empty."""

    reason: DeclineReason
    line: int
    detail: str = ""

    def __str__(self) -> str:
        """`line 3: the types change too often (x: int, str)`: one line of a report."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"line {self.line}: {self.reason.value}{detail}"


class HostStatus(NamedTuple):
    """Whether a native tier can work in the running interpreter.

    `problem` is empty exactly if it can. `facts` are names and values worth a line of `--version`,
    such as the version of the code generator.
    """

    problem: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def usable(self) -> bool:
        """Whether any region can be compiled here."""
        return not self.problem


class FrameState(NamedTuple):
    """What a frame of a code object of the bytecode holds: local variables and cells that are
    bound, by number; its namespaces; the iterators of running `for` loops, by the loop's pc."""

    locals: Mapping[int, object]
    cells: Mapping[int, object]
    globals: dict[str, object]
    namespace: object
    iterators: Mapping[int, object]


class Moment(NamedTuple):
    """A moment in the run of a frame: before the instruction at `pc`, or, `at_head`, where the loop
    at `pc` takes its next item or begins its test. `rounds`: how often each loop, by its pc, has
    come round so far. `iterators` are the `for` loops whose iterators are asked for."""

    pc: int
    at_head: bool
    rounds: Mapping[int, int]
    iterators: tuple[int, ...]


class Reached(NamedTuple):
    """Where a frame has stopped: what it holds. `returned`: it has returned `result` instead of
    coming to the moment; `left`: it was about to leave the part that it was to stay in."""

    state: FrameState
    result: object
    returned: bool
    left: bool


class Reference(Protocol):
    """A code object in tier 0."""

    def run(self, pc: int, state: FrameState, moment: Moment, inside: range) -> Reached:
        """Execute a frame from the instruction at `pc` on, up to a moment. Exceptions that it does
        not handle pass through."""


class Verification(Protocol):
    """What verifying native code takes of the virtual machine."""

    def reference(
        self, module: BytecodeModule, filename: str, optimize: int, code_index: int
    ) -> Reference:
        """A code object of a module. Raises LookupError."""

    def differs(self) -> None:
        """Native code has differed from tier 0; what differs was told."""


class NativeOptions(NamedTuple):
    """What the user asks of a native tier.

    threshold   compile loops after that many iterations, instead of those that `look` finds hot
    only        compile nothing but what one of these patterns names: a loop's FILE:LINE or the
                qualified name of its function, with the wildcards of `fnmatch`; empty: anything
    stress      `exits`: each guard of each region fails once, when it is reached first
    sync        the program waits while its code is compiled; a tier may always work that way
    stages      the text of these stages of all that is compiled is given to `show`, which returns
                soon and never raises
    perf_map    tell the profiler `perf` where native code is
    statistics  `report` will be asked for: notice more, such as where the time goes
    verify      samples of native code are compared with tier 0, which this gives
    """

    threshold: int | None = None
    only: tuple[str, ...] = ()
    stress: frozenset[str] = frozenset()
    sync: bool = False
    stages: tuple[str, ...] = ()
    show: Callable[[str], None] | None = None
    perf_map: bool = False
    statistics: bool = False
    verify: Verification | None = None


class NativeCode(Protocol):
    """Compiled code of one region. The machine keeps it alive as long as it may be entered."""

    @property
    def size(self) -> int:
        """Bytes of machine code, for the budget."""

    def enter(self) -> None:
        """Run the region in the frame of the caller.

        The caller is tier-1 code at the region's entry. On return that frame stands behind the
        region, or at the statement where native code had to leave; an exception that the region
        raised propagates from here with the frame at the instruction that raised it.
        """

    def retire(self) -> None:
        """Free the machine code. The machine calls it once, when no frame can be inside."""


class LoadedProgram(Protocol):
    """A module, program or statement that runs in tier 1."""

    filename: str
    mode: str
    optimize: int

    def module(self) -> BytecodeModule:
        """Its bytecode, decoded."""

    def tree(self) -> ast.Module | ast.Expression | ast.Interactive:
        """Tier 1's tree, made anew, each statement with its `origin`."""


class NativeTier(Protocol):
    """A compiler from regions to native code.

    The tier's class carries `name`, `version` and `protocol_version`, so that a plugin made for
    another version is told apart before it is instantiated. It takes no arguments, and importing or
    instantiating it must be cheap: load the code generator in `compile`.
    """

    name: str
    version: str
    protocol_version: int

    def compile(self, region: Region) -> NativeCode | Declined:
        """Compile `region`. Never raises: a failure is declined with `INTERNAL_ERROR`."""

    def compile_tree(
        self,
        tree: ast.Module | ast.Expression | ast.Interactive,
        filename: str,
        mode: str,
        optimize: int,
    ) -> CodeType:
        """Tier 1's code object of a tree, prepared for native code: behaves as the host's own."""

    def start(
        self,
        find: Callable[[str], LoadedProgram | None],
        load: Callable[[str], ModuleType],
        options: NativeOptions,
    ) -> None:
        """Begin to work. `find` gives what was loaded last from a file, always the same object
        until the file is loaded anew; `load` imports a module apart from the program's own, which
        may have the names of standard ones."""

    def request(self, region: Region) -> Declined | None:
        """Compile the loops of a function as soon as they come round. None if native code of one
        exists, else why there is none so far: whoever wants to know asks again."""

    def loaded(self, code: CodeType) -> None:
        """The code object of a module is about to run for the first time."""

    def look(self, frames: list[FrameType], stopping: bytearray) -> float:
        """Look at the running frames, the innermost of each thread, and mark what is hot. Called
        on a thread of its own, which must not do much: the program's thread does not wait for the
        interpreter's lock, but this one does, and long. What takes time belongs where the program
        reaches what was marked. Gives the seconds until the next look, or waits itself and gives 0;
        then it returns soon after the first byte of `stopping` becomes 1. A look without frames
        imports: the first what looking takes, the second what marking takes, too. It is called for
        when a look gives less than 0."""

    def report(self) -> list[str]:
        """What was compiled, declined and left, for `--stats`."""

    def why(self, filename: str, line: int) -> list[str]:
        """What became of the loops around a line, and why."""

    def describe(self) -> HostStatus:
        """Tell what the tier can do in this interpreter. May load the code generator."""
