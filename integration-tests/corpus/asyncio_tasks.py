"""Tasks under asyncio: order, cancellation, groups, queues, exceptions, context variables."""

import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="unset")


async def worker(name, steps, log):
    for step in range(steps):
        log.append(f"{name}{step}")
        await asyncio.sleep(0)
    return name * steps


async def interleaving():
    log = []
    results = await asyncio.gather(worker("a", 3, log), worker("b", 2, log), worker("c", 1, log))
    print(results, log)


asyncio.run(interleaving())


async def cancellation():
    log = []

    async def sleeper():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            log.append("cancelled inside")
            raise
        finally:
            log.append("cleanup")

    task = asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    task.cancel("a reason")
    try:
        await task
    except asyncio.CancelledError as error:
        log.append(error.args)
    print(log, task.cancelled(), task.done())

    async def refuses():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "refused"

    task = asyncio.create_task(refuses())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())


asyncio.run(cancellation())


async def groups():
    log = []
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(worker(n, 2, log)) for n in "xy"]
    print([t.result() for t in tasks], log)

    async def fail(error):
        await asyncio.sleep(0)
        raise error

    async def forever():
        try:
            await asyncio.Event().wait()
        finally:
            print("forever was cancelled")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError("one")))
            group.create_task(fail(KeyError("two")))
            group.create_task(forever())
    except* ValueError as errors:
        print("values", [str(e) for e in errors.exceptions])
    except* KeyError as errors:
        print("keys", [str(e) for e in errors.exceptions])


asyncio.run(groups())


async def queue():
    queue = asyncio.Queue(maxsize=2)
    log = []

    async def produce():
        for i in range(4):
            await queue.put(i)
            log.append(f"put {i}")
        await queue.put(None)

    async def consume():
        while (item := await queue.get()) is not None:
            log.append(f"got {item}")

    await asyncio.gather(produce(), consume())
    print(log)


asyncio.run(queue())


async def errors():
    async def fail(n):
        await asyncio.sleep(0)
        raise ValueError(n)

    results = await asyncio.gather(fail(1), worker("w", 1, []), fail(2), return_exceptions=True)
    print([repr(r) for r in results])
    try:
        await asyncio.gather(fail(3), fail(4))
    except ValueError as error:
        print(repr(error))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), timeout=0)
    except TimeoutError as error:
        print(type(error).__name__)
    try:
        async with asyncio.timeout(0):
            await asyncio.Event().wait()
    except TimeoutError as error:
        print(type(error).__name__, type(error.__cause__).__name__)


asyncio.run(errors())


async def contexts():
    async def change(value):
        before = variable.get()
        variable.set(value)
        await asyncio.sleep(0)
        return before, variable.get()

    variable.set("main")
    print(await asyncio.gather(change(1), change(2)), variable.get())
    print(await change("awaited directly"), variable.get())


asyncio.run(contexts())
print(variable.get())


async def synchronization():
    lock, log = asyncio.Lock(), []

    async def critical(name):
        async with lock:
            log.append(f"{name} in")
            await asyncio.sleep(0)
            log.append(f"{name} out")

    await asyncio.gather(*(critical(n) for n in "ab"))
    event, future = asyncio.Event(), asyncio.get_running_loop().create_future()
    waiters = [asyncio.create_task(event.wait()) for _ in range(2)]
    asyncio.get_running_loop().call_soon(future.set_result, "from call_soon")
    log.append(await future)
    event.set()
    log.append(await asyncio.gather(*waiters))
    print(log)


asyncio.run(synchronization())


async def as_awaitable_class():
    class Later:
        def __init__(self, value):
            self.value = value

        def __await__(self):
            yield from asyncio.sleep(0).__await__()
            return self.value

    print(await Later(1), await asyncio.gather(Later(2), Later(3)))


asyncio.run(as_awaitable_class())
try:
    asyncio.run(worker)
except (ValueError, TypeError) as error:
    print(type(error).__name__)
print(asyncio.run(asyncio.to_thread(lambda: variable.get())))
