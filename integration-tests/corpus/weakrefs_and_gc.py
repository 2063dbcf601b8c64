"""weakref, WeakValueDictionary, WeakSet, finalize, gc: when objects of hot loops die."""

import gc
import sys
import weakref

log = []


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        log.append(self.name)

    def __repr__(self):
        return f"<{self.name}>"


def dies_in_loop(n):
    for i in range(n):
        node = Node(i)
        if i > n - 3:
            log.append("before")
        del node
        if i > n - 3:
            log.append("after")


dies_in_loop(60)
print(log[-8:])
log.clear()


def replaced(n):
    node = Node("first")
    references = []
    for i in range(n):
        node = Node(i)
        references.append(weakref.ref(node))
    return (
        node,
        sum(r() is not None for r in references),
        [r() for r in references[-2:]],
    )


print(replaced(50))
print(log[-3:], len(log))
log.clear()


def cycles(n):
    gc.disable()
    for i in range(n):
        a, b = Node(f"a{i}"), Node(f"b{i}")
        a.other, b.other = b, a
    del a, b
    before = len(log)
    found = gc.collect()
    gc.enable()
    return before, found > 0, len(log)


print(cycles(30))
log.clear()
values = weakref.WeakValueDictionary()
keys = weakref.WeakKeyDictionary()
members = weakref.WeakSet()


def fill(n):
    kept = []
    for i in range(n):
        node = Node(i)
        values[i] = node
        keys[node] = i
        members.add(node)
        weakref.finalize(node, log.append, f"finalized {i}")
        if i % 20 == 0:
            kept.append(node)
    return kept


kept = fill(50)
del kept[1]
print(sorted(values), sorted(keys.values()), len(members), log[-2:])
kept.clear()
print(len(values), len(keys), len(members), log[-2:])
log.clear()


def counts(n):
    """Reference counts of what a loop uses are as they were."""
    shared = object()
    number = 123456789
    items = [1.5, 2.5]
    before = [sys.getrefcount(x) for x in (shared, number, items, items[0])]
    total = 0.0
    for i in range(n):
        held = shared
        total += items[i % 2] + number
        items[i % 2] = items[i % 2]
    del held
    return [
        sys.getrefcount(x) - y
        for x, y in zip((shared, number, items, items[0]), before)
    ]


print(counts(100))


class Slotted:
    __slots__ = ("__weakref__", "x")


def callbacks(n):
    dead = []
    for i in range(n):
        s = Slotted()
        s.x = i
        r = weakref.ref(s, lambda _, i=i: dead.append(i))
        p = weakref.proxy(s)
        total = p.x + r().x
    return dead[-3:], len(dead), total


print(callbacks(40))
print(gc.isenabled(), gc.garbage, gc.get_threshold()[1:])
tracked = [gc.is_tracked(x) for x in (1, 1.5, "s", (), [], {}, Node("t"))]
print(tracked)


class Resurrects:
    saved = []

    def __del__(self):
        Resurrects.saved.append(self)


def resurrection(n):
    for _ in range(n):
        Resurrects()
    return len(Resurrects.saved), len(set(map(id, Resurrects.saved)))


print(resurrection(40))
callback_calls = []
gc.callbacks.append(lambda phase, info: callback_calls.append(phase))
gc.collect()
gc.callbacks.clear()
print(callback_calls[:2])
