"""Every way to name a program, and every way for it to end, as the host's own interpreter."""

from __future__ import annotations

from pathlib import Path

import pytest

from .pair import TAURARO, compare, run_python, run_tauraro

EXITS = (
    "raise SystemExit",
    "raise SystemExit(None)",
    "raise SystemExit(3)",
    "raise SystemExit(-1)",
    "raise SystemExit(256)",
    "raise SystemExit(2**40)",
    "raise SystemExit(True)",
    "raise SystemExit('message')",
    "raise SystemExit(('a', 1))",
    "raise SystemExit(1, 2)",
    "raise SystemExit(1.5)",
    "import sys; sys.exit()",
    "import sys; print('out'); sys.exit('err')",
    "import os; os._exit(9)",
    "exit(4)",
    "quit()",
    "class E(SystemExit): pass\nraise E(5)",
    "import atexit; atexit.register(lambda: 1/0)",
    "import threading; threading.Thread(target=lambda: 1/0).start()",
    "import sys; sys.stderr = None; 1/0",
    "import sys; sys.stderr.close(); raise SystemExit('x')",
    "raise",
    "raise Exception",
    "raise ValueError('é\\n2')",
    "def f(): yield 1/0\nnext(f())",
    "import asyncio\nasync def f(): raise OSError(2, 'x')\nasyncio.run(f())",
    "import sys; sys.last_value = 1; 1/0",
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "raise KeyboardInterrupt",
    "import warnings; warnings.warn('w')",
    "import sys; sys.stdin.read(); print(sys.stdin)",
    "import pickle\nclass A: x = 1\nprint(pickle.loads(pickle.dumps(A())).x)",
    "import inspect\ndef f(): pass\nprint(inspect.getmodule(f))",
)


@pytest.mark.parametrize("text", EXITS)
def test_commands(text: str, programs: Path) -> None:
    compare(["-c", text, "argument", "-x", "--stats"], programs, "input")


FILES = (
    "inspect_main.py",
    "./inspect_main.py",
    "package/../inspect_main.py",
    "fail.py",
    "deep.py",
    "last_words.py",
    "stack.py",
    "syntax.py",
    "return_outside.py",
    "tabs.py",
    "warns.py",
    "no_suffix",
    "first_line.py",
    "package",
    "plain_folder",
    "plain_folder/",
    "no_main",
    "app.pyz",
    "link.py",
    "imports_bad.py",
    "imports_failing.py",
    "imports_missing.py",
    "hook.py",
    "bad_hook.py",
    "no_hook.py",
    "exit_hook.py",
    "chained.py",
    "group.py",
    "interrupt.py",
    "kill.py",
    "sub_interrupt.py",
    "closed_stdout.py",
    "future.py",
    "null.py",
    "not_utf8.py",
    "latin.py",
    "bad_cookie.py",
    "bom.py",
    "crlf.py",
    "deep_nesting.py",
    "deep_sum.py",
    "empty.py",
    "no_newline.py",
    "form_feed.py",
    "there_is_no_such_file.py",
    "no_main/nothing",
    "/dev/null",
)


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, programs: Path) -> None:
    compare([name, "one", "-O", "--stats", "--", "two"], programs)


MODULES = (
    "inspect_main",
    "package",
    "package.sibling",
    "fail",
    "deep",
    "last_words",
    "stack",
    "syntax",
    "imports_bad",
    "imports_failing",
    "interrupt",
    "null",
    "not_utf8",
    "no_main",
    "there_is_no_such_module",
    "package.nothing",
    "sys",
    "this",
    "calendar",
)


@pytest.mark.parametrize("name", MODULES)
def test_modules(name: str, programs: Path) -> None:
    compare(["-m", name, "-h"], programs)


def test_module_warns_until_it_is_cached(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "warns.py").write_bytes((programs / "warns.py").read_bytes())
    for _ in range(2):
        expected = run_python(["-m", "warns"], tmp_path)
        assert run_tauraro(["-m", "warns"], tmp_path) == expected
    assert expected.stderr == ""


INPUT = (
    "inspect_main.py",
    "fail.py",
    "deep.py",
    "last_words.py",
    "syntax.py",
    "warns.py",
    "not_utf8.py",
    "null.py",
    "interrupt.py",
    "empty.py",
    "no_newline.py",
    "return_outside.py",
)


@pytest.mark.parametrize("words", [(), ("-",), ("-", "a", "-b")])
@pytest.mark.parametrize("name", INPUT)
def test_standard_input(name: str, words: tuple[str, ...], programs: Path) -> None:
    compare(words, programs, (programs / name).read_bytes())


def test_input_is_used_up_by_a_program_that_comes_from_it(programs: Path) -> None:
    compare([], programs, "print(input.__name__)\nprint(input())\nsome text\n")


def test_unreadable_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("print(1)\n")
    script.chmod(0)
    compare([script.name], tmp_path)


def test_script_through_a_pipe(programs: Path) -> None:
    outcomes = [
        run(["/dev/stdin", "x"], programs, (programs / "fail.py").read_bytes())
        for run in (run_python, run_tauraro)
    ]
    assert outcomes[0] == outcomes[1]


def test_file_wins_over_subcommand(tmp_path: Path) -> None:
    (tmp_path / "compile").write_text("import sys; print('the file', sys.argv)\n")
    compare(["compile", "x.py"], tmp_path)


def test_script_by_its_first_line(programs: Path, tmp_path: Path) -> None:
    script = programs / "by_line"
    script.write_text("#!/usr/bin/env tauraro\nimport sys\nprint(sys.argv[1:])\n")
    script.chmod(0o755)
    path = str(Path(TAURARO).parent)
    outcome = run_python(
        ["-c", "import subprocess as s; s.run(['./by_line', '-a', 'b'], check=True)"],
        programs,
        PATH=f"{path}:/usr/bin:/bin",
    )
    assert (outcome.status, outcome.stdout) == (0, "['-a', 'b']\n")


def test_main_module_form(programs: Path) -> None:
    for words in (["fail.py"], ["-c", "import sys; print(sys.argv)", "x"], ["-m", "package"]):
        expected = run_python(words, programs)
        assert run_python(["-m", "tauraro_vm", *words], programs) == expected


def test_profiled_command_still_runs_the_program(programs: Path) -> None:
    outcome = run_python(["-m", "cProfile", TAURARO, "fail.py"], programs)
    assert "before" in outcome.stdout
    assert "KeyError: 0" in outcome.stderr
    assert "tauraro_vm" not in outcome.stderr.partition("KeyError")[0]
