"""Star arguments in calls and displays: order, merging, copies, protocols, and many items."""

log = []


def note(value):
    log.append(str(value))
    return value


def show(*args, **kwargs):
    print(args, kwargs, "|", " ".join(log))
    log.clear()


class Iter:
    def __init__(self, name, *items):
        self.name, self.items = name, items

    def __iter__(self):
        log.append(f"iter-{self.name}")
        for item in self.items:
            log.append(f"next-{item}")
            yield item


class Map:
    def __init__(self, name, **items):
        self.name, self.items = name, items

    def keys(self):
        log.append(f"keys-{self.name}")
        return self.items.keys()

    def __getitem__(self, key):
        log.append(f"get-{key}")
        return self.items[key]


show(*Iter("a", 1, 2))
show(note(0), *Iter("a", 1), note(2), *Iter("b", 3), note(4))
show(*Iter("a", 1), k=note(2), **Map("m", x=1))
show(**Map("m", x=1), y=note(2), **Map("n", z=3))
show(*Iter("a", 1), **Map("m", x=note(2)), y=note(3))
show(k=note(1), *Iter("late", 2))
show(k=note(1), *Iter("late", 2), **Map("m", x=3))

print([note(0), *Iter("l", 1, 2), note(3)], " ".join(log))
log.clear()
print((note(0), *Iter("t", 1), *Iter("u", 2)), " ".join(log))
log.clear()
print(sorted({note(0), *Iter("s", 1, 0)}), " ".join(log))
log.clear()
print({note("a"): note(1), **Map("m", b=2, a=3), note("c"): note(4)}, " ".join(log))
log.clear()
print({**Map("m", a=1), "a": note(2), **{"a": note(3)}}, " ".join(log))
log.clear()
x = *Iter("assign", 1, 2), note(3)
print(x, " ".join(log))
log.clear()
print({**{}}, [*""], (*(),), {*()} == set(), [*range(3), *"ab", *{"k": 1}, *{5}])
print(*[1, 2], *(3,), sep=note("-"))
log.clear()


def identity(*args, **kwargs):
    return args, kwargs


items = (1, 2)
mapping = {"a": 1}
print(identity(*items)[0] is items, identity(**mapping)[1] is mapping)
print(identity(*items, *())[0], identity(*[], *items)[0])
print(type(identity(*"ab")[0]).__name__, identity(*b"ab")[0], identity(*{"k": "v"})[0])


def star_in_return():
    return 1, *items, 3


def star_in_yield():
    yield 0, *items
    yield (yield)


print(star_in_return(), list(star_in_yield()))
for value in 1, *items, "end":
    print(value, end=" ")
print()
table = {(1, 2, 3): "tuple key"}
print(table[1, *items[1:], 3] if (1, *items[1:], 3) in table else None)

for make in (
    lambda: [*5],
    lambda: (*None,),
    lambda: {*[[]]},
    lambda: {**[1]},
    lambda: {**{"a": 1}, **5},
    lambda: {"a": 1, **None},
    lambda: [*Iter("fail", 1), *5],
):
    try:
        make()
    except TypeError as error:
        print(error)
log.clear()


class BadLengthHint:
    def __iter__(self):
        return iter([1, 2])

    def __length_hint__(self):
        log.append("length_hint")
        return 10


print([*BadLengthHint()], identity(*BadLengthHint())[0], " ".join(log))
log.clear()
big = list(range(1000))
print(len(identity(*big, *big)[0]), len([*big, *big]), len({**{str(i): i for i in big}, "x": 1}))
print(identity(*(i for i in range(3)), **{k: 1 for k in "ab"}))
print((lambda *a, k=0, **kw: (a, k, kw))(*"ab", **{"k": 5}, z=1))
print(max(*[3, 9, 2], key=lambda v: -v), dict(**{"a b": 1}), "{} {k}".format(*[1], **{"k": 2}))


class Callable:
    def __call__(self, *args, **kwargs):
        return args, kwargs


print(Callable()(*[1], **{"a": 2}), Callable.__call__(Callable(), *[1]))
print(str.join(*["-", "abc"]), "abc".replace(*("b", "x")), int(*["ff"], **{"base": 16}))
print(print(*[], sep="") is None, [f(*a) for f, a in ((max, (1, 2)), (min, (3, 4)))])
