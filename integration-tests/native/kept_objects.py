"""Programs whose hot loops make objects, keep them in attributes and lists, and drop them."""

from __future__ import annotations

PROGRAMS = {
    "a linked list": """
import sys
class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next
class Stack:
    def __init__(self):
        self.head = None
        self.size = 0
    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1
    def pop(self):
        node = self.head
        self.head = node.next
        self.size -= 1
        return node.value
def run(n):
    stack = Stack()
    total = 0
    for i in range(n):
        stack.push(i)
        stack.push(-i)
        total += stack.pop() * (i % 5)
    return stack, total
stack, total = run(700)
print(total, stack.size, sys.getrefcount(stack.head), sys.getrefcount(stack.head.next))
def length(node):
    n = 0
    while node is not None:
        n += 1
        node = node.next
    return n
print(length(stack.head))
def turn(node):
    before = None
    while node:
        node.next, before, node = before, node, node.next
    return before
stack.head = turn(stack.head)
print(length(stack.head), stack.head.value)
try:
    for i in range(2000):
        stack.pop()
except AttributeError as error:
    print(error, stack.size, stack.head)
""",
    "a binary tree": """
class Tree:
    __slots__ = ("key", "left", "right", "count")
    def __init__(self, key):
        self.key = key
        self.left = self.right = None
        self.count = 1
def insert(root, key):
    node = root
    while True:
        if key == node.key:
            node.count += 1
            return
        if key < node.key:
            if node.left is None:
                node.left = Tree(key)
                return
            node = node.left
        else:
            if node.right is None:
                node.right = Tree(key)
                return
            node = node.right
def grow(n):
    root = Tree(500)
    for i in range(n):
        insert(root, i * 7919 % 1009)
    return root
def walk(node):
    return [] if node is None else [*walk(node.left), (node.key, node.count), *walk(node.right)]
root = grow(1500)
print(len(walk(root)), walk(root)[:5], walk(root)[-3:])
""",
    "names for one object": """
class P:
    def __init__(self, x, y): self.x, self.y = x, y
class Pair:
    def __init__(self, a, b): self.a, self.b = a, b
class Holder:
    def __init__(self): self.one = self.two = None
def run(h, n):
    out = []
    for i in range(n):
        p = P(i, i + 1)
        h.one = p
        h.two = h.one
        out.append(p)
        pair = Pair(p, p)
        p.x += 5
        out.append(pair)
    return out
h = Holder()
out = run(h, 400)
print(h.one is h.two, out[-2] is h.one, out[-1].a is out[-1].b, out[-1].a is h.one, h.two.x)
print(sum(each.x for each in out[::2]), len({id(each) for each in out}))
def twice(p): return [p, p], (p, p)
def nested(n):
    last = None
    for i in range(n):
        lists = twice(P(i, -i))
        last = lists
    return last
(a, b), (c, d) = nested(300)
print(a is b, b is c, c is d, a.x)
""",
    "what dies, and when": """
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("dead", self.n)
class Box:
    def __init__(self, item): self.item = item
class Slot:
    __slots__ = ("item", "__weakref__")
    def __init__(self, item): self.item = item
def fill(box, n, special):
    for i in range(n):
        box.item = Box(i)
        if i == n - 7: box.item = special
        if i == n - 3: print("three left")
    return box.item.item
for cls in (Box, Slot):
    box = cls(None)
    print(fill(box, 300, D(1)))
    print(fill(box, 300, Box(D(2))))
    print(fill(box, 300, cls(cls(D(3)))))
def kept(items, n):
    for i in range(n):
        items[i % 5] = Box(i)
        if i == n - 20: items[2] = Box(D("in a list"))
    print("end of loop")
    return items
print([each.item for each in kept([None] * 5, 300)])
def popped(items):
    total = 0
    while items:
        total += items.pop().item
    return total
print(popped([Box(i) for i in range(500)]))
things = [Slot(i) for i in range(300)] + [Box(0), Slot(1)]
things[150].item = 0.5
print(popped(things))
""",
    "weak references": """
import weakref
class Node:
    def __init__(self, value): self.value = value
class Holder:
    def __init__(self): self.node = Node(0)
def run(n):
    h, seen, refs = Holder(), [], []
    for i in range(n):
        h.node = Node(i)
        if i % 50 == 20:
            refs.append(weakref.ref(h.node, lambda ref, i=i: seen.append(i)))
        if i % 50 == 21:
            seen.append((refs[-1]() is None, i))
    return seen, [ref() for ref in refs]
print(run(400))
table = weakref.WeakValueDictionary()
def tabled(n):
    h = Holder()
    for i in range(n):
        h.node = Node(i)
        table[i % 10] = h.node
        if i % 100 == 99: print(sorted(table))
tabled(300)
print(len(table))
""",
    "references and memory stay flat": """
import gc, sys
class P:
    __slots__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
class Q:
    def __init__(self, a, b): self.a, self.b = a, b
def make(n, shared):
    out = []
    for i in range(n):
        out.append(P(shared, i))
        out.append(Q(i * 0.5, shared))
    return out
def replace(items, n, shared):
    for i in range(n):
        p = items[i % 7]
        items[i % 7] = items[i % 5]
        items[i % 5] = p
        p.b = shared if i % 2 else None
        p.a = items[i % 3]
def rings(n):
    for i in range(n):
        p = P(None, i)
        q = Q(p, i)
        p.a = q
    return p.b
shared = Q(1, 2)
make(300, shared); replace(make(30, shared), 300, shared); rings(300)
for _ in range(3):
    make(600, shared)
    replace(make(30, shared), 900, shared)
    rings(900)
    gc.collect()
    print(sys.getrefcount(shared), sum(isinstance(o, (P, Q)) for o in gc.get_objects()))
items = make(200, shared)
print([sys.getrefcount(o) for o in items[::40]], {sys.getrefcount(o.a) for o in items[1::60]})
print(items[1].a, list(vars(items[399])), gc.isenabled())
del items
print(sys.getrefcount(shared))
""",
    "attributes that are added and deleted": """
class P:
    def __init__(self, a, b):
        self.b = b
        self.a = a
def run(n):
    out = []
    for i in range(n):
        p = P(i, None)
        if i > n - 9: p.c = i
        if i > n - 5: del p.b
        if i > n - 3: p.b = P(1, 2)
        out.append(p)
    return out
out = run(300)
print([vars(p) if i < 6 else sorted(vars(p)) for i, p in enumerate(out[-8:])])
for p in out: p.__dict__["d"] = p.a
print(sum(p.d for p in out), list(vars(out[5])))
def unset(items):
    total = 0
    for p in items:
        total += p.a
        p.b = p
    return total
del out[250].a
try:
    unset(out)
except AttributeError as error:
    print(error)
print(sum(p.b is p for p in out if hasattr(p, "b")))
""",
    "other ways to make objects": """
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
class Color(Enum):
    RED = 1
    BLUE = 2
@dataclass
class D:
    x: int
    y: float = 0.5
@dataclass(frozen=True)
class F:
    x: int
    c: Color = Color.RED
@dataclass(slots=True)
class S:
    x: int
    items: list
class N(NamedTuple):
    x: int
    y: int
class Base:
    kind = "base"
    def __init__(self, x):
        self.x = x
        self.seen = [x]
class Derived(Base):
    kind = "derived"
    def __init__(self, x):
        super().__init__(x)
        self.more = None
class New:
    made = 0
    def __new__(cls, x):
        cls.made += 1
        return super().__new__(cls)
    def __init__(self, x): self.x = x
class Registered:
    all = []
    def __init__(self, x):
        Registered.all.append(self)
        self.x = x
class NoInit: pass
def run(n):
    out = []
    for i in range(n):
        out.append(D(i)); out.append(F(i)); out.append(S(i, [i, i])); out.append(N(i, -i))
        out.append(Base(i)); out.append(Derived(i)); out.append(New(i)); out.append(Registered(i))
        out.append(NoInit())
    return out
out = run(300)
print([repr(o) for o in out[:4]], [vars(o) for o in out[4:8]], vars(out[8]))
print(out[-9], out[-8], out[-7], out[-6], vars(out[-5]), vars(out[-4]), New.made)
print(len(Registered.all), [type(o).__name__ for o in out[-9:]])
def reds(items):
    n = 0
    for item in items:
        if item.c is Color.RED: n += 1
    return n
print(reds([F(i, Color.RED if i % 3 else Color.BLUE) for i in range(600)]))
""",
    "a class that changes": """
class Node:
    def __init__(self, value): self.value = value
class Holder:
    def __init__(self): self.node = None
def old(self, value): self.value = value
def new(self, value):
    self.value = value * 2
    self.extra = None
def run(h, n, change):
    out = []
    for i in range(n):
        h.node = Node(i)
        out.append(h.node)
        if i == change: Node.__init__ = new
        if i == change + 50: Node.__del__ = lambda self: dead.append(self.value)
        if i == change + 60: del out[:]
    return out
dead = []
out = run(Holder(), 400, 200)
print(len(out), out[0].value, out[-1].value, len(dead), dead[:3])
out = None
print(len(dead), sorted(dead) == dead, sum(dead))
del Node.__del__
Node.__init__ = old
print(len(run(Holder(), 300, 1000)))
class Meta(type):
    calls = 0
    def __call__(cls, *args):
        Meta.calls += 1
        return super().__call__(*args)
class Odd(metaclass=Meta):
    def __init__(self, x): self.x = x
def odd(n):
    out = []
    for i in range(n):
        out.append(Odd(i))
    return sum(o.x for o in out)
print(odd(300), Meta.calls)
""",
    "long chains end": """
class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next
class Holder:
    def __init__(self): self.head = None
def run(h, n, drop):
    for i in range(n):
        h.head = Node(i, h.head)
        if i % drop == drop - 1:
            h.head = None
h = Holder()
run(h, 3000, 700)
print(h.head.value)
run(h, 150000, 40000)
print(h.head.value)
h.head = None
def shift(node, n):
    for i in range(n):
        node = node.next
    return node.value
def chain(n):
    node = None
    for i in range(n): node = Node(i, node)
    return node
print(shift(chain(50000), 49990))
""",
    "several classes in one place": """
class A:
    def __init__(self, n): self.n, self.peer = n, None
    def weight(self): return self.n
class B:
    def __init__(self, n): self.n, self.peer = n, None
    def weight(self): return self.n * 10
class C(B):
    def weight(self): return -self.n
def run(items, n):
    total = 0
    for i in range(n):
        item = items[i % len(items)]
        item.peer = items[i * 7 % len(items)]
        total += item.peer.weight()
        if i % 11 == 0: items[i % len(items)] = A(i)
        elif i % 13 == 0: items[i % len(items)] = C(i)
    return total
print(run([(A, B, C)[i % 3](i) for i in range(12)], 900))
def sort(items):
    for i in range(1, len(items)):
        item = items[i]
        k = i
        while k > 0 and items[k - 1].n > item.n:
            items[k] = items[k - 1]
            k -= 1
        items[k] = item
items = [(A, B)[i % 2](i * 37 % 101) for i in range(101)]
sort(items)
print([item.n for item in items] == list(range(101)), len({id(item) for item in items}))
""",
    "texts and containers in attributes": """
class P:
    def __init__(self):
        self.name, self.items, self.pair, self.flag, self.text = "", [], (0, 0), None, None
def run(ps, n):
    names = ["one", "two", "three", None]
    lists = [[1], [2.5], []]
    for i in range(n):
        p = ps[i % len(ps)]
        p.name = names[i % 3]
        p.items = lists[i % 3]
        p.pair = (i, i + 1)
        p.text = None if i % 4 else p.name
        p.flag = True
        if i == n - 30: p.items = {1: 2}
        if i == n - 20: p.name = 5
    return [(p.name, p.items, p.pair, p.flag, p.text) for p in ps]
print(run([P() for _ in range(7)], 500))
""",
    "collections in between": """
import gc
class P:
    def __init__(self, a): self.a, self.me = a, None
seen = []
def look(phase, info):
    if phase == "start" and len(seen) < 3: seen.append(info["generation"])
def run(n):
    total = 0
    for i in range(n):
        p = P(i)
        p.me = p
        total += p.me.a
        if i % 100 == 99: total += gc.collect() > 50
    return total
gc.collect()
print(run(1000))
gc.callbacks.append(look)
gc.set_threshold(50)
def more(n):
    for i in range(n):
        p = P(i)
        p.me = p
    return p.a
print(more(200000), len(seen) > 0)
gc.callbacks.remove(look)
gc.collect()
print(sum(type(o) is P for o in gc.get_objects()))
""",
}
