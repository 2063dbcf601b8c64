"""Context variables, thread locals and hooks, in tasks and in threads."""

import asyncio
import contextvars
import threading

level: contextvars.ContextVar[int] = contextvars.ContextVar("level", default=0)
local = threading.local()


def deepen(steps: int) -> int:
    total = 0
    for n in range(steps):
        token = level.set(level.get() + n)
        total += level.get()
        if n % 3:
            level.reset(token)
    return total


async def task(number: int, seen: list[tuple[int, int, int]]) -> None:
    level.set(number)
    for _ in range(20):
        await asyncio.sleep(0)
        assert level.get() == number
    inner = await asyncio.to_thread(deepen, 50)
    seen.append((number, level.get(), inner))


async def tasks() -> None:
    seen: list[tuple[int, int, int]] = []
    async with asyncio.TaskGroup() as group:
        for number in range(40):
            group.create_task(task(number, seen))
    print(sorted(seen)[:3], sorted(seen)[-1], level.get())
    context = contextvars.copy_context()
    context.run(level.set, 99)
    child = asyncio.get_running_loop().create_task(read(), context=context)
    print(await child, level.get(), context[level])


async def read() -> int:
    return level.get()


def own(number: int, results: dict[int, int]) -> None:
    local.value = number
    for n in range(5000):
        local.value = (local.value * 5 + n) % 10007
    results[number] = local.value


def fail(number: int) -> None:
    values = [number] * 3
    values[number]


def threads() -> None:
    results: dict[int, int] = {}
    running = [threading.Thread(target=own, args=(n, results)) for n in range(6)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(sorted(results.items()), hasattr(local, "value"))
    failures = []
    threading.excepthook = lambda args: failures.append(
        (args.exc_type.__name__, str(args.exc_value), args.exc_traceback.tb_next.tb_lineno)
    )
    running = [threading.Thread(target=fail, args=(n,)) for n in range(6)]
    for thread in running:
        thread.start()
        thread.join()
    print(failures)


if __name__ == "__main__":
    print(deepen(100), level.get())
    asyncio.run(tasks())
    threads()
