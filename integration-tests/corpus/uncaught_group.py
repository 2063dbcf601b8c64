"""An uncaught exception group, from a task group.

Exit status: 1
"""

import asyncio


async def fail(error):
    await asyncio.sleep(0)
    raise error


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(ValueError("first")))
        group.create_task(fail(KeyError("second")))


try:
    asyncio.run(main())
except* KeyError:
    print("keys handled")
