"""Runs test modules of the host's `test` package in the VM and in CPython and compares them.

    python integration-tests/conformance/run.py
    python integration-tests/conformance/run.py --tier=interp --python=python3.13 test_list test_set

Without modules: all of `MODULES`; without tiers: all of `TIERS`. Exit code 1 if a method that
CPython passes fails in the VM and is not listed in expected.txt, or if one that is listed passes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.comparison import ModuleComparison, compare
from conformance.expected import Expected, listed_in_vain, read_expected, reason_for

NAMES = """
asyncgen asyncio augassign binop bool builtin call class compare complex contextlib copy coroutines
dataclasses decorators defaultdict descr dict dictcomps dictviews enum enumerate except_star
exception_group exception_hierarchy exception_variations exceptions extcall float fstring funcattrs
functools gc generator_stop generators genexps global grammar hash index inspect int isinstance iter
itertools keywordonlyarg list listcomps long math metaclass named_expressions opcodes operator patma
pickle positional_only_arg pow property raise range richcmp scope set setcomps slice sort string
subclassinit super syntax sys_settrace traceback tuple type_annotations typing unary unpack
unpack_ex userdict userlist weakref with yield_from
"""

MODULES = tuple(f"test_{name}" for name in NAMES.split())
"""The modules that show how much of the language a tier executes."""

TIERS = {
    "interp": ("--tier=interp",),
    "default": (),
    "threshold": ("--jit-threshold=1", "--jit-sync"),
    "stress": ("--jit-threshold=1", "--jit-stress=exits"),
}
"""Tier 0; what users get; each loop native from its second iteration on; and each guard failing
once, too."""

CHILD = Path(__file__).with_name("child.py")


def launcher(python: str, tier: str | None, name: str) -> list[str]:
    """The command that runs a script: plain CPython for None, else a tier of the VM.

    Tier 0 takes the module itself, the others the helpers of the `test` package, too.
    """
    if tier is None:
        return [python]
    taken = f"test.{name}" if tier == "interp" else "test"
    return [python, "-m", "tauraro_vm", *TIERS[tier], f"--vm-modules={taken}"]


def run_child(python: str, tier: str | None, name: str, timeout: float) -> dict[str, Any]:
    """The result of one module in a process of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        output = Path(folder, "result.json")
        errors = Path(folder, "stderr")
        environment = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(folder, "cache"))}
        # What a test leaves behind may keep a pipe open: a file needs nobody who reads to its end.
        with errors.open("wb") as stream:
            process = subprocess.Popen(
                [*launcher(python, tier, name), str(CHILD), name, str(output)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stream,
                env=environment, start_new_session=True,
            )  # fmt: skip
            try:
                status = process.wait(timeout)
                problem = f"exit code {status}: "
            except subprocess.TimeoutExpired:
                problem = f"no end after {timeout:g} s: "
            finally:
                _end_session(process)
        if output.exists():
            result: dict[str, Any] = json.loads(output.read_text())
            return result
        problem += errors.read_text(errors="replace")[-2000:]
    return {"outcomes": {}, "details": {}, "problem": problem, "tier": "", "seconds": 0.0}


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """End a test module's process with all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def compare_module(
    python: str, tiers: Sequence[str], name: str, timeout: float
) -> dict[str, ModuleComparison]:
    """Run one module in CPython and in each of the tiers."""
    host = run_child(python, None, name, timeout)
    return {
        tier: compare(name, host, run_child(python, tier, name, timeout), tier) for tier in tiers
    }


def version_of(python: str) -> str:
    """The version (3.12) of an interpreter."""
    text = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run(
        [python, "-c", text], capture_output=True, text=True, check=True
    ).stdout.strip()


def progress(module: dict[str, ModuleComparison]) -> str:
    """A module's results in one line."""
    return ", ".join(
        f"{tier} {each.passed_by_both}/{each.passed_by_host} in {each.seconds:.1f} s"
        for tier, each in module.items()
    )


def print_table(comparisons: list[ModuleComparison]) -> None:
    """One line per module, and the sum."""
    print(f"{'module':<26}{'CPython':>8}{'VM':>8}{'':>8}{'seconds':>18}")
    for each in comparisons:
        times = f"{each.host_seconds:.1f} -> {each.seconds:.1f}"
        print(
            f"{each.name:<26}{each.passed_by_host:>8}{each.passed_by_both:>8}"
            f"{each.rate:>8.1%}{times:>18}"
        )
    host = sum(each.passed_by_host for each in comparisons)
    both = sum(each.passed_by_both for each in comparisons)
    print(f"{'all':<26}{host:>8}{both:>8}{both / max(host, 1):>8.2%}")


def report(
    comparisons: list[ModuleComparison], lines: list[Expected], tier: str, version: str
) -> int:
    """Print what differs; the number of lines that the list should, or should not, have."""
    wrong = 0
    for each in comparisons:
        for method, outcome in each.differing.items():
            reason = reason_for(lines, tier, version, method)
            wrong += reason is None
            print(f"{outcome}: {method}{'' if reason is None else f' (expected: {reason})'}")
        if each.problem and not each.problem.startswith("skipped"):
            print(f"{each.name}: {each.problem}")
    for line in listed_in_vain(lines, tier, version, comparisons):
        wrong += 1
        print(f"passes, but is listed in expected.txt: {line.method}")
    return wrong


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("--tier", choices=tuple(TIERS), action="append", dest="tiers")
    parser.add_argument("--python", default=sys.executable, help="the interpreter to run in")
    parser.add_argument("--timeout", type=float, default=900.0, help="seconds per module and run")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write all results there")
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    options = parser.parse_args(argv)
    tiers = options.tiers or list(TIERS)

    def one(name: str) -> dict[str, ModuleComparison]:
        result = compare_module(options.python, tiers, name, options.timeout)
        print(f"{name}: {progress(result)}", file=sys.stderr, flush=True)
        return result

    with ThreadPoolExecutor(options.jobs) as pool:
        modules = list(pool.map(one, options.modules))
    version = version_of(options.python)
    lines = read_expected()
    wrong = 0
    for tier in tiers:
        comparisons = [module[tier] for module in modules]
        print(f"\n{version}, {tier}")
        print_table(comparisons)
        wrong += report(comparisons, lines, tier, version)
    if options.json is not None:
        results = {tier: [module[tier].as_dict() for module in modules] for tier in tiers}
        options.json.write_text(json.dumps(results, indent=1))
    print(f"{wrong} lines to add to or to remove from the expected differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
