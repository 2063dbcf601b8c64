"""Comprehensions: kinds, conditions, nesting, targets, and the order of evaluation."""

log = []


def note(label, value):
    log.append(label)
    return value


def show():
    print(" ".join(map(str, log)))
    log.clear()


print([x * x for x in range(5)], {x % 3 for x in range(9)}, {x: chr(97 + x) for x in range(3)})
print([x for x in range(20) if x % 2 if x % 3], [x for x in range(0)])
print([(x, y) for x in range(3) for y in range(x)])
print([(x, y) for x in range(4) if x % 2 for y in range(3) if y != x])
print([[x * y for y in range(3)] for x in range(3)])
print([a + b for a, b in [(1, 2), (3, 4)]], [a for (a, *b), c in [((1, 2, 3), 4)]])
print([b for a, *b in ["abc", "d"]], {k: v for k, v in zip("ab", (1, 2))})
print([x if x > 1 else -x for x in range(4)], [lambda: 0 for _ in "ab"][0]())
print([*[x for x in "ab"], *(y for y in "cd")], {**{k: 1 for k in "a"}, "b": 2})
print(["".join(c for c in word if c.isupper()) for word in ("HeLLo", "WorLD")])
print([[[c for c in b] for b in a] for a in (("ab", "c"), ())])
print(sum(x for x in range(10)), max((len(w), w) for w in ("a", "ccc", "bb")))
print(sorted(x for xs in {1: [3, 1], 2: [2]}.values() for x in xs))

[note("body", x) for x in note("iter", [1, 2]) if note("if", x)]
show()
[
    note(f"body{x}{y}", 0)
    for x in note("outer", (1, 2))
    if note(f"if{x}", x > 1)
    for y in note(f"inner{x}", "ab")
    if note(f"if{x}{y}", True)
]
show()
{note(f"key{x}", x): note(f"value{x}", x) for x in (1, 2)}
show()
{note(f"k{x}", 0): note(f"v{x}", x) for x in (1, 2, 3)}
show()


class Target:
    pass


t = Target()
seen = [t.value for t.value in range(3)]
table = {}
items = [table[0] for table[0] in "ab"]
cells = [0, 0]
[None for cells[1] in (5, 6)]
print(seen, t.value, items, table, cells)
try:
    t_before = t
    [x for x in (1, 2) for t in (3,)]
    print(t is t_before)
finally:
    pass


class Hashed:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        log.append(f"hash{self.n}")
        return 1

    def __eq__(self, other):
        log.append(f"eq{self.n}{other.n}")
        return self.n == other.n


print(len({Hashed(n) for n in (1, 2, 1)}))
show()
print(len({Hashed(n): n for n in (1, 1)}))
show()

x = "module x"
[x for x in range(3)]
print(x)


def shadows(values):
    values = [values for values in values]
    return values, [range for range in values]


print(shadows([1, 2]))


def nested_scopes(n):
    return [
        [(lambda: (i, j, n))() for j in range(2)]
        for i in range(2)
        if [k for k in range(n) if k > i]
    ]


print(nested_scopes(3))


def argument_of_comprehension(a, b):
    del a
    try:
        return [a for _ in b]
    except NameError as error:
        return type(error).__name__, str(error)


print(argument_of_comprehension(1, [1]))


def loop_variable_stays_out():
    [y for y in range(3)]
    try:
        return y
    except NameError as error:
        return str(error)


print(loop_variable_stays_out())


def exceptions():
    results = []
    for source in ([1, 0], [1, "a"], None, [()], [(1, 2, 3)]):
        try:
            results.append([10 // (a if not isinstance(a, tuple) else [b for b, c in [a]]) for a in source])
        except (TypeError, ValueError, ZeroDivisionError) as error:
            results.append(str(error))
    return results


for result in exceptions():
    print(result)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [*map(list, zip(*matrix))])
print([i for i in range(5) if i % 2 == 0 or i == 3], [not i for i in (0, 1)])
print([(yield_,) for yield_ in "a"], {(): [] for _ in "ab"}, [[]] * 2, [[] for _ in range(2)])
large = {i: {j: i * j for j in range(30)} for i in range(30)}
print(sum(sum(inner.values()) for inner in large.values()))
