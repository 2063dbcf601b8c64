"""Closures, exceptions and functions that store: what they do is the host's, and it is native."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "closures": """
import sys
def make_random(seed):
    state = seed
    def draw(limit):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2147483648
        return state % limit
    return draw
def make_average(weight):
    mean = 0.0
    def add(value):
        nonlocal mean
        mean += (value - mean) * weight
        return mean
    return add, lambda: mean
def line(a, b, c):
    def value(x): return (a * x + b) * x + c
    return value
def compose(first, second): return lambda x: second(first(x))
def square(x): return x * x
def integrate(function, low, high, steps):
    width = (high - low) / steps
    total = 0.0
    for i in range(steps): total += function(low + (i + 0.5) * width)
    return total * width
def apply(function, times, value):
    for _ in range(times): value = function(value) % 1000003
    return value
draw = make_random(7)
add, mean = make_average(0.25)
for k in range(4):
    curve = line(1.0 + k, -2.0, 0.5)
    print(integrate(curve, 0.0, 2.0, 30), integrate(compose(square, curve), 0.0, 1.0, 30))
    print(integrate(square, 0.0, 1.0, 30), integrate(line(1, 2, 3), 0, 3, 20))
    print(apply(line(3, 5, k), 30, 2), apply(lambda n: n * 7 + k, 30, 1), apply(square, 9, 3))
    for _ in range(40):
        x = add(draw(100))
    print(x, mean(), draw(9))
def shared(n):
    count = 0
    def visit(x):
        nonlocal count
        count += x
        return count
    total = 0
    for i in range(n):
        total += visit(i)
        count += 1
    return total, count
def siblings(n):
    count = 0
    def up():
        nonlocal count
        count += 1
    def get(): return count
    def run():
        nonlocal count
        seen = 0
        for i in range(n):
            up()
            seen += get()
            count += i % 2
            seen += get() * 3
        return seen
    def only():
        seen = 0
        for i in range(n):
            up()
            seen += get() * 2
        return seen
    return run(), count, only(), count
def changing(n):
    factor = 2
    def scale(x): return x * factor
    def other(x): return x - factor
    out = []
    for part in range(3):
        total = 0
        for i in range(n): total += scale(i)
        out.append(total)
        factor = (3, 2.5, "ab")[part]
        if part == 1: scale = other
    try:
        for i in range(n): total += scale(i)
    except TypeError as error: out.append(str(error))
    del factor
    try:
        for i in range(n): total += scale(i)
    except NameError as error: out.append(str(error))
    return out
def big(n):
    power = 2 ** 58
    def double():
        nonlocal power
        power += power
        return power
    for i in range(n): last = double()
    return last, power
def tables(n):
    table, names = [3, 1, 4, 1, 5], {1: 2, 2: 3}
    def look(i): return table[i % 5] + i
    def store(i):
        table[i % 5] += 1
        return table[(i + 1) % 5]
    total = 0
    for i in range(n):
        total += look(i)
        total += store(i)
    return total, table
for k in (3, 30, 31):
    print(shared(k), siblings(k), changing(k), big(k), tables(k))
before = [sys.getrefcount(make_random), sys.getrefcount(draw.__closure__[0])]
for _ in range(50): integrate(line(0.5, 1.0, 2.0), 0.0, 1.0, 20)
print(before == [sys.getrefcount(make_random), sys.getrefcount(draw.__closure__[0])])
""",
    "exceptions": """
import sys
class Refused(Exception): pass
class Worse(Refused): pass
class Loud(Exception):
    def __init__(self, value):
        log.append(value)
log = []
def convert(x):
    if x % 17 == 0: raise Refused(x)
    if x % 19 == 0: raise KeyError
    if x % 23 == 0: raise Worse(x, "worse")
    if x % 29 == 0: raise Loud(x)
    return x * 3 % 1000
def ratio(a, b):
    try: return a // b
    except ZeroDivisionError: return -1
def deep(x):
    try: return convert(x)
    except (KeyError, IndexError): return 7
def guarded(x):
    try: return deep(x) + 1
    finally: log.append(x) if x % 31 == 0 else None
def main(n, start=0):
    refused = total = failed = keys = 0
    table = list(range(950))
    found = [0] * 5
    for i in range(start, start + n):
        try:
            value = convert(i * 7)
            total += table[value]
        except Worse:
            found[3] += 1
        except Refused:
            refused += 1
            found[1] += i
        except IndexError:
            total -= 1
        except (KeyError, Loud):
            keys += 1
        else:
            total += ratio(value, i % 5)
        finally:
            failed += 1
        try:
            if i % 3: total += 1
            elif i % 5 == 0: raise ValueError("x", i)
            total += deep(i)
        except Refused: total -= 2
        except ValueError: found[2] += i
        except Loud: total += 1
    return refused, total, failed, keys, found, len(log)
def loops(n):
    items = list(range(10))
    caught = total = 0
    for i in range(n):
        try:
            total += items[i % 12]
            for k in range(3):
                if (i + k) % 7 == 0: break
                try:
                    if k == 2: continue
                    total += 1
                except ValueError: total += 100
            while True:
                try:
                    total += 1
                    if total % 3: raise KeyError
                    break
                except KeyError: total += 1
        except IndexError:
            caught += 1
            continue
        if i % 10 == 0:
            try:
                if i % 4: continue
                total += 3
            finally: total += 1
    return total, caught
def divided(n):
    total = 0.0
    count = 0
    for i in range(n):
        try: total += 10 / (i % 4)
        except ZeroDivisionError: count += 1
        try: total += (i * 0.5) % (i % 3)
        except ZeroDivisionError as error: count += len(str(error)) > 3
        try: total += 7 % (i % 2)
        except ArithmeticError: count += 2
        except Exception: count += 1000
    return total, count
