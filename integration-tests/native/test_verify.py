"""`--jit-verify`: equal code is not complained of; wrong code is caught, and told of by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

from .programs import benchmark_programs, tiny_copy

pytestmark = pytest.mark.sampled

OPTIONS = ("--jit-verify", "--jit-threshold=2", "--stats")

MIXED = """\
import random

class Point:
    def __init__(self, x):
        self.x = x

def step(point, amount):
    point.x += amount

def main(n):
    grid = [[0.0] * 5 for _ in range(4)]
    pairs, counts, seen, point = [], {}, set(), Point(1.5)
    nested, text, total = grid, "", 0
    count = n
    while count > 0:
        count -= 1
        for x, row in enumerate(nested):
            for y in range(5):
                row[y] = row[y] + 0.5 * x
                if y == 3 and count % 5 == 0:
                    break
        step(point, 0.25)
        pairs.append((count, point.x))
        counts[count % 7] = counts.get(count % 7, 0) + 1
        seen.add(count % 11)
        text = text + "ab"
        total += random.random() < 0.5
    return grid, pairs[-1], counts, sorted(seen), point.x, len(text)

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def closure():
    total = 0
    def add(n):
        nonlocal total
        for i in range(n):
            total += i
    add(200)
    return total

print(main(300), fib(12), closure())
numbers = [i * 0.5 for i in range(200)]
for i in range(199):
    numbers[i] = numbers[i] + numbers[i + 1]
print(sum(numbers))
"""

WRONG = """\
def main(n):
    xs, x = [1.5, 2.5, 3.5], 0.0
    for i in range(n):
        x = x + 1.25
        xs[i % 3] = xs[i % 3] + 1.0
    return x, xs

main(400)
"""

LEAKING = """\
def main(n):
    xs = [[], [1], [2, 3]]
    first = xs[0]
    for i in range(n):
        first = xs[i % 3]
    return first

main(400)
"""

SABOTAGE = """\
import sys
from tauraro_jit.ir.ops import Op
{how}
sys.argv[0] = "tauraro"
from tauraro_vm.cli import main
main()
"""


def run(
    text: str, folder: Path, *options: str, sabotage: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program through the command, with the compiler changed by a piece of Python."""
    (folder / "app.py").write_text(text)
    (folder / "command.py").write_text(SABOTAGE.format(how=sabotage))
    return subprocess.run(
        [sys.executable, "command.py", *OPTIONS, *options, "app.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        timeout=300,
    )


def compared(report: str) -> int:
    """How many entries were."""
    found = re.search(r"compared with tier 0: ([\d,]+) entries", report)
    assert found, report
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("stress", [(), ("--jit-stress=exits",)])
def test_equal_code_is_not_complained_of(stress: tuple[str, ...], tmp_path: Path) -> None:
    done = run(MIXED, tmp_path, *stress)
    told, _, report = done.stderr.partition("tauraro: what ran where")
    assert (told, done.returncode) == ("", 0)
    assert compared(report) >= 10
    assert "0 differed" in report


def test_wrong_numbers_are_caught_and_named(tmp_path: Path) -> None:
    change = """
from tauraro_jit.llvm import tables
tables.SIMPLE[Op.FADD] = "fsub double"
"""
    done = run(WRONG, tmp_path, sabotage=change)
    lines = done.stderr.splitlines()
    assert lines[0].endswith("app.py:3 in main: native code differs from tier 0")
    assert lines[1].startswith("  where it was left: ")
    assert re.fullmatch(
        r"  x: native code has -[\d.]+ \(float\), tier 0 [\d.]+ \(float\)", lines[2]
    )
    assert any(line.startswith("  xs[1]: native code has ") for line in lines)
    assert re.search(r"^tauraro: native code differed from tier 0 \w+", done.stderr, re.MULTILINE)
    assert done.returncode == 1


def test_references_are_counted(tmp_path: Path) -> None:
    """Each object that is given to the frame is referred to once more than it should be."""
    change = """
from tauraro_jit.runtime import trampoline_values as values
functions = values.value_functions
def leaking(offsets):
    found = "\\n".join(functions(offsets))
    marked = found.replace("call void @Py_IncRef(ptr %held)", TWICE)
    assert marked != found
    return [marked]
TWICE = "call void @Py_IncRef(ptr %held)\\n  call void @Py_IncRef(ptr %held)"
values.value_functions = leaking
from tauraro_jit.runtime import trampoline
trampoline.value_functions = leaking
compile_ir = trampoline.compile_ir
def anew(*arguments, keep, **options):
    return compile_ir(*arguments, keep=False, **options)
trampoline.compile_ir = anew
"""
    done = run(LEAKING, tmp_path, sabotage=change)
    assert re.search(r"  references to <list> in \S+: \+\d+ that nothing holds", done.stderr), (
        done.stderr
    )
    assert done.returncode == 1


def test_a_status_of_the_programs_own_is_kept(tmp_path: Path) -> None:
    change = """
from tauraro_jit.llvm import tables
tables.SIMPLE[Op.FADD] = "fsub double"
"""
    done = run(f"{WRONG}raise SystemExit(7)", tmp_path, sabotage=change)
    assert done.returncode == 7
    assert "differed from tier 0" in done.stderr


THREADED = """\
import threading
end = threading.Event()
thread = threading.Thread(target=end.wait)
thread.start()
for i in range(100):
    pass
end.set()
thread.join()
"""

HANDLING = """\
import signal
signal.signal(signal.SIGCHLD, print)
for i in range(100):
    pass
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [(THREADED, "other threads run"), (HANDLING, "the program handles SIGCHLD")],
    ids=["threads", "children"],
)
def test_what_cannot_be_compared_is_counted(text: str, reason: str, tmp_path: Path) -> None:
    done = run(text, tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
    assert re.search(rf"\d+ not compared: {reason}", done.stderr), done.stderr


def test_nothing_of_it_is_seen(tmp_path: Path) -> None:
    """Neither forks nor children nor signals nor another sequence of random numbers."""
    text = """
import os, random, signal, sys, time
random.seed(5)
os.register_at_fork(before=lambda: print("fork"), after_in_parent=lambda: print("forked"))
sys.addaudithook(lambda event, _: print(event) if "fork" in event else None)
signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
total = 0
for i in range(2000):
    if i == 1000:
        signal.raise_signal(signal.SIGALRM)
    total += i
print(total, random.random())
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no children")
"""
    expected = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True
    )
    done = run(text, tmp_path)
    assert (done.stdout, done.returncode) == (expected.stdout, 0)
    assert compared(done.stderr) >= 2


@pytest.mark.parametrize(
    "name", ["collections/json_decoder", "objects/ledger_history", "functions/mutual_recursion"]
)
def test_benchmarks_are_equal(name: str, tmp_path: Path) -> None:
    group, _, stem = name.partition("/")
    path = next((p for p in benchmark_programs(group) if p.stem == stem), None)
    if path is None:
        path = benchmark_programs(group)[0]
    text = tiny_copy(path, tmp_path).read_text()
    done = run(text, tmp_path)
    told, _, report = done.stderr.partition("tauraro: what ran where")
    assert (told, done.returncode) == ("", 0)
    assert compared(report) >= 1
