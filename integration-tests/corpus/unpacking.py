"""Unpacking assignment: targets, stars, nesting, protocols, errors, and swaps."""

a, b = 1, 2
a, b = b, a
print(a, b)
a, b, *c = "hello"
*d, e = range(4)
f, *g, h = [1, 2]
[i, [j, *k]] = 1, (2, 3, 4)
(l), (m,) = 5, [6]
print(a, b, c, d, e, f, g, h, i, j, k, l, m)
(n, o), p = q = [(1, 2), 3]
print(n, o, p, q)
*r, = "star"
[] = ()
() = []
s = t = u = []
print(r, s is t is u)
x = [1, 2, 3]
x[0], x[1] = x[1], x[0]
i = 0
i, x[i] = 2, "i was assigned first"
print(x, i)


class Box:
    pass


box = Box()
box.a, (box.b, *box.c), table = 1, [2, 3, 4], {}
table["k"], table["l"] = box.a, box.b
print(vars(box), table)
for first, *rest in [(1, 2, 3), "ab", [9]]:
    print(first, rest, end="; ")
print()
for (v, w), y in [((1, 2), 3)]:
    print(v, w, y)
for box.i, x[0] in zip(range(2), "ab"):
    pass
print(box.i, x)


class Iterator:
    def __init__(self, limit):
        self.n, self.limit = 0, limit

    def __iter__(self):
        print("iter", end=" ")
        return self

    def __next__(self):
        print("next", end=" ")
        if self.n == self.limit:
            raise StopIteration
        self.n += 1
        return self.n


a, b = Iterator(2)
print(a, b)
a, *b, c = Iterator(4)
print(a, b, c)
for make in (
    lambda: exec("a, b = Iterator(1)", globals()),
    lambda: exec("a, b = Iterator(9)", globals()),
    lambda: exec("a, *b, c = Iterator(1)", globals()),
    lambda: exec("a, b = 5", globals()),
    lambda: exec("a, b = None", globals()),
    lambda: exec("[a, b, c] = 'ab'", globals()),
    lambda: exec("(a, b), c = 1, 2", globals()),
    lambda: exec("() = [1]", globals()),
    lambda: exec("*a, = 7", globals()),
    lambda: exec("for a, b in [1]: pass", globals()),
    lambda: exec("a, b = {1: 2}", globals()),
    lambda: exec("a, *b = ()", globals()),
):
    try:
        make()
    except (TypeError, ValueError) as error:
        print("|", error)


def partial_assignment():
    first = second = "old"
    try:
        (first, (second, third)) = 1, 5
    except TypeError:
        return first, second


print(partial_assignment())


def assigned_until_failure():
    log = []

    class Target:
        def __setattr__(self, name, value):
            log.append((name, value))
            if name == "bad":
                raise ValueError("cannot set")

    t = Target()
    try:
        t.a, t.bad, t.c = 1, 2, 3
    except ValueError:
        pass
    return log


print(assigned_until_failure())


def order():
    log = []

    def note(label, value):
        log.append(label)
        return value

    class Store(dict):
        def __setitem__(self, key, value):
            log.append(f"set {key}={value}")

    store = Store()
    note("s1", store)[note("k1", "x")], note("s2", store)[note("k2", "y")] = note("v", (1, 2))
    note("s3", store)[note("k3", "z")] = note("s4", store)[note("k4", "w")] = note("v2", 3)
    return log


print(*order())


def big_star():
    *head, last = range(300)
    first, *tail = range(300)
    values = list(range(260))
    (a0, *middle, a259) = values
    return len(head), last, first, len(tail), len(middle), a259


print(big_star())


def local_swap(a, b, c):
    a, b, c = c, a, b
    a, b = b, a
    a, b, c = [a, b, c][::-1]
    return a, b, c


print(local_swap(1, 2, 3))


def same_name_twice():
    x, x = 1, 2
    *y, y = 3, 4
    x, (x, x) = 5, (6, 7)
    return x, y


print(same_name_twice())


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print(fibonacci(90))


def cells():
    a, (b, *c) = 1, (2, 3)

    def read():
        return a, b, c

    a, b = b, a
    return read()


print(cells())


class Body:
    a, *b = "class"
    (c, d), e = (1, 2), 3


print(Body.a, Body.b, Body.c, Body.d, Body.e)
string_pairs = dict(["ab", ("c", "d"), ["e", "f"]])
print(string_pairs, [*map(lambda pair: pair[0], string_pairs.items())])
a = b, c = d, *e = [1, 2]
print(a, b, c, d, e)
