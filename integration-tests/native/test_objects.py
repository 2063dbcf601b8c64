"""Loops over instances of classes: what happens to objects and classes while, and between, native
code runs. The output is the host's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from kept_objects import PROGRAMS as KEPT
from programs import MODES, benchmark_programs, run_both, run_source, run_tiny

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "an attribute changes its type": """
class C:
    def __init__(self):
        self.x = 0
    def add(self, y):
        self.x += y
        return self.x
c = C()
for i in range(600):
    c.add(1)
    if i == 200: c.x = 0.5
    if i == 300: c.x = 2 ** 70
    if i == 400: c.x = 7
    if i == 500: c.x = -(2 ** 63)
print(c.x, type(c.x))
c.x = "text"
try:
    for i in range(50):
        c.add("s" if i < 40 else 1)
except TypeError as error:
    print(error, len(c.x))
""",
    "an attribute is deleted": """
class C:
    def __init__(self): self.x = 1
    def get(self): return self.x
def run(c, n, when):
    s = 0
    for i in range(n):
        if i == when:
            del c.x
        s += c.get()
    return s
print(run(C(), 300, 1000))
try:
    run(C(), 300, 250)
except AttributeError as error:
    print(error)
class D(C):
    x = 10
print(run(D(), 300, 250))
""",
    "a dict is asked for in the loop": """
class C:
    def __init__(self, x): self.x = x
def run(cs, n):
    seen = []
    for i in range(n):
        for c in cs:
            c.x += i
        if i % 70 == 5:
            seen.append(dict(vars(cs[i % 3])))
        if i % 90 == 7:
            cs[0].__dict__["x"] = 0
        if i % 95 == 3:
            cs[1].__dict__ = {"x": i}
    return seen, [c.x for c in cs]
print(run([C(1), C(2), C(3)], 400))
""",
    "a class attribute hides and is hidden": """
class C:
    rate = 2
    def __init__(self): self.n = 0
    def step(self):
        self.n += self.rate
cs = [C() for _ in range(4)]
def run(n):
    for i in range(n):
        cs[i % 4].step()
run(200)
print([c.n for c in cs])
C.rate = 5
run(200)
print([c.n for c in cs])
cs[2].rate = 100
run(200)
print([c.n for c in cs])
del C.rate
try:
    run(200)
except AttributeError as error:
    print(error, [c.n for c in cs])
C.rate = 0.5
C.n = property(lambda self: 7)
try:
    run(20)
except AttributeError as error:
    print("no setter" in str(error) or "can't set" in str(error))
""",
    "a method is replaced": """
class Base:
    def f(self, x): return x + 1
class C(Base):
    def __init__(self): self.total = 0
    def run(self, n):
        for i in range(n):
            self.total += self.f(i)
        return self.total
c = C()
print(c.run(300))
def other(self, x): return x - 1
Base.f = other
print(c.run(300))
C.f = lambda self, x: 2
print(c.run(300))
c.f = lambda x: 3
print(c.run(300))
del c.f, C.f
print(c.run(300))
other.__code__ = (lambda self, x: x * 10).__code__
print(c.run(300))
""",
    "a method is replaced by another thread": """
import threading
class C:
    def __init__(self): self.n = 0
    def step(self): self.n += 1
    def done(self): return False
c = C()
def stop():
    C.done = lambda self: True
threading.Timer(0.1, stop).start()
def run(rounds):
    while not c.done():
        c.step()
        rounds += 1
run(0)
print(c.n > 0, C.done(c))
""",
    "objects of several classes in one list": """
class A:
    def __init__(self, x): self.x = x
    def area(self): return self.x * 2
class B(A):
    def area(self): return self.x * 3
class S:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x
    def area(self): return self.x + 1
def run(things, n):
    s = 0
    for i in range(n):
        for t in things:
            s += t.area()
            t.x += 1
    return s
print(run([A(1), A(2)], 200), run([A(1), B(2), S(3)], 200), run([S(1.5), B(2)], 200))
a = A(1)
things = [a, a]
print(run(things, 100))
a.__class__ = B
print(run(things, 100))
""",
    "one object under two names": """
class V:
    def __init__(self, x, y): self.x = x; self.y = y
    def swap_into(self, o):
        self.x, o.y = o.y + 1, self.x * 2
        o.x += self.y
        self.y -= o.x
    def __repr__(self): return f"V({self.x}, {self.y})"
def run(n):
    a, b = V(1.0, 2.0), V(3.0, 4.0)
    pairs = [(a, b), (a, a), (b, b), (b, a)]
    for i in range(n):
        p, q = pairs[i % 4]
        p.swap_into(q)
        p.x *= 0.25
        q.y *= 0.25
    return a, b
print(run(400))
""",
    "values that others hold": """
import math
class C:
    def __init__(self): self.x = 1.5; self.n = 1000
c = C()
kept = []
for i in range(300):
    kept.append((c.x, c.n))
    c.x += 0.5
    c.n += 1
print(kept[:3], kept[-1], len(set(kept)))
x = c.x
n = c.n
for i in range(100):
    c.x += 1.0
    c.n += 1
