"""The plugin: found, of the right version, cheap, and honest about what it cannot do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import llvmlite
import pytest

import tauraro_jit
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, CodeObject
from tauraro_jit.layout.host import HostLayout
from tauraro_jit.plugin import LlvmTier
from tauraro_vm.tier.discovery import find_native_tier
from tauraro_vm.tier.protocol import (
    PROTOCOL_VERSION,
    Declined,
    DeclineReason,
    NativeTier,
    Region,
    RegionKind,
)


def region() -> Region:
    host_code = compile("for x in range(9): pass", "app.py", "exec")
    module = BytecodeModule("app.py", bytes(8), codes=[CodeObject(CodeKind.MODULE, "", "", None)])
    return Region(RegionKind.FUNCTION, module, 0, 0, host_code, 1)


def test_is_found_by_the_virtual_machine(tmp_path: Path) -> None:
    status = find_native_tier(cache_file=str(tmp_path / "cache"))
    assert isinstance(status.tier, LlvmTier)
    assert status.plugin == f"llvm (tauraro-jit {tauraro_jit.__version__})"
    assert status.ignored == ()
    expected = f"native tier: {status.plugin}, llvmlite {llvmlite.__version__}"
    assert status.summary() == expected


def test_implements_the_protocol_of_this_release() -> None:
    tier: NativeTier = LlvmTier()
    assert tier.protocol_version == PROTOCOL_VERSION
    assert (tier.name, tier.version) == ("llvm", tauraro_jit.__version__)


def test_declines_functions() -> None:
    assert LlvmTier().compile(region()) == Declined(DeclineReason.LOOPS_ONLY, 1)


def test_declines_where_the_layout_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = HostLayout(None, "Python 3.14 is not known")
    monkeypatch.setattr("tauraro_jit.layout.host.host_layout", lambda: unknown)
    declined = LlvmTier().compile(region())
    assert declined == Declined(DeclineReason.UNSUPPORTED_HOST, 1, "Python 3.14 is not known")
    assert LlvmTier().describe().problem == "Python 3.14 is not known"


def test_missing_code_generator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    status = LlvmTier().describe()
    assert not status.usable
    assert status.problem.startswith("llvmlite cannot be imported: ")


def test_finding_it_does_not_load_the_code_generator(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from tauraro_vm.tier.discovery import find_native_tier\n"
        f"assert find_native_tier(cache_file={str(tmp_path / 'cache')!r}).tier\n"
        "print({'llvmlite', 'importlib.metadata', 'tauraro_jit.compiler'} & set(sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("set()\n", "")


def test_compiling_loads_no_library() -> None:
    """What the standard library's own conveniences cost, a short program with one hot loop pays."""
    path = [entry for entry in sys.path if entry]
    program = (
        f"import sys; sys.path += {path!r}; import tauraro_jit.policy.tiering\n"
        "print({'typing', 'enum', 'dataclasses', 'inspect', 'ast', 'dis', 're', 'threading',"
        " 'contextlib', 'msgspec', 'tauraro_jit.ir.printer', 'tauraro_jit.ir.parser',"
        " 'tauraro_jit.ir.evaluate', 'tauraro_jit.ir.verify', 'tauraro_jit.policy.report'}"
        " & {*sys.modules})"
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("set()\n", "")
