"""What each hostile random program begins with: classes whose operations leave traces, functions of
all kinds, and the report."""

from __future__ import annotations

PRELUDE = '''\
import bisect
import functools
import gc
import heapq
import itertools
import math
import struct
import sys
import threading
from array import array
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum, IntEnum

traces = []
total = 0
LIMIT = 7


def trace(*words):
    if len(traces) < 300:
        traces.append(words)


class Plain:
    kind = "plain"

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def move(self, dx, dy=1):
        self.x += dx
        self.y = self.y + dy
        return self

    @property
    def size(self):
        return self.x + self.y

    @size.setter
    def size(self, value):
        trace("size", value)
        self.x = value

    @classmethod
    def make(cls, x):
        return cls(x, 1)

    @staticmethod
    def twice(x):
        return x * 2

    def __repr__(self):
        return f"{type(self).__name__}({show(self.__dict__)})"


class Slotted:
    __slots__ = ("x", "y", "next")

    def __init__(self, x, y=0, next=None):
        self.x = x
        self.y = y
        self.next = next

    def move(self, dx, dy=1):
        self.y, self.x = self.y + dy, self.x + dx
        return self

    size = property(lambda self: self.x - self.y)

    def __repr__(self):
        return f"Slotted({getattr(self, 'x', '-')!r}, {getattr(self, 'y', '-')!r})"


class Child(Plain):
    kind = "child"

    def __init__(self, x, y=0):
        super().__init__(x, y)
        self.extra = x

    def move(self, dx, dy=1):
        super().move(dy, dx)
        self.extra = dx
        return self


@dataclass
class Data:
    x: int
    y: int = 0
    items: list = field(default_factory=list)

    def move(self, dx, dy=1):
        self.items.append(dx)
        del self.items[:-3]
        self.x -= dy
        return self

    @property
    def size(self):
        return len(self.items)


@dataclass(frozen=True, order=True)
class Frozen:
    x: int
    y: int = 0

    def move(self, dx, dy=1):
        return Frozen(self.x + dx, self.y + dy)

    size = property(lambda self: 3)


Pair = namedtuple("Pair", "x y")


class Hostile:
    """Each operation leaves a trace, and some fail."""

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def __add__(self, other):
        trace("add", type(other).__name__)
        return self.x + 1

    def __radd__(self, other):
        trace("radd", type(other).__name__)
        return 5

    def __iadd__(self, other):
        trace("iadd", type(other).__name__)
        self.x = 3
        return self

    def __mul__(self, other):
        trace("mul")
        raise ValueError("mul")

    def __rmul__(self, other):
        trace("rmul")
        return 2.5

    def __rsub__(self, other):
        trace("rsub")
        return NotImplemented

    def __lt__(self, other):
        trace("lt", type(other).__name__)
        return self.x < 3

    def __gt__(self, other):
        trace("gt", type(other).__name__)
        return []

    def __eq__(self, other):
        trace("eq", type(other).__name__)
        return self.x == 1

    def __hash__(self):
        trace("hash")
        return hash(self.x)

    def __bool__(self):
        trace("bool")
        return self.x != 2

    def __index__(self):
        trace("index")
        return 1

    def __len__(self):
        trace("len")
        return 2

    def __iter__(self):
        trace("iter")
        yield 1
        trace("middle")
        yield self.x

    def __getitem__(self, key):
        trace("getitem", type(key).__name__)
        if key == 9:
            raise IndexError("nine")
        return key

    def __setitem__(self, key, value):
        trace("setitem", type(key).__name__)

    def __contains__(self, key):
        trace("contains", type(key).__name__)
        return key == 1

    def __call__(self, *words, **named):
        trace("call", len(words))
        return self.x

    def __format__(self, spec):
        trace("format", spec)
        return f"<{spec}>"

    def __int__(self):
        trace("int")
        return 12

    def __float__(self):
        trace("float")
        return 1.25

    def move(self, dx, dy=1):
        trace("move")
        return dx

    @property
    def size(self):
        trace("size")
        raise AttributeError("no size")

    def __getattr__(self, name):
        trace("getattr", name)
        if name.startswith("_"):
            raise AttributeError(name)
        return 4

    def __del__(self):
        trace("del", self.x if type(self.x) in (int, str) else 0)

    def __repr__(self):
        return "Hostile()"


class Whole(int):
    def __add__(self, other):
        trace("Whole.add")
        return Whole(int(self) + int(other))


class Real(float):
    def __mul__(self, other):
        trace("Real.mul")
        return 1.5


class Listing(list):
    def __getitem__(self, key):
        trace("Listing.getitem")
        return list.__getitem__(self, key)

    def append(self, item):
        trace("Listing.append")
        list.append(self, item)


class Table(dict):
    def __missing__(self, key):
        trace("missing")
        return 0

    def __setitem__(self, key, value):
        trace("Table.setitem")
        dict.__setitem__(self, key, value)


class Word(str):
    def __add__(self, other):
        trace("Word.add")
        return "w"


class Shade(Enum):
    RED = 1
    BLUE = 2


class Level(IntEnum):
    LOW = 1
    HIGH = 40


class Guard:
    def __init__(self, swallow=False):
        self.swallow = swallow

    def __enter__(self):
        trace("enter")
        return self.swallow

    def __exit__(self, kind, error, entry):
        trace("exit", None if kind is None else kind.__name__)
        return self.swallow


class Trouble(Exception):
    def __init__(self, value, *rest):
        super().__init__(value, *rest)
        self.value = value


def show(value, depth=3):
    """repr, without addresses, cut down."""
    if depth == 0:
        return "..."
    kind = type(value)
    if kind in (list, tuple, deque):
        inside = ", ".join(show(item, depth - 1) for item in itertools.islice(value, 40))
        return f"{kind.__name__}[{len(value)}: {inside}]"
    if kind in (dict, Table, OrderedDict, defaultdict, Counter):
        parts = [f"{show(a, 1)}: {show(b, depth - 1)}" for a, b in list(value.items())[:40]]
        return f"{kind.__name__}{{{len(value)}: {', '.join(parts)}}}"
    if kind is int and value.bit_length() > 4000:
        return f"int of {value.bit_length()} bits, {value % 1000003}"
    if kind in (memoryview,):
        return f"memoryview {value.tobytes()[:40]!r}"
    if kind.__repr__ is object.__repr__ or callable(value) and not isinstance(value, Hostile):
        return kind.__name__
    if isinstance(value, (Plain, Data)):
        return f"{kind.__name__}({', '.join(show(v, depth - 1) for v in vars(value).values())})"
    try:
        return repr(value)[:300]
    except Exception as error:
        return f"{kind.__name__} {type(error).__name__}"


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def clip(value, low=-9, high=99):
    if value < low:
        return low
    return high if value > high else value


def fail(value):
    if value == 3:
        raise Trouble(value)
    if value == 5:
        raise ZeroDivisionError("five")
    return value + 1


def swap(items, one, two):
    items[one], items[two] = items[two], items[one]
    return items[one]


def collect(*words, key=1, **named):
    return len(words) + key + len(named)


def count_up(n):
    for value in range(n):
        got = yield value
        if got is not None:
            trace("sent", got)


def delegating(n):
    try:
        result = yield from count_up(n)
        yield result
    finally:
        trace("closed", n)


def make_counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def make_stack():
    items = []

    def push(item):
        items.append(item)
        if len(items) > 10:
            items.clear()
        return len(items)

    return push, lambda: items[-1]


def fill(items, index, value):
    """Stores, and calls itself."""
    if index < 0:
        return value
    items[index] = value
    return fill(items, index - 1, value + 1) + items[index]


def walk(node, depth):
    if depth == 0 or node is None:
        return 0
    node.x = node.x + 1
    return walk(node, depth - 1) + node.x


def permute(items, k, found):
    if k == len(items):
        found.append(tuple(items))
        return len(found)
    for i in range(k, len(items)):
        items[k], items[i] = items[i], items[k]
        permute(items, k + 1, found)
        items[k], items[i] = items[i], items[k]
    return len(found)


def checked(function, *words):
    try:
        return function(*words)
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        return type(error).__name__


def bump(by=1):
    global total
    total += by
    return total


def bounded(value):
    """Numbers and texts do not grow without end."""
    kind = type(value)
    if kind is int and not -(2**80) < value < 2**80:
        return value % 1009
    if kind in (str, bytes) and len(value) > 60:
        return value[-20:]
    if kind in (list, tuple) and len(value) > 60:
        return value[:20]
    return value


def report(name, function, times):
    for _ in range(times):
        seen = []
        try:
            print(name, function(seen) if function.__code__.co_argcount else function())
        except Exception as error:
            lines = []
            entry = error.__traceback__
            while entry is not None:
                lines.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
                entry = entry.tb_next
            words = [type(error).__name__, str(error)[:200], lines[:12], len(lines)]
            cause = error.__context__
            while cause is not None:
                words += ["from", type(cause).__name__, str(cause)[:100]]
                cause = cause.__context__
            print(name, *words)
            del error, entry, cause
        print(len(traces), traces[:60], total)
        traces.clear()

'''

DESTROYED = """\
gc.disable()
"""
"""When cycles are collected is the host's own affair: here they are not, and destructors tell."""

COLLECTED = """\
gc.set_threshold(7, 2, 2)
del Hostile.__del__
"""
"""Collections in the middle of everything."""
