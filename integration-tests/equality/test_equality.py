"""Tier 1's code equals the host's: a sample of the standard library, and snippets that try every
construct."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from compare import Outcome, compare_file, compare_source, stdlib_files

SNIPPETS = Path(__file__).parent / "snippets"


def snippet_files() -> list[Path]:
    """The snippets of the running version and of those before."""
    folders = [SNIPPETS]
    folders += [SNIPPETS / f"py3{minor}" for minor in (12, 13) if sys.version_info >= (3, minor)]
    return sorted(file for folder in folders for file in folder.glob("*.py"))


def test_every_twentieth_stdlib_file() -> None:
    results = [compare_file(path) for path in list(stdlib_files())[::20]]
    different = [result for result in results if result.outcome is Outcome.DIFFERENT]
    assert different == []
    equal = sum(result.outcome is Outcome.EQUAL for result in results)
    assert equal >= 0.95 * len(results) > 20


@pytest.mark.parametrize("optimize", [0, 1, 2])
@pytest.mark.parametrize("path", snippet_files(), ids=lambda path: path.stem)
def test_snippet(path: Path, optimize: int) -> None:
    result = compare_source(path.read_text(encoding="utf-8"), path.name, optimize=optimize)
    assert result.outcome is Outcome.EQUAL, result.detail


@pytest.mark.parametrize(
    "source",
    ["x + 1", "(a, b)", "[i for i in x]", "lambda: (yield)", "f(*a)", "'s'", "-1", "x if y else z"],
)
def test_eval(source: str) -> None:
    assert compare_source(source, "<eval>", "eval").outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    "source",
    [
        "x + 1\n",
        "x = 1\n",
        "for i in x: i\n",
        '"doc"\n',
        "def f(): 1\n",
        "1; 2\n",
        "import a, b.c\n",
        "if x:\n  y\n\n",
        "x: int = 1\n",
    ],
)
def test_single(source: str) -> None:
    assert compare_source(source, "<stdin>", "single").outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 80 + "1" + ")" * 80,
        "x = " + " + ".join(["a"] * 800),
        "x = [" + ",".join(map(str, range(5000))) + "]",
        "x = {" + ",".join(f"{i}: a" for i in range(500)) + "}",
        "f(" + ",".join(f"a{i}" for i in range(300)) + ")",
        "f(" + ",".join(f"k{i}={i}" for i in range(300)) + ")",
        "if a: 1\n" + "".join(f"elif a{i}: {i}\n" for i in range(900)),
        '# -*- coding: utf-8 -*-\nx = "é€𝄞", é',
        'x = "\\ud800", b"\\xff", 10 ** 400, 1e400, -0.0, 1e400j, ...',
        f"x = {'9' * 4000}",
        "import a.b as a, a.b as b, a.b, a as b, a as a",
        "from . import x as x, y as z\nfrom .. import *\nfrom ..a.b import c as d",
    ],
    ids=lambda source: source[:20],
)
def test_large_and_odd(source: str) -> None:
    result = compare_source(source, "odd.py")
    assert result.outcome in (Outcome.EQUAL, Outcome.HOST_LIMIT), result.detail
