"""The order in which statements evaluate targets, values, decorators, bases and defaults."""

log = []


def n(value, label=None):
    log.append(str(label if label is not None else value))
    return value


def show(name):
    print(f"{name:14} {' '.join(log)}")
    log.clear()


class Box:
    def __setattr__(self, name, value):
        log.append(f".{name}={value}")
        self.__dict__[name] = value

    def __getattr__(self, name):
        log.append(f".{name}?")
        return 0

    def __delattr__(self, name):
        log.append(f"del.{name}")


class Table(dict):
    def __setitem__(self, key, value):
        log.append(f"[{key}]={value}")
        super().__setitem__(key, value)

    def __getitem__(self, key):
        log.append(f"[{key}]?")
        return super().get(key, 0)

    def __delitem__(self, key):
        log.append(f"del[{key}]")


box, table = Box(), Table()
n(table, "t")[n("k")] = n("v")
show("subscript")
n(box, "b").a = n("v")
show("attribute")
n(table, "t1")[n("k1")] = n(box, "b").x = n(table, "t2")[n("k2")] = n("v")
show("chain")
n(table, "t")[n("a")], n(box, "b").y = n(1), n(2)
show("tuple")
n(table, "t")[n("k")] += n("v")
show("aug subscript")
n(box, "b").z += n(5)
show("aug attribute")
n([0, 0, 0], "list")[n(1) : n(2) : n(1)] = n([5], "value")
show("slice")
del n(table, "t")[n("k")], n(box, "b").a, (n(table, "t2")[n(1)])
show("del")
n(table, "t")[n("ann")]: n("annotation") = n("value")
show("annotated")
n(box, "b").q: n("annotation")
show("bare annotated")
x: n("annotation", "annotation") = n("value")
show("simple ann")
for n(table, "t")[n("i")] in n([1, 2], "iter"):
    log.append("body")
show("for")


class Manager:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        log.append(f"enter-{self.name}")
        return self.name

    def __exit__(self, *details):
        log.append(f"exit-{self.name}")


with n(Manager("m1"), "e1") as n(table, "t")[n("k")], n(Manager("m2"), "e2") as n(box, "b").w:
    log.append("body")
show("with")


@n(lambda f: n(f, "apply1"), "deco1")
@n(lambda f: n(f, "apply2"), "deco2")
def function(a: n("ann a") = n(1, "default a"), *args: n("ann args"), k: n("ann k") = n(2, "default k")) -> n("ann return"):
    pass


show("def")


@n(lambda c: n(c, "apply"), "deco")
class Class(n(object, "base"), metaclass=n(type, "meta")):
    log.append("body")


show("class")


def raising():
    raise n(ValueError("v"), "exception") from n(KeyError("k"), "cause")


try:
    raising()
except n(KeyError, "first type"):
    pass
except (n(IndexError, "t1"), n(ValueError, "t2")):
    log.append("handler")
show("raise")


def returning():
    try:
        return n("value")
    finally:
        n("finally")


returning()
show("return")
assert n(True, "test"), n("message not evaluated")
show("assert")
try:
    assert n(0, "test"), n("message")
except AssertionError:
    show("assert fails")
(n(print, "print") if False else n(len, "len"))(n([], "arg"))
show("expression")
if n(0, "if"):
    pass
elif n(1, "elif"):
    n("body")
elif n(2, "never"):
    pass
show("if")
count = 2
while n(count, f"while{count}"):
    count -= 1
else:
    n("else")
show("while")
match n([1, 2], "subject"):
    case [a, b] if n(a > b, "guard1"):
        pass
    case [a, *_] if n(a == 1, "guard2"):
        n("body")
show("match")
n(table, "t")[(k := n("walrus"))] = n(k, "value first?") if "k" in globals() else n("value first")
show("walrus key")


def global_order():
    global first, second
    first, second = n(1), n(2)
    first = second = n(3)


global_order()
show("global")
import os.path as imported, sys as other

show("import")
lambda_default = lambda a=n("lambda default"): n("lambda body")
show("lambda")
lambda_default()
show("lambda call")


class Body:
    n("class statement 1")
    attribute: n("annotation") = n("value")

    def method(self, x=n("default")):
        n("method body")

    n("class statement 2")


show("class body")
Body().method()
show("method call")


def failing_target():
    try:
        undefined[n("key")] = n("value")
    except NameError:
        show("target fails")
    try:
        n(table, "t")[undefined] = n("value")
    except NameError:
        show("key fails")
    try:
        n(table, "t")[n("k")] = undefined
    except NameError:
        show("value fails")
    try:
        n(5, "no item")[n("k")] += n("v")
    except TypeError:
        show("aug fails")
    try:
        del n(table, "t")[n("k")], n(5, "bad").x, n(box, "never").y
    except AttributeError:
        show("del fails")


failing_target()
