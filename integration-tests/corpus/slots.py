"""`__slots__`: storage, inheritance, mangling, conflicts, and unset slots."""


class Point:
    __slots__ = ("x", "y", "__hidden")

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.__hidden = x + y

    def hidden(self):
        return self.__hidden


p = Point(1, 2)
print(p.x, p.y, p.hidden(), hasattr(p, "__dict__"))
print(sorted(name for name in dir(Point) if "hidden" in name))
print(type(Point.x).__name__, Point.x.__get__(p), Point.x.__name__, Point.__slots__)
try:
    p.z = 3
except AttributeError as error:
    print(error)
del p.x
try:
    p.x
except AttributeError as error:
    print(error)
try:
    del p.x
except AttributeError as error:
    print(error)
p.x = 7
print(p.x)


class Named(Point):
    __slots__ = {"name": "documented slot"}


class Open(Point):
    pass


n = Named(1, 2)
n.name = "n"
print(n.name, hasattr(n, "__dict__"), Named.name.__doc__)
o = Open(3, 4)
o.anything = 5
print(o.__dict__, o.x, o.hidden())


class WithDict:
    __slots__ = ("a", "__dict__", "__weakref__")


w = WithDict()
w.a, w.b = 1, 2
print(w.__dict__, w.a)


class SingleString:
    __slots__ = "only"


s = SingleString()
s.only = 1
print(s.only, SingleString.__slots__)


class FromIterator:
    __slots__ = (name for name in ("g", "h"))


f = FromIterator()
f.g = "g"
print(f.g, list(FromIterator.__slots__))

for body in (
    "class A:\n    __slots__ = ('x',)\n    x = 1",
    "class A(int):\n    __slots__ = ('x',)\nA(3).x = 2\nclass B(tuple):\n    __slots__ = ('x',)",
    "class A:\n    __slots__ = ('not a name',)",
    "class A:\n    __slots__ = (1,)",
    "class L:\n    __slots__ = ('l',)\nclass R:\n    __slots__ = ('r',)\nclass LR(L, R): pass",
    "class A:\n    __slots__ = ('__dict__', '__dict__')",
):
    try:
        exec(body)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Empty:
    __slots__ = ()


class Value(Empty):
    __slots__ = ("v",)

    def __eq__(self, other):
        return isinstance(other, Value) and self.v == other.v

    def __repr__(self):
        return f"Value({self.v!r})"


a, b = Value(), Value()
a.v = b.v = [1]
print(a == b, a, Value.__hash__)
a.v += [2]
print(a.v, b.v, a.v is b.v)


class Shadow(Point):
    __slots__ = ("x",)


q = Shadow(1, 2)
print(q.x, Shadow.x is Point.x)
try:
    Point.x.__get__(q)
except AttributeError as error:
    print(error)


class Copyable:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a

    def __getstate__(self):
        return [self.a]

    def __setstate__(self, state):
        (self.a,) = state


import copy

print(copy.copy(Copyable(5)).a, hasattr(copy.deepcopy(Copyable(6)), "b"))
