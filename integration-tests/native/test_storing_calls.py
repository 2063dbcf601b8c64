"""Functions whose loops store, called from hot loops: they are native with the loop that calls.
What they store, raise and show is the host's, wherever native code has to give up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_both, run_equal, run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "kinds": """
def scale(items, factor):
    for i in range(len(items)):
        items[i] = items[i] * factor
def count(items, step):
    for i in range(len(items)):
        items[i] += step
        items[i] -= i
    return items[0]
def flags(items, k):
    i = 0
    while i < len(items):
        items[i] = i % 3 == k % 3
        i += 1
def mixed(items, k):
    for i in range(len(items)):
        items[i] = items[i] + 0.5 if i % 2 else items[i] - 1
def prefix(items):
    total = 0
    for i in range(len(items)):
        total += items[i]
        items[i] = total
    return total
def borders(items, k):
    for i in range(len(items)):
        items[i] = (2**30 - 2 + k) * (1 - 2 * (i % 2)) if k % 3 else i * k - 7
reals, ints = [1.5, 2.5, -0.0, 1e300], [1, 300, -4, 2**29, 2**40]
bools, both = [True] * 5, [1, 2.5, 3]
sums, edges = [0.25, 1.5, 2.5], [1, 2, 3, 4]
keep = reals[0], ints[1]
def main(rounds):
    total = 0
    for k in range(rounds):
        scale(reals, 1.0 + k % 3)
        total += count(ints, k)
        flags(bools, k)
        mixed(both, k)
        prefix(sums)
        borders(edges, k)
        if k % 20 == 0:
            print(k, reals, ints, bools, both, sums, edges, keep)
            sums[0], sums[1], sums[2] = 0.25, k / 4, -1.0
    return total
print(main(15), main(70))
scale(ints, 2)
for k in range(30): scale(ints, 2); count(reals, 1)
print(ints, reals, keep)
reals[2] = "x"
try:
    for k in range(9): scale(reals, 2)
except TypeError as error: print(error)
print(reals)
ints[3] = 2**70
for k in range(9): count(ints, 2)
print(ints)
""",
    "gives_up": """
import traceback, sys
def fill(table, items, factor):
    for i in range(len(items)):
        items[i] = items[i] + table[i] * factor
    for i in range(len(items)):
        items[i] = items[i] / (table[i] - 3)
    return items[-1]
def index(items, n):
    for i in range(n):
        items[i] += 1
def late(items, k):
    for i in range(len(items)):
        items[i] += i
        if items[i] == k: raise ValueError(i)
        if items[i] == k + 1: return i
    return -1
def run(times, table, items):
    for k in range(times):
        try: fill(table, items, k)
        except ZeroDivisionError: traceback.print_exc(file=sys.stdout)
for position in range(4):
    table, items = [1, 2, 5, 7], [0.5, 1.5, 2.5, 3.5]
    run(12, table, items)
    table[position] = 3
    run(2, table, items)
    table[position] = 3.5
    run(12, table, items)
    table[position] = 2**80
    run(2, table, items)
    print(items)
def over(size, times):
    items = [10 * i for i in range(size)]
    try:
        for k in range(times):
            index(items, min(k, 12))
    except IndexError: traceback.print_exc(file=sys.stdout)
    return items
for size in (1, 5, 9, 20): print(over(size, 40))
def search(times):
    items, found = [0] * 7, []
    for k in range(times):
        try: found.append(late(items, k * 3))
        except ValueError as error: found.append(str(error))
    return items, found
print(search(40))
""",
    "nested": """
class Grid:
    def __init__(self, size):
        self.rows = [[float(i * j % 5) for j in range(size)] for i in range(size)]
        self.steps = 0
        self.change = 0.0
    def smooth(self):
        rows = self.rows
        size = len(rows)
        self.change = 0.0
        for i in range(1, size - 1):
            row, above, below = rows[i], rows[i - 1], rows[i + 1]
            for j in range(1, size - 1):
                value = (row[j - 1] + row[j + 1] + above[j] + below[j]) * 0.25
                self.change += abs(value - row[j])
                row[j] = value
        self.steps += 1
        return self.change
def transform(data, inverse):
    n = len(data)
    half = n // 2
    while half:
        for start in range(0, n, 2 * half):
            for i in range(start, start + half):
                a, b = data[i], data[i + half]
                data[i], data[i + half] = a + b, a - b
        half //= 2
    if inverse:
        for i in range(n): data[i] /= n
def both(data, times):
    for k in range(times):
        transform(data, False)
        permute(data, k)
        transform(data, True)
def permute(data, k):
    for i in range(0, len(data) - 1, 2):
        if (i + k) % 3 == 0:
            data[i], data[i + 1] = data[i + 1], data[i]
grid = Grid(9)
last = [grid.smooth() for _ in range(6)]
for k in range(40): last.append(grid.smooth())
print(last[::5], grid.steps, grid.rows[4])
data = [float(i * i % 7) for i in range(16)]
for k in range(12): both(data, k % 4)
print(data)
data = [1, 2, 3, 4]
for k in range(12): transform(data, False)
print(data, type(data[0]))
""",
    "same_objects": """