print(x, n, c.x, c.n)
nan = math.nan
c.x = nan
for i in range(100):
    c.n += c.x is nan
print(c.n)
""",
    "weak references and destructors": """
import weakref
log = []
class C:
    def __init__(self, x): self.x = x
    def __del__(self): log.append(("gone", self.x))
    def bump(self): self.x += 1
def run(n):
    cs = [C(k) for k in range(4)]
    refs = [weakref.ref(c) for c in cs]
    for i in range(n):
        for c in cs:
            c.bump()
        if i % 60 == 59 and len(cs) > 1:
            cs.pop()
            c = None
            log.append([r() is not None for r in refs])
    return refs
refs = run(300)
print(log, [r() for r in refs])
""",
    "tracebacks": """
import traceback
class Inner:
    def __init__(self, d): self.d = d
    def divide(self, x):
        self.d -= 1
        return x // self.d
class Outer:
    def __init__(self, inner): self.inner = inner
    def work(self, x):
        return self.inner.divide(x) + self.missing_if_zero(x)
    def missing_if_zero(self, x):
        return 0 if x != 150 else self.nothing
def run(outer, n):
    s = 0
    for i in range(n):
        s += outer.work(i)
    return s
for d in (130, 1000):
    outer = Outer(Inner(d))
    try:
        run(outer, 300)
    except Exception:
        print(traceback.format_exc(), outer.inner.d)
""",
    "descriptors and properties": """
class Positive:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, owner): return getattr(obj, self.name)
    def __set__(self, obj, value):
        if value < 0: raise ValueError(value)
        setattr(obj, self.name, value)
class C:
    size = Positive()
    def __init__(self): self.size = 5; self._w = 1; self.log = 0
    @property
    def w(self): return self._w
    @w.setter
    def w(self, value):
        self.log += 1
        self._w = value
    def __getattr__(self, name): return 1000
c = C()
s = 0
for i in range(300):
    c.w += 2
    c.size = c.size + 1
    s += c.w + c.size
print(s, c.log)
for i in range(200):
    s += c.anything
print(s)
try:
    for i in range(100):
        c.size -= 10
except ValueError as error:
    print("refused", error)
""",
    "instances of built-in and dynamic kinds": """
from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
Point = namedtuple("Point", "x y")
@dataclass
class D:
    x: float
    y: int = 3
    tags: list = field(default_factory=list)
    def grow(self): self.x += self.y
@dataclass(slots=True)
class E:
    x: float
    y: int = 3
class Colour(Enum):
    RED = 1
    BLUE = 2
class L(list):
    def __init__(self): self.n = 0
class X(Exception):
    def __init__(self): self.n = 0
def run(things, n):
    for i in range(n):
        for t in things:
            t.x += 0.5
    return [t.x for t in things]
ds = [D(1.0), D(2.0, 5)]
print(run(ds, 200), run([E(1.0), E(0.5)], 200), run([SimpleNamespace(x=1)], 200))
p = Point(1, 2)
l, x, s = L(), X(), 0
for i in range(200):
    s += p.x + p.y + Colour.RED.value
    l.n += 1
    x.n += 2
    ds[0].grow()
    s += Colour.BLUE is Colour.RED
print(s, l.n, x.n, ds)
""",
    "containers and texts in attributes": """
class C:
    def __init__(self):
        self.items = [1, 2, 3]
        self.counts = {"a": 1, "b": 2}
        self.seen = {1, 2}
        self.name = "abc"
        self.pair = (1.5, 2)
        self.n = 0
    def step(self, i):
        self.items[i % 3] += i
        self.counts["a"] += 1
        if i in self.seen: self.n += 10
        if self.name[i % 3] == "b": self.n += 1
        self.n += self.pair[1] + len(self.items)
        return self.counts["b"]
cs = [C(), C()]
s = 0
for i in range(500):
    c = cs[i % 2]
    s += c.step(i)
    if i == 200: c.counts = {"a": 0.5, "b": 7}
    if i == 250: c.items = [0.5, 1, 2]
    if i == 300: c.name = "bbb"
    if i == 350: c.pair = (1, 2.5, 3)
    if i == 400: c.seen = frozenset(range(1000))
    if i == 450: c.items.append(5)
print(s, [(c.items, c.counts, len(c.seen), c.name, c.pair, c.n) for c in cs])
""",
    "data classes that nobody sees": """
import dataclasses
@dataclasses.dataclass(frozen=True)
class V:
    x: float
    y: float = 0.5
    def __add__(self, other):
        return V(self.x + other.x, self.y + other.y)
    def dot(self, other):
        return self.x * other.x + self.y * other.y
@dataclasses.dataclass
class W:
    x: int
    items: list = dataclasses.field(default_factory=list)
@dataclasses.dataclass(slots=True)
class S:
    x: int
    y: int
@dataclasses.dataclass
class T:
    x: int
    def __post_init__(self):
        self.x += 1
a = V(1.5, 2.5)
b = V(0.25)
s = 0.0
for k in range(300):
    s += (a + b).dot(a + V(k * 0.5)) + S(k, 2).y
    if k > 290: s += len(W(k).items) + T(k).x
