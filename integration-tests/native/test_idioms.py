"""What programs often do around hot loops: methods in variables, `super()`, defaults, decorators,
and what they change in the middle of them."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, run_equal

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "super of classes that change": """
        class A:
            def f(self): return 1
        class B(A):
            def f(self): return super().f() + 1
        class C(A):
            def f(self): return 100
        def run(b, n):
            s = 0
            for k in range(n):
                s += b.f()
                if k == n // 2: A.f = lambda self: 50
                if k == n // 2 + 30: b.__class__ = C
            return s
        print(run(B(), 300), run(B(), 300))
        """,
    "super that raises": """
        import traceback
        class A:
            def f(self, k): return 10 // (k - 150)
        class B(A):
            def f(self, k): return super().f(k) + super(B, self).f(k)
        def run(b):
            s = 0
            for k in range(300):
                try:
                    s += b.f(k)
                except ZeroDivisionError:
                    traceback.print_exc()
                    s += 1
            return s
        print(run(B()))
        """,
    "methods in variables": """
        import sys
        def run(n):
            items, other = [], []
            append, pop, extend = items.append, items.pop, items.extend
            get = {k: k * k for k in range(50)}.get
            join = "-".join
            s = 0
            for k in range(n):
                append(k)
                if k % 5 == 4:
                    s += pop() + pop()
                s += get(k % 60, 7)
                other.append(join(["a", "b"]))
                if k == n // 2:
                    append("text")
                    pop()
            return s, len(items), items[-1], len(other), sys.getrefcount(items)
        print(run(400))
        def swapped(n):
            first, second = [], []
            append = first.append
            for k in range(n):
                append(k)
                if k == n // 2:
                    append = second.append
            return len(first), len(second)
        print(swapped(400))
        class Mine(list):
            def append(self, x): super().append(x * 2)
        def mine(n, items):
            append = items.append
            for k in range(n):
                append(k)
            return sum(items)
        print(mine(300, []), mine(300, Mine()), mine(300, []))
        """,
    "a method of something that goes": """
        import weakref
        class Item:
            pass
        def run(n):
            items = [Item()]
            gone = weakref.ref(items[0])
            append = items.append
            for k in range(n):
                append(k)
                if k == n - 5:
                    del items[0]
            del items, append
            return gone() is None
        print(run(300), run(300))
        """,
    "defaults of keywords": """
        def f(a, *, scale=2, shift=None): return a * scale + (shift or 0)
        def run(n):
            s = 0
            for k in range(n):
                s += f(k) + f(k, shift=1) + f(k, scale=k, shift=3)
                if k == n // 2: f.__kwdefaults__["scale"] = 5
                if k == n // 2 + 9: f.__kwdefaults__ = {"scale": 7, "shift": 1}
                if k == n // 2 + 19: f.__kwdefaults__ = None
            return s
        try:
            print(run(300))
        except TypeError as error:
            print(error)
        """,
    "missing keys": """
        from collections import Counter, defaultdict
        def words(text):
            counts, places, letters = Counter(), defaultdict(list), defaultdict(int)
            for number, word in enumerate(text.split()):
                counts[word] += 1
                places[word].append(number)
                for letter in word:
                    letters[letter] += len(word)
            return counts.most_common(3), sorted(places.items())[:3], sorted(letters.items())
        text = "the quick brown fox jumps over the lazy dog the fox " * 40 + "new words at the end"
        print(words(text))
        class Made(defaultdict):
            def __missing__(self, key): return -key
        def made(n):
            d = Made(int, {0: 1})
            return sum(d[k % 7] for k in range(n)), sum(d[k] for k in range(n)), len(d)
        print(made(300))
        def raising(n):
            def fail():
                raise RuntimeError("no value")
            d = defaultdict(fail, {k: k for k in range(n)})
            s = 0
            for k in range(n + 1):
                s += d[k]
            return s
        try:
            print(raising(300))
        except RuntimeError as error:
            print(type(error).__name__, error, error.__traceback__.tb_next.tb_lineno)
        """,
    "assignment expressions": """
        def run(values):
            s = 0
            n = 5
            for k in range(len(values)):
                if (x := values[k]) > 3:
                    s += x
                while (n := n * 3 % 17) > 4:
                    s += n
                s += (m := k + n) * m
            return s, x, n, m
        print(run(list(range(300))))
        print(run([k * 0.5 for k in range(300)]))
        """,
    "decorators": """
        import functools, traceback
        calls = []
        def counted(f):
            count = 0
            @functools.wraps(f)
            def wrapper(*args, **kwargs):
                nonlocal count
                count += 1
                return f(*args, **kwargs)
            wrapper.calls = lambda: count
            return wrapper
        def checked(limit):
            def decorate(f):
                def wrapper(*args, **kwargs):
                    result = f(*args, **kwargs)
                    if result > limit:
                        raise ValueError(f"{f.__name__}{args}{kwargs}")
                    return result
                return wrapper
            return decorate
        @counted
        def add(a, b=2, *, c=1):
            return a + b * c
        @checked(500)
        def twice(x, *more):
            return 2 * x + len(more)
        def run(n):
            s = 0
            for k in range(n):
                s += add(k) + add(k, 3, c=2) + add(a=k, b=4) + twice(k, 1, k)
            return s
        print(run(200), add.calls())
        try:
            run(300)
        except ValueError:
            traceback.print_exc()
        def given(*args, **kwargs):
            return args, kwargs
        def kept(n):
            seen = []
            for k in range(n):
                seen.append(given(k, 1, x=k))
            return seen[:2], seen[-1], len(seen)
        print(kept(200))
        """,
    "comprehensions": """
        def polled(n):
            return len({k % 3 for k in range(n)}), len({k % 5: k for k in range(n)})
        def many(m, n):
            t = 0
            for i in range(m):
                a, b = polled(n)
                t += a * b
            return t
        def kept(n):
            seen = []
            for i in range(n):
                d = {k: [i, k] for k in range(3)}
                seen.append((d, {k % 2 for k in range(i % 5)}))
                d[0].append(i)
            return seen[:3], seen[-1], len(seen)
        def over(n, items):
            t = 0
            for i in range(n):
                d = {x: i for x in items}
                s = {x for x in items}
                t += len(d) + len(s)
            return t, list(d.items()), sorted(map(str, s))
        print(many(40, 3000), kept(200))
        for items in ([1, 2, 1], ["a", "b", "a"], [(1, 2)], [1.5, 2], [1, 1.0], [None]):
            print(over(60, items))
        try:
            over(60, [1, [2]])
        except TypeError as error:
            print(error)
        """,
    "isinstance": """
        import numbers
        from typing import Union
        def kinds(values):
            a = b = c = d = 0
            for v in values:
                if isinstance(v, bool): a += 1
                elif isinstance(v, (int, float)): b += v
                elif isinstance(v, str) and not isinstance(v, list): c += len(v)
                elif isinstance(v, numbers.Number): d += 1
                else: d += 10
            return a, b, c, d
        for value in (1, 1.5, True, "ab", None, 2j):
            print(kinds([value] * 300))
        print(kinds([1, 2.5, True, "x", None, [], (1,)] * 60))
        """,
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_idiom(name: str, mode: str, tmp_path: Path) -> None:
    run_equal("program", textwrap.dedent(PROGRAMS[name]), tmp_path, *MODES[mode])
