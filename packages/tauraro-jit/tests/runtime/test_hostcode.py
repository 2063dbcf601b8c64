"""The host's instructions are what `dis` says they are."""

from __future__ import annotations

import ast
import dis
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from tauraro_jit.runtime import hostcode, variables
from tauraro_jit.runtime.hostcode import HostCode, HostInstruction

FILES = [
    "argparse.py",
    "ast.py",
    "asyncio/tasks.py",
    "_pydecimal.py",
    "typing.py",
    "zipfile/__init__.py",
]
LIBRARY = Path(ast.__file__).parent


def codes_of(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_of(constant)


def by_dis(code: CodeType) -> Iterator[HostInstruction]:
    """The same facts from the standard library."""
    jumps = {*dis.hasjrel, *dis.hasjabs}
    prefix: int | None = None
    for i in dis.get_instructions(code):
        start = i.offset if prefix is None else prefix
        if i.opname == "EXTENDED_ARG":
            prefix = start
            continue
        prefix = None
        start = getattr(i, "start_offset", start)
        target = i.argval if i.opcode in jumps else None
        column = None if i.positions is None else i.positions.col_offset
        has_arg = i.opcode >= dis.HAVE_ARGUMENT or i.opcode in getattr(dis, "hasarg", ())
        arg = i.arg if has_arg else None
        yield HostInstruction(start, i.opname, i.opcode, arg, target, column)


@pytest.mark.parametrize("name", FILES)
def test_instructions(name: str) -> None:
    """Each instruction of some large modules."""
    path = LIBRARY / name
    if not path.exists():
        pytest.skip(f"no {name} in this version")
    count = 0
    for code in codes_of(compile(path.read_bytes(), name, "exec")):
        found = HostCode(code).instructions
        assert found == list(by_dis(code))
        count += len(found)
    assert count > 1000


def test_long_arguments() -> None:
    """Jumps and constants beyond 255 and 65535, in loops and exception handlers."""
    body = "\n".join(f"        a = {n}.5; b = a.c{n}" for n in range(20000))
    source = (
        f"for i in x:\n    try:\n{body}\n    except E:\n        continue\n    while y:\n        z()"
    )
    (code,) = codes_of(compile(source, "long.py", "exec"))
    assert HostCode(code).instructions == list(by_dis(code))


def test_optimized() -> None:
    """The flag of code objects whose local variables are in slots."""
    assert variables._OPTIMIZED == inspect.CO_OPTIMIZED


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`dis.hasarg` is new in 3.12")
def test_arguments() -> None:
    """Which instructions have one."""
    for name, opcode in dis.opmap.items():
        if opcode < 256 and not name.startswith("INSTRUMENTED"):
            has_arg = opcode >= hostcode._FIRST_WITH_ARGUMENT
            assert has_arg == (opcode in dis.hasarg), name


def test_imports_little() -> None:
    """What takes long to import is not needed to run."""
    code = (
        "import sys, tauraro_jit.runtime.hostcode, tauraro_jit.layout.host; "
        "print({'dis', 'inspect', 'llvmlite'} & sys.modules.keys())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
