"""From the command line to the loaders' settings.

In: `Options`. Out: `Settings`; `--stats` and `--dump` are prepared. A setting that cannot be
understood or fulfilled ends the process with status 2 and one line.
"""

from __future__ import annotations

import sys

from ..load.code import HOST, INTERP, Settings
from ..load.policy import (
    Policy,
    PolicyError,
    parse_patterns,
    project_patterns,
    start_directory,
)
from .options import NATIVE_STAGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from ..tier.protocol import NativeOptions
    from .options import Options


def make_settings(options: Options) -> Settings:
    """The settings that the command line and the project ask for."""
    try:
        patterns = parse_patterns(options.vm_modules)
    except PolicyError as error:
        _refuse(f"--vm-modules: {error}")
    script = options.target if options.kind == "script" else None
    try:
        patterns += project_patterns(start_directory(script))
    except PolicyError as error:
        # The program may have nothing to do with it: it runs.
        print(f"tauraro: {error}", file=sys.stderr)
    settings = Settings(Policy(patterns), INTERP if options.tier == "interp" else HOST)
    if options.tier == "native":
        _require_native_tier(options)
    if options.jit and options.tier in (None, "native"):
        _start_native_tier(options, settings)
    if options.dump:
        _prepare_dump(options.dump, settings)
    if options.stats:
        import atexit

        from .report import print_report

        # Registered first, called last: when the program's own functions are done.
        atexit.register(print_report)
    return settings


def _refuse(message: str) -> NoReturn:
    print(f"tauraro: {message}", file=sys.stderr)
    sys.exit(2)


def _require_native_tier(options: Options) -> None:
    from ..tier.discovery import find_native_tier

    if not options.jit:
        _refuse("--tier=native and --jit=off contradict each other")
    status = find_native_tier()
    if status.tier is None:
        _refuse(f"--tier=native: {status.summary()}")


def _start_native_tier(options: Options, settings: Settings) -> None:
    from ..tier.entry_points import find_entry_points
    from ..tier.scan_cache import default_cache_file

    path = [entry for entry in sys.path if isinstance(entry, str)]
    if find_entry_points(path, default_cache_file()):
        from ..load.tiering import NativeTiering

        settings.native = NativeTiering(
            settings.policy, options.jit_threshold, lambda: _native_options(options)
        )
        settings.native.prepare()


def _native_options(options: Options) -> NativeOptions:
    """What is asked of the native tier."""
    from ..tier.protocol import NativeOptions

    return NativeOptions(threshold=options.jit_threshold, statistics=options.stats)


def _prepare_dump(stages: tuple[str, ...], settings: Settings) -> None:
    """Print each stage of whatever is loaded to stderr, before it runs."""
    for stage in stages:
        if stage in NATIVE_STAGES:
            from .stages import no_native_stage

            _refuse(f"--dump={stage}: {no_native_stage()}")

    def dump(name: str, filename: str, bytecode: bytes) -> None:
        from .stages import text_of_stage

        for stage in stages:
            print(f"# {stage} of {name} ({filename})", file=sys.stderr)
            print(text_of_stage(bytecode, stage, settings), file=sys.stderr)

    settings.on_bytecode = dump
