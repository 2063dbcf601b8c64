"""`del`: names in every scope, items, slices, attributes, tuples, and what it leaves behind."""

a, b, (c, d), [e, *f] = 1, 2, (3, 4), (5, 6)
del a, (b, [c, d]), (e)
for name in "abcdef":
    print(name, name in globals(), end="; ")
print()
try:
    del missing
except NameError as error:
    print(error)
items = list(range(10))
del items[0], items[-1], items[2:4]
print(items)
del items[::2]
print(items)
del items[:]
print(items)
table = {"a": 1, "b": {"c": [1, 2, 3]}}
del table["b"]["c"][1], table["a"]
print(table)


class Thing:
    pass


thing = Thing()
thing.x, thing.y = 1, Thing()
thing.y.z = 5
del thing.x, thing.y.z
print(vars(thing).keys(), vars(thing.y))
for statement in (
    "del thing.x", "del table['zz']", "del items[5]", "del (1,)[0]", "del 'abc'[0]", "del thing.y.q.r",
    "del thing[0]", "del Thing.__name__", "del len",
):  # fmt: skip
    try:
        exec(statement)
    except Exception as error:
        print(statement, "->", type(error).__name__, error)


def local(flag):
    x = 1
    if flag:
        del x
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(local(False), local(True))


def twice():
    x = 1
    del x
    try:
        del x
    except UnboundLocalError as error:
        return str(error)


print(twice())


def parameter(x, *args, **kwargs):
    del x, args, kwargs
    return sorted(locals())


print(parameter(1, 2, k=3))


def in_loop():
    out = []
    for i in range(3):
        value = i
        out.append("value" in locals())
        del value
        out.append("value" in locals())
    del i
    return out, "i" in locals()


print(in_loop())


def cell():
    x = 1

    def read():
        try:
            return x
        except NameError as error:
            return str(error)

    first = read()
    del x
    second = read()
    x = 2
    return first, second, read()


print(cell())


def nonlocal_delete():
    x = 1

    def remove():
        nonlocal x
        del x

    remove()
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(nonlocal_delete())


def exception_name():
    try:
        raise ValueError
    except ValueError as error:
        del error
    return "error" in locals()


print(exception_name())


class Body:
    x = 1
    y = 2
    del x
    try:
        x
    except NameError as error:
        message = str(error)
    try:
        del x
    except NameError as error:
        message2 = str(error)
    (z, w) = (3, 4)
    del (z, w), y


print(Body.message, "|", Body.message2, "|", sorted(k for k in vars(Body) if k[0] != "_"))
x = "global shows through"


class Shadow:
    x = "class"
    del x
    seen = x


print(Shadow.seen)


class Hooks:
    def __delitem__(self, key):
        print("delitem", key)

    def __delattr__(self, name):
        print("delattr", name)


h = Hooks()
del h[1], h[1:2], h[1:2, ..., ::3], h.x, h[h.__class__.__name__]


def dead_branch():
    if False:
        del never
    while False:
        del never
    return "fine"


print(dead_branch())


def keeps_value_alive():
    x = [1, 2]
    y = x
    del x
    y.append(3)
    return y


print(keeps_value_alive())
len = 5
del len
print(len([1]))
