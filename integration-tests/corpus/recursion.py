"""Recursion: deep calls, RecursionError caught in many places, the limit, mutual recursion."""

import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(500))


def forever(n):
    return forever(n + 1)


def caught():
    try:
        forever(0)
    except RecursionError as error:
        return type(error).__name__, str(error).split(" while")[0]


print(caught())
print(caught())


class Endless:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return f"{self!r}"

    def __eq__(self, other):
        return self == other

    def __iter__(self):
        yield from self

    @property
    def again(self):
        return self.again

    def __add__(self, other):
        return self + other

    def __enter__(self):
        with self:
            pass

    def __exit__(self, *details):
        pass

    def __call__(self):
        return self()

    def __getitem__(self, i):
        return self[i]

    def method(self):
        return [self.method() for _ in range(1)]


e = Endless()
for name, operation in {
    "getattr": lambda: e.x,
    "repr": lambda: repr(e),
    "eq": lambda: e == 1,
    "generator": lambda: list(e),
    "add": lambda: e + 1,
    "with": lambda: e.__enter__(),
    "call": lambda: e(),
    "getitem": lambda: e[0],
    "comprehension": lambda: e.method(),
    "lambda": lambda: (lambda f: f(f))(lambda f: f(f)),
    "sorted key": lambda: (f := lambda x: sorted([1], key=f))(1),
    "map": lambda: (f := lambda x: list(map(f, [1])))(1),
}.items():
    try:
        operation()
        print(name, "ended")
    except RecursionError as error:
        print(name, "RecursionError")


def finally_runs(n, log):
    try:
        return finally_runs(n + 1, log)
    finally:
        log.append(n)


log = []
try:
    finally_runs(0, log)
except RecursionError:
    print(log[-3:], len(log) > 100)


def recovers(n):
    try:
        return recovers(n + 1)
    except RecursionError:
        return n


first, second = recovers(0), recovers(0)
print(first > 100, first == second)


def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


print(ackermann(2, 5))


def hanoi(n, a="A", b="B", c="C"):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(8))


def is_even(n):
    return n == 0 or is_odd(n - 1)


def is_odd(n):
    return n != 0 and is_even(n - 1)


print(is_even(300), is_odd(301))
limit = sys.getrecursionlimit()
sys.setrecursionlimit(limit * 3)
print(depth(limit * 2))
sys.setrecursionlimit(limit)
print(sys.getrecursionlimit() == limit)


def deep_generators(n):
    if n:
        yield from deep_generators(n - 1)
    yield n


print(sum(deep_generators(200)))


def flatten(x):
    return [y for i in x for y in flatten(i)] if isinstance(x, list) else [x]


nested = 1
for _ in range(100):
    nested = [nested, 2]
print(len(flatten(nested)))
cyclic = []
cyclic.append(cyclic)
print(cyclic, cyclic == cyclic, len(repr(cyclic)))
table = {}
table["self"] = table
print(table)
try:
    a, b = [], []
    a.append(b), b.append(a)
    a == b
except RecursionError:
    print("comparison of cycles")


async def coroutine(n):
    return 0 if n == 0 else 1 + await coroutine(n - 1)


try:
    coroutine(150).send(None)
except StopIteration as stop:
    print(stop.value)


async def endless(n):
    await endless(n + 1)


try:
    endless(0).send(None)
except RecursionError:
    print("coroutine RecursionError")
