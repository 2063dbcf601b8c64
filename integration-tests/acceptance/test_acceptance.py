"""Every program passes all of its cases in every tier, and every loop of it becomes native."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "programs"
CASES = {
    "quick_validation": 5,
    "integer_arithmetic": 10,
    "float_arithmetic": 8,
    "bitwise_operations": 8,
    "comparisons": 8,
    "unary_and_augmented": 8,
    "simple_performance": 4,
    "list_operations": 4,
    "strings": 6,
    "dicts": 6,
    "tuples": 6,
    "sets": 6,
    "iterators": 6,
    "conversions": 6,
    "builtins_and_classes": 8,
}
DECLINED = {
    "builtins_and_classes": {"dict_methods": "dict.update"},
    "iterators": {
        "by_hand": "an iterator in a variable",
        "mapped": "a for loop over map, another over filter",
    },
}
"""Functions with loops that are not native so far, and why. Whoever mends one removes it."""
THRESHOLD = "--jit-threshold=100"
WAYS = {
    "interp": ["--tier=interp"],
    "host": ["--tier=host"],
    "default": [],
    "threshold": [THRESHOLD],
    "stress": ["--jit-threshold=1", "--jit-stress=exits"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the programs: their caches are not left beside the sources."""
    copy = tmp_path_factory.mktemp("acceptance") / "programs"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the interpreter in the folder, without variables that change it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "TAURARO"))}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**kept, "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        timeout=120,
    )


@cache
def on_host(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """What CPython does."""
    return run(folder, [f"{name}.py"])


def test_every_program_is_known() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {*CASES, "checking"}


@pytest.mark.parametrize("name", CASES)
def test_program_is_right(name: str, folder: Path) -> None:
    done = on_host(folder, name)
    count = CASES[name]
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[-1] == f"total: {count} of {count} passed"
    assert sum(line.endswith(": PASS") for line in lines) == len(lines) - 1 == count


def test_failures_are_told(folder: Path) -> None:
    (folder / "wrong.py").write_text(
        "from checking import check, finish\n"
        "check('same', 3, 3)\ncheck('other type', 3.0, 3)\ncheck('other', 4, 3)\nfinish()\n"
    )
    done = run(folder, ["-m", "tauraro_vm", "wrong.py"])
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "same: PASS\nother type: FAIL: 3.0 instead of 3\nother: FAIL: 4 instead of 3\n"
        "total: 1 of 3 passed\n"
    )


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", CASES)
def test_program_passes(name: str, way: str, folder: Path) -> None:
    expected = on_host(folder, name)
    done = run(folder, ["-m", "tauraro_vm", *WAYS[way], f"{name}.py"])
    assert (done.returncode, done.stdout, done.stderr) == (0, expected.stdout, "")


@pytest.mark.parametrize("name", CASES)
def test_every_loop_becomes_native(name: str, folder: Path) -> None:
    pytest.importorskip("tauraro_jit", reason="the native tier is not installed here")
    listed = DECLINED.get(name, {})
    native = declined = 0
    for outer in ast.parse((folder / f"{name}.py").read_text("utf-8")).body:
        loops = sum(isinstance(node, ast.For | ast.While) for node in ast.walk(outer))
        if getattr(outer, "name", None) in listed:
            declined += loops
        else:
            native += loops
    assert native + declined >= CASES[name]
    done = run(folder, ["-m", "tauraro_vm", "--stats", THRESHOLD, f"{name}.py"])
    assert done.returncode == 0
    summary = re.search(r"^  tier 2 \(native\): (.*); ", done.stderr, re.MULTILINE)
    assert summary, done.stderr
    expected = f"{native} native" + (f", {declined} declined" if declined else "")
    assert summary[1] == expected, done.stderr
    shown = re.findall(r"^    \S+:\d+ in (\S+): (.*)$", done.stderr, re.MULTILINE)
    assert len(shown) == min(native + declined, 10), done.stderr
    assert {place for place, how in shown if how != "native"} <= set(listed), done.stderr
