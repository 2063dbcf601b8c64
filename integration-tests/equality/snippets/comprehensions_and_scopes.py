def outer(n):
    rows = [[(i, j, n) for j in range(i) if (last := j)] for i in range(n)]
    table = {k: [lambda: (k, v, n) for v in (k, n)] for k in rows}
    total = sum(x * n for row in rows for x, *_ in row if x if n)
    return rows, table, total, last, {(a, b) for a in rows for b in [a]}


class C:
    size = 3
    squares = [i * i for i in range(size)]
    lazy = list(size for _ in range(2)) if False else None

    def method(self, __secret=1, *, __key=2):
        def inner():
            nonlocal __secret
            __secret += 1
            return __class__, super().__init__, [__secret for _ in range(__key)]

        return inner


def counter():
    count = 0
    global total

    def step(by=1, /, *, scale=1):
        nonlocal count
        count += by * scale
        return (yield count), [(yield_ := count)]

    total = step
    del count
    return step


async def gather(source):
    return [x async for x in source if await x], {await y: y for y in source}, (z async for z in source)
