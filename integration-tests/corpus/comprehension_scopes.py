"""Scopes of comprehensions: class bodies, closures, walrus, eval, and shadowed names."""

import sys

size = "global size"


class Grid:
    size = 3
    cells = [0 for _ in range(size)]
    squares = [[x * y for x in range(2)] for y in range(size)]
    try:
        sized = [size for _ in range(2)]
    except NameError as error:
        sized = str(error)
    first_iterable_sees_class = [item for item in [size, size + 1]]
    generator = list(n for n in range(size))
    mapping = {n: n for n in range(size) if n}
    functions = [lambda: size for _ in range(2)]
    called = [f() for f in functions]


print(Grid.cells, Grid.squares, Grid.sized, Grid.first_iterable_sees_class)
print(Grid.generator, Grid.mapping, Grid.called, sorted(k for k in vars(Grid) if k[0] != "_"))


def outer():
    size = "enclosing"

    class Inner:
        size = 2
        values = [size for _ in range(size)]
        nested = [[size for _ in "a"] for _ in range(size)]

    return Inner.values, Inner.nested


print(outer())


def with_class_cell():
    class C:
        def f(self):
            return [__class__ for _ in range(1)][0] is C and [super().__hash__() for _ in "a"] != []

    return C


try:
    print(with_class_cell()().f())
except TypeError as error:
    print("TypeError", error)


def walrus_targets():
    values = [last := n for n in range(4)]
    total = 0
    partial = [total := total + n for n in values]
    found = any((hit := n) > 1 for n in values)
    nested = [[deep := (i, j) for j in range(2)] for i in range(2)]
    filtered = [y for x in range(6) if (y := x * x) % 2 == 0]
    return last, partial, total, found, hit, nested, deep, filtered, y


print(walrus_targets())
[module_level := n for n in range(3)]
print(module_level, "n" in globals())


def walrus_nonlocal():
    counter = 0

    def bump():
        nonlocal counter
        [counter := counter + n for n in range(4)]
        return counter

    return bump(), counter


print(walrus_nonlocal())


def walrus_global():
    global made_by_walrus
    [made_by_walrus := n for n in "xyz"]


walrus_global()
print(made_by_walrus)


def closures_in_comprehensions():
    adders = [lambda x, n=n: x + n for n in range(3)]
    late = [lambda: n for n in range(3)]
    made = [make for make in [lambda: [inner for inner in "ab"]]]
    return [f(10) for f in adders], [f() for f in late], made[0]()


print(closures_in_comprehensions())


def same_name_everywhere(x):
    a = [x for x in [x, x + 1]]
    b = [x for x in [x for x in [x]]]
    c = {x: [x for x in range(x)] for x in range(3)}
    d = [x for y in [x] for x in [y, x] if x] if False else [x]
    return a, b, c, d, x


print(same_name_everywhere(5))


def inner_unbound():
    try:
        return [x for y in [1] for x in [y, x]]
    except NameError as error:
        return type(error).__name__


print(inner_unbound())


def locals_seen():
    a, b = 1, 2
    return sorted(name for name in locals()), sorted([name for name in locals() if len(name) == 1])


first, second = locals_seen()
print("a" in second or sys.version_info < (3, 12))


def uses_eval():
    value = 3
    try:
        return [eval("value") for _ in range(1)]
    except NameError:
        return "not visible"


print(uses_eval() in ([3], "not visible"), [eval("size") for _ in range(1)])
print(eval("[x + y for x in a for y in b]", {"a": [1, 2], "b": [10]}))
namespace = {}
exec("k = 5\nvalues = [k + i for i in range(2)]\nf = lambda: [k for _ in 'a']", namespace)
print(namespace["values"], namespace["f"]())
separate = {}
try:
    exec("k = 5\nvalues = [k for i in range(2)]", {}, separate)
except NameError as error:
    print(error)


def generator_sees_rebinding():
    n = 1
    lazy = (n for _ in range(3))
    out = [next(lazy)]
    n = 2
    out.append(next(lazy))
    del n
    try:
        next(lazy)
    except NameError as error:
        out.append(str(error))
    return out


print(generator_sees_rebinding())


def cells_made_per_call():
    return [[f() for f in fs] for fs in [[lambda: i for i in range(k)] for k in (1, 3)]]


print(cells_made_per_call())


class Descriptor:
    names = [n for n in ("a", "b")]
    locals().update({n: n.upper() for n in names})
    del names


print(Descriptor.a, Descriptor.b, hasattr(Descriptor, "n"))
