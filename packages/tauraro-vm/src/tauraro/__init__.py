"""The facade: what an ordinary program needs to use Tauraro."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from tauraro_vm.tier.protocol import NativeOptions

    F = TypeVar("F", bound=Callable[..., object])

__version__ = "0.1.0"
__all__ = ["install", "is_compiled", "jit", "tier_of", "why_not"]


def install(vm_modules: Iterable[str] = ()) -> None:
    """Run the modules that are imported from now on in the virtual machine.

    Taken is what lies neither in the standard library nor in site-packages, and what the patterns
    `vm_modules` name (see `--vm-modules`) or those of the nearest pyproject.toml, looked for from
    the working directory upwards. Modules imported before stay as they are. Raises ValueError for
    settings that cannot be understood, and RuntimeError in an interpreter that is not the main one
    of its process. With a native tier installed their hot loops become native.
    """
    from tauraro_vm.tier.interpreters import is_main_interpreter

    if not is_main_interpreter():
        raise RuntimeError("Tauraro works in the main interpreter of a process only")
    from tauraro_vm.load.code import Settings
    from tauraro_vm.load.importer import install_importer, installed_settings
    from tauraro_vm.load.policy import Policy, parse_patterns, project_patterns, start_directory

    patterns = parse_patterns(",".join(vm_modules)) + project_patterns(start_directory(None))
    settings = Settings(Policy(patterns))
    before = installed_settings()
    if before is not None:
        settings.tier, settings.native = before.tier, before.native
    else:
        from tauraro_vm.load.tiering import native_tiering

        settings.native = native_tiering(settings.policy, None, _native_options)
        if settings.native is not None:
            settings.native.start()
    install_importer(settings)


def _native_options() -> NativeOptions:
    from tauraro_vm.tier.protocol import NativeOptions

    return NativeOptions()


def tier_of(function: Callable[..., object]) -> str | None:
    """How the virtual machine runs a Python function: `host` (tier 1) or `interp` (tier 0).

    None means that it does not: the function's module was loaded by the host, or it is no Python
    function. See the documentation for what the tiers are.
    """
    from tauraro_vm.trace import statistics

    code = getattr(function, "__code__", None)
    module = None if code is None else statistics.module_in(code.co_filename)
    if code is None or module is None or (module.origin == "request" and not module.holds(code)):
        return None
    return module.tier


def jit(function: F) -> F:
    """Ask the native tier to compile the loops of a function as soon as they come round; a function
    that calls itself is compiled as a whole. Gives back the same function.

    It may belong to any module, also one that the host has loaded. Nothing depends on the answer:
    methods, closures and coroutines are declined, and where there is no native tier the function
    runs as it did. `is_compiled` and `why_not` tell.
    """
    from tauraro_vm.load.native import request_native_code

    request_native_code(function)
    return function


def is_compiled(function: Callable[..., object]) -> bool:
    """Whether native code that `jit` has asked for exists at this moment."""
    from tauraro_vm.load.native import has_native_code

    return has_native_code(function)


def why_not(function: Callable[..., object]) -> str:
    """Why there is no native code of a function that `jit` was called with; empty if there is."""
    from tauraro_vm.load.native import why_declined

    return str(why_declined(function) or "")
