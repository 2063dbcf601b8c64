"""Recursive methods and closures: what they return, store, raise and show is the host's, and they
become native."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_equal

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "closures": """
def count_queens(size):
    full = (1 << size) - 1
    solutions = 0
    def place(columns, rising, falling):
        nonlocal solutions
        if columns == full:
            solutions += 1
            return
        free = full & ~(columns | rising | falling)
        while free:
            bit = free & -free
            free ^= bit
            place(columns | bit, (rising | bit) << 1, (falling | bit) >> 1)
    place(0, 0, 0)
    return solutions
def count_sums(parts, target):
    def ways(position, left):
        if left == 0: return 1
        if left < 0 or position == len(parts): return 0
        return ways(position, left - parts[position]) + ways(position + 1, left)
    return ways(0, target)
def mutual(n, scale):
    calls = 0.0
    def even(k):
        nonlocal calls
        calls += scale
        return True if k == 0 else odd(k - 1)
    def odd(k): return False if k == 0 else even(k - 1)
    return [even(k) for k in range(n)], calls
def deep(items):
    best = -1
    def outer(n):
        def inner(i, total):
            nonlocal best
            if total > best: best = total
            if i < n: inner(i + 1, total + items[i]); inner(i + 1, total)
        inner(0, 0)
    for n in range(len(items)): outer(n)
    return best
for k in range(1, 8):
    print(count_queens(k), count_sums([1, 2, 5], 4 * k), mutual(k * 2, 0.5))
    print(deep([k, -2, 3, 1.5][:k]))
""",
    "closures_differ": """
import sys
def make(step, limit):
    total = 0
    def down(n):
        nonlocal total
        total += step
        return 0 if n <= limit else down(n - 1) + step
    def swap(other):
        nonlocal down
        old, down = down, other
        return old
    def report(): return total
    return down, swap, report
a, swap_a, report_a = make(1, 0)
b, swap_b, report_b = make(10, 3)
c, swap_c, report_c = make(0.5, 1)
def loop(function, times):
    s = 0
    for k in range(times): s += function(k % 9)
    return s
for k in range(4):
    print(loop(a, 40), loop(b, 40), report_a(), report_b())
old = swap_a(b)
print(loop(a, 40), loop(old, 30), report_a(), report_b())
swap_a(lambda n: -n)
print(loop(old, 40), loop(a, 9), report_a(), report_b())
swap_a(old)
print(loop(old, 40), loop(c, 40), report_a(), report_c())
for k in range(12): print(a(k), b(k), c(k))
try: swap_b(None), b(9)
except TypeError as error: print(error, report_b())
print(loop(c, 20), a.__closure__[0].cell_contents is not None)
del old
print([sys.getrefcount(cell) for f in (a, c) for cell in f.__closure__])
def unbound(n):
    def f(k): return missing if k == 0 else f(k - 1)
    if n < 0: missing = 1
    try: return f(n)
    except NameError as error: return str(error)
for k in range(9): print(unbound(k))
""",
    "closures_raise": """
import traceback, sys
def search(items, wanted):
    seen = 0
    def find(low, high):
        nonlocal seen
        seen += 1
        if low > high: raise LookupError(wanted, seen)
        middle = (low + high) // 2
        if items[middle] == wanted: return middle
        if items[middle] < wanted: return find(middle + 1, high)
        return find(low, middle - 1)
    try: return find(0, len(items) - 1), seen
    except LookupError as error:
        lines = traceback.format_exc().splitlines()
        return error.args, len(lines), lines[-3:], seen
for k in range(30):
    print(search(list(range(0, 60, 2)), k * 2), search(list(range(0, 60, 2)), k * 2 + 1))
def overflow(n):
    product = 1
    def grow(k):
        nonlocal product
        product *= k
        return product if k == 1 else grow(k - 1) + 1
    return grow(n), product
for k in (3, 5, 12, 20, 21, 25, 30, 4): print(overflow(k))
def forever():
    depth = 0
    def f(n):
        nonlocal depth
        depth = n
        return f(n + 1) + 1
    try: f(0)
    except RecursionError: return depth > 500
for k in range(4): print(forever())
""",
    "parser": """
import sys
class Parser:
    def __init__(self, text):
        self.text = text
        self.position = 0
    def expression(self):
        value = self.term()
        while self.text[self.position] in "+-":
            operator = self.text[self.position]
            self.position += 1
            right = self.term()
            value = value + right if operator == "+" else value - right
        return value
    def term(self):
        value = self.factor()
        while self.text[self.position] in "*%":
            operator = self.text[self.position]
            self.position += 1
            right = self.factor()
            value = value * right % 1_000_003 if operator == "*" else value % (right + 1)
        return value
    def factor(self):
        if self.text[self.position] == "(":
            self.position += 1
            value = self.expression()
            if self.text[self.position] != ")":
                raise SyntaxError(f"at {self.position}")
            self.position += 1
            return value
        value = 0
        while "0" <= self.text[self.position] <= "9":
            value = value * 10 + ord(self.text[self.position]) - 48
            self.position += 1
        return value
text = "1+2*(3+4*(5-6)%7)-8*(9+10)*(11-(12-13))%(14*(15+16*(17)))+" * 20
for k in range(8):
    parser = Parser(text + str(k) + "$")
    print(parser.expression(), parser.position)
    for wrong in ("(1+2*(3$)", "1+(2*3", "", "1+99999999999999999999*9$"):
        parser = Parser("7*(1+2)+" * 5 + wrong)
        try: print(parser.expression(), parser.position)
        except (SyntaxError, IndexError) as error: print(repr(error), parser.position)
