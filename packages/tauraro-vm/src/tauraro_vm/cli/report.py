"""`--stats`: what ran where.

In: the statistics of the process. Out: a readable text on stderr when the process ends.
"""

from __future__ import annotations

import sys

from ..load.code import INTERP, Settings, module_of_bytecode
from ..load.policy import Policy
from ..trace import LoadedModule, statistics

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

_TIER_NAMES = {"interp": "tier 0 (interp)", "host": "tier 1 (host)"}
_SHOWN = 20
"""How many names of a kind are listed; the rest is counted."""


def print_report() -> None:
    """Write the report to stderr, if there is one."""
    stream = sys.stderr or sys.__stderr__
    if stream is None:
        return
    try:
        stream.write("\n".join(report_lines()) + "\n")
        stream.flush()
    except (OSError, ValueError):
        # The program has closed it: there is nobody to tell.
        return


def report_lines() -> Iterable[str]:
    """The lines of the report."""
    yield "tauraro: what ran where"
    for tier, title in _TIER_NAMES.items():
        modules = [module for module in statistics.loaded if module.tier == tier]
        if modules:
            count = sum(map(code_objects, modules))
            yield (
                f"  {title}: {_count(len(modules), 'module')}, {_count(count, 'code object')}, "
                f"{_origins(modules)}"
            )
            yield from _names([module.name for module in modules])
    if statistics.replaced:
        yield f"  loaded before under the same names: {statistics.replaced}"
    if not statistics.loaded:
        yield "  no module in the virtual machine"
    yield from _executed()
    yield from _left_to_host()
    if statistics.fallbacks:
        yield f"  compiled by the host instead: {len(statistics.fallbacks)}"
        for fallback in statistics.fallbacks:
            yield f"    {fallback.name} ({fallback.filename}): {fallback.reason}"
    yield from _native()


def code_objects(module: LoadedModule) -> int:
    """How many functions, classes and comprehensions a module consists of, itself included."""
    if module.tier == INTERP:
        try:
            return len(module_of_bytecode(module.bytecode, Settings(Policy()), trusted=True).codes)
        except (OSError, ValueError):
            return 1  # the cache has changed since
    return _count_code(module.code)


def _count_code(code: CodeType) -> int:
    return 1 + sum(_count_code(inner) for inner in code.co_consts if isinstance(inner, type(code)))


def _origins(modules: Iterable[LoadedModule]) -> str:
    origins = [module.origin for module in modules]
    words = (
        ("source", "compiled"),
        ("cache", "from the cache"),
        ("tbc", "from .tbc files"),
        ("request", "on request"),
    )
    return ", ".join(f"{origins.count(key)} {text}" for key, text in words if key in origins)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _names(names: list[str]) -> Iterable[str]:
    """Names in order, each once, in lines of moderate length."""
    unique = list(dict.fromkeys(names))
    shown = unique[:_SHOWN]
    rest = len(unique) - len(shown)
    line = "   "
    for name in shown + ([f"and {rest} more"] if rest else []):
        if len(line) + len(name) > 90:
            yield line
            line = "   "
        line += " " + name
    yield line


def _executed() -> Iterable[str]:
    """What tier 0 counted; it is asked only if it was loaded."""
    interpreter = sys.modules.get("tauraro_vm.interp")
    if interpreter is not None:
        counts = interpreter.statistics
        ran = _count(len(counts.code_objects), "code object")
        yield f"  executed in tier 0: {counts.instructions:,} instructions of {ran}"


def _left_to_host() -> Iterable[str]:
    """The modules that the host loaded, by kind; those of packages by the package."""
    taken = {module.name for module in statistics.loaded}
    groups: dict[str, list[str]] = {}
    for name, module in list(sys.modules.items()):
        if name in taken or name == "__main__" or module is None:
            continue
        groups.setdefault(_kind(name, module), []).append(name)
    if groups:
        counts = ", ".join(f"{len(names)} {kind}" for kind, names in sorted(groups.items()))
        yield f"  left to the host: {counts}"
    for kind in ("of site-packages", "without a source file"):
        packages = {name.partition(".")[0] for name in groups.get(kind, ())}
        if packages:
            yield from _names(sorted(packages))


def _kind(name: str, module: object) -> str:
    top = name.partition(".")[0]
    file = getattr(module, "__file__", None)
    if top.startswith("tauraro"):
        return "of Tauraro itself"
    if top in sys.stdlib_module_names:
        return "of the standard library"
    if isinstance(file, str) and "-packages" in file:
        return "of site-packages"
    return "without a source file" if not str(file).endswith(".py") else "of other places"


def _native() -> Iterable[str]:
    if statistics.native is not None:
        yield from statistics.native()
    native = sys.modules.get("tauraro_vm.load.native")
    for request in native.requests if native is not None else ():
        code = getattr(request.function, "__code__", None)
        name = getattr(code, "co_qualname", repr(request.function))
        place = "" if code is None else f" ({code.co_filename})"
        yield f"  native code of {name}{place}: {request.declined or 'exists'}"
