"""Processes, threads and executors awaited from one loop."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

CHILD = """
import sys
total = 0
for line in sys.stdin:
    for n in range(int(line)):
        total += n
print(total)
sys.exit(total % 5)
"""


def power_sum(n: int) -> int:
    total = 0
    for k in range(2000):
        total += pow(k, n, 1009)
    return total


async def child(n: int) -> tuple[int, int | None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-S", "-c", CHILD, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate(b"".join(b"%d\n" % (k * 10) for k in range(n)))
    return int(output), process.returncode


async def killed() -> int | None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-S", "-c", "while True: pass", stdout=asyncio.subprocess.DEVNULL
    )
    process.kill()
    return await process.wait()


async def main() -> None:
    print(await asyncio.gather(*(child(n) for n in range(4))), await killed())
    print(await asyncio.gather(*(asyncio.to_thread(power_sum, n) for n in range(10))))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(3) as pool:
        futures = [loop.run_in_executor(pool, power_sum, n) for n in range(10)]
        ticks = 0
        while not all(future.done() for future in futures):
            ticks += 1
            await asyncio.sleep(0)
        print(sum([await future for future in futures]), ticks > 0)
    future: asyncio.Future[int] = loop.create_future()
    await asyncio.to_thread(lambda: loop.call_soon_threadsafe(future.set_result, power_sum(3)))
    print(await future)


if __name__ == "__main__":
    asyncio.run(main())
