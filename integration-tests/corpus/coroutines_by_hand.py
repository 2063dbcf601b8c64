"""Coroutines driven by hand: await protocols, results, throw, close, and misuse."""

import inspect
import types
import warnings


class Suspend:
    """Awaitable: yields its request to the driver, returns what the driver sends."""

    def __init__(self, request):
        self.request = request

    def __await__(self):
        answer = yield self.request
        return answer


def drive(coroutine, answers):
    requests = []
    answer = None
    answers = iter(answers)
    try:
        while True:
            requests.append(coroutine.send(answer))
            answer = next(answers)
    except StopIteration as stop:
        return requests, stop.value


async def add():
    a = await Suspend("first")
    b = await Suspend("second")
    return a + b


print(drive(add(), [1, 2]))


async def nested(depth):
    if depth == 0:
        return await Suspend("bottom")
    return [await nested(depth - 1)]


print(drive(nested(3), ["x"]))


async def expressions():
    values = {await Suspend(1): await Suspend(2), **{await Suspend(3): 0}}
    text = f"{await Suspend(4)}{await Suspend(5)!r:>5}"
    total = (await Suspend(6)) + (await Suspend(7)) ** await Suspend(8)
    comparison = await Suspend(9) < await Suspend(10) < await Suspend(11)
    chosen = await Suspend(12) if await Suspend(13) else await Suspend(14)
    sub = [10, 20, 30][await Suspend(15)]
    call = dict(a=await Suspend(16), **{"b": await Suspend(17)})
    return values, text, total, comparison, chosen, sub, call


print(drive(expressions(), ["k", "v", "k2", "t", "u", 1, 2, 3, 5, 4, 0, 7, 1, "call", "kw"]))


async def assignment_targets():
    store = {}
    store[await Suspend("key")] = await Suspend("value")
    store[await Suspend("key again")] += await Suspend("increment")
    del store[await Suspend("deleted")]
    store["left"] = 1
    (await Suspend("object")).attribute = await Suspend("attribute value")
    return store


class Object:
    pass


target = Object()
print(drive(assignment_targets(), ["value", "k", "k", "!", "k", 5, target]), vars(target))
try:
    drive(assignment_targets(), [1, "k", "k", 1, "missing"])
except KeyError as error:
    print("KeyError", error)


async def handles():
    try:
        await Suspend("in try")
    except ValueError as error:
        caught = str(error)
        await Suspend(f"in except: {caught}")
    else:
        await Suspend("in else")
    finally:
        await Suspend("in finally")
    return "end"


h = handles()
print(h.send(None), "|", h.throw(ValueError("bad")), "|", h.send(None), end=" | ")
try:
    h.send(None)
except StopIteration as stop:
    print(stop.value)
h = handles()
print(h.send(None), h.send(None), h.send(None))
h.close()
print(inspect.getcoroutinestate(h))
h = handles()
h.send(None)
try:
    h.close()
except RuntimeError as error:
    print(error)

c = add()
print(inspect.getcoroutinestate(c), c.__name__, c.cr_await, c.cr_running)
c.send(None)
print(inspect.getcoroutinestate(c), type(c.cr_await).__name__, type(c).__name__)
c.close()
try:
    c.send(None)
except RuntimeError as error:
    print(error)
for misuse in (lambda c: next(c), lambda c: list(c), lambda c: c.send(5)):
    c = add()
    try:
        misuse(c)
    except TypeError as error:
        print(error)
    c.close()


async def await_wrong():
    await 5


async def await_bad_iterator():
    class Bad:
        def __await__(self):
            return [1]

    await Bad()


async def await_twice():
    c = add()
    await c
    await c


for wrong in (await_wrong, await_bad_iterator):
    try:
        wrong().send(None)
    except TypeError as error:
        print(error)
try:
    drive(await_twice(), [1, 2, 3])
except RuntimeError as error:
    print(error)


@types.coroutine
def legacy(x):
    y = yield x
    return y * 2


async def uses_legacy():
    return await legacy("old style")


print(drive(uses_legacy(), [21]))


async def raises_stop():
    raise StopIteration(3)


try:
    raises_stop().send(None)
except RuntimeError as error:
    print(error)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    add()
print([str(w.message) for w in caught])


class AsyncMethods:
    async def method(self):
        return await Suspend("method"), self.__class__.__name__

    @classmethod
    async def cls_method(cls):
        return cls.__name__

    @staticmethod
    async def static(x):
        return x


print(drive(AsyncMethods().method(), ["m"]), drive(AsyncMethods.cls_method(), []))
print(drive(AsyncMethods.static(4), []), inspect.iscoroutinefunction(AsyncMethods.static))


async def closure():
    x = 1

    async def inner():
        nonlocal x
        x += await Suspend("inner")

    await inner()
    await inner()
    return x


print(drive(closure(), [10, 100]))