def uncaught(n):
    total = 0
    for i in range(n):
        try:
            total += i
            if i == n - 3: raise Refused(i)
        except KeyError: total -= 1
    return total
def nested(n):
    total = 0
    for i in range(n):
        try:
            try:
                if i % 4 == 0: raise KeyError(i)
                if i % 5 == 0: raise IndexError
                total += i
            except KeyError: total += 1000
        except LookupError: total += 50
        try:
            for k in range(i % 6):
                if k == 4: raise StopIteration
                total += k
        except RuntimeError: total += 1
        except StopIteration: total += 5
    return total
for size in (5, 60, 61):
    print(main(size), main(size, 1000), loops(size), divided(size), nested(size))
for size in (9, 40):
    try: uncaught(size)
    except Refused as error:
        frames = error.__traceback__
        print(repr(error), frames.tb_lineno, frames.tb_next.tb_lineno, error.__context__)
def attempt():
    try: print(main(60), sys.exc_info(), len(log))
    except Exception as error: print(repr(error), error.__traceback__.tb_next.tb_lineno)
class Worse(Exception): pass
attempt()
class Worse(Refused): pass
attempt()
Refused.__init__ = lambda self, *values: log.append("made")
attempt()
class ValueError(Exception): pass
attempt()
print(uncaught(40))
""",
    "stores": """
import sys
def place(column, size, rows, rising, falling):
    if column == size: return 1
    found = 0
    for row in range(size):
        if rows[row] or rising[row + column] or falling[row - column + size - 1]: continue
        rows[row] = rising[row + column] = falling[row - column + size - 1] = True
        found += place(column + 1, size, rows, rising, falling)
        rows[row] = rising[row + column] = falling[row - column + size - 1] = False
    return found
def sort(items, low, high):
    if low >= high: return
    pivot = items[(low + high) // 2]
    i, j = low, high
    while i <= j:
        while items[i] < pivot: i += 1
        while items[j] > pivot: j -= 1
        if i <= j:
            items[i], items[j] = items[j], items[i]
            i += 1
            j -= 1
    sort(items, low, j)
    sort(items, i, high)
class Node:
    def __init__(self): self.count, self.total = 0, 0.5
node = Node()
def count(n):
    node.count += 1
    node.total += n
    if n < 2: return 1
    return count(n - 1) + count(n - 2)
def hanoi(n, a, b, pegs):
    if n == 0: return
    hanoi(n - 1, a, 3 - a - b, pegs)
    pegs[a] -= n
    pegs[b] += n * 1000
    hanoi(n - 1, 3 - a - b, b, pegs)
def grow(n, i, items):
    if n == 0: return 0
    items[i] = items[i] + items[1 - i]
    return grow(n - 1, 1 - i, items) + 1
def bad(n, items):
    items[n] = n
    if n == 0: return 0
    return bad(n - 1, items) + items[n + 3]
def fill(n, items, value):
    if n == 0: return 0
    items[n % 7] = value
    return fill(n - 1, items, value) + items[(n + 1) % 7]
def several(n):
    items = [0] * 7
    total = 0
    for i in range(n):
        total += fill(i % 5, items, i) + fill(i % 3, items, 2 ** (i % 70)) * 2
        items[3] = total % 1000
        total = fill(3, items, 1) - total % (2 ** 40)
    return total, items
def twice(n, items):
    if n == 0: return items[0]
    items[0] += 1
    a = twice(n - 1, items)
    items[1] += a
    return a + (items[1] if n % 2 else items[5 - n % 3])
for n in range(4, 8):
    free = [False] * n
    print(n, place(0, n, free, [False] * (2 * n), [False] * (2 * n)), free)
state, items = 5, []
for i in range(300):
    state = state * 48271 % 2147483647
    items.append(state)
marker = items[7]
references = sys.getrefcount(marker)
sort(items, 0, 299)
print(items == sorted(items), sys.getrefcount(True) > 3)
floats = [x * 0.37 % 11 for x in range(200)]
sort(floats, 0, 199)
print(floats == sorted(floats))
for k in range(12): print(count(k), node.count, node.total)
pegs = [5050, 0, 0]
for k in range(8): hanoi(k, 0, 2, pegs)
print(pegs)
for k in range(6):
    numbers = [2 ** 60, 2 ** 61]
    print(grow(k, 0, numbers), numbers)
for k in range(4):
    x = [0] * 8
    try: bad(7, x)
    except IndexError as error: print(error, x)
    x = [0] * 2000
    try: bad(1999, x)
    except (RecursionError, IndexError) as error: print(type(error), sum(x) > 100)
for k in (2, 40, 41):
    print(several(k), twice(k % 6, [1, 2, 3, 4, 5, 6]))
same = [1, 2, 3, 4, 5, 6, 7]
print(fill(6, same, 1.5), same, fill(6, same, True), same, fill(4, same, None) if k < 0 else same)
def blocks():
    for k in range(30):
        sort(list(items), 0, 299)
        several(20)
        count(9)
    return sys.getallocatedblocks()
for k in range(3): first = blocks()
print(blocks() - first < 200)
""",
}

MODES = (
    ("--jit-threshold=1", "--jit-sync"),
    ("--jit-threshold=3", "--jit-sync"),
    ("--jit-threshold=50", "--jit-sync"),
    ("--jit-threshold=1", "--jit-sync", "--jit-stress=exits"),
)


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(tmp_path: Path, name: str, mode: tuple[str, ...]) -> None:
    path = tmp_path / "app.py"
    path.write_text(PROGRAMS[name])
    want, got = run_host(path), run_program(path, *mode)
    assert (got.output, got.errors, got.status) == (want.output, want.errors, want.status)
    assert got.native > 3
