"""`tauraro compare`: both run, what they print is shown once, and the times stand side by side."""

from __future__ import annotations

import re
from pathlib import Path

from .pair import run_tauraro


def write(folder: Path, text: str) -> str:
    """A program in a folder; its name."""
    (folder / "program.py").write_text(text, encoding="utf-8")
    return "program.py"


def test_times_side_by_side(tmp_path: Path) -> None:
    program = write(tmp_path, "import sys; print('hello', *sys.argv[1:]); sys.exit(3)")
    done = run_tauraro(["compare", "--runs=2", program, "--stats", "x"], tmp_path)
    assert done.stdout == "hello --stats x\n"
    assert done.status == 3
    assert re.search(r"^CPython 3\.\d+\.\d+ +\d+\.\d\d s +\d+\.\d\d s$", done.stderr, re.M)
    assert re.search(r"^Tauraro \S+ +\d+\.\d\d s +\d+\.\d\d s", done.stderr, re.M)


def test_different_output_is_told(tmp_path: Path) -> None:
    program = write(tmp_path, "import sys; print('tauraro_vm' in sys.modules)")
    done = run_tauraro(["compare", program], tmp_path)
    assert done.stdout == "False\n"
    assert "did not print the same" in done.stderr
    assert done.status == 1


def test_mistakes(tmp_path: Path) -> None:
    for words in (["compare"], ["compare", "--runs=0", "x.py"], ["compare", "--fast", "x.py"]):
        done = run_tauraro(words, tmp_path)
        assert done.status == 2
        assert "usage: tauraro compare" in done.stderr
    assert "usage: tauraro compare" in run_tauraro(["compare", "--help"], tmp_path).stdout
