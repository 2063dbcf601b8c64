"""Loops over bytes, bytearrays, arrays, memoryviews and NumPy's arrays: the output is the host's,
whatever becomes of a buffer, and nothing leaks."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, benchmark_programs, run_both, run_source, run_tiny

pytestmark = pytest.mark.sampled

TELL = """
import sys
from array import array
def tell(function, *args):
    try: return function(*args)
    except Exception as error:
        trace, lines = error.__traceback__, []
        while trace:
            lines.append(trace.tb_lineno)
            trace = trace.tb_next
        return type(error).__name__, str(error), lines[1:]
"""

PROGRAMS = {
    "elements of all types": TELL
    + """
def go(a, n, step):
    total = 0
    for i in range(n):
        a[i] = a[i] + step
        a[-1 - i] = a[i]
        total += a[i]
    return total, a.tolist() if hasattr(a, "tolist") else list(a)
for code in "bBhHiIlLqQfd":
    for start, step in ((5, 3), (100, 20), (0, -1), (250, 1), (2**15 - 9, 2), (2**31 - 9, 2)):
        for view in (False, True):
            def run():
                a = array(code, [start] * 9)
                return go(memoryview(a) if view else a, 9, step)
            print(code, start, step, view, tell(run))
print(tell(go, array("Q", [2**63 + 5, 2**64 - 3] * 4), 8, 1))
print(tell(go, array("d", [1.5] * 8), 8, 2**70), tell(go, array("f", [0.1] * 8), 8, 0.2))
print(tell(go, array("f", [1e38] * 8), 8, 3e38), tell(go, array("d", [1e308] * 8), 8, 1e308))
print(tell(go, bytearray(range(20)), 10, 5), tell(go, bytearray(b"\\xfa" * 20), 10, 1))
print(tell(go, bytearray(range(20)), 30, 1), tell(go, bytes(9), 4, 1), tell(go, array("i"), 1, 1))
print(tell(go, memoryview(b"abc"), 2, 1), tell(go, memoryview(bytearray(9))[::2], 4, 1))
print(tell(go, memoryview(bytearray(9)).cast("?"), 4, 1), tell(go, array("b", [1] * 8), 8, True))
""",
    "values that do not belong": TELL
    + """
class Five:
    def __index__(self): return 5
class Data(bytearray):
    def __getitem__(self, index): return 7
    def __setitem__(self, index, value): super().__setitem__(index, 1)
class Numbers(array):
    def __getitem__(self, index): return 8
def store(a, values):
    for i in range(len(values)):
        a[i] = values[i]
        a[0] = a[i]
    return list(a)
def read(a, indexes):
    total = 0
    for i in indexes:
        total += a[i]
    return total
for k in range(3):
    zeros = [0] * 9
    for a in (bytearray(9), array("h", zeros), array("d", zeros), Data(9), Numbers("h", zeros)):
        print(tell(store, a, [1, 2, 3]), tell(store, a, [1, True, 3]), tell(store, a, [1, 2, 3.5]))
        print(tell(store, a, [1, 2, 300]), tell(store, a, [1, -1, 3]), tell(store, a, [1, Five()]))
        print(tell(store, a, [1, None]), tell(store, a, [1, "x"]), tell(store, a, [1, 2**80]))
        print(tell(read, a, [1, 2, -3]), tell(read, a, [1, 2, True]), tell(read, a, [1, 2, 9]))
        print(tell(read, a, [1, 2, -10]), tell(read, a, [1, 2, 1.0]), tell(read, a, [1, Five()]))
    print(tell(read, b"abc", [0, 1, 2]), tell(read, memoryview(b"abc"), [0, -1, 3]))
""",
    "iteration": TELL
    + """
def count(data):
    low = high = 0
    for byte in data:
        if byte > 4: high += byte
        else: low += 1
    return low, high
def numbered(data):
    total = 0
    for i, value in enumerate(data, 3):
        total = (total * 7 + i * value) % 10007
    return total
def inner(rows):
    total = 0
    for row in rows:
        for value in row:
            total += value
        for k, value in enumerate(row):
            total += k * value
    return total
def two(a, b):
    total = 0
    for x, y in zip(a, b):
        total += x * y
    return total
