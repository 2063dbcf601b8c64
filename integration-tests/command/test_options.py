"""CPython's options and variables through the command, and what it says about wrong ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .pair import PYTHON, compare, run_python, run_tauraro

SHOW = (
    "import sys, warnings; print(sys.flags, sys.argv, sys.orig_argv[1:], sys.path[:1], "
    "sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, __debug__, "
    "sys.stdout.write_through, [str(f) for f in warnings.filters])"
)

FLAGS = (
    ["-O"],
    ["-OO"],
    ["-B"],
    ["-b"],
    ["-bb"],
    ["-d"],
    ["-E"],
    ["-I"],
    ["-P"],
    ["-q"],
    ["-R"],
    ["-s"],
    ["-S"],
    ["-u"],
    ["-Bsu"],
    ["-BO", "-O"],
    ["-W", "error"],
    ["-Werror::DeprecationWarning", "-Wd"],
    ["-X", "dev"],
    ["-Xutf8", "-X", "name=value"],
    ["-Xint_max_str_digits=0"],
    ["-I", "-S"],
    ["-Wi", "-uB"],
    ["--check-hash-based-pycs", "always"],
)


@pytest.mark.parametrize("flags", FLAGS, ids=" ".join)
def test_flags(flags: list[str], programs: Path) -> None:
    compare([*flags, "-c", SHOW, "-O", "x"], programs)


@pytest.mark.parametrize("flags", [["-O"], ["-OO"], ["-I"], ["-S"], ["-P"], ["-E", "-s", "-S"]])
def test_flags_with_other_programs(flags: list[str], programs: Path) -> None:
    for words in (["inspect_main.py", "a"], ["-m", "package"], ["app.pyz"], ["plain_folder"]):
        compare([*flags, *words], programs)
    compare([*flags, "-", "a"], programs, SHOW)


def test_joined_options_name_the_program(programs: Path) -> None:
    compare(["-Bc", SHOW, "x"], programs)
    compare(["-BmO", "x"], programs)
    compare(["-uBminspect_main", "x"], programs)
    compare([f"-c{SHOW}", "x"], programs)


def test_first_line_is_skipped(programs: Path) -> None:
    compare(["-x", "first_line.py"], programs)
    compare(["-xB", "first_line.py", "-x"], programs)


def test_dashes_end_the_options(tmp_path: Path) -> None:
    (tmp_path / "-O").write_text("import sys; print(sys.argv, __file__[-3:], __debug__)\n")
    compare(["--", "-O", "-O"], tmp_path)
    compare(["-B", "--", "-O"], tmp_path)


VARIABLES = (
    {"PYTHONOPTIMIZE": "2"},
    {"PYTHONDONTWRITEBYTECODE": "1"},
    {"PYTHONUNBUFFERED": "1"},
    {"PYTHONSAFEPATH": "1"},
    {"PYTHONWARNINGS": "error,ignore::UserWarning"},
    {"PYTHONHASHSEED": "0"},
    {"PYTHONUTF8": "1"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONDEVMODE": "1"},
    {"PYTHONPATH": "plain_folder"},
    {"PYTHONNOUSERSITE": "x"},
    {"PYTHONINTMAXSTRDIGITS": "0"},
    {"PYTHONINSPECT": "1"},
)


@pytest.mark.parametrize("variables", VARIABLES, ids=lambda variables: next(iter(variables)))
def test_variables(variables: dict[str, str], programs: Path) -> None:
    compare(
        ["-c", SHOW + "; print(hash('a') if sys.flags.hash_randomization == 0 else 0)"],
        programs,
        **variables,
    )
    compare(["inspect_main.py"], programs, **variables)
    compare(["-E", "-c", SHOW], programs, **variables)


def test_warnings_become_errors(programs: Path) -> None:
    for program in (["warns.py"], ["-m", "warns"], ["-c", "x = 1 is 1"]):
        compare(["-B", "-W", "error", *program], programs)
    compare(["-B", "-W", "ignore", "warns.py"], programs)
    compare(["-B", "-W", "always", "warns.py"], programs)


WRONG = (
    ["--foo"],
    ["-Z"],
    ["-BZ", "x.py"],
    ["-c"],
    ["-m"],
    ["-W"],
    ["-X"],
    ["-J"],
    ["--check-hash-based-pycs", "sometimes"],
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_options(words: list[str], programs: Path) -> None:
    expected = run_python(words, programs)
    found = run_tauraro(words, programs)
    assert found.status == expected.status == 2
    assert found.stdout == ""
    assert found.stderr.splitlines()[0] == expected.stderr.splitlines()[0]
    assert found.stderr.replace("tauraro", "python").splitlines()[1:] == [
        line.replace(PYTHON, "python") for line in expected.stderr.splitlines()[1:]
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["--tier=fast", "x.py"],
        ["--tier"],
        ["--jit=maybe", "x.py"],
        ["--dump=ast", "x.py"],
        ["--vm-modules=a-b", "x.py"],
        ["--vm-modules"],
        ["--stats=yes", "x.py"],
        ["--tier=native", "--jit=off", "x.py"],
        ["--jit-threshold=x", "x.py"],
        ["--jit-only"],
        ["--jit-stress=x", "x.py"],
        ["--jit-sync=x", "x.py"],
    ],
    ids=" ".join,
)
def test_wrong_values_of_own_options(words: list[str], programs: Path) -> None:
    found = run_tauraro(words, programs)
    assert (found.status, found.stdout) == (2, "")
    assert words[0].partition("=")[0] in found.stderr


OWN = (
    ["--jit=off"],
    ["--tier", "host"],
    ["--vm-modules", "a,b.*"],
    ["--jit-threshold=1", "--jit-only", "x", "--jit-sync", "--jit-stress=exits"],
)


def test_own_options_are_not_seen_by_the_program(programs: Path) -> None:
    words = ["-c", SHOW, "--stats"]
    expected = run_python(["-B", *words], programs)
    for own in OWN:
        assert run_tauraro([*own, "-B", *words], programs) == expected


def test_help(programs: Path) -> None:
    texts = {run_tauraro([word], programs).stdout for word in ("-h", "--help", "-?", "-Bh")}
    assert len(texts) == 1
    (text,) = texts
    own = ("--stats", "--tier", "--jit=", "--jit-threshold", "--jit-only", "--jit-stress")
    for option in (*own, "--jit-sync", "--jit-verify", "--dump", "--vm-modules", "--version"):
        assert option in text
    assert max(map(len, text.splitlines())) <= 100
    assert run_tauraro(["-h", "nothing.py"], programs).status == 0
    compare(["--help-env"], programs)


def test_version(programs: Path) -> None:
    outcome = run_tauraro(["--version"], programs)
    host = run_python(["-c", "import sys; print(sys.version.split()[0])"], programs).stdout.strip()
    assert outcome.status == 0
    assert outcome.stdout.startswith(f"Tauraro 0.1.0 (CPython {host})\nnative tier: ")
    assert run_tauraro(["-V", "x.py"], programs) == outcome
    assert "[GCC" in run_tauraro(["-VV"], programs).stdout or os.name != "posix"


def test_process_stays_the_same_when_the_interpreter_starts_again(programs: Path) -> None:
    text = "import os; print(os.getppid())"
    parents = [run_tauraro([*flags, "-c", text], programs).stdout for flags in ([], ["-O"])]
    assert parents[0] == parents[1] == f"{os.getpid()}\n"


def test_modules_are_found_without_site(programs: Path) -> None:
    """The command's own parts can be imported; the rest of site-packages cannot."""
    text = (
        "import sys, helper; print(helper, sys.path == [p for p in sys.path if 'site-' not in p])"
    )
    compare(["-S", "-c", text], programs, PYTHONPATH="plain_folder")
    outcome = run_tauraro(["-S", "-c", "import pytest"], programs)
    assert "ModuleNotFoundError: No module named 'pytest'" in outcome.stderr
