"""`python -m tauraro_frontend`, run in this process."""

from __future__ import annotations

import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import pytest

from tauraro_frontend.__main__ import main
from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import HostFrontend, build_module

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text("# -*- coding: latin-1 -*-\nx = 'é'\nprint(x)\n", "latin-1")
    return path


def test_compile(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.tbc"
    assert main(["compile", str(source), "-o", str(output)]) == 0
    assert decode_module(output.read_bytes()) == build_module(source.read_bytes(), str(source))


def test_compile_beside_the_source(source: Path) -> None:
    assert main(["compile", str(source)]) == 0
    assert source.with_suffix(".tbc").exists()


def test_dis_source(source: Path, capsys: Capture) -> None:
    assert main(["dis", str(source)]) == 0
    text = capsys.readouterr().out
    assert ";    2 | x = 'é'" in text
    assert assemble(text) == build_module(source.read_bytes(), str(source))


def test_dis_file(source: Path, capsys: Capture) -> None:
    main(["compile", str(source)])
    assert main(["dis", "--no-spans", str(source.with_suffix(".tbc"))]) == 0
    text = capsys.readouterr().out
    assert "STORE_NAME.assign 'é' .x" in text
    assert "@" not in text


def test_verify(source: Path, capsys: Capture) -> None:
    main(["compile", str(source)])
    output = source.with_suffix(".tbc")
    assert main(["verify", str(output)]) == 0
    assert capsys.readouterr().out == f"{output}: 1 code objects, 5 instructions, verified\n"


def test_verify_damaged_file(source: Path, capsys: Capture) -> None:
    main(["compile", str(source)])
    output = source.with_suffix(".tbc")
    output.write_bytes(output.read_bytes()[:-1])
    assert main(["verify", str(output)]) == 1
    assert capsys.readouterr().err.startswith(f"{output}: header: a payload of ")


@pytest.mark.parametrize("command", ["compile", "dis", "verify"])
def test_missing_file(command: str, tmp_path: Path, capsys: Capture) -> None:
    missing = tmp_path / "missing.py"
    assert main([command, str(missing)]) == 1
    assert capsys.readouterr().err == f"{missing}: No such file or directory\n"


@pytest.mark.parametrize("command", ["compile", "dis"])
def test_syntax_error(command: str, source: Path, capsys: Capture) -> None:
    source.write_text("x = (\n")
    assert main([command, str(source)]) == 1
    error = capsys.readouterr().err
    assert f'File "{source}", line 1' in error
    assert error.endswith("SyntaxError: '(' was never closed\n")


def test_error_of_the_compiler(source: Path, capsys: Capture) -> None:
    """What is grammar, but no program."""
    source.write_text("def f():\n    x = 1\n    global x\n")
    assert main(["compile", str(source)]) == 1
    assert (
        "SyntaxError: name 'x' is assigned to before global declaration" in capsys.readouterr().err
    )
    assert not source.with_suffix(".tbc").exists()


NO_PROGRAMS = (
    "return",
    "yield 1",
    "x = await f()",
    "def f():\n    await g()",
    "async with a: pass",
    "async for x in y: pass",
    "[x async for x in y]",
    "def f():\n    return [x async for x in y]",
    "async def f():\n    yield 1\n    return 2",
    "async def f():\n    yield from g()",
    "nonlocal x",
    "def f():\n    nonlocal missing",
    "def f():\n    x = 1\n    def g():\n        x = 2\n        nonlocal x",
    "def f(x):\n    global x",
    "def f():\n    print(x)\n    global x",
    "x: int = 1\nglobal x\n",
    "def f(a, a): pass",
    "lambda a, *a: 0",
    "def f(*, a, **a): pass",
    "break",
    "continue",
    "if x:\n    break",
    "while x:\n    def f():\n        continue",
    "for x in y: pass\nelse:\n    break",
    "__debug__ = 1",
    "def __debug__(): pass",
    "f(__debug__=1)",
    "import __debug__",
    "for __debug__ in x: pass",
    "del __debug__",
    "x.__debug__ = 1",
    "a, *b, *c = d",
    "[a, *b, *c] = d",
    "*a = b",
    "x = *a",
    "del *a",
    "try: pass\nexcept: pass\nexcept A: pass",
    "try: pass\nexcept* A:\n    break",
    "def f():\n    try: pass\n    except* A:\n        return",
    "match x:\n    case y: pass\n    case z: pass",
    "match x:\n    case (a, a): pass",
    "match x:\n    case a | b: pass",
    "match x:\n    case {1: a, 1: b}: pass",
    "match x:\n    case A(b=1, b=2): pass",
    "match x:\n    case [*a, *b]: pass",
    "from __future__ import braces",
    "from __future__ import nothing_such",
    "x = 1\nfrom __future__ import annotations",
    "def f():\n    from a import *",
    "class A:\n    from a import *\n    def f(self):\n        from b import *",
    "[x := 1 for x in y]",
    "[(x := 1) for y in (x := z)]",
    "class A:\n    [(x := 1) for y in z]",
    "def f():\n    [(x := 1) for y in z]\n    nonlocal x",
    "(x for x in y) = 1",
    "x: int; nonlocal x",
    "def f():\n    x: int\n    global x",
)
"""What the grammar of all hosts, or of some, lets pass."""


@pytest.mark.parametrize("text", NO_PROGRAMS)
@pytest.mark.parametrize("command", ["compile", "dis"])
def test_no_program(command: str, text: str, source: Path, capsys: Capture) -> None:
    """Text and caret are those of the host, and no file is left."""
    source.write_text(text + "\n")
    with pytest.raises(SyntaxError) as caught:
        compile(source.read_bytes(), str(source), "exec")
    expected = "".join(traceback.format_exception_only(caught.value))
    assert main([command, str(source)]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", expected)
    assert not source.with_suffix(".tbc").exists()


@pytest.mark.parametrize("text", NO_PROGRAMS)
def test_no_program_through_the_protocol(text: str) -> None:
    with pytest.raises(SyntaxError):
        HostFrontend().compile(text, "program.py")


def test_warnings_come_once(source: Path) -> None:
    source.write_text("x = 1 is 2\ny = '\\d'\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert main(["compile", str(source)]) == 0
    lines = [(warning.category.__name__, warning.lineno) for warning in caught]
    assert len(lines) == len(set(lines)) == 2


def test_null_byte(source: Path, capsys: Capture) -> None:
    source.write_bytes(b"x = 1\0")
    assert main(["compile", str(source)]) == 1
    assert "null bytes" in capsys.readouterr().err


def test_output_is_not_the_source(source: Path, capsys: Capture) -> None:
    assert main(["compile", str(source), "-o", str(source)]) == 1
    assert "name the output with -o" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["dis"], ["compile", "a", "-x"]])
def test_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_as_a_module(source: Path) -> None:
    command = [sys.executable, "-m", "tauraro_frontend", "compile", str(source)]
    assert subprocess.run(command, check=False).returncode == 0
