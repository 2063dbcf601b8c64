"""f-strings: how often and in which order values, conversions and format specs are evaluated."""

log = []


def n(value, label=None):
    log.append(str(label or value))
    return value


class Value:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        log.append(f"format({self.name},{spec!r})")
        return self.name

    def __str__(self):
        log.append(f"str({self.name})")
        return self.name

    def __repr__(self):
        log.append(f"repr({self.name})")
        return self.name


def show(text):
    print(text, "|", *log)
    log.clear()


a, b, c = Value("a"), Value("b"), Value("c")
show(f"{a}{b}{c}")
show(f"{a!r}{b!s}{c!a}")
show(f"{a:{b}}{c:x{a}y{b!r}z}")
show(f"{n(1)}{a:{n(2)}{n(3)}}{n(4)}")
show(f"{a=}{b=:w}{c=!s}")
show(f"{n(a, 'value'):{n('<', 'align')}{n('9', 'width')}}")
show(f"{f'{a}'}")
show("".join([f"{a}", f"{b}"]) + f"{c}" * 2)
show(f"{a}" f"{b}" "plain" f"{c!r:>3}")
show(f"{a if n(0) else b}{(c, )[0]}")


class Failing:
    def __format__(self, spec):
        log.append("failing format")
        raise ValueError(f"spec {spec}")


for make in (
    lambda: f"{a}{Failing()}{b}",
    lambda: f"{a}{undefined_name}{b}",
    lambda: f"{a:{Failing()}}{b}",
    lambda: f"{n(1)}{n(2):{n('bad spec', 'spec')}}{n(3)}",
):
    try:
        make()
    except (ValueError, NameError) as error:
        show(f"{type(error).__name__}: {error}")


class StrChild(str):
    def __format__(self, spec):
        log.append("child format")
        return StrChild("formatted")

    def __str__(self):
        log.append("child str")
        return "str"


child = StrChild("child")
result = f"{child}"
show((result, type(result).__name__))
result = f"{child!s}"
show((result, type(result).__name__))
plain = "plain"
show(f"{plain}" is plain)


def locals_change():
    x = 1
    return f"{x}{(x := 2)}{x}{(lambda: x)()}"


show(locals_change())


def in_generator():
    got = f"{(yield 'first')}-{(yield 'second')!r:>{(yield 'third')}}"
    yield got


g = in_generator()
next(g), g.send("x"), g.send("y")
show(g.send(6))


def in_default(text=f"{n('default at definition')}"):
    return text


show(in_default())


class Body:
    name = f"{__qualname__}.{n('class body')}"


show(Body.name)
assert True, f"{n('never evaluated')}"
show("assert")
try:
    assert False, f"{n('evaluated')}"
except AssertionError as error:
    show(error)
