"""Dicts in hot loops."""

from checking import check, finish


def get_and_set(n):
    squares = {}
    for i in range(n):
        squares[i] = i * i
    total = 0
    for i in range(n):
        total += squares[i] - squares.get(i + 1, 0)
    return total


def counting(n):
    counts = {}
    for i in range(n):
        key = i * i % 17
        counts[key] = counts.get(key, 0) + 1
    words = {"a": 0, "b": 0, "c": 0}
    names = ["a", "b", "c", "b"]
    for i in range(n):
        words[names[i % 4]] += 1
    return sorted(counts.items())[:3], words


def membership(n):
    table = {i: str(i) for i in range(0, n, 3)}
    hits = 0
    for i in range(n):
        if i in table:
            hits += 1
        if "x" not in table:
            hits += 1
    for i in range(0, n, 6):
        del table[i]
    for i in range(n):
        if table.pop(i, None) is not None:
            hits += 10
    return hits, len(table)


def iteration(n):
    table = {}
    for i in range(n):
        table[i] = i % 10
    total = 0
    for key in table:
        total += key
    for value in table.values():
        total += value
    for key, value in table.items():
        total += key * value
    return total


def grouping(n):
    groups = {}
    for i in range(n):
        groups.setdefault(i % 200, []).append(i)
    total = 0
    for key, members in groups.items():
        total += key * len(members) + members[-1]
    return total


def comprehensions(n):
    total = 0
    for i in range(n):
        small = {k: k * i for k in range(4)}
        total += small[3] + len(small)
    return total


check("get and set", get_and_set(2000), 0)
check("counting", counting(2000), ([(0, 118), (1, 235), (2, 235)], {"a": 500, "b": 1000, "c": 500}))
check("membership", membership(2000), (5997, 0))
check("iteration", iteration(2000), 11020000)
check("grouping", grouping(2000), 578900)
check("comprehensions", comprehensions(2000), 6005000)
finish()
