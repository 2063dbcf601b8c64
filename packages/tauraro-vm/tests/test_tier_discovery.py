"""Which native tier is used, and how every other outcome is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tauraro_vm.tier.discovery import TierStatus, find_native_tier
from tauraro_vm.tier.protocol import PROTOCOL_VERSION

TIER = """
from tauraro_vm.tier.protocol import HostStatus

class Tier:
    name = "fake"
    version = "1"
    protocol_version = {version}

    def compile(self, region):
        raise NotImplementedError

    compile_tree = start = look = compile

    def describe(self):
        return HostStatus({problem!r}, (("generator", "7"),))
"""


@pytest.fixture
def search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TierStatus]:
    """Search a path that holds one distribution for each given module source."""

    def run(**sources: str) -> TierStatus:
        for name, source in sources.items():
            module = f"fake_plugin_{name}"
            (tmp_path / f"{module}.py").write_text(source, "utf-8")
            metadata = tmp_path / f"{name}-2.0.dist-info"
            metadata.mkdir()
            (metadata / "entry_points.txt").write_text(
                f"[tauraro.native_tier]\n{name} = {module}:Tier\n", "utf-8"
            )
            monkeypatch.delitem(sys.modules, module, raising=False)
        monkeypatch.syspath_prepend(tmp_path)
        return find_native_tier([str(tmp_path)], str(tmp_path / "cache"))

    return run


def test_no_plugin(search: Callable[..., TierStatus]) -> None:
    status = search()
    assert (status.tier, status.plugin, status.ignored) == (None, None, ())
    assert status.summary() == "native tier: not installed"


def test_plugin_is_used(search: Callable[..., TierStatus]) -> None:
    status = search(good=TIER.format(version=PROTOCOL_VERSION, problem=""))
    assert status.tier is not None
    assert status.tier.name == "fake"
    assert status.summary() == "native tier: good (good 2.0), generator 7"


def test_problem_of_the_host_is_told(search: Callable[..., TierStatus]) -> None:
    status = search(good=TIER.format(version=PROTOCOL_VERSION, problem="unknown processor"))
    assert status.tier is not None
    assert status.summary() == "native tier: good (good 2.0), generator 7: unknown processor"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            TIER.format(version=PROTOCOL_VERSION + 1, problem=""),
            f"it speaks version {PROTOCOL_VERSION + 1} of the protocol, "
            f"this virtual machine {PROTOCOL_VERSION}",
        ),
        ("raise OSError('no such\\nlibrary')", "it cannot be imported: OSError: no such library"),
        ("def f(:", "it cannot be imported: SyntaxError: "),
        ("", "it cannot be imported: AttributeError: "),
        ("Tier = 3", "fake_plugin_bad:Tier is not a class"),
        ("class Tier: pass", "it speaks version None of the protocol"),
        (
            f"class Tier:\n    protocol_version = {PROTOCOL_VERSION}\n    name = 'x'",
            "Tier has no version, compile, compile_tree, start, look, describe",
        ),
        (
            f"class Tier:\n    protocol_version = {PROTOCOL_VERSION}\n"
            "    def __init__(self): raise RuntimeError",
            "it cannot be started: RuntimeError",
        ),
    ],
)
def test_unfit_plugin_is_named_and_ignored(
    search: Callable[..., TierStatus], source: str, reason: str
) -> None:
    status = search(bad=source)
    assert (status.tier, status.plugin) == (None, None)
    (message,) = status.ignored
    assert message.startswith(f"bad (bad 2.0) ignored: {reason}")
    assert status.summary() == f"native tier: {message}"


def test_next_plugin_is_used_and_the_rest_named(search: Callable[..., TierStatus]) -> None:
    good = TIER.format(version=PROTOCOL_VERSION, problem="")
    status = search(a="raise OSError", b=good, c=good)
    assert status.plugin == "b (b 2.0)"
    assert status.ignored == (
        "a (a 2.0) ignored: it cannot be imported: OSError",
        "c (c 2.0) ignored: b (b 2.0) comes first",
    )


HEAVY = ("re", "json", "typing", "enum", "dataclasses", "tempfile", "pathlib", "importlib.metadata")


def test_search_without_plugin_imports_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from tauraro_vm.tier.discovery import find_native_tier\n"
        "path = [p for p in sys.path if 'site-packages' not in p]\n"
        f"assert find_native_tier(path, {str(tmp_path / 'cache')!r}).tier is None\n"
        f"print(sorted((set(sys.modules) - before) & set({HEAVY!r})))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("[]\n", "")