print(sys.getrefcount(parser), sys.getrefcount(parser.position) > 1)
""",
    "trees": """
class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right, self.visits = value, left, right, 0
    def total(self):
        self.visits += 1
        found = self.value
        if self.left is not None: found += self.left.total()
        if self.right is not None: found += self.right.total()
        return found
    def depth(self):
        left = 0 if self.left is None else self.left.depth()
        right = 0 if self.right is None else self.right.depth()
        return 1 + max(left, right)
    def contains(self, value):
        if self.value == value: return True
        child = self.left if value < self.value else self.right
        return child is not None and child.contains(value)
    def scale(self, factor):
        self.value *= factor
        if self.left: self.left.scale(factor)
        if self.right: self.right.scale(factor)
class Loud(Node):
    def total(self): return 1000 + Node.total(self)
def build(low, high, kind=Node):
    if low >= high: return None
    middle = (low + high) // 2
    return kind(middle, build(low, middle), build(middle + 1, high))
tree = build(0, 40)
for k in range(25):
    s = 0
    for j in range(6): s += tree.total() + tree.depth() + tree.contains(j * 7) + tree.contains(-j)
    print(s, tree.visits)
    if k == 8: tree.left.left = build(0, 9, Loud)
    if k == 12: tree.right.right.value = 0.5
    if k == 15: tree.scale(3)
    if k == 18: tree.right.total = lambda: 5
    if k == 20: Node.depth = lambda self: 3
    if k == 22: tree.right.value = "x"; tree.right.__dict__.pop("total")
    if k == 22:
        try: tree.total()
        except TypeError as error: print(error, tree.visits, tree.left.visits)
        tree.right.value = 1
""",
    "methods": """
class Counter:
    limit = 5
    def __init__(self): self.count, self.rate, self.flags = 0, 0.5, [0, 0, 0]
    def down(self, n):
        self.count += 1
        self.rate *= 1.25
        if self.rate > 1e6: self.rate = 0.5
        self.flags[n % 3] += n
        return 0 if n <= 0 else self.down(n - 1) + self.up(n - 2)
    def up(self, n): return n if n > self.limit else self.down(n - 1) - 1
    def text(self, s, i): return 0 if i == len(s) else ord(s[i]) + self.text(s, i + 1)
    def first(self, c, i): return i if c == "d" else self.first("abcd"[i % 4], i + 1)
    def known(self, d, n): return d[n] if n in d else self.known(d, n - 1) + 1
    def add(self, seen, n):
        seen.add(n)
        return len(seen) if n == 0 else self.add(seen, n - 1)
    def size(self, items): return 0 if not items else 1 + self.size(items[1:])
    @property
    def double(self): return self.count * 2
    @staticmethod
    def fact(n): return 1 if n == 0 else n * Counter.fact(n - 1)
    @classmethod
    def of(cls, n): return cls.limit if n == 0 else cls.of(n - 1) + 1
class Other(Counter):
    limit = 2
    def up(self, n): return 1
counters = [Counter(), Other(), Counter()]
for k in range(40):
    for counter in counters:
        print(counter.down(k % 6), counter.count, counter.rate, counter.flags, end=" ")
    s, short, letters, table = 0, "h\\xe4llo"[: k % 5 + 1], "abcd", {0: 5, 3: 2}
    for j in range(5): s += counters[0].text(short, 0)
    for j in range(5): s += counters[0].first(letters[j % 3], j)
    for j in range(5): s += counters[0].known(table, j) + counters[0].add({k}, j)
    for j in range(5): s += counters[0].size("abc"[j:])
    for j in range(5): s += Counter.fact(j) + Other.of(j) + counters[1].double
    for j in range(5): counters[2].down(j)
    print(s)
    if k == 20: Counter.limit = 2.5
    if k == 30: counters[0].count = 2**70
""",
    "observed": """
import sys, gc, threading, signal
class Walker:
    def __init__(self): self.steps = 0
    def walk(self, n):
        self.steps += 1
        return 1 if n < 2 else self.walk(n - 1) + self.walk(n - 2)
walker = Walker()
def outer(n):
    count = 0
    def walk(k):
        nonlocal count
        count += 1
        return 1 if k < 2 else walk(k - 1) + walk(k - 2)
    return walk(n), count
events = []
def trace(frame, event, argument):
    if frame.f_code.co_name == "walk": events.append((event, frame.f_lineno))
    return trace
for k in range(12):
    print(walker.walk(k), walker.steps, outer(k))
    if k % 4 == 3:
        sys.settrace(trace)
        walker.walk(3), outer(3)
        sys.settrace(None)
        print(len(events), events[-3:])
threads = [threading.Thread(target=outer, args=(12,)) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
before = sys.getrefcount(walker), len(gc.get_objects()) // 1000
for k in range(300): outer(6)
gc.collect()
print(before[0] == sys.getrefcount(walker), outer(15), walker.walk(15), walker.steps)
""",
}
MODES = (
    ("--jit-threshold=1", "--jit-sync"),
    ("--jit-threshold=20", "--jit-sync"),
    ("--jit-threshold=2", "--jit-sync", "--jit-stress=exits"),
)
NATIVE = {"closures": 4, "closures_differ": 2, "closures_raise": 2, "parser": 2, "trees": 1}
NATIVE |= {"methods": 1, "observed": 1}
"""How many functions and loops become native at least, with a threshold of 1."""


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str, mode: tuple[str, ...], tmp_path: Path) -> None:
    """Output and errors are the host's."""
    found = run_equal(name, PROGRAMS[name], tmp_path, *mode)
    if mode == MODES[0]:
        assert found.native >= NATIVE[name]
