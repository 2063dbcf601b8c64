"""Requests for native code: `tauraro.jit`.

In: a function. Out: what the native tier makes of it, or `Declined` with the reason.

The tier is asked when somebody wants to know (`--stats`, `tauraro.is_compiled`), not when the
function is decorated: finding a tier and decoding a module cost more than most imports.
"""

from __future__ import annotations

from ..trace import statistics
from .code import Settings, compile_text, module_of_bytecode, read_source
from .importer import installed_settings
from .policy import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from tauraro_frontend.bytecode.module import BytecodeModule

    from ..tier.protocol import Declined, NativeCode


class Request:
    """A function somebody wants native code of. `outcome` asks the native tier, once."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function
        self._outcome: NativeCode | Declined | None = None

    @property
    def outcome(self) -> NativeCode | Declined:
        """The native code, or why there is none."""
        if self._outcome is None:
            self._outcome = _ask(self.function)
        return self._outcome


requests: list[Request] = []
"""All requests of this process, in order."""


def request_native_code(function: Callable[..., object]) -> None:
    """Note a request, unless there is one for this function."""
    if all(request.function is not function for request in requests):
        requests.append(Request(function))


def has_native_code(function: Callable[..., object]) -> bool:
    """Whether a request for this function was granted."""
    from ..tier.protocol import Declined

    return any(
        request.function is function and not isinstance(request.outcome, Declined)
        for request in requests
    )


def _ask(function: Callable[..., object]) -> NativeCode | Declined:
    """Hand the function's region to the native tier."""
    from ..tier.discovery import find_native_tier
    from ..tier.protocol import Declined, DeclineReason, Region, RegionKind

    code: CodeType | None = getattr(function, "__code__", None)
    if code is None:
        return Declined(DeclineReason.INTERNAL_ERROR, 0, "it is no Python function")
    line = code.co_firstlineno
    status = find_native_tier()
    if status.tier is None:
        return Declined(DeclineReason.UNSUPPORTED_HOST, line, status.summary())
    try:
        module = _bytecode_of(code)
    except (OSError, ValueError) as error:
        return Declined(DeclineReason.INTERNAL_ERROR, line, f"no bytecode: {error}")
    index = index_of(code, module)
    if index is None:
        return Declined(DeclineReason.INTERNAL_ERROR, line, "it is not in its source file")
    return status.tier.compile(Region(RegionKind.FUNCTION, module, index, 0, code, line))


def _bytecode_of(code: CodeType) -> BytecodeModule:
    """The module that `code` belongs to. Raises OSError, HostCompiles."""
    settings = installed_settings() or Settings(Policy())
    loaded = statistics.module_in(code.co_filename)
    if loaded is not None:
        bytecode = loaded.bytecode
    else:
        filename = code.co_filename
        bytecode = compile_text(read_source(filename), filename, settings).bytecode
    return module_of_bytecode(bytecode, settings)


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
