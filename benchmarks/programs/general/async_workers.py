"""Producers and consumers on `asyncio` queues, N items: coroutines, tasks, async iterators."""

import asyncio
import sys

SIZES = {"tiny": 50, "small": 450_000, "large": 3_800_000}


class Source:
    def __init__(self, count):
        self.count = count
        self.next = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.next == self.count:
            raise StopAsyncIteration
        self.next += 1
        if self.next % 8 == 0:
            await asyncio.sleep(0)
        return self.next


class Lease:
    active = 0

    async def __aenter__(self):
        Lease.active += 1
        return self

    async def __aexit__(self, *error):
        Lease.active -= 1


async def produce(queue, count):
    async for item in Source(count):
        await queue.put(item)


async def consume(queue, totals):
    while True:
        item = await queue.get()
        async with Lease():
            totals[item % 4] += await work(item)
        queue.task_done()


async def work(item):
    if item % 100 == 0:
        await asyncio.sleep(0)
    return item * item % 1_009


async def run(count):
    queue = asyncio.Queue(maxsize=32)
    totals = [0] * 4
    consumers = [asyncio.ensure_future(consume(queue, totals)) for _ in range(4)]
    await asyncio.gather(*(produce(queue, count // 4) for _ in range(4)))
    await queue.join()
    for consumer in consumers:
        consumer.cancel()
    await asyncio.gather(*consumers, return_exceptions=True)
    return totals


def main(count):
    print(asyncio.run(run(count)), Lease.active)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
