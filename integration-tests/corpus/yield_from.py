"""`yield from`: values, results, delegation of send/throw/close, and plain iterators."""


def child(name):
    print(name, "starts")
    try:
        while True:
            try:
                got = yield f"{name} waits"
            except KeyError as error:
                print(name, "caught", error)
                continue
            print(name, "got", got)
            if got == "stop":
                return f"{name}'s result"
    finally:
        print(name, "ends")


def parent():
    first = yield from child("first")
    print("parent got", first)
    second = yield from child("second")
    return first, second


p = parent()
print(next(p))
print(p.send("hello"))
print(p.throw(KeyError("key")))
print(p.send("stop"))
print(p.gi_yieldfrom.__name__)
try:
    p.send("stop")
except StopIteration as stop:
    print(stop.value)

p = parent()
next(p)
p.close()
p = parent()
next(p)
try:
    p.throw(OSError("through"))
except OSError as error:
    print("out came", error)


def over(iterable):
    result = yield from iterable
    return result


def collect(generator):
    items = []
    try:
        while True:
            items.append(next(generator))
    except StopIteration as stop:
        return items, stop.value


print(collect(over([1, 2])), collect(over("xy")), collect(over({})), collect(over(range(3))))


class Iterator:
    def __init__(self, limit):
        self.n = limit

    def __iter__(self):
        print("iter called")
        return self

    def __next__(self):
        if not self.n:
            raise StopIteration("value from __next__")
        self.n -= 1
        return self.n


print(collect(over(Iterator(2))))
o = over(Iterator(5))
next(o)
try:
    o.send("plain iterators have no send")
except AttributeError as error:
    print(error)
o = over(Iterator(5))
next(o)
try:
    o.throw(ValueError("no throw either"))
except ValueError as error:
    print(error)
try:
    next(over(5))
except TypeError as error:
    print(error)


class WithMethods(Iterator):
    def send(self, value):
        print("send", value)
        return value * 2

    def throw(self, *args):
        print("throw", *(type(a).__name__ for a in args))
        raise StopIteration("ended by throw")

    def close(self):
        print("close")


o = over(WithMethods(5))
print(next(o), o.send(21))
try:
    o.throw(ValueError())
except StopIteration as stop:
    print(stop.value)
o = over(WithMethods(5))
next(o)
o.close()


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [4]], []], 5])))


def deep(n):
    if n:
        result = yield from deep(n - 1)
        return result + 1
    yield "bottom"
    return 0


print(collect(deep(50)))


def in_expression():
    total = (yield from iter([1])) or "none", (yield from over(over_result()))
    return total


def over_result():
    yield 2
    return "deep result"


print(collect(in_expression()))


def delegate_in_try():
    try:
        yield from child("inner")
    except ValueError as error:
        yield f"handled {error}"
    finally:
        yield "cleanup"


d = delegate_in_try()
print(next(d), "|", d.throw(ValueError("v")), "|", next(d))


def throw_generator_exit():
    try:
        yield from child("exit")
    except GeneratorExit:
        print("parent sees GeneratorExit")
        raise


t = throw_generator_exit()
next(t)
try:
    t.throw(GeneratorExit)
except GeneratorExit:
    print("came out")


def shared():
    inner = child("shared")

    def one():
        yield from inner

    return one(), one()


a, b = shared()
print(next(a), next(b))
del a
print("closing one delegator closed the shared generator:", next(b, "exhausted"))
