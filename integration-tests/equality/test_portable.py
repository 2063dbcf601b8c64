"""A `.tbc` file made on one host is what every other host would have made, and each tier runs it
without the source.

The payload's digest is recorded: as all hosts make these bytes, a host that runs its own runs
those of the others. (Not so where the hosts' parsers differ: positions inside of f-strings.)
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tauraro_frontend.bytecode.container import unpack
from tauraro_frontend.pipeline import compile_source

PROGRAM = '''"""What a program has: every kind of scope, and most statements."""
import asyncio
from contextlib import suppress


class Stack(list):
    """A list with a limit."""

    __limit = 3

    def push(self, *items, check=True, **named):
        for item in (*items, *named.values()):
            if check and len(self) >= self.__limit:
                raise OverflowError("full", item)
            self.append(item)
        else:
            return self

    @property
    def top(self):
        return self[-1] if self else None


def counter(start=0):
    count = start

    def step(by: int = 1) -> int:
        nonlocal count
        count += by
        return count

    return step


def shapes(value):
    match value:
        case {"kind": "point", **rest} if rest:
            return sorted(rest)
        case [first, *_, last] | (first, last):
            return first, last
        case str() | None:
            return repr(value)
        case _:
            return -1j


def generate(limit):
    try:
        while (received := (yield limit)) is not None:
            limit -= received
    finally:
        print("closed at", limit)


async def gather(*delays):
    async def one(delay):
        await asyncio.sleep(0)
        return delay * 2

    return [await task for task in [one(delay) for delay in delays]]


stack = Stack().push(1, 2.5, name="x")
print(stack, stack.top, counter(5)(by=2))
try:
    stack.push(b"y")
except* OverflowError as group:
    print(group.exceptions[0].args)
print([shapes(v) for v in ({"kind": "point", "x": 1}, [1, 2, 3], "s", None, 7)])
steps = generate(10)
next(steps)
print(steps.send(3))
with suppress(StopIteration):
    steps.send(None)
print(asyncio.run(gather(1, 2)), {k: v for k, v in zip("ab", (i ** 2 for i in range(2)))})
print(0x7FFFFFFFFFFFFFFFFFFF % 1000, -0.0, 1e309, 3 < 4 <= 4 != 5, not stack, "%s" % (~5 >> 1,))
'''

PRINTED = """\
[1, 2.5, 'x'] x 7
('full', b'y')
[['x'], (1, 3), "'s'", 'None', (-0-1j)]
7
closed at 7
[2, 4] {'a': 0, 'b': 1}
87 -0.0 inf True False -3
"""

DIGEST = "19f56bfc0475e5ffb093100e4155b32d"
"""Of the payload. It changes with the format, the instruction table and the program above."""


def test_every_host_makes_the_same_bytes() -> None:
    payload = unpack(compile_source(PROGRAM, "program.py")).payload
    assert hashlib.blake2b(payload, digest_size=16).hexdigest() == DIGEST


@pytest.mark.parametrize("options", [(), ("--jit=off",), ("--tier=host",), ("--tier=interp",)])
def test_each_tier_runs_it_without_the_source(options: tuple[str, ...], tmp_path: Path) -> None:
    source, bytecode = tmp_path / "program.py", tmp_path / "program.tbc"
    source.write_text(PROGRAM)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-m", "tauraro_vm"]

    def run(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [*command, *words], cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout, done.stderr

    assert run("compile", str(source), "-o", str(bytecode)) == (0, "", "")
    source.unlink()
    assert run(*options, str(bytecode)) == (0, PRINTED, "")
