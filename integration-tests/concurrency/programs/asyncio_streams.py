"""A server and many clients on the loopback: lines, chunks, an answer that is computed."""

import asyncio


def checksum(data: bytes) -> int:
    value = 1
    for byte in data:
        value = (value * 33 + byte) % 65521
    return value


class Server:
    def __init__(self) -> None:
        self.requests = 0
        self.open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            while line := await reader.readline():
                self.requests += 1
                word, _, rest = line.decode().strip().partition(" ")
                if word == "sum":
                    answer = str(sum(int(part) for part in rest.split()))
                elif word == "data":
                    answer = str(checksum(await reader.readexactly(int(rest))))
                else:
                    answer = f"unknown {word!r}"
                writer.write(answer.encode() + b"\n")
                await writer.drain()
        except asyncio.IncompleteReadError as error:
            writer.write(b"only %d\n" % len(error.partial))
        finally:
            self.open -= 1
            writer.close()
            await writer.wait_closed()


async def client(port: int, number: int) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for n in range(8):
        writer.write(b"sum " + b" ".join(b"%d" % (number * k) for k in range(n + 1)) + b"\n")
        data = bytes((number + k) % 256 for k in range(500 * n))
        writer.write(b"data %d\n" % len(data) + data)
        answers += [(await reader.readline()).decode().strip() for _ in range(2)]
    writer.write(b"other\ndata 10\nabc")
    writer.write_eof()
    answers += (await reader.read()).decode().split("\n")
    writer.close()
    await writer.wait_closed()
    return answers


async def main() -> None:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        answers = await asyncio.gather(*(client(port, n) for n in range(20)))
    print(answers[3])
    print(sum(int(a) for own in answers for a in own[:16]), server.requests, server.open)


if __name__ == "__main__":
    asyncio.run(main())