def axpy(a, x, y):
    for i in range(len(x)):
        y[i] += a * x[i]
        x[i] -= y[i] / 1024
def swap(items, other):
    for i in range(len(items)):
        items[i], other[i] = other[i], items[i]
x = [1.0, 2.0, 3.0]
y = [0.5, 0.25, 0.125]
alias, first, kept = x, x[0], [x[1], y[2]]
for k in range(30):
    axpy(0.5, x, x)
    axpy(0.25, x, y)
    swap(x, y)
    swap(y, y)
    if k % 7 == 0: print(x, y, alias is x, first, kept)
    if k % 7 == 3: kept = [x[0], y[0]]; first = y[1]
    if k == 15: x[0] = x[1] = x[2] = y[0]
    if k == 22: x[1] = 5
print(x, y, first, kept)
""",
    "observed": """
import sys, threading, signal, gc
class Stop(Exception): pass
def work(items, n):
    for k in range(n):
        for i in range(len(items)):
            items[i] = (items[i] * 3 + k) % 10007
    return items[0]
def total(times, items, n):
    t = 0
    for k in range(times):
        t += work(items, n)
    return t
print(total(30, [1, 2, 3], 5))
ticks = []
stop = threading.Event()
def tick():
    while not stop.wait(0.0005): ticks.append(1)
thread = threading.Thread(target=tick)
thread.start()
seen = 0
while len(ticks) < 5: seen = total(40, list(range(50)), 40)
print(seen)
stop.set()
thread.join()
others = [[k] * 20 for k in range(3)]
threads = [threading.Thread(target=total, args=(30, each, 30)) for each in others]
for each in threads: each.start()
for each in threads: each.join()
print([each[:3] for each in others])
def handler(*_): raise Stop
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    total(10**9, [1, 2, 3], 30)
except Stop: print("stopped")
lines = set()
def trace(frame, event, argument):
    if frame.f_code is work.__code__: lines.add(frame.f_lineno)
    return trace
sys.settrace(trace)
print(total(5, [4, 5], 3))
sys.settrace(None)
print(sorted(lines))
box = [float(k) for k in range(10)]
def half(items):
    for i in range(len(items)): items[i] = items[i] * 0.5 + 1.0
def halves(n):
    for k in range(n): half(box)
halves(50)
gc.collect()
before = sys.getrefcount(box[3]), sys.getrefcount(None) // 100
halves(5000)
print(sys.getrefcount(box[3]) == before[0], box[:4])
""",
}
MODES = (
    ("--jit-threshold=1", "--jit-sync"),
    ("--jit-threshold=20", "--jit-sync"),
    ("--jit-threshold=2", "--jit-sync", "--jit-stress=exits"),
)
NATIVE = {"kinds": 6, "gives_up": 5, "nested": 6, "same_objects": 3, "observed": 4}
"""How many loops become native at least, with a threshold of 1."""


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, mode: tuple[str, ...], tmp_path: Path) -> None:
    """Output and errors are the host's."""
    found = run_equal(name, PROGRAMS[name], tmp_path, *mode)
    if mode == MODES[0]:
        assert found.native >= NATIVE[name]


CALLED = """
def relax(items, weight):
    for i in range(1, len(items) - 1):
        items[i] += weight * (items[i - 1] - 2.0 * items[i] + items[i + 1])
def main(rounds):
    items = [float(i % 7) for i in range(40)]
    for k in range(rounds):
        relax(items, 0.01)
    return sum(items)
print(main({rounds}))
"""


def test_the_loop_that_calls_is_found(tmp_path: Path) -> None:
    """The loop around the calls comes round often: it is native, and the loops that it calls are
    not native by themselves."""
    expected, found = run_both(CALLED.replace("{rounds}", "200_000"), tmp_path)
    assert found.output == expected.output
    assert ":7 in main: native" in found.report
    assert "in relax: native" not in found.report


LEAK = """
import gc, os, resource, sys
def shift(items, table, k):
    for i in range(len(items)):
        items[i] = items[i] + table[(i + k) % 8]
    return items[0]
def main(rounds):
    items, table = [1000.5 + i for i in range(8)], [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, "x"]
    failed = 0
    for k in range(rounds):
        try:
            shift(items, table, k)
        except TypeError:
            failed += 1
    return failed, items[0] > 0
def size():
    with open("/proc/self/statm") as file: return int(file.read().split()[1])
main(20_000)
before = size()
print(main(100_000))
print(size() - before < 500, file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the host has no /proc")
def test_calls_that_are_undone_leak_nothing(tmp_path: Path) -> None:
    """Each call stores, and fails at another item: what it has stored is put back, and done again
    by the host."""
    path = tmp_path / "leak.py"
    path.write_text(LEAK)
    expected = run_host(path)
    found = run_program(path, "--jit-threshold=2", "--jit-sync")
    assert found.output == expected.output
    assert found.errors == expected.errors == "True\n"
