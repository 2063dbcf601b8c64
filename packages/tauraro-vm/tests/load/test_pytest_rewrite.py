"""Test modules that pytest rewrites run in the virtual machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .child import HOOK, ORIGINS, environment, write

TESTS = {
    "conftest.py": "import pytest\n\n@pytest.fixture\ndef seven():\n    return 7\n",
    "helper.py": "def half(x):\n    return x / 2\n",
    "test_it.py": (
        "import sys\n"
        "from helper import half\n\n"
        "def test_good(seven):\n    assert half(seven) == 3.5\n\n"
        "def test_bad(seven):\n    values = [1, 2]\n    assert values == [1, seven], 'message'\n"
    ),
}


def run_pytest(folder: Path, hook: str) -> str:
    text = hook + "import pytest; pytest.main(['-q', '-p', 'no:cacheprovider'])\n"
    done = subprocess.run(
        [sys.executable, "-c", text + (ORIGINS if hook else "")],
        cwd=folder,
        env=environment(folder, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout


def comparable(output: str) -> list[str]:
    """Without the time it took."""
    return [line.partition(" in ")[0] for line in output.splitlines()]


def test_rewritten_modules(tmp_path: Path) -> None:
    write(tmp_path, TESTS)
    expected = comparable(run_pytest(tmp_path, ""))
    assert any("assert [1, 2] == [1, 7]" in line for line in expected)
    for origin in ("source", "cache"):
        *lines, modules, fallbacks = run_pytest(tmp_path, HOOK).splitlines()
        assert comparable("\n".join(lines)) == expected
        assert eval(modules) == [
            (name, "host", origin) for name in ("conftest", "test_it", "helper")
        ]
        assert fallbacks == "[]"
    (tmp_path / "test_it.py").write_text(TESTS["test_it.py"].replace("3.5", "4"))
    *lines, modules, _ = run_pytest(tmp_path, HOOK).splitlines()
    assert ("test_it", "host", "source") in eval(modules)
    assert any("2 failed" in line for line in lines)


def test_rewritten_modules_in_tier_0(tmp_path: Path) -> None:
    write(tmp_path, TESTS)
    hook = (
        "from tauraro_vm.load.code import Settings; "
        "from tauraro_vm.load.importer import install_importer; "
        "from tauraro_vm.load.policy import Policy; "
        "install_importer(Settings(Policy(), 'interp')); "
    )
    expected = comparable(run_pytest(tmp_path, ""))
    for origin in ("source", "cache"):
        *lines, modules, _ = run_pytest(tmp_path, hook).splitlines()
        assert comparable("\n".join(lines)) == expected
        assert [(tier, o) for _, tier, o in eval(modules)] == [("interp", origin)] * 3
