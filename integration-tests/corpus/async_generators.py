"""Asynchronous generators: iteration, asend/athrow/aclose, finalization, and by hand."""

import asyncio
import inspect


async def ticker(n):
    try:
        for i in range(n):
            received = yield i
            if received is not None:
                print("received", received)
            await asyncio.sleep(0)
    except ValueError as error:
        print("handled", error)
        yield "after the error"
    finally:
        print("finally")
        await asyncio.sleep(0)


async def basics():
    print([i async for i in ticker(3)])
    g = ticker(5)
    print(inspect.isasyncgen(g), g.__name__, type(g).__name__)
    print(await g.__anext__(), await g.asend("hello"), await anext(g))
    print(await g.athrow(ValueError("thrown")))
    try:
        await anext(g)
    except StopAsyncIteration as stop:
        print("stopped", stop.args)
    print(await anext(g, "default"))
    g = ticker(5)
    await anext(g)
    await g.aclose()
    print(g.ag_frame, g.ag_running)
    await g.aclose()


asyncio.run(basics())


async def early_break():
    g = ticker(10)
    async for i in g:
        if i == 1:
            break
    print("after break; generator suspended")
    await g.aclose()


asyncio.run(early_break())


async def abandoned():
    async for i in ticker(3):
        print("item", i)
        return "left early"


print(asyncio.run(abandoned()))


async def delegating(n):
    async for item in ticker(n):
        yield item * 10
    yield [x async for x in ticker(2)]


async def use_delegating():
    return [x async for x in delegating(2)]


print(asyncio.run(use_delegating()))


async def misuse():
    g = ticker(1)
    try:
        await g.asend("too early")
    except TypeError as error:
        print(error)
    try:
        for _ in g:
            pass
    except TypeError as error:
        print(error)
    try:
        async for _ in [1]:
            pass
    except TypeError as error:
        print(error)
    try:
        async for _ in BadIterator():
            pass
    except TypeError as error:
        print(error)

    async def stubborn():
        try:
            yield 1
        except GeneratorExit:
            yield 2

    s = stubborn()
    await anext(s)
    try:
        await s.aclose()
    except RuntimeError as error:
        print(error)

    async def raises():
        yield 1
        raise StopAsyncIteration("inside")

    try:
        async for _ in raises():
            pass
    except RuntimeError as error:
        print(error)
    step = ticker(2).asend(None)
    print(await step)
    try:
        await step
    except RuntimeError as error:
        print(error)


class BadIterator:
    def __aiter__(self):
        return iter([])


asyncio.run(misuse())


async def by_hand():
    yield "no await inside"
    yield "second"


g = by_hand()
for _ in range(3):
    step = g.__anext__()
    try:
        step.send(None)
    except StopIteration as stop:
        print("produced", stop.value)
    except StopAsyncIteration:
        print("exhausted")


async def try_finally_yield(log):
    try:
        yield 1
        yield 2
    finally:
        log.append("cleanup begins")
        await asyncio.sleep(0)
        log.append("cleanup ends")


async def exception_inside_loop():
    log = []
    try:
        async for value in try_finally_yield(log):
            log.append(value)
            raise KeyError("in the body")
    except KeyError as error:
        log.append(str(error))
    return log[:2]


print(asyncio.run(exception_inside_loop()))


async def pipeline():
    async def numbers():
        for n in range(6):
            yield n

    async def only_even(source):
        async for n in source:
            if n % 2 == 0:
                yield n

    async def squared(source):
        async for n in source:
            yield n * n

    total = 0
    async for n in squared(only_even(numbers())):
        total += n
    return total


print(asyncio.run(pipeline()))
expression = (x async for x in ticker(2))
print(type(expression).__name__, expression.__name__)


async def run_expression():
    async for x in expression:
        print("from the expression", x)


asyncio.run(run_expression())
