"""Loops that make, fill and empty lists: the output is the host's, destructors run when the host
runs them, and nothing leaks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, benchmark_programs, run_both, run_source, run_tiny

pytestmark = pytest.mark.sampled

NOISY = """
log = []
class Noisy:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
"""

PROGRAMS = {
    "destructors of rows that are replaced": NOISY
    + """
def replace(m, n):
    s = 0
    for i in range(n):
        m[i % 4] = [i]
        s += m[i % 4][0] + len(log) * 100
    return s
def shared(m, n):
    s = 0
    for i in range(n):
        part = m[i % 3 :]
        m[i % 4] = [i, len(log)]
        s += m[i % 4][0] + len(part) + m[(i + 1) % 4][0]
    return s
for k in range(9):
    print(replace([[1], [2], [3], [4]], 90))
    print(replace([[Noisy(1)], [2], [3, Noisy(2)], [[4, [Noisy(3)]]]], 90), log)
    print(shared([[1], [2], [3], [4]], 60))
    m = [[5, Noisy(4)], [2], [3, Noisy(5)], [4, [Noisy(6)]]]
    print(shared(m, 60), log)
    m = None
    print(log)
    log.clear()
    c = [[1], [2], [3], [4]]
    c[3].append(c)
    print(replace(c, 20), len(c))
""",
    "destructors of rows that are swapped and popped": NOISY
    + """
def swap(m, n):
    for i in range(n):
        a = i % 3; b = (i * 7 + 1) % 4
        m[a], m[b] = m[b], m[a]
    return [type(r[0]).__name__ for r in m]
def pop(m):
    s = 0
    while m:
        row = m.pop()
        s = s * 3 % 10007 + row[0]
    return s
for k in range(9):
    print(swap([[1], [2], [3], [4]], 100), swap([[Noisy(1)], [2], [3], [Noisy(4)]], 3), log)
    log.clear()
    print(pop([(i, i) for i in range(40)]), pop([[i] for i in range(40)]))
    print(pop([[i, Noisy(i) if i % 9 == 0 else 0] for i in range(30)]), log)
    log.clear()
""",
    "a list grows while it is iterated over": """
def grow(l, n):
    for x in l:
        if len(l) >= n: break
        l.append(x + 1)
    return sum(l)
def both(a, b, n):
    for i in range(n):
        a.append(b[-1] + i)
        b.append(len(a) % 7)
    return sum(a) + len(b)
for k in range(9):
    print(grow([1, 2, 3], 300), grow([1.5, 2, 3], 300), grow([True, 2**70], 60))
    same = [1]
    print(both([1], [2], 100), both(same, same, 100), len(same))
""",
    "zip and reversed": """
def run(a, b):
    s = 0
    for x, y in zip(a, b): s += x * y
    for x in reversed(a): s = s * 3 % 10007 + x
    for i, (x, y, z) in enumerate(zip(a, reversed(b), range(5, 500, 3))): s += x - y * z + i
    for x, y in zip(reversed(a), tuple(b)): s -= x * y
    return s
for k in range(5, 80):
    print(run(list(range(k)), [i * 0.5 for i in range(k + k % 3)]))
shared = zip([1, 2, 3, 4, 5, 6, 7, 8], (1, 2, 3, 4, 5, 6, 7, 8))
s = 0
for x, y in shared:
    s += x * y
    if x % 3 == 0: print(next(shared), s)
try:
    for x, y in zip(range(90), list(range(80)), strict=True): s += x * y
except ValueError as error:
    print(error, s)
last = None
for x, last in zip(range(50), [[i] for i in range(50)]): s += last[0]
print(s, last)
""",
    "other types in the middle": """
def fill(n, at, odd):
    out = []
    for i in range(n):
        x = odd if i == at else i
        out.append(x)
    return out
def double(l): return [x * 2 for x in l]
def doubled(n, at, odd):
    out = []
    l = [1, 2, 3]
    for i in range(n):
        if i == at: l[1] = odd
        out.append(double(l)[1])
    return out
for odd in (7, 0.5, True, "a", None, 2**70, [1], (1, 2)):
    for at in (0, 40, 79):
        l = fill(80, at, odd)
        print(l[at], len(l), sum(x for x in l if type(x) is int))
        if odd is not None: print(doubled(80, at, odd)[at])
try:
    for i in range(100):
        l = [1] * (i - 50)
        x = l[0] if i > 60 else 0
        y = l.pop() if i % 50 else l.pop()
