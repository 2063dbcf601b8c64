"""Programs that use every construct of the language, and the modules the builder makes of them."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path

import pytest

from tauraro_frontend.bytecode.module import BytecodeModule
from tauraro_frontend.pipeline import build_module

HERE = Path(__file__).parent

STDLIB = (
    "argparse.py", "asyncio/base_events.py", "dataclasses.py", "enum.py", "functools.py",
    "statistics.py", "this.py", "typing.py", "unittest/mock.py", "wave.py",
)  # fmt: skip
"""Files of the host's own library that between them use nearly every instruction."""


def newest_syntax(path: Path) -> tuple[int, int]:
    """The version a program is written for: `py312_types.py` needs 3.12."""
    tag = path.stem.partition("_")[0]
    return (3, int(tag[3:])) if tag.startswith("py3") else (3, 11)


def program_files() -> list[Path]:
    """The programs of this folder that the host understands."""
    files = sorted((HERE / "data").glob("*.py"))
    return [file for file in files if newest_syntax(file) <= sys.version_info[:2]]


@cache
def module_of(path: Path) -> BytecodeModule:
    return build_module(path.read_bytes(), path.name)


@pytest.fixture(params=program_files(), ids=lambda path: path.stem)
def program(request: pytest.FixtureRequest) -> Path:
    """A program of this folder."""
    path: Path = request.param
    return path


@pytest.fixture
def module(program: Path) -> BytecodeModule:
    """The module of a program of this folder."""
    return module_of(program)


@pytest.fixture(scope="session")
def program_modules() -> list[BytecodeModule]:
    """The modules of all programs of this folder."""
    return [module_of(path) for path in program_files()]


@pytest.fixture(params=STDLIB)
def library_module(request: pytest.FixtureRequest) -> BytecodeModule:
    """The module of a file of the standard library."""
    path = Path(sysconfig.get_path("stdlib")) / request.param
    if not path.exists():
        pytest.fail(f"the host's library has no {request.param}")
    return module_of(path)
