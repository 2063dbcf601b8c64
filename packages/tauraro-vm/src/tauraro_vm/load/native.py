"""Requests for native code: `tauraro.jit`.

In: a function of any program. Out: its code object is tier 1's, prepared for native code, and the
native tier compiles its loops as soon as they come round; or `Declined` with the reason. The
function object stays what it is: identity, signature, defaults, names and pickles.

A function of a module that the host has loaded gets the code object that the virtual machine makes
of the same source; only if that source is still what the host has compiled.
"""

from __future__ import annotations

from ..tier.interpreters import is_main_interpreter
from ..trace import LoadedModule, statistics
from .code import HOST, Settings, compile_text, loaded, module_of_bytecode, read_source
from .importer import installed_settings
from .policy import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType
    from typing import Any

    from tauraro_frontend.bytecode.module import BytecodeModule

    from ..tier.protocol import Declined, DeclineReason, Region

_COROUTINES = 0x80 | 0x200
"""Flags of code objects: `async def`, with or without `yield`."""

_FUNCTION: type = type(installed_settings)


class Unsuitable(Exception):
    """Why a function gets no native code, whatever it does."""

    def __init__(self, reason: DeclineReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Request:
    """A function somebody wants native code of."""

    def __init__(self, function: Callable[..., object], settings: Settings) -> None:
        self.function = function
        self._settings = settings
        self._region: Region | None = None
        self._declined: Declined | None = None
        try:
            self._region = _region_of(function, settings)
        except Unsuitable as problem:
            from ..tier.protocol import Declined

            code: CodeType | None = getattr(function, "__code__", None)
            line = 0 if code is None else code.co_firstlineno
            self._declined = Declined(problem.reason, line, problem.detail)

    @property
    def declined(self) -> Declined | None:
        """Why there is no native code so far; None if there is."""
        native = self._settings.native
        if self._region is None or native is None:
            return self._declined
        return native.request(self._region)


requests: list[Request] = []
"""All requests of this process, in order."""

_settings: list[Settings] = []
"""Those of a process in which nothing else runs in the virtual machine."""


def request_native_code(function: Callable[..., object]) -> None:
    """Prepare a function for native code, and ask for it, unless that was done before."""
    if _request_for(function) is None:
        request = Request(function, _current_settings())
        requests.append(request)
        _ = request.declined  # the tier begins to watch when it is asked


def why_declined(function: Callable[..., object]) -> Declined | None:
    """Why there is no native code of a function; None if there is, or if nobody has asked."""
    request = _request_for(function)
    return None if request is None else request.declined


def has_native_code(function: Callable[..., object]) -> bool:
    """Whether native code of this function was asked for and exists."""
    request = _request_for(function)
    return request is not None and request.declined is None


def _request_for(function: Callable[..., object]) -> Request | None:
    return next((each for each in requests if each.function is function), None)


def _current_settings() -> Settings:
    """The settings in force; in an ordinary program those of a native tier of its own."""
    settings = installed_settings()
    if settings is not None:
        return settings
    if not _settings:
        from ..tier.protocol import NativeOptions
        from .tiering import native_tiering

        fresh = Settings(Policy())
        if is_main_interpreter():
            fresh.native = native_tiering(fresh.policy, None, NativeOptions)
        if fresh.native is not None:
            fresh.native.start()
        _settings.append(fresh)
    return _settings[0]


def _region_of(function: Callable[..., object], settings: Settings) -> Region:
    """Prepare the function's code, and give the region that it is. Raises Unsuitable."""
    from ..tier.protocol import DeclineReason, Region, RegionKind

    problem = problem_of(function)
    if problem:
        raise Unsuitable(DeclineReason.NOT_PLAIN, problem)
    if settings.native is None and not is_main_interpreter():
        detail = "it works in the main interpreter of a process only"
        raise Unsuitable(DeclineReason.UNSUPPORTED_HOST, detail)
    if settings.native is None or settings.tier != HOST:
        from ..tier.discovery import find_native_tier

        status = find_native_tier()
        off = "native code is switched off"
        detail = status.summary() if status.tier is None else off
        raise Unsuitable(DeclineReason.UNSUPPORTED_HOST, detail)
    plain: Any = function
    code: CodeType = plain.__code__
    try:
        known = statistics.module_in(code.co_filename)
        if known is None or not known.holds(code):
            known = known if known is not None and known.origin == "request" else None
            known = known or _load(code.co_filename, plain.__module__, settings)
            plain.__code__ = code = _same_code(known, code, settings)
        module = module_of_bytecode(known.bytecode, settings, trusted=True)
    except (OSError, ValueError) as error:
        raise Unsuitable(DeclineReason.NOT_PLAIN, f"no bytecode: {error}") from None
    index = index_of(code, module)
    if index is None:
        raise Unsuitable(DeclineReason.NOT_PLAIN, "it is not in its source file")
    return Region(RegionKind.FUNCTION, module, index, 0, code, code.co_firstlineno)


def problem_of(function: Callable[..., object]) -> str:
    """Why a function is none that native code can be asked of; empty if it is."""
    code: CodeType | None = getattr(function, "__code__", None)
    if type(function) is not _FUNCTION or code is None:
        is_bound = code is not None and hasattr(function, "__self__")
        return "it is a method" if is_bound else "it is no Python function"
    if code.co_flags & _COROUTINES:
        return "it is asynchronous"
    if code.co_freevars:
        return "it is a closure"
    scope = code.co_qualname.rpartition(".")[0]
    if scope and not scope.endswith("<locals>"):
        return "it is a method"
    return ""


def _load(filename: str, name: str, settings: Settings) -> LoadedModule:
    """Compile a file that the host has loaded. Raises OSError, HostCompiles."""
    compiled = compile_text(read_source(filename), filename, settings)
    loaded(name, filename, "request", compiled.code, lambda: compiled.bytecode, settings)
    return statistics.loaded[-1]


def _same_code(module: LoadedModule, code: CodeType, settings: Settings) -> CodeType:
    """The code object of a loaded module that is made of the same source as the host's `code`.
    Raises ValueError if there is none."""
    from ..host.compile import host_code

    plain = host_code(module_of_bytecode(module.bytecode, settings, trusted=True), module.filename)
    for ours, theirs in zip(_inside(module.code), _inside(plain), strict=True):
        if theirs == code and theirs.co_qualname == code.co_qualname:
            return ours
    raise ValueError("the source is not that which was loaded")


def _inside(code: CodeType) -> Iterator[CodeType]:
    """A code object and all that it contains, in order."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            yield from _inside(constant)


def index_of(code: CodeType, module: BytecodeModule) -> int | None:
    """Which of the module's code objects `code` was made from: the one of its name and lines."""
    lines = [line for _, _, line in code.co_lines() if line is not None]
    for index, candidate in enumerate(module.codes):
        own = [span.line for instruction in candidate.instructions for span in instruction.spans]
        if candidate.name != code.co_name or not own or not lines:
            continue
        if min(lines) <= min(own) and max(own) <= max(lines):
            return index
    return None
