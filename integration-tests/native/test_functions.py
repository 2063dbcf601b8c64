"""Recursive functions: what they return, raise and show is the host's, and they become native."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_both, run_equal, run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "numbers": """
def fib(n):
    '''Fibonacci.'''
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
def tak(x, y, z):
    return z if y >= x else tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
def count(n, k):
    if n == 0: return 1
    if n < 0 or k == 0: return 0
    return count(n, k - 1) + count(n - k, k)
def permutations(n):
    total = 1
    for i in range(n):
        total += permutations(n - 1)
    return total
print(fib.__doc__, fib(15), fib(16), [fib(n) for n in range(12)])
print(ack(2, 5), ack(2, 6), tak(9, 6, 2), tak(8, 4, 1), count(30, 8), count(12, 3), permutations(5))
for k in range(6):
    print(fib(k + 8), ack(1, k), tak(k + 4, k, 1), count(k, 4), permutations(k))
""",
    "mutual": """
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
def female(n): return 1 if n == 0 else n - male(female(n - 1))
def male(n): return 0 if n == 0 else n - female(male(n - 1))
def first(n):
    if n > 0:
        return second(n - 1, n * 0.5) + 1
    return 0.25
def second(n, x):
    return third(n, x > 1) + x
def third(n, flag):
    return first(n - 1) if flag else first(n - 2)
for k in range(12):
    print(even(k), odd(k * 7), female(k), male(k), first(k * 5))
""",
    "arguments": """
LIMIT = 3
TABLE = [3, 1, 4, 1, 5, 9, 2, 6]
scale = 2.5
def gcd(a, b=12):
    return a if b == 0 else gcd(b, a % b)
def steps(a, b, /, count=0, *, unused=None):
    return count if b == 0 else steps(b, a % b, count=count + 1)
