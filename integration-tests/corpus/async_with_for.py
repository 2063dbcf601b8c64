"""`async with` and `async for`: order of the protocol, suppression, break/else, and returns."""

import asyncio
from contextlib import AsyncExitStack, aclosing, asynccontextmanager


class Manager:
    def __init__(self, name, suppress=False):
        self.name = name
        self.suppress = suppress

    async def __aenter__(self):
        await asyncio.sleep(0)
        print("enter", self.name)
        return self.name

    async def __aexit__(self, kind, value, traceback):
        await asyncio.sleep(0)
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.suppress


class Counter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        print("aiter")
        return self

    async def __anext__(self):
        await asyncio.sleep(0)
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def with_statements():
    async with Manager("a") as a, Manager("b") as b:
        print(a, b)
    async with Manager("outer", suppress=True):
        async with Manager("inner"):
            raise ValueError("v")
    print("suppressed")
    async with (
        Manager("p"),
        Manager("q") as q,
    ):
        print("parenthesized", q)
    try:
        async with Manager("x"):
            raise KeyError("not suppressed")
    except KeyError as error:
        print("outside", error)


asyncio.run(with_statements())


async def leaving(how):
    for i in range(2):
        async with Manager(f"{how}{i}"):
            if how == "return":
                return "returned"
            if how == "break":
                break
            if how == "continue":
                continue
    else:
        return "loop ended"
    return "after break"


for how in ("return", "break", "continue"):
    print(asyncio.run(leaving(how)))


async def for_loops():
    async for i in Counter(3):
        print("item", i)
    else:
        print("else")
    async for i in Counter(3):
        if i == 1:
            break
    else:
        print("not printed")
    async for i in Counter(4):
        if i % 2:
            continue
        print("even", i)
    async for a, *b in agen():
        print(a, b)
    return i


async def agen():
    yield (1, 2, 3)
    yield "xyz"


print(asyncio.run(for_loops()))


async def nested_for():
    pairs = []
    async for i in Counter(2):
        for j in range(2):
            async for k in Counter(1):
                pairs.append((i, j, k))
    return pairs


print(asyncio.run(nested_for()))


async def enter_fails():
    class Failing(Manager):
        async def __aenter__(self):
            raise OSError("in aenter")

    try:
        async with Manager("first"), Failing("second"):
            print("never")
    except OSError as error:
        print("caught", error)


asyncio.run(enter_fails())


async def exit_fails():
    class Failing(Manager):
        async def __aexit__(self, *details):
            raise OSError("in aexit")

    try:
        async with Failing("f"):
            raise ValueError("body")
    except OSError as error:
        print(error, "| context:", repr(error.__context__))


asyncio.run(exit_fails())


async def wrong_objects():
    class OnlyEnter:
        async def __aenter__(self):
            pass

    class NotAwaitable:
        def __aenter__(self):
            return 1

        def __aexit__(self, *details):
            return 1

    for thing in (object(), OnlyEnter(), NotAwaitable()):
        try:
            async with thing:
                pass
        except (TypeError, AttributeError) as error:
            print(type(error).__name__, error)


asyncio.run(wrong_objects())


@asynccontextmanager
async def managed(name):
    print("setup", name)
    try:
        yield name.upper()
    except ZeroDivisionError as error:
        print("swallowed", error)
    finally:
        print("teardown", name)


async def with_contextlib():
    async with managed("res") as value:
        print(value)
        1 / 0
    async with AsyncExitStack() as stack:
        for name in "xy":
            print(await stack.enter_async_context(managed(name)))
        stack.callback(print, "plain callback")
    async with aclosing(agen()) as source:
        async for item in source:
            print(item)
            break


asyncio.run(with_contextlib())


async def targets():
    class Box:
        pass

    box, table = Box(), {}
    async with Manager("one") as box.attribute, Manager("two") as table["k"]:
        print(box.attribute, table)
    async with Manager("ab") as (first, second):
        print(first, second)
    async for box.item in Counter(2):
        pass
    async for table[box.item] in Counter(1):
        pass
    return box.item, table


print(asyncio.run(targets()))
