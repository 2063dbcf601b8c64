"""A FastAPI application behind uvicorn on the loopback, asked by httpx, many requests at a time."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import uvicorn
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException, Query, WebSocket
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field, field_validator

events: list[str] = []
items: dict[int, "Item"] = {}


@asynccontextmanager
async def lifespan(application: FastAPI) -> AsyncIterator[None]:
    events.append("up")
    yield
    events.append("down")


app = FastAPI(lifespan=lifespan)


class Tag(BaseModel):
    name: str
    weight: float = Field(1.0, gt=0)


class Item(BaseModel):
    name: str = Field(min_length=2)
    price: float = Field(ge=0)
    tags: list[Tag] = []

    @field_validator("name")
    @classmethod
    def no_spaces(cls, value: str) -> str:
        if " " in value:
            raise ValueError("a name has no spaces")
        return value.lower()


async def page(start: Annotated[int, Query(ge=0)] = 0, count: int = 10) -> tuple[int, int]:
    await asyncio.sleep(0)
    return start, start + count


@app.post("/items/{number}", status_code=201)
async def put(number: int, item: Item, tasks: BackgroundTasks) -> Item:
    if number in items:
        raise HTTPException(409, f"{number} is there")
    items[number] = item
    tasks.add_task(events.append, f"item {number}")
    return item


@app.get("/items")
async def read(bounds: Annotated[tuple[int, int], Depends(page)]) -> dict[str, object]:
    low, high = bounds
    found = [items[n] for n in sorted(items) if low <= n < high]
    total = 0.0
    for item in found:
        for tag in item.tags:
            total += item.price * tag.weight
    return {"names": [item.name for item in found], "total": round(total, 6)}


@app.get("/sum/{limit}")
def blocking(limit: int) -> dict[str, int]:
    """Not async: it runs in a thread of the server's pool."""
    total = 0
    for n in range(limit):
        total = (total * 31 + n) % 1_000_003
    return {"limit": limit, "sum": total}


@app.get("/stream/{count}")
async def stream(count: int) -> StreamingResponse:
    async def parts() -> AsyncIterator[str]:
        for n in range(count):
            yield f"{n * n},"
            if n % 10 == 0:
                await asyncio.sleep(0)

    return StreamingResponse(parts(), media_type="text/plain")


@app.get("/broken")
async def broken(by: int) -> float:
    try:
        return 1 / by
    except ZeroDivisionError as error:
        raise HTTPException(400, str(error)) from error


@app.websocket("/echo")
async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text((await socket.receive_text())[::-1])
    await socket.close()


async def ask(base: str) -> None:
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        bodies = [
            {
                "name": f"Item{n}",
                "price": n / 4,
                "tags": [{"name": "t", "weight": 1 + n % 3}] * (n % 4),
            }
            for n in range(60)
        ]
        answers = await asyncio.gather(
            *(client.post(f"/items/{n}", json=body) for n, body in enumerate(bodies))
        )
        print([answer.status_code for answer in answers].count(201), answers[7].json())
        for path in ("/items?start=5&count=4", "/items?start=-1", "/items?count=x", "/broken?by=4",
                     "/broken?by=0", "/nowhere", "/stream/45", "/items?count=100"):  # fmt: skip
            answer = await client.get(path)
            print(path, answer.status_code, answer.text)
        for body in ({"name": "a b", "price": 1}, {"name": "x", "price": -1}, {}, bodies[3]):
            answer = await client.post("/items/3", json=body)
            print(answer.status_code, answer.text)
        sums = await asyncio.gather(*(client.get(f"/sum/{n * 1000}") for n in range(40)))
        print([answer.json()["sum"] for answer in sums])
        schema = (await client.get("/openapi.json")).json()
        print(sorted(schema["paths"]), sorted(schema["components"]["schemas"]))


async def serve() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        await ask(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        await running


def main() -> None:
    asyncio.run(serve())
    print(events[0], events[-1], len(events), sorted(events)[3])


if __name__ == "__main__":
    main()
