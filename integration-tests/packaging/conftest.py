"""Built distributions, and environments in which they are installed alone.

Every distribution is built once per test run: sdist from the checkout, wheel from the sdist. An
environment is a fresh venv made by the interpreter under test; nothing of the checkout is on its
path. Environments are made once for each interpreter and combination.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .environments import NAMES, Environment

ROOT = Path(__file__).parents[2]

DEBIAN = Path("/usr/bin/python3.11")
"""A build of its own: other flags, other folders, no `test` package."""


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the three distributions are made from: building writes nothing elsewhere."""
    copy = tmp_path_factory.mktemp("checkout")
    ignore = shutil.ignore_patterns("__pycache__", "dist", ".*")
    shutil.copytree(ROOT / "packages", copy / "packages", ignore=ignore)
    for name in (".gitignore", "pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="session")
def dist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel of each distribution."""
    folder = tmp_path_factory.mktemp("dist")
    for name in NAMES:
        subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, name],
            cwd=checkout / "packages",
            check=True,
            capture_output=True,
        )
    return folder


@pytest.fixture(scope="session")
def environment(
    dist: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path, tuple[str, ...]], Environment]:
    """Make (once) the environment of an interpreter in which `names` were installed from wheels."""
    made: dict[tuple[Path, tuple[str, ...]], Environment] = {}

    def make(python: Path, names: tuple[str, ...]) -> Environment:
        key = python, names
        if key not in made:
            folder = tmp_path_factory.mktemp("environment")
            made[key] = Environment(python, folder)
            made[key].install("--find-links", dist, *names)
        return made[key]

    return make


def interpreters() -> list[Path]:
    """The interpreter that runs the tests and, where there is one, Debian's."""
    running = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
    found = [running]
    if DEBIAN.exists() and DEBIAN.resolve() != running.resolve():
        found.append(DEBIAN)
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that asks for a `python` on each interpreter."""
    if "python" in metafunc.fixturenames:
        metafunc.parametrize("python", interpreters(), ids=str)
