"""Left to right: the order in which expressions evaluate their parts."""

log = []


def n(value, label=None):
    log.append(str(label if label is not None else value))
    return value


def show(name, result=None):
    print(f"{name:12} {result!r:24} {' '.join(log)}")
    log.clear()


class Key:
    def __getitem__(self, key):
        return key


show("binary", n(1) + n(2) * n(3) - n(4))
show("power", n(2) ** n(3) ** n(2) if False else n(2) ** n(3))
show("unary", -n(1) + ~n(2) - +n(3))
show("parens", (n(1) + n(2)) * (n(3) + n(4)))
show("tuple", (n(1), n(2), (n(3), n(4))))
show("list", [n(1), [n(2)], n(3)])
show("dict", {n("a"): n(1), n("b"): n(2)})
show("dict merge", {n("a"): n(1), **n({"x": 0}, "map"), n("b"): n(2)})
show("set", len({n(1), n(2), n(1)}))
show("subscript", n([1, 2, 3], "list")[n(1)])
show("slice", n("abcdef", "str")[n(1) : n(5) : n(2)])
show("slices", n(Key(), "key")[n(1) : n(2), n(3), :])
show("attribute", n("abc", "str").upper().lower())
show("call", n(max, "f")(n(1), n(2), *n([3], "star")))
show("call kw", n(dict, "f")(a=n(1), **n({"b": 2}, "map"), c=n(3)))
show("method", n("a-b", "obj").split(n("-"), maxsplit=n(1)))
show("chained call", n(lambda x: n(lambda y: x + y, "inner"), "outer")(n(1))(n(2)))
show("compare", n(1) < n(2) < n(3) > n(0))
show("conditional", n("yes") if n(True) else n("no"))
show("conditional2", n("yes") if n(0) else n("no") if n("") else n("third"))
show("and or", n(0) and n(1) or n(2) and n(3))
show("not", not n(1) or not n(0))
show("lambda", (lambda a=n(1), *, b=n(2): (a, b))())
show("f-string", f"{n(1)}{n(2)!r:>{n(4)}}{n('x'):{n('^')}{n(3)}}")
show("walrus", (x := n(1)) + (y := n(2)) + x + y)
show("starred", [*n([1], "s1"), n(2), *n([3], "s2")])
show("yielded", list((n(i, f"body{i}") for i in n((1, 2), "iter"))))
show("in", n(1) in n([1], "list"))
show("is", n(None) is n(None))
show("format", "%s %s" % (n(1), n(2)))
show("join", n("-", "sep").join([n("a"), n("b")]))
show("matrix", [[n(i * j, f"{i}{j}") for j in (1, 2)] for i in n((1, 2), "outer")])
show("nested sub", n([[1], [2]], "outer")[n(1)][n(0)])
show("key lambda", sorted([n(3), n(1)], key=n(lambda v: -v, "key"), reverse=n(False)))
show("await-like", n([1, 2, 3], "a")[n(0)] + n([4], "b")[n(0)])


class Op:
    def __init__(self, name):
        self.name = name

    def __add__(self, other):
        log.append(f"{self.name}+{getattr(other, 'name', other)}")
        return Op(f"({self.name}{getattr(other, 'name', other)})")

    def __radd__(self, other):
        log.append(f"{other}+r{self.name}")
        return self

    def __mul__(self, other):
        log.append(f"{self.name}*{other.name}")
        return Op(f"[{self.name}{other.name}]")

    def __neg__(self):
        log.append(f"-{self.name}")
        return self

    def __getitem__(self, key):
        log.append(f"{self.name}[{key}]")
        return self

    def __call__(self, *args, **kwargs):
        log.append(f"{self.name}()")
        return self

    def __getattr__(self, name):
        log.append(f"{self.name}.{name}")
        return self

    def __repr__(self):
        return self.name

    def __contains__(self, item):
        log.append(f"{item} in {self.name}")
        return True

    def __format__(self, spec):
        log.append(f"format {self.name} {spec}")
        return self.name

    def __iter__(self):
        log.append(f"iter {self.name}")
        return iter(())


a, b, c = Op("a"), Op("b"), Op("c")
show("operators", a + b * c)
show("left assoc", a + b + c)
show("mixed", -a + 1 + b)
show("reflected", 1 + a)
show("attributes", a.x.y[n(0)].z(n(1))(n(2)))
show("operand last", a[n(0)] + n(b, "b"))
show("args first", a.method(n(1), b.other, k=c[n(2)]))
show("contains", n(1) in a)
show("format", f"{a:{n(1)}}{b!r}{c}")
show("star iter", [n(0), *a, n(1), *b])
show("slice obj", a[n(1) : n(2), n(3)])


def function_evaluates_callee_first():
    try:
        undefined(n("not evaluated"))
    except NameError:
        show("callee", "NameError")
    try:
        a.x[n(1)] + undefined
    except NameError:
        show("right", "NameError")
    try:
        unbound + n("not evaluated")
        unbound = 1
    except UnboundLocalError:
        show("unbound", "UnboundLocalError")
    try:
        n(1) + unbound
    except UnboundLocalError:
        show("unbound 2", "UnboundLocalError")
    try:
        n(max)(unbound, n("not evaluated"))
    except UnboundLocalError:
        log.clear()
        show("unbound 3", "UnboundLocalError")


function_evaluates_callee_first()


def locals_rebound_in_the_middle():
    x = 1

    def change():
        nonlocal x
        x = 10
        return 100

    first = x + change() + x
    items = [1]
    second = [items, items.append(2), len(items)]
    y = 5
    third = (y, y := 6, y)
    z = 1
    fourth = z + (z := 10) + z
    fifth = [z, (z := 20), z]
    sixth = {z: (z := 30), "z": z}
    seventh = max(z, (z := 1), z)
    return first, second, third, fourth, fifth, sixth, seventh


print(locals_rebound_in_the_middle())


def arguments_snapshot():
    x = 1

    def f(*args, **kwargs):
        return args, kwargs

    return f(x, (x := 2), x, k=x, m=(x := 3), o=x), x


print(arguments_snapshot())
