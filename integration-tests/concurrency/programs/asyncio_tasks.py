"""Thousands of tasks: gathering, groups, queues, cancelling, timeouts, async generators."""

import asyncio
from collections.abc import AsyncIterator


async def step(n: int) -> int:
    total = 0
    for k in range(50):
        total += (n * k) % 11
    await asyncio.sleep(0)
    return total


async def numbers(count: int) -> AsyncIterator[int]:
    try:
        for n in range(count):
            if n % 7 == 0:
                await asyncio.sleep(0)
            yield n * n
    finally:
        print("closed after", n)


async def produce(queue: asyncio.Queue, first: int) -> None:
    for n in range(200):
        await queue.put(first + n)


async def consume(queue: asyncio.Queue, taken: list[int]) -> None:
    while True:
        taken.append(await queue.get())
        queue.task_done()


async def queues() -> None:
    queue: asyncio.Queue = asyncio.Queue(5)
    taken: list[int] = []
    consumers = [asyncio.create_task(consume(queue, taken)) for _ in range(3)]
    await asyncio.gather(*(produce(queue, n * 1000) for n in range(4)))
    await queue.join()
    for task in consumers:
        task.cancel()
    ends = await asyncio.gather(*consumers, return_exceptions=True)
    print(len(taken), sum(taken), [type(end).__name__ for end in ends])


async def failing(n: int) -> int:
    await asyncio.sleep(0)
    if n % 4 == 1:
        raise ValueError(n)
    return n


async def never(log: list[str]) -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.append("cancelled")
        raise
    finally:
        log.append("finally")


async def limits() -> None:
    log: list[str] = []
    try:
        async with asyncio.timeout(0.01):
            await never(log)
    except TimeoutError:
        log.append("timeout")
    try:
        await asyncio.wait_for(never(log), 0.01)
    except TimeoutError:
        log.append("timeout")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(never(log))
            for n in range(3):
                group.create_task(failing(n))
    except* ValueError as errors:
        log.append(str([error.args for error in errors.exceptions]))
    print(log)
    gate, inside, most = asyncio.Semaphore(3), [], []

    async def guarded(n: int) -> None:
        async with gate:
            inside.append(n)
            most.append(len(inside))
            await asyncio.sleep(0)
            inside.remove(n)

    await asyncio.gather(*(guarded(n) for n in range(100)))
    print(max(most), len(most))


async def main() -> None:
    print(sum(await asyncio.gather(*(step(n) for n in range(3000)))))
    print(await asyncio.gather(*(failing(n) for n in range(6)), return_exceptions=True))
    print(sum([n async for n in numbers(100) if n % 2]))
    async for n in numbers(50):
        if n > 100:
            break
    await queues()
    await limits()


if __name__ == "__main__":
    asyncio.run(main())
