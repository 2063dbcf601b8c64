"""The host's count of frames can be made one less, and only that changes."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from tauraro_vm.cli.depth import uncount_frame

def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n

before = depth()
done = [uncount_frame() for _ in range(int(sys.argv[1]))]
print(done, depth() - before, sys.getrecursionlimit())
sys.setrecursionlimit(2000)
print(depth() - before)
"""


def run(times: int) -> list[str]:
    command = [sys.executable, "-c", PROGRAM, str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_one_more_level() -> None:
    assert run(0) == ["[] 0 1000", "1000"]
    assert run(1) == ["[True] 1 1000", "1001"]
    assert run(3) == ["[True, True, True] 3 1000", "1003"]


def test_nothing_happens_where_it_cannot_be_done() -> None:
    program = "import sys; sys.modules['_ctypes'] = None\n" + PROGRAM
    done = subprocess.run(
        [sys.executable, "-c", program, "1"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[False] 0 1000", "1000"]
