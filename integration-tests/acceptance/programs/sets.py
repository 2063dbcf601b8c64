"""Sets in hot loops."""

from checking import check, finish


def adding(n):
    seen = set()
    repeated = 0
    for i in range(n):
        key = i * i % 257
        if key in seen:
            repeated += 1
        else:
            seen.add(key)
    return len(seen), repeated


def membership(n):
    primes = {2, 3, 5, 7, 11, 13}
    names = {"red", "green"}
    colours = ["red", "blue", "green", "grey"]
    hits = 0
    for i in range(n):
        if i % 17 in primes:
            hits += 1
        if colours[i % 4] not in names:
            hits += 100
    return hits


def discarding(n):
    left = set(range(n))
    for i in range(0, n, 2):
        left.discard(i)
    for i in range(1, n, 4):
        left.remove(i)
    return len(left), sum(left)


def algebra(n):
    evens, threes = set(range(0, 60, 2)), set(range(0, 60, 3))
    total = 0
    for _ in range(n):
        total += len(evens & threes) + len(evens | threes) - len(evens - threes)
        total += len(evens ^ threes)
    return total


def iteration(n):
    values = {i * 7 % 1009 for i in range(n)}
    total = 0
    for value in values:
        total += value
    return total, len(values)


def comprehensions(n):
    total = 0
    for i in range(n):
        total += len({k % 3 for k in range(i % 8)})
    return total


check("adding", adding(2000), (129, 1871))
check("membership", membership(2000), 100706)
check("discarding", discarding(2000), (500, 500500))
check("algebra", algebra(2000), 120000)
check("iteration", iteration(2000), (508536, 1009))
check("comprehensions", comprehensions(2000), 4500)
finish()
