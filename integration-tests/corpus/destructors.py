"""When objects die: temporaries, locals, exceptions, generators, containers, and weak references."""

import gc
import weakref

gc.disable()
log = []


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(f"~{self.name}")

    def method(self):
        log.append(f"{self.name}.method")
        return self

    def make(self, name):
        return D(name)

    def __add__(self, other):
        log.append(f"{self.name}+{other.name}")
        return D(self.name + other.name)

    def __bool__(self):
        log.append(f"bool {self.name}")
        return True

    def __iter__(self):
        yield 1

    def __enter__(self):
        log.append(f"enter {self.name}")
        return D("entered")

    def __exit__(self, *details):
        log.append(f"exit {self.name}")

    def __eq__(self, other):
        log.append("eq")
        return True

    def __format__(self, spec):
        return self.name


def show(label):
    print(f"{label}: {' '.join(log)}")
    log.clear()


def mark(label):
    log.append(label)


def temporaries():
    D("discarded")
    mark("next")
    D("a").method()
    mark("after method")
    D("b").make("c").method()
    mark("after chain")
    D("x") + D("y")
    mark("after add")
    (D("p") + D("q") + D("r")).method()
    mark("after adds")
    len([D("in list"), D("in list 2")])
    mark("after len")
    str(f"{D('formatted')}")
    mark("after f-string")
    D("l") == D("m")
    mark("after ==")
    if D("condition"):
        mark("in if")
    mark("after if")
    D("left") and D("right")
    mark("after and")
    (D("first"), mark("between"), D("second"))
    mark("after tuple")
    [D("item")][0].method()
    mark("after subscript")


temporaries()
show("temporaries")


def rebinding():
    x = D(1)
    x = D(2)
    mark("rebound")
    y = x
    x = None
    mark("still held by y")
    y = None
    mark("gone")
    z = D("z")
    del z
    mark("deleted")
    a, b = D("a"), D("b")
    a, b = b, a
    mark("swapped")
    a = b = None
    mark("both")
    w = D("w")
    w = w.make("made from w")
    mark("end")


rebinding()
show("rebinding")


def arguments(p, q=None):
    mark("in call")
    p = None
    mark("p cleared")


arguments(D("positional"), q=D("keyword"))
show("arguments")


def passes(n):
    return D(n)


passes("ignored result")
mark("after")
passes("r").method()
show("results")


def loops():
    for d in [D(0), D(1), D(2)]:
        mark(f"body {d.name}")
    mark("loop over")
    for d in (D(n) for n in "ab"):
        mark(f"body {d.name}")
    mark("generator over")
    while (d := D("while")) and False:
        pass
    mark("while over")
    for _ in D("iterated"):
        mark("inside")
    mark("after iterated")
    for d in map(D, "xy"):
        break
    mark("broke")


loops()
show("loops")


def exceptions():
    try:
        held = D("local of the raiser")
        raise ValueError(D("argument"))
    except ValueError as error:
        mark("in handler")
    mark("after handler")
    try:
        inner_raises()
    except KeyError:
        mark("caught")
    mark("after catch")


def inner_raises():
    local = D("local of inner")
    raise KeyError


exceptions()
show("exceptions")


def contexts():
    with D("manager") as entered:
        mark("body")
    mark("after with")
    with D("unnamed"):
        mark("body 2")
    mark("end")


contexts()
show("with")


def generators():
    def generator():
        d = D("generator local")
        try:
            yield 1
            yield 2
        finally:
            mark("generator finally")

    g = generator()
    next(g)
    mark("suspended")
    del g
    mark("deleted")
    for x in generator():
        break
    mark("loop left")
    next(generator())
    mark("temporary generator")
    list(generator())
    mark("exhausted")


generators()
show("generators")


def closures():
    d = D("captured")
    f = lambda: d
    del d, f
    mark("closure gone")

    def cell():
        nonlocal e
        e = None

    e = D("cell")
    cell()
    mark("cell cleared")


closures()
show("closures")


def comprehension():
    [D(n) for n in range(3)]
    mark("list dropped")
    [0 for n in range(2) if D(f"condition {n}")]
    mark("conditions dropped")
    {D("k").name: D("v") for _ in range(1)}
    mark("dict dropped")
    values = [D("kept") for _ in range(1)]
    mark("kept")


comprehension()
show("comprehension")


def stores():
    class Box:
        pass

    box = Box()
    box.a = D("attribute")
    box.a = D("attribute 2")
    mark("replaced")
    items = [D("i0"), D("i1")]
    items[0] = None
    mark("item replaced")
    del items[0]
    items += [D("i2")]
    items.clear()
    mark("cleared")
    table = {"k": D("value")}
    table["k"] = 1
    mark("key replaced")
    box.a = None
    mark("end")


stores()
show("stores")


def match_subject():
    match D("subject"):
        case D(name="other"):
            pass
        case D(name=n):
            mark("matched")
    mark("after match")


match_subject()
show("match")


def return_while_holding():
    d = D("held")
    try:
        return mark("returning")
    finally:
        mark("finally")


return_while_holding()
show("return")


class Body:
    temporary = D("class variable")
    del temporary
    mark("class body")
    D("discarded in class")
    mark("class end")


show("class")
D("module temporary")
mark("after")
module_variable = D("module variable")
module_variable = None
show("module")


def resurrection():
    saved = []

    class Lazarus:
        def __del__(self):
            saved.append(self)
            mark("resurrected")

    Lazarus()
    mark(f"saved {len(saved)}")
    saved.clear()
    mark("second death is silent")


resurrection()
show("resurrection")


def weak():
    d = D("weak")
    ref = weakref.ref(d, lambda _: mark("callback"))
    mark(f"alive {ref() is d}")
    d = None
    mark(f"dead {ref()}")
    table = weakref.WeakValueDictionary()
    table["k"] = e = D("in table")
    mark(f"{len(table)}")
    del e
    mark(f"{len(table)}")


weak()
show("weak")


def cycle():
    a, b = D("cycle a"), D("cycle b")
    a.other, b.other = b, a
    del a, b
    mark("not yet")
    gc.collect()
    log[-2:] = sorted(log[-2:])


cycle()
show("cycle")


def order_of_locals():
    one = D("one")
    two = D("two")
    three = D("three")
    mark("leaving")


order_of_locals()
show("locals")


def nested_calls():
    passes(passes("inner").name + "!").method()
    mark("end")


nested_calls()
show("nested")


def unpacked():
    a, *b = D("u0"), D("u1"), D("u2")
    mark("unpacked")
    a = None
    b.pop()
    mark("popped")


unpacked()
show("unpacked")
last = D("alive at exit")
import atexit

atexit.register(lambda: print("atexit", log))
