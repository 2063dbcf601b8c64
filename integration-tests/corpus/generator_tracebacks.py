"""Tracebacks that pass through generators, generator expressions and coroutines."""

import os
import traceback


def show(function, *args):
    try:
        function(*args)
    except BaseException:
        print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))


def leaf(n):
    yield n
    yield 10 // n


def delegate(n):
    yield "before"
    yield from leaf(n)


def consume(n):
    for value in delegate(n):
        pass


show(consume, 0)
show(lambda: list(1 / (x - 2) for x in range(5)))
show(lambda: [y for x in (1, 2, "3") for y in (x + 1,)])


def thrown():
    g = delegate(5)
    next(g)
    next(g)
    g.throw(KeyError("thrown in"))


show(thrown)


def not_started():
    leaf(1).throw(ValueError("never started"))


show(not_started)


def context():
    try:
        yield
    finally:
        undefined_name


def closing():
    g = context()
    next(g)
    g.close()


show(closing)


def stop():
    yield next(iter(()))


show(lambda: list(stop()))


async def awaited(n):
    return [1, 2][n]


async def outer(n):
    return 1 + await awaited(n)


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as result:
        return result.value


print(drive(outer(1)))
show(drive, outer(7))


class Iterator:
    def __iter__(self):
        return self

    def __next__(self):
        raise LookupError("from __next__")


def loop():
    for (
        item
    ) in Iterator():
        print(item)


show(loop)
show(lambda: (yield_value := [*Iterator()]))


def unpacking():
    a, b = leaf(0)


show(unpacking)


def reraised():
    g = leaf(0)
    next(g)
    try:
        next(g)
    except ZeroDivisionError as error:
        raise RuntimeError("wrapped") from error


show(reraised)