text = bytes(range(60))
view = memoryview(text)
for data in (text, bytearray(text), array("h", range(50)), view, view[::-2]):
    print(tell(count, data), tell(numbered, data), tell(inner, [data] * 5), tell(two, data, data))
    print(tell(inner, [data, data, [1.5], text, data]), tell(count, iter(data)))
    rest = iter(data)
    next(rest); next(rest)
    print(count(rest), list(rest), count(data[:0]))
print(count([9, 2]), count(text), count(memoryview(array("d", [1.5, 9.5]))), count("") )
""",
    "a buffer changes its size": TELL
    + """
def grow(data, n):
    total = 0
    for i in range(n):
        total += data[i % len(data)]
        if i % 11 == 5: data.append(i % 200)
        if i % 17 == 3: data.extend(data[:2])
        if i % 23 == 7: data.pop(0)
        data[-1] = total % 100
    return total, len(data)
def chase(data):
    total = 0
    for value in data:
        total += value
        if len(data) < 200: data.append(value % 100 + 1)
    return total
def held(data, n):
    total = 0
    for i in range(n):
        if i == n // 2:
            view = memoryview(data)
        if i % 10 == 9: data.append(1)
        total += data[i]
    return total
for k in range(4):
    print(tell(grow, bytearray(b"abc"), 99), tell(grow, array("i", [1, 2, 3]), 99))
    print(tell(chase, bytearray(b"abc")), tell(chase, array("h", [5, 6])))
    print(tell(held, bytearray(90), 80), tell(held, array("i", [1] * 90), 80))
""",
    "views that are released": TELL
    + """
def use(view, n, when):
    total = 0
    for i in range(n):
        total += view[i]
        if i == when: view.release()
    return total
def made(data, n):
    total = 0
    for i in range(n):
        with memoryview(data) as view:
            view[i] = i
        total += data[i]
    return tell(len, view), total
for k in range(5):
    data = bytearray(range(50))
    print(tell(use, memoryview(data), 50, k * 10), tell(use, memoryview(data)[3:], 40, 99))
    gone = memoryview(data)
    gone.release()
    print(tell(use, gone, 10, 5), tell(made, data, 40))
    del data[3:]
    print(len(data))
""",
    "several views of one buffer": TELL
    + """
def mix(a, b, n):
    total = 0
    for i in range(n):
        a[i] += 1
        total = (total * 3 + b[i % len(b)]) % 65521
        b[(i * 5) % len(b)] = a[i] % 100
        total += a[-1 - i]
    return total
def put(a, i, value):
    a[i] = value
    a[i + 1] = a[i] + 1
def twice(a, b, i):
    put(a, i, i % 50)
    put(b, i, i % 70)
    return a[i] + b[i] + a[i + 1]
def calls(a, b, n):
    total = 0
    for i in range(n):
        total += twice(a, b, i)
    return total
for k in range(3):
    data = bytearray(range(64))
    whole = memoryview(data)
    words, longs, shifted = whole.cast("H"), whole.cast("I"), whole[1:5 * 8 + 1].cast("h")
    print(mix(data, data, 30), mix(data, whole, 30), mix(words, data, 30), mix(words, words, 9))
    print(mix(words, longs, 12), mix(shifted, words, 12), mix(longs, shifted, 6))
    print(mix(whole[::-1], whole, 40), calls(data, data, 60), calls(data, whole, 60))
    print(calls(words, shifted, 9), calls(whole[1:], data, 60))
    print(calls(whole[::3], whole, 20), data.hex())
""",
    "buffers in lists, attributes and globals": TELL
    + """
class Image:
    def __init__(self, width, height):
        self.width = width
        self.data = array("B", bytes(width * height))
    def set(self, x, y, value):
        self.data[y * self.width + x] = value
    def get(self, x, y):
        return self.data[y * self.width + x]
def draw(image, n):
    for i in range(n):
        image.set(i % 8, i % 6, i % 256)
    total = 0
    for y in range(6):
        for x in range(image.width):
            total += image.get(x, y) * (x + y)
    return total
def sum_rows(rows, n):
    total = 0
    for i in range(n):
        for k in range(4):
            total += rows[i % len(rows)][k]
            rows[(i + 1) % len(rows)][k] = total % 100
    return total
