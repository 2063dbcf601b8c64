"""Asynchronous comprehensions: all kinds, nesting, conditions, awaits in every place, scopes."""

import asyncio


async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def double(x):
    await asyncio.sleep(0)
    return 2 * x


async def truth(x):
    await asyncio.sleep(0)
    return x % 2 == 1


async def kinds():
    print([x async for x in numbers(4)])
    print(sorted({x % 2 async for x in numbers(4)}))
    print({x: x * x async for x in numbers(3)})
    print([x async for x in (y async for y in numbers(3))])
    print([await double(x) for x in range(3)])
    print([x for x in range(6) if await truth(x)])
    print([await double(x) async for x in numbers(6) if await truth(x) if x > 1])
    print({await double(x): await double(x + 1) for x in range(2)})
    print([(x, y) async for x in numbers(2) for y in "ab"])
    print([(x, y) for x in "ab" async for y in numbers(2)])
    print([[y async for y in numbers(x)] async for x in numbers(4)])
    print([[await double(y) for y in range(x)] for x in range(3)])
    print([x for x in [await double(5)]], [x for x in await double([1])])


asyncio.run(kinds())


async def scopes():
    x = "outer"
    inside = [x async for x in numbers(2)]
    functions = [lambda: x async for x in numbers(3)]
    total = 0
    sums = [total := total + n async for n in numbers(4)]
    print(x, inside, [f() for f in functions], sums, total)

    async def inner():
        return [(x, n) async for n in numbers(1)]

    print(await inner())


asyncio.run(scopes())


async def generator_expressions():
    lazy = (await double(x) for x in range(3))
    print(type(lazy).__name__)
    print([x async for x in lazy])
    filtered = (x for x in range(5) if await truth(x))
    print([x async for x in filtered])
    plain = (x for x in await double([7]))
    print(type(plain).__name__, list(plain))
    lazy = (x async for x in numbers(3))
    print(await anext(lazy), await anext(lazy))
    await lazy.aclose()


asyncio.run(generator_expressions())


async def failing():
    try:
        [1 // x async for x in numbers(3)]
    except ZeroDivisionError as error:
        print(error)
    try:
        [x async for x in [1, 2]]
    except TypeError as error:
        print(error)
    try:
        print([x for x in numbers(2)])
    except TypeError as error:
        print(error)
    try:
        sum(x async for x in numbers(2))
    except TypeError as error:
        print(error)


asyncio.run(failing())


async def order():
    log = []

    async def note(value):
        log.append(value)
        return value

    result = {
        await note(f"key{x}"): await note(f"value{x}")
        for x in [await note(1), await note(2)]
        if await note(x > 1)
    }
    return result, log


print(asyncio.run(order()))


class InClass:
    async def method(self):
        return [__class__.__name__ async for _ in numbers(1)], [self.x async for _ in numbers(2)]

    x = 5


print(asyncio.run(InClass().method()))
