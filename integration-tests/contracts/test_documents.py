"""What the documents say about the repository holds: links, commands, versions."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PACKAGES = ("tauraro_frontend", "tauraro_vm", "tauraro_jit", "tauraro")


def documents() -> list[Path]:
    """The Markdown files of the repository."""
    top = [path for path in ROOT.iterdir() if not path.name.startswith(".")]
    nested = [file for path in top if path.is_dir() for file in path.rglob("*.md")]
    return sorted([path for path in top if path.suffix == ".md"] + nested)


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    local = [target for target in targets if ":" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def commands(document: Path) -> list[str]:
    """The lines of the shell blocks of a document."""
    blocks = re.findall(r"```sh\n(.*?)```", document.read_text("utf-8"), flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_integration_runs_the_test_command_of_the_readme() -> None:
    run, test = commands(ROOT / "README.md")
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert test == script[-1]
    programs = [word for word in run.split() if word.endswith(".py")]
    assert programs
    assert all((ROOT / program).is_file() for program in programs)


def test_distributions_and_facade_have_one_version() -> None:
    versions = {import_module(name).__version__ for name in PACKAGES}
    assert versions == {"0.1.0"}
    for name in ("frontend", "vm", "jit"):
        folder = ROOT / "packages" / f"tauraro-{name}"
        pins = re.findall(r"tauraro-\w+==([\w.]+)", (folder / "pyproject.toml").read_text("utf-8"))
        assert set(pins) <= versions
        assert "## 0.1.0" in (folder / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("package", PACKAGES[:3])
def test_package_itself_imports_nothing(package: str) -> None:
    """A warm start imports single submodules: the packages above them must be free."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        f"import {package}\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout.split() == [package]


def test_each_operation_of_native_code_has_a_row() -> None:
    """Which functions of the host are called differs from version to version."""
    pytest.importorskip("tauraro_jit.llvm.emit")
    script = ROOT / "benchmarks" / "operations.py"
    made = subprocess.run(
        [sys.executable, script, "--document"], capture_output=True, text=True, check=True
    )
    written = (ROOT / "docs" / "runtime.md").read_text("utf-8")
    column = slice(None) if sys.version_info[:2] == (3, 11) else slice(5)
    wanted, present = (
        {line.split(" | ")[0]: line.split(" | ")[column] for line in text.splitlines()}
        for text in (made.stdout, written)
    )
    wrong = [
        name for name, cells in wanted.items() if name[:3] == "| `" and present.get(name) != cells
    ]
    assert wrong == [], "run: python benchmarks/operations.py --document > docs/runtime.md"
    assert len(wanted) > 100