TABLE = array("L", range(256))
LETTERS = b"the letters"
def look(n):
    result = 1
    for i in range(n):
        result = TABLE[(result ^ LETTERS[i % 11]) & 255] ^ result >> 1
        result += i * 77
    return result
for k in range(4):
    image = Image(8, 6)
    print(draw(image, 100), tell(draw, image, 2000))
    print(sum_rows([array("d", [1.5] * 4), array("d", [2.5] * 5)], 40))
    print(sum_rows([bytearray(4), [1] * 4, array("h", [2] * 4)], 40))
    print(tell(sum_rows, [bytearray(4), bytearray(3)], 40), look(200))
    image.data = bytearray(48)
    print(draw(image, 90))
    TABLE[3] += 1
    LETTERS += b"." if k == 2 else b""
""",
    "threads and buffers": """
import threading
from array import array
shared = array("l", [0]) * 4
def work(data, n, k):
    for i in range(n):
        data[i % len(data)] = (data[i % len(data)] * 3 + i) & 255
        shared[k] += 1
    return sum(data)
results = []
def run(k):
    for _ in range(4): results.append(work(bytearray(300 + k), 3000, k))
threads = [threading.Thread(target=run, args=(k,)) for k in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results), shared.tolist())
""",
}

NUMPY = {
    "loads and stores": TELL
    + """
import numpy as np
def prefix(a):
    for i in range(1, len(a)):
        a[i] = a[i] + a[i - 1]
    return a
def add(a, b, c, n, m):
    for i in range(n):
        for j in range(m):
            c[i, j] = a[i, j] * 2 + b[j, i]
    return c
def to_list(a, n):
    out = []
    for i in range(n):
        out.append(int(a[i]))
        out.append(float(a[-1 - i]))
    return out
for code in "?bBhHiIlLqQfdgeF":
    base = np.arange(12).astype(code)
    for a in (base.copy(), base[::-1].copy()[::2], base.copy()[::-1]):
        print(code, tell(prefix, a), tell(to_list, a, 5))
grid = np.arange(20.0).reshape(4, 5)
print(tell(add, grid, grid.T.copy(), np.zeros((4, 5)), 4, 5))
print(tell(add, grid[:, ::2], grid.T[::2], np.zeros((4, 3), "f4"), 4, 3))
print(tell(add, grid, grid.T, np.zeros((4, 5), "i4"), 4, 5), tell(add, grid, grid.T, grid, 4, 6))
fixed = np.zeros((4, 5))
fixed.flags.writeable = False
print(tell(add, grid, grid.T, fixed, 4, 5), tell(add, grid, grid.T, np.zeros(5), 4, 5))
swapped = np.arange(9.0).astype(">f8")
print(tell(prefix, swapped), tell(prefix, np.ma.array([1.5, 2.5, 3.5] * 4)))
print(tell(prefix, np.frombuffer(bytes(33)[1:], "d").copy()), tell(prefix, np.zeros((3, 3))))
""",
    "scalars": TELL
    + """
import numpy as np, warnings
warnings.simplefilter("always")
def total(a, t):
    for i in range(len(a)):
        t += a[i]
    return t, type(t).__name__
def operate(a, b, n):
    p = q = r = s = None
    for i in range(n):
        p = a[i] + b[i]
        q = (a[i] - 3) * b[i]
        r = a[i] > b[i]
        s = a[i] / 4
    return [(x, type(x).__name__) for x in (p, q, r, s)]
def ints(a, n):
    x = a[0]
    for i in range(n):
        x = x * 3 + a[i] // 2 - a[i] % 7
        x = x & 0xFFFF ^ a[i] | 1
        if x > 20000 or not a[i]: x = x - 1
    return x, type(x).__name__
def count(a, limit):
    found = 0
    for x in a:
        if x > limit: found += 1
    return found, type(x).__name__, x
def index(a, table, n):
    for i in range(n):
        table[a[i]] += 1
        for k in range(a[i], a[i] + 2):
            table[0] += k
    return table
