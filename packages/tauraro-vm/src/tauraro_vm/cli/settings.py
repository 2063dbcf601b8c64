"""From the command line to the loaders' settings.

In: `Options`. Out: `Settings`; `--stats` and `--dump` are prepared. A setting that cannot be
understood or fulfilled ends the process with status 2 and one line.
"""

from __future__ import annotations

import os
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
    from collections.abc import Callable
    from typing import NoReturn

    from ..load.verification import Verification
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
    _check_native_stages(options)
    if options.jit and options.tier in (None, "native"):
        from ..load.tiering import native_tiering

        verification = _prepare_verification(settings.policy) if options.jit_verify else None

        settings.native = native_tiering(
            settings.policy, options.jit_threshold, lambda: _native_options(options, verification)
        )
    if options.dump:
        _prepare_dump(options, settings)
    if options.stats:
        import atexit

        from .report import print_report

        # Registered first, called last: when the program's own functions are done.
        atexit.register(print_report)
    if options.at_end is not None:
        import atexit

        atexit.register(options.at_end, settings)
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


def _prepare_verification(policy: Policy) -> Verification:
    """Native code is compared with tier 0; if they differ, the end of the program tells."""
    from ..load.verification import Verification
    from .bottom import judge_at_end

    verification = Verification(policy)
    judge_at_end(verification.last_words)
    return verification


def _native_options(options: Options, verification: Verification | None) -> NativeOptions:
    """What is asked of the native tier."""
    from ..tier.protocol import NativeOptions

    stages = tuple(stage for stage in options.dump if stage in NATIVE_STAGES)
    return NativeOptions(
        threshold=options.jit_threshold,
        only=tuple(options.jit_only),
        stress=options.jit_stress,
        sync=options.jit_sync,
        stages=stages,
        show=_shower(options) if stages else None,
        perf_map=_wants_perf_map(),
        statistics=options.stats or options.at_end is not None,
        verify=verification,
    )


def _shower(options: Options) -> Callable[[str], None]:
    """Writes the text of native stages, past the program's streams."""

    def show(text: str) -> None:
        options.dumped = True
        write_to(options.dump_to, text)

    return show


def write_to(file: int, text: str) -> None:
    """Write to a file descriptor; nothing if nobody reads it any more."""
    data = text.encode("utf-8", "backslashreplace")
    while data:
        try:
            data = data[os.write(file, data) :]
        except OSError:
            return


def _wants_perf_map() -> bool:
    """As the host's own support of `perf` is asked for, or by a variable of ours."""
    if "perf" in sys._xoptions:
        return True
    return not sys.flags.ignore_environment and os.environ.get("TAURARO_PERF_MAP") == "1"


def _check_native_stages(options: Options) -> None:
    """Whoever wants to see native code, where there can be none, is told."""
    stages = [stage for stage in options.dump if stage in NATIVE_STAGES]
    if stages:
        from .stages import no_native_stage

        is_off = not options.jit or options.tier in ("interp", "host")
        problem = "native code is switched off" if is_off else no_native_stage()
        if problem:
            _refuse(f"--dump={stages[0]}: there is nothing to show ({problem})")


def _prepare_dump(options: Options, settings: Settings) -> None:
    """Print each stage of whatever is loaded before it runs."""
    stages = [stage for stage in options.dump if stage not in NATIVE_STAGES]
    if not stages:
        return

    def dump(name: str, filename: str, bytecode: bytes) -> None:
        from .stages import text_of_stage

        for stage in stages:
            print(f"# {stage} of {name} ({filename})", file=sys.stderr)
            print(text_of_stage(bytecode, stage, settings), file=sys.stderr)

    settings.on_bytecode = dump
