"""`python -m tauraro_frontend`, run in this process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tauraro_frontend.__main__ import main
from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import build_module

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
