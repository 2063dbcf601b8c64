"""Generators: laziness, return values, state, generator expressions, and their attributes."""

import inspect
import itertools


def count_up(limit):
    print("started")
    n = 0
    while n < limit:
        yield n
        n += 1
    print("finished")
    return "the result"


g = count_up(2)
print(inspect.getgeneratorstate(g), g.__name__, g.__qualname__)
print(next(g), inspect.getgeneratorstate(g), g.gi_running, inspect.getgeneratorlocals(g))
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print("value", stop.value, stop.args)
print(inspect.getgeneratorstate(g), next(g, "default"), list(g), g.gi_frame)


def empty():
    return "never yields"
    yield


print(list(empty()))


def squares_and_sum(numbers):
    total = 0
    for n in numbers:
        total += n
        yield n * n
    yield total


print(list(squares_and_sum([1, 2, 3])), sum(squares_and_sum([4])))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print(list(itertools.islice(fibonacci(), 12)))


def permutations(items):
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield (item, *rest)


print(["".join(p) for p in permutations("abc")])


def loud(value):
    print("evaluate", value)
    return value


lazy = (loud(x) + loud(y) for x in loud([1, 2]) for y in loud([10]) if loud(True))
print("made")
print(next(lazy))
print(list(lazy))

try:
    (x for x in 5)
except TypeError as error:
    print(error)
inner_fails = (y for x in [1] for y in x)
try:
    next(inner_fails)
except TypeError as error:
    print(error)
print(list(inner_fails))


def reentrant():
    yield next(me)


me = reentrant()
try:
    next(me)
except ValueError as error:
    print(error)


def raises_stop():
    yield 1
    raise StopIteration("inside")


try:
    list(raises_stop())
except RuntimeError as error:
    print(error, repr(error.__cause__))

stopping = (next(iter([])) for _ in range(3))
try:
    list(stopping)
except RuntimeError as error:
    print(error, repr(error.__cause__))


def many_states(n):
    for i in range(n):
        try:
            if i % 2:
                continue
            with_value = yield ("even", i)
            print("sent", with_value)
        finally:
            print("finally", i)
            if i == 3:
                break
    else:
        print("no break")
    return i


m = many_states(9)
try:
    print(m.send(None))
    print(m.send("a"))
    print(m.send("b"))
except StopIteration as stop:
    print("returned", stop.value)


def yields_in_expressions():
    x = (yield 1) + (yield 2)
    y = [(yield 3), (yield 4)]
    z = {(yield 5): (yield 6)}
    f"{(yield 7)}"
    print(x, y, z, (yield 8), end="!\n")
    assert (yield 9), "falsy"
    x, y = yield 10, 11
    print(x, y)
    return (yield)


steps = yields_in_expressions()
sent = None
try:
    while True:
        got = steps.send(sent)
        sent = "pq" if isinstance(got, tuple) else (got or "last")
except StopIteration as stop:
    print("result", stop.value)


class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child

    def depth_first(self, depth=0):
        yield depth, self.value
        for child in self.children:
            yield from child.depth_first(depth + 1)


tree = Tree(1, Tree(2, Tree(3)), Tree(4))
print(list(tree), list(tree.depth_first()), max(tree), *tree)
first, *rest = tree
print(first, rest, dict(tree.depth_first()), 3 in tree)
renamed = count_up(1)
renamed.__name__ = "renamed"
print(renamed.__name__, renamed.__qualname__, type(renamed).__name__)
lambda_generator = lambda: (yield "from a lambda")
print(list(lambda_generator()), inspect.isgeneratorfunction(lambda_generator))
print(list(zip((c for c in "ab"), (c for c in "xyz"))), any(c > "a" for c in "abc"))