except IndexError as error:
    print(error, i)
try:
    for i in range(100):
        m = [0] * (10**i if i > 40 else i)
except MemoryError as error:
    print(type(error).__name__, i)
except OverflowError as error:
    print(type(error).__name__, i)
""",
    "lists of another type": """
class L(list):
    def append(self, x): list.append(self, x + 1)
    def __len__(self): return 7
    def __bool__(self): return False
def fill(l, n):
    for i in range(n):
        l.append(i)
    while l:
        l.pop()
        if len(l) < 3: break
    return list(l), len(l)
for k in range(6):
    print(fill([], 50), fill(L(), 50))
""",
    "parts of lists are replaced and deleted": """
def tell(function, *args):
    try: return function(*args)
    except Exception as error: return type(error).__name__, str(error)
def surgery(a, n):
    t = 0
    for i in range(n):
        a[i % 5 : i % 7 + 2] = [i, i + 1, t % 100]
        del a[i % 4]
        if len(a) > 40: del a[5:30]
        a[2:2] = a[:3]
        a[-2:] = (i, t % 9)
        t = (t + a[3] * len(a)) % 100003
    return t, a
def delete(a, index, n):
    for i in range(n):
        a.append(i)
        del a[index]
    return a
def holes(a, n):
    for i in range(n):
        a[3:1] = [1]
        a[1000:] = [2]
        a[-1000:-999] = []
        a[: -len(a)] = a
        if len(a) > 50: a[:] = [1, 2, 3]
    return a
for k in range(6):
    print(tell(surgery, list(range(9)), 60), tell(surgery, [1.5] * 9, 60))
    print(tell(surgery, list(range(9)) + ["x", None], 60), tell(surgery, [1, 2], 60))
    print(tell(delete, [1, 2, 3], 1, 20), tell(delete, [1, 2, 3], -2, 20), tell(delete, [1], 7, 20))
    print(tell(delete, [1, "x", 3], 1, 20), tell(delete, [[1], 2, 3], 0, 20), tell(holes, [], 30))
""",
    "lists of ranges": """
def make(n, k):
    t = 0
    for i in range(n):
        p = list(range(i % 9, 12, k))
        p.append(t % 7)
        q = list(range(i % 5))
        p[len(q) % len(p)] += i
        t += sum(p) + len(q) + p[0]
    return t, p, q
for k in range(6): print(make(60, 2), make(60, -1), make(60, 5))
""",
    "threads": """
import threading
def work(out, n):
    row = []
    for i in range(n):
        row = [i, i + 1]
        out.append(row[0] + len(row))
    return sum(out)
results = []
def run(k):
    for _ in range(5): results.append(work([], 3000 + k))
threads = [threading.Thread(target=run, args=(k,)) for k in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results))
""",
}

FLAT = """
import gc, sys
def work(n, rows):
    out = 0
    grid = [[i, i + 1] for i in range(10)]
    stack = []
    for i in range(n):
        row = [i, i * 2, 3]
        part = rows[i % 5 :]
        collected = [x[0] + i for x in part]
        both = row + collected
        grid[i % 10] = [out % 7, i]
        stack.append((i, out % 5))
        if len(stack) > 20:
            a, b = stack.pop()
            c = stack.pop()
            out += a - b + c[1]
        big = [0] * 1000
        big[i] += 1
        p = (i, out)
        out = (out + sum(both) + len(part) + p[0] + grid[(i * 3) % 10][0] + big[5]) % 1000003
    return out
rows = [[i, 2] for i in range(8)]
def used():
    gc.collect()
    counts = [sys.getrefcount(rows), *map(sys.getrefcount, rows), sys.getrefcount(None)]
    return sys.getallocatedblocks(), counts
before = flat = None
for k in range(56):
    work(120, rows)
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


@pytest.mark.parametrize("mode", ["soon", "exits"])
def test_nothing_leaks(mode: str, tmp_path: Path) -> None:
    native = run_source(FLAT, tmp_path, *MODES[mode])
    assert native.output == "True\n"
    assert native.native > 0


@pytest.mark.parametrize("mode", ["soon", "exits"])
@pytest.mark.parametrize("path", benchmark_programs("collections"), ids=lambda path: path.stem)
def test_benchmark_programs(path: Path, mode: str, tmp_path: Path) -> None:
    host, native = run_tiny(path, tmp_path, *MODES[mode])
    assert (native.output, native.status) == (host.output, host.status)
    assert native.native > 0
