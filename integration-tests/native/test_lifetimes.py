"""Objects that a program drops although native code was made for them: they end in time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_both

OBJECT = """
import gc, weakref
gc.disable()
class Noisy:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
"""

CLOSURES_OF_THE_MODULE = """
def make(d):
    def get():
        return d.n
    return get
def run(f):
    t = 0
    for i in range(600):
        t += f()
    return t
for k in range(5):
    get = make(Noisy(k))
    t = 0
    for i in range(600):
        t += get()
    print(t, run(get))
del get
print("end")
"""

CLOSURES_OF_A_FUNCTION = """
def outer(k):
    noisy = Noisy(k)
    def get(x):
        return noisy.n + x
    def twice(x):
        return get(x) + get(x)
    t = 0
    for i in range(600):
        t += get(i) + twice(i)
    return t
for k in range(5):
    print(outer(k))
print("end")
"""

DEFAULTS = """
def with_default(n):
    def f(x, noisy=Noisy(n)):
        return x + noisy.n
    def g(x, y=3):
        return x + y
    t = 0
    for i in range(600):
        t += f(i)
    for i in range(600):
        t += g(i)
    return t
for k in range(5):
    print(with_default(k))
print("end")
"""

METHODS = """
class Holder(list):
    pass
def bound(n):
    holder = Holder()
    holder.noisy = Noisy(n)
    xs = list(range(30))
    append, pop, index = xs.append, xs.pop, holder.append
    seen = weakref.ref(holder)
    t = 0
    for i in range(600):
        append(i)
        t += pop()
        index(i)
    for i in range(600):
        t += xs[i % 7]
    return t, seen
for k in range(5):
    t, seen = bound(k)
    print(t, seen() is None)
print("end")
"""

INSTANCES = """
class Node:
    def __init__(self, noisy, value):
        self.noisy = noisy
        self.value = value
    def get(self):
        return self.value
def sum_of(node, names):
    t = 0
    for i in range(600):
        t += node.get() + node.noisy.n + len(names)
    return t
for k in range(5):
    print(sum_of(Node(Noisy(k), k), {"a": Noisy(10 + k)}))
node = Node(Noisy(77), 1)
t = 0
for i in range(600):
    t += node.get() + node.noisy.n
node = None
print("end", t)
"""

PROGRAMS = {
    "closures of the module": CLOSURES_OF_THE_MODULE,
    "closures of a function": CLOSURES_OF_A_FUNCTION,
    "defaults": DEFAULTS,
    "methods": METHODS,
    "instances": INSTANCES,
}
MODES = {
    "early": ("--jit-threshold=2", "--jit-sync"),
    "late": ("--jit-threshold=300", "--jit-sync"),
    "exits": ("--jit-threshold=2", "--jit-sync", "--jit-stress=exits"),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_objects_end_in_time(name: str, mode: str, tmp_path: Path) -> None:
    """Without the collector: neither regions nor what built them keep the program's objects."""
    host, native = run_both(OBJECT + PROGRAMS[name], tmp_path, *MODES[mode])
    assert native.output == host.output
    assert native.errors == host.errors
    assert native.native > 0


REPLACED = """
def make(n):
    def get(x):
        return x + n
    return get
def plain(x):
    return x * 2
def with_default(x, y=5):
    return x - y
def once(k):
    global get
    t = 0
    for i in range(900):
        t += get(i)
        if i == k:
            get = replacement
    return t
for replacement in (make(7), plain, with_default, abs, make("text"), None):
    for k in (0, 1, 450, 899):
        get = make(3)
        try:
            print(once(k))
        except TypeError as error:
            print(error)
del get
for attempt in range(3):
    try:
        t = 0
        for i in range(900):
            if i == 450 and attempt == 1:
                get = make(1)
            t += get(i) if attempt else i
    except NameError as error:
        print(error)
    print(t)
"""


@pytest.mark.parametrize("mode", MODES)
def test_a_global_closure_is_replaced(mode: str, tmp_path: Path) -> None:
    """By another one, another function, something else, nothing."""
    host, native = run_both(REPLACED, tmp_path, *MODES[mode])
    assert native.output == host.output
    assert native.errors == host.errors
    assert native.native > 0
