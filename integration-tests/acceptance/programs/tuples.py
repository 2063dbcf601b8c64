"""Tuples in hot loops."""

from checking import check, finish


def build_and_index(n):
    total = 0
    for i in range(n):
        point = (i, i + 1, i * 2)
        total += point[0] * point[2] - point[-1]
    return total


def unpacking(n):
    pairs = [(i, i * 0.5) for i in range(n)]
    whole, half = 0, 0.0
    for first, second in pairs:
        whole += first
        half += second
    for i in range(n):
        a, (b, c) = i, pairs[i]
        whole += a - b
        half -= c
    return whole, half


def swapping(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, (a + b) % 1000003
    x, y, z = 1, 2, 3
    for _ in range(n):
        x, y, z = y, z, x
    return a, b, (x, y, z)


def comparing(n):
    smaller = 0
    for i in range(n):
        if (i % 5, i % 3) < (2, 1):
            smaller += 1
        if (i % 2, 1) == (1, 1):
            smaller += 10
    return smaller


def keys(n):
    grid = {}
    for i in range(n):
        grid[(i % 10, i % 7)] = i
    total = 0
    for i in range(n):
        if (i % 12, i % 7) in grid:
            total += grid[i % 12, i % 7]
    return total, len(grid)


def nested(n):
    table = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    total = 0
    for i in range(n):
        row = table[i % 3]
        for value in row:
            total += value
        if 5 in row:
            total += len(row + (0, 1))
    return total


check("build and index", build_and_index(2000), 5325336000)
check("unpacking", unpacking(2000), (1999000, 0.0))
check("swapping", swapping(2000), (986196, 690404, (3, 1, 2)))
check("comparing", comparing(2000), 10933)
check("keys", keys(2000), (3276498, 70))
check("nested", nested(2000), 33326)
finish()