def collatz(n, length=0):
    if n == 1: return length
    return collatz(n // 2 if n % 2 == 0 else 3 * n + 1, length=length + 1)
def total(items, first=0, factor=1.0):
    if first == len(items): return 0.0
    return items[first] * factor * scale + total(items, first + 1, factor=factor / LIMIT)
def search(items, wanted, low, high):
    if low >= high: return low
    middle = (low + high) // 2
    if items[middle] < wanted: return search(items, wanted, middle + 1, high)
    return search(items, wanted, low, middle)
def table(n): return TABLE[n % 8] if n < 8 else TABLE[n % 8] + table(n - 3)
square = lambda n: 0 if n == 0 else 2 * n - 1 + square(n - 1)
def flag(n, up): return n if n > 20 or n < -20 else flag(n + 3 if up else n - 2, not up or n % 5)
for k in range(1, 9):
    print(gcd(k * 36, 120), gcd(k * 18), steps(1000 + k, 377), collatz(k), square(k * 4))
    print(table(k * 5))
    print(total(TABLE, 0), total((1, 2.5, k)), search(list(range(0, 90, k)), 41, 0, 90 // k))
    try: print(flag(k, True))
    except RecursionError: print("too deep")
""",
    "results_change": """
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
def power(x, n):
    if n == 0: return 1
    return x * power(x, n - 1)
def mixed(n): return n if n < 3 else mixed(n - 1) + 0.5
def none(n):
    if n > 0:
        none(n - 1)
def quotient(n): return 1 if n < 2 else n / quotient(n - 1)
def doubling(n):
    if n < 2: return (n, 1)
    a, b = doubling(n // 2)
    c, d = a * (2 * b - a), a * a + b * b
    return (d, c + d) if n % 2 else (c, d)
def pick(n): return "even" if n == 0 else "odd" if n == 1 else pick(n - 2)
for k in (3, 15, 20, 21, 25, 40, 5, 4):
    print(fact(k), power(2, k), power(0.5, k), power(3, 2 * k), mixed(k), none(k), quotient(k))
    print(fact(k + 0.5), pick(k), doubling(10 * k)[0])
""",
    "raises": """
import sys, traceback
def divide(n): return 1 // n if n == 0 else divide(n - 1) + 1
def check(n):
    if n < 0:
        raise ValueError(n)
    return check(n - 3) + 1
def unknown(n): return missing if n == 0 else unknown(n - 1)
def lookup(items, n): return items[n] + lookup(items, n + 1)
def forever(n): return forever(n + 1) + 1
for k in range(1, 12):
    for f in (divide, check, unknown):
        try: print(f(k))
        except Exception: traceback.print_exc(file=sys.stdout)
    try: lookup([1, 2, 3], 0)
    except IndexError: traceback.print_exc(file=sys.stdout)
for k in range(5):
    try: forever(0)
    except RecursionError as error: print("deep", error)
""",
    "redefined": """
import types
def f(n): return 0 if n == 0 else 1 + g(n - 1)
def g(n): return 0 if n == 0 else 2 + f(n - 1)
step = 1
def h(n): return step if n == 0 else step + h(n - 1)
def d(n, unit=1): return 0 if n == 0 else unit + d(n - 1)
def loop(times):
    total = 0
    for k in range(times):
        total += f(k % 20) + h(k % 20) + d(k % 10)
    return total
print(loop(50), f(9), h(9), d(9))
old = g
def g(n): return 0 if n == 0 else 100 + f(n - 1)
print(loop(50), f(9), h(9), d(9))
old.__code__ = (lambda n: -n).__code__
g = old
step = 5
d.__defaults__ = (7,)
print(loop(50), f(9), h(9), d(9))
f.__code__ = (lambda n: n * 3).__code__
step = 0.5
print(loop(50), f(9), h(9), d(9))
def len(x): return 5
def f(n): return 0 if n == 0 else len([]) + f(n - 1)
print(loop(50), f(9))
del len
print(loop(50), f(9))
for n in range(30):
    if n == 20:
        def h(m): return m
    n += h(n)
    step = n
    print(n, h(3))
""",
    "observed": """
import sys
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
def down(n):
    '''Down.'''

    return (0
        if n == 0
        else down(n - 1))
def events(install, function, argument):
    found = []
    def tool(frame, event, value):
        if frame.f_code.co_name in ("fib", "down"):
            line = frame.f_lineno - frame.f_code.co_firstlineno
            found.append((frame.f_code.co_name, event, line))
        return tool
    install(tool)
    try: function(argument)
    finally: install(None)
    return found
for k in range(6):
    print(fib(12), down(20))
    print(events(sys.settrace, fib, 3), events(sys.settrace, down, 2))
    print(events(sys.setprofile, fib, 4))
def locals_of(n): return sorted(sys._getframe().f_locals.items()) if n == 0 else locals_of(n - 1)
def caller(n): return sys._getframe(1).f_code.co_name if n == 0 else caller(n - 1)
for k in range(5): print(locals_of(3), caller(k))
""",
    "changes": """
seen = []
d = {0: 0, 1: 5}
st = set()
class P:
    def __init__(self): self.x = 0.0
p = P()
def a(n):
    if n == 0: return 1
    seen.append(n)
    return a(n - 1) + 1
def b(n):
    if n == 0: return d[0]
    d[n] = n
    return b(n - 1) + d[n % 2]
def c(n):
    if n == 0: return 0
    d[n % 2] = d[n % 2] + 1
    return c(n - 1) + d[1]
def e(n):
    if n == 0: return p.x
    p.x = p.x + 0.5
    return e(n - 1) + p.x
def f(n):
    if n == 0: return 0
    st.add(n)
    return f(n - 1) + len(st)
def g(items, n):
    if n == 0: return 0
    items[n % 3] = items[n % 3] + n
    return g(items, n - 1) + items[0]
def h(items, n):
    if n == 0: return 0
    x = items.pop()
    r = h(items, n - 1) + x
    items.append(x)
    return r
def i(n):
    l = [k for k in range(n)]
    return len(l) if n == 0 else i(n - 1) + sum(l)
def j(o, n):
    if n == 0: return o.x
    o.x = o.x + 1.0
    return j(o, n - 1) + o.x
def k(n):
    global total
    total = total + n
    return 0 if n == 0 else k(n - 1) + total
total = 0
def loop(m):
    s = 0
    items = [1, 2, 3, 4, 5, 6]
    for r in range(m):
        s += a(r % 4) + b(r % 3) + c(r % 5) + f(r % 4) + i(r % 3) + k(r % 3)
        s += g(items, r % 5) + h(items, r % 4)
        s += int(e(r % 3)) + int(j(p, r % 4))
    return s, len(seen), sorted(d.items()), p.x, len(st), items, total
for r in range(6):
    print(a(r), b(r), c(r), e(r), f(r), g([1, 2, 3], r), i(r), j(p, r), k(r))
    print(h([1, 2, 3, 4, 5, 6], r))
    print(loop(13 * r))
for r in range(12):
    if r < 3:
        print(a(r % 4), len(seen))
def drive(fn, m):
    s = 0
    for r in range(m): s += fn(r % 4)
    return s
for fn in (a, b, c, e, f, i, k):
    for m in (5, 40, 41):
        print(fn.__name__, drive(fn, m), len(seen), sorted(d.items()), p.x, len(st), total)
""",
    "callbacks": """
import functools, threading
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def digits(n, base=10): return n if n < base else n % base + digits(n // base, base)
def order(a, b): return 0 if a == b == 0 else (a % 2 - b % 2 or order(a // 2, b // 2))
def generated(n): yield from (fib(k) for k in range(n))
class Number:
    def __init__(self, value): self.value = value
    def __lt__(self, other): return digits(self.value) < digits(other.value)
    def __add__(self, other): return Number(fib(self.value % 12) + fib(other.value % 12))
    @property
    def size(self): return fib(self.value % 15)
for k in range(6):
    print(sorted(range(40, 60), key=digits), list(map(fib, range(10))), list(generated(8 + k)))
    print(sorted(range(20), key=functools.cmp_to_key(order)), functools.reduce(order, range(9)))
    numbers = sorted(Number(n * n + k) for n in range(9))
    print([n.value for n in numbers], (numbers[0] + numbers[1]).value, [n.size for n in numbers])
    print(max(range(99), key=digits), sum(fib(n) for n in range(k)), {n: fib(n) for n in range(k)})
    print(f"{fib(k + 5)} {digits(k ** 9)}", [*filter(digits, (0, 5, 10))], fib(fib(4)))
    results = []
    threads = [threading.Thread(target=lambda: results.append(fib(14))) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(results)
try: fib()
except TypeError as error: print(error)
try: fib(1, 2)
except TypeError as error: print(error)
print(fib(*[9]), fib(**{"n": 8}), digits(255, base=2), digits(base=16, n=255))
""",
    "left_alone": """
def walk(n):
    if n: yield from walk(n - 1)
    yield n
def inner(n):
    def fib(k): return k if k < 2 else fib(k - 1) + fib(k - 2)
    return fib(n)
class Tree:
    def __init__(self, depth): self.parts = [Tree(depth - 1) for _ in range(2)] if depth else []
    def size(self): return 1 + sum(part.size() for part in self.parts)
seen = []
def note(n):
    seen.append(n)
    return n if n == 0 else note(n - 1)
def stars(*args, **options): return len(args) if not args else stars(*args[1:], **options)
def captured(n):
    get = lambda: n
    return get() if n < 2 else captured(n - 1) + get()
import functools
@functools.lru_cache(None)
def cached(n): return n if n < 2 else cached(n - 1) + cached(n - 2)
def text(n): return "" if n == 0 else text(n - 1) + str(n)
async def wait(n): return 0 if n == 0 else 1 + await wait(n - 1)
for k in range(7):
    print(list(walk(k)), inner(k + 6), Tree(3).size(), note(k), stars(1, 2, 3, k=k), captured(k))
    print(cached(k * 9), text(k), len(seen))
    try: wait(k).send(None)
    except StopIteration as error: print(error.value)
""",
}

MODES = (
    ("--jit-threshold=1", "--jit-sync"),
    ("--jit-threshold=3", "--jit-sync"),
    ("--jit-threshold=50", "--jit-sync"),
    ("--jit-threshold=1", "--jit-sync", "--jit-stress=exits"),
)
NATIVE = {
    "numbers": 5,
    "mutual": 5,
    "arguments": 7,
    "results_change": 2,
    "redefined": 6,
    "callbacks": 3,
}
"""How many functions and loops become native at least, with a threshold of 1."""


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, mode: tuple[str, ...], tmp_path: Path) -> None:
    """Output and errors are the host's."""
    found = run_equal(name, PROGRAMS[name], tmp_path, *mode)
    if mode == MODES[0]:
        assert found.native >= NATIVE.get(name, 0)


DEPTH = """
import sys
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
def sums(n): return 0 if n == 0 else n + others(n - 1)
def others(n): return 0 if n == 0 else n + sums(n - 1)
def deepest(function):
    low, high = 1, 100_000
    while low + 1 < high:
        middle = (low + high) // 2
        try:
            function(middle)
            low = middle
        except RecursionError:
            high = middle
    return low
print(deepest(deep), deepest(sums))
sys.setrecursionlimit(500)
print(deepest(deep), deepest(sums))
sys.setrecursionlimit(150_000)
print(deep(100_000), sums(100_001))
"""


@pytest.mark.parametrize("mode", [(), *MODES], ids=" ".join)
def test_depth(mode: tuple[str, ...], tmp_path: Path) -> None:
    """Recursion ends where the interpreter's does, give or take the entry's own frame."""
    path = tmp_path / "deep.py"
    path.write_text(DEPTH)
    expected, found = run_host(path), run_program(path, *mode)
    numbers = [list(map(int, re.findall(r"\d+", run.output))) for run in (expected, found)]
    assert found.errors == expected.errors == ""
    assert numbers[0][4:] == numbers[1][4:] == [100_000, 5_000_150_001]
    for host, native in zip(numbers[0][:4], numbers[1][:4], strict=True):
        assert abs(host - native) <= host * 0.05


THREADS = """
import sys, threading
sys.setrecursionlimit(200_000)
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
def wide(n, a, b, c, d, e, x):
    if n == 0: return a + b + c + d + e
    return wide(n - 1, b, c, d, e, a + 1, x * 0.5) + wide(n // 9, e, d, c, b, a, x + a) % 7
results = []
def work(depth): results.append((deep(depth), wide(depth // 100, 1, 2, 3, 4, 5, 0.5)))
print(deep(3000))
for size in (32, 64, 256, 1024, 0):
    threading.stack_size(size * 1024)
    for depth in (100, 20_000, 300, 20_000):
        thread = threading.Thread(target=work, args=(depth,))
        thread.start()
        thread.join()
        print(size, depth, results[-1])
several = [threading.Thread(target=work, args=(500,)) for _ in range(8)]
for thread in several: thread.start()
for thread in several: thread.join()
print(len(set(results[-8:])))
"""


@pytest.mark.parametrize("mode", [(), *MODES], ids=" ".join)
def test_small_stacks(mode: tuple[str, ...], tmp_path: Path) -> None:
    """Where a thread's stack has no room for more the interpreter goes on."""
    path = tmp_path / "threads.py"
    path.write_text(THREADS)
    expected, found = run_host(path), run_program(path, *mode)
    assert (found.output, found.errors, found.status) == (expected.output, "", 0)


SIGNALS = """
import signal, threading, time
class Late(Exception): pass
def handler(number, frame): raise Late(frame.f_code.co_name)
signal.signal(signal.SIGALRM, handler)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20), fib(21), fib(22))
for k in range(5):
    started = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        print(fib(60))
    except Late as error:
        print("late in", error)
    if time.perf_counter() - started > 20:
        print("much too late")
ticks = []
done = threading.Event()
def tick():
    while not done.wait(0.005):
        ticks.append(1)
thread = threading.Thread(target=tick)
thread.start()
while len(ticks) < 5:
    fib(27)
done.set()
thread.join()
print("ticked", fib(24))
"""


@pytest.mark.parametrize("mode", [(), *MODES[:2]], ids=" ".join)
def test_signals_and_threads(mode: tuple[str, ...], tmp_path: Path) -> None:
    """A handler runs in the middle of native recursion, and other threads get their turn."""
    path = tmp_path / "signals.py"
    path.write_text(SIGNALS)
    expected, found = run_host(path), run_program(path, *mode)
    assert (found.output, found.errors, found.status) == (expected.output, "", 0)


SAMPLED = {
    "called once": """
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(31))
""",
    "called from a loop": """
def gcd(a, b): return a if b == 0 else gcd(b, a % b)
def main(n):
    total = 0
    for a in range(1, n):
        for b in range(1, a):
            total += gcd(a, b)
    return total
print(main(1300))
""",
}


@pytest.mark.parametrize("name", SAMPLED)
def test_found_by_sampling(name: str, tmp_path: Path) -> None:
    """Recursive functions are found as loops are, or the loops that call them."""
    expected, found = run_both(SAMPLED[name], tmp_path)
    assert (found.output, found.errors) == (expected.output, "")
    assert found.native >= 1
