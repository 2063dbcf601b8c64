"""Iterators in hot loops."""

from checking import check, finish


def enumerated(n):
    values = list(range(n, 0, -1))
    total = 0
    for i, value in enumerate(values):
        total += i * value
    for i, value in enumerate(values, 10):
        total -= i + value
    return total


def zipped(n):
    left = [i % 13 for i in range(n)]
    right = [i * 0.25 for i in range(n)]
    total = 0.0
    for a, b in zip(left, right):
        total += a * b
    for a, b, i in zip(left, right, range(n)):
        total -= a + b + i
    return total


def backwards(n):
    values = [i * i % 31 for i in range(n)]
    total = 0
    for value in reversed(values):
        total = (total * 3 + value) % 10007
    for i in reversed(range(n)):
        total = (total * 5 + i) % 10007
    return total


def by_hand(n):
    numbers = iter(range(n))
    total = 0
    while True:
        number = next(numbers, None)
        if number is None:
            break
        total += number
    return total


def generator_expressions(n):
    values = [1, 2, 3, 4]
    total = 0
    for i in range(n):
        total += sum(v * i for v in values)
        if any(v > 3 for v in values) and all(v < 5 for v in values):
            total += max(v for v in values)
    return total


def mapped(n):
    total = 0
    for value in map(abs, range(-n, n)):
        total += value
    for value in filter(None, [i % 3 for i in range(n)]):
        total += value
    return total


check("enumerate", enumerated(2000), 1329313000)
check("zip", zipped(2000), 489266.5)
check("reversed", backwards(2000), 1487)
check("iter and next", by_hand(2000), 1999000)
check("generator expressions", generator_expressions(2000), 19998000)
check("map and filter", mapped(2000), 4001999)
finish()