arrays = [np.arange(30), np.arange(30.0) * 0.5, np.arange(30) > 9]
for a in arrays + [np.arange(30, dtype=code) for code in ("i4", "u1", "f4", "u8")]:
    for start in (0, 0.0, np.float64(1.5), np.int64(7), True, 2**70):
        print(tell(total, a, start))
    print(tell(operate, a, a[::-1], 30), tell(count, a, 9), tell(count, a, 9.5))
    print(tell(count, a, a[3]), tell(count, a, 300), tell(count, a, -1))
    print(tell(ints, a, 30), tell(index, a, [0] * 40, 30))
print(tell(total, np.array([2**62] * 5), 0), tell(total, np.array([1e308] * 5), 0.0))
print(tell(total, np.array([1.0, np.nan, np.inf, 2.0]), 0.0))
print(tell(operate, np.ones(5), np.zeros(5), 5))
print(tell(operate, np.array([1e-200, 5e-324] * 5), np.array([1e-200, 0.5] * 5), 10))
print(tell(operate, np.array([3, 0, 5] * 5), np.array([1, 2, 2] * 5), 15))
with np.errstate(all="raise"):
    print(tell(total, np.array([1e308] * 5), 0.0))
    print(tell(operate, np.array([1e-200] * 10), np.array([1e-200] * 10), 10))
""",
    "arrays that change": TELL
    + """
import numpy as np
class Loud(np.ndarray):
    def __getitem__(self, index): return 1.25
def use(a, n):
    total = 0.0
    for i in range(n):
        total = total + float(a[i])
        a[i] = i
        if i == 20: a.flags.writeable = False
        if i == 30 and n > 33: a.resize(n + 5, refcheck=False)
    return total
def shared(a, b, n):
    for i in range(n):
        a[i] = b[i] + 1
        b[-1 - i] = a[i] * 2
    return a.sum(), b.sum()
for k in range(4):
    a = np.arange(40.0)
    print(tell(use, a + 0, 15), tell(use, a + 0, 32), tell(use, np.arange(40), 19))
    print(tell(use, a.view(Loud), 15), tell(use, np.arange(3.0), 9))
    print(tell(shared, a, a, 20), tell(shared, a[1:], a[:-1], 20))
    print(tell(shared, a[::2], a[::-2], 15))
    print(tell(shared, a.view("f4"), a, 15))
""",
}

FLAT = """
import gc, sys
from array import array
def work(n, data, rows, view):
    total = 0
    for i in range(n):
        data[i % len(data)] = (total + i) & 255
        row = rows[i % 3]
        row[i % 4] = row[(i + 1) % 4] + 0.5
        total += data[(i * 7) % len(data)] + view[i % 50]
        for x in row:
            total += int(x) & 1
    return total
data, rows = bytearray(100), [array("d", [1.0] * 4) for _ in range(3)]
view = memoryview(data)
def used():
    gc.collect()
    counts = [sys.getrefcount(x) for x in (data, rows, view, *rows, None)]
    return sys.getallocatedblocks(), counts
before = flat = None
for k in range(56):
    work(120, data, rows, view)
    now = used()
    flat = k < 30 or (flat and now == before)
    before = now
print(flat)
"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_output_is_the_hosts(name: str, mode: str, tmp_path: Path) -> None:
    host, native = run_both(PROGRAMS[name], tmp_path, *MODES[mode])
    assert (native.output, native.errors, native.status) == (host.output, host.errors, host.status)
    assert native.native > 0


@pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="NumPy is not installed")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NUMPY)
def test_numpy_gives_what_it_gives_under_the_host(name: str, mode: str, tmp_path: Path) -> None:
    host, native = run_both(NUMPY[name], tmp_path, *MODES[mode])
    assert (native.output, native.errors, native.status) == (host.output, host.errors, host.status)
    assert native.native > 0


@pytest.mark.parametrize("mode", ["soon", "exits"])
def test_nothing_leaks(mode: str, tmp_path: Path) -> None:
    native = run_source(FLAT, tmp_path, *MODES[mode])
    assert native.output == "True\n"
    assert native.native > 0


@pytest.mark.parametrize("mode", ["soon", "exits"])
@pytest.mark.parametrize("path", benchmark_programs("buffers"), ids=lambda path: path.stem)
def test_benchmark_programs(path: Path, mode: str, tmp_path: Path) -> None:
    host, native = run_tiny(path, tmp_path, *MODES[mode])
    assert (native.output, native.status) == (host.output, host.status)
    assert native.native > 0
