"""Containers of one's own: length, items, slices, membership, iteration, reversal, missing keys."""

from collections import UserDict, abc

log = []


class Seq:
    def __init__(self, *items):
        self.items = list(items)

    def __repr__(self):
        return f"Seq({self.items})"

    def __len__(self):
        log.append("len")
        return len(self.items)

    def __getitem__(self, index):
        log.append(f"get {index}")
        return self.items[index]

    def __setitem__(self, index, value):
        log.append(f"set {index} {value}")
        self.items[index] = value

    def __delitem__(self, index):
        log.append(f"del {index}")
        del self.items[index]


def show(label, value=None):
    print(label, value, "|", "; ".join(log))
    log.clear()


s = Seq(10, 20, 30)
show("index", s[0])
show("negative", s[-1])
show("slice", s[1:])
show("full slice", s[:])
show("step", s[::2])
show("three", s[0:3:1])
show("list", list(s))
show("in", 20 in s)
show("not in", 99 not in s)
show("reversed", list(reversed(s)))
show("unpack", (lambda a, b, c: (a, b, c))(*s))
show("for", [x for x in s])
s[0] = 1
s[1:2] = [2, 3]
del s[0], s[-1:]
show("changes", s.items)
s[0] += 5
show("augmented", s.items)
show("truth", bool(Seq()))
show("min max sum", (min(s), max(s), sum(s)))
show("zip", list(zip(s, s)))
show("enumerate", list(enumerate(s)))
show("iter", next(iter(s)))


class Grid:
    def __getitem__(self, key):
        return key

    def __class_getitem__(cls, key):
        return f"class {key}"


g = Grid()
print(g[1], g[1, 2], g[1:2, ::3], g[...], g[1, ..., None], g[()], g[(1, 2)], g[1,], g["a":"b"], g[[1]])
print(g[g[1]:g[2]], g[-1], Grid[int, str], g[1:2])


class Table(dict):
    def __missing__(self, key):
        log.append(f"missing {key}")
        self[key] = value = key * 2
        return value


t = Table(a=1)
show("missing", (t["a"], t["b"], t["b"], t.get("c"), "c" in t))


class Bag(abc.MutableSet):
    def __init__(self, items=()):
        self.items = list(items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return f"Bag({self.items})"

    def add(self, item):
        if item not in self:
            self.items.append(item)

    def discard(self, item):
        if item in self:
            self.items.remove(item)


bag = Bag([1, 2])
bag |= {3}
bag -= {1}
print(list(bag), bag & {2}, bag == {2, 3}, bag.isdisjoint({9}), list(bag ^ {2, 7}), bag <= {2, 3, 4})


class Counter:
    def __init__(self, limit):
        self.limit = limit

    def __iter__(self):
        log.append("iter")
        n = 0
        while n < self.limit:
            yield n
            n += 1

    def __reversed__(self):
        return "custom reversed"

    def __length_hint__(self):
        return 3

    def __contains__(self, item):
        log.append(f"contains {item}")
        return False


c = Counter(3)
show("counter", (list(c), tuple(c), set(c), 2 in c, reversed(c), sorted(c, reverse=True), dict.fromkeys(c)))
a, b, d = c
show("unpack", (a, b, d, [*c], max(c), sum(c), any(c), all(c)))


class Attrs(UserDict):
    def __getattr__(self, name):
        if name == "data":
            raise AttributeError(name)
        return self[name]


attrs = Attrs(x=1)
attrs["y"] = 2
print(attrs.x + attrs.y, {**attrs}, dict(attrs), list(attrs.items()))


class Infinite:
    def __getitem__(self, i):
        if i == 4:
            raise IndexError
        return i * i


print(list(Infinite()), 9 in Infinite(), [*zip(Infinite(), "ab")])
for operation in (
    lambda: Infinite()[4], lambda: len(Infinite()), lambda: iter(object()), lambda: reversed(Infinite()),
    lambda: Seq(1)["x"], lambda: object()[0], lambda: [].__getitem__(None), lambda: {}[Seq()], lambda: bag[0],
    lambda: next(Seq()), lambda: [1, 2, 3][1:2:0], lambda: str.__getitem__("abc", 1.0), lambda: (1, 2)[5], lambda: {}[[]],
):  # fmt: skip
    try:
        print(operation())
    except Exception as error:
        print(type(error).__name__, error)
log.clear()


class Changing(list):
    def __iter__(self):
        log.append("own iter")
        return super().__iter__()

    def __getitem__(self, i):
        log.append(f"own get {i}")
        return super().__getitem__(i)

    def append(self, x):
        log.append("own append")
        super().append(x)


ch = Changing([1, 2])
ch.append(3)
show("subclass", ([*ch], ch[0], ch[1:], list(ch), [x for x in ch], sum(ch), tuple(ch)))
