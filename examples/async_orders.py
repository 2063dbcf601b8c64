"""A kitchen server and its guests, with asyncio on loopback: `async_orders.py [ORDERS]`.

The server listens on a free port that the system picks. Each of four guests connects, sends
ORDERS (default 400) orders as lines of JSON, some of which cannot be served, and reads one answer
for each. Guests run at the same time, so the order of events differs from run to run; what is
printed (each guest's bill, the kitchen's totals) does not.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MENU = {"soup": 450, "bread": 120, "fish": 1280, "cake": 520, "tea": 210}
GUESTS = ("Ada", "Ben", "Cho", "Dan")
WISHES = ("soup", "bread", "pizza", "fish", "tea", "cake", "bread")


class Kitchen:
    """Answers orders; remembers what was served to all guests together."""

    def __init__(self, cooks: int) -> None:
        self.served: Counter[str] = Counter()
        self.refused = 0
        self.busy = 0
        self.most_busy = 0
        self._cooks = asyncio.Semaphore(cooks)

    async def cook(self, dish: str, count: int) -> dict[str, object]:
        """The answer to one order."""
        async with self._cooks:
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
            await asyncio.sleep(0)  # lets other cooks begin
            self.busy -= 1
        if dish not in MENU:
            self.refused += 1
            return {"error": f"no {dish} today"}
        self.served[dish] += count
        return {"dish": dish, "price": MENU[dish] * count}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One guest's connection, to its end."""
        try:
            async for line in reader:
                order = json.loads(line)
                answer = await self.cook(order["dish"], order["count"])
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def open_table(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A guest's connection, closed at the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def dine(name: str, port: int, orders: int) -> tuple[int, list[str]]:
    """Send the orders; the guest's bill in cents, and the complaints."""
    bill = 0
    complaints = []
    async with open_table(port) as (reader, writer):
        for number in range(orders):
            dish = WISHES[(number + len(name) + ord(name[0])) % len(WISHES)]
            order = {"guest": name, "dish": dish, "count": 1 + number % 3}
            writer.write(json.dumps(order).encode() + b"\n")
            await writer.drain()
            answer = json.loads(await reader.readline())
            match answer:
                case {"error": str(reason)}:
                    complaints.append(f"order {number}: {reason}")
                case {"price": int(price)}:
                    bill += price
    return bill, complaints


async def evening(orders: int) -> None:
    kitchen = Kitchen(cooks=2)
    server = await asyncio.start_server(kitchen.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, asyncio.TaskGroup() as group:
        dinners = {name: group.create_task(dine(name, port, orders), name=name) for name in GUESTS}
    for name, dinner in dinners.items():
        bill, complaints = dinner.result()
        print(f"{name}: {bill / 100:.2f}, {len(complaints)} complaints", end="")
        print(f" (first: {complaints[0]})" if complaints else "")
    for dish in MENU:
        print(f"served {dish:6} {kitchen.served[dish]}")
    print("refused:", kitchen.refused)
    print("never more than two cooks busy:", kitchen.most_busy <= 2)


def main() -> None:
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    asyncio.run(evening(orders))


if __name__ == "__main__":
    main()
