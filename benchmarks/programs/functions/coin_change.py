"""Ways to pay an amount with coins from a tuple, and partitions of a number, by recursion."""

import sys

SIZES = {"tiny": (60, 20), "small": (400, 52), "large": (800, 62)}
COINS = (50, 25, 10, 5, 1)


def ways(amount, first):
    if amount == 0:
        return 1
    if amount < 0 or first == len(COINS):
        return 0
    return ways(amount - COINS[first], first) + ways(amount, first + 1)


def partitions(n, largest):
    """Partitions of n into parts of at most this size."""
    if n == 0:
        return 1
    count = 0
    for part in range(1, min(n, largest) + 1):
        count += partitions(n - part, part)
    return count


def main(amount, n):
    print(f"{ways(amount, 0)} ways to pay {amount}, {partitions(n, n)} partitions of {n}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
