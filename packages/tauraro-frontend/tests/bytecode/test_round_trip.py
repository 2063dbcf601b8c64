"""A module survives the file and the text form, exactly."""

from __future__ import annotations

import sys

import pytest

from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.disassemble import disassemble
from tauraro_frontend.bytecode.encode import encode_module
from tauraro_frontend.bytecode.isa import OPS
from tauraro_frontend.bytecode.module import BytecodeModule
from tauraro_frontend.pipeline import build_module


def round_trips(module: BytecodeModule) -> None:
    data = encode_module(module)
    decoded = decode_module(data)
    assert decoded == module
    assert encode_module(decoded) == data
    text = disassemble(module)
    assembled = assemble(text)
    assert assembled == module
    assert disassemble(assembled) == text


def test_program(module: BytecodeModule) -> None:
    round_trips(module)


def test_library(library_module: BytecodeModule) -> None:
    round_trips(library_module)


@pytest.mark.parametrize("source", ["x + 1", "lambda: (yield)", "[i for i in f(*a)]", "-1j"])
def test_expression(source: str) -> None:
    round_trips(build_module(source, "<eval>", "eval"))


@pytest.mark.parametrize(
    "source", ["x\n", "x = 1; y\n", "def f(): pass\n", "import a, b.c\n", "\n"]
)
def test_interactive(source: str) -> None:
    if source.strip():
        round_trips(build_module(source, "<stdin>", "single"))
    else:
        with pytest.raises(SyntaxError):
            build_module(source, "<stdin>", "single")


@pytest.mark.parametrize("filename", ["", "é.py", "not decoded \udcff", "a b'\".py"])
def test_filename(filename: str) -> None:
    round_trips(build_module("", filename))


def test_long_lines_and_names() -> None:
    names = [f"variable_number_{index}" for index in range(300)]
    body = "; ".join(f"{name} = '{name * 5}'" for name in names)
    round_trips(
        build_module(f"def f():\n    {body}\n    return lambda: ({', '.join(names)})\n", "f")
    )


def test_every_instruction_is_in_a_program(program_modules: list[BytecodeModule]) -> None:
    found = {
        instruction.op
        for module in program_modules
        for code in module.codes
        for instruction in code.instructions
    }
    newer = {"TYPE_PARAMETERS", "TYPE_PARAMETER", "TYPE_ALIAS", "LAZY"}
    newer |= {"LOAD_OUTER_GLOBAL", "LOAD_OUTER_CELL"}
    missing = {op.name for op in OPS if op not in found}
    assert missing == (newer if sys.version_info < (3, 12) else set())