print(s)
""",
    "vectors that nobody sees": """
from typing import NamedTuple
class Vec(NamedTuple):
    x: float
    y: float
    def minus(self, o): return Vec(self.x - o.x, self.y - o.y)
    def dot(self, o): return self.x * o.x + self.y * o.y
class P:
    def __init__(self, x, y): self.x = x; self.y = y
    def __sub__(self, o): return P(self.x - o.x, self.y - o.y)
    def length2(self): return self.x * self.x + self.y * self.y
def run(n):
    vs = [Vec(k * 0.5, 1 - k) for k in range(5)]
    ps = [P(k * 0.5, 1 - k) for k in range(5)]
    total, kept = 0.0, []
    for i in range(n):
        v, w = vs[i % 5], vs[i * i % 5]
        total += v.minus(w).dot(w.minus(v)) + (ps[i % 5] - ps[i * 3 % 5]).length2()
        if i % 97 == 5:
            kept.append(v.minus(w))
            ps[2] = ps[1] - ps[3]
    return total, kept, [(p.x, p.y) for p in ps]
print(run(600))
""",
    "a region that makes objects": """
class V:
    def __init__(self, x): self.x = x
    def plus(self, o): return V(self.x + o.x)
v = V(0)
one = V(1)
for i in range(300):
    v = v.plus(one)
    v.x += 1
print(v.x)
""",
    "attributes that are added later": """
class C:
    def __init__(self): self.a = 1
    def f(self): return 1
cs = [C() for _ in range(3)]
s = 0
for i in range(400):
    c = cs[i % 3]
    s += c.a + c.f()
    if i == 150: cs[1].b = 5
    if i == 250: cs[2].f = lambda: 100
print(s)
""",
    "interrupted": """
import signal
class Late(Exception): pass
def handler(number, frame): raise Late
signal.signal(signal.SIGALRM, handler)
class C:
    def __init__(self): self.n = 0; self.m = 0
    def step(self):
        self.n += 1
        self.m += 1
c = C()
for k in range(6):
    signal.setitimer(signal.ITIMER_REAL, 0.03)
    try:
        while True:
            c.step()
    except Late:
        print(c.n - c.m in (0, 1))
    c.m = c.n
""",
}

LEAKS = """
import gc, sys
class Node:
    def __init__(self, value, next): self.value = value; self.next = next; self.f = 0.5
class S:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1; self.b = 2.5
    def mix(self, o):
        self.a += o.a & 1023
        self.b += o.b * 0.5
        if self.b > 1e6: self.b = 1.0
def run(n):
    head = None
    for k in range(20): head = Node(k * 1000, head)
    ss = [S() for _ in range(5)]
    t = 0
    for i in range(n):
        node = head
        while node is not None:
            node.value += 1
            node.f += 1.5
            t += node.value
            node = node.next
        ss[i % 5].mix(ss[(i * i) % 5])
    return t, sys.getrefcount(None) > 0
def walk(head, n):
    for i in range(n):
        node = head
        node.value += 1
        node = node.next
    return sys.getrefcount(head)
def used():
    gc.collect()
    return sys.getallocatedblocks(), sys.getrefcount(Node), sys.getrefcount(None)
head = Node(1, None)
before = flat = None
for k in range(8):
    for _ in range(10):
        run(300)
        references = walk(head, 300)
    now = (*used(), references)
    flat = k < 4 or (flat and now == before)
    before = now
print(flat)
"""

NOT_NATIVE = {
    "descriptors and properties",
    "a region that makes objects",
    "other ways to make objects",
}
"""What they do is not compiled; it must still be right."""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_output_is_the_hosts(name: str, mode: str, tmp_path: Path) -> None:
    host, native = run_both(PROGRAMS[name], tmp_path, *MODES[mode])
    assert (native.output, native.status) == (host.output, host.status)
    assert bool(native.native) is (name not in NOT_NATIVE)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", KEPT)
def test_objects_that_are_kept(name: str, mode: str, tmp_path: Path) -> None:
    """Where a loop is compiled in its first round no instance has been seen."""
    host, native = run_both(KEPT[name], tmp_path, *MODES[mode])
    assert (native.output, native.status) == (host.output, host.status)
    assert mode == "early" or bool(native.native) is (name not in NOT_NATIVE)


@pytest.mark.parametrize("mode", ["soon", "exits"])
def test_nothing_leaks(mode: str, tmp_path: Path) -> None:
    native = run_source(LEAKS, tmp_path, *MODES[mode])
    assert native.output == "True\n"
    assert native.native > 1


@pytest.mark.parametrize("mode", ["soon", "exits"])
@pytest.mark.parametrize("path", benchmark_programs("objects"), ids=lambda path: path.stem)
def test_benchmark_programs(path: Path, mode: str, tmp_path: Path) -> None:
    host, native = run_tiny(path, tmp_path, *MODES[mode])
    assert (native.output, native.status) == (host.output, host.status)
    assert native.native > 0
