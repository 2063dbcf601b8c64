"""Comparisons of integers and floats, chained and mixed, and what they decide."""

from checking import check, finish


def less(n):
    count = 0
    for i in range(n):
        if i < 300:
            count += 1
        if i <= 300:
            count += 1
    return count


def greater(n):
    count = 0
    for i in range(n):
        if i > 300:
            count += 1
        if i >= 300:
            count += 1
    return count


def equal(n):
    count = 0
    for i in range(n):
        if i % 7 == 3:
            count += 1
    return count


def different(n):
    count = 0
    for i in range(n):
        if i % 7 != 3:
            count += 1
    return count


def chained(n):
    count = 0
    for i in range(n):
        if 100 < i <= 400 != i:
            count += 1
    return count


def floats(n):
    count = 0
    for i in range(n):
        x = i * 0.1
        if x < 30.0 or x >= 70.5:
            count += 1
    return count


def integers_with_floats(n):
    count = 0
    for i in range(n):
        if i < 300.5 and i != 17.0:
            count += 1
    return count


def truth(n):
    count = 0
    for i in range(n):
        odd = i % 2 == 1
        large = i > 600
        if odd and not large:
            count += 1
        elif large or i == 0:
            count += 1000
    return count


check("less", less(1000), 601)
check("greater", greater(1000), 1399)
check("equal", equal(1000), 143)
check("different", different(1000), 857)
check("chained", chained(1000), 299)
check("floats", floats(1000), 595)
check("integers with floats", integers_with_floats(1000), 300)
check("truth", truth(1000), 400300)
finish()
